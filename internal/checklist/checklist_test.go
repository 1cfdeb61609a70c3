package checklist_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

const item = `      - id: %ID%
        title: A title
        designation: standard
        severity: medium
        severity_reason: It matters.
        gate: before_launch
        profile: standard
        question: Is it so?
        why: Because.
        checks:
          - {id: c, assert: practice.kind == 'clinic', gap: "the kind is {practice.kind}"}
        fix: {do: Mend it., who: it, effort: hours}
`

const head = `checklist: %ID%
version: 1.0.0
title: T
source: {name: S, edition: "1", status: final}
reviewed_on: 2026-01-01
review_by: 2027-01-01
`

func list(id string, items ...string) string {
	s := strings.ReplaceAll(head, "%ID%", id)
	if len(items) == 0 {
		return s
	}
	s += "sections:\n  - id: s\n    title: S\n    requirements:\n"
	for _, i := range items {
		s += strings.ReplaceAll(item, "%ID%", i)
	}
	return s
}

func library(files map[string]string) checklist.Library {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return checklist.NewLibrary(m)
}

func open(t *testing.T, l checklist.Library, want string) (*checklist.Checklist, error) {
	t.Helper()
	ref, err := l.Resolve(want)
	if err != nil {
		return nil, err
	}
	return l.Open(ref)
}

func TestResolve(t *testing.T) {
	l := library(map[string]string{
		"a/1.0.0.yaml": list("a", "A-1"), "a/1.10.0.yaml": list("a", "A-1"), "a/1.9.0.yaml": list("a", "A-1"), "a/2.0.0.yaml": list("a", "A-1"),
		"a/1.0.0.cases.yaml": "x", "a/penalties.yaml": "x", "b/1.0.0.yaml": list("b", "B-1"),
	})
	for want, got := range map[string]string{"a": "a@2.0.0", "a@1": "a@1.10.0", "a@1.9": "a@1.9.0", "a@1.0.0": "a@1.0.0", "b@1": "b@1.0.0"} {
		ref, err := l.Resolve(want)
		if err != nil || ref.String() != got {
			t.Errorf("%s resolves to %v (%v), want %s", want, ref, err, got)
		}
	}
	for want, message := range map[string]string{
		"a@3": "there is no version 3 of the checklist a; there is 2.0.0, 1.10.0, 1.9.0, 1.0.0",
		"c":   "there is no checklist \"c\"", "a@1.1": "there is no version 1.1 of the checklist a; there is 2.0.0, 1.10.0, 1.9.0, 1.0.0",
	} {
		if _, err := l.Resolve(want); err == nil || !strings.HasPrefix(err.Error(), message) {
			t.Errorf("%s: %v, want %s", want, err, message)
		}
	}
}

// A checklist of one's own that is there and can't be read doesn't give way to another folder's.
func TestUnreadable(t *testing.T) {
	other := fstest.MapFS{"a/1.0.0.yaml": {Data: []byte(list("a", "A-1"))}}
	for _, test := range []struct {
		name string
		own  fstest.MapFS
		want string
	}{
		{"a folder", fstest.MapFS{"a/1.0.0.yaml/x": {}}, "own/a/1.0.0.yaml can't be read: "},
		{"a link that leads nowhere", fstest.MapFS{"a/1.0.0.yaml": {Data: []byte("gone"), Mode: fs.ModeSymlink}}, "own/a/1.0.0.yaml is a link that leads nowhere"},
		{"not there", fstest.MapFS{"a/1.1.0.yaml": {}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := checklist.Library{}.With(test.own, "own").With(other, "")
			_, err := l.Open(checklist.Ref{ID: "a", Version: "1.0.0"})
			if got := fmt.Sprint(err); test.want != "" && !strings.HasPrefix(got, test.want) || test.want == "" && err != nil {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestExtend(t *testing.T) {
	base := list("base", "B-1", "B-2", "B-3")
	own := list("own", "O-1")
	tests := []struct{ name, extends, own, problem string }{
		{"adds, leaves out, tightens", "extends: {of: base@1, leave_out: [{id: B-2, reason: no such thing here}], tighten: [{id: B-3, severity: high, gate: before_phi, profile: core}]}\n", own, ""},
		{"only leaves out", "extends: {of: base@1, leave_out: [{id: B-2, reason: no such thing here}]}\n", list("own"), ""},
		{"an id the base does not have", "extends: {of: base@1, leave_out: [{id: B-9, reason: x}]}\n", own, `base has no requirement "B-9"`},
		{"a reason is needed", "extends: {of: base@1, leave_out: [{id: B-2}]}\n", own, `"reason" is missing`},
		{"a lower severity", "extends: {of: base@1, tighten: [{id: B-2, severity: low}]}\n", own, "B-2 is medium; this would loosen it to low"},
		{"a later gate", "extends: {of: base@1, tighten: [{id: B-2, gate: operating}]}\n", own, "B-2 is due before launch; this would put it off"},
		{"a larger profile", "extends: {of: base@1, tighten: [{id: B-2, profile: full}]}\n", own, "B-2 is asked in the profile standard; this would ask it later"},
		{"the same requirement again", "extends: {of: base@1}\n", list("own", "B-1"), `base has the requirement "B-1" already`},
		{"no such base", "extends: {of: bass@1}\n", own, `there is no checklist "bass"`},
		{"itself", "extends: {of: own@1}\n", own, "a checklist can't extend itself"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := library(map[string]string{"base/1.0.0.yaml": base, "own/1.0.0.yaml": tt.own + tt.extends})
			c, err := open(t, l, "own")
			if tt.problem != "" {
				var problems source.Problems
				if !errors.As(err, &problems) || !strings.HasPrefix(problems[0].Message, tt.problem) || problems[0].Pos.Line == 0 {
					t.Fatalf("got %v, want %s", err, tt.problem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range c.All() {
				got = append(got, r.ID+" "+string(r.Severity)+" "+string(r.Gate)+" "+string(r.Profile))
			}
			want := []string{"B-1 medium before_launch standard", "B-3 high before_phi core", "O-1 medium before_launch standard"}
			if tt.name == "only leaves out" {
				want = []string{"B-1 medium before_launch standard", "B-3 medium before_launch standard"}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("requirements (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]checklist.Omission{{Cite: "B-2", Title: "A title", Reason: "no such thing here"}}, c.NotCovered, cmpopts.IgnoreUnexported(checklist.Omission{})); diff != "" {
				t.Errorf("not covered (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRoom shows that a house list may leave out nearly all that it builds on, tighten all of it, and have as many
// requirements in one section.
func TestRoom(t *testing.T) {
	base, err := open(t, checklist.Shipped(), "hipaa")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	leave, tighten := "", ""
	for _, r := range base.All() {
		ids = append(ids, r.ID)
	}
	if len(ids) <= 100 {
		t.Fatalf("hipaa has %d requirements only", len(ids))
	}
	for _, id := range ids[3:] {
		leave += fmt.Sprintf("    - {id: %q, reason: r}\n", id)
	}
	for _, id := range ids {
		tighten += fmt.Sprintf("    - {id: %q, severity: critical, profile: core}\n", id)
	}
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"leaves out all but three", list("own") + "extends:\n  of: hipaa@1\n  leave_out:\n" + leave, 3},
		{"tightens all", list("own") + "extends:\n  of: hipaa@1\n  tighten:\n" + tighten, len(ids)},
		{"one section", list("own", ids...), len(ids)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := open(t, library(map[string]string{"own/1.0.0.yaml": tt.text}).Join(checklist.Shipped()), "own")
			if err != nil {
				t.Fatal(err)
			}
			if got := len(c.All()); got != tt.want {
				t.Errorf("%d requirements, want %d", got, tt.want)
			}
		})
	}
}

func read(t *testing.T, text string) *checklist.Checklist {
	t.Helper()
	c, err := checklist.Read("c.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDiff(t *testing.T) {
	before := read(t, list("a", "A-1", "A-2", "A-3", "A-4"))
	after := list("a", "A-1", "A-2", "A-3", "A-5")
	after = strings.Replace(after, "practice.kind == 'clinic'", "practice.kind == 'dental'", 1)
	after = strings.Replace(after, "question: Is it so?", "question: Is that so?", 2)
	got := checklist.Diff(before, read(t, after))
	want := []checklist.Change{
		{Kind: "meaning", ID: "A-1", What: []string{"check c"}}, {Kind: "wording", ID: "A-1", What: []string{"question"}},
		{Kind: "wording", ID: "A-2", What: []string{"question"}}, {Kind: "added", ID: "A-5"}, {Kind: "removed", ID: "A-4"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	for _, change := range [][2]string{
		{"severity: medium", "severity: high"}, {"gate: before_launch", "gate: operating"}, {"profile: standard", "profile: full"},
		{"designation: standard", "designation: required"}, {"{id: c, ", "{id: c, basis: practice, "}, {"{id: c, ", "{id: c, when: practice.part2_program, "},
	} {
		got := checklist.Diff(read(t, list("a", "A-1")), read(t, strings.Replace(list("a", "A-1"), change[0], change[1], 1)))
		if len(got) != 1 || got[0].Kind != checklist.Meaning {
			t.Errorf("%s: %v is not a change of meaning", change[1], got)
		}
	}
}

func TestMistakes(t *testing.T) {
	good := list("a", "A-1")
	language := rule.NewLanguage(manifest.Type())
	tests := []struct{ name, from, to, problem string }{
		{"a misspelt field", "practice.kind == 'clinic'", "practice.knd == 'clinic'", `"knd" is not a key here`},
		{"a template with a typo", "{practice.kind}", "{practice.knd}", `in {practice.knd}: "knd" is not a key here`},
		{"an unknown key", "why: Because.", "why: Because.\n        wy: x", `unknown key "wy"`},
		{"a version that is none", "version: 1.0.0", "version: one", `"one" is not a version`},
		{"an unknown severity", "severity: medium", "severity: grave", `"grave" is not one of the words for severity`},
		{"no assert", "assert: practice.kind == 'clinic', ", "", "a check without assert or safeguard"},
		{"not yes or no", "practice.kind == 'clinic'", "practice.kind", "this gives text, and yes or no is needed"},
		{"the same id twice", good[len(good)-1:], "\n" + strings.ReplaceAll(item, "%ID%", "A-1"), `the id "A-1" is used twice`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := good[:len(good)-1] + strings.Replace(good[len(good)-1:], tt.from, tt.to, 1)
			if tt.from != "\n" {
				text = strings.Replace(good, tt.from, tt.to, 1)
			}
			c, err := checklist.Read("c.yaml", []byte(text))
			if err == nil {
				err = c.Compile(language, "full")
			}
			var problems source.Problems
			if !errors.As(err, &problems) || !strings.HasPrefix(problems[0].Message, tt.problem) {
				t.Fatalf("got %v, want %s", err, tt.problem)
			}
			if p := problems[0]; p.Pos.Line < 1 || p.Excerpt == "" {
				t.Errorf("no place: %+v", p)
			}
		})
	}
}
