package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/rule"
)

// small is a checklist with one requirement of each kind.
const small = `checklist: small
version: 1.0.0
title: T
source: {name: S, edition: "1", status: final}
reviewed_on: 2026-01-01
review_by: 2027-01-01
sections:
  - id: s
    title: S
    requirements:
      - id: REQ
        title: T
        designation: required
        severity: critical
        severity_reason: r
        gate: before_phi
        profile: core
        question: q
        why: w
        checks: [{id: c, safeguard: risk_analysis, gap: "it is {safeguards.risk_analysis.status}"}]
        fix: {do: d, who: it, effort: hours}
      - id: ADDR
        title: T
        designation: addressable
        severity: high
        severity_reason: r
        gate: before_phi
        profile: core
        question: q
        why: w
        checks: [{id: c, safeguard: automatic_logoff, gap: "it is {safeguards.automatic_logoff.status}"}]
        fix: {do: d, who: it, effort: hours}
      - id: EACH
        title: T
        designation: voluntary
        severity: medium
        severity_reason: r
        gate: before_launch
        profile: core
        question: q
        why: w
        checks: [{id: c, each: systems, when: it.status == 'live', assert: it.encrypted_at_rest, gap: "{it.name} is not encrypted"}]
        fix: {do: d, who: it, effort: hours}
      - id: SAID
        title: T
        designation: voluntary
        severity: low
        severity_reason: r
        gate: operating
        profile: core
        question: q
        why: w
        attested: true
        fix: {do: d, who: it, effort: hours}
      - id: LATER
        title: T
        designation: standard
        severity: low
        severity_reason: r
        gate: operating
        profile: full
        question: q
        why: w
        checks: [{id: c, assert: practice.kind == 'clinic', gap: g}]
        fix: {do: d, who: it, effort: hours}
      - id: LAW
        title: T
        designation: standard
        severity: low
        severity_reason: r
        gate: operating
        profile: core
        effective_on: 2027-01-01
        question: q
        why: w
        checks: [{id: c, assert: practice.kind == 'clinic', gap: g}]
        fix: {do: d, who: it, effort: hours}
`

// assessSmall assesses a manifest against the small checklist.
func assessSmall(t *testing.T, text string, change func(*assess.Input)) *assess.Report {
	t.Helper()
	return assessList(t, small, text, change)
}

// assessList assesses a manifest against a checklist.
func assessList(t *testing.T, list, text string, change func(*assess.Input)) *assess.Report {
	t.Helper()
	c, err := checklist.Read("small.yaml", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	language := rule.NewLanguage(manifest.Type())
	if err := c.Compile(language, "full"); err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.Decode("m.yaml", []byte("readiness: 1\npractice: {name: P}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	evidence.Inspect(doc, nil)
	in := assess.Input{Doc: doc, Checklists: []*checklist.Checklist{c}, Profile: "core", AsOf: asOf, Horizon: 60}
	if change != nil {
		change(&in)
	}
	r, err := assess.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outcomes are the outcomes of the requirements, in order.
func outcomes(r *assess.Report) string {
	var words []string
	for _, q := range r.Requirements {
		word := q.Citation + "=" + string(q.Outcome)
		if q.Accepted {
			word += "(accepted)"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

const rest = " EACH=undeclared SAID=undeclared LATER=not_selected LAW=not_applicable"

func TestSafeguards(t *testing.T) {
	const doc = "evidence: [{id: d, location: a shelf}]\nsafeguards:\n"
	tests := []struct{ name, text, want string }{
		{"nothing said", "", "REQ=undeclared ADDR=undeclared"},
		{"implemented", doc + "  risk_analysis: {status: implemented}\n  automatic_logoff: {status: implemented}", "REQ=met ADDR=met"},
		{"planned is not done", doc + "  risk_analysis: {status: planned}\n  automatic_logoff: {status: planned}", "REQ=gap ADDR=gap"},
		{"an alternative with its reason", doc + "  risk_analysis: {status: alternative, rationale: r, document: d}\n  automatic_logoff: {status: alternative, rationale: r, document: d}", "REQ=gap ADDR=met"},
		{"not reasonable, with its reason", doc + "  risk_analysis: {status: not_reasonable, rationale: r, document: d}\n  automatic_logoff: {status: not_reasonable, rationale: r, document: d}", "REQ=gap ADDR=met"},
		{"an alternative without a reason", doc + "  risk_analysis: {status: implemented}\n  automatic_logoff: {status: alternative, document: d}", "REQ=met ADDR=undeclared"},
		{"an alternative without a document", doc + "  risk_analysis: {status: implemented}\n  automatic_logoff: {status: alternative, rationale: r}", "REQ=met ADDR=undeclared"},
		{"not applicable is no answer", doc + "  risk_analysis: {status: not_applicable}\n  automatic_logoff: {status: not_applicable, rationale: r, document: d}", "REQ=gap ADDR=gap"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, tt.text, nil)
			if diff := cmp.Diff(tt.want+rest, outcomes(r)); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
		})
	}
	r := assessSmall(t, doc+"  automatic_logoff: {status: alternative, rationale: badges, document: d}", nil)
	if got := r.Requirements[1].Checks[0].Results[0].Answer; got != "alternative: badges" {
		t.Errorf("the answer is shown as %q", got)
	}
}

func TestSubjects(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no list", "", "undeclared"},
		{"an empty list", "systems: []", "not_applicable"},
		{"none applies", "systems: [{id: a, status: retired}]", "not_applicable"},
		{"all are good", "systems: [{id: a, status: live, encrypted_at_rest: true}, {id: b, status: retired}]", "met"},
		{"one is bad", "systems: [{id: a, status: live, encrypted_at_rest: true}, {id: b, status: live, encrypted_at_rest: false}]", "gap"},
		{"one is unknown", "systems: [{id: a, status: live, encrypted_at_rest: true}, {id: b, status: live}]", "undeclared"},
		{"a gap is worse than an unknown", "systems: [{id: a, status: live, encrypted_at_rest: false}, {id: b, status: live}]", "gap"},
		{"nobody says whether it applies", "systems: [{id: a, encrypted_at_rest: true}]", "undeclared"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(assessSmall(t, tt.text, nil).Requirements[2].Outcome); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestAttestations(t *testing.T) {
	const text = "people: [{id: dana}]\nattestations: [{requirement: small/SAID, statement: It is so., by: dana, signed_on: %s, expires_on: %s}]\n"
	tests := []struct{ name, signed, expires, want, note string }{
		{"in date", "2026-10-05", "2027-10-05", "attested", ""},
		{"on its last day", "2025-11-22", "2026-11-22", "attested", ""},
		{"expired", "2025-10-05", "2026-10-05", "undeclared", "it has expired"},
		{"signed tomorrow", "2026-11-23", "2027-10-05", "undeclared", "it was not signed yet on this day"},
		{"for ever", "2026-10-05", "2036-10-05", "undeclared", "it is to count for more than a year; sign it again each year"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, fmt.Sprintf(text, tt.signed, tt.expires), nil)
			if got := string(r.Requirements[3].Outcome); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if at := r.Attestations[0]; at.Note != tt.note || at.InForce != (tt.note == "") {
				t.Errorf("in force %v, note %q; want %q", at.InForce, at.Note, tt.note)
			}
		})
	}
}

func TestExceptions(t *testing.T) {
	const text = "people: [{id: dana}]\nsystems: [{id: a, status: live, encrypted_at_rest: false}, {id: b, status: live, encrypted_at_rest: false}]\n" +
		"safeguards: {risk_analysis: {status: planned}}\nexceptions:\n"
	entry := func(requirement, more string) string {
		return "  - {requirement: " + requirement + ", reason: r, approved_by: dana, " + more + "}\n"
	}
	tests := []struct{ name, exceptions, each, note string }{
		{"in force for all", entry("small/EACH", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap(accepted)", ""},
		{"for one of two", entry("small/EACH", "subject: a, approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", ""},
		{"for both, one by one", entry("small/EACH", "subject: a, approved_on: 2026-11-01, expires_on: 2027-01-01") + entry("small/EACH", "subject: b, approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap(accepted)", ""},
		{"on its last day", entry("small/EACH", "approved_on: 2026-11-01, expires_on: 2026-11-22"), "gap(accepted)", ""},
		{"expired", entry("small/EACH", "approved_on: 2026-11-01, expires_on: 2026-11-21"), "gap", "it has expired"},
		{"approved tomorrow", entry("small/EACH", "approved_on: 2026-11-23, expires_on: 2027-01-01"), "gap", "it was not approved yet on this day"},
		{"no day of approval", entry("small/EACH", "expires_on: 2027-01-01"), "gap", "it does not say when it was accepted; write approved_on"},
		{"an unknown day of approval", entry("small/EACH", "approved_on: unknown, expires_on: 2027-01-01"), "gap", "it does not say when it was accepted; write approved_on"},
		{"an unknown end", entry("small/EACH", "approved_on: 2026-11-01, expires_on: unknown"), "gap", "it does not say until when it counts; write expires_on"},
		{"for longer than a year", entry("small/EACH", "approved_on: 2026-11-01, expires_on: 2027-11-03"), "gap", "it is to count for more than a year; accept it anew each year"},
		{"by nobody", "  - {requirement: small/EACH, reason: r, approved_by: unknown, approved_on: 2026-11-01, expires_on: 2027-01-01}\n", "gap", "it does not say who accepted it; write approved_by"},
		{"for no reason", "  - {requirement: small/EACH, reason: TBD, approved_by: dana, approved_on: 2026-11-01, expires_on: 2027-01-01}\n", "gap", "it does not say why; write its reason"},
		{"an unknown subject", entry("small/EACH", "subject: unknown, approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "it does not say what it is for; write its subject, or take the key out to accept the finding for all"},
		{"an empty subject", entry("small/EACH", "subject: , approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "it does not say what it is for; write its subject, or take the key out to accept the finding for all"},
		{"on what HIPAA requires outright", entry("small/REQ", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "HIPAA requires this outright, so it can't be accepted; the finding stays open"},
		{"a subject that is not there", entry("small/EACH", "subject: z, approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "nothing open has this subject"},
		{"a requirement that is not there", entry("small/EACHH", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", `there is no requirement with this id; did you mean "small/EACH"?`},
		{"another checklist's", entry("other/X", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "its checklist was not checked"},
		{"outside the profile", entry("small/LATER", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "its requirement is outside the profile"},
		{"nothing to accept", entry("small/LAW", "approved_on: 2026-11-01, expires_on: 2027-01-01"), "gap", "it covers nothing: its requirement is not open"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, text+tt.exceptions, nil)
			if want := "REQ=gap ADDR=undeclared EACH=" + tt.each + strings.TrimPrefix(rest, " EACH=undeclared"); outcomes(r) != want {
				t.Errorf("outcomes %s, want %s", outcomes(r), want)
			}
			if e := r.Exceptions[0]; e.Note != tt.note || e.InForce != (tt.note == "") {
				t.Errorf("in force %v, note %q; want %q", e.InForce, e.Note, tt.note)
			}
		})
	}
	without := assessSmall(t, text+tests[0].exceptions, func(in *assess.Input) { in.NoExceptions = true })
	if without.Requirements[2].Accepted || without.Exceptions[0].InForce {
		t.Error("an exception counts although exceptions are left out")
	}
}

func TestGates(t *testing.T) {
	const good = "evidence: [{id: d, location: x}]\nsafeguards: {risk_analysis: {status: implemented}, automatic_logoff: {status: implemented}}\n"
	tests := []struct {
		name, text string
		gates      []checklist.Gate
		due        string // with a star when it is not judged
		fails      bool
	}{
		{"planning", good + "deployment: {stage: planning}", nil, "before_phi", false},
		{"pilot", good + "deployment: {stage: pilot}", nil, "before_phi", false},
		{"production", good + "deployment: {stage: production}", nil, "before_phi before_launch operating", true},
		{"retired", good + "deployment: {stage: retired}", nil, "before_phi before_launch operating", true},
		{"nobody says", good, nil, "before_phi before_launch operating", true},
		{"further than it says", good + "deployment: {stage: pilot}\nuse_cases: [{id: u, status: live}]", nil, "before_phi before_launch operating", true},
		{"asked for one", good + "deployment: {stage: planning}", []checklist.Gate{"before_launch"}, "before_phi* before_launch", true},
		{"asked for another", good + "deployment: {stage: production}", []checklist.Gate{"before_phi"}, "before_phi before_launch* operating*", false},
		{"asked for two, twice", good + "deployment: {stage: production}", []checklist.Gate{"operating", "before_phi", "operating"}, "before_phi before_launch* operating", true},
		{"asked for more", good + "deployment: {stage: pilot}", []checklist.Gate{"before_phi", "operating"}, "before_phi operating", true},
		{"asked for all", good, []checklist.Gate{"before_phi", "before_launch", "operating"}, "before_phi before_launch operating", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, tt.text, func(in *assess.Input) { in.Gates = tt.gates })
			var due []string
			for _, v := range r.Verdicts {
				switch {
				case v.Unjudged:
					due = append(due, string(v.Gate)+"*")
				case v.Due:
					due = append(due, string(v.Gate))
				}
				if v.Judged() != r.Judged(v.Gate) || v.Unjudged && !v.Due {
					t.Errorf("%s: due %v, unjudged %v, judged %v", v.Gate, v.Due, v.Unjudged, r.Judged(v.Gate))
				}
			}
			if got := strings.Join(due, " "); got != tt.due {
				t.Errorf("due: %s, want %s", got, tt.due)
			}
			if told := strings.Contains(strings.Join(r.Notices, " "), "Not judged, and due: "); told != strings.Contains(tt.due, "*") {
				t.Errorf("notices: %q", r.Notices)
			}
			if got := r.Fails("low"); got != tt.fails {
				t.Errorf("fails: %v, want %v", got, tt.fails)
			}
		})
	}
}

func TestFailOn(t *testing.T) {
	r := assessSmall(t, "systems: [{id: a, status: live, encrypted_at_rest: false}]\nsafeguards: {risk_analysis: {status: implemented}, automatic_logoff: {status: implemented}}\n", nil)
	got := fmt.Sprint(r.Fails("critical"), r.Fails("high"), r.Fails("medium"), r.Fails("low"))
	if got != "false false true true" {
		t.Errorf("a medium gap fails critical, high, medium, low: %s", got)
	}
}

func TestCountsAddUp(t *testing.T) {
	for name, file := range examples(t) {
		r := run(t, parse(t, file), shipped(t), "")
		c := r.Counts
		if sum := c.Met + c.Attested + c.Gap + c.Undeclared + c.NotApplicable + c.NotSelected; sum != c.Total || c.Total == 0 {
			t.Errorf("%s: %+v adds up to %d", name, c, sum)
		}
		gates := 0
		for _, v := range r.Verdicts {
			gates += v.Total
		}
		if want := c.Total - c.NotApplicable - c.NotSelected; gates != want {
			t.Errorf("%s: the gates hold %d requirements, and %d apply", name, gates, want)
		}
	}
}

// TestRemarks shows that what a practice has written in its own words is in the report, whether a rule reads it or not.
func TestRemarks(t *testing.T) {
	r := assessSmall(t, `safeguards:
  automatic_logoff: {status: alternative, rationale: Screens lock themselves., note: Since May.}
exceptions:
  - {requirement: small/REQ, reason: No time yet., compensating: Double review., approved_by: a, approved_on: 2026-01-01, expires_on: 2026-12-31}
attestations:
  - {requirement: small/SAID, statement: We talked about it., by: a, signed_on: 2026-01-01, expires_on: 2026-12-31}
people: [{id: a}]
risks: [{id: r, description: A wrong note is signed.}]
`, nil)
	var got []string
	for _, f := range r.Inventory.Remarks {
		got = append(got, fmt.Sprintf("%d %s: %s", f.Pos.Line, f.Path, f.Value))
	}
	want := []string{
		"4 safeguards.automatic_logoff.rationale: Screens lock themselves.", "4 safeguards.automatic_logoff.note: Since May.",
		"6 exceptions[0].reason: No time yet.", "6 exceptions[0].compensating: Double review.",
		"8 attestations[0].statement: We talked about it.", "10 risks[r].description: A wrong note is signed.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("remarks mismatch (-want +got)\n%s", diff)
	}
}
