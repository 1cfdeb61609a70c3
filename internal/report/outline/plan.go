package outline

import (
	"cmp"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// The words for how far a row of the action plan has come. A report knows only the first and the last.
const (
	toDo       = "To do"
	inProgress = "In progress"
	done       = "Done"
	accepted   = "Accepted"
)

// Plan is the action plan: a row for each open requirement, what gates first and weighs most at the top, then what is
// accepted, then what is only proposed.
func Plan(r *assess.Report) Sheet { return newBuilder(r, Brand{}).plan() }

func (b *builder) plan() Sheet {
	s := Sheet{Name: "Action plan", Empty: "Nothing is open.", Columns: []SheetColumn{
		{Title: "ID", Width: 19}, {Title: "Citation", Width: 14}, {Title: "Finding", Width: 54}, {Title: "What to do", Width: 34},
		{Title: "Severity", Width: 9}, {Title: "Gate", Width: 10}, {Title: "Owner", Width: 15}, {Title: "Due", Width: 10.5, Day: true},
		{Title: "Effort", Width: 8}, {Title: "Status", Width: 10.5, Words: []string{toDo, inProgress, done, accepted}}, {Title: "Notes", Width: 25},
	}}
	for _, q := range b.inOrder() {
		s.Rows = append(s.Rows, []Span{
			{Text: q.ID}, {Text: strings.Join(append([]string{q.Citation}, q.Also...), ", ")}, {Text: b.planFinding(q)}, {Text: q.Fix.Do},
			{Text: SeverityTitle(q.Severity)}, {Text: q.Gate.Title()}, {Text: b.ownerOf(q)}, {Text: b.dueOn(q)},
			{Text: q.Fix.Effort}, planStatus(q), {Text: b.planNotes(q)},
		})
	}
	return s
}

// inOrder lists the open requirements in the order of the plan.
func (b *builder) inOrder() []*assess.Requirement {
	list := b.open(func(*assess.Requirement) bool { return true })
	later := func(q *assess.Requirement) int {
		switch {
		case q.Designation == "proposed":
			return 2
		case q.Accepted:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(x, y *assess.Requirement) int {
		return cmp.Or(cmp.Compare(later(x), later(y)), cmp.Compare(x.Gate.Rank(), y.Gate.Rank()), cmp.Compare(x.Severity.Rank(), y.Severity.Rank()))
	})
	return list
}

func planStatus(q *assess.Requirement) Span {
	if q.Accepted {
		return Span{Text: accepted, Mark: Waived}
	}
	return Span{Text: toDo}
}

// planFinding tells what is required and what is wrong with it, each thing on a line of its own.
func (b *builder) planFinding(q *assess.Requirement) string {
	lines := []string{Outcome(q.Outcome).Word + ". " + Aim(q)}
	for _, it := range b.wrong(q) {
		lines = append(lines, "• "+it.Text.String()+at(it.Place))
	}
	for _, it := range b.missing(q) {
		lead := ""
		if it.Text[0].Style == Code { // the path alone
			lead = "Not declared: "
		}
		lines = append(lines, "• "+lead+it.Text.String()+at(it.Place))
	}
	return strings.Join(lines, "\n")
}

// at names a place behind a sentence.
func at(p Place) string {
	if !p.Pos.IsValid() {
		return ""
	}
	return " (" + p.Line() + ")"
}

// officers are the places of the manifest that name the person in a role.
var officers = map[string]string{
	"privacy_officer": "practice.privacy_officer", "security_officer": "practice.security_officer", "practice_owner": "practice.accountable_owner",
}

// ownerOf names who mends a finding: the role and, where the manifest names one, the person.
func (b *builder) ownerOf(q *assess.Requirement) string {
	role := Role(q.Fix.Who)
	for _, o := range b.objects {
		for _, f := range o.facts {
			if f.Path == officers[q.Fix.Who] {
				return b.person(f.Value) + ", " + role
			}
		}
	}
	return Upper(role)
}

// dueOn is the day on which the first of the exceptions ends that cover all that is open of a requirement. Otherwise it's
// the day the requirement takes effect, if that is still to come, or empty: a manifest names no other.
func (b *builder) dueOn(q *assess.Requirement) string {
	day := ""
	for i := range b.r.Exceptions {
		if e := &b.r.Exceptions[i]; q.Accepted && e.InForce && e.Requirement == q.ID && (day == "" || e.ExpiresOn < day) {
			day = e.ExpiresOn
		}
	}
	if day == "" && q.EffectiveOn > b.r.AsOf {
		day = q.EffectiveOn
	}
	return day
}

// planNotes says what keeps a finding from counting now, and what a reader should know.
func (b *builder) planNotes(q *assess.Requirement) string {
	var lines []string
	switch {
	case q.Designation == "proposed":
		lines = append(lines, "Proposed law: counts in no verdict.")
	case !b.r.Due(q.Gate):
		lines = append(lines, "Not due yet at this stage.")
	case !b.r.Judged(q.Gate):
		lines = append(lines, "Due, and left out by --gate: counts in no verdict.")
	}
	for _, it := range b.exceptionsTo(q.ID) {
		lines = append(lines, "Exception "+strings.ToLower(it.Text[0].Text)+it.Text[1:].String()+at(it.Place))
		lines = append(lines, inLines(it.More))
	}
	if AllPractice(q) {
		lines = append(lines, "Judged by common practice.")
	}
	return below(append(lines, q.Note)...)
}
