package checklist

import (
	"fmt"
	"slices"

	"readiness/internal/source"
)

// extend lays a checklist over the one it extends: the base's requirements come first, without those left out and
// with those that are tightened. Nothing can be loosened, so nobody can weaken a checklist in silence.
func (l Library) extend(c *Checklist) error {
	of := c.extends.Of
	ref, err := l.Resolve(of.Or(""))
	if err != nil {
		return source.Problems{c.file.Problem(of.Pos(), err.Error(), "")}
	}
	if ref.ID == c.ID {
		return source.Problems{c.file.Problem(of.Pos(), "a checklist can't extend itself", "give this one an id of its own")}
	}
	base, err := l.Open(ref)
	if err != nil {
		return err
	}
	if base.Base != nil {
		return source.Problems{c.file.Problem(of.Pos(), fmt.Sprintf("%s extends another checklist already", ref), "extend that one directly")}
	}
	e := extender{base: base, over: c, left: map[string]*leftOut{}, tight: map[string]*tightening{}}
	e.read()
	e.merge()
	return e.problems.Err()
}

type extender struct {
	base, over *Checklist
	left       map[string]*leftOut // by requirement
	tight      map[string]*tightening
	problems   source.Problems
}

func (e *extender) report(cell source.Text, message, hint string) {
	e.problems = append(e.problems, e.over.file.Problem(cell.Pos(), message, hint))
}

// read takes what the extension says, and reports ids that the base doesn't have.
func (e *extender) read() {
	for i := range e.over.extends.LeaveOut {
		if x := &e.over.extends.LeaveOut[i]; x.ID.Declared() && e.known(x.ID) {
			e.left[x.ID.Or("")] = x
		}
	}
	for i := range e.over.extends.Tighten {
		if x := &e.over.extends.Tighten[i]; x.ID.Declared() && e.known(x.ID) {
			e.tight[x.ID.Or("")] = x
		}
	}
}

func (e *extender) known(id source.Text) bool {
	if _, ok := e.base.Find(id.Or("")); ok {
		return true
	}
	var ids []string
	for _, r := range e.base.All() {
		ids = append(ids, r.ID)
	}
	e.report(id, fmt.Sprintf("%s has no requirement %q", e.base.ID, id.Or("")), source.Suggest(id.Or(""), ids))
	return false
}

// merge puts the base's sections before the extension's own.
func (e *extender) merge() {
	var sections []Section
	for _, s := range e.base.Sections {
		kept := Section{ID: s.ID, Title: s.Title}
		for _, r := range s.Requirements {
			if x := e.left[r.ID]; x != nil {
				e.over.NotCovered = append(e.over.NotCovered, Omission{r.ID, r.Title, x.Reason.Or(""), x.ID.Pos()})
				continue
			}
			if x := e.tight[r.ID]; x != nil {
				copied := *r // the base stays as it was read
				r = &copied
				e.tighten(r, x)
			}
			kept.Requirements = append(kept.Requirements, r)
		}
		if len(kept.Requirements) > 0 {
			sections = append(sections, kept)
		}
	}
	for _, s := range e.over.Sections {
		for _, r := range s.Requirements {
			if _, twice := e.base.Find(r.ID); twice && e.left[r.ID] == nil {
				e.problems = append(e.problems, e.over.file.Problem(r.Pos, fmt.Sprintf("%s has the requirement %q already", e.base.ID, r.ID),
					"give yours another id, or leave the other out with a reason"))
			}
		}
	}
	e.over.Sections = append(sections, e.over.Sections...)
	e.over.NotCovered = append(e.over.NotCovered, e.base.NotCovered...)
	e.over.LookInto = append(slices.Clone(e.base.LookInto), e.over.LookInto...)
	e.over.Base = e.base
}

// tighten makes a requirement weigh more or be due earlier.
func (e *extender) tighten(r *Requirement, x *tightening) {
	if severity := Severity(x.Severity.Or(string(r.Severity))); severity.Rank() > r.Severity.Rank() {
		e.report(x.Severity, fmt.Sprintf("%s is %s; this would loosen it to %s", r.ID, r.Severity, severity), "a requirement can only be tightened")
	} else {
		r.Severity = severity
	}
	if gate := Gate(x.Gate.Or(string(r.Gate))); gate.Rank() > r.Gate.Rank() {
		e.report(x.Gate, fmt.Sprintf("%s is due %s; this would put it off", r.ID, r.Gate.When()), "a requirement can only be tightened")
	} else {
		r.Gate = gate
	}
	if profile := Profile(x.Profile.Or(string(r.Profile))); !r.Profile.Includes(profile) {
		e.report(x.Profile, fmt.Sprintf("%s is asked in the profile %s; this would ask it later", r.ID, r.Profile), "a requirement can only be tightened")
	} else {
		r.Profile = profile
	}
}
