package pdf

import (
	"readiness/internal/report/outline"
)

// grid is a table as it is drawn.
type grid struct {
	look    look
	padding float64 // above and below the text of a row
	columns []gridColumn
	head    *gridRow
	rows    []*gridRow
}

type gridColumn struct {
	x, width float64
	number   bool
}

// gridRow is a row. Its cells lose the lines that are drawn.
type gridRow struct {
	anchor  string
	total   bool
	cells   [][]gridLine
	parts   []*element // of the cells
	element *element
}

// gridLine is a line of a cell.
type gridLine struct {
	line
	above   float64 // the space above it
	first   bool    // whether a paragraph begins with it
	several bool    // whether the cell has more than one paragraph
}

const (
	paragraphGap = 1.6
	columnGap    = 10.0
)

// table draws a table. Its head stands on each page it goes over.
func (p *printer) table(t outline.Table) {
	g := p.grid(t)
	if p.onWide() {
		p.newPage()
	}
	p.need(g.start())
	p.tree.in("Table", summary(t.Caption), func() {
		p.head(g)
		for i, r := range g.rows {
			h := g.height(r)
			if i == len(g.rows)-2 && h+g.height(g.rows[i+1]) <= g.most() {
				h += g.height(g.rows[i+1]) // the last row doesn't go to another page alone
			}
			// Only a row of some height is broken, and then so that enough of it stands on each page.
			if h > p.room() && (h <= 6*g.look.leading || p.room() < 4*g.look.leading) {
				p.newPage()
				p.headAgain(g)
			}
			p.row(g, r)
		}
	})
	p.y += 8
}

// tableStart is the height of the least of a table that has to stand together.
func (p *printer) tableStart(t outline.Table) float64 {
	t.Rows = t.Rows[:min(len(t.Rows), smallTable)]
	return p.grid(t).start()
}

// smallTable is how many rows a table may have and still be kept on one page.
const smallTable = 4

// start is the height of what of a table has to stand together: all of it if it's small, else its head and first two
// rows, or one if it is high, or a few lines of one that no page could hold.
func (g *grid) start() float64 {
	head := g.height(g.head)
	n := len(g.rows)
	if n == 0 {
		return head
	}
	switch first := g.height(g.rows[0]); {
	case first > 4*g.look.leading:
		n = 1
	case n >= smallTable:
		n = 2
	}
	h := head
	for _, r := range g.rows[:n] {
		h += g.height(r)
	}
	switch first := g.height(g.rows[0]); {
	case h <= (bottom-top)/2:
		return h
	case first <= g.most():
		return head + first
	}
	return head + 6*g.look.leading
}

// most is how high a row may be that a page holds.
func (g *grid) most() float64 { return bottom - top - g.height(g.head) }

// grid sets the text of a table.
func (p *printer) grid(t outline.Table) *grid {
	g := &grid{look: smallLook, padding: 2.8, head: &gridRow{}}
	if t.Dense {
		g.look, g.padding = denseLook, 2
	}
	shares := 0
	for _, c := range t.Columns {
		shares += c.Width
	}
	x := left
	for i, c := range t.Columns {
		wide := width * float64(c.Width) / float64(max(shares, 1))
		column := gridColumn{x, wide - columnGap, c.Number}
		if i == len(t.Columns)-1 {
			column.width = wide
		}
		x += wide
		g.columns = append(g.columns, column)
		g.head.cells = append(g.head.cells, p.cell(outline.Lines{text(c.Title)}, headLook, column.width))
	}
	for _, r := range t.Rows {
		row := &gridRow{anchor: r.Anchor, total: r.Total}
		look := g.look
		if r.Total {
			look = look.strong()
		}
		for i, c := range r.Cells {
			row.cells = append(row.cells, p.cell(c, look, g.columns[i].width))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// cell sets the paragraphs of a cell.
func (p *printer) cell(paragraphs outline.Lines, l look, width float64) []gridLine {
	var lines []gridLine
	for _, t := range paragraphs {
		for i, set := range p.setter.set(t, l, width) {
			gl := gridLine{line: set, first: i == 0, several: len(paragraphs) > 1}
			if i == 0 && len(lines) > 0 {
				gl.above = paragraphGap
			}
			lines = append(lines, gl)
		}
	}
	return lines
}

// height is the height of what is left of a row.
func (g *grid) height(r *gridRow) float64 {
	most := 0.0
	for _, c := range r.cells {
		h := 0.0
		for _, l := range c {
			h += l.above + g.leading(r)
		}
		most = max(most, h)
	}
	return most + 2*g.padding
}

func (g *grid) leading(r *gridRow) float64 {
	if r == g.head {
		return headLook.leading
	}
	return g.look.leading
}

// head draws the head of a table.
func (p *printer) head(g *grid) {
	p.tree.in("TR", "", func() {
		for range g.head.cells {
			g.head.parts = append(g.head.parts, p.tree.add("TH", scope("Column")))
		}
	})
	p.headRow(g, func(i int, draw func()) { p.tree.within(g.head.parts[i], draw) })
}

// headAgain repeats the head on another page, for the eye only.
func (p *printer) headAgain(g *grid) {
	p.headRow(g, func(_ int, draw func()) { p.tree.within(nil, draw) })
}

// headRow draws the titles of the columns, each at the foot of its cell.
func (p *printer) headRow(g *grid, in func(int, func())) {
	h := g.height(g.head)
	for i, c := range g.head.cells {
		y := p.y + h - g.padding - float64(len(c))*headLook.leading
		in(i, func() {
			for _, l := range c {
				p.line(l.line, g.columns[i].from(l.line), y)
				y += headLook.leading
			}
		})
	}
	p.y += h
	p.hairline(left, p.y, width, 0.6, quiet)
}

// from is where a line of a column begins.
func (c gridColumn) from(l line) float64 {
	if c.number {
		return c.x + c.width - l.width
	}
	return c.x
}

// row draws a row, over as many pages as it takes.
func (p *printer) row(g *grid, r *gridRow) {
	p.anchor(r.anchor, p.y)
	r.element = p.tree.add("TR", "")
	p.tree.within(r.element, func() {
		for i := range r.cells {
			if i == 0 {
				r.parts = append(r.parts, p.tree.add("TH", scope("Row")))
			} else {
				r.parts = append(r.parts, p.tree.add("TD", ""))
			}
		}
	})
	if r.total {
		p.hairline(left, p.y, width, 0.6, quiet)
	}
	p.rowLines(g, r)
	p.hairline(left, p.y, width, 0.4, rule)
}

// rowLines draws the lines of a row, over as many pages as it takes.
func (p *printer) rowLines(g *grid, r *gridRow) {
	for {
		height := min(g.height(r), p.room())
		p.rowPart(g, r, height)
		p.y += height
		if g.height(r) <= 2*g.padding {
			return
		}
		p.newPage()
		p.headAgain(g)
	}
}

// rowPart draws as many lines of each cell as a height holds.
func (p *printer) rowPart(g *grid, r *gridRow, height float64) {
	for i := range r.cells {
		y, end := p.y+g.padding, p.y+height-g.padding+0.001
		p.tree.within(r.parts[i], func() {
			for len(r.cells[i]) > 0 {
				l := r.cells[i][0]
				if y+l.above+g.look.leading > end {
					break
				}
				if l.several && l.first {
					r.parts[i] = p.paragraphOf(r.parts[i])
				}
				y += l.above
				p.tree.within(r.parts[i], func() { p.line(l.line, g.columns[i].from(l.line), y) })
				y += g.look.leading
				r.cells[i] = r.cells[i][1:]
			}
		})
	}
}

// paragraphOf adds a paragraph to a cell, or to the cell of the paragraph before.
func (p *printer) paragraphOf(e *element) *element {
	if e.role == "P" {
		e = e.up
	}
	var added *element
	p.tree.within(e, func() { added = p.tree.add("P", "") })
	return added
}
