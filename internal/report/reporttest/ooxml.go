package reporttest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

// Parts are the files inside a file of Office Open XML, by name. It fails unless each is well-formed XML or a picture, has
// a media type, and refers to what is there or on the web.
func Parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name] = string(body); !strings.Contains(f.Name, "/media/") {
			Paragraphs(t, f.Name, string(body), "")
		}
	}
	checkPackage(t, all)
	return all
}

// Paragraphs is the text of a part, with a line for each element called end. It fails unless the part is well-formed.
func Paragraphs(t testing.TB, name, body, end string) string {
	t.Helper()
	var text strings.Builder
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			if token.Name.Local == end {
				text.WriteByte('\n')
			}
		}
		if errors.Is(err, io.EOF) {
			return text.String()
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// checkPackage checks what holds the parts together.
func checkPackage(t testing.TB, all map[string]string) {
	t.Helper()
	types := all["[Content_Types].xml"]
	reference := regexp.MustCompile(`<Relationship Id="([^"]*)" Type="[^"]*" Target="([^"]*)"( TargetMode="External")?/>`)
	used := regexp.MustCompile(` r:(?:id|embed)="([^"]*)"`)
	for name, body := range all {
		folder, file := path.Split(name)
		if !strings.Contains(types, `PartName="/`+name+`"`) && (path.Ext(name) == ".xml" && name != "[Content_Types].xml" || !strings.Contains(types, `Extension="`+strings.TrimPrefix(path.Ext(name), ".")+`"`)) {
			t.Errorf("%s has no media type", name)
		}
		known := map[string]bool{}
		refs := reference.FindAllStringSubmatch(all[folder+"_rels/"+file+".rels"], -1)
		if name == "_rels/.rels" {
			folder, refs = "", reference.FindAllStringSubmatch(body, -1)
		}
		for _, m := range refs {
			known[m[1]] = true
			if web := m[3] != ""; web && !strings.HasPrefix(m[2], "https://") && !strings.HasPrefix(m[2], "http://") {
				t.Errorf("a link of %s leads to %q", name, m[2])
			} else if _, ok := all[folder+m[2]]; !ok && !web {
				t.Errorf("%s refers to %s, which isn't there", name, m[2])
			}
		}
		for _, m := range used.FindAllStringSubmatch(body, -1) {
			if !known[m[1]] {
				t.Errorf("%s refers to %s, which it doesn't name", name, m[1])
			}
		}
	}
}
