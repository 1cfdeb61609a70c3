package manifest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"readiness/internal/manifest"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestSchemaFile keeps schema.json, which editors read, in step with the types.
func TestSchemaFile(t *testing.T) {
	golden(t, "schema.json", string(manifest.Schema()))
}

// golden compares got with a file, or rewrites the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, file)), got); diff != "" {
		t.Errorf("%s is out of date; go test -update rewrites it (-file +now):\n%s", file, diff)
	}
}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSchemaAcceptsExamples validates every example with an independent implementation of JSON Schema.
func TestSchemaAcceptsExamples(t *testing.T) {
	schema := compile(t)
	for _, name := range []string{"ready", "riverbend", "first-day"} {
		if err := schema.Validate(instance(t, readFile(t, "../../examples/"+name+"/readiness.yaml"))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRejects(t *testing.T) {
	schema := compile(t)
	const head = "readiness: 1\npractice: {name: x}\n"
	if err := schema.Validate(instance(t, []byte(head))); err != nil {
		t.Fatalf("the smallest manifest: %v", err)
	}
	for name, doc := range map[string]string{
		"unknown key":          head + "vendorz: []\n",
		"unknown inner key":    head + "deployment: {stag: pilot}\n",
		"missing readiness":    "practice: {name: x}\n",
		"missing name":         "readiness: 1\npractice: {}\n",
		"empty required key":   "readiness:\npractice: {name: x}\n",
		"version as text":      "readiness: one\npractice: {name: x}\n",
		"word not known":       head + "profile: cor\n",
		"word not known, list": head + "data_flows: [{id: a, from: x, to: y, elements: [nme]}]\n",
		"yes for true":         head + "inventory: {includes_embedded_features: yes}\n",
		"quoted true":          head + "inventory: {includes_embedded_features: \"true\"}\n",
		"number as text":       "readiness: 1\npractice: {name: 7}\n",
		"text as number":       head + "incidents: {open: two}\n",
		"number below least":   head + "vendors: [{id: a, baa: {breach_notice_days: -5}}]\n",
		"number above most":    head + "use_cases: [{id: a, review: {edit_rate: 71}}]\n",
		"number in a list":     head + "incidents: {severity_levels: [1, -2]}\n",
		"no state":             "readiness: 1\npractice: {name: x, states: [CA, ZZ]}\n",
		"decimal as whole":     head + "incidents: {open: 1.5}\n",
		"short date":           head + "deployment: {first_phi_on: 26-1-1}\n",
		"datetime":             head + "deployment: {first_phi_on: \"2026-01-01T00:00:00Z\"}\n",
		"span":                 head + "access: {review_every: 90 days}\n",
		"list as text":         "readiness: 1\npractice: {name: x, states: OH}\n",
		"text as list":         "readiness: 1\npractice: {name: [x]}\n",
		"group as text":        head + "deployment: pilot\n",
		"group as list":        head + "deployment: [pilot]\n",
		"empty item":           head + "people: [null]\n",
		"item without id":      head + "people: [{name: x}]\n",
		"id with a space":      head + "people: [{id: a b}]\n",
		"name with a space":    head + "vendors: [{id: a, retention: {all inputs: 30d}}]\n",
		"derived key":          head + "vendors: [{id: a, receives_phi: true}]\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := manifest.Decode("m.yaml", []byte(doc)); err == nil {
				t.Error("Decode accepts it")
			}
			if err := schema.Validate(instance(t, []byte(doc))); err == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

// TestSchemaAcceptsWhatDecodeAccepts validates the corpus of good manifests: an editor must not complain about them.
func TestSchemaAcceptsWhatDecodeAccepts(t *testing.T) {
	schema := compile(t)
	for _, file := range corpus(t, "ok") {
		if err := schema.Validate(instance(t, readFile(t, file))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(manifest.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance is a YAML document as a JSON Schema sees it: dates are text.
func instance(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(undated(v))
	if err != nil {
		t.Fatal(err)
	}
	v, err = jsonschema.UnmarshalJSON(strings.NewReader(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func undated(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			v[k] = undated(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = undated(inner)
		}
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return v
}
