// Package docx writes a report as a document for Word, LibreOffice and their kin, to be edited and handed over.
//
// The document uses what they work with: styles of headings, a table of contents that is filled in and can be updated,
// tables whose heads repeat, links, and a picture of shapes.
package docx

import (
	"io"

	"readiness/internal/assess"
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// Render writes the report. A logo that is no picture of the kind the brand says is an error.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	p := &printer{doc: outline.Build(r, brand), flows: picture.New(r), names: map[string]string{}, accent: brand.Ink()}
	if err := p.logo(); err != nil {
		return err
	}
	p.blocks(p.doc.Blocks)
	return ooxml.Write(w, p.doc, p.parts())
}

// printer collects the body of a document.
type printer struct {
	doc     *outline.Document
	flows   picture.Layout
	accent  outline.Color
	body    []node
	names   map[string]string // bookmarks by anchor
	marks   int               // bookmarks set
	shapes  int               // shapes drawn
	links   ooxml.Links
	lists   int    // numbered lists
	image   []byte // the logo
	kind    string // its file name's end
	newPage bool   // whether the next paragraph begins a page
	pages   int    // sections ended
}

func (p *printer) add(nodes ...node) { p.body = append(p.body, nodes...) }

// blocks writes the blocks. The table of contents follows page one.
func (p *printer) blocks(blocks []outline.Block) {
	listed := false
	for i, b := range blocks {
		if _, ok := b.(outline.PageBreak); ok && !listed {
			p.contents(blocks[i:])
			listed = true
		}
		p.block(b, blocks[i+1:])
	}
	p.add(p.section(false))
}

func (p *printer) block(block outline.Block, next []outline.Block) {
	switch b := block.(type) {
	case outline.Cover:
		p.cover(b)
	case outline.Verdict:
		p.verdict(b)
	case outline.Heading:
		p.heading(b)
	case outline.Paragraph:
		p.add(p.paragraph(prose(b, next), b.Text))
	case outline.List:
		p.list(b)
	case outline.Pairs:
		p.pairs(b.Items)
	case outline.Table:
		p.table(b)
	case outline.Finding:
		p.finding(b)
	case outline.Picture:
		p.picture(b)
	case outline.Callout:
		p.callout(b)
	case outline.Signatures:
		p.signatures(b)
	case outline.PageBreak:
		p.pageBreak(next)
	}
}

// prose is the style of a paragraph. One that leads to a table stays on its page.
func prose(b outline.Paragraph, next []outline.Block) string {
	if b.Quiet {
		return "FinePrint"
	}
	if len(next) > 0 {
		if _, ok := next[0].(outline.Table); ok {
			return "BodyLead"
		}
	}
	return "BodyText"
}

// pageBreak begins a page, and a wide one for a heading with a picture that needs it.
func (p *printer) pageBreak(next []outline.Block) {
	if len(next) > 1 {
		if _, ok := next[1].(outline.Picture); ok && p.needsWide() {
			p.endSection(false)
			return
		}
	}
	p.newPage = true
}

// endSection ends a section, and with it the page.
func (p *printer) endSection(wide bool) {
	p.add(el("w:p", el("w:pPr", val("w:pStyle", "Gap"), p.section(wide))))
	p.newPage = false
}

// Sizes of the page, in twentieths of a point: US Letter with margins of three quarters of an inch.
const (
	pageWide, pageHigh, margin = 12240, 15840, 1080
	textWide                   = pageWide - 2*margin
	textHigh                   = pageHigh - 2*margin
)

// section is how the pages of a section are.
func (p *printer) section(wide bool) node {
	size := el("w:pgSz").Set("w:w", num(pageWide), "w:h", num(pageHigh))
	if wide {
		size = el("w:pgSz").Set("w:w", num(pageHigh), "w:h", num(pageWide), "w:orient", "landscape")
	}
	refs := func(kind, id string) node { return el("w:"+kind+"Reference").Set("w:type", "default", "r:id", id) }
	s := el("w:sectPr", refs("header", "rIdHead"), refs("footer", "rIdFoot"))
	if p.pages == 0 {
		s.Kids = append(s.Kids, el("w:footerReference").Set("w:type", "first", "r:id", "rIdFoot"))
	}
	m := num(margin)
	s.Kids = append(s.Kids, size, el("w:pgMar").Set("w:top", m, "w:right", m, "w:bottom", m, "w:left", m, "w:header", "560", "w:footer", "480", "w:gutter", "0"))
	if p.pages == 0 {
		s.Kids = append(s.Kids, el("w:titlePg"))
	}
	p.pages++
	return s
}
