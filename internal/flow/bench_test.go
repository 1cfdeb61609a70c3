package flow_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

func word(s string) source.Text { return source.Declare(s, source.Pos{}) }
func yes() source.Flag          { return source.Declare(true, source.Pos{}) }
func list(words ...string) []source.Text {
	cells := []source.Text{}
	for _, w := range words {
		cells = append(cells, word(w))
	}
	return cells
}

// large is a manifest far beyond any practice: flows in rounds and knots, a vendor to every fifty systems, a use case to
// every hundred flows. One fact in gaps is missing.
func large(systems, flows, gaps int) *manifest.Doc {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) source.Text {
		if r.IntN(gaps) == 0 {
			return source.Text{}
		}
		return word(words[r.IntN(len(words))])
	}
	day := source.Declare(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), source.Pos{})
	doc := &manifest.Doc{}
	doc.Practice.DataRegions = list("us")
	vendors := systems/50 + 1
	for i := range vendors {
		doc.Vendors = append(doc.Vendors, manifest.Vendor{ID: word(fmt.Sprint("v", i)), Role: pick("ehr"), Plan: manifest.Plan{Tier: pick("api")},
			BAA: manifest.BAA{Status: pick("executed"), EffectiveOn: day, Activation: manifest.Activation{Required: yes(), DoneOn: day},
				Covers: manifest.Cover{Features: list("f"), Models: list("big"), Accounts: list("a")}, Excludes: manifest.Exclusion{Features: list(), Models: list()}},
			Account: pick("a"), ZDR: manifest.ZeroDataRetention{Status: pick("none")}})
	}
	for i := range systems {
		s := manifest.System{ID: word(fmt.Sprint("s", i)), Kind: pick("ehr", "model", "application", "gateway", "scribe"), Status: pick("live"),
			Region: pick("us"), Model: pick("big"), HoldsPHI: yes(), Vendor: word(fmt.Sprint("v", i%vendors))}
		doc.Systems = append(doc.Systems, s)
	}
	for i := range flows/100 + 1 {
		doc.UseCases = append(doc.UseCases, manifest.UseCase{ID: word(fmt.Sprint("u", i)), Kind: pick("visit_note", "scheduling"),
			System: pick(fmt.Sprint("s", r.IntN(systems))), Status: pick("live"), FirstPHIOn: day})
	}
	for i := range flows {
		use := i / 100
		node := func() source.Text { return word(fmt.Sprint("s", (use*20+r.IntN(40))%systems)) }
		f := manifest.DataFlow{ID: word(fmt.Sprint("f", i)), From: node(), To: node(), UseCase: pick(fmt.Sprint("u", use)), PHI: pick("identified"),
			Elements: list("name"), Features: list("f"), ReviewedBy: pick("none", "licensed_clinician"),
			Transport: manifest.Transport{Protocol: pick("https"), Encrypted: yes()}, Authentication: pick("sso")}
		if i%50 == 0 {
			f.To = word("patient")
		}
		doc.DataFlows = append(doc.DataFlows, f)
	}
	return doc
}

// BenchmarkDerive derives a large manifest in which nothing, little or half is left out.
func BenchmarkDerive(b *testing.B) {
	for _, gaps := range []int{1 << 30, 100, 2} {
		doc := large(10_000, 50_000, gaps)
		b.Run(fmt.Sprintf("1in%d", gaps), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				flow.Derive(doc)
			}
		})
	}
}

// TestLargeManifest holds the memory that a large manifest takes, whatever is left out of it. The time is the benchmark's
// to show, because it depends on the machine.
func TestLargeManifest(t *testing.T) {
	for _, gaps := range []int{1 << 30, 100, 2} {
		doc := large(10_000, 50_000, gaps)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		flow.Derive(doc)
		runtime.GC()
		runtime.ReadMemStats(&after)
		kept := int64(after.HeapAlloc-before.HeapAlloc) >> 20
		t.Logf("1 fact in %d left out: %d MB kept of %d MB taken, %d problems, %d outputs", gaps, kept, (after.TotalAlloc-before.TotalAlloc)>>20, len(problems(doc)), len(doc.Outputs))
		if after.HeapAlloc>>20 > 512 {
			t.Errorf("1 fact in %d left out: %d MB are in use, want at most 512", gaps, after.HeapAlloc>>20)
		}
	}
}
