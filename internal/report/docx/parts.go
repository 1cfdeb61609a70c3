package docx

import (
	"fmt"
	"time"

	"readiness/internal/report/outline"
)

// part is a file inside the document.
type part struct {
	name string
	data []byte
}

// The names of things in Office Open XML.
const (
	schemas  = "http://schemas.openxmlformats.org/"
	relation = schemas + "officeDocument/2006/relationships/"
	wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	packType = "application/vnd.openxmlformats-package."
)

// root is an element that says what the prefixes in it stand for.
func root(name string, kids ...node) node {
	return el(name, kids...).set("xmlns:w", schemas+"wordprocessingml/2006/main", "xmlns:r", schemas+"officeDocument/2006/relationships",
		"xmlns:wp", schemas+"drawingml/2006/wordprocessingDrawing", "xmlns:a", schemas+"drawingml/2006/main", "xmlns:pic", schemas+"drawingml/2006/picture",
		"xmlns:mc", schemas+"markup-compatibility/2006", "xmlns:wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
		"xmlns:wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape")
}

// parts are the files inside, the list of their types first, as readers expect it.
func (p *printer) parts() []part {
	list := []part{
		{"[Content_Types].xml", document(p.types())},
		{"_rels/.rels", document(relations(
			rel("rId1", relation+"officeDocument", "word/document.xml"),
			rel("rId2", schemas+"package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
			rel("rId3", relation+"extended-properties", "docProps/app.xml")))},
		{"docProps/core.xml", document(p.core())},
		{"docProps/app.xml", document(el("Properties", words("Application", p.doc.Tool)).set("xmlns", schemas+"officeDocument/2006/extended-properties"))},
		{"word/document.xml", document(root("w:document", el("w:body", p.body...)))},
		{"word/_rels/document.xml.rels", document(p.documentRelations())},
		{"word/styles.xml", document(p.styles())},
		{"word/numbering.xml", document(p.numbering())},
		{"word/settings.xml", document(root("w:settings", val("w:defaultTabStop", "720"), el("w:compat",
			el("w:compatSetting").set("w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")), val("w:themeFontLang", "en-US")))},
		{"word/header1.xml", document(root("w:hdr", p.paragraph("Header", text(p.doc.Title))))},
		{"word/footer1.xml", document(root("w:ftr", p.foot()...))},
	}
	if p.image != nil {
		list = append(list, part{"word/media/logo." + p.kind, p.image})
	}
	return list
}

func (p *printer) types() node {
	t := el("Types").set("xmlns", schemas+"package/2006/content-types")
	t.kids = append(t.kids, el("Default").set("Extension", "rels", "ContentType", packType+"relationships+xml"), el("Default").set("Extension", "xml", "ContentType", "application/xml"))
	if p.image != nil {
		t.kids = append(t.kids, el("Default").set("Extension", p.kind, "ContentType", p.doc.Brand.LogoType))
	}
	for _, o := range [][2]string{{"/word/document.xml", wordType + "document.main+xml"}, {"/word/styles.xml", wordType + "styles+xml"},
		{"/word/numbering.xml", wordType + "numbering+xml"}, {"/word/settings.xml", wordType + "settings+xml"}, {"/word/header1.xml", wordType + "header+xml"},
		{"/word/footer1.xml", wordType + "footer+xml"}, {"/docProps/core.xml", packType + "core-properties+xml"},
		{"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"}} {
		t.kids = append(t.kids, el("Override").set("PartName", o[0], "ContentType", o[1]))
	}
	return t
}

func rel(id, kind, target string) node {
	return el("Relationship").set("Id", id, "Type", kind, "Target", target)
}

func relations(list ...node) node {
	return el("Relationships", list...).set("xmlns", schemas+"package/2006/relationships")
}

func (p *printer) documentRelations() node {
	list := []node{rel("rIdStyles", relation+"styles", "styles.xml"), rel("rIdNumbers", relation+"numbering", "numbering.xml"),
		rel("rIdSettings", relation+"settings", "settings.xml"), rel("rIdHead", relation+"header", "header1.xml"), rel("rIdFoot", relation+"footer", "footer1.xml")}
	if p.image != nil {
		list = append(list, rel("rIdLogo", relation+"image", "media/logo."+p.kind))
	}
	for i, link := range p.links {
		list = append(list, rel(fmt.Sprintf("rIdLink%d", i+1), relation+"hyperlink", link).set("TargetMode", "External"))
	}
	return relations(list...)
}

// core says what the document is. It was made on the day of the report.
func (p *printer) core() node {
	day := p.doc.AsOf + "T00:00:00Z"
	if _, err := time.Parse(time.RFC3339, day); err != nil {
		day = "1970-01-01T00:00:00Z"
	}
	by := p.doc.Brand.Author
	if by == "" {
		by = p.doc.Brand.Firm
	}
	if by == "" {
		by = p.doc.Tool
	}
	say := func(name, s string) node { return node{name: name, text: s} }
	on := func(name string) node { return say(name, day).set("xsi:type", "dcterms:W3CDTF") }
	return el("cp:coreProperties", say("dc:title", p.doc.Title), say("dc:creator", by), say("dc:language", "en-US"), say("cp:lastModifiedBy", by),
		on("dcterms:created"), on("dcterms:modified")).set("xmlns:cp", schemas+"package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/", "xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
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
	last.kids = append(last.kids, el("w:r", el("w:tab")), run("Page "), field("PAGE"), run(" of "), field("NUMPAGES"))
	return list
}

func run(s string) node { return el("w:r", words("w:t", s)) }

// field is a number that the reader's program works out.
func field(code string) node { return el("w:fldSimple", run("1")).set("w:instr", " "+code+" ") }

func text(s string) outline.Text { return outline.Text{{Text: s}} }
