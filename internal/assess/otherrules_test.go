package assess_test

import (
	"path"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
)

// citations are the provisions a checklist was made from.
type citations struct {
	Own, Pointers []string
	Rules         []provision
}

// A provision is one of them, and where it went.
type provision struct {
	ID, Title, Cite, Confidence string
	Requirements                []string
	LookInto                    string `yaml:"look_into"`
	NotCovered                  string `yaml:"not_covered"`
}

func readCitations(t *testing.T, id string) citations {
	t.Helper()
	var c citations
	if err := yaml.Unmarshal(readFile(t, path.Join("../../testdata/citations", id+".yaml")), &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Rules) == 0 {
		t.Fatal("no provisions")
	}
	return c
}

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

// TestEveryOtherRuleHasAPlace compares us-state-health-ai with the rules it was made from, both ways.
func TestEveryOtherRuleHasAPlace(t *testing.T) {
	c, from := newest(t, "us-state-health-ai"), readCitations(t, "us-state-health-ai")
	claimed := map[string]bool{}
	for _, id := range slices.Concat(from.Own, from.Pointers) {
		claimed[id] = true
	}
	for _, rule := range from.Rules {
		places := slices.Clone(rule.Requirements)
		for _, id := range rule.Requirements {
			r, ok := c.Find(id)
			switch {
			case !ok:
				t.Errorf("%s: there is no requirement %s", rule.ID, id)
			case rule.Confidence == "low":
				t.Errorf("%s is of low confidence, and %s is a requirement", rule.ID, id)
			case r.Confidence != rule.Confidence && !(r.Confidence == "medium" && rule.Confidence == "high"):
				t.Errorf("%s claims %q, and the research on %s says %s", id, r.Confidence, rule.ID, rule.Confidence)
			}
		}
		if rule.LookInto != "" {
			places = append(places, rule.LookInto)
			if !slices.ContainsFunc(c.LookInto, func(p checklist.Pointer) bool { return p.ID == rule.LookInto }) {
				t.Errorf("%s: look_into has no %s", rule.ID, rule.LookInto)
			}
		}
		if rule.NotCovered != "" {
			places = append(places, rule.NotCovered)
			if !slices.ContainsFunc(c.NotCovered, func(o checklist.Omission) bool { return o.Cite == rule.NotCovered }) {
				t.Errorf("%s: not_covered has no %s", rule.ID, rule.NotCovered)
			}
		}
		if len(places) == 0 {
			t.Errorf("%s has no place", rule.ID)
		}
		for _, id := range places {
			claimed[id] = true
		}
	}
	for _, id := range placesOf(c) {
		if !claimed[id] {
			t.Errorf("%s follows from no rule", id)
		}
	}
}

// placesOf are the ids of everything a checklist says: requirements, what to look into, and what is left out.
func placesOf(c *checklist.Checklist) []string {
	var ids []string
	for _, r := range c.All() {
		ids = append(ids, r.ID)
	}
	for _, p := range c.LookInto {
		ids = append(ids, p.ID)
	}
	for _, o := range c.NotCovered {
		ids = append(ids, o.Cite)
	}
	return ids
}

// TestAProposalIsNoLaw compares hipaa-security-nprm with the provisions of the proposal, both ways. A requirement's id
// is the proposed citation. Nothing in it may claim to be in force.
func TestAProposalIsNoLaw(t *testing.T) {
	c, from := newest(t, "hipaa-security-nprm"), readCitations(t, "hipaa-security-nprm")
	if c.Source.Status != "proposed" {
		t.Errorf("its source is %s", c.Source.Status)
	}
	places := placesOf(c)
	for _, rule := range from.Rules {
		if !slices.Contains(places, rule.Cite) {
			t.Errorf("%s (%s) has no place", rule.Cite, rule.ID)
		}
	}
	for _, id := range places {
		known := slices.ContainsFunc(from.Rules, func(p provision) bool { return p.Cite == id })
		if !known && !slices.Contains(from.Own, id) {
			t.Errorf("%s is not among the provisions", id)
		}
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
