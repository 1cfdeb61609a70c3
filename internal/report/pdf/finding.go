package pdf

import (
	"strings"

	"readiness/internal/report/outline"
)

// findingStart is the height of a finding's head and the beginning of its first part.
const findingStart = 84.0

// The looks of a finding's title and text.
var (
	findingLook   = look{serifBold, 10.8, 14, black}
	statementLook = look{sans, 7.5, 9.2, black}
)

// finding draws a finding: its head, then what is wrong, what to do and why, in two columns.
func (p *printer) finding(f outline.Finding) {
	p.skip(7)
	p.need(findingStart)
	p.tree.in("Sect", "", func() {
		p.hairline(left, p.y, width, 0.6, rule)
		p.y += 6
		p.anchor(f.Anchor, p.y)
		p.bookmark(f.Status.Word+". "+f.Title, 4)
		p.listHere(f.Anchor)
		p.say(tags(f), smallLook, left, width)
		p.y += 1
		p.titled(f)
		p.y += 2
		into := p.tree.add("Div", "")
		var lines []columnPiece
		for _, part := range f.Parts {
			lines = append(lines, p.partLines(part, &into)...)
		}
		p.inColumns(lines)
	})
	p.y += 3
}

// tags is the line above a finding's title: its status and severity, and who mends it by when.
func tags(f outline.Finding) outline.Text {
	const gap = "\u00a0\u00a0\u00a0 "
	t := outline.Text{f.Status.Span(), {Text: gap}, {Text: outline.SeverityTitle(f.Severity), Style: outline.Strong}, {Text: gap}}
	if f.Proposed {
		t = append(t, outline.Span{Text: "Proposed, not law", Style: outline.Strong}, outline.Span{Text: gap})
	}
	if f.Accepted {
		t = append(t, outline.Span{Text: "Accepted by an exception", Mark: outline.Waived}, outline.Span{Text: gap})
	}
	return append(t, outline.Span{Text: f.Binding + ". Owner: ", Style: outline.Quiet}, outline.Span{Text: f.Owner},
		outline.Span{Text: ". Effort: " + f.Effort + ". Due: " + f.When + ".", Style: outline.Quiet})
}

// titled draws a finding's title, and its id at the right of it or else below.
func (p *printer) titled(f outline.Finding) {
	look := smallLook.with(mono).in(quiet)
	id, title := p.setter.set(text(f.ID), look, width), p.setter.set(text(f.Title), findingLook, width)
	p.tree.in("H4", "", func() { p.paragraph(title, left, findingLook.leading) })
	x, y := left, p.y
	if n := len(title); n > 0 && len(id) == 1 && title[n-1].width+id[0].width+20 < width {
		x, p.y = left+width-id[0].width, y-findingLook.leading+findingLook.base()-look.base()
	}
	p.tree.in("P", "", func() { p.paragraph(id, x, look.leading) })
	if x > left {
		p.y = y
	}
}

// partLines sets a part: its label, then its statements, each with its place in the manifest and what belongs to it. They
// are drawn into an element, each paragraph after the one before.
func (p *printer) partLines(part outline.Part, into **element) []columnPiece {
	var lines []columnPiece
	for i, it := range part.Items {
		excerpt, above, begins := strings.TrimSpace(it.Place.Excerpt), 1.6, aStatement
		says := it.Text
		if i == 0 {
			above, begins = 3.4, aPart
			says = append(outline.Text{{Text: part.Label + ".\u2002", Style: outline.Strong}}, says...)
		}
		if it.Place.Pos.IsValid() && excerpt == "" {
			says = append(says[:len(says):len(says)], outline.Span{Text: " (" + it.Place.Line() + ")", Style: outline.Quiet})
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
		set := append(p.cell(outline.Lines{says}, statementLook, columnWide), p.cell(outline.Lines{more}, statementLook.in(quiet), columnWide)...)
		for n, l := range set {
			line := columnPiece{high: statementLook.leading, draw: func(x, y float64) {
				if l.first {
					*into = p.paragraphOf(*into)
				}
				p.tree.within(*into, func() { p.line(l.line, x, y) })
			}}
			if n == 0 {
				line.above, line.begins = above, begins
			}
			lines = append(lines, line)
		}
	}
	return lines
}
