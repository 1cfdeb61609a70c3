package diff_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/diff"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/reporttest"
)

// result is an open or settled result of the check c of a requirement.
func result(subject string, outcome assess.Outcome, message string) assess.Result {
	r := assess.Result{Subject: subject, Name: strings.ToUpper(subject), Outcome: outcome, Fingerprint: "f-" + subject}
	if outcome == assess.Undeclared {
		r.Missing = []assess.Missing{{Path: message}}
	} else {
		r.Message = message
	}
	return r
}

// practice is a report with one requirement of a high severity, which has one check with these results.
func practice(results ...assess.Result) *assess.Report {
	return &assess.Report{Practice: "Elm Street", AsOf: "2026-11-22", Profile: "core",
		Checklists: []assess.List{{ID: "mini", Version: "1.0.0", SHA256: "aa"}},
		Verdicts:   []assess.Verdict{{Gate: "before_phi", Due: true}, {Gate: "operating"}},
		Requirements: []assess.Requirement{{ID: "mini/M-1", Title: "A title", Severity: "high", Gate: "before_phi", Designation: "required",
			Outcome: assess.Gap, Checks: []assess.Check{{ID: "c", Results: results}}}},
	}
}

func with(r *assess.Report, change func(*assess.Requirement)) *assess.Report {
	change(&r.Requirements[0])
	return r
}

func TestBetween(t *testing.T) {
	gap := func() *assess.Report { return practice(result("acme", assess.Gap, "wrong")) }
	silent := func() *assess.Report { return practice(result("acme", assess.Undeclared, "a.b")) }
	met := func() *assess.Report { return practice(result("acme", assess.Met, "")) }
	accepted := func() *assess.Report {
		r := gap()
		r.Requirements[0].Checks[0].Results[0].Accepted = true
		return r
	}
	for _, c := range []struct {
		name       string
		old, new   *assess.Report
		want       string // kind, then what changed, "worse" and "fails"
		wantCounts diff.Tally
	}{
		{"nothing", met(), met(), "", diff.Tally{}},
		{"still open", gap(), gap(), "still_open", diff.Tally{Open: 1, Requirements: 1}},
		{"two of one requirement", practice(result("acme", assess.Gap, "a"), result("zen", assess.Gap, "b")), practice(result("acme", assess.Gap, "a"), result("zen", assess.Gap, "b")),
			"still_open", diff.Tally{Open: 2, Requirements: 1}},
		{"new", met(), gap(), "new fails", diff.Tally{New: 1}},
		{"a new subject", practice(), gap(), "new fails", diff.Tally{New: 1}},
		{"silence is new too", met(), silent(), "new fails", diff.Tally{New: 1}},
		{"fixed", gap(), met(), "fixed", diff.Tally{Fixed: 1}},
		{"the subject is gone", gap(), practice(result("other", assess.Met, "")), "fixed", diff.Tally{Fixed: 1}},
		{"not selected", gap(), with(practice(), func(q *assess.Requirement) { q.Outcome, q.Checks = assess.NotSelected, nil }), "not_asked", diff.Tally{NotAsked: 1}},
		{"requirement removed", gap(), with(gap(), func(q *assess.Requirement) { *q = assess.Requirement{ID: "mini/M-2"} }), "not_asked", diff.Tally{NotAsked: 1}},
		{"other words", gap(), practice(result("acme", assess.Gap, "otherwise wrong")), "changed (was gap: wrong)", diff.Tally{Changed: 1}},
		{"a gap instead of silence", silent(), gap(), "changed (was undeclared: a.b) worse fails", diff.Tally{Changed: 1, Worse: 1}},
		{"silence instead of a gap", gap(), silent(), "changed (was gap: wrong)", diff.Tally{Changed: 1}},
		{"more severe", gap(), with(gap(), func(q *assess.Requirement) { q.Severity = "critical" }), "changed (severity critical, was high) worse fails", diff.Tally{Changed: 1, Worse: 1}},
		{"less severe", gap(), with(gap(), func(q *assess.Requirement) { q.Severity = "low" }), "changed (severity low, was high)", diff.Tally{Changed: 1}},
		{"accepted", gap(), accepted(), "changed (an exception covers it now)", diff.Tally{Changed: 1}},
		{"the exception ended", accepted(), gap(), "changed (no exception covers it any more) worse fails", diff.Tally{Changed: 1, Worse: 1}},
		{"new and accepted", met(), accepted(), "new", diff.Tally{New: 1}},
		{"due now", with(gap(), func(q *assess.Requirement) { q.Gate = "operating" }), gap(), "changed (it can fail a run now) worse fails", diff.Tally{Changed: 1, Worse: 1}},
		{"no longer due", gap(), with(gap(), func(q *assess.Requirement) { q.Gate = "operating" }), "changed (it can't fail a run any more)", diff.Tally{Changed: 1}},
		{"new and not due", met(), with(gap(), func(q *assess.Requirement) { q.Gate = "operating" }), "new", diff.Tally{New: 1}},
		{"new and proposed", met(), with(gap(), func(q *assess.Requirement) { q.Designation = "proposed" }), "new", diff.Tally{New: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := diff.Between(c.old, c.new)
			got := ""
			for _, f := range d.Findings {
				got = string(f.Kind)
				if len(f.What) > 0 {
					got += " (" + strings.Join(f.What, "; ") + ")"
				}
				if f.Worse {
					got += " worse"
				}
			}
			if len(d.Failing("low")) > 0 {
				got += " fails"
			}
			if got != c.want {
				t.Errorf("the finding is %q, want %q", got, c.want)
			}
			if diff := cmp.Diff(c.wantCounts, d.Counts); diff != "" {
				t.Errorf("counts mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

// What fails depends on the severity.
func TestFailing(t *testing.T) {
	d := diff.Between(practice(), practice(result("acme", assess.Gap, "wrong")))
	for severity, want := range map[checklist.Severity]int{"critical": 0, "high": 1, "low": 1} {
		if got := len(d.Failing(severity)); got != want {
			t.Errorf("%d findings fail at %s, want %d", got, severity, want)
		}
	}
}

// Subjects without an id have one fingerprint. One more of them is new.
func TestFindingsOfOneFingerprint(t *testing.T) {
	one, two := result("", assess.Gap, "wrong"), result("", assess.Gap, "wrong too")
	got := diff.Between(practice(one), practice(one, two)).Counts
	if diff := cmp.Diff(diff.Tally{New: 1, Open: 1, Requirements: 1}, got); diff != "" {
		t.Errorf("one more (-want +got)\n%s", diff)
	}
	got = diff.Between(practice(one, two), practice(one)).Counts
	if diff := cmp.Diff(diff.Tally{Fixed: 1, Open: 1, Requirements: 1}, got); diff != "" {
		t.Errorf("one less (-want +got)\n%s", diff)
	}
}

// A report compared with itself has nothing new, whatever it is; compared with an empty one, all that counts is new.
func TestScenarios(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		same := diff.Between(s.Report, s.Report)
		if c := same.Counts; c.New+c.Changed+c.Fixed+c.NotAsked > 0 || len(same.Notices) > 0 || len(same.Failing("low")) > 0 {
			t.Errorf("%s differs from itself: %+v %q", s.Name, c, same.Notices)
		}
		all := diff.Between(&assess.Report{}, s.Report)
		if fails := len(all.Failing("low")) > 0; fails != s.Report.Fails("low") {
			t.Errorf("%s: against nothing the comparison fails: %t, and the report: %t", s.Name, fails, s.Report.Fails("low"))
		}
	}
}

func TestUnlike(t *testing.T) {
	for _, c := range []struct {
		name    string
		old     func(*assess.Report)
		notice  string
		refused string
	}{
		{"alike", func(*assess.Report) {}, "", ""},
		{"practice", func(r *assess.Report) { r.Practice = "Oak Street" }, "The older report is of Oak Street, and the newer one of Elm Street.", "it is of another practice: Oak Street, not Elm Street"},
		{"day", func(r *assess.Report) { r.AsOf = "2026-12-01" }, "The older report is as of 2026-12-01, which is after the newer one (2026-11-22).", ""},
		{"a wider profile", func(r *assess.Report) { r.Profile = "full" }, "The older report asked the profile full, and the newer one core.", "it asked the profile full, and now only core is asked"},
		{"checklist added", func(r *assess.Report) { r.Checklists = nil }, "The checklist mini@1.0.0 was not checked in the older report, so all that is open in it is new.", ""},
		{"checklist left out", func(r *assess.Report) { r.Checklists = append(r.Checklists, assess.List{ID: "more", Version: "2.0.0"}) },
			"The checklist more@2.0.0 was checked in the older report only.", "it was checked against more@2.0.0, and now that checklist is not asked"},
		{"checklist version", func(r *assess.Report) { r.Checklists[0].Version = "0.9.0" }, "The older report was checked against mini@0.9.0, and the newer one against mini@1.0.0.", ""},
		{"checklist edited", func(r *assess.Report) { r.Checklists[0].SHA256 = "bb" }, "The checklist mini@1.0.0 is not the file it was in the older report.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := practice()
			c.old(old)
			if got := strings.Join(diff.Unlike(old, practice()), "\n"); got != c.notice {
				t.Errorf("the notice is %q, want %q", got, c.notice)
			}
			refused := ""
			if err := diff.Comparable(old, practice()); err != nil {
				refused = err.Error()
			}
			if refused != c.refused {
				t.Errorf("refused with %q, want %q", refused, c.refused)
			}
		})
	}
	wider := practice()
	wider.Profile = "full"
	if err := diff.Comparable(practice(), wider); err != nil {
		t.Errorf("asking more is refused: %v", err)
	}
}

// The same two reports give the same bytes, and JSON has no null list.
func TestJSON(t *testing.T) {
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := jsonfile.Write(w, diff.Between(practice(), practice(result("acme", assess.Gap, "<wrong>")))); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("two runs give two texts")
	}
	for _, want := range []string{`"old": null`, `"notices": []`, `"what": []`, `"message": "<wrong>"`, fmt.Sprintf(`"schema": %q`, diff.Schema)} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("there is no %s in\n%s", want, &first)
		}
	}
}
