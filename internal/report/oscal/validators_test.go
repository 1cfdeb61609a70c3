//go:build validators

package oscal_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/internal/assess"
	"readiness/internal/report/oscal"
	"readiness/internal/report/reporttest"
)

// TestSchema validates every scenario, and a report of nothing, against NIST's schema of OSCAL 1.2.2. The file in testdata
// is oscal_complete_schema.json of that release.
func TestSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/oscal_complete_schema-1-2-2.json")
	if err != nil {
		t.Fatal(err)
	}
	scenarios := append(reporttest.Scenarios(), reporttest.Scenario{Name: "empty", Report: &assess.Report{AsOf: "2026-11-22"}})
	for _, s := range reporttest.HostileTexts() {
		scenarios = append(scenarios, reporttest.Scenario{Name: "arbitrary " + s, Report: reporttest.Arbitrary(s, "(")})
	}
	for _, s := range scenarios {
		for kind, data := range map[string][]byte{"results": render(t, oscal.Render, s.Report), "plan": render(t, oscal.Poam, s.Report)} {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s of %s: %v", kind, s.Name, err)
			}
		}
	}
}
