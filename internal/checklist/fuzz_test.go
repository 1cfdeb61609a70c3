package checklist_test

import (
	"errors"
	"io/fs"
	"testing"

	"readiness/checklists"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// FuzzRead reads and compiles whatever comes: every mistake must have a place, and nothing may panic.
func FuzzRead(f *testing.F) {
	files, err := fs.Glob(checklists.FS(), "*/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("no checklists: %v", err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(checklists.FS(), file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 20_000)])
	}
	f.Add([]byte(list("own", "R-1")))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := checklist.Read("own/1.0.0.yaml", data)
		if err == nil {
			err = c.Compile(rule.NewLanguage(manifest.Type()), "full")
		}
		var problems source.Problems
		if err != nil && !errors.As(err, &problems) {
			t.Errorf("an error that is no list of problems: %v", err)
		}
	})
}
