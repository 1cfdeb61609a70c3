package outline

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
)

// pageOne lets a reader decide in a minute: where the practice stands, by how much, and what to do first.
func (b *builder) pageOne() {
	b.add(b.cover(), b.verdict())
	if len(b.r.Notices) > 0 {
		note := Callout{Mark: Open, Title: "Please note"}
		for _, n := range b.r.Notices {
			note.Items = append(note.Items, plain(n))
		}
		b.add(note)
	}
	b.counts()
	b.doFirst()
}

// maxTitles is how many checklists are named in full on page one.
const maxTitles = 2

func (b *builder) cover() Cover {
	var lists []string
	for _, l := range b.r.Checklists {
		name := l.ID + " " + l.Version
		if len(b.r.Checklists) <= maxTitles {
			name = l.Title + " (" + name + ")"
		}
		lists = append(lists, name)
	}
	c := Cover{Kind: "Gap report", Title: Named(b.r.Practice), Subtitle: b.r.Deployment, Facts: []Pair{
		{"As of", plain(Day(b.r.AsOf))},
		{"Checked against", plain(strings.Join(lists, "; "))},
		{"Stage and profile", plain(or(Words(b.r.Stage), "stage not declared") + ", " + Asked(b.r.Profile, b.r.Gates))},
		{"Prepared for", plain(Named(b.r.Practice))},
	}}
	if by := strings.Trim(b.brand.Author+", "+b.brand.Firm, ", "); by != "" {
		c.Facts = append(c.Facts, Pair{"Prepared by", plain(by)})
	}
	if b.brand.Note != "" {
		c.Facts = append(c.Facts, Pair{"Note", plain(b.brand.Note)})
	}
	return c
}

// verdict sums the gates up in a headline and a sentence.
func (b *builder) verdict() Verdict {
	out := Verdict{Mark: Good, Headline: "Ready for what is due now"}
	total, accepted, phi := 0, 0, false
	var left []assess.Verdict // what is due and was not judged
	bySeverity := map[checklist.Severity]int{}
	for _, v := range b.r.Verdicts {
		out.Gates = append(out.Gates, Gate{v.Gate.Title(), GateStatus(v), Openings(v)})
		phi = phi || v.Gate == "before_phi" && v.Due && !v.Ready
		if v.Unjudged && v.Total > 0 {
			left = append(left, v)
		}
		if !v.Judged() {
			continue
		}
		total, accepted = total+v.Total, accepted+v.Accepted
		for _, o := range v.Open {
			bySeverity[o.Severity] += o.Gap + o.Undeclared
		}
	}
	open, severities := sumUp(bySeverity)
	asked := "due now"
	if len(b.r.Gates) > 0 {
		asked, out.Headline = "asked for", "Ready for what was asked for"
	}
	rest, waits := unjudged(left)
	switch {
	case total == 0:
		out.Mark, out.Headline = Open, "Nothing was assessed"
		out.Sentence = "No requirement " + asked + " applies to what is declared."
	case open == 0 && accepted == 0:
		out.Sentence = fmt.Sprintf("None of the %s %s is open.", Count(total, "requirement"), asked)
	case open == 0:
		out.Sentence = fmt.Sprintf("None of the %s %s is open, except for %d that an exception accepts.", Count(total, "requirement"), asked, accepted)
	default:
		out.Mark, out.Headline = Bad, "Not ready"
		out.Sentence = fmt.Sprintf("%d of the %s %s %s open: %s.", open, Count(total, "requirement"), asked, verb(open, "is", "are"), severities)
		if accepted > 0 {
			out.Sentence += fmt.Sprintf(" %d more %s open and accepted by an exception.", accepted, verb(accepted, "is", "are"))
		}
	}
	if out.Mark == Good && waits {
		out.Mark, out.Headline = Open, "Not judged in full"
	}
	if out.Mark == Good {
		out.Sentence += " This shows what the practice declares, not that it is true."
	}
	out.Sentence += rest
	if phi {
		out.Sentence += " Send nothing that identifies a patient until those due before any PHI are settled."
	}
	return out
}

// unjudged tells what is due and --gate left out, and whether some of it is open.
func unjudged(left []assess.Verdict) (sentence string, open bool) {
	var parts []string
	for _, v := range left {
		parts = append(parts, fmt.Sprintf("%s (%d of %d open)", v.Gate.When(), v.Opened(), v.Total))
		open = open || !v.Ready
	}
	if len(parts) > 0 {
		sentence = " Due too, and not judged: " + strings.Join(parts, ", ") + "."
	}
	return sentence, open
}

func sumUp(bySeverity map[checklist.Severity]int) (int, string) {
	total, parts := 0, []string{}
	for _, s := range checklist.Severities {
		if n := bySeverity[s]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	return total, strings.Join(parts, ", ")
}

func (b *builder) doFirst() {
	if len(b.r.First) == 0 {
		return
	}
	b.heading(2, "do-first", "Do first")
	steps := List{Ordered: true}
	for _, s := range b.r.First {
		what := plain(s.What)
		if s.Kind == "declare" {
			lead, rest := declareWords(s)
			what = Text{{Text: lead}, {Text: s.Path, Style: Code}, {Text: rest}}
		}
		if wrong := b.reason(s); s.Kind == "fix" && wrong != "" {
			what = append(what, Span{Text: " " + wrong + ".", Style: Quiet})
		}
		where := append(b.atLine(s.Pos.Line), Span{Text: "; ", Style: Quiet})
		where = append(where, b.refs(s.Requirements[:min(maxRefs, len(s.Requirements))])...)
		if more := len(s.Requirements) - maxRefs; more > 0 {
			where = append(where, Span{Text: fmt.Sprintf(" and %d more", more), Style: Quiet})
		}
		steps.Items = append(steps.Items, cell(what, where))
	}
	b.add(steps)
}

// maxRefs is how many requirements a step on page one names.
const maxRefs = 4

// reason is what is wrong at the place where a step begins.
func (b *builder) reason(s assess.Step) string {
	reason := ""
	b.eachOpen(func(q *assess.Requirement, r *assess.Result) {
		if reason == "" && r.Place.Pos == s.Pos && slices.Contains(s.Requirements, q.ID) {
			reason = Upper(r.Message)
		}
	})
	return reason
}

// counts shows how many requirements have each outcome, by checklist. Rows and columns add up; proposed rules stand
// apart.
func (b *builder) counts() {
	b.heading(2, "counts", "The count")
	t := Table{Caption: "Requirements by outcome", Columns: []Column{{"Checklist", 28, false}, {"Met", 9, true}, {"Attested", 10, true}, {"Gap", 9, true},
		{"Undeclared", 12, true}, {"Not applicable", 12, true}, {"Outside the profile", 12, true}, {"Total", 8, true}}}
	proposed := func(q *assess.Requirement) bool { return q.Designation == "proposed" }
	for _, l := range b.r.Checklists {
		if c := b.count(func(q *assess.Requirement) bool { return q.Checklist == l.ID && !proposed(q) }); c.Total > 0 {
			t.Rows = append(t.Rows, countRow(l.ID+" "+l.Version, c, false))
		}
	}
	if len(t.Rows) != 1 {
		t.Rows = append(t.Rows, countRow("All", b.r.Counts, true))
	}
	if c := b.count(proposed); c.Total > 0 {
		t.Rows = append(t.Rows, countRow("Proposed law, not counted above", c, false))
	}
	b.add(t)
}

// count counts some of the requirements by outcome.
func (b *builder) count(some func(*assess.Requirement) bool) (c assess.Counts) {
	for i := range b.r.Requirements {
		if q := &b.r.Requirements[i]; some(q) {
			c.Add(q.Outcome)
		}
	}
	return c
}

func countRow(name string, c assess.Counts, total bool) Row {
	row := Row{Total: total, Cells: []Lines{cell(plain(name))}}
	for _, n := range []int{c.Met, c.Attested, c.Gap, c.Undeclared, c.NotApplicable, c.NotSelected, c.Total} {
		row.Cells = append(row.Cells, cell(plain(fmt.Sprint(n))))
	}
	return row
}
