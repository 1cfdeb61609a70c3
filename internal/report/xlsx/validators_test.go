//go:build validators

package xlsx_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

// TestValid shows that other programs find each workbook valid.
func TestValid(t *testing.T) {
	formulas := reporttest.Scenario{Name: "formulas", Report: reporttest.Arbitrary("=1+1", "_x0041_")}
	for _, s := range append(reporttest.Scenarios(), formulas) {
		reporttest.OpenXML(t, s.Name+".xlsx", render(t, s.Report, outline.Brand{Firm: "Lowe & Partners", Accent: "#f0c000"}))
	}
}

// TestOfficeReadsCells has LibreOffice open each workbook and compares what it shows in every cell, all sheets as CSV.
func TestOfficeReadsCells(t *testing.T) {
	const everySheetAsShown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
	formulas := reporttest.Arbitrary("=1+1", "@SUM(1)")
	for name, r := range map[string]*assess.Report{"gaps": reporttest.Gaps(), "hostile": reporttest.Hostile(), "formulas": formulas} {
		t.Run(name, func(t *testing.T) {
			folder := reporttest.Office(t, "book.xlsx", render(t, r, outline.Brand{}), everySheetAsShown)
			cells := 0
			for _, sheet := range outline.Sheets(r, outline.Brand{}) {
				data, err := os.ReadFile(filepath.Join(folder, "book-"+sheet.Name+".csv"))
				if err != nil {
					t.Fatal(err)
				}
				rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				if !sheet.Prose {
					rows = rows[1:]
				}
				for n, row := range sheet.Rows {
					for i, want := range row {
						cells++
						if got := rows[n][i]; reporttest.Squeeze(got) != reporttest.Squeeze(xmlText(want.Text)) {
							t.Errorf("%s, %s %d: %q, want %q", sheet.Name, sheet.Columns[i].Title, n, got, want.Text)
						}
					}
				}
			}
			if cells < 250 {
				t.Errorf("compared only %d cells", cells)
			}
		})
	}
}

// TestOfficePrints shows that a printed workbook has every requirement.
func TestOfficePrints(t *testing.T) {
	r := reporttest.Many(200)
	reporttest.EveryRequirement(t, reporttest.Printed(t, "book.xlsx", render(t, r, outline.Brand{})), r)
}
