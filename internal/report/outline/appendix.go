package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// appendix lists every requirement with its outcome and what it rests on, one row each, then the facts.
func (b *builder) appendix() {
	b.part("requirements", "Appendix A: every requirement", true)
	b.say("“Verified” means that an export from the vendor's console shows the fact; “documented” that a document behind it is there and unchanged; “declared” that the manifest says so and nothing more. The lines are those of %s; appendix B repeats what they declare. A star stands for common practice: the source leaves it open, and the check asks for a common way to meet it.", b.r.Manifest.Name)
	shown := map[string]bool{} // a saved report may name a checklist twice
	for _, list := range b.r.Checklists {
		if !shown[list.ID] {
			b.requirementTable(list.ID)
		}
		shown[list.ID] = true
	}
	b.outside()
	b.register()
}

// requirementTable holds the requirements of a checklist that the profile asks.
func (b *builder) requirementTable(list string) {
	t := Table{Caption: b.listTitle(list), Dense: true, Columns: []Column{{"Requirement", 32, false}, {"Outcome", 14, false}, {"Checks, and the lines they rest on", 54, false}}}
	for i := range b.r.Requirements {
		if q := &b.r.Requirements[i]; q.Checklist == list && q.Outcome != assess.NotSelected {
			t.Rows = append(t.Rows, b.requirementRow(q))
		}
	}
	if len(t.Rows) > 0 {
		b.heading(3, "list-"+list, t.Caption)
		b.add(t)
	}
}

// outside lists the requirements that the profile doesn't ask, by checklist and section.
func (b *builder) outside() {
	t := Table{Caption: "Outside the profile", Dense: true, Columns: []Column{{"Section", 26, false}, {"Not asked at the profile " + b.r.Profile, 74, false}}}
	last := ""
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		if q.Outcome != assess.NotSelected {
			continue
		}
		if group := q.Checklist + "\x00" + q.Section; group != last {
			last = group
			t.Rows = append(t.Rows, Row{Anchor: b.anchor("outside-" + q.Checklist + "-" + q.Section), Cells: []Lines{cell(strong(q.Section), quiet(q.Checklist)), {nil}}})
		}
		line := &t.Rows[len(t.Rows)-1].Cells[1][0]
		*line = join(*line, Text{{Text: q.Citation, Style: Strong}, {Text: " " + q.Title}, {Text: " (" + string(q.Profile) + ")", Style: Quiet}})
	}
	if len(t.Rows) > 0 {
		b.heading(3, "outside", "Outside the profile")
		b.say("These were not asked. Each is asked in the profile named with it.")
		b.add(t)
	}
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
	outcome := Text{Outcome(q.Outcome).Span()}
	if q.Assurance != "" {
		outcome = append(outcome, Span{Text: ", " + string(q.Assurance)})
	}
	below := cell(outcome)
	if q.Accepted {
		below = append(below, Text{{Text: "Accepted by an exception", Mark: Waived}})
	}
	below = append(below, quiet(Upper(string(q.Severity)+", "+q.Designation+", "+q.Gate.When())))
	title := Text{{Text: q.Citation, Style: Strong}, {Text: " " + q.Title}}
	below = append(below, cell(labelled("In effect from", q.EffectiveOn))...)
	row := Row{Anchor: b.rows[q], Cells: []Lines{cell(title, quiet(q.Question)), below, b.checkLines(q)}}
	if q.Outcome.Open() {
		title[0].Link = "#" + b.cards[q]
		return row
	}
	row.Cells[2] = append(row.Cells[2], cell(quiet(sentences(lead("Meeting it does not show ", q.DoesNotShow), lead("How sure this reading of it is: ", q.Confidence))))...)
	return row
}

// byOutcome tells which checks came to each outcome, worst first, and for which subjects. A star stands for common
// practice.
func byOutcome(checks []assess.Check) Text {
	var t Text
	for _, o := range assess.Outcomes {
		separator := ""
		for i := range checks {
			c := &checks[i]
			names, n := subjects(c, o)
			if n == 0 {
				continue
			}
			if separator == "" {
				if len(t) > 0 {
					t = append(t, Span{Text: ". "})
				}
				t, separator = append(t, Outcome(o).Span()), ": "
			}
			name := initials(strings.ReplaceAll(c.ID, "-", " "))
			if c.Practice {
				name += "*"
			}
			t = append(t, Span{Text: separator + name})
			switch mixed := n < len(c.Results); {
			case len(names) > 0 && (o.Open() || !mixed && len(names) <= maxNames):
				t = append(t, Span{Text: " (" + strings.Join(names, ", ") + ")", Style: Quiet})
			case len(names) > 0:
				t = append(t, Span{Text: fmt.Sprintf(" (%d)", len(names)), Style: Quiet})
			}
			separator = ", "
		}
	}
	return t
}

// maxNames is how many subjects are named with which nothing is wrong. Those that are open are always named.
const maxNames = 3

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
	var answers Lines
	var facts []assess.Fact
	for i := range q.Checks {
		for _, r := range q.Checks[i].Results {
			facts = append(facts, r.Facts...)
			answers = append(answers, cell(labelled("Answered otherwise", r.Answer))...)
		}
	}
	return append(append(cell(byOutcome(q.Checks)), answers...), cell(b.rests(facts, 0))...)
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
		{"Common practice (*)", plain("The source leaves this open, and the check asks for a common way to meet it.")},
	}})
	gates := "those that are due"
	if len(b.r.Gates) > 0 {
		gates = OnlyGates(b.r.Gates) + ", as --gate asked"
	}
	b.heading(3, "provenance", "Versions and digests")
	b.add(Pairs{[]Pair{
		{"Tool", plain(b.tool())},
		{"Manifest", append(code(b.r.Manifest.Name), append(plain(", SHA-256 "), code(b.r.Manifest.SHA256)...)...)},
		{"As of", plain(b.r.AsOf)},
		{"Profile", plain(b.r.Profile)},
		{"Stage", plain(or(Words(b.r.Stage), notDeclared))},
		{"Gates judged", plain(gates)},
		{"Due dates", plain("listed " + Count(b.r.Horizon, "day") + " ahead")},
	}})
	b.checklistTable()
	b.say("The same inputs and the same day give the same report.")
	b.heading(3, "disclaimer", "What this report is not")
	b.say("%s", b.r.Disclaimer)
}

// tool names the program that made the report.
func (b *builder) tool() string {
	words := b.r.Tool.Name + " " + b.r.Tool.Version
	if b.r.Tool.Commit != "" {
		words += ", commit " + b.r.Tool.Commit
	}
	return words
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
			cell(Text{{Text: l.Source, Link: webLink(l.URL)}}, plain("Edition "+l.Edition+", "+Words(l.Status)), labelled("Retrieved", l.Retrieved), quiet(l.URL)),
			compared, cell(code(l.SHA256), labelled("Extends", l.Extends)),
		}})
	}
	b.add(t)
}
