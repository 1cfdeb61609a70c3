package outline

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// findings lists what is open by severity, and apart from it what someone has accepted.
func (b *builder) findings() {
	b.part("findings", "Findings", true)
	open := b.open(func(q *assess.Requirement) bool { return q.Designation != "proposed" && !q.Accepted })
	accepted := b.open(func(q *assess.Requirement) bool { return q.Designation != "proposed" && q.Accepted })
	if len(open) == 0 {
		b.say("Nothing is open.")
	}
	for _, severity := range checklist.Severities {
		b.group(SeverityTitle(severity), slices.DeleteFunc(slices.Clone(open), func(q *assess.Requirement) bool { return q.Severity != severity }))
	}
	b.group("Accepted by an exception", accepted)
	if len(b.r.LookInto) > 0 {
		b.lookInto()
	}
}

func (b *builder) open(which func(*assess.Requirement) bool) []*assess.Requirement {
	var list []*assess.Requirement
	for i := range b.r.Requirements {
		if q := &b.r.Requirements[i]; q.Outcome.Open() && which(q) {
			list = append(list, q)
		}
	}
	return list
}

func (b *builder) group(title string, list []*assess.Requirement) {
	if len(list) == 0 {
		return
	}
	b.heading(3, "findings-"+title, fmt.Sprintf("%s (%d)", title, len(list)))
	for _, q := range list {
		b.add(b.finding(q))
	}
}

// lookInto lists rules that may apply and are never a gap.
func (b *builder) lookInto() {
	b.heading(3, "look-into", "Look into this")
	b.say("These rules may apply to the practice. Too little about them is certain to check them, so they are no findings.")
	list := List{}
	for _, p := range b.r.LookInto {
		title := Text{{Text: p.Title, Style: Strong}, {Text: " (" + p.Checklist + ", " + p.ID + ")", Style: Quiet}}
		why := plain(p.Why)
		if p.Applies == "undeclared" {
			why = append(why, Span{Text: " The manifest doesn't say enough to tell whether it applies.", Style: Quiet})
		}
		list.Items = append(list.Items, cell(title, why))
	}
	b.add(list)
}

func (b *builder) finding(q *assess.Requirement) Finding {
	f := Finding{
		Anchor: b.cards[q], ID: q.ID, Citation: q.Citation, Checklist: q.Checklist, Title: Aim(q), Status: Outcome(q.Outcome),
		Severity: q.Severity, Gate: q.Gate, Owner: Role(q.Fix.Who), Effort: q.Fix.Effort, Fix: q.Fix.Do, Binding: Upper(Binding(q)),
		Accepted: q.Accepted, Proposed: q.Designation == "proposed", Due: b.r.Due(q.Gate), Judged: b.r.Judged(q.Gate), When: b.when(q),
	}
	for _, p := range []Part{
		{Label: "What is wrong", Items: b.wrong(q)},
		{Label: "What is not declared", Items: b.missing(q)},
		{Label: "What to do", Act: true, Items: say(q.Fix.Do)},
		{Label: "Exception", Items: b.exceptionsTo(q.ID)},
		{Label: "Why it matters", Items: say(sentences(q.Why, q.SeverityReason))},
		{Label: "What would show it", Items: proof(q)},
		{Label: "Note", Items: say(q.Note)},
		{Label: "The rule", Items: b.authority(q)},
	} {
		if len(p.Items) > 0 {
			f.Parts = append(f.Parts, p)
		}
	}
	return f
}

// when tells by when a finding must be mended.
func (b *builder) when(q *assess.Requirement) string {
	for i := range b.r.Exceptions {
		if e := &b.r.Exceptions[i]; e.Requirement == q.ID && e.InForce && e.Kind == "planned" {
			return "planned until " + or(e.ExpiresOn, notDeclared)
		}
	}
	switch {
	case q.Designation == "proposed":
		return "not law"
	case b.r.Judged(q.Gate):
		return "now"
	case b.r.Due(q.Gate):
		return "now; left out by --gate"
	}
	return "not yet, " + q.Gate.When()
}

// proof tells what would show that a requirement is met, and what that would leave open.
func proof(q *assess.Requirement) []Item {
	var wanted []string
	for _, s := range q.Evidence {
		if s = strings.TrimSpace(s); s != "" {
			wanted = append(wanted, s)
		}
	}
	return say(sentences(Upper(strings.Join(wanted, "; ")), lead("Meeting it would not show ", q.DoesNotShow)))
}

// lead is text behind words that lead to it; nothing when there is no text.
func lead(words, s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return words + s
}

// sentences puts texts in a row, each ended as a sentence is.
func sentences(texts ...string) string {
	var list []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if !strings.ContainsAny(s[len(s)-1:], ".?!:") {
			s += "."
		}
		list = append(list, Upper(s))
	}
	return strings.Join(list, " ")
}

func say(texts ...string) []Item {
	var items []Item
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			items = append(items, Item{Text: plain(Upper(s))})
		}
	}
	return items
}

// wrong lists what is declared and contradicts the requirement, with its place.
func (b *builder) wrong(q *assess.Requirement) []Item {
	var items []Item
	for _, c := range q.Checks {
		for i := range c.Results {
			r := &c.Results[i]
			if r.Outcome != assess.Gap {
				continue
			}
			text := plain(Upper(r.Message))
			if c.Practice && !AllPractice(q) {
				text = append(text, Span{Text: " (common practice)", Style: Quiet})
			}
			more := cell(b.way(r), join(b.rests(r.Facts, r.MoreFacts), b.acceptance(q, r)))
			items = append(items, Item{text, Place(r.Place), more})
		}
	}
	return items
}

// missing lists what a requirement lacks, each path once.
func (b *builder) missing(q *assess.Requirement) []Item {
	var items []Item
	seen := map[string]bool{}
	var last source.Pos
	more := 0
	for _, c := range q.Checks {
		for i := range c.Results {
			r := &c.Results[i]
			more = max(more, r.MoreMissing)
			for _, m := range r.Missing {
				if seen[m.Path] {
					continue
				}
				seen[m.Path] = true
				item := Item{Text: Text{{Text: m.Path, Style: Code}, {Text: "." + missingRest(m)}}, More: cell(b.acceptance(q, r))}
				if m.Written {
					item.Text = append(plain("An entry is missing in "), item.Text...)
				}
				if m.Pos != last {
					item.Place = Place{Pos: m.Pos}
				}
				if item.Place.Pos == r.Place.Pos {
					item.Place = Place(r.Place)
				}
				last = m.Pos
				items = append(items, item)
			}
		}
	}
	if more > 0 {
		items = append(items, Item{Text: plain(MoreMissing(more))})
	}
	return items
}

// way names the flows that data takes, in order.
func (b *builder) way(r *assess.Result) Text {
	if len(r.Path) == 0 {
		return nil
	}
	t := Text{{Text: "The way it takes: ", Style: Quiet}}
	for i, p := range r.Path {
		if i > 0 {
			t = append(t, Span{Text: ", then ", Style: Quiet})
		}
		name := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p.Excerpt), "-"))
		if f := b.flowAt(p.Pos); f != nil {
			name = f.ID
		}
		t = append(t, Span{Text: name, Style: Code}, Span{Text: " (", Style: Quiet})
		t = append(append(t, b.atLine(p.Pos.Line)...), Span{Text: ")", Style: Quiet})
	}
	return t
}

// rests names the lines a result rests on.
func (b *builder) rests(facts []assess.Fact, more int) Text {
	refs := b.lineRefs(facts)
	if len(refs) == 0 {
		return nil
	}
	if more > 0 {
		refs = append(refs, Span{Text: " and on " + Count(more, "more fact"), Style: Quiet})
	}
	return append(Text{{Text: "Rests on ", Style: Quiet}}, refs...)
}

// acceptance says that an exception covers a result of a requirement that is otherwise open.
func (b *builder) acceptance(q *assess.Requirement, r *assess.Result) Text {
	if !r.Accepted || q.Accepted {
		return nil
	}
	return Text{{Text: "Accepted by an exception", Mark: Waived}}
}

// exceptionsTo repeats the exceptions made for a requirement where they are read.
func (b *builder) exceptionsTo(id string) []Item {
	var items []Item
	for i := range b.r.Exceptions {
		e := &b.r.Exceptions[i]
		if e.Requirement != id {
			continue
		}
		text := Text{exceptionStatus(e).Span(), {Text: ": " + b.exceptionState(e)}}
		more := cell(labelled("Reason", e.Reason), labelled("Done instead", e.Compensating), labelled(noteLabel(e), e.Note))
		items = append(items, Item{Text: text, More: more, Place: Place{Pos: e.Pos}})
	}
	return items
}

// noteLabel says what the note on an exception is about.
func noteLabel(e *assess.Exception) string {
	if e.InForce {
		return "Why it counts here"
	}
	return "Why it doesn't count"
}

// authority names the text a requirement comes from, and its neighbours.
func (b *builder) authority(q *assess.Requirement) []Item {
	text := plain(q.Citation)
	for _, l := range b.r.Checklists {
		if l.ID == q.Checklist {
			text = append(text, Span{Text: " of "}, Span{Text: l.Source, Link: webLink(l.URL)})
		}
	}
	rest := []Text{text, labelled("also", strings.Join(q.Also, ", ")), labelled("in effect from", Day(q.EffectiveOn)), labelled("how sure this reading of it is", q.Confidence)}
	if len(q.Maps) > 0 {
		rest = append(rest, append(quiet("similar: "), b.refs(q.Maps)...))
	}
	return []Item{{Text: join(rest...)}}
}

// join puts texts in one line, parted by semicolons. Empty ones are left out.
func join(texts ...Text) Text {
	var line Text
	for _, t := range texts {
		if strings.TrimSpace(t.String()) == "" {
			continue
		}
		if len(line) > 0 {
			line = append(line, Span{Text: "; ", Style: Quiet})
		}
		line = append(line, t...)
	}
	return line
}
