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
		row := el("w:tr")
		if high > 0 {
			row.Kids = append(row.Kids, el("w:trPr", el("w:trHeight").Set("w:val", num(high), "w:hRule", "atLeast")))
		}
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

// contents is a field that lists the headings and findings. It is filled in, with a link each; a reader's program adds the
// numbers of the pages when the field is updated, because only that program knows them.
func (p *printer) contents(blocks []outline.Block) {
	p.newPage = true
	p.add(p.paragraph("ContentsTitle", text("Contents")))
	mark := func(kind string) node { return el("w:r", el("w:fldChar").Set("w:fldCharType", kind)) }
	begin := []node{mark("begin"), el("w:r", words("w:instrText", ` TOC \o "1-2" \h \z \t "Finding,3" `)), mark("separate")}
	for _, b := range blocks {
		var style, anchor string
		var title outline.Text
		switch b := b.(type) {
		case outline.Heading:
			if b.Level > 3 {
				continue
			}
			style, anchor, title = map[bool]string{true: "TOC1", false: "TOC2"}[b.Level == 2], b.Anchor, text(b.Text)
		case outline.Finding:
			style, anchor, title = "TOC3", b.Anchor, outline.Text{{Text: b.Status.Word, Mark: b.Status.Mark}, {Text: ": " + b.Title}}
		default:
			continue
		}
		entry := p.paragraph(style, nil)
		entry.Kids = append(entry.Kids, begin...)
		entry.Kids = append(entry.Kids, el("w:hyperlink", p.runs(title)...).Set("w:anchor", p.bookmark(anchor)))
		p.add(entry)
		begin = nil
	}
	end := p.paragraph("Gap", nil)
	end.Kids = append(append(end.Kids, begin...), mark("end"))
	p.add(end)
}
