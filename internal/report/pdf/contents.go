package pdf

import (
	"fmt"

	"readiness/internal/report/outline"
)

// entry is a line of the table of contents.
type entry struct {
	anchor  string
	status  outline.Text // of a finding
	text    outline.Text
	level   int // 2 and 3 for headings, 4 for findings
	page    int // on which it is; zero until it's drawn
	place   place
	right   float64  // where its page number ends
	element *element // where its page number goes
}

// entryLooks are the looks of entries by level, with the space above them.
var entryLooks = map[int]struct {
	look  look
	above float64
}{
	2: {look{serifBold, 9.4, 13, black}, 6.5},
	3: {look{sansBold, 7.5, 10, black}, 2.4},
	4: {look{sans, 7.5, 10, black}, 0.6},
}

// statusWide is the width of the column of status words, and pageWide that of page numbers.
const (
	statusWide = 56.0
	pageWide   = 22.0
)

// contents draws the table of contents of what follows, on page one if there is room, and else on pages of its own. The
// page numbers come last, when they are known.
func (p *printer) contents(blocks []outline.Block) {
	p.index(blocks)
	var entries []columnPiece
	for _, e := range p.entries {
		entries = append(entries, p.entry(e))
	}
	style := headingLooks[2]
	half := halfOf(entries)
	high := style.above + style.look.leading + style.below + max(columnHigh(entries[:half]), columnHigh(entries[half:]))
	p.part = "Contents"
	if p.pdf.PageNo() == 1 && high > p.room() {
		p.newPage()
	}
	p.skip(style.above)
	p.bookmark("Contents", 2)
	p.sayAs("H2", text("Contents"), style.look, left, width)
	p.y += style.below
	p.tree.in("TOC", "", func() { p.inColumns(entries) })
	p.newPage()
}

// index collects the entries.
func (p *printer) index(blocks []outline.Block) {
	p.entries = []*entry{}
	for _, b := range blocks {
		switch b := b.(type) {
		case outline.Heading:
			if b.Level <= 3 {
				p.listLater(&entry{anchor: b.Anchor, text: text(b.Text), level: b.Level})
			}
		case outline.Finding:
			p.listLater(&entry{anchor: b.Anchor, status: outline.Text{{Text: b.Status.Word, Mark: b.Status.Mark}}, text: text(b.Title), level: 4})
		}
	}
}

func (p *printer) listLater(e *entry) {
	p.entries = append(p.entries, e)
	p.listed[e.anchor] = e
}

// entry sets an entry, so that there is room for its page number.
func (p *printer) entry(e *entry) columnPiece {
	style, indent, begins := entryLooks[e.level], 0.0, aPart
	if e.status != nil {
		indent, begins = statusWide, aStatement
	}
	lines := p.setter.set(e.text, style.look, columnWide-indent-pageWide)
	high := float64(len(lines)) * style.look.leading
	return columnPiece{above: style.above, high: high, begins: begins, leads: e.status == nil, draw: func(x, y float64) {
		p.tree.in("TOCI", "", func() {
			link := newLink("#"+e.anchor, e.text.String())
			e.element = p.linkElement(link)
			e.place, e.right = p.here(y), x+columnWide
			p.tree.within(e.element, func() {
				for _, l := range p.setter.set(e.status, style.look, columnWide) {
					p.line(l.apart(), x, y)
				}
				for i, l := range lines {
					if i == len(lines)-1 {
						l = l.apart() // from the page number
					}
					p.line(l, x+indent, y+float64(i)*style.look.leading)
				}
			})
			p.addLink(link, x, y, columnWide, high)
		})
	}}
}

// listHere notes the page of something the contents list.
func (p *printer) listHere(anchor string) {
	if e := p.listed[anchor]; e != nil {
		e.page = p.pdf.PageNo()
	}
}

// fillContents writes the page numbers into the table of contents.
func (p *printer) fillContents() {
	for _, e := range p.entries {
		l := entryLooks[e.level].look
		set := p.setter.set(text(fmt.Sprint(e.page)), l.with(sans), width)[0]
		p.turnTo(e.place.page)
		p.tree.within(e.element, func() { p.line(set, e.right-set.width, e.place.y) })
	}
	p.turnTo(p.pdf.PageCount())
}

// turnTo goes back, or forth, to a page.
func (p *printer) turnTo(page int) {
	if p.pdf.PageNo() != page {
		p.leave()
		p.pdf.SetPage(page)
		p.pdf.SetFillColor(rgb(white)) // fpdf takes the page for filled as the one before, and would leave out the ink of text like it
		p.size = 0
	}
	_, high := p.pdf.GetPageSize() // fpdf keeps the last page's
	p.lift = high - p.high()
}

// headsAndFeet draws what stands at the head and the foot of each page, now that their number is known.
func (p *printer) headsAndFeet() {
	n := p.pdf.PageCount()
	for page := 1; page <= n; page++ {
		p.turnTo(page)
		width := width
		if p.onWide() {
			width = pageHeight - 2*left
		}
		if page > 1 {
			p.aside(text(p.doc.Title), left, width*0.6, 32)
			p.asideRight(p.parts[page-1], left+width, 32)
		}
		foot := p.high() - (pageHeight - bottom) + 10
		p.hairline(left, foot, width, 0.4, rule)
		foot += 5
		p.asideRight(fmt.Sprintf("Page %d of %d", page, n), left+width, foot)
		for _, s := range []string{p.doc.Brand.Footer, p.doc.Footer} {
			if s != "" {
				p.aside(text(s), left, width-90, foot)
				foot += headLook.leading
			}
		}
	}
}

// aside draws one line that is no part of the text. What doesn't fit is cut off.
func (p *printer) aside(t outline.Text, x, width, y float64) {
	const most = 300 // characters, of which no line holds as many
	if runes := []rune(t.String()); len(runes) > most {
		t = text(string(runes[:most]))
	}
	lines := p.setter.set(t, headLook, width-8)
	if len(lines) == 0 {
		return
	}
	if len(lines) > 1 {
		lines[0] = p.setter.set(text(lines[0].String()+"…"), headLook, width)[0]
	}
	p.tree.within(nil, func() { p.line(lines[0], x, y) })
}

// asideRight draws one such line so that it ends at x.
func (p *printer) asideRight(s string, x, y float64) {
	const space = width * 0.38
	s = string([]rune(s)[:min(len([]rune(s)), 300)])
	if lines := p.setter.set(text(s), headLook, space); len(lines) > 0 {
		p.aside(text(s), x-min(lines[0].width, space-8), space, y)
	}
}
