//go:build validators

package sarif_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/internal/report/reporttest"
)

// noHome is the multitool's warning that the tool names no public home, which is true, or no numeric version, which a
// build from source has not. It comes with every file, so it also shows that the file was read: the multitool says
// nothing at all of one it can't read.
const noHome = "SARIF2005"

// TestMultitool validates every scenario with @microsoft/sarif-multitool, its rules for GitHub code scanning included. The rule that
// asks the network is off.
func TestMultitool(t *testing.T) {
	tool := multitool(t)
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			dir := t.TempDir()
			in, out := filepath.Join(dir, s.Name+".sarif"), filepath.Join(dir, "out.sarif")
			if err := os.WriteFile(in, render(t, s.Report), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(tool, "validate", in, "--output", out, "--config", "testdata/multitool.xml",
				"--rule-kind", "Sarif;Ghas", "--level", "Error;Warning")
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, said)
			}
			read := false
			for _, p := range problems(t, out) {
				read = read || p.RuleID == noHome
				if p.Level == "error" || p.RuleID != noHome {
					t.Errorf("%s %s: %s", p.RuleID, p.Level, p.Message)
				}
			}
			if !read {
				t.Error("the multitool didn't read the file")
			}
		})
	}
}

// TestSchema validates every scenario against the schema of the standard, which the multitool comes with.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(filepath.Dir(multitool(t)), "sarif-2.1.0.json"))
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

type problem struct {
	RuleID, Level string
	Message       json.RawMessage
}

// problems reads what the multitool found. It writes a SARIF file too.
func problems(t *testing.T, file string) []problem {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("the multitool wrote no result: %v", err)
	}
	var log struct {
		Runs []struct{ Results []problem }
	}
	if err := json.Unmarshal(data, &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("the multitool's result can't be read: %v", err)
	}
	return log.Runs[0].Results
}

func multitool(t *testing.T) string {
	t.Helper()
	system := map[string]string{"linux": "linux", "darwin": "darwin", "windows": "win32"}[runtime.GOOS]
	tool := filepath.Join(os.Getenv("READINESS_NODE"), "node_modules", "@microsoft", "sarif-multitool-"+system, "Sarif.Multitool")
	// npm leaves the file without its permission to run when install scripts are off.
	if err := os.Chmod(tool, 0o755); err != nil {
		t.Fatalf("%v\nset READINESS_NODE to a folder in which npm install @microsoft/sarif-multitool@5.7.0 was run", err)
	}
	return tool
}
