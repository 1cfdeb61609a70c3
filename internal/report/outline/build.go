package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// Build lays a report out. It changes neither the report nor the brand.
func Build(r *assess.Report, brand Brand) *Document {
	b := newBuilder(r, brand)
	b.pageOne()
	b.findings()
	b.flows()
	b.vendors()
	b.people()
	b.overlays()
	b.upcoming()
	b.proposed()
	b.penalties()
	b.notChecked()
	b.evidence()
	b.appendix()
	b.signOff()
	b.method()
	return b.doc
}

// builder collects the blocks of a document.
type builder struct {
	r       *assess.Report
	brand   Brand
	doc     *Document
	rows    map[*assess.Requirement]string // the anchors of rows in the appendix
	cards   map[*assess.Requirement]string // the anchors of findings
	anchors map[string]string              // by a requirement's id: of its finding or, when it has none, of its row
	objects []declaredOf                   // every fact the report rests on by object, in the order of the manifest
	lines   map[int]string                 // by line: the anchor of the row that repeats what is written there
	taken   map[string]bool                // anchors in use
}

// newBuilder begins a document without blocks.
func newBuilder(r *assess.Report, brand Brand) *builder {
	b := &builder{r: printable(r), brand: printable(brand)}
	b.doc = &Document{
		Title: "Gap report: " + Named(b.r.Practice), AsOf: b.r.AsOf, Tool: b.r.Tool.Name + " " + b.r.Tool.Version,
		Brand: b.brand, Footer: "Gap check as of " + b.r.AsOf + " of what the practice declares. Not a risk analysis, not legal advice.",
	}
	b.index()
	return b
}

func (b *builder) add(blocks ...Block) { b.doc.Blocks = append(b.doc.Blocks, blocks...) }

// part opens a part of the report. A part of some length begins on a new page.
func (b *builder) part(anchor, title string, newPage bool) {
	if newPage {
		b.add(PageBreak{})
	}
	b.add(Heading{2, b.anchor(anchor), title})
}

func (b *builder) heading(level int, anchor, title string) {
	b.add(Heading{level, b.anchor(anchor), title})
}

func (b *builder) say(format string, args ...any) {
	b.add(Paragraph{Text: plain(fmt.Sprintf(format, args...))})
}

// index gives every requirement its anchors and collects the facts.
func (b *builder) index() {
	b.rows, b.cards = map[*assess.Requirement]string{}, map[*assess.Requirement]string{}
	b.anchors, b.taken = map[string]string{}, map[string]bool{}
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		if q.Outcome == assess.NotSelected {
			continue
		}
		b.rows[q] = b.anchor("req-" + q.ID)
		b.anchors[q.ID] = b.rows[q]
		if q.Outcome.Open() {
			b.cards[q] = b.anchor("finding-" + q.ID)
			b.anchors[q.ID] = b.cards[q]
		}
	}
	b.collectFacts()
}

// anchor makes a unique anchor out of any text: a-z, 0-9 and single hyphens.
func (b *builder) anchor(s string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return ' '
	}, s)
	slug = strings.Join(strings.Fields(slug), "-")
	for base, n := slug, 2; b.taken[slug]; n++ {
		slug = fmt.Sprintf("%s-%d", base, n)
	}
	b.taken[slug] = true
	return slug
}

// ref names a requirement and links to it.
func (b *builder) ref(id string) Span {
	s := Span{Text: id}
	if a := b.anchors[id]; a != "" {
		s.Link = "#" + a
	}
	return s
}

// refs names requirements and links to them.
func (b *builder) refs(ids []string) Text {
	var t Text
	for i, id := range ids {
		if i > 0 {
			t = append(t, Span{Text: ", "})
		}
		t = append(t, b.ref(id))
	}
	return t
}

// line names a line of the manifest and, when a fact is written there, links to it.
func (b *builder) line(n int) Span {
	s := Span{Text: fmt.Sprint(n), Style: Quiet}
	if row := b.lines[n]; row != "" {
		s.Link = "#" + row
	}
	return s
}

// atLine is "line 12" beside the point; nothing when there is no such place.
func (b *builder) atLine(n int) Text {
	if n <= 0 {
		return nil
	}
	return Text{{Text: "line ", Style: Quiet}, b.line(n)}
}

// person is the name of a person, or the id.
func (b *builder) person(id string) string {
	for i := range b.r.Inventory.People {
		if p := &b.r.Inventory.People[i]; p.ID == id {
			return or(p.Name, id)
		}
	}
	return id
}

func plain(s string) Text  { return Text{{Text: s}} }
func quiet(s string) Text  { return Text{{Text: s, Style: Quiet}} }
func strong(s string) Text { return Text{{Text: s, Style: Strong}} }
func code(s string) Text   { return Text{{Text: s, Style: Code}} }

// cell is a cell of paragraphs. Empty ones are left out.
func cell(paragraphs ...Text) Lines {
	var l Lines
	for _, t := range paragraphs {
		if strings.TrimSpace(t.String()) != "" {
			l = append(l, t)
		}
	}
	return l
}

// named is a name with its id and line below it.
func (b *builder) named(name, id string, line int) Lines {
	below := code(id)
	if at := b.atLine(line); at != nil {
		below = append(append(below, Span{Text: ", ", Style: Quiet}), at...)
	}
	return cell(strong(or(name, id)), below)
}

// labelled is text behind a label; nothing when there is no text.
func labelled(label, s string) Text {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return Text{{Text: label + ": ", Style: Quiet}, {Text: s}}
}
