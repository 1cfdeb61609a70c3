package assess

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// A Trial is what came of the cases of a checklist.
type Trial struct {
	Failures source.Problems
	Seen     map[string][]Outcome // the outcomes each check had that a case asked for, by requirement/check
}

// Try runs the cases of a checklist, compiled for every profile, on the manifest they start from. folder is that
// manifest's own, with its evidence.
func Try(c *checklist.Checklist, cases *checklist.Cases, base *source.Tree, folder fs.FS) *Trial {
	t := &Trial{Seen: map[string][]Outcome{}}
	for _, test := range cases.Cases {
		report, problem := run(c, cases, test, base, folder)
		if problem != "" {
			t.fail(test, problem)
			continue
		}
		t.compare(test, report)
	}
	return t
}

// Unseen reports the checks that no case shows met, gap and undeclared.
func (t *Trial) Unseen(c *checklist.Checklist) source.Problems {
	var problems source.Problems
	for _, r := range c.Own() {
		for _, check := range r.Checks {
			if p := t.unseen(r.ID + "/" + check.ID); p.Message != "" {
				p.Pos = check.Pos
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// unseen says which outcomes of a check the cases never ask for and get; nothing when they show them all.
func (t *Trial) unseen(id string) source.Problem {
	seen := t.Seen[id]
	var never []string
	for _, want := range []Outcome{Met, Gap, Undeclared} {
		if !slices.Contains(seen, want) {
			never = append(never, string(want))
		}
	}
	switch {
	case len(never) == 0:
		return source.Problem{}
	case len(seen) > 0 && len(never) == 3:
		return source.Problem{Message: id + " does not apply in any case, so none shows that it works", Hint: "add cases in which its when holds"}
	}
	return source.Problem{Message: fmt.Sprintf("no case shows %s %s", id, strings.Join(never, " or ")), Hint: "add a case whose want names it with that outcome"}
}

// run assesses one case. The second result is a mistake in the case, or a rule that fails on it.
func run(c *checklist.Checklist, cases *checklist.Cases, test checklist.Case, base *source.Tree, folder fs.FS) (*Report, string) {
	doc, problem := prepare(test, base, folder)
	if problem != "" {
		return nil, problem
	}
	report, err := Run(Input{Doc: doc, Checklists: []*checklist.Checklist{c}, Profile: "full", AsOf: cases.AsOf})
	if err != nil {
		return nil, err.Error()
	}
	return report, ""
}

// prepare makes the manifest of a case. The second result is a mistake in the case itself.
func prepare(test checklist.Case, base *source.Tree, folder fs.FS) (*manifest.Doc, string) {
	tree := base.Overlay(test.With)
	for _, path := range test.Without {
		var err error
		if tree, err = tree.Without(manifest.Type(), path); err != nil {
			return nil, err.Error()
		}
	}
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		return nil, "its manifest is not valid: " + err.Error()
	}
	flow.Derive(doc)
	evidence.Inspect(doc, folder)
	return doc, ""
}

func (t *Trial) compare(test checklist.Case, report *Report) {
	got := map[string]Outcome{}
	for i := range report.Requirements {
		q := &report.Requirements[i]
		got[q.Citation] = q.Outcome
		for _, check := range q.Checks {
			id := q.Citation + "/" + check.ID
			got[id] = check.Outcome
			asked := test.Want[id] != "" || len(q.Checks) == 1 && test.Want[q.Citation] != "" || test.Want[q.Citation] == string(Met)
			if asked {
				t.Seen[id] = append(t.Seen[id], check.Outcome)
			}
		}
	}
	ids := make([]string, 0, len(test.Want))
	for id := range test.Want {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		want := Outcome(test.Want[id])
		switch outcome, ok := got[id]; {
		case !ok:
			t.fail(test, fmt.Sprintf("there is no requirement or check %s", id))
		case outcome != want:
			t.fail(test, fmt.Sprintf("%s is %s, and %s is wanted%s", id, outcome, want, explain(report, id)))
		}
	}
}

// explain says why an outcome is what it is.
func explain(report *Report, id string) string {
	var why []string
	for i := range report.Requirements {
		q := &report.Requirements[i]
		for _, check := range q.Checks {
			if q.Citation != id && q.Citation+"/"+check.ID != id {
				continue
			}
			for _, r := range check.Results {
				if r.Outcome.Open() {
					why = append(why, fmt.Sprintf("%s %s %s: %s%s", check.ID, r.Subject, r.Outcome, r.Message, missingPaths(r)))
				}
			}
		}
	}
	if len(why) == 0 {
		return ""
	}
	return " (" + strings.Join(why[:min(len(why), 3)], "; ") + ")"
}

func missingPaths(r Result) string {
	var paths []string
	for _, m := range r.Missing {
		paths = append(paths, m.Path)
	}
	return strings.Join(paths, ", ")
}

func (t *Trial) fail(test checklist.Case, message string) {
	t.Failures = append(t.Failures, source.Problem{Pos: test.Pos, Message: fmt.Sprintf("case %q: %s", test.Name, message)})
}
