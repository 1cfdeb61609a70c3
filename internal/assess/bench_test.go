package assess_test

import (
	"os"
	"slices"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// usual are the checklists that are checked when nobody names any.
func usual(t testing.TB) []*checklist.Checklist {
	return slices.DeleteFunc(shipped(t), func(c *checklist.Checklist) bool { return c.ID != "hipaa" && c.ID != "nist-ai-rmf" })
}

// BenchmarkStages measures each stage of a check by itself, over made-up practices.
func BenchmarkStages(b *testing.B) {
	const n = 50
	maker := newMaker(b)
	var data [n][]byte
	var trees [n]*source.Tree
	var docs [n]*manifest.Doc
	size := 0
	for i := range n {
		p := maker.Practice(uint64(i))
		data[i] = p.YAML()
		size += len(data[i])
		tree, err := source.Parse("readiness.yaml", data[i])
		if err != nil {
			b.Fatal(err)
		}
		trees[i], docs[i] = tree, decode(b, data[i], p.Files)
	}
	lists := usual(b)
	for _, stage := range []struct {
		name string
		run  func(i int)
	}{
		{"parse", func(i int) { source.Parse("readiness.yaml", data[i]) }},
		{"decode", func(i int) { manifest.DecodeTree(trees[i]) }},
		{"flow", func(i int) { flow.Derive(docs[i]) }},
		{"assess-standard", func(i int) { assessed(b, docs[i], lists, "standard") }},
		{"assess-brief", func(i int) {
			assess.Run(assess.Input{Doc: docs[i], Checklists: lists, Profile: "standard", AsOf: asOf, Brief: true})
		}},
		{"assess-full", func(i int) { assessed(b, docs[i], lists, "full") }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				stage.run(i % n)
			}
			b.ReportMetric(float64(size)/n/1000, "kB/manifest")
		})
	}
}

// BenchmarkExamples checks each example against every shipped checklist in full, from its bytes on.
func BenchmarkExamples(b *testing.B) {
	lists := shipped(b)
	for name, file := range examples(b) {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				assessed(b, decode(b, data, nil), lists, "full")
			}
		})
	}
}

// BenchmarkFirst opens every shipped checklist and assesses one practice in full: what a single check does, with its
// rules decoded and planned for the first time.
func BenchmarkFirst(b *testing.B) {
	data, err := os.ReadFile(examples(b)["riverbend"])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		assessed(b, decode(b, data, nil), shipped(b), "full")
	}
}

// BenchmarkOpen opens every shipped checklist and readies its rules: compiled ahead of time, and from the files.
func BenchmarkOpen(b *testing.B) {
	for name, library := range map[string]checklist.Library{"compiled": checklist.Shipped(), "files": checklist.Shipped().FromFiles()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				openAll(b, library)
			}
		})
	}
}
