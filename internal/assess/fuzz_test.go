package assess_test

import (
	"os"
	"reflect"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// FuzzRun checks whatever manifest comes: the shipped rules must have an answer, the same each time, and the counts must
// add up.
func FuzzRun(f *testing.F) {
	for _, file := range examples(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	maker := newMaker(f)
	for seed := range uint64(8) {
		f.Add(maker.Practice(seed).YAML())
	}
	lists := shipped(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := manifest.Decode("f.yaml", data)
		if err != nil || len(data) > 100_000 {
			return
		}
		flow.Derive(doc)
		evidence.Inspect(doc, nil)
		in := assess.Input{Doc: doc, Checklists: lists, Profile: "full", AsOf: asOf, Horizon: 60}
		r, err := assess.Run(in)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := assess.Run(in); !reflect.DeepEqual(r, again) {
			t.Error("the same manifest gives two reports")
		}
		for _, l := range r.Checklists {
			if n := l.Counts; n.Met+n.Attested+n.Gap+n.Undeclared+n.NotApplicable+n.NotSelected != n.Total {
				t.Errorf("the counts of %s don't add up: %+v", l.ID, n)
			}
		}
	})
}
