package report_test

import (
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

// BenchmarkHostile measures each stage of a check over each document that was made to take long, so that the worst can be
// seen. A document that is refused has no stage but the first.
func BenchmarkHostile(b *testing.B) {
	all := lists(b)
	for _, d := range hostile(b) {
		b.Run(strings.ReplaceAll(d.Name, " ", "-"), func(b *testing.B) { stages(b, d, all) })
	}
}

func stages(b *testing.B, d manifesttest.Document, all []*checklist.Checklist) {
	run := func(name string, stage func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := stage(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("decode", func() error {
		manifest.Decode("readiness.yaml", d.Data)
		return nil
	})
	doc, err := manifest.Decode("readiness.yaml", d.Data)
	if err != nil {
		return
	}
	run("flow", func() error {
		flow.Derive(doc)
		return nil
	})
	evidence.Inspect(doc, fstest.MapFS{})
	var r *assess.Report
	run("assess", func() (err error) {
		r, err = assess.Run(assess.Input{Doc: doc, Checklists: all, Profile: "full", AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
		return err
	})
	if r == nil {
		return
	}
	for _, f := range report.Formats(text.Style{}, outline.Brand{}) {
		run(f.Name, func() error { return f.Render(io.Discard, r) })
	}
}

// hostile are the documents, those like a good example among them.
func hostile(b *testing.B) []manifesttest.Document {
	b.Helper()
	data, err := os.ReadFile("../../examples/ready/readiness.yaml")
	if err != nil {
		b.Fatal(err)
	}
	model, err := manifest.Decode("ready", data)
	if err != nil {
		b.Fatal(err)
	}
	return manifesttest.New(model).Hostile()
}
