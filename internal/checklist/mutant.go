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
			copied.Checks[i].raw = spoil.raw
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
	what string
	raw  rawCheck
}

func (c *Check) spoils(designation string) []spoil {
	with := func(change func(*rawCheck)) rawCheck {
		raw := c.raw
		raw.Assert = source.Declare(c.assert(designation), source.Pos{})
		raw.Safeguard = source.Text{}
		change(&raw)
		return raw
	}
	code := func(text string) source.Code {
		return source.Declare(source.ScriptAt(text, source.Pos{}), source.Pos{})
	}
	list := []spoil{
		{"assert negated", with(func(r *rawCheck) { r.Assert = code("!(" + c.assert(designation).Text + ")") })},
		{"assert taken for granted", with(func(r *rawCheck) { r.Assert = code("true") })},
	}
	if when, ok := c.raw.When.Get(); ok {
		list = append(list,
			spoil{"when negated", with(func(r *rawCheck) { r.When = code("!(" + when.Text + ")") })},
			spoil{"when dropped", with(func(r *rawCheck) { r.When = source.Code{} })})
	}
	return list
}
