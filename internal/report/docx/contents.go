package docx

import "readiness/internal/report/outline"

// contents is a field that lists the headings and findings, as Word writes it: with a link each, and a field for the page.
// Only a program that lays the document out knows the pages, so they are empty until someone has the field updated. A
// document can ask for that when it is opened; Word then warns of other files that it may refer to, which is worse.
func (p *printer) contents(blocks []outline.Block) {
	p.newPage = true
	p.add(p.paragraph("ContentsTitle", text("Contents")))
	begin := []node{fieldMark("begin"), fieldCode(` TOC \o "1-2" \h \z \t "Finding,3" `), fieldMark("separate")}
	for _, b := range blocks {
		style, anchor, title := entry(b)
		if style == "" {
			continue
		}
		e := p.paragraph(style, nil)
		e.Kids = append(e.Kids, begin...)
		mark := p.bookmark(anchor)
		page := []node{el("w:r", el("w:tab")), fieldMark("begin"), fieldCode(" PAGEREF " + mark + ` \h `), fieldMark("separate"), fieldMark("end")}
		e.Kids = append(e.Kids, el("w:hyperlink", append(p.runs(title), page...)...).Set("w:anchor", mark))
		p.add(e)
		begin = nil
	}
	end := p.paragraph("Gap", nil)
	end.Kids = append(append(end.Kids, begin...), fieldMark("end"))
	p.add(end)
}

// entry is what the contents say of a block, in which style; no style for nothing.
func entry(b outline.Block) (style, anchor string, title outline.Text) {
	switch b := b.(type) {
	case outline.Heading:
		if b.Level <= 3 {
			return map[bool]string{true: "TOC1", false: "TOC2"}[b.Level == 2], b.Anchor, text(b.Text)
		}
	case outline.Finding:
		return "TOC3", b.Anchor, outline.Text{{Text: b.Status.Word, Mark: b.Status.Mark}, {Text: ": " + b.Title}}
	}
	return "", "", nil
}

// fieldMark is where a field begins, where its result does, or where it ends.
func fieldMark(kind string) node { return el("w:r", el("w:fldChar").Set("w:fldCharType", kind)) }

// fieldCode says what a field shows.
func fieldCode(code string) node { return el("w:r", words("w:instrText", code)) }
