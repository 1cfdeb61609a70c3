package docx

import (
	"fmt"
	"strings"

	"readiness/internal/report/outline"
)

// paragraph is a paragraph in a style. The first one after a page break begins a page.
func (p *printer) paragraph(style string, t outline.Text, more ...node) node {
	props := el("w:pPr", val("w:pStyle", style))
	if p.newPage {
		props.kids = append(props.kids, el("w:pageBreakBefore"))
		p.newPage = false
	}
	props.kids = append(props.kids, more...)
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
		look = append(look, el("w:rFonts").set("w:ascii", "Courier New", "w:hAnsi", "Courier New", "w:cs", "Courier New"))
	}
	if s.Style == outline.Strong || s.Mark != outline.NoMark {
		look = append(look, el("w:b"))
	}
	color := markColors[s.Mark]
	switch {
	case color != "":
	case s.Link != "":
		color = hex(p.accent)
	case s.Style == outline.Quiet:
		color = quiet
	}
	if color != "" {
		look = append(look, val("w:color", color))
	}
	if s.Style == outline.Code {
		look = append(look, val("w:w", "86")) // as wide as the letters around it
	}
	onWeb := strings.HasPrefix(s.Link, "https://") || strings.HasPrefix(s.Link, "http://")
	if onWeb {
		look = append(look, val("w:u", "single"))
	}
	r := el("w:r", words("w:t", s.Text))
	if len(look) > 0 {
		r.kids = append([]node{el("w:rPr", look...)}, r.kids...)
	}
	switch anchor, inside := strings.CutPrefix(s.Link, "#"); {
	case inside:
		return el("w:hyperlink", r).set("w:anchor", p.bookmark(anchor))
	case onWeb:
		return el("w:hyperlink", r).set("r:id", p.link(s.Link))
	}
	return r
}

// link is the id of a web address.
func (p *printer) link(url string) string {
	for i, l := range p.links {
		if l == url {
			return fmt.Sprintf("rIdLink%d", i+1)
		}
	}
	p.links = append(p.links, url)
	return fmt.Sprintf("rIdLink%d", len(p.links))
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
	kids := append([]node{paragraph.kids[0], el("w:bookmarkStart").set("w:id", id, "w:name", p.bookmark(anchor)), el("w:bookmarkEnd").set("w:id", id)}, paragraph.kids[1:]...)
	paragraph.kids = kids
	return paragraph
}

// hex is a colour as Word writes it.
func hex(c outline.Color) string { return strings.ToUpper(strings.TrimPrefix(c.String(), "#")) }
