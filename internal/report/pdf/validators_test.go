//go:build validators

package pdf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

func reports() []reporttest.Scenario {
	return append(reporttest.Scenarios(), reporttest.Scenario{Name: "many", Report: reporttest.Many(200)})
}

func eachFile(t *testing.T, test func(t *testing.T, file string, r *assess.Report)) {
	for _, s := range reports() {
		t.Run(s.Name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), s.Name+".pdf")
			if err := os.WriteFile(file, render(t, s.Report, outline.Brand{Firm: "Lowe & Partners", Accent: "#f0c000"}), 0o644); err != nil {
				t.Fatal(err)
			}
			test(t, file, s.Report)
		})
	}
}

// TestQPDF shows that qpdf finds nothing wrong with a file's syntax.
func TestQPDF(t *testing.T) {
	eachFile(t, func(t *testing.T, file string, _ *assess.Report) {
		if out := reporttest.Run(t, "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING") {
			t.Error(out)
		}
	})
}

// TestPDFText shows that other programs find every requirement in the text.
func TestPDFText(t *testing.T) {
	eachFile(t, func(t *testing.T, file string, r *assess.Report) {
		reporttest.EveryRequirement(t, reporttest.Run(t, "pdftotext", "-raw", file, "-"), r)
	})
}

// TestPDFInfo shows that other programs read the structure and what the file is about.
func TestPDFInfo(t *testing.T) {
	eachFile(t, func(t *testing.T, file string, _ *assess.Report) {
		info := reporttest.Run(t, "pdfinfo", file)
		for _, want := range []string{"Title:           Gap report: ", "Tagged:          yes", "Creator:         ", "Page size:       612 x 792 pts (letter)"} {
			if !strings.Contains(info, want) {
				t.Errorf("pdfinfo doesn't say %q:\n%s", want, info)
			}
		}
		tree := reporttest.Run(t, "pdfinfo", "-struct", file)
		if strings.Contains(tree, "Error") {
			t.Error(tree[:2000])
		}
		for _, role := range []string{"Document", "H1", "H2", "H3", "P", "TOC", "TOCI", "Table", "TR", "TH", "TD", "L", "LI", "LBody", "Link"} {
			if !regexp.MustCompile(`(?m)^ *` + role + `\b`).MatchString(tree) {
				t.Errorf("the structure has no %s", role)
			}
		}
	})
}

// TestStructureText shows that other programs read the text of the structure. They take long, so one report has to do.
func TestStructureText(t *testing.T) {
	r := reporttest.Gaps()
	file := filepath.Join(t.TempDir(), "gaps.pdf")
	if err := os.WriteFile(file, render(t, r, outline.Brand{}), 0o644); err != nil {
		t.Fatal(err)
	}
	tree := reporttest.Run(t, "pdfinfo", "-struct-text", file)
	for _, q := range r.Requirements {
		want := q.ID
		if !q.Outcome.Open() {
			want = q.Citation
		}
		if !strings.Contains(tree, `"`+want) {
			t.Errorf("%s is not in the structure", want)
		}
	}
}

// TestPDFFonts shows that every font is in the file and can be turned into text.
func TestPDFFonts(t *testing.T) {
	eachFile(t, func(t *testing.T, file string, _ *assess.Report) {
		lines := strings.Split(strings.TrimSpace(reporttest.Run(t, "pdffonts", file)), "\n")[2:]
		if len(lines) < 4 {
			t.Errorf("there are %d fonts", len(lines))
		}
		for _, l := range lines {
			if !regexp.MustCompile(`CID TrueType +Identity-H +yes \w+ +yes`).MatchString(l) {
				t.Error(l)
			}
		}
	})
}

// TestPages shows that every page can be drawn. What it says must not go unread.
func TestPages(t *testing.T) {
	eachFile(t, func(t *testing.T, file string, _ *assess.Report) {
		if out := reporttest.Run(t, "pdftoppm", "-r", "20", file, filepath.Join(t.TempDir(), "page")); out != "" {
			t.Error(fmt.Sprint(out))
		}
	})
}
