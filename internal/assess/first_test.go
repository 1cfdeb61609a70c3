package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
)

// listOf is a checklist of requirements, each a line: id, severity, gate and checks.
func listOf(requirements ...string) string {
	list := strings.Split(small, "      - id: REQ")[0]
	for _, r := range requirements {
		f := strings.SplitN(r, " ", 4)
		list += fmt.Sprintf("      - {id: %s, title: T, designation: required, severity: %s, severity_reason: r, gate: %s, profile: core, "+
			"question: q, why: w, checks: [%s], fix: {do: mend %[1]s, who: it, effort: hours}}\n", f[0], f[1], f[2], f[3])
	}
	return list
}

// steps are what is to be done first, one line each.
func steps(r *assess.Report) []string {
	lines := []string{}
	for _, s := range r.First {
		what := s.Kind
		if s.Kind == "fix" {
			what = s.What
		}
		lines = append(lines, fmt.Sprintf("%s (%s): %s", what, s.Path, strings.ReplaceAll(strings.Join(s.Requirements, " "), "small/", "")))
	}
	return lines
}

// many is a checklist of five things to declare, for each of which nine requirements wait, and of more.
func many(more ...string) string {
	var list []string
	for i, key := range []string{"automatic_logoff", "sanction_policy", "data_backup", "workforce_clearance", "unique_user_id"} {
		for n := range 9 {
			list = append(list, fmt.Sprintf("M%d%d high before_phi {id: c, safeguard: %s, gap: g}", i, n, key))
		}
	}
	return listOf(append(list, more...)...)
}

func TestFirst(t *testing.T) {
	const (
		planned = "{id: c, safeguard: risk_analysis, gap: g}"
		early   = "deployment: {stage: planning}\nsafeguards: {risk_analysis: {status: planned}}"
		fixed   = "mend C (safeguards.risk_analysis.status): C"
	)
	tests := []struct{ name, text, list, want string }{
		{"a critical gap comes before what more waits for", early, many("C critical before_phi " + planned), fixed},
		{"though what it lacks is among that", early, many("C critical before_phi " + planned + ", {id: d, safeguard: workforce_clearance, gap: g}"), fixed},
		{"a step says what the critical requirement asks", early,
			listOf("H high before_phi "+planned, "C critical before_phi "+planned), "mend C (safeguards.risk_analysis.status): H C"},
		{"or else what the first one asks", early, listOf("M medium before_phi "+planned, "H high before_phi "+planned), "mend M (safeguards.risk_analysis.status): M H"},
		{"a critical gap that isn't due has to wait", early, many("C critical operating " + planned), "declare (safeguards.automatic_logoff): M00 M01 M02 M03 M04 M05 M06 M07 M08"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := steps(assessList(t, tt.list, tt.text, nil)); got[0] != tt.want {
				t.Errorf("first is %q, want %q, of:\n%s", got[0], tt.want, strings.Join(got, "\n"))
			}
		})
	}
}

// TestFirstBehindManyFacts has gaps decided by the last of more facts than a result lists: each keeps its own step.
func TestFirstBehindManyFacts(t *testing.T) {
	laws := strings.Repeat("    - {law: L, reviewed_on: 2026-08-01}\n", 40) + "    - {law: L, reviewed_on: 2020-08-01}\n"
	companies := strings.Repeat("{name: N, receives_phi: true, bound: true}, ", 45) + "{name: N, receives_phi: true, bound: false}"
	r := assessList(t, listOf(
		"LAWS high before_phi {id: c, assert: 'governance.legal_register.all(l, done_within(l.reviewed_on, 365))', gap: g}",
		"BOUND high before_phi {id: c, each: vendors, assert: 'it.subprocessors.all(s, s.bound)', gap: g}",
	), "governance:\n  legal_register:\n"+laws+"vendors: [{id: v, subprocessors: ["+companies+"]}]", nil)
	want := []string{"mend LAWS (governance.legal_register[40].reviewed_on): LAWS", "mend BOUND (vendors[v].subprocessors[45].bound): BOUND"}
	if diff := cmp.Diff(want, steps(r)); diff != "" {
		t.Errorf("first (-want +got):\n%s", diff)
	}
	told := func(list []string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, "more facts than are listed") })
	}
	if told(r.Notices) || !told(r.NotAssessed) {
		t.Errorf("that facts are left out belongs to what was not checked: %q, %q", r.Notices, r.NotAssessed)
	}
}
