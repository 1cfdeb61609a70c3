package checklist

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"readiness/internal/rule"
	"readiness/internal/source"
)

// Lint reports what is doubtful about a checklist that can be read: rules that read nothing, maps that lead nowhere, a
// review that is overdue, sentences without their subject. asOf is the day of the lint; known are the requirements of
// the library, as checklist/id, in which maps are looked up.
func (c *Checklist) Lint(l *rule.Language, asOf time.Time, known []string) (source.Problems, error) {
	if err := c.Compile(l, "full"); err != nil {
		return nil, err
	}
	lint := linter{c: c, known: known}
	if asOf.After(c.ReviewBy) {
		lint.report(source.Pos{File: c.file.Name, Line: 1, Col: 1}, fmt.Sprintf("its review was due by %s", c.ReviewBy.Format(time.DateOnly)),
			"compare it with its source and set reviewed_on and review_by")
	}
	for _, r := range c.Own() {
		lint.requirement(r)
	}
	_ = lint.problems.Err() // sorts
	return lint.problems, nil
}

type linter struct {
	c        *Checklist
	known    []string
	problems source.Problems
}

func (l *linter) report(pos source.Pos, message, hint string) {
	l.problems = append(l.problems, l.c.file.Problem(pos, message, hint))
}

func (l *linter) requirement(r *Requirement) {
	for _, m := range r.Maps {
		if !slices.Contains(l.known, m) && l.knows(m) {
			l.report(r.Pos, fmt.Sprintf("%s maps to %s, which is not there", r.ID, m), source.Suggest(m, l.known))
		}
	}
	if slices.Contains(r.Also, r.ID) {
		l.report(r.Pos, fmt.Sprintf("%s lists itself under also", r.ID), "take it out there")
	}
	seen := map[string]bool{}
	for i := range r.Checks {
		check := &r.Checks[i]
		if seen[check.ID] {
			l.report(check.Pos, fmt.Sprintf("%s has two checks %q", r.ID, check.ID), "give each an id of its own")
		}
		seen[check.ID] = true
		l.check(check)
	}
}

// knows reports whether the checklist that an id such as hipaa/164.312(b) names is in the library at all.
func (l *linter) knows(id string) bool {
	list, _, _ := strings.Cut(id, "/")
	return slices.ContainsFunc(l.known, func(k string) bool { return strings.HasPrefix(k, list+"/") })
}

// check reports rules whose answer can't depend on a manifest.
func (l *linter) check(c *Check) {
	if c.When != nil && !c.When.Reads() {
		l.report(c.Written.When.At(1, 0), "this when reads nothing of the manifest, so its answer is always the same", "take it out, or name what it depends on")
	}
	if !c.Assert.Reads() {
		l.report(c.Written.Assert.At(1, 0), "this assert reads nothing of the manifest, so its answer is always the same", "name the fact it depends on")
	}
	if gap := c.Written.Gap.Text; strings.HasSuffix(gap, ".") {
		l.report(c.Written.Gap.At(1, 0), "a gap sentence ends without a full stop", "take it out")
	}
}
