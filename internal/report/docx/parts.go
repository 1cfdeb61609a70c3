package docx

import "readiness/internal/report/ooxml"

// parts are the files inside, the document first.
func (p *printer) parts() []ooxml.Part {
	const word = "officedocument.wordprocessingml."
	refs := []ooxml.Ref{{ID: "rIdStyles", Kind: "styles", Target: "styles.xml"}, {ID: "rIdNumbers", Kind: "numbering", Target: "numbering.xml"},
		{ID: "rIdSettings", Kind: "settings", Target: "settings.xml"}, {ID: "rIdHead", Kind: "header", Target: "header1.xml"}, {ID: "rIdFoot", Kind: "footer", Target: "footer1.xml"}}
	var logo []ooxml.Part
	if p.image != nil {
		file := "media/logo." + p.kind
		refs = append(refs, ooxml.Ref{ID: "rIdLogo", Kind: "image", Target: file})
		logo = append(logo, ooxml.Part{Name: "word/" + file, Type: p.doc.Brand.LogoType, Data: p.image})
	}
	return append([]ooxml.Part{
		{Name: "word/document.xml", Type: word + "document.main+xml", Data: ooxml.XML(root("w:document", el("w:body", p.body...))), Refs: append(refs, p.links.Refs()...)},
		{Name: "word/styles.xml", Type: word + "styles+xml", Data: ooxml.XML(p.styles())},
		{Name: "word/numbering.xml", Type: word + "numbering+xml", Data: ooxml.XML(p.numbering())},
		{Name: "word/settings.xml", Type: word + "settings+xml", Data: ooxml.XML(settings())},
		{Name: "word/header1.xml", Type: word + "header+xml", Data: ooxml.XML(root("w:hdr", p.paragraph("Header", text(p.doc.Title))))},
		{Name: "word/footer1.xml", Type: word + "footer+xml", Data: ooxml.XML(root("w:ftr", p.foot()...))},
	}, logo...)
}

// settings say for which version of Word the document is.
func settings() node {
	mode := el("w:compatSetting").Set("w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	return root("w:settings", val("w:defaultTabStop", "720"), el("w:compat", mode), val("w:themeFontLang", "en-US"))
}

// foot is what stands below each page: what the firm and the report say of it, and its number.
func (p *printer) foot() []node {
	var list []node
	for _, s := range []string{p.doc.Brand.Footer, p.doc.Footer} {
		if s != "" {
			list = append(list, p.paragraph("Footer", text(s)))
		}
	}
	last := &list[len(list)-1]
	last.Kids = append(last.Kids, el("w:r", el("w:tab")), run("Page "), field("PAGE"), run(" of "), field("NUMPAGES"))
	return list
}

func run(s string) node { return el("w:r", words("w:t", s)) }

// field is a number that the reader's program works out.
func field(code string) node { return el("w:fldSimple", run("1")).Set("w:instr", " "+code+" ") }
