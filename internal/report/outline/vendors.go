package outline

import (
	"slices"
	"strings"

	"readiness/internal/assess"
)

// vendors gives each vendor a page: what it receives, what the agreement covers, what is declared and what was verified.
func (b *builder) vendors() {
	b.part("vendors", "Vendors", true)
	if len(b.r.Inventory.Vendors) == 0 {
		b.say("No vendor is declared.")
		return
	}
	b.say("What follows is what the practice declares and has verified. It says nothing of what a vendor offers.")
	for i := range b.r.Inventory.Vendors {
		if i > 0 {
			b.add(PageBreak{Alone: true})
		}
		b.vendor(&b.r.Inventory.Vendors[i])
	}
}

func (b *builder) vendor(v *assess.Vendor) {
	b.heading(3, "vendor-"+v.ID, or(v.Name, v.ID))
	b.add(Pairs{[]Pair{
		{"Role", plain(or(Words(v.Role), notDeclared))},
		{"Plan", plain(planOf(v))},
		{"PHI reaches it", plain(b.receives(v))},
		{"Agreement (BAA)", plain(Words(or(fact(v, "baa.status"), notDeclared)))},
		{"Open findings", orElse(b.refs(b.about("vendors", v.ID)), "none")},
		{"In the manifest", append(append(code("vendors["+v.ID+"]"), Span{Text: ", ", Style: Quiet}), b.atLine(v.Pos.Line)...)},
	}})
	b.agreement(v)
	b.declared(v)
	b.verified(v)
}

func (b *builder) receives(v *assess.Vendor) string {
	s := Upper(yesNo(v.ReceivesPHI))
	if len(v.PHIFlows) > 0 {
		s += ", by " + strings.Join(v.PHIFlows, ", ")
	}
	return s
}

// fact is what is declared of a vendor under a key such as baa.status, the items of a list joined.
func fact(v *assess.Vendor, key string) string {
	return strings.Join(factList(v, key), ", ")
}

func factList(v *assess.Vendor, key string) []string {
	var values []string
	for _, f := range v.Facts {
		if inside(f.Path, "vendors["+v.ID+"]."+key) {
			values = append(values, f.Value)
		}
	}
	return values
}

// agreement holds what is in use against what the agreement names.
func (b *builder) agreement(v *assess.Vendor) {
	t := Table{Caption: "In use, against the agreement", Dense: true, Columns: []Column{{"In use on flows with PHI", 40, false}, {"What", 20, false}, {"The agreement, as declared", 40, false}}}
	add := func(items []string, what, key string) {
		for _, item := range items {
			t.Rows = append(t.Rows, Row{Cells: []Lines{cell(code(item)), cell(plain(what)), cell(Text{coverOf(v, key, item).Span()})}})
		}
	}
	add(v.FeaturesInUse, "feature", "features")
	add(v.ModelsInUse, "model", "models")
	if len(t.Rows) == 0 {
		return
	}
	b.heading(4, "cover-"+v.ID, "What is in use, against the agreement")
	b.add(t)
}

func coverOf(v *assess.Vendor, key, item string) Status {
	covers, excludes := factList(v, "baa.covers."+key), factList(v, "baa.excludes."+key)
	switch {
	case slices.Contains(excludes, item):
		return Status{"Leaves it out", Bad}
	case slices.Contains(covers, item):
		return Status{"Names it as covered", Good}
	case len(covers) == 0:
		return Status{"Names no " + key, Open}
	}
	return Status{"Doesn't name it", Bad}
}

// declared lists what is declared of the vendor by topic, the items of a list joined, with the lines.
func (b *builder) declared(v *assess.Vendor) {
	b.heading(4, "declared-"+v.ID, "What is declared")
	if len(v.Facts) == 0 {
		b.say("Nothing is declared of its agreement, retention, training use, human review or residency.")
		return
	}
	t := Table{Caption: "Declared of " + or(v.Name, v.ID), Dense: true,
		Columns: []Column{{"About", 18, false}, {"Declared", 68, false}, {"Lines", 14, false}}}
	for _, d := range declarations(v) {
		t.Rows = append(t.Rows, Row{Cells: []Lines{cell(strong(d.topic)), cell(d.said), cell(b.lineRefs(d.facts))}})
	}
	b.add(t)
}

// declaration is what is declared of a vendor on one topic.
type declaration struct {
	topic string
	said  Text
	facts []assess.Fact
}

// declarations sum up the facts of a vendor by topic. The items of a list stand together.
func declarations(v *assess.Vendor) []declaration {
	var list []declaration
	last := ""
	for _, f := range v.Facts {
		topic, label := factLabel(f.Path, v.ID)
		if n := len(list); n == 0 || list[n-1].topic != topic {
			list, last = append(list, declaration{topic: topic}), ""
		}
		d := &list[len(list)-1]
		if label != last || len(d.said) == 0 {
			d.said, last = join(d.said, Text{{Text: label + " ", Style: Quiet}, {Text: f.Value}}), label
		} else {
			d.said[len(d.said)-1].Text += ", " + f.Value
		}
		d.facts = append(d.facts, f)
	}
	return list
}

// factLabel names the topic of a fact of a vendor, and the fact in it, for people. The items of a list have one label.
func factLabel(path, vendor string) (topic, label string) {
	path = strings.TrimPrefix(path, "vendors["+vendor+"].")
	if base, index, ok := strings.Cut(path, "["); ok {
		index, path = strings.TrimSuffix(index, "]"), base
		if strings.Trim(index, "0123456789") != "" {
			path += "." + index
		}
	}
	topic, label, _ = strings.Cut(path, ".")
	return Upper(factWords(topic)), strings.ReplaceAll(Words(label), ".", ": ")
}

func (b *builder) verified(v *assess.Vendor) {
	b.heading(4, "verified-"+v.ID, "What was verified")
	if len(v.Verified) == 0 {
		b.say("Nobody is on record as having checked any of this.")
		return
	}
	t := Table{Caption: "Verified about " + or(v.Name, v.ID), Dense: true,
		Columns: []Column{{"Fact", 18, false}, {"On", 12, false}, {"By", 18, false}, {"How", 22, false}, {"What was looked at", 30, false}}}
	for _, x := range v.Verified {
		t.Rows = append(t.Rows, Row{Cells: []Lines{cell(plain(Upper(factWords(x.Fact)))), cell(plain(or(x.Date, notDeclared))), cell(plain(or(b.person(x.By), notDeclared))),
			cell(plain(or(Words(x.Method), notDeclared))), cell(plain(or(x.Source, notDeclared)))}})
	}
	b.add(t)
}

func factWords(fact string) string {
	if fact == "baa" {
		return "BAA"
	}
	return Words(fact)
}

// people shows who works with the systems, with what access and what training.
func (b *builder) people() {
	b.part("people", "People: access and training", false)
	if len(b.r.Inventory.People) == 0 {
		b.say("No person is declared.")
		return
	}
	t := Table{Caption: "Access and training", Dense: true, Columns: []Column{{"Person", 24, false}, {"Status", 12, false}, {"Access", 20, false}, {"Training", 44, false}}}
	for i := range b.r.Inventory.People {
		p := &b.r.Inventory.People[i]
		who := append(b.named(p.Name, p.ID, p.Pos.Line), cell(plain(p.Role))...)
		t.Rows = append(t.Rows, Row{Cells: []Lines{who,
			cell(plain(Upper(or(Words(p.Status), notDeclared))), labelled("Licensed", yesNo(p.Licensed))), access(p), training(p)}})
	}
	b.add(t)
}

// access lists a person's grants. Someone who has left and still has access stands out.
func access(p *assess.Person) Lines {
	l := Lines{}
	if p.Status == "ended" && p.HasAccess == "true" {
		l = append(l, Text{{Text: "Has left, still has access", Mark: Bad, Style: Strong}})
	}
	for _, a := range p.Access {
		l = append(l, plain(a))
	}
	if len(p.Access) == 0 {
		l = append(l, quiet(map[string]string{"true": "Has access without a grant listed", "false": "None"}[p.HasAccess]))
	}
	if len(p.Access) == 0 && p.HasAccess != "true" && p.HasAccess != "false" {
		l = Lines{quiet(Upper(notDeclared))}
	}
	return l
}

func training(p *assess.Person) Lines {
	l := Lines{}
	for _, t := range p.Training {
		status, when := Span{Text: "in date", Mark: Good}, ", "+t.On+", counts until "+t.Until
		switch {
		case t.On == "":
			status, when = Span{Text: notDeclared, Mark: Open}, ""
		case t.Until == "":
			status, when = Span{Text: "how long it counts is " + notDeclared, Mark: Open}, ", "+t.On
		case !t.Valid:
			status, when = Span{Text: "not in date", Mark: Bad}, ", "+t.On+", counted until "+t.Until
		}
		l = append(l, Text{{Text: Words(t.Course) + ": "}, status, {Text: when, Style: Quiet}})
	}
	if len(l) == 0 {
		return Lines{quiet("No course is declared")}
	}
	return l
}
