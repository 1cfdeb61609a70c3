package diff

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// A key names a finding in a report. Two results of one check may have subjects without an id; they are told apart by
// their order.
type key struct {
	fingerprint string
	n           int
}

// An entry is a result of a report with what it belongs to.
type entry struct {
	key         key
	requirement string
	title       string
	check       string
	result      *assess.Result
	state       State
}

// entries are the results of a report, in its order.
type entries struct {
	list  []entry
	byKey map[key]entry
}

// read lists the results of every requirement that was asked.
func read(r *assess.Report) entries {
	all := entries{byKey: map[key]entry{}}
	seen := map[string]int{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		for n := range q.Checks {
			c := &q.Checks[n]
			for k := range c.Results {
				x := &c.Results[k]
				id := identity(q, c, x)
				e := entry{key{id, seen[id]}, q.ID, q.Title, c.ID, x, state(r, q, x)}
				seen[id]++
				all.list, all.byKey[e.key] = append(all.list, e), e
			}
		}
	}
	return all
}

// identity is the result's fingerprint. A report of another program may lack it.
func identity(q *assess.Requirement, c *assess.Check, x *assess.Result) string {
	if x.Fingerprint != "" {
		return x.Fingerprint
	}
	return q.ID + "\x00" + c.ID + "\x00" + x.Subject
}

func state(r *assess.Report, q *assess.Requirement, x *assess.Result) State {
	s := State{Outcome: x.Outcome, Severity: q.Severity, Accepted: x.Accepted, Message: x.Message, Missing: []string{}, Place: x.Place.Pos.String()}
	s.Counts = x.Outcome.Open() && !x.Accepted && q.Designation != "proposed" && r.Judged(q.Gate)
	for _, m := range x.Missing {
		s.Missing = append(s.Missing, m.Path)
	}
	return s
}

func (e entry) open() bool { return e.result != nil && e.result.Outcome.Open() }

// finding is an entry of the newer report. The older one may not have it.
func (e entry) finding(kind Kind, old entry) Finding {
	f := Finding{Kind: kind, Fingerprint: e.key.fingerprint, Requirement: e.requirement, Title: e.title, Check: e.check,
		Subject: e.result.Subject, Name: e.result.Name, What: []string{}, New: &e.state}
	if old.result != nil {
		f.Old = &old.state
	}
	return f
}

// gone is an entry of the older report that isn't open in the newer one, which may not have it.
func (e entry) gone(kind Kind, now entry) Finding {
	f := e.finding(kind, e)
	f.New = nil
	if now.result != nil {
		f.New = &now.state
	}
	return f
}

// both is a finding that is open in both reports.
func both(old, now entry) Finding {
	f := now.finding(Open, old)
	f.What, f.Worse = changes(old.state, now.state)
	if len(f.What) > 0 {
		f.Kind = Changed
	}
	return f
}

// changes tells what differs between two states that are open, and whether it makes the finding worse: a gap instead of
// silence, a higher severity, or one that can fail a run now and could not before.
func changes(old, now State) (what []string, worse bool) {
	what = []string{}
	if old.Severity != now.Severity {
		what = append(what, fmt.Sprintf("severity %s, was %s", now.Severity, old.Severity))
	}
	switch {
	case now.Accepted && !old.Accepted:
		what = append(what, "an exception covers it now")
	case old.Accepted && !now.Accepted:
		what = append(what, "no exception covers it any more")
	case now.Counts && !old.Counts:
		what = append(what, "it can fail a run now")
	case old.Counts && !now.Counts:
		what = append(what, "it can't fail a run any more")
	}
	if old.Outcome != now.Outcome || old.Message != now.Message || !slices.Equal(old.Missing, now.Missing) {
		what = append(what, "was "+old.words())
	}
	worse = slices.Index(assess.Outcomes, now.Outcome) < slices.Index(assess.Outcomes, old.Outcome) ||
		now.Severity.Rank() < old.Severity.Rank() || now.Counts && !old.Counts
	return what, worse
}

// words say the outcome and, where it is open, what is wrong.
func (s State) words() string {
	words := strings.ReplaceAll(string(s.Outcome), "_", " ")
	detail := s.Message
	if s.Outcome == assess.Undeclared {
		detail = strings.Join(s.Missing, " and ")
	}
	if detail != "" {
		words += ": " + detail
	}
	return words
}
