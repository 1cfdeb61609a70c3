package assess_test

import (
	"slices"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// TestFlowProblemsCount lays one problem of each kind over the flows of a practice that is ready, and looks which
// requirement becomes a gap. What no other requirement asks about is a gap of the risk analysis. Free text of which
// nobody says what it identifies is only listed: it may well hold nothing.
func TestFlowProblemsCount(t *testing.T) {
	const sent = "use_case: visit-notes, features: [], purpose: treatment, transport: {protocol: https, encrypted: true}, authentication: service_account"
	const lab = "systems: [{id: lab, name: Lab, kind: analytics, status: live, owner: miguel, holds_phi: false, encrypted_at_rest: true, region: us}]"
	const analysis = "164.308(a)(1)(ii)(A)"
	tests := map[string]struct{ with, want string }{
		"relabelled":           {lab + "\ndata_flows: [{id: x, from: scribe, to: lab, phi: deidentified, elements: [plan], " + sent + "}]", analysis},
		"no_source":            {lab + "\ndata_flows: [{id: x, from: lab, to: scribe, phi: identified, elements: [name], " + sent + "}]", analysis},
		"identifiers":          {"data_flows: [{id: x, from: patient, to: scribe, phi: none, elements: [name], " + sent + "}]", analysis},
		"unlisted_identifiers": {"data_flows: [{id: claude-to-scribe, elements: [clinical_note]}]", ""},
		"store_content":        {"systems: [{id: audit-log, holds_phi: false}]", analysis},
		"unreviewed":           {"data_flows: [{id: draft-to-chart, reviewed_by: none}]", "164.312(c)(1)"},
		"no_vendor":            {"systems: [{id: claude, vendor: null}]", analysis},
		"not_covered":          {"data_flows: [{id: scribe-to-claude, features: [messages, web_search]}]", "164.502(e)(1)"},
		"excluded":             {"data_flows: [{id: scribe-to-claude, features: [messages, batch]}]", "164.502(e)(1)"},
		"too_early":            {"use_cases: [{id: visit-notes, first_phi_on: 2026-01-02}]", "164.308(b)(1)"},
		"kept_anyway":          {"vendors: [{id: anthropic, retention: {outputs: 30d}, zero_data_retention: {status: active, exceptions: [], overrides: []}}]", "164.504(e)(2)(ii)(J)"},
		"consumer_plan":        {"vendors: [{id: anthropic, plan: {tier: consumer}}]", "164.502(e)(1)"},
		"outside_regions":      {"systems: [{id: claude, region: eu}]", "164.306(a)(2)"},
		"weak_channel":         {"data_flows: [{id: chart-to-scribe, transport: {protocol: copy_paste}}]", analysis},
		"uneven":               {"data_flows: [{id: x, from: ehr, to: scribe, phi: identified, elements: [name], use_case: visit-notes, features: [], transport: {protocol: https, encrypted: false}, authentication: service_account}]", analysis},
		"one_way":              {"systems: [{id: second, name: Second, kind: model, vendor: anthropic, status: live, holds_phi: false, region: us, model: claude-opus-4-7}]\ndata_flows: [{id: x, from: scribe, to: second, phi: none, elements: [], " + sent + "}]", analysis},
		"unreached_log":        {"systems: [{id: far-log, name: Far log, kind: log_store, status: live, holds_phi: false, region: us}]\nlogging: [{system: ehr, enabled: true, content: metadata, stored_in: far-log}]", analysis},
		"isolated":             {lab, analysis},
		"still_running":        {"use_cases: [{id: visit-notes, status: paused}]", analysis},
		"unmatched":            {"use_cases: [{id: second, kind: scheduling, name: Scheduling, system: claude, status: live, phi: false}]", analysis},
	}
	lists, ready := shipped(t), parse(t, examples(t)["ready"])
	before := run(t, ready, lists, "../../examples/ready")
	kinds := map[string]bool{}
	doc, err := manifest.DecodeTree(ready)
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	for _, p := range doc.FlowProblems {
		kinds[p.Kind.Or("")] = true
	}
	if len(kinds) != len(tests) {
		t.Errorf("there are %d kinds of problem, and a test of %d", len(kinds), len(tests))
	}
	for kind, test := range tests {
		t.Run(kind, func(t *testing.T) {
			cases, err := checklist.ReadCases("x", []byte("checklist: x\nas_of: 2026-11-22\nbase: x\ncases:\n  - name: x\n    want: {x: gap}\n    with:\n      "+strings.ReplaceAll(test.with, "\n", "\n      ")+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			after := run(t, ready.Overlay(cases.Cases[0].With), lists, "../../examples/ready")
			if after == nil {
				t.Fatal("the manifest is not valid")
			}
			if !slices.ContainsFunc(after.Inventory.Problems, func(p assess.Problem) bool { return p.Kind == kind && p.Certain == "true" }) {
				t.Fatalf("its flows have no such problem: %+v", after.Inventory.Problems)
			}
			gaps := opened(before, after)
			if test.want != "" && !slices.Contains(gaps, test.want) || test.want != analysis && slices.Contains(gaps, analysis) {
				t.Errorf("opens %q, and should %q", gaps, test.want)
			}
		})
	}
}
