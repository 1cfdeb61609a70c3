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
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/report"
	"readiness/internal/report/reporttest"
	"readiness/internal/rule"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestSchemaFile keeps schema.json, which other programs read, in step with the types.
func TestSchemaFile(t *testing.T) {
	const file = "schema.json"
	now := report.Schema()
	if *update {
		if err := os.WriteFile(file, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(old), string(now)); diff != "" {
		t.Errorf("%s is out of date; go test -update rewrites it (-file +now):\n%s", file, diff)
	}
}

// TestSchemaExplains wants a description of every property.
func TestSchemaExplains(t *testing.T) {
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
	visit("", schema(t))
}

// TestSchemaHolds validates the JSON of the examples' reports, and of made-up reports with something of everything.
// The schema is closed for it: the JSON may hold nothing the schema doesn't tell of.
func TestSchemaHolds(t *testing.T) {
	closed := compile(t, closing(schema(t)))
	open := compile(t, schema(t))
	reports := map[string]*assess.Report{"hostile": reporttest.Hostile(), "accepted": reporttest.Accepted()}
	for _, name := range []string{"ready", "riverbend", "first-day"} {
		reports[name] = example(t, name)
	}
	for name, r := range reports {
		t.Run(name, func(t *testing.T) {
			doc := written(t, r)
			for _, s := range []*jsonschema.Schema{open, closed} {
				if err := s.Validate(doc); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestSchemaRejects(t *testing.T) {
	s := compile(t, schema(t))
	for name, change := range map[string]func(r map[string]any){
		"a key missing":   func(r map[string]any) { delete(r, "disclaimer") },
		"null for a list": func(r map[string]any) { r["requirements"] = nil },
		"text for a list": func(r map[string]any) { r["requirements"] = "none" },
		"a list for text": func(r map[string]any) { r["practice"] = []any{} },
		"text for a number": func(r map[string]any) {
			r["counts"].(map[string]any)["total"] = "many"
		},
		"a key of an item missing": func(r map[string]any) {
			delete(r["requirements"].([]any)[0].(map[string]any), "outcome")
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := written(t, reporttest.Accepted())
			change(doc.(map[string]any))
			if err := s.Validate(doc); err == nil {
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

func lists(t *testing.T) []*checklist.Checklist {
	t.Helper()
	library := checklist.NewLibrary(checklists.FS())
	refs, err := library.List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	language, err := rule.NewLanguage(manifest.Type())
	if err != nil {
		t.Fatal(err)
	}
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

// written is the JSON of a report, read again.
func written(t *testing.T, r *assess.Report) any {
	t.Helper()
	var buf bytes.Buffer
	if err := report.JSON(&buf, r); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func schema(t *testing.T) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(report.Schema(), &v); err != nil {
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
		if v["type"] == "object" {
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
