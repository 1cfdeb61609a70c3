package assess_test

import (
	"testing"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/rule"
)

// BenchmarkRun assesses each example against every shipped checklist in full, from the parsed manifest on.
func BenchmarkRun(b *testing.B) {
	lists := shipped(b)
	for name, file := range examples(b) {
		b.Run(name, func(b *testing.B) {
			tree := parse(b, file)
			for b.Loop() {
				doc, err := manifest.DecodeTree(tree)
				if err != nil {
					b.Fatal(err)
				}
				flow.Derive(doc)
				evidence.Inspect(doc, nil)
				if _, err := assess.Run(assess.Input{Doc: doc, Checklists: lists, Profile: "full", AsOf: asOf, Horizon: 60}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompile compiles every shipped checklist in full.
func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		language, err := rule.NewLanguage(manifest.Type())
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range shipped(b) {
			if err := c.Compile(language, checklist.Profile("full")); err != nil {
				b.Fatal(err)
			}
		}
	}
}
