package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// overlays shows what named persons have accepted and stated, whether it counts or not.
func (b *builder) overlays() {
	b.part("exceptions", "Exceptions and attestations", false)
	b.say("An exception never changes an outcome. It says who accepted a finding, why and until when, and until then the finding doesn't fail the check. An attestation is a statement by a named person, for requirements that no declared fact can decide.")
	b.heading(3, "exceptions-list", "Exceptions")
	if len(b.r.Exceptions) == 0 {
		b.say("None.")
	} else {
		b.exceptionTable()
	}
	b.heading(3, "attestations", "Attestations")
	if len(b.r.Attestations) == 0 {
		b.say("None.")
	} else {
		b.attestationTable()
	}
}

func exceptionStatus(e *assess.Exception) Status {
	if e.InForce {
		return Status{"In force", Waived}
	}
	return Status{"Not counted", Bad}
}

func (b *builder) exceptionState(e *assess.Exception) string {
	return fmt.Sprintf("%s until %s by %s", e.Kind, or(e.ExpiresOn, notDeclared), or(b.person(e.ApprovedBy), notDeclared))
}

func (b *builder) exceptionTable() {
	t := Table{Caption: "Exceptions", Columns: []Column{{"Requirement", 22, false}, {"Counts", 22, false}, {"Reason, and what is done instead", 36, false}, {"Approved", 20, false}}}
	for i := range b.r.Exceptions {
		e := &b.r.Exceptions[i]
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(Text{b.ref(e.Requirement)}, labelled("Only for", e.Subject), b.atLine(e.Pos.Line)),
			cell(Text{exceptionStatus(e).Span()}, plain(Upper(e.Note)), quiet(Upper(e.Kind))),
			cell(plain(e.Reason), labelled("Done instead", e.Compensating)),
			cell(plain(or(b.person(e.ApprovedBy), notDeclared)), labelled("On", or(e.ApprovedOn, notDeclared)), labelled("Until", or(e.ExpiresOn, notDeclared))),
		}})
	}
	b.add(t)
}

func (b *builder) attestationTable() {
	t := Table{Caption: "Attestations", Columns: []Column{{"Requirement", 22, false}, {"Counts", 22, false}, {"Statement", 34, false}, {"Signed", 22, false}}}
	for i := range b.r.Attestations {
		a := &b.r.Attestations[i]
		status := Status{"Not counted", Bad}
		if a.InForce {
			status = Status{"In force", Stated}
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(Text{b.ref(a.Requirement)}, b.atLine(a.Pos.Line)),
			cell(Text{status.Span()}, plain(Upper(a.Note))),
			cell(plain(a.Statement), labelled("Document", a.Document)),
			cell(plain(or(b.person(a.By), notDeclared)), quiet(a.Role), labelled("On", or(a.SignedOn, notDeclared)), labelled("Until", or(a.ExpiresOn, notDeclared))),
		}})
	}
	b.add(t)
}

// upcoming lists what has ended or falls due.
func (b *builder) upcoming() {
	b.part("due", "What falls due", false)
	if len(b.r.Upcoming) == 0 {
		b.say("Nothing has run out, and nothing falls due within %s of %s.", Count(b.r.Horizon, "day"), Day(b.r.AsOf))
		return
	}
	b.say("What has run out, and what falls due within %s of %s.", Count(b.r.Horizon, "day"), Day(b.r.AsOf))
	t := Table{Caption: "Due dates, earliest first", Dense: true, Columns: []Column{{"Day", 14, false}, {"What", 54, false}, {"When", 20, false}, {"Line", 12, true}}}
	for _, d := range b.r.Upcoming {
		when := Span{Text: Upper(DueIn(d.Days))}
		if d.Days < 0 {
			when.Mark, when.Style = Bad, Strong
		}
		var line Lines
		if d.Pos.IsValid() {
			line = cell(Text{b.line(d.Pos.Line)})
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{cell(plain(d.On)), cell(Text{{Text: Upper(d.What) + " "}, {Text: d.Path, Style: Code}}), cell(Text{when}), line}})
	}
	b.add(t)
}

// proposed lists rules that are not law. They gate nothing.
func (b *builder) proposed() {
	var n int
	for i := range b.r.Requirements {
		if b.r.Requirements[i].Designation == "proposed" {
			n++
		}
	}
	if n == 0 {
		b.part("proposed", "Proposed law", false)
		b.say("None of what was checked is proposed law.")
		return
	}
	b.part("proposed", "Proposed law", true)
	b.say("%s of what was checked %s proposed and not in force. They count in no verdict and fail no check. They show what would be open if they became law as proposed.", Count(n, "requirement"), verb(n, "is", "are"))
	open := b.open(func(q *assess.Requirement) bool { return q.Designation == "proposed" })
	if len(open) == 0 {
		b.say("None of them would be open.")
	}
	b.group("Open if it became law", open)
}

// notChecked says what the report doesn't cover.
func (b *builder) notChecked() {
	b.part("not-checked", "What was not checked", false)
	list := List{}
	for _, n := range b.r.NotAssessed {
		list.Items = append(list.Items, cell(plain(n)))
	}
	b.add(list)
	if len(b.r.NotCovered) == 0 {
		return
	}
	b.heading(3, "not-covered", "Provisions that no requirement covers")
	t := Table{Caption: "Provisions that no requirement covers", Dense: true, Columns: []Column{{"Provision", 44, false}, {"Why it is left out", 56, false}}}
	for _, o := range b.r.NotCovered {
		t.Rows = append(t.Rows, Row{Cells: []Lines{cell(Text{{Text: o.Cite, Style: Strong}, {Text: " " + o.Title}, {Text: " (" + o.Checklist + ")", Style: Quiet}}), cell(plain(o.Reason))}})
	}
	b.add(t)
}

// documentStates are the words for the states of a document.
var documentStates = map[string]Status{
	"matches":       {"As declared", Good},
	"differs":       {"Not the declared file", Bad},
	"missing":       {"Not there", Bad},
	"elsewhere":     {"Kept elsewhere, not looked at", Idle},
	"undeclared":    {"No file or no digest declared", Open},
	"not_looked_at": {"Not looked at", Idle},
}

// evidence lists the documents and what became of each.
func (b *builder) evidence() {
	b.part("evidence", "Evidence", false)
	if len(b.r.Documents) == 0 {
		b.say("No document is declared.")
		return
	}
	b.say("“As declared” means that the file has the SHA-256 the manifest gives for it. Nothing was read in it, unless it is an export: then what it shows stands below it.")
	t := Table{Caption: "Documents named as evidence", Dense: true, Columns: []Column{{"Document", 24, false}, {"State", 16, false}, {"Where, and its SHA-256", 51, false}, {"Age", 9, false}}}
	for i := range b.r.Documents {
		d := &b.r.Documents[i]
		status, ok := documentStates[d.State]
		if !ok {
			status = Status{Words(d.State), NoMark}
		}
		age := notDeclared
		if d.AgeDays != nil {
			age = Count(*d.AgeDays, "day")
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			append(cell(Text{{Text: or(d.Title, d.ID), Style: Strong}, {Text: " "}, {Text: d.ID, Style: Code}}, quiet(d.Format)), claims(d)...), cell(Text{status.Span()}),
			cell(join(code(d.File), plain(d.Location)), code(strings.TrimSpace(d.SHA256))), cell(plain(Upper(age))),
		}})
	}
	b.add(t)
}

// claims tells, a line each, what an export shows of declared facts.
func claims(d *assess.Document) Lines {
	lines := Lines{}
	for _, c := range d.Claims {
		status := Status{"Not told yet", Open}
		switch c.Shown {
		case "true":
			status = Status{"Shows", Good}
		case "false":
			status = Status{"Shows otherwise", Bad}
		}
		line := append(Text{status.Span(), {Text: ": "}}, code(c.Path)...)
		if c.Says != "" {
			line = append(line, Span{Text: ", as " + c.Says})
		}
		lines = append(lines, line)
	}
	return lines
}
