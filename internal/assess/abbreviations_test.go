package assess_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/checklist"
)

var (
	abbreviation = regexp.MustCompile(`\b[A-Z]{2,}s?\b`)
	// numbered are the sources that are cited by letters and a number, as they are looked up: CFR parts, bills, acts.
	numbered = regexp.MustCompile(`\b(?:\d+ (?:CFR|FR)|(?:[A-Z]{2} )?(?:AB|HB|SB|LB|LD|EO)) \d[\w-]*|\bSHA-256\b`)
	// place is what a gap fills in from the manifest.
	place = regexp.MustCompile(`\{[^}]*\}`)
	// capitals are words, not abbreviations: a name for the reader to fill in, and the functions of the NIST framework,
	// each told in the title of its section.
	capitals = regexp.MustCompile(`NAME OF THE VENDOR|\b(?:GOVERN|MAP|MEASURE|MANAGE): `)
)

// known are the abbreviations that a practice manager meets every day, and the agencies that the texts name as authors.
func known() []string {
	return []string{"AI", "BAA", "BAAs", "CFR", "EHR", "EHRs", "FDA", "HHS", "HIPAA", "NIST", "PHI", "ZIP"}
}

// explained are those that a text may use where the same requirement says what they are, in these words.
func explained() map[string]string {
	return map[string]string{"API": "password for a program"}
}

// TestAbbreviationsAreKnown reads every text of the shipped checklists as a practice manager would.
func TestAbbreviationsAreKnown(t *testing.T) {
	for _, c := range shipped(t) {
		for _, r := range c.All() {
			for _, a := range unexplained(textsOf(r)) {
				t.Errorf("%s, %s: nothing says what %s is", c.ID, r.ID, a)
			}
		}
		texts := []string{c.Title}
		for _, s := range c.Sections {
			texts = append(texts, s.Title)
		}
		for _, o := range c.NotCovered {
			texts = append(texts, o.Title, o.Reason)
		}
		for _, p := range c.LookInto {
			texts = append(texts, p.Title, p.Why)
		}
		for _, a := range unexplained(texts) {
			t.Errorf("%s: nothing says what %s is", c.ID, a)
		}
	}
}

// TestUnexplained shows what is found and what is let pass.
func TestUnexplained(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
		want  []string
	}{
		{"known", []string{"PHI in the EHR needs a BAA"}, nil},
		{"unknown", []string{"Turn on MFA and SSO", "MFA again"}, []string{"MFA", "SSO"}},
		{"unknown in the plural", []string{"Ask the QSOs"}, []string{"QSOs"}},
		{"explained", []string{"Replace API keys", "A key is a password for a program"}, nil},
		{"not explained", []string{"Replace API keys"}, []string{"API"}},
		{"cited by number", []string{"CA AB 3030, SB 26-189, 90 FR 989 and 42 CFR 2.31"}, nil},
		{"a bill without a number", []string{"The AB says so"}, []string{"AB"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, unexplained(test.texts)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// textsOf returns what a report or an explanation prints of a requirement.
func textsOf(r *checklist.Requirement) []string {
	texts := []string{r.Title, r.SeverityReason, r.Question, r.Why, r.Fix.Do, r.DoesNotShow, r.Note}
	texts = append(texts, r.Evidence...)
	for i := range r.Checks {
		texts = append(texts, place.ReplaceAllString(r.Checks[i].Written.Gap.Text, ""))
	}
	return texts
}

// unexplained returns the abbreviations in texts that belong together which a reader can't be expected to know, sorted.
func unexplained(texts []string) []string {
	all := strings.Join(texts, "\n")
	plain := capitals.ReplaceAllString(numbered.ReplaceAllString(all, ""), "")
	var found []string
	for _, a := range abbreviation.FindAllString(plain, -1) {
		words, ok := explained()[a]
		if slices.Contains(known(), a) || ok && strings.Contains(all, words) {
			continue
		}
		found = append(found, a)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
