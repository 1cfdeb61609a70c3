package assess_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"readiness/internal/checklist"
)

// A subcategory of the NIST AI Risk Management Framework, and the profile from which it is asked.
type subcategory struct {
	ID, Title string
	Profile   checklist.Profile
}

// TestSubcategoriesOfNIST holds the newest NIST checklist against the 72 subcategories of the framework.
func TestSubcategoriesOfNIST(t *testing.T) {
	var all struct{ Subcategories []subcategory }
	if err := yaml.Unmarshal(readFile(t, "../../testdata/citations/nist-ai-rmf.yaml"), &all); err != nil {
		t.Fatal(err)
	}
	if n := len(all.Subcategories); n != 72 {
		t.Fatalf("%d subcategories are listed, and the framework has 72", n)
	}
	for _, problem := range unlike(newest(t, "nist-ai-rmf"), all.Subcategories) {
		t.Error(problem)
	}
}

// TestUnlike shows that each kind of mistake is found.
func TestUnlike(t *testing.T) {
	all := []subcategory{{"MAP-1.1", "Purpose", "core"}, {"MAP-1.2", "Team", "full"}}
	purpose := &checklist.Requirement{ID: "MAP-1.1", Title: "Purpose", Profile: "core"}
	team := &checklist.Requirement{ID: "MAP-1.2", Title: "Team", Profile: "full"}
	tests := []struct {
		name         string
		requirements []*checklist.Requirement
		want         []string
	}{
		{"complete", []*checklist.Requirement{purpose, team}, nil},
		{"missing", []*checklist.Requirement{purpose}, []string{"MAP-1.2 is asked 0 times"}},
		{"doubled", []*checklist.Requirement{purpose, team, team}, []string{"MAP-1.2 is asked 2 times"}},
		{"invented", []*checklist.Requirement{purpose, team, {ID: "MAP-9.9"}}, []string{"MAP-9.9 is not a subcategory"}},
		{"another title", []*checklist.Requirement{purpose, {ID: "MAP-1.2", Title: "Crew", Profile: "full"}},
			[]string{`MAP-1.2 is "Crew" from full, and the source says "Team" from full`}},
		{"another profile", []*checklist.Requirement{purpose, {ID: "MAP-1.2", Title: "Team", Profile: "core"}},
			[]string{`MAP-1.2 is "Team" from core, and the source says "Team" from full`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := &checklist.Checklist{Sections: []checklist.Section{{Requirements: test.requirements}}}
			if diff := cmp.Diff(test.want, unlike(c, all)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unlike compares the requirements of a checklist with the subcategories, one to one.
func unlike(c *checklist.Checklist, all []subcategory) []string {
	var problems []string
	known, asked := map[string]subcategory{}, map[string]int{}
	for _, s := range all {
		known[s.ID] = s
	}
	for _, r := range c.All() {
		asked[r.ID]++
		s, ok := known[r.ID]
		switch {
		case !ok:
			problems = append(problems, r.ID+" is not a subcategory")
		case r.Title != s.Title || r.Profile != s.Profile:
			problems = append(problems, fmt.Sprintf("%s is %q from %s, and the source says %q from %s", r.ID, r.Title, r.Profile, s.Title, s.Profile))
		}
	}
	for _, s := range all {
		if asked[s.ID] != 1 {
			problems = append(problems, fmt.Sprintf("%s is asked %d times", s.ID, asked[s.ID]))
		}
	}
	return problems
}
