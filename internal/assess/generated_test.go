package assess_test

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
)

// newMaker makes up practices like the examples.
func newMaker(t testing.TB) *manifesttest.Maker {
	t.Helper()
	var models []*manifest.Doc
	for _, name := range []string{"riverbend", "ready", "first-day"} {
		data, err := os.ReadFile(examples(t)[name])
		if err != nil {
			t.Fatal(err)
		}
		doc, err := manifest.Decode(name, data)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, doc)
	}
	return manifesttest.New(models...)
}

// decode reads a manifest with the files of a made-up practice beside it.
func decode(t testing.TB, data []byte, files map[string]string) *manifest.Doc {
	t.Helper()
	doc, err := manifest.Decode("readiness.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: []byte(content)}
	}
	flow.Derive(doc)
	evidence.Inspect(doc, folder)
	return doc
}

func assessed(t testing.TB, doc *manifest.Doc, lists []*checklist.Checklist, profile checklist.Profile) *assess.Report {
	t.Helper()
	r, err := assess.Run(assess.Input{Doc: doc, Checklists: lists, Profile: profile, AsOf: asOf, Horizon: 60})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestConcurrent assesses made-up practices one by one, and then all at once with the same checklists: the reports must
// be the same. go test -race shows that nothing is shared that changes.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	const n = 16
	want := make([]*assess.Report, n)
	for seed := range want {
		p := maker.Practice(uint64(seed))
		want[seed] = assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for seed := next.Add(1) - 1; seed < n; seed = next.Add(1) - 1 {
				p := maker.Practice(uint64(seed))
				got := assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
				if diff := cmp.Diff(want[seed], got); diff != "" {
					t.Errorf("seed %d (-alone +beside others):\n%s", seed, diff)
				}
			}
		})
	}
	workers.Wait()
}
