package ooxml_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

func write(t *testing.T, doc outline.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	err := ooxml.Write(&out, &doc, []ooxml.Part{
		{Name: "word/document.xml", Type: "officedocument.wordprocessingml.document.main+xml", Data: ooxml.XML(ooxml.El("a")),
			Refs: []ooxml.Ref{{ID: "x", Kind: "image", Target: "media/logo.png"}, {ID: "y", Kind: "hyperlink", Target: "https://example.org/?a=1&b=2", Web: true}}},
		{Name: "word/media/logo.png", Type: "image/png", Data: []byte("no XML")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestXML(t *testing.T) {
	n := ooxml.El("p", ooxml.Words("t", " a < \x01b ")).Set("name", `"&'`)
	want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<p name="&#34;&amp;&#39;"><t xml:space="preserve"> a &lt; ` + "\ufffd" + `b </t></p>`
	if diff := cmp.Diff(want, string(ooxml.XML(n))); diff != "" {
		t.Errorf("XML() mismatch (-want +got)\n%s", diff)
	}
	if n.Set("b", "c"); len(n.Attrs) != 2 {
		t.Error("Set() changes the element it is called on")
	}
}

// TestParts checks the order of the parts, what types they have and what refers to them.
func TestParts(t *testing.T) {
	data := write(t, outline.Document{AsOf: "2026-11-22"})
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		if names = append(names, f.Name); f.Modified.UTC().Year() != 1980 {
			t.Errorf("%s is of %s", f.Name, f.Modified)
		}
	}
	want := []string{"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/app.xml", "word/document.xml", "word/_rels/document.xml.rels", "word/media/logo.png"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("the parts mismatch (-want +got)\n%s", diff)
	}
	all := reporttest.Parts(t, data)
	for part, want := range map[string]string{
		"[Content_Types].xml":          `<Default Extension="png" ContentType="image/png"/>`,
		"_rels/.rels":                  `relationships/officeDocument" Target="word/document.xml"/>`,
		"word/_rels/document.xml.rels": `Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>`,
	} {
		if !strings.Contains(all[part], want) {
			t.Errorf("%s lacks %s:\n%s", part, want, all[part])
		}
	}
}

// TestProperties checks what the file says of itself, and by whom it is.
func TestProperties(t *testing.T) {
	doc := outline.Document{Title: "Gap report: <A & B>", AsOf: "2026-11-22", Tool: "readiness 1.0.0"}
	properties := func() string { return reporttest.Parts(t, write(t, doc))["docProps/core.xml"] }
	for _, want := range []string{"<dc:title>Gap report: &lt;A &amp; B&gt;</dc:title>", `<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T00:00:00Z</dcterms:created>`,
		"<dc:language>en-US</dc:language>", "<dc:creator>readiness 1.0.0</dc:creator>"} {
		if !strings.Contains(properties(), want) {
			t.Errorf("the properties lack %s", want)
		}
	}
	doc.Brand.Firm = "Lowe & Partners"
	if want := "<cp:lastModifiedBy>Lowe &amp; Partners</cp:lastModifiedBy>"; !strings.Contains(properties(), want) {
		t.Errorf("the properties lack %s", want)
	}
	doc.Brand.Author, doc.AsOf = "M. Lowe", "some day"
	for _, want := range []string{"<dc:creator>M. Lowe</dc:creator>", ">1970-01-01T00:00:00Z<"} {
		if !strings.Contains(properties(), want) {
			t.Errorf("the properties lack %s", want)
		}
	}
}

func TestLinks(t *testing.T) {
	var l ooxml.Links
	ids := []string{l.ID("https://a.example"), l.ID("https://b.example"), l.ID("https://a.example")}
	if diff := cmp.Diff([]string{"rIdLink1", "rIdLink2", "rIdLink1"}, ids); diff != "" {
		t.Errorf("ID() mismatch (-want +got)\n%s", diff)
	}
	if refs := l.Refs(); len(refs) != 2 || refs[1] != (ooxml.Ref{ID: "rIdLink2", Kind: "hyperlink", Target: "https://b.example", Web: true}) {
		t.Errorf("Refs() = %+v", refs)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestFullDisk(t *testing.T) {
	err := ooxml.Write(full{}, &outline.Document{}, []ooxml.Part{{Name: "word/document.xml", Data: bytes.Repeat([]byte("<"), 1<<20)}})
	if err == nil || err.Error() != "the disk is full" {
		t.Errorf("Write() = %v", err)
	}
}
