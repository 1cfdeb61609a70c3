package checklist_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// lint returns the messages about the checklist a of a library, and whether its rules can be asked.
func lint(t *testing.T, files map[string]string, asOf time.Time) ([]string, bool) {
	t.Helper()
	l := library(files)
	c, err := open(t, l, "a")
	if err != nil {
		t.Fatal(err)
	}
	language := rule.NewLanguage(manifest.Type())
	cites, err := l.Citations(c)
	if err != nil {
		t.Fatal(err)
	}
	problems, ok, err := c.Lint(language, asOf, []string{"b/B-1", "a/A-1"}, cites)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		if !p.Pos.IsValid() || p.Excerpt == "" {
			t.Errorf("no place: %v", p)
		}
		got = append(got, p.Message)
	}
	return got, ok
}

var reviewed = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func TestLint(t *testing.T) {
	text := list("a", "A-1", "A-2")
	text = strings.Replace(text, "assert: practice.kind == 'clinic'", "when: as_of > date('2020-01-01'), assert: 1 == 1", 1)
	text = strings.Replace(text, "why: Because.", "why: Because.\n        maps: [b/B-2, z/Z-1]", 1)
	text = strings.Replace(text, `the kind is {practice.kind}"`, `the kind is {practice.kind}."`, 1)
	got, ok := lint(t, map[string]string{"a/1.0.0.yaml": text}, time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC))
	want := []string{
		"its review was due by 2027-01-01",
		"A-1 maps to b/B-2, which is not there",
		"this when reads nothing of the manifest, so its answer is always the same",
		"this assert reads nothing of the manifest, so its answer is always the same",
		"a gap sentence ends without a full stop",
	}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("problems (-want +got), %v:\n%s", ok, diff)
	}
}

// TestLintGoesOn shows that a rule that can't be read hides nothing else.
func TestLintGoesOn(t *testing.T) {
	text := strings.Replace(list("a", "A-1", "A-2"), "practice.kind == 'clinic'", "practice.knd == 'clinic'", 1)
	text = strings.Replace(text, "why: Because.", "why: Because.\n        maps: [b/B-2]", 1)
	got, ok := lint(t, map[string]string{"a/1.0.0.yaml": text, "a/citations.yaml": provisions("{cite: A-1, title: T}")}, reviewed)
	want := []string{`"knd" is not a key here`, "A-1 maps to b/B-2, which is not there", "A-2 is not a provision of the source"}
	if diff := cmp.Diff(want, got); diff != "" || ok {
		t.Errorf("problems (-want +got), %v:\n%s", ok, diff)
	}
}

// TestLintPointers shows that a rule to look into is held to the same as a check's when.
func TestLintPointers(t *testing.T) {
	for when, want := range map[string][]string{
		"'TX' in practice.states": nil,
		"practice.kind == 'clinic' || vendors.exists(v, v.receives_phi)": nil,
		"practice.kind == 'clinik'":                                      {`"clinik" is not a word that this can be`, "this when can never hold, so nobody is told to look into it"},
		"practice.kind == 'clinic' && practice.kind == 'dental'":         {"this when can never hold, so nobody is told to look into it"},
		"practice.kind == 'clinic' || practice.kind != 'clinic'":         {"this when always holds"},
		"as_of > date('2026-01-01')":                                     {"this when reads nothing of the manifest, so its answer is always the same"},
		"practice.knd == 'clinic'":                                       {`"knd" is not a key here`},
	} {
		t.Run(when, func(t *testing.T) {
			text := list("a", "A-1") + "look_into:\n  - {id: L-1, title: T, why: W, when: \"" + when + "\"}\n  - {id: L-2, title: T, why: W}\n"
			got, _ := lint(t, map[string]string{"a/1.0.0.yaml": text}, reviewed)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			over := list("a", "A-2") + "extends: {of: b@1}\n"
			got, _ = lint(t, map[string]string{"b/1.0.0.yaml": strings.Replace(text, "checklist: a", "checklist: b", 1), "a/1.0.0.yaml": over}, reviewed)
			if want != nil && len(got) > 0 && !strings.Contains(got[0], "not a key") {
				t.Errorf("the checklist that extends it is told of it: %q", got)
			}
		})
	}
}

// TestLintOfParts spoils a checklist line by line. Whatever is left of it can be linted, and every problem has a place.
func TestLintOfParts(t *testing.T) {
	text := list("a", "A-1", "A-2") + "extends:\n  of: b@1\n  leave_out:\n    - id: B-1\n      reason: r\n  tighten:\n    - id: B-2\n      severity: high\n" +
		"not_covered:\n  - cite: A-3\n    title: T\n    reason: r\nlook_into:\n  - id: A-4\n    title: T\n    when: practice.kind == 'clinic'\n    why: W\n"
	language := rule.NewLanguage(manifest.Type())
	lines := strings.SplitAfter(text, "\n")
	read := 0
	for i := range lines {
		key, _, _ := strings.Cut(lines[i], ":")
		for _, instead := range []string{"", key + "x" + strings.TrimPrefix(lines[i], key), key + ":\n", key + ": [1, {}, null]\n", key + ": {a: b}\n", key + ": ~\n", "- null\n"} {
			spoilt := strings.Join(lines[:i], "") + instead + strings.Join(lines[i+1:], "")
			l := library(map[string]string{"b/1.0.0.yaml": list("b", "B-1", "B-2"), "a/1.0.0.yaml": spoilt,
				"a/citations.yaml": provisions("{cite: A-1, title: T, kind: standard, designation: required}", "{cite: A-2, title: T, kind: standard}")})
			c, err := open(t, l, "a")
			if c == nil {
				continue
			}
			read++
			var problems source.Problems
			errors.As(err, &problems)
			cites, err := l.Citations(c)
			if err != nil {
				t.Fatalf("%s\n%v", spoilt, err)
			}
			found, _, err := c.Lint(language, reviewed, []string{"b/B-1", "a/A-1"}, cites)
			if err != nil {
				t.Fatalf("%s\n%v", spoilt, err)
			}
			for _, p := range append(problems, found...) {
				if !p.Pos.IsValid() || p.Message == "" {
					t.Errorf("%s\nno place: %v", spoilt, p)
				}
			}
		}
	}
	if read < 2*len(lines) {
		t.Errorf("%d of %d spoilt checklists could be read", read, 7*len(lines))
	}
}

func provisions(rows ...string) string {
	return "numbering: [A-]\nasked: {kinds: [standard], under: [A-7]}\nprovisions:\n  - " + strings.Join(rows, "\n  - ") + "\n"
}

// TestLintCitations shows that each kind of mistake in what is cited is found.
func TestLintCitations(t *testing.T) {
	all := provisions(
		"{cite: A-1, title: First, kind: standard, designation: n/a}",
		"{cite: A-2, title: Second, kind: standard, designation: n/a}",
		"{cite: A-3, title: Gone, kind: provision, status: vacated}",
		"{cite: A-4, title: Only named, kind: section}",
		"{cite: A-7(b), title: A part, kind: provision}",
		"{cite: A-71, title: No part, kind: provision}",
		"{cite: A-8, title: Rumour, kind: provision, confidence: low}",
		"{cite: A-9, title: Guess, kind: provision, confidence: medium}",
	)
	omit := func(cites ...string) string {
		s := "not_covered:\n"
		for _, c := range cites {
			s += "  - {cite: " + c + ", title: T, reason: none of ours}\n"
		}
		return s
	}
	complete := omit("A-2", "A-3", "A-7(b)")
	also := func(cite string) string {
		return strings.Replace(list("a", "A-1"), "title: A title", "title: A title\n        also: ["+cite+"]", 1)
	}
	label := func(from, to string) string { return strings.Replace(list("a", "A-1"), from, to, 1) }
	tests := []struct {
		name, list string
		want       []string
	}{
		{"complete", list("a", "A-1") + complete, nil},
		{"one looked into", list("a", "A-1") + omit("A-3", "A-7(b)") + "look_into: [{id: A-2, title: T, why: W}]\n", nil},
		{"missing", list("a", "A-1") + omit("A-3"), []string{"A-2 (Second) is neither checked nor left out for a reason", "A-7(b) (A part) is neither checked nor left out for a reason"}},
		{"doubled", also("A-2") + complete, []string{"A-2 is checked, and is left out as well"}},
		{"left out twice", list("a", "A-1") + omit("A-2", "A-3", "A-7(b)", "A-2"), []string{"A-2 is left out twice"}},
		{"invented", also("A-5") + omit("A-2", "A-3", "A-7(b)", "Z-1"), []string{"A-5 is not a provision of the source", "Z-1 is not a provision of the source"}},
		{"mislabelled", label("designation: standard", "designation: required") + complete, []string{"A-1 is labelled required, and the source says standard"}},
		{"vacated", also("A-3") + omit("A-2", "A-7(b)"), []string{"A-3 is vacated, and is checked"}},
		{"low confidence", list("a", "A-1", "A-8") + complete, []string{"what is known of A-8 is of low confidence, and it is checked"}},
		{"more confidence than there is", list("a", "A-1", "A-9") + complete, []string{`A-9 is of medium confidence, and its confidence reads ""`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := lint(t, map[string]string{"a/1.0.0.yaml": test.list, "a/citations.yaml": all}, reviewed)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLintCitationsOfABase shows what a checklist that extends another may cite: what it likes, except what is numbered
// as in the source and isn't there.
func TestLintCitationsOfABase(t *testing.T) {
	base := list("b", "B-1") + "not_covered: [{cite: B-2, title: T, reason: none of ours}]\n"
	cites := strings.ReplaceAll(provisions("{cite: A-1, title: First, kind: standard}", "{cite: A-2, title: Second, kind: standard}"), "A-", "B-")
	extends := "extends: {of: b@1, leave_out: [{id: B-1, reason: not here}]}\n"
	also := strings.Replace(list("a", "OWN-1"), "title: A title", "title: A title\n        also: [B-2, B-22, Another law 7]", 1)
	tests := []struct {
		name, own string
		want      []string
	}{
		{"without a list of its own", "", []string{"B-22 is not a provision of the source"}},
		{"with a list of its own", provisions("{cite: OWN-1, title: Own, kind: standard}", "{cite: OWN-2, title: Own, kind: standard}"),
			[]string{"B-22 is not a provision of the source", "Another law 7 is not a provision of the source", "OWN-2 (Own) is neither checked nor left out for a reason"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"b/1.0.0.yaml": base, "b/citations.yaml": cites, "a/1.0.0.yaml": also + extends}
			if test.own != "" {
				files["a/citations.yaml"] = test.own
			}
			got, _ := lint(t, files, reviewed)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCitationsTwice shows that a list that names a provision twice is refused.
func TestCitationsTwice(t *testing.T) {
	l := library(map[string]string{"a/1.0.0.yaml": list("a", "A-1"), "a/citations.yaml": provisions("{cite: A-1, title: T}", "{cite: A-1, title: T}")})
	c, err := open(t, l, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Citations(c); err == nil || !strings.Contains(err.Error(), "A-1 is listed twice") {
		t.Errorf("got %v", err)
	}
	var none *checklist.Citations
	if got, err := library(map[string]string{"a/1.0.0.yaml": list("a", "A-1")}).Citations(c); err != nil || got != none {
		t.Errorf("got %v, %v, and there is no list", got, err)
	}
}

// TestUnreadableCitations shows that a list that is there and can't be read is not taken for one that isn't there.
func TestUnreadableCitations(t *testing.T) {
	l := library(map[string]string{"a/1.0.0.yaml": list("a", "A-1"), "a/citations.yaml/no": "file"})
	c, err := open(t, l, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Citations(c); err == nil {
		t.Error("a folder is read as a list of no citations")
	}
}
