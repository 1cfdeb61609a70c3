//go:build validators

package docx_test

import (
	"testing"

	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

// TestValid shows that other programs find each document valid.
func TestValid(t *testing.T) {
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "arbitrary", Report: reporttest.Arbitrary("é", `A/"b`)}) {
		reporttest.OpenXML(t, s.Name+".docx", render(t, s.Report, outline.Brand{Firm: "Lowe & Partners"}))
	}
}

// TestOfficeReads shows that LibreOffice opens each document, and that its pages have every requirement.
func TestOfficeReads(t *testing.T) {
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "many", Report: reporttest.Many(200)}) {
		t.Run(s.Name, func(t *testing.T) {
			reporttest.EveryRequirement(t, reporttest.Printed(t, s.Name+".docx", render(t, s.Report, outline.Brand{})), s.Report)
		})
	}
}
