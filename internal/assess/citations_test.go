package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"readiness/internal/checklist"
)

// citation is one provision of a source, as checklists/hipaa/citations.yaml lists it.
type citation struct{ Cite, Title, Kind, Designation, Status string }

// asked reports whether a checklist has to say what it does about the provision: check it, or leave it out for a
// stated reason. These are the standards and specifications, the general rules of the Security Rule, the content of a
// business associate contract, and what is still printed and not law.
func (c citation) asked() bool {
	return c.Kind == "standard" || c.Kind == "specification" || c.Status == "vacated" ||
		under(c.Cite, "164.306") || under(c.Cite, "164.504(e)(2)")
}

// under reports whether a citation is a provision or a part of it.
func under(cite, provision string) bool {
	rest, ok := strings.CutPrefix(cite, provision)
	return ok && (rest == "" || rest[0] == '(')
}

// designation is how a checklist has to label the provision.
func (c citation) designation() string {
	if c.Designation == "n/a" {
		return "standard"
	}
	return c.Designation
}

// TestCitationsOfHIPAA holds the newest HIPAA checklist against the list of all provisions: nothing is left out
// silently, nothing is invented, and what a court has vacated is not asked.
func TestCitationsOfHIPAA(t *testing.T) {
	all := listOfCitations(t, "../../checklists/hipaa/citations.yaml", 402)
	for _, problem := range uncited(newest(t, "hipaa"), all) {
		t.Error(problem)
	}
}

// TestUncited shows that each kind of mistake is found.
func TestUncited(t *testing.T) {
	all := []citation{
		{"164.308(a)(2)", "Assigned security responsibility", "standard", "required", ""},
		{"164.306(b)", "Flexibility of approach", "provision", "n/a", ""},
		{"164.400", "Applicability", "section", "n/a", ""},
		{"164.502(a)(5)(iii)", "Reproductive health care", "provision", "n/a", "vacated"},
	}
	requirement := func(id, designation string, also ...string) *checklist.Requirement {
		return &checklist.Requirement{ID: id, Designation: designation, Also: also}
	}
	vacated := checklist.Omission{Cite: "164.502(a)(5)(iii)"}
	flexibility := checklist.Omission{Cite: "164.306(b)"}
	tests := []struct {
		name         string
		requirements []*checklist.Requirement
		omissions    []checklist.Omission
		want         []string
	}{
		{"complete", []*checklist.Requirement{requirement("164.308(a)(2)", "required")}, []checklist.Omission{flexibility, vacated}, nil},
		{"left out", []*checklist.Requirement{requirement("164.308(a)(2)", "required")}, []checklist.Omission{vacated},
			[]string{"164.306(b) is neither checked nor left out for a reason"}},
		{"both", []*checklist.Requirement{requirement("164.308(a)(2)", "required", "164.306(b)")}, []checklist.Omission{flexibility, vacated},
			[]string{"164.306(b) is checked, and is left out as well"}},
		{"left out twice", []*checklist.Requirement{requirement("164.308(a)(2)", "required")}, []checklist.Omission{flexibility, vacated, vacated},
			[]string{"164.502(a)(5)(iii) is left out twice"}},
		{"invented", []*checklist.Requirement{requirement("164.308(a)(2)", "required", "164.399")},
			[]checklist.Omission{flexibility, vacated, {Cite: "164.400(z)"}},
			[]string{"164.399 is not a provision of the source", "164.400(z) is not a provision of the source"}},
		{"another designation", []*checklist.Requirement{requirement("164.308(a)(2)", "addressable")}, []checklist.Omission{flexibility, vacated},
			[]string{"164.308(a)(2) is labelled addressable, and the source says required"}},
		{"vacated", []*checklist.Requirement{requirement("164.308(a)(2)", "required", "164.502(a)(5)(iii)")}, []checklist.Omission{flexibility},
			[]string{"164.502(a)(5)(iii) is vacated, and is checked"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := &checklist.Checklist{Sections: []checklist.Section{{Requirements: test.requirements}}, NotCovered: test.omissions}
			if diff := cmp.Diff(test.want, uncited(c, all)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// uncited compares the citations of a checklist with all provisions of its source.
func uncited(c *checklist.Checklist, all []citation) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	known := map[string]citation{}
	for _, p := range all {
		known[p.Cite] = p
	}
	checked, omitted := map[string]bool{}, map[string]bool{}
	for _, r := range c.All() {
		for _, cite := range slices.Concat([]string{r.ID}, r.Also) {
			checked[cite] = true
			if _, ok := known[cite]; !ok {
				report("%s is not a provision of the source", cite)
			}
		}
		if p, ok := known[r.ID]; ok && r.Designation != p.designation() {
			report("%s is labelled %s, and the source says %s", r.ID, r.Designation, p.designation())
		}
	}
	for _, o := range c.NotCovered {
		if omitted[o.Cite] {
			report("%s is left out twice", o.Cite)
		}
		omitted[o.Cite] = true
		if _, ok := known[o.Cite]; !ok {
			report("%s is not a provision of the source", o.Cite)
		}
	}
	for _, p := range all {
		switch {
		case p.Status == "vacated" && checked[p.Cite]:
			report("%s is vacated, and is checked", p.Cite)
		case checked[p.Cite] && omitted[p.Cite]:
			report("%s is checked, and is left out as well", p.Cite)
		case p.asked() && !checked[p.Cite] && !omitted[p.Cite]:
			report("%s is neither checked nor left out for a reason", p.Cite)
		}
	}
	return problems
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

// listOfCitations reads a list of provisions and makes sure that none is missing or listed twice.
func listOfCitations(t *testing.T, name string, want int) []citation {
	t.Helper()
	var groups map[string][]citation
	if err := yaml.Unmarshal(readFile(t, name), &groups); err != nil {
		t.Fatal(err)
	}
	var all []citation
	seen := map[string]bool{}
	for _, group := range groups {
		for _, c := range group {
			if seen[c.Cite] || c.Cite == "" {
				t.Fatalf("%s: the citation %q is listed twice or empty", name, c.Cite)
			}
			seen[c.Cite] = true
			all = append(all, c)
		}
	}
	if len(all) != want {
		t.Fatalf("%s lists %d provisions, and there are %d", name, len(all), want)
	}
	slices.SortFunc(all, func(a, b citation) int { return strings.Compare(a.Cite, b.Cite) })
	return all
}
