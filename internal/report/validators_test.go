//go:build validators

package report_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

// TestExamplesHold validates what is written of the examples, with every shipped checklist in full, against the schemas
// that each format's package keeps. Those packages validate made-up reports; these hold every real citation.
func TestExamplesHold(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for name, file := range map[string]string{
		"oscal": "oscal/testdata/oscal_complete_schema-1-2-2.json", "poam": "oscal/testdata/oscal_complete_schema-1-2-2.json",
		"gitlab": "gitlab/testdata/schema.json",
	} {
		schema, err := compiler.Compile(file)
		if err != nil {
			t.Fatal(err)
		}
		format, ok := report.Find(report.Formats(text.Style{}, outline.Brand{}), name)
		if !ok {
			t.Fatalf("there is no format %s", name)
		}
		for _, practice := range []string{"ready", "riverbend", "first-day"} {
			var out bytes.Buffer
			if err := format.Render(&out, example(t, practice)); err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(&out)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s of %s: %v", name, practice, err)
			}
		}
	}
}
