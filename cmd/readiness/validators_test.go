//go:build validators

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWorkflows has actionlint read the workflows, and the one in docs/ci.md that users copy.
func TestWorkflows(t *testing.T) {
	own, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil || len(own) == 0 {
		t.Fatalf("there is no workflow, %v", err)
	}
	page, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```yaml\nname: readiness\n")
	sample, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("docs/ci.md has no workflow to copy")
	}
	copied := filepath.Join(t.TempDir(), "sample.yml")
	if err := os.WriteFile(copied, []byte("name: readiness\n"+sample), 0o644); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"tool", "-modfile=../../tools/go.mod", "actionlint", "-no-color", copied}, own...)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Errorf("actionlint: %v\n%s", err, out)
	}
}

// TestManualPages has mandoc read every manual page, and bash the completion. The pages lack a date on purpose, so that
// they are the same from every build. The test needs Debian's mandoc.
func TestManualPages(t *testing.T) {
	folder := t.TempDir()
	if out, err := exec.Command("../../.ci/pages", folder).CombinedOutput(); err != nil {
		t.Fatalf(".ci/pages: %v\n%s", err, out)
	}
	pages, err := filepath.Glob(filepath.Join(folder, "man", "*.1"))
	if err != nil || len(pages) < 20 {
		t.Fatalf("there are %d pages, %v", len(pages), err)
	}
	var failed *exec.ExitError // mandoc fails for what it warns of
	out, err := exec.Command("mandoc", append([]string{"-T", "lint", "-W", "warning"}, pages...)...).CombinedOutput()
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "missing date") {
			t.Error(strings.TrimSpace(line))
		}
	}
	if out, err := exec.Command("bash", "-n", filepath.Join(folder, "completions", "readiness.bash")).CombinedOutput(); err != nil {
		t.Errorf("bash: %v\n%s", err, out)
	}
}

// TestSameBytes builds the program as a release does, in two folders of different names, and wants the same bytes.
func TestSameBytes(t *testing.T) {
	var programs [2][]byte
	for i, name := range []string{"one", "another/place"} {
		folder := filepath.Join(t.TempDir(), name)
		copyTree(t, "../..", folder)
		program := filepath.Join(t.TempDir(), "readiness")
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-buildvcs=false", "-o", program, "./cmd/readiness")
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go build: %v\n%s", err, out)
		}
		var err error
		if programs[i], err = os.ReadFile(program); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(programs[0], programs[1]) {
		t.Error("the same sources give two programs")
	}
}
