// Package reporttest holds reports for the tests of the formats: a few scenarios that together fill every field of the
// report, one whose every text is hostile, and reports of arbitrary text for fuzzing. Each call makes a new report, so a
// test may change it.
//
// The practice is invented, and the requirements only look like those of a checklist: nothing here says what a rule asks.
package reporttest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
)

// Scenario is a report and the name of its golden files.
type Scenario struct {
	Name   string
	Report *assess.Report
}

// Scenarios are all the scenarios: clean, gaps, undeclared, accepted, unjudged and hostile.
func Scenarios() []Scenario {
	return []Scenario{
		{"clean", Clean()}, {"gaps", Gaps()}, {"undeclared", Undeclared()}, {"accepted", Accepted()}, {"unjudged", Unjudged()}, {"hostile", Hostile()},
	}
}

// Clean is a practice at which nothing is open: requirements are met, answered otherwise, attested, not applicable and
// not selected.
func Clean() *assess.Report {
	return sumUp(practice())
}

// Gaps is a practice with gaps of every severity: on a line, along a way that data takes, in a gate that is not due, by
// common practice, and in a proposed rule. One gap has a second finding that is undeclared.
func Gaps() *assess.Report {
	r := practice()
	r.Stage = "pilot"
	r.Verdicts[1].Due, r.Verdicts[2].Due = false, false
	setGap(r, "hipaa/164.308(b)(1)", "Scribewell receives PHI (audio-to-transcriber), and its BAA is requested")
	second := undeclaredResult("scribewell", "Scribewell", "vendors[scribewell].baa.effective_on", 140)
	addResult(r, "hipaa/164.308(b)(1)", second)
	setGap(r, "hipaa/164.312(b)", "calls of Scribe are not logged")
	find(r, "hipaa/164.312(b)").Checks[0].Results[0].MoreFacts = 12
	setGap(r, "nist-ai-rmf/MEASURE-2.4", "nobody has read the log since 2026-06-01")
	setGap(r, "nist-ai-rmf/MAP-3.5", "a visit summary can reach the patient without a licensed person on the way")
	way := &find(r, "nist-ai-rmf/MAP-3.5").Checks[0].Results[0]
	way.Path = []assess.Place{place(210, 9, "  - id: summary-draft"), place(224, 9, "  - id: summary-to-patient")}
	setGap(r, "hipaa/nprm-inventory", "no inventory of AI tools is kept")
	r.First = []assess.Step{{Kind: "fix", What: "Ask for the BAA and send nothing until it is in force.", Path: "vendors[scribewell].baa.status",
		Pos: pos(141, 15), Requirements: []string{"hipaa/164.308(b)(1)", "hipaa/164.312(b)"}}}
	return sumUp(r)
}

// Many is Gaps with so many findings more.
func Many(findings int) *assess.Report {
	r := Gaps()
	gap := *find(r, "hipaa/164.308(b)(1)")
	for i := range findings {
		gap.ID, gap.Citation = fmt.Sprintf("hipaa/164.9%03d", i), fmt.Sprintf("164.9%03d", i)
		r.Requirements = append(r.Requirements, gap)
	}
	return r
}

// Undeclared is a practice on its first day: the manifest says almost nothing, not even the stage.
func Undeclared() *assess.Report {
	r := practice()
	r.Stage, r.Deployment = "", ""
	setUndeclared(r, "hipaa/164.308(b)(1)", undeclaredResult("scribewell", "Scribewell", "vendors[scribewell].baa.status", 33))
	whole := undeclaredResult("", "", "logging", 1)
	whole.Missing = append(whole.Missing, assess.Missing{Path: "monitoring.every", Means: "How often the log is read.", Allowed: []string{}, Pos: pos(1, 1)})
	whole.MoreMissing = 260
	setUndeclared(r, "hipaa/164.312(b)", whole)
	lacking := undeclaredResult("", "", "safeguards", 60)
	lacking.Missing[0].Written = true
	setUndeclared(r, "hipaa/164.312(a)(2)(iv)", lacking)
	setUndeclared(r, "nist-ai-rmf/MAP-1.2", undeclaredResult("", "", "attestations", 1))
	r.Attestations[0].InForce, r.Attestations[0].Note = false, "it has expired"
	r.Notices = append(r.Notices, "deployment.stage is not declared, so every gate is treated as due.")
	r.First = []assess.Step{{Kind: "declare", What: "Whether the agreement is in force.", Path: "vendors[scribewell].baa",
		Pos: pos(33, 15), Requirements: []string{"hipaa/164.308(b)(1)", "hipaa/164.312(a)(2)(iv)", "hipaa/164.312(b)"}}}
	return sumUp(r)
}

// Accepted is a practice whose gaps are all accepted but one: one requirement as a whole, another for one of two
// subjects. A third exception has expired and covers nothing.
func Accepted() *assess.Report {
	r := practice()
	setGap(r, "nist-ai-rmf/MEASURE-2.4", "nobody has read the log since 2026-06-01")
	find(r, "nist-ai-rmf/MEASURE-2.4").Checks[0].Results[0].Accepted = true
	find(r, "nist-ai-rmf/MEASURE-2.4").Accepted = true
	setGap(r, "hipaa/164.312(a)(2)(iv)", "the laptops of the front desk are not encrypted")
	find(r, "hipaa/164.312(a)(2)(iv)").Checks[0].Results[0].Accepted = true
	other := gapResult("openchart", "OpenChart", "backups of OpenChart are not encrypted")
	addResult(r, "hipaa/164.312(a)(2)(iv)", other)
	r.Exceptions = []assess.Exception{
		exception("nist-ai-rmf/MEASURE-2.4", "", "planned", "A second reader starts in December"),
		exception("hipaa/164.312(a)(2)(iv)", "scribewell", "accepted", "The laptops hold no files and are replaced in spring"),
		exception("nist-ai-rmf/GOVERN-6.2", "", "accepted", "The downtime procedure is tried on a quiet afternoon"),
	}
	r.Exceptions[2].InForce, r.Exceptions[2].Note, r.Exceptions[2].ExpiresOn = false, "it has expired", "2026-10-31"
	return sumUp(r)
}

// Unjudged is a practice in operation of which no gate but operating was judged, where nothing is open. What is open is due
// before any PHI.
func Unjudged() *assess.Report {
	r := practice()
	r.Gates = []checklist.Gate{"operating"}
	r.Verdicts[0].Unjudged, r.Verdicts[1].Unjudged = true, true
	r.Notices = append(r.Notices, "--gate operating asks for less than is due. Not judged, and due: before any PHI (2 of 4 requirements are open), before launch (nothing is open).")
	setGap(r, "hipaa/164.308(b)(1)", "Scribewell receives PHI (audio-to-transcriber), and its BAA is requested")
	setGap(r, "hipaa/164.312(b)", "calls of Scribe are not logged")
	return sumUp(r)
}

// sumUp fills in the outcomes, counts and verdicts that follow from the results.
func sumUp(r *assess.Report) *assess.Report {
	r.Counts = assess.Counts{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		settle(q)
		for n := range r.Checklists {
			if r.Checklists[n].ID == q.Checklist {
				r.Checklists[n].Counts.Add(q.Outcome)
			}
		}
		if q.Designation != "proposed" {
			r.Counts.Add(q.Outcome)
			weigh(r, q)
		}
	}
	return r
}

// settle gives checks and the requirement their worst outcome.
func settle(q *assess.Requirement) {
	for n := range q.Checks {
		c := &q.Checks[n]
		c.Outcome = assess.NotApplicable
		for _, x := range c.Results {
			c.Outcome = worse(c.Outcome, x.Outcome)
		}
		if n == 0 {
			q.Outcome = c.Outcome
		}
		q.Outcome = worse(q.Outcome, c.Outcome)
	}
	if q.Outcome.Open() {
		q.Assurance = ""
	}
}

func worse(a, b assess.Outcome) assess.Outcome {
	for _, o := range assess.Outcomes {
		if a == o || b == o {
			return o
		}
	}
	return a
}

// weigh counts a requirement in the verdict on its gate.
func weigh(r *assess.Report, q *assess.Requirement) {
	if q.Outcome == assess.NotApplicable || q.Outcome == assess.NotSelected {
		return
	}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if v.Gate != q.Gate {
			continue
		}
		v.Total++
		switch {
		case q.Accepted:
			v.Accepted++
		case q.Outcome.Open():
			v.Ready = false
			v.Open = append(v.Open, open(q))
		}
	}
}

func open(q *assess.Requirement) assess.Open {
	if q.Outcome == assess.Gap {
		return assess.Open{Severity: q.Severity, Gap: 1}
	}
	return assess.Open{Severity: q.Severity, Undeclared: 1}
}

// find is the requirement with an id. The scenarios name only ids that exist.
func find(r *assess.Report, id string) *assess.Requirement {
	q, ok := r.Find(id)
	if !ok {
		panic("reporttest: no requirement " + id)
	}
	return q
}

func verdicts() []assess.Verdict {
	var list []assess.Verdict
	for _, g := range checklist.Gates {
		list = append(list, assess.Verdict{Gate: g, Due: true, Ready: true, Open: []assess.Open{}})
	}
	return list
}

// Golden compares what a format wrote with testdata/name, or writes that file when update is set.
func Golden(t *testing.T, name string, got []byte, update bool) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run the test with -update to write it)", err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs (-want +got)\n%s", file, cmp.Diff(string(want), string(got)))
	}
}
