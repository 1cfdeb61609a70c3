package assess

import (
	"slices"

	"readiness/internal/checklist"
	"readiness/internal/rule"
)

// A judgement is what a check comes to for one subject, with the paths that it follows from.
type judgement struct {
	it        rule.Subject // nothing for the practice itself
	outcome   Outcome
	assurance Assurance
	because   []string // declared, for which the check applies
	reads     []string // declared, that it rests on
	missing   []string // for undeclared: what would settle it
	message   string   // for a gap, where it is explained: what is wrong
}

// judgements asks a check of each of its subjects or, without any, says so.
func (a *assessor) judgements(c *checklist.Check) ([]judgement, error) {
	scope := rule.Scope{Doc: a.reader}
	subjects := []rule.Subject{{}}
	if c.Each != nil {
		found, reading, err := c.Each.Subjects(scope)
		if err != nil {
			return nil, err
		}
		if subjects = found; len(found) == 0 {
			return []judgement{nobody(reading)}, nil
		}
	}
	list := make([]judgement, len(subjects))
	for i := range subjects {
		scope.It = subjects[i]
		list[i].it = subjects[i]
		if err := a.judge(&list[i], c, scope); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// nobody is the judgement when the list of subjects is empty or undeclared.
func nobody(list rule.Reading) judgement {
	if list.Answer == rule.Undeclared {
		return judgement{outcome: Undeclared, reads: list.Reads, missing: list.Missing}
	}
	return judgement{outcome: NotApplicable, reads: list.Reads}
}

// judge asks a check of one subject.
func (a *assessor) judge(j *judgement, c *checklist.Check, scope rule.Scope) error {
	if c.When != nil {
		when, err := c.When.Ask(scope)
		switch {
		case err != nil:
			return err
		case when.Answer == rule.Undeclared:
			j.outcome, j.reads, j.missing = Undeclared, when.Reads, when.Missing
			return nil
		case when.Answer == rule.No:
			j.outcome, j.reads = NotApplicable, when.Reads
			return nil
		}
		j.because = when.Reads
	}
	reading, err := c.Assert.Ask(scope)
	if err != nil {
		return err
	}
	j.reads, j.missing = reading.Reads, reading.Missing
	switch reading.Answer {
	case rule.Undeclared:
		j.outcome = Undeclared
	case rule.No:
		j.outcome = Gap
		if a.aside != nil {
			j.message = c.Gap.Fill(scope)
		}
	default:
		a.rely(j)
	}
	return nil
}

// rely judges what is as it must be by the documents behind it.
func (a *assessor) rely(j *judgement) {
	assurance, broken, missing := a.backing.of(j.reads)
	j.missing = missing
	switch {
	case broken != "":
		j.outcome, j.message = Gap, "what is declared can't be relied on; "+broken
	case len(missing) > 0:
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
