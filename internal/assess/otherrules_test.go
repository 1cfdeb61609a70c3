package assess_test

import (
	"slices"
	"testing"
	"time"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// newest returns the newest version of a shipped checklist.
func newest(t *testing.T, id string) *checklist.Checklist {
	t.Helper()
	for _, c := range shipped(t) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("there is no checklist %s", id)
	return nil
}

// TestLookInto finds what us-state-health-ai points to among the rules it was made from.
func TestLookInto(t *testing.T) {
	c := newest(t, "us-state-health-ai")
	cites := citationsOf(t, c)
	for _, p := range c.LookInto {
		if cites.Find(p.ID) == nil {
			t.Errorf("%s follows from no rule", p.ID)
		}
	}
}

// TestAProposalIsNoLaw holds that nothing in hipaa-security-nprm claims to be in force.
func TestAProposalIsNoLaw(t *testing.T) {
	c := newest(t, "hipaa-security-nprm")
	if c.Source.Status != "proposed" {
		t.Errorf("its source is %s", c.Source.Status)
	}
	for _, r := range c.All() {
		if r.Designation != "proposed" {
			t.Errorf("%s is %s", r.ID, r.Designation)
		}
	}
}

// TestALawStartsOnItsDay runs Colorado's law on the last day before it takes effect and on the first day after.
func TestALawStartsOnItsDay(t *testing.T) {
	const id = "us-state-health-ai/CO-SB-26-189"
	c := newest(t, "us-state-health-ai")
	tree, err := parse(t, examples(t)["ready"]).With(manifest.Type(), "practice.states", "[CO]")
	if err != nil {
		t.Fatal(err)
	}
	if tree, err = tree.With(manifest.Type(), "use_cases[visit-notes].influence", "coverage"); err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	evidence.Inspect(doc, nil)
	first := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for day, want := range map[time.Time]assess.Outcome{first.AddDate(0, 0, -1): assess.NotApplicable, first: assess.Met} {
		r, err := assess.Run(assess.Input{Doc: doc, Checklists: []*checklist.Checklist{c}, Profile: "full", AsOf: day, Horizon: 60})
		if err != nil {
			t.Fatal(err)
		}
		q, ok := r.Find(id)
		if !ok || q.Outcome != want {
			t.Errorf("on %s it is %s, and %s is wanted", day.Format(time.DateOnly), q.Outcome, want)
		}
		announced := slices.ContainsFunc(r.Upcoming, func(d assess.Due) bool { return d.On == "2027-01-01" && d.Path == "" })
		if announced != day.Before(first) {
			t.Errorf("on %s, announced: %v", day.Format(time.DateOnly), announced)
		}
	}
}
