package checklist

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readiness/internal/rule"
	"readiness/internal/source"
)

// Lint reports what is wrong or doubtful about what could be read of a checklist: mistakes in its rules, rules that read
// nothing, maps that lead nowhere, citations its source doesn't have or that nothing answers for, a review that is
// overdue, sentences without their subject. asOf is the day of the lint; known are the requirements of the library, as
// checklist/id, in which maps are looked up; cites are the provisions of its source, nil when they are not listed. ok is
// whether its rules can be asked.
func (c *Checklist) Lint(l *rule.Language, asOf time.Time, known []string, cites *Citations) (problems source.Problems, ok bool, err error) {
	lint := linter{c: c, known: known, language: l}
	if err := c.Compile(l, "full"); err != nil && !errors.As(err, &lint.problems) {
		return nil, false, err
	}
	ok = len(lint.problems) == 0
	if asOf.After(c.ReviewBy) && !c.ReviewBy.IsZero() {
		lint.report(c.top(), fmt.Sprintf("its review was due by %s", c.ReviewBy.Format(time.DateOnly)),
			"compare it with its source and set reviewed_on and review_by")
	}
	for _, r := range c.Own() {
		lint.requirement(r)
	}
	for i := range c.LookInto {
		if p := &c.LookInto[i]; p.When != nil && p.file == c.file {
			lint.pointer(p)
		}
	}
	if cites != nil {
		lint.cited(cites)
	}
	return lint.problems, ok, nil
}

type linter struct {
	c        *Checklist
	known    []string
	language *rule.Language
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
		if check.Assert == nil {
			continue // what doesn't compile is reported already
		}
		l.check(check)
		l.reachable(r, check)
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

// reachable reports conditions that can never hold or never fail, and words that a value can't be. What it reports is
// certain; there may be more.
func (l *linter) reachable(r *Requirement, c *Check) {
	var subject *source.Type
	if c.Written.Each.Text != "" {
		var err error
		if _, subject, err = l.language.List(c.Written.Each); err != nil {
			return
		}
	}
	l.words(c.Written.When, subject)
	l.words(c.Written.Assert, subject)
	assert, when := c.assert(r.Designation).Text, "true"
	if c.Written.When.Text != "" {
		when = c.Written.When.Text
	}
	applies, holds, fails := rule.Want{Text: when, Yes: true}, rule.Want{Text: assert, Yes: true}, rule.Want{Text: assert}
	switch {
	case !l.possible(subject, applies):
		l.report(c.Written.When.At(1, 0), "this when can never hold, so the check is dead", "say when the check applies")
	case c.When != nil && c.When.Reads() && !l.possible(subject, rule.Want{Text: when}):
		l.report(c.Written.When.At(1, 0), "this when always holds", "take it out")
	case c.Assert.Reads() && !l.possible(subject, applies, holds):
		l.report(c.Pos, "this check can never be met where it applies", "compare its when with its assert")
	case c.Assert.Reads() && !l.possible(subject, applies, fails):
		l.report(c.Pos, "this check can never be a gap where it applies", "compare its when with its assert")
	}
}

// pointer reports a rule to look into whose condition doesn't tell where.
func (l *linter) pointer(p *Pointer) {
	l.words(p.Written, nil)
	switch at := p.Written.At(1, 0); {
	case !p.When.Reads():
		l.report(at, "this when reads nothing of the manifest, so its answer is always the same", "take it out, or name what it depends on")
	case !l.possible(nil, rule.Want{Text: p.Written.Text, Yes: true}):
		l.report(at, "this when can never hold, so nobody is told to look into it", "say when the rule may apply")
	case !l.possible(nil, rule.Want{Text: p.Written.Text}):
		l.report(at, "this when always holds", "take it out")
	}
}

func (l *linter) possible(subject *source.Type, wants ...rule.Want) bool {
	ok, err := l.language.Possible(subject, wants...)
	return ok || err != nil // what doesn't compile is reported elsewhere
}

// words reports a word that the value it is compared with can never be.
func (l *linter) words(s source.Script, subject *source.Type) {
	if s.Text == "" {
		return
	}
	if word, allowed, err := l.language.UnknownWord(s.Text, subject); err == nil && word != "" {
		hint := source.Suggest(word, allowed)
		if hint == "" {
			hint = "there is " + strings.Join(allowed, ", ")
		}
		l.report(s.Find(word), fmt.Sprintf("%q is not a word that this can be", word), hint)
	}
}
