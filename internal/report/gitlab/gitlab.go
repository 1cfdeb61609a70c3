// Package gitlab writes a report as a GitLab code quality report, which a merge request shows on the lines of the
// manifest: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
//
// The format is a bare list of findings. What was checked against what has no place in it.
package gitlab

import (
	"io"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/outline"
)

type issue struct {
	Description line     `json:"description"`
	CheckName   line     `json:"check_name"`
	Fingerprint line     `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines lines  `json:"lines"`
}

type lines struct {
	Begin int `json:"begin"`
}

type line = finding.Line

// Render writes one entry per open result, accepted ones included.
func Render(w io.Writer, r *assess.Report) error {
	issues := []issue{}
	for _, f := range finding.All(r) {
		issues = append(issues, issue{
			Description: line(description(f)), CheckName: line(f.Requirement.ID), Fingerprint: line(f.Fingerprint), Severity: severity(f),
			Location: location{f.Pos.File, lines{f.Pos.Line}},
		})
	}
	return jsonfile.Write(w, issues)
}

func description(f finding.Finding) string {
	words := outline.Aim(f.Requirement) + ". " + f.Message()
	if aside := f.Aside(); aside != "" {
		words += " (" + aside + ")"
	}
	return words
}

// severity maps ours, from critical down, onto blocker, critical, major and minor. What can't fail a run is info.
func severity(f finding.Finding) string {
	if !f.Counts() {
		return "info"
	}
	switch f.Requirement.Severity {
	case "critical":
		return "blocker"
	case "high":
		return "critical"
	case "medium":
		return "major"
	}
	return "minor"
}
