package docx_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/docx"
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
	"readiness/internal/report/reporttest"
)

func render(t testing.TB, r *assess.Report, brand outline.Brand) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := docx.Render(&out, r, brand); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestNothingIsLost shows that the document has everything the outline says.
func TestNothingIsLost(t *testing.T) {
	brand := outline.Brand{Firm: "Lowe & Partners", Author: "M. Lowe", Note: "Please call before you sign."}
	caption := regexp.MustCompile(`<w:tblCaption w:val="[^"]*"/>`)
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			body := reporttest.Parts(t, render(t, s.Report, brand))["word/document.xml"]
			reporttest.NothingLost(t, reporttest.Paragraphs(t, "word/document.xml", body, "p"), outline.Build(s.Report, brand).Blocks)
			if tables := strings.Count(body, "<w:tbl>"); tables < 10 || tables != strings.Count(body, "<w:tblHeader/>") || tables != len(caption.FindAllString(body, -1)) {
				t.Errorf("of %d tables, not each has a head that repeats and a caption", tables)
			}
		})
	}
}

var (
	markName   = regexp.MustCompile(`<w:bookmarkStart w:id="(\d+)" w:name="([^"]*)"/>`)
	inside     = regexp.MustCompile(`<w:hyperlink w:anchor="([^"]*)"`)
	pageOf     = regexp.MustCompile(` PAGEREF (\w+) \\h `)
	styleUsed  = regexp.MustCompile(`<w:pStyle w:val="([^"]*)"/>`)
	numberUsed = regexp.MustCompile(`<w:numId w:val="([^"]*)"/>`)
	drawingID  = regexp.MustCompile(`<(?:wp:docPr|wps:cNvPr) id="(\d+)"`)
)

// sound checks what Word wants before it opens a file without complaint.
func sound(t testing.TB, data []byte) {
	t.Helper()
	all := reporttest.Parts(t, data)
	body := all["word/document.xml"]
	names, ids := map[string]bool{}, map[string]bool{}
	for _, m := range markName.FindAllStringSubmatch(body, -1) {
		if ids[m[1]] || names[m[2]] || len(m[2]) > 40 {
			t.Errorf("the bookmark %s is there twice or too long", m[0])
		}
		ids[m[1]], names[m[2]] = true, true
	}
	for _, m := range inside.FindAllStringSubmatch(body, -1) {
		if !names[m[1]] {
			t.Errorf("the link to %s leads nowhere", m[1])
		}
	}
	for _, part := range []string{"word/document.xml", "word/header1.xml", "word/footer1.xml"} {
		for _, m := range styleUsed.FindAllStringSubmatch(all[part], -1) {
			if !strings.Contains(all["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("there is no style %s", m[1])
			}
		}
	}
	for _, m := range numberUsed.FindAllStringSubmatch(body, -1) {
		if !strings.Contains(all["word/numbering.xml"], `w:numId="`+m[1]+`"`) {
			t.Errorf("there is no list %s", m[1])
		}
	}
	shapes := map[string]bool{}
	for _, m := range drawingID.FindAllStringSubmatch(body, -1) {
		if shapes[m[1]] {
			t.Errorf("two shapes have the id %s", m[1])
		}
		shapes[m[1]] = true
	}
	if n := strings.Count(body, `w:fldCharType="begin"`); n < 2 || n != strings.Count(body, `w:fldCharType="end"`) || n != strings.Count(body, `w:fldCharType="separate"`) {
		t.Errorf("%d fields begin", n)
	}
	for _, m := range pageOf.FindAllStringSubmatch(body, -1) {
		if !names[m[1]] {
			t.Errorf("the contents give the page of %s, which is nowhere", m[1])
		}
	}
	if strings.Contains(body, "<w:tc></w:tc>") || strings.Contains(body, "</w:tbl><w:tbl>") || strings.Contains(body, "</w:tcPr></w:tc>") {
		t.Error("a cell is empty, or two tables touch")
	}
}

func TestSound(t *testing.T) {
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "arbitrary", Report: reporttest.Arbitrary("é", "A/b")}) {
		t.Run(s.Name, func(t *testing.T) { sound(t, render(t, s.Report, outline.Brand{})) })
	}
}

// TestHeadings checks that parts and findings are headings of Word, and that the contents list them.
func TestHeadings(t *testing.T) {
	r := reporttest.Gaps()
	body := reporttest.Parts(t, render(t, r, outline.Brand{}))["word/document.xml"]
	doc := outline.Build(r, outline.Brand{})
	want := map[string]int{}
	for _, b := range doc.Blocks {
		switch b := b.(type) {
		case outline.Heading:
			want[map[int]string{2: "Heading1", 3: "Heading2", 4: "Heading3"}[b.Level]]++
		case outline.Finding:
			want["Finding"]++
		}
	}
	for style, n := range want {
		if got := strings.Count(body, `<w:pStyle w:val="`+style+`"/>`); got != n {
			t.Errorf("%d paragraphs are %s, want %d", got, style, n)
		}
	}
	if n := strings.Count(body, `<w:pStyle w:val="TOC3"/>`); n != want["Finding"] || !strings.Contains(body, ` TOC \o &#34;1-2&#34;`) {
		t.Errorf("the contents list %d findings, want %d", n, want["Finding"])
	}
}

// TestPicture checks that the data flows are shapes, and that they are told in words too.
func TestPicture(t *testing.T) {
	body := reporttest.Parts(t, render(t, reporttest.Gaps(), outline.Brand{}))["word/document.xml"]
	if n := strings.Count(body, "<wps:wsp>"); n < 12 {
		t.Errorf("the picture has %d shapes", n)
	}
	if !strings.Contains(body, `descr="Where data goes: Riverbend Family Medicine. 3 systems`) {
		t.Error("nobody who doesn't see the picture knows what it shows")
	}
}

func TestBrand(t *testing.T) {
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewNRGBA(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	brand := outline.Brand{Firm: "Lowe & Partners", Logo: logo.Bytes(), LogoType: "image/png", Accent: "#f0c000", Footer: "Privileged <b>"}
	data := render(t, reporttest.Gaps(), brand)
	sound(t, data)
	all := reporttest.Parts(t, data)
	accent, _ := outline.ParseColor(brand.Accent)
	for part, want := range map[string]string{"word/media/logo.png": logo.String(), "word/footer1.xml": "Privileged &lt;b&gt;", "docProps/core.xml": "Lowe &amp; Partners",
		"word/styles.xml": strings.ToUpper(strings.TrimPrefix(accent.On(outline.Color{255, 255, 255}).String(), "#"))} {
		if !strings.Contains(all[part], want) {
			t.Errorf("%s lacks %q", part, want)
		}
	}
	brand.Logo = []byte("logo")
	if err := docx.Render(io.Discard, reporttest.Gaps(), brand); err == nil || err.Error() != "the logo is no PNG or JPEG picture; save it as one of them" {
		t.Errorf("no picture: %v", err)
	}
}

func TestProperties(t *testing.T) {
	all := reporttest.Parts(t, render(t, reporttest.Gaps(), outline.Brand{}))
	for part, want := range map[string]string{
		"docProps/core.xml": `<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T00:00:00Z</dcterms:created>`,
		"word/styles.xml":   `<w:lang w:val="en-US"`, "word/footer1.xml": `w:instr=" NUMPAGES "`, "word/header1.xml": "Gap report: Riverbend Family Medicine",
	} {
		if !strings.Contains(all[part], want) {
			t.Errorf("%s lacks %q", part, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	reporttest.SameBytes(t, func(r *assess.Report) []byte { return render(t, r, outline.Brand{}) })
}

func FuzzRender(f *testing.F) {
	const long = 600 // the report has hundreds of texts
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain", "#1d4f63")
	}
	f.Add("\xff\xc3", "\U0010ffff\u0301", "#-1-1-1")
	f.Add(`"/><w:p>`, strings.Repeat("word ", long/5), "")
	f.Fuzz(func(t *testing.T, a, b, accent string) {
		a, b = a[:min(len(a), long)], b[:min(len(b), long)]
		sound(t, render(t, reporttest.Arbitrary(a, b), outline.Brand{Firm: a, Author: b, Note: a, Footer: b, Accent: accent}))
	})
}

// TestStrokes holds that the lines of the picture are those of the other formats: in ink, in width and in dashes.
func TestStrokes(t *testing.T) {
	r := reporttest.Gaps()
	part := reporttest.Parts(t, render(t, r, outline.Brand{}))["word/document.xml"]
	l := picture.New(r)
	drawn := map[string]string{} // the width of a line by its ink and dashes
	for _, m := range regexp.MustCompile(`<a:ln w="(\d+)"><a:solidFill><a:srgbClr val="(\w+)"/></a:solidFill>(<a:custDash>)?`).FindAllStringSubmatch(part, -1) {
		drawn[m[2]+m[3]+m[1]] = m[1]
	}
	scale := 0.0 // in units of the drawing
	for _, m := range regexp.MustCompile(`<a:chExt cx="(\d+)"`).FindAllStringSubmatch(part, -1) {
		cx, _ := strconv.ParseFloat(m[1], 64)
		scale = cx / l.Width
	}
	if scale == 0 || len(l.Edges) == 0 {
		t.Fatal("there is no picture")
	}
	for _, e := range l.Edges {
		for _, k := range picture.Strokes(e.Class, e.Review) {
			dash := ""
			if len(k.Dashes) > 0 {
				dash = "<a:custDash>"
			}
			if want := ooxml.Hex(k.Ink) + dash + fmt.Sprint(math.Round(k.Width*scale)); drawn[want] == "" {
				t.Errorf("no line of %s is drawn as %s: %v", e.ID, want, slices.Sorted(maps.Keys(drawn)))
			}
		}
	}
}
