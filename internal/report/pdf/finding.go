package pdf

import (
	"strings"

	"readiness/internal/report/outline"
)

// findingStart is the height of a finding's head and the beginning of its first part.
const findingStart = 72.0

// The looks of a finding's title and text.
var (
	findingLook   = look{serifBold, 10.8, 14, black}
	statementLook = look{sans, 7.5, 9.6, black}
)

// finding draws a finding: its head, then what is wrong and what to do, with the background beside it.
func (p *printer) finding(f outline.Finding) {
	p.skip(7)
	p.need(findingStart)
	p.tree.in("Sect", "", func() {
		p.hairline(left, p.y, width, 0.6, rule)
		p.y += 6
		p.anchor(f.Anchor, p.y)
		p.bookmark(f.Status.Word+": "+f.Title, 4)
		p.listHere(f.Anchor)
		p.tags(f)
		p.y += 1
		p.sayAs("H4", text(f.Title), findingLook, left, width)
		p.sideBySide(f.Parts)
	})
	p.y += 4
}

// sideBySide draws parts in two columns, the background in the right one, over as many pages as it takes. What to do
// stands where it makes the whole less high.
func (p *printer) sideBySide(parts []outline.Part) {
	g, r := p.columns(parts, 0)
	if other, act := p.columns(parts, 1); other.height(act) < g.height(r) {
		g, r = other, act
	}
	for range g.columns {
		r.parts = append(r.parts, p.tree.add("Div", ""))
	}
	p.rowLines(g, r, func() {})
}

// columns sets parts in two columns. What to do goes to the column act.
func (p *printer) columns(parts []outline.Part, act int) (*grid, *gridRow) {
	const main, gap = 0.50, 18
	g := &grid{look: statementLook, padding: 2, head: &gridRow{}, columns: []gridColumn{
		{left, width*main - gap, false}, {left + width*main, width * (1 - main), false}}}
	r := &gridRow{cells: make([][]gridLine, 2)}
	for _, part := range parts {
		column := 0
		switch {
		case part.Aside:
			column = 1
		case part.Act:
			column = act
		}
		r.cells[column] = append(r.cells[column], p.partLines(part, g.columns[column].width, len(r.cells[column]) > 0)...)
	}
	return g, r
}

// tags draws the line above a finding's title: its status and severity, who mends it and by when, and its id at the right.
func (p *printer) tags(f outline.Finding) {
	const gap = "\u00a0\u00a0\u00a0 "
	t := outline.Text{f.Status.Span(), {Text: gap}, {Text: outline.SeverityTitle(f.Severity), Style: outline.Strong}, {Text: gap}}
	if f.Proposed {
		t = append(t, outline.Span{Text: "Proposed, not law", Style: outline.Strong}, outline.Span{Text: gap})
	}
	if f.Accepted {
		t = append(t, outline.Span{Text: "Accepted by an exception", Mark: outline.Waived}, outline.Span{Text: gap})
	}
	t = append(t, outline.Span{Text: f.Binding + ". Owner: ", Style: outline.Quiet}, outline.Span{Text: f.Owner},
		outline.Span{Text: ". Effort: " + f.Effort + ". Due: " + f.When + ".", Style: outline.Quiet})
	id := p.setter.set(text(f.ID), smallLook.with(mono).in(quiet), width)
	tags := p.setter.set(t, smallLook, width)
	beside := len(id) == 1 && tags[len(tags)-1].width+id[0].width+20 < width
	p.tree.in("P", "", func() { p.paragraph(tags, left, smallLook.leading) })
	x := left
	if beside {
		p.y, x = p.y-smallLook.leading, left+width-id[0].width
	}
	p.tree.in("P", "", func() { p.paragraph(id, x, smallLook.leading) })
}

// partLines sets a part: its label, then its statements, each with its place in the manifest and what belongs to it.
func (p *printer) partLines(part outline.Part, width float64, follows bool) []gridLine {
	label := outline.Span{Text: part.Label + ".\u2002", Style: outline.Strong}
	var lines []gridLine
	for i, it := range part.Items {
		says, excerpt, above := outline.Text{}, strings.TrimSpace(it.Place.Excerpt), 1.6
		switch {
		case i == 0 && follows:
			above = 4
		case i == 0:
			above = 0
		}
		if i == 0 {
			says = outline.Text{label}
		}
		says = append(says, it.Text...)
		if it.Place.Pos.IsValid() && excerpt == "" {
			says = append(says, outline.Span{Text: " (" + it.Place.Line() + ")", Style: outline.Quiet})
		}
		set := p.cell(outline.Lines{says}, statementLook, width)
		if len(set) > 0 {
			set[0].above = above
		}
		var more outline.Text
		if excerpt != "" {
			more = outline.Text{{Text: it.Place.Line() + "\u00a0\u00a0", Style: outline.Quiet}, {Text: excerpt, Style: outline.Code}}
		}
		for _, t := range it.More {
			if len(more) > 0 {
				more = append(more, outline.Span{Text: " · ", Style: outline.Quiet})
			}
			more = append(more, t...)
		}
		lines = append(lines, append(set, p.cell(outline.Lines{more}, statementLook.in(quiet), width)...)...)
	}
	for i := range lines {
		lines[i].several = true
	}
	return lines
}
