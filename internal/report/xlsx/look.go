package xlsx

import (
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// look is how a cell looks.
type look struct {
	head, strong, link bool
	loose              bool // whether it may run over the cells beside it
	day, number        bool
	asText             bool // whether it stays text when someone edits it
	mark               outline.Mark
}

// style is the number of a look among the file's formats of cells. The first format is that of cells without any.
func (b *book) style(l look) string {
	id, ok := b.styles[l]
	if !ok {
		b.looks = append(b.looks, l)
		id = len(b.looks)
		b.styles[l] = id
	}
	return num(id)
}

// Formats of numbers, fills and borders by their numbers. Those below 164 are known to every program.
const (
	general, asTyped, isoDay = "0", "49", "164"
	noFill, headFill         = "0", "2"
	noLine, lineBelow        = "0", "1"
)

// stylesheet lists each look that was asked for.
func (b *book) stylesheet() node {
	solid := func(kind string, kids ...node) node {
		return el("fill", el("patternFill", kids...).Set("patternType", kind))
	}
	sides := func(bottom node) node {
		return el("border", el("left"), el("right"), el("top"), bottom, el("diagonal"))
	}
	plain := el("xf").Set("numFmtId", general, "fontId", "0", "fillId", noFill, "borderId", noLine)
	fonts := []node{font(11, outline.Black())} // by which columns are measured
	formats := []node{plain.Set("xfId", "0")}
	for i, l := range b.looks {
		fonts = append(fonts, l.font())
		formats = append(formats, l.format(num(i+1)))
	}
	return el("styleSheet",
		many("numFmts", el("numFmt").Set("numFmtId", isoDay, "formatCode", "yyyy-mm-dd")),
		many("fonts", fonts...),
		many("fills", solid("none"), solid("gray125"), solid("solid", colored("fgColor", b.accent))), // the first two are always these
		many("borders", sides(el("bottom")), sides(el("bottom", colored("color", outline.Hairline())).Set("style", "thin"))),
		many("cellStyleXfs", plain),
		many("cellXfs", formats...),
		many("cellStyles", el("cellStyle").Set("name", "Normal", "xfId", "0", "builtinId", "0")),
	).Set("xmlns", main)
}

// many is a list that says how long it is.
func many(name string, kids ...node) node { return el(name, kids...).Set("count", num(len(kids))) }

// colored is an element that is a colour, which can't be seen through.
func colored(name string, c outline.Color) node { return el(name).Set("rgb", "FF"+ooxml.Hex(c)) }

// font is Calibri in a size, in points. What comes before those is in its order: bold, then underlined.
func font(size int, c outline.Color, before ...node) node {
	return el("font", append(before, val("sz", num(size)), colored("color", c), val("name", "Calibri"), val("family", "2"))...)
}

func (l look) font() node {
	c := l.mark.Ink()
	var more []node
	if l.strong || l.head || l.mark != outline.NoMark {
		more = append(more, el("b"))
	}
	switch {
	case l.head:
		c = outline.White()
	case l.link:
		c = outline.Color{0x0b, 0x53, 0x94}
		more = append(more, el("u"))
	}
	return font(10, c, more...)
}

// format is the format of a cell with the look, in a font.
func (l look) format(fontID string) node {
	numbers, fill := general, noFill
	align := el("alignment").Set("vertical", "top")
	switch {
	case l.head:
		fill, align = headFill, el("alignment").Set("vertical", "center")
	case l.day:
		numbers, align = isoDay, align.Set("horizontal", "left")
	case l.number:
		align = align.Set("horizontal", "right")
	}
	if l.asText {
		numbers = asTyped
	}
	if !l.loose {
		align = align.Set("wrapText", "1")
	}
	return el("xf", align).Set("numFmtId", numbers, "fontId", fontID, "fillId", fill, "borderId", lineBelow, "xfId", "0",
		"applyNumberFormat", "1", "applyFont", "1", "applyFill", "1", "applyBorder", "1", "applyAlignment", "1")
}
