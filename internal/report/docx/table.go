package docx

import (
	"readiness/internal/report/outline"
)

// table writes a table. Its head stands on each page it goes over.
func (p *printer) table(t outline.Table) { p.tableHigh(t, 0) }

// tableHigh writes a table whose rows are at least so high.
func (p *printer) tableHigh(t outline.Table, high int) {
	style := "Cell"
	if t.Dense {
		style = "CellDense"
	}
	shares, widths := 0, make([]int, len(t.Columns))
	for _, c := range t.Columns {
		shares += c.Width
	}
	grid, head := el("w:tblGrid"), el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader")))
	for i, c := range t.Columns {
		widths[i] = textWide * c.Width / max(shares, 1)
		grid.Kids = append(grid.Kids, el("w:gridCol").Set("w:w", num(widths[i])))
		head.Kids = append(head.Kids, p.cell(outline.Lines{text(c.Title)}, "CellHead", c.Number, widths[i], ""))
	}
	table := el("w:tbl", tableProperties(t.Caption), grid, head)
	for _, r := range t.Rows {
		row := el("w:tr", rowProperties(r, high))
		for i, c := range r.Cells {
			anchor := ""
			if i == 0 {
				anchor = r.Anchor
			}
			if r.Total {
				c = strong(c)
			}
			row.Kids = append(row.Kids, p.cell(c, style, t.Columns[i].Number, widths[i], anchor))
		}
		table.Kids = append(table.Kids, row)
	}
	p.add(table, p.paragraph("Gap", nil)) // two tables in a row would become one
}

// rowProperties are those of a row at least so high. Only a long one may go over two pages.
func rowProperties(r outline.Row, high int) node {
	const long = 900 // characters
	props, most := el("w:trPr"), 0
	for _, c := range r.Cells {
		n := 0
		for _, t := range c {
			n += len(t.String())
		}
		most = max(most, n)
	}
	if most < long {
		props.Kids = append(props.Kids, el("w:cantSplit"))
	}
	if high > 0 {
		props.Kids = append(props.Kids, el("w:trHeight").Set("w:val", num(high), "w:hRule", "atLeast"))
	}
	return props
}

// tableProperties are those of every table. The caption is for those who don't see it.
func tableProperties(caption string) node {
	line := func(name string) node {
		return el(name).Set("w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "CFCBC1")
	}
	side := func(name string, n int) node { return el(name).Set("w:w", num(n), "w:type", "dxa") }
	return el("w:tblPr", el("w:tblW").Set("w:w", num(textWide), "w:type", "dxa"),
		el("w:tblBorders", line("w:top"), line("w:bottom"), line("w:insideH")), el("w:tblLayout").Set("w:type", "fixed"),
		el("w:tblCellMar", side("w:top", 30), side("w:left", 60), side("w:bottom", 30), side("w:right", 60)),
		el("w:tblLook").Set("w:val", "00A0", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "1", "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1"),
		val("w:tblCaption", caption))
}

// cell is a cell of paragraphs.
func (p *printer) cell(lines outline.Lines, style string, number bool, width int, anchor string) node {
	c := el("w:tc", el("w:tcPr", el("w:tcW").Set("w:w", num(width), "w:type", "dxa")))
	if len(lines) == 0 {
		lines = outline.Lines{nil}
	}
	var side []node
	if number {
		side = append(side, val("w:jc", "right"))
	}
	for i, t := range lines {
		paragraph := p.paragraph(style, t, side...)
		if i == 0 {
			paragraph = p.marked(paragraph, anchor)
		}
		c.Kids = append(c.Kids, paragraph)
	}
	return c
}

// strong is a cell in bold.
func strong(lines outline.Lines) outline.Lines {
	var bold outline.Lines
	for _, t := range lines {
		var spans outline.Text
		for _, s := range t {
			s.Style = outline.Strong
			spans = append(spans, s)
		}
		bold = append(bold, spans)
	}
	return bold
}
