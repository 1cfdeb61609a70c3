package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A draft that a killed run of the same number has left is in nobody's way, and stays what it was.
func TestWriteFileBesideAnOldDraft(t *testing.T) {
	folder := t.TempDir()
	old := filepath.Join(folder, fmt.Sprintf(".readiness-%d-0.tmp", os.Getpid()))
	if err := os.WriteFile(old, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "report.txt")
	if err := writeFile(name, []byte("whole")); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(name); string(data) != "whole" {
		t.Errorf("the report is %q", data)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 2 {
		t.Errorf("there are %d files, want the old draft and the report", len(entries))
	}
}
