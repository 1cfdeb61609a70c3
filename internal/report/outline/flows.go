package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/source"
)

// flows shows where data goes: the picture, then the same in words.
func (b *builder) flows() {
	inv := &b.r.Inventory
	b.part("data-flows", "Where data goes", true)
	if len(inv.Systems) == 0 && len(inv.Flows) == 0 {
		b.say("No system and no data flow is declared.")
		return
	}
	b.add(b.picture())
	b.problems()
	b.problemTable()
	b.flowTable()
	b.outputTable()
	b.useCaseTable()
	b.systemTable()
}

// problemFlows are the flows on a way that an open finding is about.
func (b *builder) problemFlows() map[string]bool {
	on := map[string]bool{}
	b.eachOpen(func(_ *assess.Requirement, r *assess.Result) {
		for _, p := range r.Path {
			if f := b.flowAt(p.Pos); f != nil {
				on[f.ID] = true
			}
		}
	})
	return on
}

// eachOpen visits every open result of the rules that count.
func (b *builder) eachOpen(visit func(*assess.Requirement, *assess.Result)) {
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		if q.Designation == "proposed" {
			continue
		}
		for _, c := range q.Checks {
			for n := range c.Results {
				if c.Results[n].Outcome.Open() {
					visit(q, &c.Results[n])
				}
			}
		}
	}
}

// about lists the requirements with an open result about one object of the manifest, such as vendors[acme].
func (b *builder) about(kind, id string) []string {
	object := kind + "[" + id + "]"
	var ids []string
	b.eachOpen(func(q *assess.Requirement, r *assess.Result) {
		if len(ids) > 0 && ids[len(ids)-1] == q.ID {
			return
		}
		if b.concerns(r, object) {
			ids = append(ids, q.ID)
		}
	})
	return ids
}

// concerns reports whether an open result is about an object: something of it is missing, it holds the fact that
// decided, it is the subject, or it is a flow on the way.
func (b *builder) concerns(r *assess.Result, object string) bool {
	for _, m := range r.Missing {
		if inside(m.Path, object) {
			return true
		}
	}
	isSubject := strings.HasSuffix(object, "["+r.Subject+"]")
	for _, f := range r.Facts {
		if (isSubject || f.Pos == r.Place.Pos) && inside(f.Path, object) {
			return true
		}
	}
	for _, p := range r.Path {
		if f := b.flowAt(p.Pos); f != nil && object == "data_flows["+f.ID+"]" {
			return true
		}
	}
	return false
}

// flowAt is the flow that is written at a place, by line.
func (b *builder) flowAt(pos source.Pos) *assess.Flow {
	for i := range b.r.Inventory.Flows {
		if f := &b.r.Inventory.Flows[i]; pos.IsValid() && f.Pos.Line == pos.Line && f.Pos.File == pos.File {
			return f
		}
	}
	return nil
}

func (b *builder) picture() Picture {
	inv := &b.r.Inventory
	ends := map[string]bool{}
	for _, s := range inv.Systems {
		ends[s.ID] = true
	}
	problem := b.problemFlows()
	bad := 0
	for _, f := range inv.Flows {
		ends[f.From], ends[f.To] = true, true
		if problem[f.ID] {
			bad++
		}
	}
	delete(ends, "") // the end of a flow that doesn't say
	caption := fmt.Sprintf("%s and parties, and %s between them. The table below lists the same flows by number.",
		Count(len(ends), "system"), Count(len(inv.Flows), "flow"))
	if bad > 0 {
		caption += fmt.Sprintf(" %s %s on the way of a finding.", Upper(Count(bad, "flow")), verb(bad, "lies", "lie"))
	}
	return Picture{caption}
}

// problems names the ways that findings are about, so that the picture isn't needed to see them.
func (b *builder) problems() {
	list := List{}
	b.eachOpen(func(q *assess.Requirement, r *assess.Result) {
		if len(r.Path) > 0 {
			list.Items = append(list.Items, cell(append(plain(Upper(r.Message)+" ("), b.ref(q.ID), Span{Text: ")"})))
		}
	})
	if len(list.Items) > 0 {
		b.heading(3, "problem-paths", "Ways that need attention")
		b.add(list)
	}
}

// problemTable lists what the flows show to be wrong, or don't say enough to rule out.
func (b *builder) problemTable() {
	if len(b.r.Inventory.Problems) == 0 {
		return
	}
	b.heading(3, "flow-problems", "What the flows show")
	b.say("Computed from the flows: what contradicts itself, or goes beyond what an agreement covers. What is open is not declared well enough to rule out.")
	t := Table{Caption: "What the flows show", Dense: true, Columns: []Column{{"What", 58, false}, {"Certain", 12, false}, {"By the flows", 30, false}}}
	for _, p := range b.r.Inventory.Problems {
		certain := Status{"Shown", Bad}
		if p.Certain != "true" {
			certain = Status{"Open", Open}
		}
		var missing Text
		for i, path := range p.Missing {
			separator := ", "
			if i == 0 {
				separator = "Would settle it: "
			}
			missing = append(missing, Span{Text: separator, Style: Quiet}, Span{Text: path, Style: Code})
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(plain(problemWords(p)), join(code(p.ID), missing)), cell(Text{certain.Span()}), cell(b.where(p)),
		}})
	}
	b.add(t)
}

// where names the flows that a problem is about, in order, each with its line. A problem of no flow has the line that it
// rests on.
func (b *builder) where(p assess.Problem) Text {
	if len(p.Path) == 0 && len(p.At) > 0 {
		return b.atLine(p.At[0].Line)
	}
	var t Text
	for i, id := range p.Path {
		if i > 0 {
			t = append(t, Span{Text: ", then ", Style: Quiet})
		}
		t = append(t, Span{Text: id})
		if i < len(p.At) {
			t = append(append(append(t, Span{Text: " (", Style: Quiet}), b.atLine(p.At[i].Line)...), Span{Text: ")", Style: Quiet})
		}
	}
	return t
}

func (b *builder) vendorName(id string) string {
	for i := range b.r.Inventory.Vendors {
		if v := &b.r.Inventory.Vendors[i]; v.ID == id {
			return or(v.Name, id)
		}
	}
	return id
}

// phiWords tells what class of PHI a flow carries.
func phiWords(class string) string {
	switch class {
	case "none":
		return "no PHI"
	case "deidentified":
		return "de-identified data"
	case "limited_data_set":
		return "a limited data set (PHI)"
	case "identified":
		return "identified PHI"
	}
	return or(Words(class), "PHI "+notDeclared)
}

func (b *builder) flowTable() {
	b.heading(3, "flows", "The flows")
	if len(b.r.Inventory.Flows) == 0 {
		b.say("No data flow is declared.")
		return
	}
	t := Table{Caption: "Data flows, one row per hop", Dense: true, Columns: []Column{{"Flow", 26, false}, {"From and to", 18, false},
		{"What it carries", 22, false}, {"How", 18, false}, {"Open findings", 16, false}}}
	problem := b.problemFlows()
	for i, f := range b.r.Inventory.Flows {
		name := append(Text{{Text: fmt.Sprintf("%d. ", i+1), Style: Strong}}, code(f.ID)...)
		var mark Text
		if problem[f.ID] {
			mark = Text{{Text: "On the way of a finding", Mark: Bad}}
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(join(name, b.atLine(f.Pos.Line)), labelled("For", b.r.Inventory.UseName(f.UseCase)), mark),
			cell(plain(b.r.Inventory.EndName(f.From)+" to "+b.r.Inventory.EndName(f.To)), quiet(f.From+" to "+f.To)),
			cell(plain(Upper(phiWords(f.PHI))), labelled("Elements", strings.Join(f.Elements, ", ")), labelled("Purpose", f.Purpose)),
			cell(join(labelled("By", or(f.Protocol, notDeclared)), labelled("encrypted", yesNo(f.Encrypted))), labelled("Features", strings.Join(f.Features, ", ")),
				join(labelled("Reviewed by", Words(f.ReviewedBy)), labelled("writes", Words(f.Writes)))),
			cell(orElse(b.refs(b.about("data_flows", f.ID)), "none")),
		}})
	}
	b.add(t)
}

// orElse is t, or what to say when it's empty.
func orElse(t Text, empty string) Text {
	if len(t) == 0 {
		return quiet(empty)
	}
	return t
}

func (b *builder) outputTable() {
	if len(b.r.Inventory.Outputs) == 0 {
		return
	}
	b.heading(3, "outputs", "Where the model's text can arrive")
	b.say("Computed from the flows: for each model and use, each place its text can reach, and whether a qualified person reviews it on every way there.")
	t := Table{Caption: "Where the model's text can arrive", Dense: true, Columns: []Column{{"Text", 34, false}, {"Arrives at", 16, false},
		{"Reviewed on every way", 18, false}, {"Shortest way", 32, false}}}
	for _, o := range b.r.Inventory.Outputs {
		reviewed := map[string]Status{"true": {"Yes", Good}, "false": {"No", Bad}}[o.Reviewed]
		if reviewed.Word == "" {
			reviewed = Status{Upper(notDeclared), Open}
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(strong(or(b.r.Inventory.EndName(o.Model), "The model")+" for "+or(b.r.Inventory.UseName(o.UseCase), "a use that no flow names")), code(o.ID)),
			cell(plain(Words(o.To))), cell(Text{reviewed.Span()}, labelled("Needs review by", Words(o.Needs)), labelled("On every way", strings.Join(o.Cut, ", "))), cell(plain(strings.Join(o.Path, ", then "))),
		}})
	}
	b.add(t)
}

func (b *builder) useCaseTable() {
	if len(b.r.Inventory.UseCases) == 0 {
		return
	}
	b.heading(3, "use-cases", "What the model is used for")
	t := Table{Caption: "Use cases", Dense: true, Columns: []Column{{"Use", 28, false}, {"Purpose", 30, false}, {"Status and owner", 20, false}, {"Risk and review", 22, false}}}
	for _, u := range b.r.Inventory.UseCases {
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			b.named(u.Name, u.ID, u.Pos.Line), cell(plain(or(u.Purpose, notDeclared))),
			cell(plain(Upper(or(Words(u.Status), "status "+notDeclared))), labelled("Owner", or(b.person(u.Owner), notDeclared))),
			cell(labelled("Risk declared", or(Words(u.RiskTier), notDeclared)), labelled("Risk by its facts", or(Words(u.DerivedRisk), "too little is declared")),
				labelled("Reviewed by", or(Words(u.Review), notDeclared))),
		}})
	}
	b.add(t)
}

func (b *builder) systemTable() {
	if len(b.r.Inventory.Systems) == 0 {
		return
	}
	b.heading(3, "systems", "The systems")
	t := Table{Caption: "Systems", Dense: true, Columns: []Column{{"System", 30, false}, {"Kind", 16, false}, {"Run by", 22, false}, {"PHI reaches it", 14, false}, {"Open findings", 18, false}}}
	for _, s := range b.r.Inventory.Systems {
		by := "the practice"
		if s.Vendor != "" {
			by = b.vendorName(s.Vendor)
		}
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			b.named(s.Name, s.ID, s.Pos.Line), cell(plain(or(Words(s.Kind), notDeclared)), labelled("Model", s.Model)), cell(plain(by)),
			cell(plain(Upper(yesNo(s.ReceivesPHI)))), cell(orElse(b.refs(b.about("systems", s.ID)), "none")),
		}})
	}
	b.add(t)
}
