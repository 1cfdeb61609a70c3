//go:build validators

package xlsx_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

// TestXMLLint shows that another program finds every part well-formed.
func TestXMLLint(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		folder := t.TempDir()
		args := []string{"--noout", "--nonet"}
		for name, body := range parts(t, render(t, s.Report, outline.Brand{})) {
			file := filepath.Join(folder, strings.ReplaceAll(name, "/", "-"))
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		reporttest.Run(t, "xmllint", args...)
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
						if got := rows[n][i]; squeeze(got) != squeeze(xmlText(want.Text)) {
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

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestOfficePrints shows that a printed workbook has every requirement.
func TestOfficePrints(t *testing.T) {
	r := reporttest.Gaps()
	file := filepath.Join(reporttest.Office(t, "book.xlsx", render(t, r, outline.Brand{}), "pdf"), "book.pdf")
	text := strings.Join(strings.Fields(reporttest.Run(t, "pdftotext", "-raw", file, "-")), "")
	for _, q := range r.Requirements {
		if !strings.Contains(text, q.ID) {
			t.Errorf("%s is not on paper", q.ID)
		}
	}
}
