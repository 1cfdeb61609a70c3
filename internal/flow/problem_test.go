package flow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// clean is a small practice in whose flows nothing is wrong and nothing is left out.
const clean = `readiness: 1
practice: {name: P, data_regions: [us]}
vendors:
  - id: v
    name: Acme
    role: model_provider
    account: a1
    plan: {tier: api}
    baa: {status: executed, effective_on: 2026-01-01, activation: {required: true, done_on: 2026-01-02},
      covers: {features: [messages], models: [big-1], accounts: [a1]}, excludes: {features: [batch], models: []}}
    retention: {inputs: none, outputs: none, flagged: 2y}
    zero_data_retention: {status: active, overrides: [], exceptions: [flagged]}
systems:
  - {id: ehr, name: Chart, kind: ehr, status: live, holds_phi: true, region: us}
  - {id: app, name: App, kind: application, status: live, holds_phi: false, region: us}
  - {id: m, name: Claude, kind: model, vendor: v, status: live, holds_phi: false, region: us, model: big-1}
  - {id: log, name: Log, kind: log_store, status: live, holds_phi: true, region: us}
use_cases:
  - {id: u, kind: visit_note, system: m, status: live, first_phi_on: 2026-03-01, review: {required: true, by: licensed_clinician, before: record}}
data_flows:
  - {id: in, from: ehr, to: app, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https, encrypted: true}, authentication: sso}
  - {id: ask, from: app, to: m, use_case: u, phi: identified, elements: [name], features: [messages], transport: {protocol: https, encrypted: true}, authentication: api_key}
  - {id: back, from: m, to: app, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https, encrypted: true}, authentication: api_key}
  - {id: out, from: app, to: ehr, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https, encrypted: true}, authentication: sso, writes: final, reviewed_by: licensed_clinician}
  - {id: calls, from: app, to: log, use_case: u, phi: identified, elements: [mrn], features: [], transport: {protocol: https, encrypted: true}, authentication: api_key}
logging: [{system: app, enabled: true, content: metadata, stored_in: log}]
`

// parsed reads a manifest without decoding it.
func parsed(t testing.TB, text string) *source.Tree {
	t.Helper()
	tree, err := source.Parse("m.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// derived decodes and derives. It returns nil when the manifest isn't valid.
func derived(tree *source.Tree) *manifest.Doc {
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		return nil
	}
	flow.Derive(doc)
	return doc
}

// problems shows what was found, one line each, without the kinds that are clear.
func problems(doc *manifest.Doc) []string {
	list := []string{}
	for _, p := range doc.FlowProblems {
		if certain, ok := p.Certain.Get(); !ok || certain {
			list = append(list, show(p.ID)+": "+show(p.Certain))
		}
	}
	return list
}

func TestCleanFlows(t *testing.T) {
	doc := derived(parsed(t, clean))
	if diff := cmp.Diff([]string{}, problems(doc)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	kinds := map[string]bool{}
	for _, p := range doc.FlowProblems {
		kinds[p.Kind.Or("")] = true
	}
	if len(kinds) != len(doc.FlowProblems) || len(kinds) != 20 {
		t.Errorf("got %d entries of %d kinds, want one of each of 20", len(doc.FlowProblems), len(kinds))
	}
}

// An edit changes one line of clean.
type edit struct{ old, new string }

func TestProblems(t *testing.T) {
	flowLine := func(s string) edit { return edit{"logging:", "  - " + s + "\nlogging:"} }
	systemLine := func(s string) edit { return edit{"use_cases:", "  - " + s + "\nuse_cases:"} }
	lab := systemLine("{id: lab, name: Lab, kind: analytics, status: live, holds_phi: false, region: us}")
	const sent = "use_case: u, features: [], transport: {protocol: https, encrypted: true}, authentication: sso"
	tests := []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"de-identified by nobody knows what", []edit{lab, flowLine("{id: x, from: app, to: lab, phi: deidentified, elements: [plan], " + sent + "}")}, []string{"relabelled/x: true"}},
		{"de-identified by a method", []edit{lab, flowLine("{id: x, from: app, to: lab, phi: deidentified, deidentification: {method: safe_harbor}, elements: [plan], " + sent + "}")}, []string{}},
		{"no PHI, with a plan in it", []edit{lab, flowLine("{id: x, from: app, to: lab, phi: none, elements: [plan], " + sent + "}")}, []string{"relabelled/x: true"}},
		{"no PHI and nothing in it", []edit{lab, flowLine("{id: x, from: app, to: lab, phi: none, elements: [], " + sent + "}")}, []string{}},
		{"no PHI, contents unsaid", []edit{lab, flowLine("{id: x, from: app, to: lab, phi: none, " + sent + "}")},
			[]string{"relabelled/x: undeclared: data_flows[x].elements", "identifiers/x: undeclared: data_flows[x].elements", "unlisted_identifiers/x: undeclared: data_flows[x].elements"}},
		{"unlabelled on the way out", []edit{lab, flowLine("{id: x, from: app, to: lab, elements: [], " + sent + "}")},
			[]string{"relabelled/x: undeclared: data_flows[x].phi"}},
		{"unlabelled into a system that passes on less", []edit{lab, systemLine("{id: far, kind: analytics, status: live, holds_phi: false, region: us}"),
			flowLine("{id: x, from: app, to: lab, elements: [], " + sent + "}"), flowLine("{id: y, from: lab, to: far, phi: none, elements: [plan], " + sent + "}")},
			[]string{"relabelled/x: undeclared: data_flows[x].phi", "relabelled/y: undeclared: data_flows[x].phi"}},
		{"PHI from nowhere", []edit{lab, flowLine("{id: x, from: lab, to: app, phi: identified, elements: [name], " + sent + "}")}, []string{"no_source/x: true"}},
		{"PHI from where it is made", []edit{systemLine("{id: desk, kind: workstation, status: live, holds_phi: false, region: us}"), flowLine("{id: x, from: desk, to: app, phi: identified, elements: [name], " + sent + "}")}, []string{}},
		{"PHI from nobody knows what", []edit{systemLine("{id: desk, status: live, holds_phi: false, region: us}"), flowLine("{id: x, from: desk, to: app, phi: identified, elements: [name], " + sent + "}")},
			[]string{"no_source/x: undeclared: systems[desk].kind", "not_covered/desk/no-vendor: undeclared: systems[desk].kind systems[desk].vendor", "excluded/desk/no-vendor: undeclared: systems[desk].kind systems[desk].vendor",
				"too_early/desk/no-vendor: undeclared: systems[desk].kind systems[desk].vendor", "kept_anyway/desk/no-vendor: undeclared: systems[desk].kind systems[desk].vendor", "consumer_plan/desk/no-vendor: undeclared: systems[desk].kind systems[desk].vendor"}},
		{"PHI from a vendor's phone app", []edit{systemLine("{id: desk, kind: workstation, vendor: v, status: live, holds_phi: false, region: us}"), flowLine("{id: x, from: desk, to: app, phi: identified, elements: [name], " + sent + "}")}, []string{"no_source/x: true"}},
		{"PHI from a vendor's phone app that people speak into", []edit{systemLine("{id: desk, kind: workstation, vendor: v, status: live, holds_phi: false, region: us}"), flowLine("{id: x, from: desk, to: app, phi: identified, elements: [name], " + sent + "}"),
			flowLine("{id: y, from: workforce, to: desk, phi: identified, elements: [name], use_case: u, features: [messages], transport: {protocol: https, encrypted: true}, authentication: sso}")}, []string{}},
		{"PHI from a chart that holds none", []edit{{"kind: ehr, status: live, holds_phi: true", "kind: ehr, status: live, holds_phi: false"}, {"from: app, to: ehr, use_case", "from: app, to: other_provider, use_case"}}, []string{"no_source/in: true"}},
		{"PHI from a scribe of nobody says whose", []edit{systemLine("{id: desk, kind: scribe, status: live, holds_phi: false, region: us}"), flowLine("{id: x, from: desk, to: app, phi: identified, elements: [name], " + sent + "}")},
			[]string{"no_source/x: undeclared: systems[desk].vendor", "not_covered/desk/no-vendor: undeclared: systems[desk].vendor", "excluded/desk/no-vendor: undeclared: systems[desk].vendor",
				"too_early/desk/no-vendor: undeclared: systems[desk].vendor", "kept_anyway/desk/no-vendor: undeclared: systems[desk].vendor", "consumer_plan/desk/no-vendor: undeclared: systems[desk].vendor"}},
		{"a name without PHI", []edit{flowLine("{id: x, from: patient, to: app, phi: none, elements: [name], " + sent + "}")}, []string{"identifiers/x: true"}},
		{"a date by Safe Harbor", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, deidentification: {method: safe_harbor}, elements: [date_elements], " + sent + "}")}, []string{"identifiers/x: true"}},
		{"a date by an expert", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, deidentification: {method: expert_determination}, elements: [date_elements], " + sent + "}")}, []string{}},
		{"a name by an expert", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, deidentification: {method: expert_determination}, elements: [name], " + sent + "}")}, []string{"identifiers/x: true"}},
		{"a date by nobody knows what", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, elements: [date_elements], " + sent + "}")},
			[]string{"identifiers/x: undeclared: data_flows[x].deidentification.method"}},
		{"a date in a limited data set", []edit{flowLine("{id: x, from: patient, to: app, phi: limited_data_set, elements: [date_elements], " + sent + "}")}, []string{}},
		{"a name in a limited data set", []edit{flowLine("{id: x, from: patient, to: app, phi: limited_data_set, elements: [name], " + sent + "}")}, []string{"identifiers/x: true"}},
		{"free text alone", []edit{{"out, from: app, to: ehr, use_case: u, phi: identified, elements: [name]", "out, from: app, to: ehr, use_case: u, phi: identified, elements: [clinical_note]"}}, []string{"unlisted_identifiers/out: true"}},
		{"free text, de-identified", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, deidentification: {method: safe_harbor}, elements: [clinical_note], " + sent + "}")}, []string{}},
		{"a voice is never de-identified", []edit{flowLine("{id: x, from: patient, to: app, phi: deidentified, deidentification: {method: safe_harbor}, elements: [audio], " + sent + "}")}, []string{"unlisted_identifiers/x: true"}},
		{"a log that holds what it isn't said to", []edit{{"kind: log_store, status: live, holds_phi: true", "kind: log_store, status: live, holds_phi: false"}}, []string{"store_content/log: true"}},
		{"a log of full text that holds none", []edit{{"kind: log_store, status: live, holds_phi: true", "kind: log_store, status: live, holds_phi: false"}, {"elements: [mrn]", "elements: []"}, {"calls, from: app, to: log, use_case: u, phi: identified", "calls, from: app, to: log, use_case: u, phi: none"}, {"content: metadata", "content: full"}},
			[]string{"store_content/log: true"}},
		{"text in a log of metadata", []edit{{"elements: [mrn]", "elements: [mrn, transcript]"}}, []string{"store_content/calls: true"}},
		{"text in a log of nobody says what", []edit{{"elements: [mrn]", "elements: [mrn, transcript]"}, {"content: metadata, ", ""}}, []string{"store_content/calls: undeclared: logging[app].content"}},
		{"text in a log nobody says where", []edit{{"elements: [mrn]", "elements: [mrn, transcript]"}, {", stored_in: log", ""}},
			[]string{"store_content/calls: undeclared: logging[app].stored_in", "unreached_log/app: undeclared: logging[app].stored_in"}},
		{"unreviewed", []edit{{"reviewed_by: licensed_clinician}", "reviewed_by: none}"}}, []string{"unreviewed/m/u/record: true"}},
		{"review unsaid", []edit{{", reviewed_by: licensed_clinician}", "}"}}, []string{"unreviewed/m/u/record: undeclared: data_flows[out].reviewed_by"}},
		{"a model with features and no vendor", []edit{{"vendor: v, ", ""}}, []string{"no_vendor/ask: true", "not_covered/m/no-vendor: undeclared: systems[m].vendor", "excluded/m/no-vendor: undeclared: systems[m].vendor",
			"too_early/m/no-vendor: undeclared: systems[m].vendor", "kept_anyway/m/no-vendor: undeclared: systems[m].vendor", "consumer_plan/m/no-vendor: undeclared: systems[m].vendor"}},
		{"a feature not covered", []edit{{"features: [messages], transport", "features: [files], transport"}}, []string{"not_covered/ask/feature-files: true"}},
		{"a feature left out", []edit{{"features: [messages], transport", "features: [batch], transport"}}, []string{"not_covered/ask/feature-batch: true", "excluded/ask/feature-batch: true"}},
		{"a feature left out, written otherwise", []edit{{"features: [messages], transport", "features: [Batch], transport"}}, []string{"not_covered/ask/feature-Batch: true", "excluded/ask/feature-Batch: true"}},
		{"a model left out, written otherwise", []edit{{"[batch], models: []", "[batch], models: [Big_1]"}}, []string{"excluded/ask/model-big-1: true"}},
		{"features unsaid", []edit{{"features: [messages], transport", "transport"}}, []string{"not_covered/ask/feature: undeclared: data_flows[ask].features", "excluded/ask/feature: undeclared: data_flows[ask].features"}},
		{"a model not covered", []edit{{"model: big-1", "model: big-2"}}, []string{"not_covered/ask/model-big-2: true"}},
		{"a model left out", []edit{{"[batch], models: []", "[batch], models: [big-1]"}}, []string{"excluded/ask/model-big-1: true"}},
		{"a model left out, by a system called an application", []edit{{"[batch], models: []", "[batch], models: [big-1]"}, {"name: Claude, kind: model", "name: Claude, kind: application"}}, []string{"excluded/ask/model-big-1: true"}},
		{"a model unsaid, of a system called an application", []edit{{", model: big-1", ""}, {"name: Claude, kind: model", "name: Claude, kind: application"}},
			[]string{"not_covered/ask/model: undeclared: systems[m].model"}},
		{"an application without a model", []edit{systemLine("{id: web, kind: application, vendor: v, status: live, holds_phi: false, region: us}"),
			flowLine("{id: x, from: app, to: web, phi: identified, elements: [name], use_case: u, features: [messages], transport: {protocol: https, encrypted: true}, authentication: sso}")}, []string{}},
		{"an application whose model nobody reviews", []edit{{"reviewed_by: licensed_clinician}", "reviewed_by: none}"}, {"name: Claude, kind: model", "name: Claude, kind: application"}, {"system: m,", "system: ehr,"}},
			[]string{"unreviewed/ehr/u/record: true", "unreviewed/m/u/record: true"}},
		{"an account not covered", []edit{{"account: a1", "account: a2"}}, []string{"not_covered/v/account: true"}},
		{"covers unsaid", []edit{{"covers: {features: [messages], models: [big-1], accounts: [a1]}, ", ""}}, []string{"not_covered/ask/feature-messages: undeclared: vendors[v].baa.covers.features",
			"not_covered/ask/model-big-1: undeclared: vendors[v].baa.covers.models", "not_covered/v/account: undeclared: vendors[v].baa.covers.accounts"}},
		{"no agreement", []edit{{"status: executed", "status: requested"}}, []string{"not_covered/ask: true"}},
		{"an agreement unsaid", []edit{{"status: executed, ", ""}}, []string{"not_covered/ask: undeclared: vendors[v].baa.status"}},
		{"too early", []edit{{"first_phi_on: 2026-03-01", "first_phi_on: 2025-12-31"}}, []string{"too_early/v/u: true"}},
		{"before the switch", []edit{{"first_phi_on: 2026-03-01", "first_phi_on: 2026-01-01"}}, []string{"too_early/v/u: true"}},
		{"no switch needed", []edit{{"first_phi_on: 2026-03-01", "first_phi_on: 2026-01-01"}, {"required: true, done_on", "required: false, done_on"}}, []string{}},
		{"perhaps before a switch", []edit{{"first_phi_on: 2026-03-01", "first_phi_on: 2026-01-01"}, {"required: true, done_on", "done_on"}}, []string{"too_early/v/u: undeclared: vendors[v].baa.activation.required"}},
		{"first day unsaid", []edit{{"first_phi_on: 2026-03-01, ", ""}}, []string{"too_early/v/u: undeclared: use_cases[u].first_phi_on"}},
		{"kept all the same", []edit{{"outputs: none", "outputs: 30d"}}, []string{"kept_anyway/v/outputs: true"}},
		{"a feature kept all the same", []edit{{"outputs: none", "outputs: none, files: until_deleted"}}, []string{"kept_anyway/v/files: true"}},
		{"kept, and known to be", []edit{{"outputs: none", "outputs: none, files: until_deleted"}, {"overrides: []", "overrides: [files]"}}, []string{}},
		{"perhaps kept", []edit{{"outputs: none, ", ""}}, []string{"kept_anyway/v/outputs: undeclared: vendors[v].retention[outputs]"}},
		{"a consumer plan", []edit{{"tier: api", "tier: consumer"}}, []string{"consumer_plan/v: true"}},
		{"abroad", []edit{{"region: us, model", "region: eu, model"}}, []string{"outside_regions/m: true"}},
		{"by e-mail", []edit{{"elements: [mrn], features: [], transport: {protocol: https, encrypted: true}", "elements: [mrn], features: [], transport: {protocol: email, encrypted: false}"}}, []string{"weak_channel/calls: true"}},
		{"by encrypted e-mail", []edit{{"elements: [mrn], features: [], transport: {protocol: https,", "elements: [mrn], features: [], transport: {protocol: email,"}}, []string{}},
		{"by hand", []edit{{"elements: [mrn], features: [], transport: {protocol: https,", "elements: [mrn], features: [], transport: {protocol: copy_paste,"}}, []string{"weak_channel/calls: true"}},
		{"two ways, one in the open", []edit{flowLine("{id: x, from: ehr, to: app, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https, encrypted: false}, authentication: sso}")}, []string{"uneven/x/encryption: true"}},
		{"two ways, one for all comers", []edit{flowLine("{id: x, from: ehr, to: app, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https, encrypted: true}, authentication: shared}")}, []string{"uneven/x/sign-in: true"}},
		{"two ways, one unsaid", []edit{flowLine("{id: x, from: ehr, to: app, use_case: u, phi: identified, elements: [name], features: [], transport: {protocol: https}, authentication: sso}")}, []string{"uneven/x/encryption: undeclared: data_flows[x].transport.encrypted"}},
		{"two ways, the open one without PHI", []edit{flowLine("{id: x, from: ehr, to: app, use_case: u, phi: none, elements: [], features: [], transport: {protocol: https, encrypted: false}, authentication: sso}")}, []string{}},
		{"a model that answers nobody", []edit{systemLine("{id: n, kind: model, vendor: v, status: live, holds_phi: false, region: us, model: big-1}"), flowLine("{id: x, from: app, to: n, phi: none, elements: [], " + sent + "}")}, []string{"one_way/n/u: true"}},
		{"a model that answers for another use", []edit{{"back, from: m, to: app, use_case: u", "back, from: m, to: app"}}, []string{"unreviewed/m/u/unknown: undeclared: data_flows[back].use_case", "unreviewed/m/unknown: undeclared: data_flows[back].use_case",
			"one_way/m/u: undeclared: data_flows[back].use_case", "unmatched/back: undeclared: data_flows[back].use_case"}},
		{"a log nobody fills", []edit{{"logging: [", "logging: [{system: ehr, enabled: true, content: metadata, stored_in: far}, "}, systemLine("{id: far, kind: log_store, status: live, holds_phi: false, region: us}")}, []string{"unreached_log/ehr: true"}},
		{"a system nobody uses", []edit{lab}, []string{"isolated/lab: true"}},
		{"a system nobody uses any more", []edit{systemLine("{id: lab, kind: analytics, status: retired, holds_phi: false, region: us}")}, []string{}},
		{"a use without a flow", []edit{{"data_flows:", "  - {id: w, kind: scheduling, system: m, status: live}\ndata_flows:"}}, []string{"unreviewed/m/w/unknown: undeclared: data_flows", "unmatched/w/use-case: true"}},
		{"a paused use that goes on", []edit{{"system: m, status: live", "system: m, status: paused"}}, []string{"still_running/u/m: true"}},
		{"a retired use that goes on", []edit{{"system: m, status: live", "system: m, status: retired"}}, []string{"still_running/u/m: true"}},
		{"a paused use whose model is paused", []edit{{"system: m, status: live", "system: m, status: paused"}, {"vendor: v, status: live", "vendor: v, status: paused"}}, []string{}},
		{"a paused use of another system, with a live model on its flows", []edit{{"system: m, status: live", "system: log, status: paused"}, {"kind: log_store, status: live", "kind: log_store, status: retired"}},
			[]string{"unreviewed/log/u/unknown: undeclared: data_flows", "still_running/u/m: true"}},
		{"a paused use without a flow", []edit{{"data_flows:", "  - {id: w, kind: scheduling, system: m, status: paused}\ndata_flows:"}}, []string{"unreviewed/m/w/unknown: undeclared: data_flows"}},
		{"a use of nobody says what status", []edit{{"system: m, status: live", "system: m"}}, []string{"still_running/u/m: undeclared: use_cases[u].status"}},
		{"a paused use whose model has no status", []edit{{"system: m, status: live", "system: m, status: paused"}, {"vendor: v, status: live", "vendor: v"}}, []string{"still_running/u/m: undeclared: systems[m].status"}},
		{"no flows", []edit{{clean[strings.Index(clean, "data_flows:"):], ""}}, everyKind("undeclared: data_flows")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := clean
			for _, e := range tt.edits {
				if strings.Count(text, e.old) < 1 {
					t.Fatalf("%q isn't there", e.old)
				}
				text = strings.Replace(text, e.old, e.new, 1)
			}
			doc := derived(parsed(t, text))
			if doc == nil {
				t.Fatal("the manifest isn't valid")
			}
			if diff := cmp.Diff(tt.want, problems(doc)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// everyKind is what the entries of all kinds say when nothing could be looked for.
func everyKind(certain string) []string {
	var list []string
	for _, k := range strings.Fields(`relabelled no_source identifiers unlisted_identifiers store_content unreviewed no_vendor not_covered excluded
		too_early kept_anyway consumer_plan outside_regions weak_channel uneven one_way unreached_log isolated unmatched still_running`) {
		list = append(list, k+": "+certain)
	}
	return list
}

func TestMessages(t *testing.T) {
	tests := []struct {
		edits []string
		want  map[string]string
	}{
		{[]string{"reviewed_by: licensed_clinician}", "reviewed_by: none}", "tier: api", "tier: consumer", "status: executed, ", ""}, map[string]string{
			"unreviewed/m/u/record": "Claude's draft reaches the record by back, out; nobody licensed reviews it on the way | back, out",
			"consumer_plan/v":       "PHI goes to Acme by ask on the plan in use, which is a consumer plan | ask",
			"not_covered/ask":       "too little is declared to say whether ask takes PHI to Acme, where no agreement is in place | ask",
			"one_way":               "every model that data is sent to sends something back | ",
		}},
		{[]string{"holds_phi: true, region: us}\n  - {id: app", "holds_phi: false, region: us}\n  - {id: app", "from: app, to: ehr", "from: app, to: other_provider"}, map[string]string{
			"no_source/in": "PHI leaves Chart by in, yet Chart is declared to hold no PHI and no flow brings PHI into it | in",
		}},
		{[]string{"{id: u, kind: visit_note, system: m, status: live", "{id: u, name: Notes, kind: visit_note, system: m, status: paused"}, map[string]string{
			"still_running/u/m": `the use case "Notes" is paused, yet Claude is live and serves it by ask, back | ask, back`,
		}},
		{[]string{"system: m, status: live, ", "system: m, "}, map[string]string{
			"still_running/u/m": `too little is declared to say whether the use case "u" is paused or retired, yet Claude is live and serves it by ask, back | ask, back`,
		}},
	}
	for _, tt := range tests {
		got := map[string]string{}
		for _, p := range derived(parsed(t, strings.NewReplacer(tt.edits...).Replace(clean))).FlowProblems {
			got[p.ID.Or("")] = show(p.Message) + " | " + show(p.Path)
		}
		for id, want := range tt.want {
			if got[id] != want {
				t.Errorf("%s\n got %s\nwant %s", id, got[id], want)
			}
		}
	}
}

// TestLongNames checks that an id can name something whatever it is made of, and stays unique.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("x", 60)
	text := strings.ReplaceAll(clean, "{id: ask,", "{id: "+long+",")
	text = strings.Replace(text, "features: [messages], transport", `features: ["web search", web-search, "web\u202esearch"], transport`, 1)
	doc := derived(parsed(t, text))
	seen := map[string]bool{}
	for _, p := range doc.FlowProblems {
		id := p.ID.Or("")
		if len(id) > 64 || strings.ContainsAny(id, " []\u202e") || seen[id] {
			t.Errorf("bad id %q", id)
		}
		seen[id] = true
	}
	if n := len(problems(doc)); n != 3 {
		t.Errorf("%d problems, want 3", n)
	}
}
