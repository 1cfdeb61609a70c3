package pdf

import (
	"fmt"

	"readiness/internal/report/outline"
)

// The looks of the text.
var (
	titleLook    = look{serifBold, 25, 30, black}
	subtitleLook = look{serif, 13, 18, quiet}
	verdictLook  = look{serifBold, 19, 24, black}
	leadLook     = look{serif, 10.6, 15.4, black}
	bodyLook     = look{serif, 9.1, 12.6, black}
	smallLook    = look{sans, 7.7, 10.2, black}
	denseLook    = look{sans, 7, 8.2, black}
	labelLook    = look{sans, 7.7, 10.2, quiet}
	kickerLook   = look{sansBold, 8.4, 12, black}
	headLook     = look{sans, 7.4, 10, quiet}
)

// headingLooks are the looks of headings by level, with the space above and below them.
var headingLooks = map[int]struct {
	look         look
	above, below float64
}{
	2: {look{serifBold, 17, 21, black}, 20, 6},
	3: {look{serifBold, 12.5, 16, black}, 12, 4},
	4: {look{serifBold, 10.4, 14, black}, 10, 3},
}

// heading draws a heading, on the page on which what follows it begins.
func (p *printer) heading(h outline.Heading, next []outline.Block) {
	level := min(max(h.Level, 2), 4)
	style := headingLooks[level]
	if p.onPageOne() {
		style.look.size, style.look.leading, style.above, style.below = 12.5, 16, 10, 2
	}
	if p.y == p.headed {
		style.above *= 0.3 // right below another heading
	}
	lines := p.setter.set(text(h.Text), style.look, width)
	p.skip(style.above)
	p.need(float64(len(lines))*style.look.leading + style.below + p.start(next))
	if level == 2 {
		p.part = h.Text
		if p.fresh() {
			p.parts[len(p.parts)-1] = p.part
		}
	}
	p.anchor(h.Anchor, p.y)
	p.bookmark(h.Text, level)
	p.listHere(h.Anchor)
	p.tree.in(fmt.Sprintf("H%d", level), "", func() { p.paragraph(lines, left, style.look.leading) })
	p.y += style.below
	p.headed = p.y
}

// onPageOne reports whether the summary is being drawn, which has to fit on one page.
func (p *printer) onPageOne() bool { return p.entries == nil && p.pdf.PageNo() == 1 }

// start is the height of the least of what follows a heading that has to stand on its page.
func (p *printer) start(next []outline.Block) float64 {
	if len(next) == 0 {
		return 0
	}
	switch b := next[0].(type) {
	case outline.Heading:
		style := headingLooks[min(max(b.Level, 2), 4)]
		return style.above + style.look.leading + style.below + p.start(next[1:])
	case outline.Paragraph:
		lines := float64(len(p.setter.set(b.Text, bodyLook, measure)))
		if len(next) > 1 && !isPart(next[1]) {
			return lines*bodyLook.leading + proseGap + p.start(next[1:]) // what it leads to
		}
		return min(2, lines) * bodyLook.leading
	case outline.Table:
		if p.onWide() {
			return pageHeight // a table goes on an upright page
		}
		return p.tableStart(b)
	case outline.Picture:
		return p.pictureStart()
	case outline.Finding:
		return findingStart
	case outline.Pairs:
		return float64(min(len(b.Items), 4)) * (bodyLook.leading + 2)
	case outline.Signatures:
		return p.signaturesHigh(b)
	}
	return 3 * bodyLook.leading
}

// isPart reports whether a part of the document begins with a block.
func isPart(b outline.Block) bool {
	h, ok := b.(outline.Heading)
	return ok && h.Level <= 2
}

// cover draws the head of page one.
func (p *printer) cover(c outline.Cover) {
	if p.fresh() {
		p.y -= 12
	}
	p.hairline(left, p.y, 36, 2.4, p.accent)
	p.y += 11
	p.say(text(c.Kind), kickerLook.in(p.accent), left, width)
	p.y += 2
	p.bookmark(c.Title, 2)
	p.sayAs("H1", text(c.Title), titleLook, left, width)
	p.say(text(c.Subtitle), subtitleLook, left, width)
	p.y += 10
	p.tree.in("L", "", func() { p.coverFacts(c.Facts) })
}

// coverFacts draws facts as a memo's head does: each on a line of its own.
func (p *printer) coverFacts(facts []outline.Pair) {
	const names = 92.0
	for _, f := range facts {
		y := p.y
		p.tree.in("LI", "", func() {
			p.sayAs("Lbl", text(f.Key), smallLook.in(quiet), left, names)
			p.y = y
			p.sayAs("LBody", f.Value, smallLook, left+names, width-names)
		})
		p.y += 1.8
	}
}

// verdict draws the verdict and the line of each gate.
func (p *printer) verdict(v outline.Verdict) {
	p.y += 6
	p.hairline(left, p.y, width, 0.6, rule)
	p.y += 11
	c := v.Mark.Ink()
	p.bookmark(v.Headline, 2)
	p.sayAs("H2", outline.Text{{Text: v.Headline, Mark: v.Mark}}, verdictLook.in(c), left, width)
	p.y += 3
	p.say(text(v.Sentence), leadLook, left, width)
	p.y += 4
	p.table(v.Table())
}

func (p *printer) prose(b outline.Paragraph) {
	l := bodyLook
	if b.Quiet {
		l = smallLook.in(quiet)
	}
	p.say(b.Text, l, left, measure)
	p.y += proseGap
}

// proseGap is the space after a paragraph.
const proseGap = 6.0

// pairs draws facts with their names beside them.
func (p *printer) pairs(items []outline.Pair) {
	p.tree.in("L", "", func() {
		for _, it := range items {
			p.labelled(text(it.Key), labelLook, func() { p.sayAs("LBody", it.Value, bodyLook, beside, besideWide) })
			p.y += 2
		}
	})
	p.y += 6
}

// labelled draws a label in its column, and what it names beside it.
func (p *printer) labelled(label outline.Text, l look, draw func()) {
	lines := p.setter.set(label, l, labels-14)
	p.need(max(float64(len(lines))*l.leading, 2*bodyLook.leading))
	p.tree.in("LI", "", func() {
		begin, end, page := p.y, 0.0, p.pdf.PageNo()
		p.y += bodyLook.base() - l.base() // so that the first lines stand on one line
		p.tree.in("Lbl", "", func() { p.paragraph(lines, left, l.leading) })
		if p.pdf.PageNo() == page {
			p.y, end = begin, p.y
		}
		page = p.pdf.PageNo()
		draw()
		if p.pdf.PageNo() == page {
			p.y = max(p.y, end)
		}
	})
}

// list draws a list. On page one its second lines are small.
func (p *printer) list(b outline.List) {
	l, wide := bodyLook, measure
	if p.onPageOne() {
		l.leading, wide = 12.4, width
	}
	const indent = 17.0
	numbering := "/A <</O /List /ListNumbering /Disc>>"
	if b.Ordered {
		numbering = "/A <</O /List /ListNumbering /Decimal>>"
	}
	p.tree.in("L", numbering, func() {
		for i, item := range b.Items {
			label, look := "•", l
			if b.Ordered {
				label, look = fmt.Sprintf("%d.", i+1), l.strong()
			}
			p.item(text(label), look.in(p.accent), item, l, left, indent, wide)
			p.y += 3.4
		}
	})
	p.y += 5
}

// item draws an item of a list: its label, and paragraphs beside it, the first in look l, the others in small print.
func (p *printer) item(label outline.Text, ll look, paragraphs outline.Lines, l look, x, indent, wide float64) {
	p.need(2 * l.leading)
	p.tree.in("LI", "", func() {
		y := p.y
		p.sayAs("Lbl", label, ll, x, indent)
		p.y = y
		p.tree.in("LBody", "", func() {
			for i, t := range paragraphs {
				if i > 0 {
					l = smallLook
				}
				p.say(t, l, x+indent, wide-indent)
			}
		})
	})
}

// callout draws a remark between two rules.
func (p *printer) callout(c outline.Callout) {
	p.skip(9)
	p.need(3 * bodyLook.leading)
	p.tree.in("Sect", "", func() {
		p.hairline(left, p.y, width, 0.6, rule)
		p.y += 6
		p.say(outline.Text{{Text: c.Title, Mark: c.Mark}}, smallLook.strong(), left, width)
		for _, t := range c.Items {
			p.say(t, smallLook, left, measure)
			p.y += 1
		}
		p.y += 5
		p.hairline(left, p.y, width, 0.6, rule)
	})
	p.y += 4
}

// signatures draws lines to sign on.
func (p *printer) signatures(s outline.Signatures) {
	p.need(p.signaturesHigh(s))
	p.prose(outline.Paragraph{Text: text(s.Statement)})
	columns := []struct {
		title string
		width float64
	}{{"Role", 100}, {"Name", 140}, {"Signature", 150}, {"Date", 70}}
	p.tree.in("Table", summary("Signatures"), func() {
		p.y += 6
		p.tree.in("TR", "", func() {
			x := left
			for _, c := range columns {
				y := p.y
				p.tree.in("TH", scope("Column"), func() { p.paragraph(p.setter.set(text(c.title), headLook, c.width), x, headLook.leading) })
				p.y = y
				x += c.width + 5
			}
			p.y += headLook.leading
		})
		for _, role := range s.Roles {
			p.tree.in("TR", "", func() {
				p.y += signatureHigh
				p.tree.in("TH", scope("Row"), func() { p.paragraph(p.setter.set(text(role), bodyLook, columns[0].width), left, bodyLook.leading) })
				x := left
				for i, c := range columns {
					if i > 0 {
						p.tree.add("TD", "")
					}
					p.hairline(x, p.y+3, c.width, 0.6, quiet)
					x += c.width + 5
				}
			})
		}
	})
	p.y += 8
}

// signatureHigh is the space above the line that a person signs on.
const signatureHigh = 28.0

// signaturesHigh is the height of lines to sign on, which stand together.
func (p *printer) signaturesHigh(s outline.Signatures) float64 {
	lines := float64(len(p.setter.set(text(s.Statement), bodyLook, measure)))
	return lines*bodyLook.leading + proseGap + 6 + headLook.leading + float64(len(s.Roles))*(signatureHigh+bodyLook.leading) + 3
}
