package assess_test

import (
	"slices"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/manifest"
)

// TestJoins breaks, in a practice that is ready, one connection between two parts of its manifest at a time, and looks
// which requirement becomes a gap.
func TestJoins(t *testing.T) {
	lists, file := shipped(t), examples(t)["ready"]
	ready := parse(t, file)
	before := run(t, ready, lists, "../../examples/ready")
	type edit struct{ path, value string } // an empty value removes what stands there
	one := func(path, value string) []edit { return []edit{{path, value}} }
	tests := []struct {
		join  string
		edits []edit
		want  string
	}{
		{"a flow's vendor has a BAA", one("vendors[anthropic].baa.status", "none"), "164.308(b)(1)"},
		{"the BAA covers the feature", one("data_flows[scribe-to-claude].features", "[messages, web_search]"), "164.502(e)(1)"},
		{"the BAA does not exclude the feature", one("data_flows[scribe-to-claude].features", "[messages, batch]"), "164.502(e)(1)"},
		{"the BAA covers the model", one("vendors[anthropic].baa.covers.models", "[claude-other]"), "164.502(e)(1)"},
		{"the BAA came before the first PHI", one("vendors[anthropic].baa.effective_on", "2026-09-20"), "164.308(b)(1)"},
		{"the BAA has not ended", []edit{{"vendors[anthropic].baa.term", "fixed"}, {"vendors[anthropic].baa.ends_on", "2026-11-01"}}, "164.308(b)(1)"},
		{"training came before access", one("people[lin].trained", "{phi_in_prompts: 2026-10-01, output_review: 2026-10-01, hipaa: 2026-03-02}"), "164.308(a)(5)(i)"},
		{"training is in date", one("people[lin].trained", "{phi_in_prompts: 2025-08-14, output_review: 2025-08-14, hipaa: 2025-03-02}"), "164.308(a)(5)(i)"},
		{"nobody with access has left", one("people[lin].status", "ended"), "164.308(a)(3)(i)"},
		{"a key's owner still works here", one("people[miguel].status", "ended"), "164.312(a)(1)"},
		{"a reviewer is not the only user", []edit{{"use_cases[visit-notes].users", "[osei]"}, {"evaluation.independent_reviewer", "osei"}, {"use_cases[visit-notes].decision.by", "dana"}}, "GOVERN-2.1"},
		{"the model in use was piloted", one("deployment.pilot.model", "claude-other"), "MEASURE-2.3"},
		{"the prompt in use was piloted", one("deployment.pilot.prompt_version", `"1.3"`), "MEASURE-2.3"},
		{"a high risk has a measure", one("risks[omission]", "{id: omission, use_case: visit-notes, severity: high, measured_by: none, not_measured_reason: none}"), "MEASURE-1.1"},
		{"a high risk has a measure that someone counts", one("risks[leak]", "{id: leak, use_case: visit-notes, severity: high, measured_by: mood, not_measured_reason: none}"), "MEASURE-1.1"},
		{"a vendor keeps content within policy", one("vendors[anthropic].retention.inputs", "90d"), "164.310(d)(2)(i)"},
		{"a vendor keeps flagged content within policy", one("vendors[anthropic].retention.safety_flagged", "7y"), "164.310(d)(2)(i)"},
		{"a log with content is in the flows", []edit{{"logging[scribe].content", "full"}, {"data_flows[calls-to-log].phi", "none"}, {"data_flows[calls-to-log].elements", "[]"}}, "164.306(a)(1)"},
		{"a log is kept within policy", one("logging[scribe].retention", "8y"), "164.316(b)(1)"},
	}
	for _, test := range tests {
		t.Run(test.join, func(t *testing.T) {
			tree := ready
			for _, e := range test.edits {
				var err error
				if e.value == "" {
					tree, err = tree.Without(manifest.Type(), e.path)
				} else {
					tree, err = tree.With(manifest.Type(), e.path, e.value)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			after := run(t, tree, lists, "../../examples/ready")
			if after == nil {
				t.Fatal("the manifest is not valid")
			}
			if opened := opened(before, after); !slices.Contains(opened, test.want) {
				t.Errorf("opens %q, and not %s", opened, test.want)
			}
		})
	}
}

// opened are the citations of the requirements that are a gap in after alone.
func opened(before, after *assess.Report) []string {
	var out []string
	for i, q := range after.Requirements {
		if q.Outcome == assess.Gap && before.Requirements[i].Outcome != assess.Gap {
			out = append(out, q.Citation)
		}
	}
	return out
}
