package assess_test

import (
	"strings"
	"testing"
	"time"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
)

// citationsOf are the provisions of a checklist's source.
func citationsOf(t *testing.T, c *checklist.Checklist) *checklist.Citations {
	t.Helper()
	cites, err := checklist.Shipped().Citations(c)
	if err != nil || cites == nil {
		t.Fatalf("%s has no list of citations: %v", c.ID, err)
	}
	return cites
}

// TestCitations holds every shipped checklist against the list of all provisions of its source: nothing is left out
// silently, doubled, invented or labelled otherwise, and what a court has vacated is not asked. The numbers are
// there so that a list that shrinks is noticed.
func TestCitations(t *testing.T) {
	listed := map[string]int{"hipaa": 402, "nist-ai-rmf": 72, "us-state-health-ai": 70, "hipaa-security-nprm": 59}
	asked := map[string]int{"hipaa": 240, "nist-ai-rmf": 72, "us-state-health-ai": 43, "hipaa-security-nprm": 59}
	lists := shipped(t)
	if len(lists) != len(listed) {
		t.Fatalf("%d checklists, and numbers of %d", len(lists), len(listed))
	}
	language := rule.NewLanguage(manifest.Type())
	for _, c := range lists {
		cites := citationsOf(t, c)
		n := 0
		for i := range cites.Provisions {
			if cites.Asks(&cites.Provisions[i]) {
				n++
			}
		}
		if len(cites.Provisions) != listed[c.ID] || n != asked[c.ID] {
			t.Errorf("%s lists %d provisions and answers for %d, and should %d and %d", c.ID, len(cites.Provisions), n, listed[c.ID], asked[c.ID])
		}
		problems, _, err := c.Lint(language, time.Time{}, nil, cites)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Error(p)
		}
	}
}

// TestSubcategoriesOfNIST compares the requirements of the NIST checklist with the 72 subcategories of the framework,
// one to one: their titles, and the profile from which each is asked.
func TestSubcategoriesOfNIST(t *testing.T) {
	c := newest(t, "nist-ai-rmf")
	for _, p := range citationsOf(t, c).Provisions {
		if r, ok := c.Find(p.Cite); !ok || r.Title != p.Title || r.Profile != p.Profile {
			t.Errorf("%s is not %q from %s: %+v", p.Cite, p.Title, p.Profile, r)
		}
	}
}

// TestVacatedTextIsNotTested looks for what was vacated in the rules themselves: no check reads it.
func TestVacatedTextIsNotTested(t *testing.T) {
	rules := 0
	for _, r := range newest(t, "hipaa").All() {
		for i := range r.Checks {
			for _, line := range r.Checks[i].Rules() {
				rules++
				if strings.Contains(line, "reproductive") {
					t.Errorf("%s/%s asks for what was vacated: %s", r.ID, r.Checks[i].ID, line)
				}
			}
		}
	}
	if rules == 0 {
		t.Fatal("no rules to look at")
	}
}
