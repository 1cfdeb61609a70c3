//go:build validators

package gitlab_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/internal/report/reporttest"
)

// TestSchema validates every scenario against a schema written from GitLab's documentation.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range reporttest.Scenarios() {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(render(t, s.Report)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}
