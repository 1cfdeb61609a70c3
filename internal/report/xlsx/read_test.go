package xlsx_test

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"testing"

	"readiness/internal/report/reporttest"
)

// workbook is a workbook as this test reads it back.
type workbook struct {
	parts  map[string]string
	Sheets []struct {
		Name string `xml:"name,attr"`
		page
	} `xml:"sheets>sheet"`
	Names []struct {
		Name     string `xml:"name,attr"`
		RefersTo string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

// page is what is on a sheet.
type page struct {
	Pane struct {
		State  string `xml:"state,attr"`
		YSplit int    `xml:"ySplit,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Rows []struct {
		Height float64 `xml:"ht,attr"`
		Cells  []struct {
			At     string `xml:"r,attr"`
			Kind   string `xml:"t,attr"`
			Style  int    `xml:"s,attr"`
			Number string `xml:"v"`
			Text   string `xml:"-"` // of a string
			Format int    `xml:"-"` // the number of the format
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Choices []struct {
		Where string `xml:"sqref,attr"`
		Words string `xml:"formula1"`
	} `xml:"dataValidations>dataValidation"`
	Setup struct {
		Way    string `xml:"orientation,attr"`
		Height string `xml:"fitToHeight,attr"`
	} `xml:"pageSetup"`
	Head string `xml:"headerFooter>oddHeader"`
	Foot string `xml:"headerFooter>oddFooter"`
}

// open reads a workbook. It fails where a cell's string or format is not there.
func open(t testing.TB, data []byte) *workbook {
	t.Helper()
	w := &workbook{parts: reporttest.Parts(t, data)}
	var shared struct {
		Texts []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	var styles struct {
		Formats []struct {
			Number int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	w.unmarshal(t, "xl/workbook.xml", w)
	w.unmarshal(t, "xl/sharedStrings.xml", &shared)
	w.unmarshal(t, "xl/styles.xml", &styles)
	for i := range w.Sheets {
		s := &w.Sheets[i]
		w.unmarshal(t, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), &s.page)
		for r, row := range s.Rows {
			for c := range row.Cells {
				cell := &row.Cells[c]
				if want := fmt.Sprintf("%c%d", 'A'+c, r+1); cell.At != want {
					t.Fatalf("%s: the cell %s stands where %s belongs", s.Name, cell.At, want)
				}
				if cell.Format = styles.Formats[cell.Style].Number; cell.Kind == "s" {
					var n int
					if _, err := fmt.Sscan(cell.Number, &n); err != nil {
						t.Fatal(err)
					}
					cell.Text = decoded(shared.Texts[n].Text)
				}
			}
		}
	}
	return w
}

func (w *workbook) unmarshal(t testing.TB, part string, v any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(w.parts[part]), v); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
}

// sheet is the sheet with a name.
func (w *workbook) sheet(t testing.TB, name string) *page {
	t.Helper()
	for i := range w.Sheets {
		if w.Sheets[i].Name == name {
			return &w.Sheets[i].page
		}
	}
	t.Fatalf("there is no sheet %s", name)
	return nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// decoded is a text as spreadsheets read it: _x0041_ is A.
func decoded(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(code string) string {
		var r rune
		fmt.Sscanf(code, "_x%04x_", &r)
		return string(r)
	})
}
