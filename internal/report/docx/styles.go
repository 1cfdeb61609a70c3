package docx

import (
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// style is a style of paragraphs. Sizes are in half points, spaces in twentieths of a point.
type style struct {
	id, name      string
	serif, bold   bool
	size          int
	color         string
	before, after int
	left, hanging int
	level         int  // of a heading, from 1; 0 for others
	keep          bool // whether it stays on the page of what follows, as headings do
	next          string
	more          []node // properties between those of keeping together and of space
}

// beside is how far the text stands from labels beside it.
const beside = 2300

func (p *printer) styles() node {
	accent, quiet := ooxml.Hex(p.accent), ooxml.Hex(outline.Gray())
	tabs := func(kind string, at int) node {
		return el("w:tabs", el("w:tab").Set("w:val", kind, "w:pos", num(at)))
	}
	bar := func(side string) node {
		return el("w:pBdr", el("w:"+side).Set("w:val", "single", "w:sz", "6", "w:space", "4", "w:color", "CFCBC1"))
	}
	list := []style{
		{id: "BodyText", name: "Body Text", size: 20, after: 120},
		{id: "BodyLead", name: "Body Lead", size: 20, after: 120, keep: true},
		{id: "FinePrint", name: "Fine Print", size: 17, color: quiet, after: 100},
		{id: "Lead", name: "Lead", size: 22, after: 120},
		{id: "Kicker", name: "Kicker", size: 18, bold: true, color: accent},
		{id: "Title", name: "Title", serif: true, bold: true, size: 48, after: 20},
		{id: "Subtitle", name: "Subtitle", serif: true, size: 26, color: quiet, after: 120},
		{id: "Verdict", name: "Verdict", serif: true, bold: true, size: 36, before: 160, after: 40, more: []node{bar("top")}},
		{id: "Heading1", name: "heading 1", serif: true, bold: true, size: 32, before: 240, after: 100, level: 1, next: "BodyText"},
		{id: "Heading2", name: "heading 2", serif: true, bold: true, size: 25, before: 220, after: 80, level: 2, next: "BodyText"},
		{id: "Heading3", name: "heading 3", serif: true, bold: true, size: 21, before: 180, after: 60, level: 3, next: "BodyText"},
		{id: "Finding", name: "Finding", serif: true, bold: true, size: 22, before: 240, after: 20, level: 3, next: "FindingHead", more: []node{bar("top")}},
		{id: "FindingHead", name: "Finding Head", size: 17, after: 80, keep: true},
		{id: "Labelled", name: "Labelled", size: 18, after: 40, left: beside, hanging: beside, more: []node{tabs("left", beside)}},
		{id: "Beside", name: "Beside", size: 18, after: 40, left: beside},
		{id: "BesideSmall", name: "Beside Small", size: 16, color: quiet, after: 40, left: beside},
		{id: "ListParagraph", name: "List Paragraph", size: 20, after: 30, left: 360, hanging: 360},
		{id: "ListMore", name: "List More", size: 17, color: quiet, after: 60, left: 360},
		{id: "CalloutTitle", name: "Callout Title", size: 18, before: 120, after: 20, left: 160, keep: true, more: []node{bar("left")}},
		{id: "Callout", name: "Callout", size: 18, after: 20, left: 160, more: []node{bar("left")}},
		{id: "Cell", name: "Cell", size: 17},
		{id: "CellDense", name: "Cell Dense", size: 15},
		{id: "CellHead", name: "Cell Head", size: 15, color: quiet, keep: true},
		{id: "Caption", name: "caption", size: 17, color: quiet, before: 60, after: 160},
		{id: "Gap", name: "Gap", size: 8},
		{id: "ContentsTitle", name: "Contents Title", serif: true, bold: true, size: 32, after: 120, keep: true},
		{id: "TOC1", name: "toc 1", bold: true, size: 19, before: 80, more: []node{tabs("right", textWide)}},
		{id: "TOC2", name: "toc 2", size: 18, left: 240, more: []node{tabs("right", textWide)}},
		{id: "TOC3", name: "toc 3", size: 16, left: 480, more: []node{tabs("right", textWide)}},
		{id: "Header", name: "header", size: 15, color: quiet, after: 120},
		{id: "Footer", name: "footer", size: 15, color: quiet, more: []node{tabs("right", textWide)}},
	}
	fonts := el("w:rFonts").Set("w:ascii", "Calibri", "w:hAnsi", "Calibri", "w:cs", "Calibri", "w:eastAsia", "Calibri")
	all := []node{el("w:docDefaults", el("w:rPrDefault", el("w:rPr", fonts, val("w:color", ooxml.Hex(outline.Black())), val("w:sz", "20"), val("w:szCs", "20"),
		el("w:lang").Set("w:val", "en-US", "w:eastAsia", "en-US", "w:bidi", "ar-SA"))), el("w:pPrDefault", el("w:pPr", el("w:spacing").Set("w:after", "0")))),
		el("w:style", val("w:name", "Normal"), el("w:qFormat")).Set("w:type", "paragraph", "w:default", "1", "w:styleId", "Normal")}
	for _, s := range list {
		all = append(all, s.node())
	}
	return root("w:styles", all...)
}

func (s style) node() node {
	n := el("w:style", val("w:name", s.name), val("w:basedOn", "Normal"))
	if s.next != "" {
		n.Kids = append(n.Kids, val("w:next", s.next))
	}
	pp := el("w:pPr")
	if s.keep || s.level > 0 {
		pp.Kids = append(pp.Kids, el("w:keepNext"), el("w:keepLines"))
	}
	pp.Kids = append(pp.Kids, s.more...)
	pp.Kids = append(pp.Kids, el("w:spacing").Set("w:before", num(s.before), "w:after", num(s.after)))
	if s.left > 0 {
		pp.Kids = append(pp.Kids, el("w:ind").Set("w:left", num(s.left), "w:hanging", num(s.hanging)))
	}
	if s.level > 0 {
		pp.Kids = append(pp.Kids, val("w:outlineLvl", num(s.level-1)))
	}
	rp := el("w:rPr")
	if s.serif {
		rp.Kids = append(rp.Kids, el("w:rFonts").Set("w:ascii", "Cambria", "w:hAnsi", "Cambria", "w:cs", "Cambria"))
	}
	if s.bold {
		rp.Kids = append(rp.Kids, el("w:b"))
	}
	if s.color != "" {
		rp.Kids = append(rp.Kids, val("w:color", s.color))
	}
	rp.Kids = append(rp.Kids, val("w:sz", num(s.size)), val("w:szCs", num(s.size)))
	n.Kids = append(n.Kids, el("w:qFormat"), pp, rp)
	return n.Set("w:type", "paragraph", "w:styleId", s.id)
}

// numbering defines the lists: one with bullets, and one for each list with numbers.
func (p *printer) numbering() node {
	level := func(format, text string) node {
		return el("w:lvl", val("w:start", "1"), val("w:numFmt", format), val("w:lvlText", text), val("w:lvlJc", "left"),
			el("w:pPr", el("w:ind").Set("w:left", "360", "w:hanging", "360")), el("w:rPr", el("w:b"), val("w:color", ooxml.Hex(p.accent)))).Set("w:ilvl", "0")
	}
	abstract := func(id string, l node) node {
		return el("w:abstractNum", val("w:multiLevelType", "singleLevel"), l).Set("w:abstractNumId", id)
	}
	list := []node{abstract("0", level("bullet", "•")), abstract("1", level("decimal", "%1.")), el("w:num", val("w:abstractNumId", "0")).Set("w:numId", num(bullets))}
	for i := range p.lists {
		list = append(list, el("w:num", val("w:abstractNumId", "1"), el("w:lvlOverride", val("w:startOverride", "1")).Set("w:ilvl", "0")).Set("w:numId", num(bullets+1+i)))
	}
	return root("w:numbering", list...)
}
