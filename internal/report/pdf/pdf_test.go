package pdf_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/pdf"
	"readiness/internal/report/reporttest"
)

func render(t testing.TB, r *assess.Report, brand outline.Brand) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := pdf.Render(&out, r, brand); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSameBytes(t *testing.T) {
	reporttest.SameBytes(t, func(r *assess.Report) []byte { return render(t, r, outline.Brand{}) })
}

// TestText shows that everything the outline says is drawn, belongs to the structure, and can be taken out as text.
func TestText(t *testing.T) {
	brand := outline.Brand{Firm: "Lowe & Partners", Author: "M. Lowe", Note: "Please call before you sign."}
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			text := read(t, render(t, s.Report, brand)).structure(t).text
			reporttest.NothingLost(t, text, outline.Build(s.Report, brand).Blocks)
			reporttest.EveryRequirement(t, text, s.Report)
		})
	}
}

// TestStructure shows that the tree says what the pages look like.
func TestStructure(t *testing.T) {
	tree := read(t, render(t, reporttest.Many(60), outline.Brand{})).structure(t)
	if n := len(tree.all("H1")); n != 1 {
		t.Errorf("there are %d titles, want 1", n)
	}
	if n := len(tree.all("H4")); n < 60 {
		t.Errorf("there are %d headings of findings", n)
	}
	tables := tree.all("Table")
	if len(tables) < 10 {
		t.Fatalf("there are %d tables", len(tables))
	}
	for _, table := range tables {
		rows := table.all("TR")
		if len(rows) < 2 {
			t.Errorf("a table has %d rows: %s", len(rows), table.text)
			continue
		}
		for i, row := range rows {
			if len(row.kids) != len(rows[0].kids) {
				t.Errorf("a row has %d cells, and the head %d: %s", len(row.kids), len(rows[0].kids), row.text)
			}
			if len(row.pages) > 1 {
				t.Errorf("a row is broken over pages: %s", row.text)
			}
			for n, cell := range row.kids {
				want := "TD"
				if i == 0 || n == 0 {
					want = "TH"
				}
				if cell.role != want || want == "TH" != strings.Contains(cell.entries, "/Scope") {
					t.Errorf("cell %d of row %d is a %s: %s", n, i, cell.role, cell.entries)
				}
			}
		}
	}
	for _, item := range tree.all("LI") {
		if len(item.kids) != 2 || item.kids[0].role != "Lbl" || item.kids[1].role != "LBody" {
			t.Errorf("an item of a list is not a label and a body: %s", item.text)
		}
	}
	links := tree.all("Link")
	for _, l := range links {
		if l.links == 0 || strings.TrimSpace(l.text) == "" {
			t.Errorf("a link has %d places and the text %q", l.links, l.text)
		}
	}
	if len(links) < 200 {
		t.Errorf("there are %d links", len(links))
	}
}

// TestLinks shows that links from the summary lead to findings, and those to a source to its text.
func TestLinks(t *testing.T) {
	r := reporttest.Gaps()
	d := read(t, render(t, r, outline.Brand{}))
	inside, outside := 0, 0
	for _, o := range d.objects {
		switch {
		case !strings.Contains(o.entries, "/Subtype /Link"):
		case strings.Contains(o.entries, "/URI ("+r.Checklists[0].URL+")"):
			outside++
		case strings.Contains(o.entries, "/Dest ["):
			inside++
			if strings.Contains(o.entries, fmt.Sprintf("/Dest [%d 0 R", d.pages(t)[0])) {
				t.Errorf("a link leads to page one: %s", o.entries)
			}
		}
	}
	if inside < 30 || outside < 2 {
		t.Errorf("there are %d links inside and %d to the source", inside, outside)
	}
}

// TestContents shows that the contents name the page on which each heading is, and name them all.
func TestContents(t *testing.T) {
	d := read(t, render(t, reporttest.Many(30), outline.Brand{}))
	tree := d.structure(t)
	numbers := map[int]string{}
	for i, p := range d.pages(t) {
		numbers[p] = fmt.Sprint(i + 1)
	}
	var want []string
	for _, b := range outline.Build(reporttest.Many(30), outline.Brand{}).Blocks {
		switch b := b.(type) {
		case outline.Heading:
			want = append(want, b.Text)
		case outline.Finding:
			want = append(want, b.Title)
		}
	}
	pages := map[string][]string{} // of the headings, by title
	for _, role := range []string{"H2", "H3", "H4"} {
		for _, h := range tree.all(role) {
			for p := range h.pages {
				pages[reporttest.Squeeze(h.text)] = append(pages[reporttest.Squeeze(h.text)], numbers[p])
			}
		}
	}
	entries := tree.all("TOCI")
	for _, e := range entries {
		words := strings.Fields(e.text)
		if !slices.ContainsFunc(want, func(title string) bool {
			return strings.Contains(e.text, title) && slices.Contains(pages[title], words[len(words)-1])
		}) {
			t.Errorf("no heading is on the page the contents give: %s", e.text)
		}
	}
	if len(entries) < 50 {
		t.Errorf("the contents have %d entries", len(entries))
	}
}

// TestBookmarks shows that the bookmarks stand below each other as the headings do.
func TestBookmarks(t *testing.T) {
	d := read(t, render(t, reporttest.Gaps(), outline.Brand{}))
	var lines []string
	var visit func(n int, indent string)
	visit = func(n int, indent string) {
		for n > 0 {
			o := d.objects[n].entries
			lines = append(lines, indent+bookmarkTitle.FindStringSubmatch(o)[1])
			visit(entry(o, "First"), indent+"  ")
			n = entry(o, "Next")
		}
	}
	visit(entry(d.objects[entry(d.objects[d.root].entries, "Outlines")].entries, "First"), "")
	got := strings.Join(lines, "\n")
	want := `Riverbend Family Medicine
Not ready
The count
Do first
Contents
Findings
  Critical \(1\)
    Gap. Should be: A business associate agreement before any PHI is sent
  High \(1\)
    Gap. Should be: Every call is logged
`
	if !strings.HasPrefix(got, want) {
		t.Errorf("the bookmarks are\n%s\nand should begin\n%s", got, want)
	}
}

var bookmarkTitle = regexp.MustCompile(`/Title \((.*?)\) /Parent`)

// entry is the object that an entry of a dictionary refers to, or 0.
func entry(entries, key string) int {
	if m := regexp.MustCompile(`/` + key + ` (\d+) 0 R`).FindStringSubmatch(entries); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// TestRepeatedHead shows that a table over several pages has its head on each, and once for a screen reader.
func TestRepeatedHead(t *testing.T) {
	file := render(t, reporttest.Many(60), outline.Brand{})
	d := read(t, file)
	shown := 0
	for _, p := range d.pages(t) {
		stream := d.objects[refs(contents.FindString(d.objects[p].entries))[0]].stream
		if strings.Contains(stream, wide("they rest on")) {
			shown++
		}
	}
	tree := d.structure(t)
	read, tables := strings.Count(tree.text, "they rest on"), 0
	for _, table := range tree.all("Table") {
		if strings.Contains(table.text, "they rest on") {
			tables++
		}
	}
	if read != tables || shown < tables+3 {
		t.Errorf("%d tables have the head, which is on %d pages and is read %d times", tables, shown, read)
	}
}

// TestHeadsAreGray shows that the heads of all pages have their ink, also when the last mark was of the same.
func TestHeadsAreGray(t *testing.T) {
	r := reporttest.Gaps()
	last, _ := r.Find("hipaa/164.308(a)(5)(i)") // not applicable, which is gray
	other := *last
	other.ID, other.Checklist = "nist-ai-rmf/LAST", "nist-ai-rmf"
	r.Requirements = append(r.Requirements, other)
	r.Checklists[0].Overdue = false // which would be marked in red behind it
	d := read(t, render(t, r, outline.Brand{}))
	for i, p := range d.pages(t)[1:] {
		stream := d.objects[refs(contents.FindString(d.objects[p].entries))[0]].stream
		before, _, ok := strings.Cut(stream, wide("Gap report: "))
		if q := strings.LastIndex(before, "BT "); !ok || q < 0 || !strings.HasSuffix(before[:q], "q 0.357 0.376 0.408 rg ") {
			t.Errorf("the head of page %d is not gray", i+2)
		}
	}
}

// wide is text as fpdf writes it.
func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r >> 8))
		b.WriteByte(byte(r))
	}
	return b.String()
}

// TestMissingCharacters shows that a character outside the fonts is a box, can be copied, and is counted.
func TestMissingCharacters(t *testing.T) {
	r := reporttest.Clean()
	r.Deployment = "診療 🩺 Łódź Αθήνα Київ → ≥ ✓"
	d := read(t, render(t, r, outline.Brand{}))
	tree := reporttest.Squeeze(d.structure(t).text)
	if !strings.Contains(tree, r.Deployment) {
		t.Error("the text can't be taken out as it was written")
	}
	stream := d.objects[refs(contents.FindString(d.objects[d.pages(t)[0]].entries))[0]].stream
	for _, want := range []string{"□□", "Łódź ", "Αθήνα ", "Київ "} {
		if !strings.Contains(stream, wide(want)) {
			t.Errorf("%q is not drawn", want)
		}
	}
	if want := "4 characters of other kinds stand as □."; !strings.Contains(tree, want) {
		t.Errorf("the report doesn't say %q", want)
	}
	r.Deployment = "Visit notes"
	if strings.Contains(read(t, render(t, r, outline.Brand{})).structure(t).text, "□") {
		t.Error("a report without such characters speaks of them")
	}
}

// FuzzRender shows that no text breaks the file: it can be read back, and its structure is whole.
func FuzzRender(f *testing.F) {
	const long = 600 // the report has hundreds of texts
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain", "#1d4f63")
	}
	f.Add("\xff\xc3", "\U0010ffff\u0301", "#-1-1-1")
	f.Add(strings.Repeat("x", long), strings.Repeat("word ", long/5), "")
	f.Fuzz(func(t *testing.T, a, b, accent string) {
		a, b = a[:min(len(a), long)], b[:min(len(b), long)]
		brand := outline.Brand{Firm: a, Author: b, Note: a, Footer: b, Accent: accent}
		var out bytes.Buffer
		if err := pdf.Render(&out, reporttest.Arbitrary(a, b), brand); err != nil {
			t.Fatal(err)
		}
		read(t, out.Bytes()).structure(t)
	})
}

func BenchmarkRender(b *testing.B) {
	r := reporttest.Many(200)
	for b.Loop() {
		render(b, r, outline.Brand{})
	}
}

// TestVectorLogo shows that a logo this format can't draw gives way to the firm's name.
func TestVectorLogo(t *testing.T) {
	brand := outline.Brand{Firm: "Lowe & Partners", Logo: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), LogoType: outline.SVG}
	tree := read(t, render(t, reporttest.Clean(), brand)).structure(t)
	if len(tree.all("Figure")) > 1 || !strings.Contains(tree.text, "Lowe & Partners") {
		t.Errorf("there are %d figures, or the firm isn't named", len(tree.all("Figure")))
	}
}
