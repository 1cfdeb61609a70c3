package checklist

import (
	"fmt"

	"readiness/internal/rule"
	"readiness/internal/source"
)

// A Mutant is a requirement with one of its rules spoilt on purpose. Cases that are worth their name notice.
type Mutant struct {
	Check       string // the check that is spoilt
	What        string // how
	Requirement *Requirement
}

// Mutants spoils each rule of a requirement that is compiled: its condition negated and taken for granted, its when
// negated and dropped.
func (r *Requirement) Mutants(l *rule.Language) ([]Mutant, error) {
	var mutants []Mutant
	for i := range r.Checks {
		for _, spoil := range r.Checks[i].spoils(r.Designation) {
			copied := *r
			copied.Checks = append([]Check(nil), r.Checks...)
			copied.Checks[i].Written = spoil.written
			copied.Checks[i].Safeguard = ""
			copied.Checks[i].When = nil
			if err := copied.Checks[i].compile(l, r.Designation); err != nil {
				return nil, fmt.Errorf("%s/%s, %s: %w", r.ID, r.Checks[i].ID, spoil.what, err)
			}
			mutants = append(mutants, Mutant{r.Checks[i].ID, spoil.what, &copied})
		}
	}
	return mutants, nil
}

type spoil struct {
	what    string
	written Written
}

func (c *Check) spoils(designation string) []spoil {
	assert := c.assert(designation)
	with := func(when, assert string) Written {
		w := c.Written
		w.When, w.Assert, w.Safeguard = source.ScriptAt(when, source.Pos{}), source.ScriptAt(assert, source.Pos{}), source.Script{}
		return w
	}
	when := c.Written.When.Text
	list := []spoil{
		{"assert negated", with(when, "!("+assert.Text+")")},
		{"assert taken for granted", with(when, "true")},
	}
	if when != "" {
		list = append(list, spoil{"when negated", with("!("+when+")", assert.Text)}, spoil{"when dropped", with("", assert.Text)})
	}
	return list
}
