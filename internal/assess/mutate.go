package assess

import (
	"fmt"
	"io/fs"
	"strings"

	"readiness/internal/checklist"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// Survivors spoils each rule of a checklist in turn and returns the spoilt rules that no case notices. c must be
// compiled for every profile, and its cases must come out as written.
func Survivors(c *checklist.Checklist, cases *checklist.Cases, base *source.Tree, folder fs.FS, l *rule.Language) ([]checklist.Mutant, error) {
	var trials []trial
	for _, test := range cases.Cases {
		doc, problem := prepare(test, base, folder)
		if problem != "" {
			return nil, fmt.Errorf("case %q: %s", test.Name, problem)
		}
		trials = append(trials, trial{test, newAssessor(Input{Doc: doc, Profile: "full", AsOf: cases.AsOf})})
	}
	var survivors []checklist.Mutant
	for _, r := range c.Own() {
		mutants, err := r.Mutants(l)
		if err != nil {
			return nil, err
		}
		for _, m := range mutants {
			noticed, err := anyNotices(trials, c, m)
			if err != nil {
				return nil, fmt.Errorf("%s/%s, %s: %w", r.ID, m.Check, m.What, err)
			}
			if !noticed {
				survivors = append(survivors, m)
			}
		}
	}
	return survivors, nil
}

// A trial is a case with its manifest ready to be assessed again and again.
type trial struct {
	test     checklist.Case
	assessor *assessor
}

func anyNotices(trials []trial, c *checklist.Checklist, m checklist.Mutant) (bool, error) {
	for _, t := range trials {
		if noticed, err := t.notices(c, m); noticed || err != nil {
			return noticed, err
		}
	}
	return false, nil
}

// notices reports whether a case's wants of the mutant's requirement no longer hold.
func (t trial) notices(c *checklist.Checklist, m checklist.Mutant) (bool, error) {
	r := m.Requirement
	var q *Requirement
	for id, want := range t.test.Want {
		if id != r.ID && !strings.HasPrefix(id, r.ID+"/") {
			continue
		}
		if q == nil {
			fresh := newRequirement(c, checklist.Section{}, r)
			q = &fresh
			if err := t.assessor.requirement(q, r); err != nil {
				return false, err
			}
		}
		if outcomeOf(q, id) != Outcome(want) {
			return true, nil
		}
	}
	return false, nil
}

// outcomeOf is the outcome of a requirement, or of its check that id names.
func outcomeOf(q *Requirement, id string) Outcome {
	for _, c := range q.Checks {
		if id == q.Citation+"/"+c.ID {
			return c.Outcome
		}
	}
	return q.Outcome
}
