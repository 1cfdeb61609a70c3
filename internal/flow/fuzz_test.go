package flow_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// FuzzDerive derives from whatever manifest comes: nothing may panic, and the same bytes must give the same facts.
func FuzzDerive(f *testing.F) {
	files, err := filepath.Glob("../../examples/*/readiness.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for seed := range uint64(8) {
		f.Add([]byte(generate(seed, 3, 6, 3, 12)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := manifest.Decode("f.yaml", data)
		if err != nil || len(data) > 100_000 {
			return
		}
		again, _ := manifest.Decode("f.yaml", data)
		flow.Derive(doc)
		flow.Derive(again)
		if !reflect.DeepEqual(doc.Manifest, again.Manifest) {
			t.Error("the same manifest gives other facts")
		}
	})
}
