package docx

import (
	"fmt"
	"strings"

	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// paragraph is a paragraph in a style. The first one after a page break begins a page.
func (p *printer) paragraph(style string, t outline.Text, more ...node) node {
	props := el("w:pPr", val("w:pStyle", style))
	if p.newPage {
		props.Kids = append(props.Kids, el("w:pageBreakBefore"))
		p.newPage = false
	}
	props.Kids = append(props.Kids, more...)
	return el("w:p", append([]node{props}, p.runs(t)...)...)
}

// runs are the spans of a text.
func (p *printer) runs(t outline.Text) []node {
	var list []node
	for _, s := range t {
		list = append(list, p.span(s))
	}
	return list
}

func (p *printer) span(s outline.Span) node {
	var look []node
	if s.Style == outline.Code {
		look = append(look, el("w:rFonts").Set("w:ascii", "Courier New", "w:hAnsi", "Courier New", "w:cs", "Courier New"))
	}
	if s.Style == outline.Strong || s.Mark != outline.NoMark {
		look = append(look, el("w:b"))
	}
	switch {
	case s.Mark != outline.NoMark:
		look = append(look, inked(s.Mark.Ink()))
	case s.Link != "":
		look = append(look, inked(p.accent))
	case s.Style == outline.Quiet:
		look = append(look, inked(outline.Gray()))
	}
	if s.Style == outline.Code {
		look = append(look, val("w:w", "86")) // as wide as the letters around it
	}
	if s.OnWeb() {
		look = append(look, val("w:u", "single"))
	}
	r := el("w:r", words("w:t", s.Text))
	if len(look) > 0 {
		r.Kids = append([]node{el("w:rPr", look...)}, r.Kids...)
	}
	if anchor, ok := strings.CutPrefix(s.Link, "#"); ok {
		return el("w:hyperlink", r).Set("w:anchor", p.bookmark(anchor))
	}
	if s.OnWeb() {
		return el("w:hyperlink", r).Set("r:id", p.links.ID(s.Link))
	}
	return r
}

// bookmark is the name of the bookmark for an anchor. Word takes 40 characters and hides those that begin with a line.
func (p *printer) bookmark(anchor string) string {
	if p.names[anchor] == "" {
		p.names[anchor] = fmt.Sprintf("_r%d", len(p.names)+1)
	}
	return p.names[anchor]
}

// marked puts the bookmark of an anchor at the beginning of a paragraph.
func (p *printer) marked(paragraph node, anchor string) node {
	if anchor == "" {
		return paragraph
	}
	p.marks++
	id := num(p.marks)
	kids := append([]node{paragraph.Kids[0], el("w:bookmarkStart").Set("w:id", id, "w:name", p.bookmark(anchor)), el("w:bookmarkEnd").Set("w:id", id)}, paragraph.Kids[1:]...)
	paragraph.Kids = kids
	return paragraph
}

// inked is the colour of what is written.
func inked(c outline.Color) node { return val("w:color", ooxml.Hex(c)) }
