package assess

import (
	"slices"

	"readiness/internal/checklist"
	"readiness/internal/rule"
)

// A judgement is what a check comes to for one subject, with the paths that it follows from.
type judgement struct {
	outcome   Outcome
	assurance Assurance
	because   []string // declared, for which the check applies
	reads     []string // declared, that it rests on
	missing   []string // for undeclared: what would settle it
	broken    string   // for a gap: what is wrong with a document that supports what is declared, or ""
}

// nobody is the judgement when the list of subjects is empty or undeclared.
func nobody(list rule.Reading) judgement {
	if list.Answer == rule.Undeclared {
		return judgement{outcome: Undeclared, reads: list.Reads, missing: list.Missing}
	}
	return judgement{outcome: NotApplicable, reads: list.Reads}
}

// judge asks one check of one subject.
func (a *assessor) judge(c *checklist.Check, scope rule.Scope) (judgement, error) {
	var because []string
	if c.When != nil {
		when, err := c.When.Ask(scope)
		switch {
		case err != nil:
			return judgement{}, err
		case when.Answer == rule.Undeclared:
			return judgement{outcome: Undeclared, reads: when.Reads, missing: when.Missing}, nil
		case when.Answer == rule.No:
			return judgement{outcome: NotApplicable, reads: when.Reads}, nil
		}
		because = when.Reads
	}
	reading, err := c.Assert.Ask(scope)
	if err != nil {
		return judgement{}, err
	}
	j := judgement{because: because, reads: reading.Reads, missing: reading.Missing}
	switch reading.Answer {
	case rule.Undeclared:
		j.outcome = Undeclared
	case rule.No:
		j.outcome = Gap
	default:
		a.rely(&j)
	}
	return j, nil
}

// rely judges what is as it must be by the documents behind it.
func (a *assessor) rely(j *judgement) {
	var assurance Assurance
	assurance, j.broken, j.missing = a.facts.support(j.reads)
	switch {
	case j.broken != "":
		j.outcome = Gap
	case len(j.missing) > 0:
		j.outcome = Undeclared
	default:
		j.outcome, j.assurance = Met, assurance
	}
}

// A sum is what several judgements come to.
type sum struct {
	outcome   Outcome   // the worst
	assurance Assurance // the weakest of what is met
	accepted  bool      // whether all that is open is accepted
}

// nothing is the sum of no judgements, which is not applicable.
func nothing() sum { return sum{NotApplicable, Verified, true} }

func (s *sum) add(outcome Outcome, assurance Assurance, accepted bool) {
	if slices.Index(Outcomes, outcome) < slices.Index(Outcomes, s.outcome) {
		s.outcome = outcome
	}
	if outcome == Met {
		s.assurance = weaker(s.assurance, assurance)
	}
	if outcome.Open() && !accepted {
		s.accepted = false
	}
}

// weaker is the weaker of two assurances.
func weaker(a, b Assurance) Assurance {
	for _, least := range []Assurance{Declared, Documented} {
		if a == least || b == least {
			return least
		}
	}
	return Verified
}
