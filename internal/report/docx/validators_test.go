//go:build validators

package docx_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
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

// TestOfficeReads shows that LibreOffice opens each document, and that its PDF has every requirement.
func TestOfficeReads(t *testing.T) {
	tight := func(s string) string { return strings.ReplaceAll(squeeze(s), " ", "") } // a long id may go over a line's end
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			file := filepath.Join(reporttest.Office(t, "report.docx", render(t, s.Report, outline.Brand{}), "pdf"), "report.pdf")
			text := tight(reporttest.Run(t, "pdftotext", "-raw", file, "-"))
			for _, q := range s.Report.Requirements {
				want := q.ID
				if !q.Outcome.Open() {
					want = q.Citation
				}
				if !strings.Contains(text, tight(source.Printable(want))) {
					t.Errorf("%q is not in the text", want)
				}
			}
		})
	}
}

// TestSchema shows that Microsoft's Open XML SDK finds each document valid.
func TestSchema(t *testing.T) {
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "arbitrary", Report: reporttest.Arbitrary("é", `A/"b`)}) {
		file := filepath.Join(t.TempDir(), s.Name+".docx")
		if err := os.WriteFile(file, render(t, s.Report, outline.Brand{Firm: "Lowe & Partners"}), 0o644); err != nil {
			t.Fatal(err)
		}
		reporttest.Run(t, filepath.Join(os.Getenv("READINESS_NODE"), "node_modules", ".bin", "ooxml-validator"), file)
	}
}
