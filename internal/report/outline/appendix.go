package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// appendix lists every requirement with its outcome and what it rests on, then the facts.
func (b *builder) appendix() {
	b.part("requirements", "Appendix A: every requirement", true)
	b.say("“Documented” means that a document behind the fact is there and unchanged; “declared” that the manifest says so and nothing more.")
	list, section := "", ""
	var t *Table
	flush := func() {
		if t != nil {
			b.add(*t)
			t = nil
		}
	}
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		if q.Checklist != list {
			flush()
			list, section = q.Checklist, ""
			b.heading(3, "list-"+list, b.listTitle(list))
		}
		if q.Section != section || t == nil {
			flush()
			section = q.Section
			b.heading(4, "section-"+list+"-"+section, section)
			t = &Table{Caption: section, Columns: []Column{{"Requirement", 38, false}, {"Outcome", 18, false}, {"Checks, and the lines they rest on", 44, false}}}
		}
		t.Rows = append(t.Rows, b.requirementRow(q))
	}
	flush()
	b.register()
}

func (b *builder) listTitle(id string) string {
	for _, l := range b.r.Checklists {
		if l.ID == id {
			return fmt.Sprintf("%s (%s %s)", l.Title, l.ID, l.Version)
		}
	}
	return id
}

func (b *builder) requirementRow(q *assess.Requirement) Row {
	if q.Outcome == assess.NotSelected {
		return Row{Anchor: b.rows[q], Cells: []Lines{cell(Text{{Text: q.Citation, Style: Strong}, {Text: " " + q.Title}}),
			cell(Text{Outcome(q.Outcome).Span()}), cell(quiet("Asked in the profile " + string(q.Profile)))}}
	}
	outcome := cell(Text{Outcome(q.Outcome).Span()}, plain(Upper(string(q.Assurance))))
	if q.Accepted {
		outcome = append(outcome, Text{{Text: "Accepted by an exception", Mark: Waived}})
	}
	outcome = append(outcome, cell(labelled("Takes effect", q.EffectiveOn))...)
	outcome = append(outcome, quiet(Upper(string(q.Severity)+", "+Binding(q))))
	title := cell(Text{{Text: q.Citation, Style: Strong}, {Text: " " + q.Title}}, quiet(q.Question))
	if q.Outcome.Open() {
		title[0][0].Link = "#" + b.cards[q]
	}
	if !q.Outcome.Open() {
		title = append(title, cell(labelled("Meeting it does not show", q.DoesNotShow), labelled("How sure this reading of it is", q.Confidence))...)
	}
	return Row{Anchor: b.rows[q], Cells: []Lines{title, outcome, b.checkLines(q)}}
}

// checkLine tells what a check says of each subject, worst first.
func checkLine(c *assess.Check) Text {
	t := Text{{Text: Upper(strings.ReplaceAll(c.ID, "-", " "))}}
	if c.Practice {
		t = append(t, Span{Text: " (common practice)", Style: Quiet})
	}
	separator := ": "
	for _, o := range assess.Outcomes {
		names, n := subjects(c, o)
		if n == 0 {
			continue
		}
		t = append(t, Span{Text: separator}, Span{Text: strings.ToLower(Outcome(o).Word), Mark: Outcome(o).Mark})
		switch {
		case !o.Open() && len(names) > maxNames:
			t = append(t, Span{Text: fmt.Sprintf(" (%d)", len(names)), Style: Quiet})
		case len(names) > 0:
			t = append(t, Span{Text: " (" + strings.Join(names, ", ") + ")", Style: Quiet})
		}
		separator = "; "
	}
	return t
}

// maxNames is how many subjects are named with which nothing is wrong. Those that are open are always named.
const maxNames = 4

// subjects names the subjects with an outcome, and counts the results. The practice itself has no name.
func subjects(c *assess.Check, o assess.Outcome) (names []string, n int) {
	for i := range c.Results {
		r := &c.Results[i]
		if r.Outcome != o {
			continue
		}
		n++
		if name := or(r.Name, r.Subject); name != "" {
			names = append(names, name)
		}
	}
	return names, n
}

// checkLines tells what the checks of a requirement say, how addressable ones were answered otherwise, and on which
// lines all of it rests.
func (b *builder) checkLines(q *assess.Requirement) Lines {
	var lines, answers Lines
	var facts []assess.Fact
	for i := range q.Checks {
		lines = append(lines, checkLine(&q.Checks[i]))
		for _, r := range q.Checks[i].Results {
			facts = append(facts, r.Facts...)
			answers = append(answers, cell(labelled("Answered otherwise", r.Answer))...)
		}
	}
	return append(append(lines, answers...), cell(b.rests(facts))...)
}

// signOff leaves room for those who answer for the report's use.
func (b *builder) signOff() {
	b.part("sign-off", "Sign-off", true)
	b.add(Signatures{
		Statement: "I have read this report. Signing it accepts no finding and changes no outcome.",
		Roles:     []string{"Privacy officer", "Counsel"},
	})
}

// method tells how the report came about, so that it can be judged and made again.
func (b *builder) method() {
	b.part("method", "How this was checked", false)
	b.say("The practice declares its use of a language model in one file, the manifest. Each requirement of a checklist is a question to that file. What is not declared is not met.")
	b.add(Pairs{[]Pair{
		{"Met", plain("Every fact it needs is declared, and good.")},
		{"Attested", plain("A named person stated it, in date. Only requirements that no fact can decide allow this.")},
		{"Gap", plain("A declared fact contradicts it, is out of date, or is contradicted by evidence.")},
		{"Undeclared", plain("The manifest doesn't say. The place that would settle it is named.")},
		{"Not applicable", plain("Declared facts show that it doesn't apply.")},
		{"Outside the profile", plain("Not asked at the profile " + b.r.Profile + ".")},
		{"Common practice", plain("The source leaves this open, and the check asks for a common way to meet it.")},
	}})
	b.heading(3, "provenance", "Versions and digests")
	tool := b.r.Tool.Name + " " + b.r.Tool.Version
	if b.r.Tool.Commit != "" {
		tool += ", commit " + b.r.Tool.Commit
	}
	b.add(Pairs{[]Pair{
		{"Tool", plain(tool)},
		{"Manifest", append(code(b.r.Manifest.Name), append(plain(", SHA-256 "), code(b.r.Manifest.SHA256)...)...)},
		{"As of", plain(b.r.AsOf)},
		{"Profile", plain(b.r.Profile)},
		{"Stage", plain(or(Words(b.r.Stage), notDeclared))},
		{"Due dates", plain("listed " + Count(b.r.Horizon, "day") + " ahead")},
	}})
	b.checklistTable()
	b.say("The same inputs and the same day give the same report.")
	b.heading(3, "disclaimer", "What this report is not")
	b.say("%s", b.r.Disclaimer)
}

func (b *builder) checklistTable() {
	t := Table{Caption: "Checklists", Columns: []Column{{"Checklist", 24, false}, {"Follows", 30, false}, {"Compared with its source", 20, false}, {"SHA-256", 26, false}}}
	for _, l := range b.r.Checklists {
		compared := cell(plain("On "+l.ReviewedOn), labelled("Due again", l.ReviewBy))
		if l.Overdue {
			compared = append(compared, Text{{Text: "Overdue", Mark: Bad, Style: Strong}})
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(strong(l.ID+" "+l.Version), plain(l.Title)),
			cell(Text{{Text: l.Source, Link: webLink(l.URL)}}, plain("Edition "+l.Edition+", "+Words(l.Status)), quiet(l.URL)),
			compared, cell(code(l.SHA256)),
		}})
	}
	b.add(t)
}
