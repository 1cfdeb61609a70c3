package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/checklists"
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/diff"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/report"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/summary"
	"readiness/internal/rule"
)

var update = flag.Bool("update", false, "rewrite golden files")

// schemas are the published schemas, each with JSON that must follow it.
var schemas = []struct {
	file      string
	schema    func() []byte
	documents func(*testing.T) map[string]any
}{
	{"schema.json", report.Schema, reports},
	{"summary.schema.json", report.SummarySchema, summaries},
	{"diff.schema.json", report.DiffSchema, comparisons},
}

// TestSchemaFiles keeps the schemas, which other programs read, in step with the types.
func TestSchemaFiles(t *testing.T) {
	for _, s := range schemas {
		now := s.schema()
		if *update {
			if err := os.WriteFile(s.file, now, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		old, err := os.ReadFile(s.file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(old), string(now)); diff != "" {
			t.Errorf("%s is out of date; go test -update rewrites it (-file +now):\n%s", s.file, diff)
		}
	}
}

// TestSchemasExplain wants a description of every property.
func TestSchemasExplain(t *testing.T) {
	var visit func(path string, v any)
	visit = func(path string, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			return
		}
		properties, _ := object["properties"].(map[string]any)
		for name, p := range properties {
			if text, _ := p.(map[string]any)["description"].(string); text == "" {
				t.Errorf("%s has no description of %s", path, name)
			}
		}
		for key, inner := range object {
			visit(path+"/"+key, inner)
		}
	}
	for _, s := range schemas {
		visit(s.file, parsed(t, s.schema()))
	}
}

// TestSchemasHold validates what is written against the schemas. Each is closed for it too: the JSON may hold nothing the
// schema doesn't tell of.
func TestSchemasHold(t *testing.T) {
	for _, s := range schemas {
		open, closed := compile(t, parsed(t, s.schema())), compile(t, closing(parsed(t, s.schema())))
		for name, v := range s.documents(t) {
			t.Run(s.file+"/"+name, func(t *testing.T) {
				doc := written(t, v)
				for _, schema := range []*jsonschema.Schema{open, closed} {
					if err := schema.Validate(doc); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
}

// reports are those of the examples, and made-up ones with something of everything.
func reports(t *testing.T) map[string]any {
	all := map[string]any{"hostile": reporttest.Hostile(), "accepted": reporttest.Accepted()}
	for _, name := range []string{"ready", "riverbend", "first-day"} {
		all[name] = example(t, name)
	}
	return all
}

// summaries are of no manifest, and of one of each status.
func summaries(*testing.T) map[string]any {
	rows := []summary.Row{summary.Unread("clients/none", 2, []string{"a problem"}), summary.Of(&assess.Report{}, 4)}
	for _, s := range reporttest.Scenarios() {
		rows = append(rows, summary.Of(s.Report, 1))
	}
	rows[2].Reports = []string{"out/clean.pdf"}
	tool := assess.Tool{Name: "readiness", Version: "devel"}
	return map[string]any{
		"none": summary.New(tool, "2026-11-22", nil, []summary.Row{}, nil),
		"all":  summary.New(tool, "2026-11-22", nil, rows, []string{"a notice"}),
	}
}

// comparisons have a finding of each kind between them.
func comparisons(t *testing.T) map[string]any {
	all, kinds := map[string]any{}, map[diff.Kind]bool{}
	for _, before := range reporttest.Scenarios() {
		for _, after := range reporttest.Scenarios() {
			d := diff.Between(before.Report, after.Report)
			for _, f := range d.Findings {
				kinds[f.Kind] = true
			}
			all[before.Name+"-"+after.Name] = d
		}
	}
	narrow := reporttest.Gaps()
	narrow.Requirements = nil
	all["narrow"] = diff.Between(reporttest.Gaps(), narrow)
	kinds[diff.NotAsked] = len(diff.Between(reporttest.Gaps(), narrow).Findings) > 0
	for _, kind := range diff.Kinds {
		if !kinds[kind] {
			t.Errorf("no comparison has a finding that is %s", kind)
		}
	}
	return all
}

func TestSchemasReject(t *testing.T) {
	first := func(doc map[string]any, list string) map[string]any { return doc[list].([]any)[0].(map[string]any) }
	r, s, d := compile(t, parsed(t, report.Schema())), compile(t, parsed(t, report.SummarySchema())), compile(t, parsed(t, report.DiffSchema()))
	for _, test := range []struct {
		name   string
		schema *jsonschema.Schema
		doc    any
		change func(doc map[string]any)
	}{
		{"a key missing", r, reporttest.Accepted(), func(doc map[string]any) { delete(doc, "disclaimer") }},
		{"null for a list", r, reporttest.Accepted(), func(doc map[string]any) { doc["requirements"] = nil }},
		{"text for a list", r, reporttest.Accepted(), func(doc map[string]any) { doc["requirements"] = "none" }},
		{"a list for text", r, reporttest.Accepted(), func(doc map[string]any) { doc["practice"] = []any{} }},
		{"text for a number", r, reporttest.Accepted(), func(doc map[string]any) { doc["counts"].(map[string]any)["total"] = "many" }},
		{"a key of an item missing", r, reporttest.Accepted(), func(doc map[string]any) { delete(first(doc, "requirements"), "outcome") }},
		{"a manifest's status missing", s, summaries(t)["all"], func(doc map[string]any) { delete(first(doc, "manifests"), "status") }},
		{"a number for a gate", s, summaries(t)["all"], func(doc map[string]any) { first(doc, "manifests")["gates"] = map[string]any{"operating": 1} }},
		{"no exit code", s, summaries(t)["none"], func(doc map[string]any) { doc["exit_code"] = nil }},
		{"a kind missing", d, comparisons(t)["clean-gaps"], func(doc map[string]any) { delete(first(doc, "findings"), "kind") }},
		{"text for a state", d, comparisons(t)["clean-gaps"], func(doc map[string]any) { first(doc, "findings")["new"] = "gap" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := written(t, test.doc)
			if err := test.schema.Validate(doc); err != nil {
				t.Fatal(err)
			}
			test.change(doc.(map[string]any))
			if err := test.schema.Validate(doc); err == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

// example assesses an example as the command check does.
func example(t *testing.T, name string) *assess.Report {
	t.Helper()
	folder := "../../examples/" + name
	data, err := os.ReadFile(folder + "/readiness.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.Decode("readiness.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	notes := evidence.Inspect(doc, root.FS())
	r, err := assess.Run(assess.Input{
		Doc: doc, Checklists: lists(t), Profile: "full", AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Horizon: 60,
		Tool: assess.Tool{Name: "readiness", Version: "devel"}, NotAssessed: notes,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func lists(t testing.TB) []*checklist.Checklist {
	t.Helper()
	library := checklist.NewLibrary(checklists.FS())
	refs, err := library.List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	language := rule.NewLanguage(manifest.Type())
	var all []*checklist.Checklist
	for _, ref := range refs {
		c, err := library.Open(ref)
		if err == nil {
			err = c.Compile(language, "full")
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// written is v as it is written, read again.
func written(t *testing.T, v any) any {
	t.Helper()
	var buf bytes.Buffer
	if err := jsonfile.Write(&buf, v); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func parsed(t *testing.T, schema []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(schema, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// closing forbids unknown keys in every object of a schema.
func closing(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = closing(v[key])
		}
		if v["type"] == "object" && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
	case []any:
		for i := range v {
			v[i] = closing(v[i])
		}
	}
	return v
}

func compile(t *testing.T, doc any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
