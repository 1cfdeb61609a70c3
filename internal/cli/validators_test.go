//go:build validators

package cli_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestManualPages has mandoc read every manual page. It lacks a date on purpose, so that it is the same from every build.
// The test needs Debian's mandoc.
func TestManualPages(t *testing.T) {
	folder := t.TempDir()
	if code, _, errs := run(t, "man", folder); code != 0 {
		t.Fatalf("the exit code is %d: %s", code, errs)
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.1"))
	if err != nil || len(pages) < 20 {
		t.Fatalf("there are %d pages, %v", len(pages), err)
	}
	out, err := exec.Command("mandoc", append([]string{"-T", "lint", "-W", "warning"}, pages...)...).CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "missing date") {
			t.Error(strings.TrimSpace(line))
		}
	}
}

// TestCompletions has bash read its script.
func TestCompletions(t *testing.T) {
	code, script, errs := run(t, "completion", "bash")
	if code != 0 {
		t.Fatalf("the exit code is %d: %s", code, errs)
	}
	cmd := exec.Command("bash", "-n")
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
