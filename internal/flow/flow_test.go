package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// derive reads a manifest and derives its fields.
func derive(t testing.TB, text string) *manifest.Doc {
	t.Helper()
	doc, err := manifest.Decode("m.yaml", []byte("readiness: 1\npractice: {name: P}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	return doc
}

// show writes a derived value with what it lacks.
func show(l source.Leaf) string {
	if !l.Declared() {
		return "undeclared: " + strings.Join(l.Basis().Missing, " ")
	}
	return l.String()
}

func TestReceivesPHI(t *testing.T) {
	const head = "vendors: [{id: v, name: V}, {id: w, name: W}]\n"
	tests := []struct{ name, text, v string }{
		{"no flows declared", "systems: [{id: s, vendor: v, holds_phi: false}]", "undeclared: data_flows"},
		{"no system declared", "data_flows: []", "undeclared: systems"},
		{"an identified flow", "systems: [{id: s, vendor: v}]\ndata_flows: [{id: f, from: patient, to: s, phi: identified}]", "true"},
		{"a limited data set is still PHI", "systems: [{id: s, vendor: v}]\ndata_flows: [{id: f, from: patient, to: s, phi: limited_data_set}]", "true"},
		{"what leaves was there", "systems: [{id: s, vendor: v, holds_phi: false}]\ndata_flows: [{id: f, from: s, to: patient, phi: identified}]", "true"},
		{"what leaves is of unknown class", "systems: [{id: s, vendor: v, holds_phi: false}]\ndata_flows: [{id: f, from: s, to: patient}]", "undeclared: data_flows[f].phi"},
		{"what leaves is no PHI", "systems: [{id: s, vendor: v, holds_phi: false}]\ndata_flows: [{id: f, from: s, to: patient, phi: none}]", "false"},
		{"nothing identifiable", "systems: [{id: s, vendor: v, holds_phi: false}]\ndata_flows: [{id: f, from: patient, to: s, phi: none}]", "false"},
		{"a flow of unknown class", "systems: [{id: s, vendor: v, holds_phi: false}]\ndata_flows: [{id: f, from: patient, to: s}]", "undeclared: data_flows[f].phi"},
		{"one flow suffices beside an unknown", "systems: [{id: s, vendor: v}]\ndata_flows: [{id: f, from: patient, to: s}, {id: g, from: patient, to: s, phi: identified}]", "true"},
		{"held without a flow", "systems: [{id: s, vendor: v, holds_phi: true}]\ndata_flows: []", "true"},
		{"nobody says what it holds", "systems: [{id: s, vendor: v}]\ndata_flows: []", "undeclared: systems[s].holds_phi"},
		{"a log with full text", "systems: [{id: s, vendor: v, holds_phi: false}, {id: app}]\ndata_flows: []\nlogging: [{system: app, stored_in: s, content: full}]", "true"},
		{"a redacted log may still hold PHI", "systems: [{id: s, vendor: v, holds_phi: false}, {id: app}]\ndata_flows: []\nlogging: [{system: app, stored_in: s, content: redacted}]", "true"},
		{"a log of times and names of calls", "systems: [{id: s, vendor: v, holds_phi: false}, {id: app}]\ndata_flows: []\nlogging: [{system: app, stored_in: s, content: metadata}]", "false"},
		{"a log of unknown content", "systems: [{id: s, vendor: v, holds_phi: false}, {id: app}]\ndata_flows: []\nlogging: [{system: app, stored_in: s}]", "undeclared: logging[app].content"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := derive(t, head+tt.text)
			if got := show(doc.Vendors[0].ReceivesPHI); got != tt.v {
				t.Errorf("receives_phi = %s, want %s", got, tt.v)
			}
		})
	}
}

func TestSubprocessors(t *testing.T) {
	const text = `vendors:
  - {id: a, name: A, subprocessors: [{name: B Hosting, receives_phi: %s}]}
  - {id: b, name: B Hosting, subprocessors: [{name: c, receives_phi: true}]}
  - {id: c, name: C}
systems: [{id: s, vendor: a}]
data_flows: [{id: f, from: patient, to: s, phi: identified}]
`
	for declared, want := range map[string]string{"true": "true true true", "unknown": "true undeclared: vendors[a].subprocessors undeclared: ", "false": "true false false"} {
		doc := derive(t, fmt.Sprintf(text, declared))
		got := show(doc.Vendors[0].ReceivesPHI) + " " + show(doc.Vendors[1].ReceivesPHI) + " " + show(doc.Vendors[2].ReceivesPHI)
		if !strings.HasPrefix(got, strings.TrimSuffix(want, "undeclared: ")) {
			t.Errorf("receives_phi %s: got %q, want %q", declared, got, want)
		}
	}
}

func TestUse(t *testing.T) {
	doc := derive(t, `vendors: [{id: v}]
systems:
  - {id: m, kind: model, vendor: v, model: big-1}
  - {id: n, kind: model, vendor: v}
data_flows:
  - {id: f, from: patient, to: m, phi: identified, features: [messages, batch]}
  - {id: g, from: patient, to: m, phi: none, features: [files]}
  - {id: h, from: patient, to: m, phi: identified, features: [messages]}
`)
	v := doc.Vendors[0]
	got := []string{show(v.PHIFlows), show(v.FeaturesInUse), show(v.ModelsInUse)}
	want := []string{"f, h", "messages, batch", "undeclared: systems[n].model"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("use (-want +got):\n%s", diff)
	}
}

// TestPHIFlows looks which flows show PHI at a vendor. What leaves counts only where nothing is known to come.
func TestPHIFlows(t *testing.T) {
	const text = "vendors: [{id: v}]\nsystems: [{id: s, vendor: v, holds_phi: %s}, {id: app}]\ndata_flows: [{id: out, from: s, to: app, phi: identified}, {id: in, from: app, to: s, phi: %s}]\n"
	for _, tt := range [][3]string{
		{"false", "none", "out"}, {"false", "identified", "in"}, {"true", "none", ""},
		{"unknown", "none", "out"}, {"false", "unknown", "undeclared: data_flows[in].phi"},
	} {
		doc := derive(t, fmt.Sprintf(text, tt[0], tt[1]))
		if got := show(doc.Vendors[0].PHIFlows); got != tt[2] {
			t.Errorf("holds_phi %s, phi in %s: phi_flows %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

// TestModelsInUse looks which models PHI reaches at a vendor, whatever its system is called.
func TestModelsInUse(t *testing.T) {
	const text = "vendors: [{id: v}]\ndata_flows: [{id: f, from: patient, to: s, phi: identified}]\nsystems: [{id: s, vendor: v%s}]\n"
	const use = "use_cases: [{id: u, system: s}]"
	for _, tt := range []struct{ name, system, use, want string }{
		{"a model", ", kind: model, model: big-1", "", "big-1"},
		{"an application that names its model", ", kind: application, model: big-1", "", "big-1"},
		{"a chart that names its model", ", kind: ehr, model: big-1", use, "big-1"},
		{"an application", ", kind: application", "", ""},
		{"an application that does what a model does", ", kind: application", use, "undeclared: systems[s].model"},
		{"nobody says what", "", "", "undeclared: systems[s].model"},
	} {
		doc := derive(t, fmt.Sprintf(text, tt.system)+tt.use)
		if got := show(doc.Vendors[0].ModelsInUse); got != tt.want {
			t.Errorf("%s: models in use %q, want %q", tt.name, got, tt.want)
		}
	}
}

// outputs shows every output as to=reviewed by path.
func outputs(doc *manifest.Doc) []string {
	var list []string
	for _, o := range doc.Outputs {
		list = append(list, fmt.Sprintf("%s: %s via %s", show(o.To), show(o.Reviewed), show(o.Path)))
	}
	return list
}

func TestOutputs(t *testing.T) {
	const systems = `systems: [{id: m, kind: model}, {id: app, kind: application}, {id: ehr, kind: ehr}, {id: portal, kind: messaging}]
`
	const use = `use_cases: [{id: u, kind: visit_note, system: m, review: {required: true, by: licensed_clinician, before: record}}]
`
	const in = "  - {id: in, from: ehr, to: m, use_case: u}\n  - {id: back, from: m, to: app, use_case: u}\n"
	tests := []struct {
		name, use, flows string
		want             []string
	}{
		{"a clinician signs before the record", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: licensed_clinician}", []string{"record: true via back, out"}},
		{"nobody reviews", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: none}", []string{"record: false via back, out"}},
		{"staff are not enough for a note", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: staff}", []string{"record: false via back, out"}},
		{"nobody says who reviews", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final}", []string{"record: undeclared: data_flows[out].reviewed_by via back, out"}},
		{"a review on an earlier hop counts", use, "  - {id: back, from: m, to: app, use_case: u, reviewed_by: licensed_clinician}\n  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: none}", []string{"record: true via back, out"}},
		{"a draft is signed in the record", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: draft}", []string{"record: true via back, out"}},
		{"a draft that nobody signs", "use_cases: [{id: u, kind: visit_note, system: m, review: {required: false, by: none, before: record}}]\n", in + "  - {id: out, from: app, to: ehr, use_case: u, writes: draft}", []string{"record: false via back, out"}},
		{"staff are enough for coding", strings.Replace(use, "visit_note", "coding_support", 1), in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: staff}", []string{"record: true via back, out"}},
		{"the way round the reviewer is the finding", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: licensed_clinician}\n  - {id: night, from: app, to: portal, use_case: u}\n  - {id: send, from: portal, to: patient, use_case: u, reviewed_by: none}",
			[]string{"record: true via back, out", "patient: false via back, night, send"}},
		{"the shortest way is named", use, in + "  - {id: long, from: app, to: portal, use_case: u}\n  - {id: longer, from: portal, to: patient, use_case: u, reviewed_by: none}\n  - {id: short, from: m, to: patient, use_case: u, reviewed_by: none}", []string{"patient: false via short"}},
		{"what a person reads goes no further", use, in + "  - {id: read, from: app, to: workforce, use_case: u}", []string{"workforce: true via back, read"}},
		{"a person who passes it on unread", use, in + "  - {id: read, from: app, to: workforce, use_case: u}\n  - {id: mail, from: workforce, to: patient, use_case: u, reviewed_by: none}", []string{"patient: false via back, read, mail"}},
		{"another use case is another matter", use, in + "  - {id: out, from: app, to: ehr, use_case: u, writes: final, reviewed_by: licensed_clinician}\n  - {id: other, from: app, to: patient, use_case: v, reviewed_by: none}", []string{"record: true via back, out"}},
		{"a reminder needs no review", strings.Replace(use, "visit_note", "appointment_reminder", 1), in + "  - {id: send, from: app, to: patient, use_case: u, reviewed_by: none}", []string{"patient: true via back, send"}},
		{"an output that goes nowhere is not overlooked", use, in, []string{"undeclared: data_flows: undeclared: data_flows via undeclared: data_flows"}},
		{"rounds end", use, in + "  - {id: again, from: app, to: m, use_case: u}\n  - {id: send, from: app, to: payer, use_case: u, reviewed_by: none}", []string{"payer: false via back, send"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := systems + strings.TrimSuffix(tt.use, "]\n") + ", {id: v, status: retired}]\ndata_flows:\n" + tt.flows + "\n"
			if diff := cmp.Diff(tt.want, outputs(derive(t, text))); diff != "" {
				t.Errorf("outputs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRisk(t *testing.T) {
	tests := []struct{ facts, want string }{
		{"audience: workforce, autonomy: draft, influence: documentation, phi: true, review: {required: true, by: licensed_clinician}", "high"},
		{"audience: workforce, autonomy: act, influence: documentation, phi: true, review: {required: true, by: staff}", "critical"},
		{"audience: patient, autonomy: draft, influence: treatment, phi: true, review: {required: false}", "critical"},
		{"audience: patient, autonomy: draft, influence: treatment, phi: true, review: {required: true, by: licensed_clinician}", "high"},
		{"audience: workforce, autonomy: suggest, influence: triage, phi: true, review: {required: true, by: licensed_clinician}", "critical"},
		{"audience: patient, autonomy: draft, influence: informational, phi: true, review: {required: true, by: staff}", "high"},
		{"audience: payer, autonomy: draft, influence: coverage, phi: true, review: {required: true, by: staff}", "moderate"},
		{"audience: patient, autonomy: act, influence: none, phi: true, review: {required: false}", "low"},
		{"audience: workforce, autonomy: assist, influence: none, phi: false, review: {required: false}", "minimal"},
		{"autonomy: assist, influence: none, phi: false, review: {required: false}", "undeclared: use_cases[u].audience"},
	}
	for _, tt := range tests {
		doc := derive(t, "use_cases: [{id: u, "+tt.facts+"}]\n")
		if got := show(doc.UseCases[0].DerivedRisk); got != tt.want {
			t.Errorf("%s: derived risk %s, want %s", tt.facts, got, tt.want)
		}
	}
}

func TestDeployment(t *testing.T) {
	doc := derive(t, `deployment: {first_phi_on: 2026-09-15}
use_cases:
  - {id: u, phi: true, first_phi_on: 2026-08-01, audience: workforce, influence: documentation}
  - {id: v, phi: false, audience: patient, influence: none}
data_flows: []
`)
	d := doc.Deployment
	got := []string{show(d.PHIInUse), show(d.PatientFacing), show(d.InfluencesCare), show(d.FirstPHI)}
	if diff := cmp.Diff([]string{"true", "true", "true", "2026-08-01"}, got); diff != "" {
		t.Errorf("deployment (-want +got):\n%s", diff)
	}
	doc = derive(t, "use_cases: [{id: u, phi: true}]\n")
	d = doc.Deployment
	got = []string{show(d.PHIInUse), show(d.PatientFacing), show(d.InfluencesCare), show(d.FirstPHI)}
	want := []string{"true", "undeclared: use_cases[u].audience", "undeclared: use_cases[u].influence", "undeclared: deployment.first_phi_on use_cases[u].first_phi_on"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("deployment (-want +got):\n%s", diff)
	}
}

func TestHasAccess(t *testing.T) {
	doc := derive(t, `people: [{id: a}, {id: b}, {id: c}]
systems: [{id: s}]
access:
  grants: [{person: a, system: s}]
  keys: [{id: k, owner: b}]
`)
	var got []string
	for _, p := range doc.People {
		got = append(got, show(p.HasAccess))
	}
	if diff := cmp.Diff([]string{"true", "true", "false"}, got); diff != "" {
		t.Errorf("has_access (-want +got):\n%s", diff)
	}
	if got := show(derive(t, "people: [{id: a}]\n").People[0].HasAccess); got != "undeclared: access.grants access.keys" {
		t.Errorf("has_access without an access section: %s", got)
	}
}
