package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

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

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// parts are the files inside, each well-formed XML.
func parts(t testing.TB, data []byte) map[string]string {
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
		wellFormed(t, f.Name, body)
		all[f.Name] = string(body)
	}
	return all
}

func wellFormed(t testing.TB, name string, body []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// TestCells opens each workbook again and compares every cell with what was to be said.
func TestCells(t *testing.T) {
	brand := outline.Brand{Firm: "Lowe & Partners", Note: "Please call before you sign.", Accent: "#f0c000"}
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			f := open(t, render(t, s.Report, brand))
			cells := 0
			for _, sheet := range outline.Sheets(s.Report, brand) {
				rows, err := f.GetRows(sheet.Name)
				if err != nil {
					t.Fatal(err)
				}
				first := 1
				if sheet.Prose {
					first = 0
				} else if title := rows[0][0]; title != sheet.Columns[0].Title {
					t.Errorf("%s begins with %q", sheet.Name, title)
				}
				for n, row := range sheet.Rows {
					for i, want := range row {
						cells++
						got := ""
						if i < len(rows[first+n]) {
							got = rows[first+n][i]
						}
						if got != xmlText(want.Text) {
							t.Errorf("%s, %s %d: %q, want %q", sheet.Name, sheet.Columns[i].Title, n, got, want.Text)
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
	data := render(t, reporttest.Gaps(), outline.Brand{})
	f := open(t, data)
	want := []string{"About", "Action plan", "All requirements", "Vendors", "Flows", "People and training"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("the sheets mismatch (-want +got)\n%s", diff)
	}
	for _, name := range want[1:] {
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the head isn't frozen: %+v, %v", name, panes, err)
		}
		layout, err := f.GetPageLayout(name)
		if err != nil || *layout.Orientation != "landscape" || *layout.FitToHeight != 0 {
			t.Errorf("%s: %+v, %v", name, layout, err)
		}
	}
	choices, err := f.GetDataValidations("Action plan")
	if err != nil || len(choices) != 1 || choices[0].Sqref != "J2:J6" || choices[0].Formula1 != `"To do,In progress,Done,Accepted"` {
		t.Errorf("the status has the choices %+v, %v", choices, err)
	}
	titles, filters := 0, 0
	for _, n := range f.GetDefinedName() {
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
	if all := parts(t, data); !strings.Contains(all["xl/worksheets/sheet2.xml"], `<autoFilter ref="$A$1:$K$6"`) {
		t.Error("the action plan can't be filtered")
	}
}

// TestDays checks that days are days of the calendar, to sort and to filter by.
func TestDays(t *testing.T) {
	f := open(t, render(t, reporttest.Accepted(), outline.Brand{}))
	raw, err := f.GetCellValue("Action plan", "H3", excelize.Options{RawCellValue: true})
	if err != nil || raw != "46402" { // 2027-01-15, counted from 1899-12-30
		t.Errorf("the due day is %q, %v", raw, err)
	}
}

func TestNothingOpen(t *testing.T) {
	f := open(t, render(t, reporttest.Clean(), outline.Brand{}))
	if got, _ := f.GetCellValue("Action plan", "A2"); got != "Nothing is open." {
		t.Errorf("the plan says %q", got)
	}
}

var target = regexp.MustCompile(`<Relationship [^>]*Target="([^"]*)"[^>]*TargetMode="External"`)

// harmless checks that no cell is a formula, what could become one is text, and links lead to the web.
func harmless(t testing.TB, data []byte) {
	t.Helper()
	for name, body := range parts(t, data) {
		if strings.HasPrefix(name, "xl/worksheets/sheet") && regexp.MustCompile(`<f[ >]|t="str"`).MatchString(body) {
			t.Errorf("%s holds a formula", name)
		}
		for _, m := range target.FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "https://") && !strings.HasPrefix(m[1], "http://") {
				t.Errorf("%s leads to %q", name, m[1])
			}
		}
		if strings.Contains(name, "external") || strings.Contains(name, "vba") || strings.Contains(name, "connections") {
			t.Errorf("the workbook holds %s", name)
		}
	}
}

func TestHarmless(t *testing.T) {
	formula := "=cmd|'/C calc'!A0"
	data := render(t, reporttest.Arbitrary(formula, "@SUM(1)"), outline.Brand{Firm: formula})
	harmless(t, data)
	f := open(t, data)
	texts := 0
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			for i, value := range row {
				if !outline.MeansFormula(value) {
					continue
				}
				at, _ := excelize.CoordinatesToCellName(i+1, n+1)
				id, err := f.GetCellStyle(name, at)
				if err != nil {
					t.Fatal(err)
				}
				style, err := f.GetStyle(id)
				if err != nil || style.NumFmt != 49 {
					t.Errorf("%s!%s would become a formula when someone edits it: %+v, %v", name, at, style, err)
				}
				texts++
			}
		}
	}
	if texts < 50 {
		t.Errorf("looked at %d cells only", texts)
	}
	for _, s := range reporttest.Scenarios() {
		harmless(t, render(t, s.Report, outline.Brand{}))
	}
}

// TestLinks checks that links of checklists are there, and that others are not.
func TestLinks(t *testing.T) {
	count := func(r *assess.Report) int {
		n := 0
		for _, body := range parts(t, render(t, r, outline.Brand{})) {
			n += len(target.FindAllString(body, -1))
		}
		return n
	}
	good, bad := reporttest.Gaps(), reporttest.Gaps()
	for i := range bad.Checklists {
		bad.Checklists[i].URL = []string{"javascript:alert(1)", "https://example.org/" + strings.Repeat("x", 2100)}[i]
	}
	if n := count(good); n < 5 {
		t.Errorf("%d links", n)
	}
	if n := count(bad); n != 0 {
		t.Errorf("%d links to nowhere good", n)
	}
}

// TestMoreThanACellHolds checks that what is cut off says so.
func TestMoreThanACellHolds(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Fix.Do = strings.Repeat("😀 pages and pages ", 3000)
	f := open(t, render(t, r, outline.Brand{}))
	got, err := f.GetCellValue("Action plan", "D2")
	if err != nil || !strings.HasSuffix(got, "have all of it.") || len(got) < 30_000 {
		t.Errorf("%d bytes, ending in %q, %v", len(got), got[max(0, len(got)-60):], err)
	}
}

// TestRowsAreHighEnough checks that long text gets a high row, and that heights stay what a spreadsheet takes.
func TestRowsAreHighEnough(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Fix.Do = strings.Repeat("word ", 70) // ten lines of the column and more
	r.Requirements[2].Fix.Do = strings.Repeat("word ", 9000)
	f := open(t, render(t, r, outline.Brand{}))
	for row, most := range map[int]float64{2: 200, 3: 409} {
		if h, err := f.GetRowHeight("Action plan", row); err != nil || h < 120 || h > most {
			t.Errorf("row %d is %v points high, %v", row, h, err)
		}
	}
}

func TestHeadsAndFeet(t *testing.T) {
	r := reporttest.Gaps()
	r.Practice = "R&D " + strings.Repeat("&", 300)
	f := open(t, render(t, r, outline.Brand{Footer: "Smith & Sons"}))
	got, err := f.GetHeaderFooter("Action plan")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^&LGap report: R&&D (&&)+…&R&A$`).MatchString(got.OddHeader) || len(got.OddHeader) > 255 {
		t.Errorf("the head is %q", got.OddHeader)
	}
	if !strings.HasPrefix(got.OddFooter, "&LSmith && Sons Gap check as of 2026-11-22") || !strings.HasSuffix(got.OddFooter, "&RPage &P of &N") {
		t.Errorf("the foot is %q", got.OddFooter)
	}
}

func TestProperties(t *testing.T) {
	f := open(t, render(t, reporttest.Gaps(), outline.Brand{Firm: "Lowe & Partners"}))
	p, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(p.Title, "|", p.Creator, "|", p.Created, "|", p.Modified, "|", p.Language)
	if want := "Gap report: Riverbend Family Medicine|Lowe & Partners|2026-11-22T00:00:00Z|2026-11-22T00:00:00Z|en-US"; got != want {
		t.Errorf("the properties are %q, want %q", got, want)
	}
}

func TestSameBytes(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		first := render(t, s.Report, outline.Brand{})
		for range 3 { // maps differ in order from call to call
			if !bytes.Equal(first, render(t, s.Report, outline.Brand{})) {
				t.Fatalf("%s: the bytes differ from run to run", s.Name)
			}
		}
	}
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
		title, err := open(t, data).GetCellValue("Action plan", "A2")
		if err != nil || !utf8.ValidString(title) {
			t.Errorf("the plan can't be read: %q, %v", title, err)
		}
	})
}
