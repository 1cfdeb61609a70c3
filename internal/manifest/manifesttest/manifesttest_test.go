package manifesttest_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
	"readiness/internal/source"
)

func models(t *testing.T) []*manifest.Doc {
	var docs []*manifest.Doc
	for _, name := range []string{"riverbend", "ready", "first-day"} {
		data, err := os.ReadFile("../../../examples/" + name + "/readiness.yaml")
		if err != nil {
			t.Fatal(err)
		}
		doc, err := manifest.Decode(name, data)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

// TestValid wants every made-up manifest to be valid, the same each time, and as large as manifests are.
func TestValid(t *testing.T) {
	maker := manifesttest.New(models(t)...)
	seen := map[string]bool{}
	lines := 0
	const n = 60
	for seed := range uint64(n) {
		p := maker.Practice(seed)
		data := p.YAML()
		if again := maker.Practice(seed).YAML(); !bytes.Equal(data, again) {
			t.Fatalf("seed %d gives two manifests", seed)
		}
		doc, err := manifest.Decode("readiness.yaml", data)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if _, err := manifest.Decode("readiness.yaml", p.Otherwise(seed)); err != nil {
			t.Fatalf("seed %d, written otherwise: %v", seed, err)
		}
		lines += bytes.Count(data, []byte("\n"))
		source.Walk(manifest.Type(), &doc.Manifest, func(path string, _ *source.Field, _ source.Leaf) {
			section, _, _ := strings.Cut(path, ".")
			section, _, _ = strings.Cut(section, "[")
			seen[section] = true
		})
	}
	for _, key := range manifest.Type().Keys() {
		if !seen[key] {
			t.Errorf("no manifest has %s", key)
		}
	}
	if mean := lines / n; mean < 150 {
		t.Errorf("the manifests have %d lines on average", mean)
	} else {
		t.Logf("%d lines on average", mean)
	}
}
