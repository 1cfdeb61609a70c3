package finding_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

func TestAll(t *testing.T) {
	type row struct {
		ID, Message, Aside string
		Level              finding.Level
	}
	for _, c := range []struct {
		name   string
		report *assess.Report
		want   []row
	}{
		{"clean", reporttest.Clean(), nil},
		{"gaps", reporttest.Gaps(), []row{
			{"hipaa/164.308(b)(1)", "Scribewell receives PHI (audio-to-transcriber), and its BAA is requested", "", finding.Error},
			{"hipaa/164.308(b)(1)", "Not declared: vendors[scribewell].baa.effective_on. Whether the agreement is in force. (executed, requested, none)", "", finding.Error},
			{"hipaa/164.312(b)", "Calls of Scribe are not logged", "", finding.Error},
			{"hipaa/nprm-inventory", "No inventory of AI tools is kept", "the rule is proposed and not in force", finding.Note},
			{"nist-ai-rmf/MAP-3.5", "A visit summary can reach the patient without a licensed person on the way", "", finding.Note},
			{"nist-ai-rmf/MEASURE-2.4", "Nobody has read the log since 2026-06-01 (common practice)",
				"not due yet: it must hold while operating", finding.Note},
		}},
		{"accepted", reporttest.Accepted(), []row{
			{"hipaa/164.312(a)(2)(iv)", "The laptops of the front desk are not encrypted",
				"accepted until 2027-01-15 by osei: The laptops hold no files and are replaced in spring. Instead: double review of each note", finding.Note},
			{"hipaa/164.312(a)(2)(iv)", "Backups of OpenChart are not encrypted", "", finding.Error},
			{"nist-ai-rmf/MEASURE-2.4", "Nobody has read the log since 2026-06-01 (common practice)",
				"planned until 2027-01-15 by osei: A second reader starts in December. Instead: double review of each note", finding.Note},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []row
			for _, f := range finding.All(c.report) {
				got = append(got, row{f.Requirement.ID, f.Message(), f.Aside(), f.Level()})
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("All() mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

// TestCountsAgreesWithTheRun holds findings against what decides the exit code.
func TestCountsAgreesWithTheRun(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		counts := false
		for _, f := range finding.All(s.Report) {
			counts = counts || f.Counts()
		}
		if fails := s.Report.Fails("low"); counts != fails {
			t.Errorf("%s: findings count: %v, the run fails: %v", s.Name, counts, fails)
		}
	}
}

func TestUndeclaredNamesEveryPath(t *testing.T) {
	for _, f := range finding.All(reporttest.Undeclared()) {
		for _, m := range f.Result.Missing {
			if !strings.Contains(f.Message(), m.Path) {
				t.Errorf("%q doesn't name %s", f.Message(), m.Path)
			}
		}
	}
}

func TestPlace(t *testing.T) {
	r := reporttest.Clean()
	for _, c := range []struct{ in, want source.Pos }{
		{source.Pos{File: "./a//b.yaml", Line: 2, Col: 3}, source.Pos{File: "a/b.yaml", Line: 2, Col: 3}},
		{source.Pos{}, source.Pos{File: "clients/river bend/readiness.yaml", Line: 1, Col: 1}},
		{source.Pos{File: "/srv/a.yaml", Line: -1, Col: 7}, source.Pos{File: "/srv/a.yaml", Line: 1, Col: 7}},
	} {
		if diff := cmp.Diff(c.want, finding.Place(r, c.in)); diff != "" {
			t.Errorf("Place(%v) mismatch (-want +got)\n%s", c.in, diff)
		}
	}
}

// TestSparseReport renders what a report of another version may lack: words, verdicts, exceptions, fingerprints.
func TestSparseReport(t *testing.T) {
	sparse := assess.Result{Outcome: assess.Gap, Accepted: true}
	r := &assess.Report{Requirements: []assess.Requirement{
		{Title: "A title", Severity: "critical", Checks: []assess.Check{{Results: []assess.Result{{Outcome: assess.Gap}, {Outcome: assess.Undeclared}, sparse}}}},
		{Gate: "operating", Checks: []assess.Check{{Results: []assess.Result{{Outcome: assess.Gap, Message: " "}}}}},
	}, Verdicts: []assess.Verdict{{Gate: "operating"}}}
	var got []string
	for _, f := range finding.All(r) {
		got = append(got, f.Fingerprint+"|"+f.Message()+"|"+f.Aside())
	}
	want := []string{"finding|A title: gap|", "finding-2|A title: undeclared|", "finding-3|A title: gap|accepted by an exception",
		"finding-4|A requirement: gap|not due yet: it must hold while operating"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("All() mismatch (-want +got)\n%s", diff)
	}
}
