//go:build validators

package csv_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

// TestOfficeFindsNoFormula has LibreOffice open the file as it guesses it, and looks at what each cell became.
func TestOfficeFindsNoFormula(t *testing.T) {
	r := reporttest.Arbitrary("=1+1", "@SUM(1)")
	folder := reporttest.Office(t, "plan.csv", render(t, r), "fods")
	data, err := os.ReadFile(filepath.Join(folder, "plan.fods"))
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(`table:formula="[^"]*"`).Find(data); m != nil {
		t.Errorf("a cell became a formula: %s", m)
	}
	if strings.Count(string(data), "'=1+1")+strings.Count(string(data), "&apos;=1+1") == 0 {
		t.Error("the guarded text is not there")
	}
}

// TestOfficeReadsCells compares what LibreOffice shows with what was to be said.
func TestOfficeReadsCells(t *testing.T) {
	for _, s := range []reporttest.Scenario{{Name: "gaps", Report: reporttest.Gaps()}, {Name: "hostile", Report: reporttest.Hostile()}} {
		text := tight(reporttest.Printed(t, "plan.csv", render(t, s.Report)))
		for _, row := range outline.Plan(s.Report).Rows {
			if !strings.Contains(text, tight(row[0].Text)) {
				t.Errorf("%s: %q is not shown", s.Name, row[0].Text)
			}
		}
	}
}

func tight(s string) string { return strings.Join(strings.Fields(s), "") }
