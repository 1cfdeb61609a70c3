package xlsx_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/xlsx"
)

func render(t testing.TB, r *assess.Report, brand outline.Brand) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Render(&out, r, brand); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestCells opens each workbook again and compares every cell with what was to be said.
func TestCells(t *testing.T) {
	brand := outline.Brand{Firm: "Lowe & Partners", Note: "Please call before you sign.", Accent: "#f0c000"}
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			w := open(t, render(t, s.Report, brand))
			cells := 0
			for _, sheet := range outline.Sheets(s.Report, brand) {
				rows := w.sheet(t, sheet.Name).Rows
				if !sheet.Prose {
					for i, c := range sheet.Columns {
						if title := rows[0].Cells[i].Text; title != c.Title {
							t.Errorf("%s: the head of column %d is %q", sheet.Name, i, title)
						}
					}
					rows = rows[1:]
				}
				for n, row := range sheet.Rows {
					for i, want := range row {
						cells++
						got := rows[n].Cells[i]
						if got.Kind != "s" && (sheet.Columns[i].Day || sheet.Columns[i].Count) {
							continue // a number; TestOfficeReadsCells compares what is shown
						}
						if got.Text != xmlText(want.Text) {
							t.Errorf("%s, %s %d: %q, want %q", sheet.Name, sheet.Columns[i].Title, n, got.Text, want.Text)
						}
					}
				}
			}
			if cells < 200 {
				t.Errorf("compared only %d cells", cells)
			}
		})
	}
}

// xmlText is text as XML can hold it.
func xmlText(s string) string {
	return strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(strings.ToValidUTF8(s, "\ufffd"))
}

// TestWorkbook checks what a person who works with the action plan counts on.
func TestWorkbook(t *testing.T) {
	w := open(t, render(t, reporttest.Gaps(), outline.Brand{}))
	var names []string
	for _, s := range w.Sheets {
		if names = append(names, s.Name); s.Name == "About" {
			continue
		}
		if s.Pane.State != "frozen" || s.Pane.YSplit != 1 {
			t.Errorf("%s: the head isn't frozen: %+v", s.Name, s.Pane)
		}
		if s.Setup.Way != "landscape" || s.Setup.Height != "0" {
			t.Errorf("%s: %+v", s.Name, s.Setup)
		}
	}
	if diff := cmp.Diff([]string{"About", "Action plan", "All requirements", "Vendors", "Flows", "People and training"}, names); diff != "" {
		t.Errorf("the sheets mismatch (-want +got)\n%s", diff)
	}
	plan := w.sheet(t, "Action plan")
	if c := plan.Choices; len(c) != 1 || c[0].Where != "J2:J6" || c[0].Words != `"To do,In progress,Done,Accepted"` {
		t.Errorf("the status has the choices %+v", c)
	}
	if plan.Filter.Ref != "A1:K6" {
		t.Errorf("the action plan is filtered in %q", plan.Filter.Ref)
	}
	titles, filters := 0, 0
	for _, n := range w.Names {
		switch {
		case n.Name == "_xlnm.Print_Titles" && strings.HasSuffix(n.RefersTo, "!$1:$1"):
			titles++
		case n.Name == "_xlnm._FilterDatabase":
			filters++
		}
	}
	if titles != 5 || filters != 5 {
		t.Errorf("%d sheets repeat their head on paper, and %d have filters, want 5", titles, filters)
	}
}

// TestDays checks that days are days of the calendar, to sort and to filter by.
func TestDays(t *testing.T) {
	const isoDay = 164
	for day, want := range map[string]string{"2027-01-15": "46402", "2199-12-31": "109574", "1901-01-01": "367"} { // counted from 1899-12-30
		r := reporttest.Accepted()
		r.Exceptions[0].ExpiresOn = day
		c := open(t, render(t, r, outline.Brand{})).sheet(t, "Action plan").Rows[2].Cells[7]
		if c.At != "H3" || c.Kind != "" || c.Number != want || c.Format != isoDay {
			t.Errorf("the due day %s is %+v", day, c)
		}
	}
}

func TestNothingOpen(t *testing.T) {
	rows := open(t, render(t, reporttest.Clean(), outline.Brand{})).sheet(t, "Action plan").Rows
	if got := rows[1].Cells[0].Text; got != "Nothing is open." {
		t.Errorf("the plan says %q", got)
	}
}

// harmless checks that no cell is a formula, and that what could become one is text.
func harmless(t testing.TB, data []byte) (texts int) {
	t.Helper()
	const asTyped = 49
	w := open(t, data)
	for name, body := range w.parts {
		if strings.HasPrefix(name, "xl/worksheets/sheet") && regexp.MustCompile(`<f[ >]|t="str"`).MatchString(body) {
			t.Errorf("%s holds a formula", name)
		}
		if strings.Contains(name, "external") || strings.Contains(name, "vba") || strings.Contains(name, "connections") {
			t.Errorf("the workbook holds %s", name)
		}
	}
	for _, s := range w.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if !outline.MeansFormula(c.Text) {
					continue
				}
				if texts++; c.Format != asTyped {
					t.Errorf("%s!%s would become a formula when someone edits it: %+v", s.Name, c.At, c)
				}
			}
		}
	}
	return texts
}

func TestHarmless(t *testing.T) {
	formula := "=cmd|'/C calc'!A0"
	data := render(t, reporttest.Arbitrary(formula, "@SUM(1)"), outline.Brand{Firm: formula})
	if texts := harmless(t, data); texts < 50 {
		t.Errorf("looked at %d cells only", texts)
	}
	for _, s := range reporttest.Scenarios() {
		harmless(t, render(t, s.Report, outline.Brand{}))
	}
}

// TestNumberedCharacters checks that a text is not taken for the number of a character.
func TestNumberedCharacters(t *testing.T) {
	r := reporttest.Gaps()
	for _, text := range []string{"_x0041_", "__x005f__x0041_", "_x00410_", "_x_0041_", "_xGGGG_ _x000", "_x000a_b_x0041_"} {
		r.Requirements[0].Fix.Do = text
		if got := open(t, render(t, r, outline.Brand{})).sheet(t, "Action plan").Rows[1].Cells[3].Text; got != text {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// TestLinks checks that links of checklists are there, and that others are not.
func TestLinks(t *testing.T) {
	count := func(r *assess.Report) (links, targets int) {
		for _, body := range reporttest.Parts(t, render(t, r, outline.Brand{})) {
			links += strings.Count(body, "<hyperlink ")
			targets += strings.Count(body, `TargetMode="External"`)
		}
		return links, targets
	}
	good, bad := reporttest.Gaps(), reporttest.Gaps()
	for i := range bad.Checklists {
		bad.Checklists[i].URL = []string{"javascript:alert(1)", "https://example.org/" + strings.Repeat("x", 2100)}[i]
	}
	if links, targets := count(good); links < 5 || targets != 4 {
		t.Errorf("%d links to %d targets", links, targets)
	}
	if links, targets := count(bad); links+targets != 0 {
		t.Errorf("%d links to nowhere good", links)
	}
}

// TestMoreThanACellHolds checks that what is cut off says so.
func TestMoreThanACellHolds(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Fix.Do = strings.Repeat("😀 pages and pages ", 3000)
	got := open(t, render(t, r, outline.Brand{})).sheet(t, "Action plan").Rows[1].Cells[3].Text
	if !strings.HasSuffix(got, "have all of it.") || len(got) < 30_000 {
		t.Errorf("%d bytes, ending in %q", len(got), got[max(0, len(got)-60):])
	}
}

// TestRowsAreHighEnough checks that long text gets a high row, and that heights stay what a spreadsheet takes.
func TestRowsAreHighEnough(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Fix.Do = strings.Repeat("word ", 70) // ten lines of the column and more
	r.Requirements[2].Fix.Do = strings.Repeat("word ", 9000)
	rows := open(t, render(t, r, outline.Brand{})).sheet(t, "Action plan").Rows
	for row, most := range map[int]float64{2: 200, 3: 409} {
		if h := rows[row-1].Height; h < 120 || h > most {
			t.Errorf("row %d is %v points high", row, h)
		}
	}
}

func TestHeadsAndFeet(t *testing.T) {
	r := reporttest.Gaps()
	r.Practice = "R&D " + strings.Repeat("&", 300)
	plan := open(t, render(t, r, outline.Brand{Footer: "Smith & Sons"})).sheet(t, "Action plan")
	if !regexp.MustCompile(`^&LGap report: R&&D (&&)+…&R&A$`).MatchString(plan.Head) || len(plan.Head) > 255 {
		t.Errorf("the head is %q", plan.Head)
	}
	if !strings.HasPrefix(plan.Foot, "&LSmith && Sons Gap check as of 2026-11-22") || !strings.HasSuffix(plan.Foot, "&RPage &P of &N") {
		t.Errorf("the foot is %q", plan.Foot)
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
	f.Add("\xff\xc3", "_x0041_", "#-1-1-1")
	f.Add("&P&N&\"Arial\"", strings.Repeat("word ", long/5), "")
	f.Fuzz(func(t *testing.T, a, b, accent string) {
		a, b = a[:min(len(a), long)], b[:min(len(b), long)]
		data := render(t, reporttest.Arbitrary(a, b), outline.Brand{Firm: a, Author: b, Note: a, Footer: b, Accent: accent})
		harmless(t, data)
		if title := open(t, data).sheet(t, "Action plan").Rows[1].Cells[0].Text; !utf8.ValidString(title) {
			t.Errorf("the plan can't be read: %q", title)
		}
	})
}
