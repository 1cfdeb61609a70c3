package xlsx

import (
	"strconv"
	"strings"
	"time"

	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// sheet is a sheet: its head, which stays in sight, and its rows.
func (b *book) sheet(s outline.Sheet, links *ooxml.Links) node {
	columns, rows, leads := el("cols"), el("sheetData"), el("hyperlinks")
	head := row(1, headHigh)
	for i, c := range s.Columns {
		n := num(i + 1)
		columns.Kids = append(columns.Kids, el("col").Set("min", n, "max", n, "width", float(c.Width), "customWidth", "1"))
		head.Kids = append(head.Kids, b.text(column(i)+"1", c.Title, look{head: true}))
	}
	if !s.Prose {
		rows.Kids = append(rows.Kids, head)
	}
	for _, spans := range s.Rows {
		n := len(rows.Kids) + 1
		r := row(n, height(spans, s.Columns))
		for i, span := range spans {
			at := column(i) + num(n)
			r.Kids = append(r.Kids, b.cell(at, span, s.Columns[i]))
			if opens(span) {
				leads.Kids = append(leads.Kids, el("hyperlink").Set("ref", at, "r:id", links.ID(span.Link)))
			}
		}
		rows.Kids = append(rows.Kids, r)
	}
	if len(s.Rows) == 0 {
		rows.Kids = append(rows.Kids, row(2, lineHigh, b.text("A2", s.Empty, look{loose: true})))
	}
	parts := []node{el("sheetPr", el("pageSetUpPr").Set("fitToPage", "1")), el("dimension").Set("ref", "A1:"+column(len(s.Columns)-1)+num(len(rows.Kids))),
		view(s), el("sheetFormatPr").Set("defaultRowHeight", "15"), columns, rows}
	parts = append(parts, tools(s)...)
	if len(leads.Kids) > 0 {
		parts = append(parts, leads)
	}
	return el("worksheet", append(parts, b.paper(s)...)...).Set("xmlns", main, "xmlns:r", ooxml.Relations)
}

// last is the number of the last row of a sheet with a head.
func last(s outline.Sheet) int { return len(s.Rows) + 1 }

// view is how a sheet opens: one to be read as it is, others with their head and first column frozen.
func view(s outline.Sheet) node {
	v := el("sheetView").Set("workbookViewId", "0")
	if s.Prose {
		v = v.Set("tabSelected", "1")
	} else {
		v.Kids = append(v.Kids, el("pane").Set("xSplit", "1", "ySplit", "1", "topLeftCell", "B2", "activePane", "bottomRight", "state", "frozen"),
			el("selection").Set("pane", "bottomRight", "activeCell", "B2", "sqref", "B2"))
	}
	return el("sheetViews", v)
}

// tools are the filters of a sheet, and the words to choose from.
func tools(s outline.Sheet) []node {
	if s.Prose {
		return nil
	}
	var choices []node
	for i, c := range s.Columns {
		if len(c.Words) == 0 || len(s.Rows) == 0 {
			continue
		}
		choices = append(choices, el("dataValidation", says("formula1", `"`+strings.Join(c.Words, ",")+`"`)).
			Set("type", "list", "errorStyle", "stop", "allowBlank", "1", "showErrorMessage", "1", "errorTitle", c.Title,
				"error", "Choose one of: "+strings.Join(c.Words, ", ")+".", "sqref", column(i)+"2:"+column(i)+num(last(s))))
	}
	list := []node{el("autoFilter").Set("ref", "A1:"+column(len(s.Columns)-1)+num(last(s)))}
	if len(choices) > 0 {
		list = append(list, many("dataValidations", choices...))
	}
	return list
}

func row(n int, high float64, cells ...node) node {
	return el("row", cells...).Set("r", num(n), "ht", float(high), "customHeight", "1")
}

// float is a number with a fraction as attributes hold it.
func float(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// cell is a cell of a column.
func (b *book) cell(at string, span outline.Span, c outline.SheetColumn) node {
	l := look{mark: span.Mark, strong: span.Style == outline.Strong, day: c.Day, number: c.Count, link: opens(span)}
	if n, err := strconv.Atoi(span.Text); err == nil && c.Count {
		return b.number(at, n, l)
	}
	if day, ok := serial(span.Text); ok && c.Day {
		return b.number(at, day, l)
	}
	return b.text(at, span.Text, l)
}

func (b *book) number(at string, n int, l look) node {
	return el("c", says("v", num(n))).Set("r", at, "s", b.style(l))
}

// text is a cell that holds a string.
func (b *book) text(at, s string, l look) node {
	l.asText = outline.MeansFormula(s)
	c := el("c").Set("r", at, "s", b.style(l))
	if s == "" {
		return c
	}
	c.Kids = []node{says("v", num(b.shared(s)))}
	return c.Set("t", "s")
}

// shared is the number of a text among those that cells share.
func (b *book) shared(s string) int {
	s = literal(clip(s))
	id, ok := b.strings[s]
	if !ok {
		id = len(b.texts)
		b.texts, b.strings[s] = append(b.texts, s), id
	}
	return id
}

// opens reports whether a cell is a link. Excel doesn't open a file with links that are longer than this.
func opens(span outline.Span) bool {
	const longest = 2000
	return span.OnWeb() && len(span.Link) <= longest
}

// clip is as much of a text as a cell holds, and says so where that isn't all.
func clip(s string) string {
	const most = 32767 // units of UTF-16
	const rest = "\n… This is more than a cell holds. The other formats of the report have all of it."
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > most-len(rest) && len(s)-i > len(rest) {
			return s[:i] + rest
		}
	}
	return s
}

// literal is a text in which nothing is taken for the number of a character, as _x0041_ is for A.
func literal(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && numbered(s[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// numbered reports whether a text begins with the number of a character: _x, four hexadecimal digits and _.
func numbered(s string) bool {
	if len(s) < 7 || s[1] != 'x' && s[1] != 'X' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// serial is a day as spreadsheets count it.
func serial(s string) (int, bool) {
	day, err := time.Parse(time.DateOnly, s)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if err != nil || day.Year() < 1901 {
		return 0, false
	}
	return int(source.DaysBetween(epoch, day)), true
}
