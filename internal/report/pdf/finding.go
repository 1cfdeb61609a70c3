package pdf

import (
	"strings"

	"readiness/internal/report/outline"
)

// findingStart is the height of a finding's head and the beginning of its first part.
const findingStart = 104.0

var findingLook = look{serifBold, 12, 16, black}

// finding draws a finding: its head, then its parts with their labels beside them.
func (p *printer) finding(f outline.Finding) {
	p.skip(12)
	p.need(findingStart)
	p.tree.in("Sect", "", func() {
		p.hairline(left, p.y, width, 0.6, rule)
		p.y += 9
		p.anchor(f.Anchor, p.y)
		p.bookmark(f.Status.Word+": "+f.Title, 4)
		p.listHere(f.Anchor)
		p.tags(f)
		p.y += 2
		p.sayAs("H4", text(f.Title), findingLook, left, measure+20)
		p.y += 1
		p.say(outline.Text{{Text: f.Binding + ". Owner: "}, {Text: f.Owner, Style: outline.Strong}, {Text: ". Effort: " + f.Effort + "."}},
			smallLook.in(quiet), left, width)
		p.y += 6
		p.tree.in("L", "", func() {
			for _, part := range f.Parts {
				p.findingPart(part)
			}
		})
	})
	p.y += 6
}

// tags draws the line above a finding's title: its status and severity, and its id at the right.
func (p *printer) tags(f outline.Finding) {
	t := outline.Text{f.Status.Span(), {Text: "\u00a0\u00a0\u00a0 "}, {Text: outline.SeverityTitle(f.Severity), Style: outline.Strong}}
	say := func(s outline.Span) { t = append(t, outline.Span{Text: "\u00a0\u00a0\u00a0 "}, s) }
	switch {
	case f.Proposed:
		say(outline.Span{Text: "Proposed, not law", Style: outline.Strong})
	case !f.Due:
		say(outline.Span{Text: "Not due yet", Style: outline.Strong})
	}
	if f.Accepted {
		say(outline.Span{Text: "Accepted by an exception", Mark: outline.Waived})
	}
	id := p.setter.set(text(f.ID), smallLook.with(mono).in(quiet), width)
	tags := p.setter.set(t, smallLook, width)
	beside := len(id) == 1 && len(tags) == 1 && tags[0].width+id[0].width+20 < width
	y := p.y
	p.tree.in("P", "", func() { p.paragraph(tags, left, smallLook.leading) })
	x := left
	if beside {
		p.y, x = y, left+width-id[0].width
	}
	p.tree.in("P", "", func() { p.paragraph(id, x, smallLook.leading) })
}

// findingPart draws a labelled part. What the reader is asked to do has a bar beside it.
func (p *printer) findingPart(part outline.Part) {
	label := labelLook
	if part.Act {
		label = label.strong().in(p.accent)
	}
	p.labelled(text(part.Label), label, func() {
		y, page := p.y, p.pdf.PageNo()
		p.tree.in("LBody", "", func() { p.items(part) })
		if part.Act && p.pdf.PageNo() == page {
			p.bar(beside-8, y+2, p.y-y-3)
		}
	})
	p.y += 4
}

// bar draws an upright bar.
func (p *printer) bar(x, y, height float64) {
	p.as(nil)
	p.pdf.SetFillColor(p.accent[0], p.accent[1], p.accent[2])
	p.pdf.Rect(x, y, 1.6, height, "F")
}

// items draws the statements of a part, as a list if there are several.
func (p *printer) items(part outline.Part) {
	if len(part.Items) == 1 {
		p.statement(part.Items[0], beside, besideWide)
		return
	}
	const indent = 11.0
	p.tree.in("L", "/A <</O /List /ListNumbering /Disc>>", func() {
		for _, it := range part.Items {
			p.need(2 * bodyLook.leading)
			p.tree.in("LI", "", func() {
				y := p.y
				p.sayAs("Lbl", text("•"), bodyLook.in(quiet), beside, indent)
				p.y = y
				p.tree.in("LBody", "", func() { p.statement(it, beside+indent, besideWide-indent) })
			})
			p.y += 1.5
		}
	})
}

// statement draws one statement with its place in the manifest and what belongs to it.
func (p *printer) statement(it outline.Item, x, wide float64) {
	says, excerpt := it.Text, strings.TrimSpace(it.Place.Excerpt)
	if it.Place.Pos.IsValid() && excerpt == "" {
		says = append(says[:len(says):len(says)], outline.Span{Text: " (" + it.Place.Line() + ")", Style: outline.Quiet})
	}
	p.say(says, bodyLook, x, wide)
	if excerpt != "" {
		p.say(outline.Text{{Text: it.Place.Line() + "\u00a0\u00a0", Style: outline.Quiet}, {Text: excerpt, Style: outline.Code}}, smallLook, x, wide)
	}
	for _, t := range it.More {
		p.say(t, smallLook, x, wide)
	}
}
