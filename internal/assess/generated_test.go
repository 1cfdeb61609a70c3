package assess_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
	"readiness/internal/redact"
	"readiness/internal/rule"
	"readiness/internal/source"
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
	return derived(doc, files)
}

// derived adds what follows from the data flows and the files.
func derived(doc *manifest.Doc, files map[string]string) *manifest.Doc {
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

// TestBrief compares brief reports with whole ones: nothing may differ but what explains the outcomes.
func TestBrief(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	explanations := cmp.Options{
		cmpopts.IgnoreFields(assess.Report{}, "First", "Exceptions", "Attestations", "Documents", "Inventory", "Upcoming", "Notices", "NotAssessed", "Penalties"),
		cmpopts.IgnoreFields(assess.Requirement{}, "Checks"),
	}
	for seed := range uint64(20) {
		p := maker.Practice(seed)
		in := assess.Input{Doc: decode(t, p.YAML(), p.Files), Checklists: lists, Profile: "full", AsOf: asOf}
		whole, err := assess.Run(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Brief = true
		brief, err := assess.Run(in)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole, brief, explanations); diff != "" {
			t.Errorf("seed %d (-whole +brief):\n%s", seed, diff)
		}
		if n := len(brief.First) + len(brief.Inventory.Systems) + len(brief.Documents); n > 0 {
			t.Errorf("seed %d: %d things explain a brief report", seed, n)
		}
	}
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

// outcomesOf are the outcomes of requirements and of all checks of all subjects, without what is said about them.
func outcomesOf(r *assess.Report) map[string]assess.Outcome {
	out := map[string]assess.Outcome{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		out[q.ID] = q.Outcome
		for _, c := range q.Checks {
			for _, res := range c.Results {
				out[q.ID+"/"+c.ID+" "+res.Subject] = res.Outcome
			}
		}
	}
	return out
}

// TestMadeUpSilenceNeverHelps leaves values out of made-up practices, one at a time: nothing that was open may become
// met or not applicable by it. See TestSilenceNeverHelps for every value of the examples.
func TestMadeUpSilenceNeverHelps(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	for seed := range uint64(12) {
		p := maker.Practice(seed)
		r := rand.New(rand.NewPCG(seed, 2))
		tree, err := source.Parse("readiness.yaml", p.YAML())
		if err != nil {
			t.Fatal(err)
		}
		before := assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
		paths := leaves(t, tree)
		for range 15 {
			path := paths[r.IntN(len(paths))]
			less, err := tree.Without(manifest.Type(), path)
			if err != nil {
				t.Fatalf("seed %d: %s: %v", seed, path, err)
			}
			doc, err := manifest.DecodeTree(less)
			if err != nil {
				continue // not valid any more, so nothing is met
			}
			after := assessed(t, derived(doc, p.Files), lists, "full")
			for i, q := range before.Requirements {
				if now := after.Requirements[i]; q.Outcome.Open() && !now.Outcome.Open() {
					t.Errorf("seed %d: without %s, %s goes from %s to %s", seed, path, q.ID, q.Outcome, now.Outcome)
				}
			}
		}
	}
}

// TestExceptionsChangeNoOutcome accepts everything that is open.
func TestExceptionsChangeNoOutcome(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	accepted := 0
	for seed := range uint64(12) {
		p := maker.Practice(seed)
		doc := decode(t, p.YAML(), p.Files)
		if len(doc.People) == 0 {
			continue // nobody to accept anything
		}
		doc.Exceptions = nil
		before := assessed(t, doc, lists, "full")
		at := source.Pos{File: "readiness.yaml", Line: 1, Col: 1}
		for _, q := range before.Requirements {
			doc.Exceptions = append(doc.Exceptions, manifest.Exception{
				Requirement: source.Declare(q.ID, at), Reason: source.Declare("we know", at), ApprovedBy: doc.People[0].ID,
				ApprovedOn: source.Declare(asOf, at),
				ExpiresOn:  source.Declare(asOf.AddDate(0, 1, 0), at),
			})
		}
		after := assessed(t, doc, lists, "full")
		if diff := cmp.Diff(outcomesOf(before), outcomesOf(after)); diff != "" {
			t.Errorf("seed %d (-without +with exceptions):\n%s", seed, diff)
		}
		if diff := cmp.Diff(before.Counts, after.Counts); diff != "" {
			t.Errorf("seed %d: the counts change (-without +with exceptions):\n%s", seed, diff)
		}
		for _, e := range after.Exceptions {
			if e.InForce {
				accepted++
			}
		}
	}
	if accepted < 100 {
		t.Errorf("only %d exceptions were in force", accepted)
	}
}

// extraGap is a checklist with one requirement, which no practice of the examples' kind meets.
const extraGap = `checklist: extra
version: 1.0.0
title: T
source: {name: S, edition: "1", status: final}
reviewed_on: 2026-01-01
review_by: 2027-01-01
sections:
  - id: s
    title: S
    requirements:
      - {id: E, title: T, designation: standard, severity: SEVERITY, severity_reason: r, gate: GATE, profile: core, question: q, why: w,
         checks: [{id: c, assert: practice.name == 'nobody', gap: g}], fix: {do: d, who: it, effort: hours}}
`

// TestGapNeverHelps adds one gap, at each gate and of each severity, to made-up practices: no verdict may get better,
// no count of what is open smaller, and no failing run may pass.
func TestGapNeverHelps(t *testing.T) {
	t.Parallel()
	lists, maker := usual(t), newMaker(t)
	language := rule.NewLanguage(manifest.Type())
	for _, gate := range checklist.Gates {
		for _, severity := range checklist.Severities {
			extra, err := checklist.Read("extra/1.0.0.yaml", []byte(strings.NewReplacer("SEVERITY", string(severity), "GATE", string(gate)).Replace(extraGap)))
			if err != nil {
				t.Fatal(err)
			}
			if err := extra.Compile(language, "core"); err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(6) {
				p := maker.Practice(seed)
				doc := decode(t, p.YAML(), p.Files)
				before := assessed(t, doc, lists, "core")
				after := assessed(t, doc, append(slices.Clone(lists), extra), "core")
				notBetter(t, fmt.Sprintf("seed %d, a %s gap %s", seed, severity, gate), before, after)
				for _, v := range after.Verdicts {
					if v.Gate == gate && v.Ready {
						t.Errorf("seed %d: with a %s gap, %s is ready", seed, severity, gate)
					}
				}
			}
		}
	}
}

// TestUndoneSafeguardNeverHelps declares safeguards of made-up practices not implemented, one at a time.
func TestUndoneSafeguardNeverHelps(t *testing.T) {
	t.Parallel()
	lists, maker := usual(t), newMaker(t)
	for seed := range uint64(6) {
		p := maker.Practice(seed)
		tree, err := source.Parse("readiness.yaml", p.YAML())
		if err != nil {
			t.Fatal(err)
		}
		before := assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
		for _, path := range leaves(t, tree) {
			if !strings.HasPrefix(path, "safeguards.") || !strings.HasSuffix(path, ".status") || len(path)%4 != 0 { // some of them
				continue
			}
			worse, err := tree.With(manifest.Type(), path, "not_implemented")
			if err != nil {
				t.Fatal(err)
			}
			doc, err := manifest.DecodeTree(worse)
			if err != nil {
				t.Fatal(err)
			}
			notBetter(t, fmt.Sprintf("seed %d, %s", seed, path), before, assessed(t, derived(doc, p.Files), lists, "full"))
		}
	}
}

// notBetter wants no verdict of after to be better than before's.
func notBetter(t *testing.T, what string, before, after *assess.Report) {
	t.Helper()
	for i, v := range before.Verdicts {
		now := after.Verdicts[i]
		if v.Due != now.Due || !v.Ready && now.Ready || openings(now) < openings(v) {
			t.Errorf("%s: the verdict on %s goes from %+v to %+v", what, v.Gate, v, now)
		}
	}
	for _, severity := range checklist.Severities {
		if before.Fails(severity) && !after.Fails(severity) {
			t.Errorf("%s: --fail-on %s failed, and passes now", what, severity)
		}
	}
}

func openings(v assess.Verdict) int {
	n := 0
	for _, o := range v.Open {
		n += o.Gap + o.Undeclared
	}
	return n
}

// TestWritingChangesNothing writes made-up practices with their keys and items in another order, and in another style.
func TestWritingChangesNothing(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	for seed := range uint64(20) {
		p := maker.Practice(seed)
		before := assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
		after := assessed(t, decode(t, p.Otherwise(seed), p.Files), lists, "full")
		if diff := cmp.Diff(outcomesOf(before), outcomesOf(after)); diff != "" {
			t.Errorf("seed %d (-as usual +written otherwise):\n%s", seed, diff)
		}
		if diff := cmp.Diff(before.Verdicts, after.Verdicts); diff != "" {
			t.Errorf("seed %d: the verdicts change (-as usual +written otherwise):\n%s", seed, diff)
		}
	}
}

// TestRedactionChangesNoOutcome takes the people out of the reports of made-up practices.
func TestRedactionChangesNoOutcome(t *testing.T) {
	t.Parallel()
	lists, maker := shipped(t), newMaker(t)
	for seed := range uint64(12) {
		p := maker.Practice(seed)
		before := assessed(t, decode(t, p.YAML(), p.Files), lists, "full")
		after := redact.Report(before)
		for i := range before.Requirements {
			q, now := before.Requirements[i], after.Requirements[i]
			if q.ID != now.ID || q.Outcome != now.Outcome || q.Accepted != now.Accepted || q.Assurance != now.Assurance {
				t.Errorf("seed %d: %s goes from %s to %s", seed, q.ID, q.Outcome, now.Outcome)
			}
			for n := range q.Checks {
				for k := range q.Checks[n].Results {
					a, b := q.Checks[n].Results[k], now.Checks[n].Results[k]
					if a.Outcome != b.Outcome || a.Fingerprint != b.Fingerprint {
						t.Errorf("seed %d: %s/%s of %s goes from %s to %s", seed, q.ID, q.Checks[n].ID, a.Subject, a.Outcome, b.Outcome)
					}
				}
			}
		}
		if diff := cmp.Diff(before.Verdicts, after.Verdicts); diff != "" {
			t.Errorf("seed %d: the verdicts change (-before +after):\n%s", seed, diff)
		}
		if diff := cmp.Diff(before.Counts, after.Counts); diff != "" {
			t.Errorf("seed %d: the counts change (-before +after):\n%s", seed, diff)
		}
	}
}
