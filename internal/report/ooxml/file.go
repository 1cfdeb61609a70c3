// Package ooxml writes files of Office Open XML (ISO/IEC 29500), as documents and workbooks are: the markup, and the
// parts and the archive around it that are the same for all of them. It is written here because no small library under
// a usable licence writes documents, and those that write workbooks cost every start of the program.
package ooxml

import (
	"archive/zip"
	"io"
	"path"
	"strings"
	"time"

	"readiness/internal/report/outline"
)

// Schemas is how the names of most things in Office Open XML begin, and Relations those of relations.
const (
	Schemas   = "http://schemas.openxmlformats.org/"
	Relations = Schemas + "officeDocument/2006/relationships"
	packages  = Schemas + "package/2006/"
	types     = "application/vnd.openxmlformats-"
)

// Part is a file inside.
type Part struct {
	Name string // with its folder, such as word/document.xml
	Type string // its media type; for XML, what follows application/vnd.openxmlformats-
	Data []byte
	Refs []Ref // what it refers to
}

// Ref is a part or an address on the web that a part refers to.
type Ref struct {
	ID     string // by which the part does so
	Kind   string // such as styles
	Target string // as seen from the part's folder
	Web    bool   // whether it is an address
}

// Write writes a file with what doc says of itself. The first of its parts is what the file is. The order of the parts and
// their times are always the same.
func Write(w io.Writer, doc *outline.Document, parts []Part) error {
	z := zip.NewWriter(w)
	for _, p := range around(doc, parts) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = f.Write(p.Data)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// around puts parts into a whole: the list of types first, as readers expect it, and each part's references after it.
func around(doc *outline.Document, parts []Part) []Part {
	parts = append([]Part{
		{Name: "docProps/core.xml", Type: "package.core-properties+xml", Data: XML(core(doc))},
		{Name: "docProps/app.xml", Type: "officedocument.extended-properties+xml",
			Data: XML(El("Properties", Node{Name: "Application", Text: doc.Tool}).Set("xmlns", Schemas+"officeDocument/2006/extended-properties"))},
	}, parts...)
	all := []Part{{Name: "[Content_Types].xml", Data: XML(contentTypes(parts))}, {Name: "_rels/.rels", Data: XML(El("Relationships",
		relation("rId1", Relations+"/officeDocument", parts[2].Name),
		relation("rId2", packages+"relationships/metadata/core-properties", parts[0].Name),
		relation("rId3", Relations+"/extended-properties", parts[1].Name)).Set("xmlns", packages+"relationships"))}}
	for _, p := range parts {
		all = append(all, p)
		if len(p.Refs) > 0 {
			folder, file := path.Split(p.Name)
			all = append(all, Part{Name: folder + "_rels/" + file + ".rels", Data: XML(references(p.Refs))})
		}
	}
	return all
}

func contentTypes(parts []Part) Node {
	known := func(end, kind string) Node { return El("Default").Set("Extension", end, "ContentType", kind) }
	list := El("Types", known("rels", types+"package.relationships+xml"), known("xml", "application/xml")).Set("xmlns", packages+"content-types")
	for _, p := range parts {
		if end := path.Ext(p.Name); end != ".xml" {
			list.Kids = append(list.Kids, known(strings.TrimPrefix(end, "."), p.Type))
		}
	}
	for _, p := range parts {
		if path.Ext(p.Name) == ".xml" {
			list.Kids = append(list.Kids, El("Override").Set("PartName", "/"+p.Name, "ContentType", types+p.Type))
		}
	}
	return list
}

func relation(id, kind, target string) Node {
	return El("Relationship").Set("Id", id, "Type", kind, "Target", target)
}

func references(refs []Ref) Node {
	list := El("Relationships").Set("xmlns", packages+"relationships")
	for _, r := range refs {
		n := relation(r.ID, Relations+"/"+r.Kind, r.Target)
		if r.Web {
			n = n.Set("TargetMode", "External")
		}
		list.Kids = append(list.Kids, n)
	}
	return list
}

// core says what the file is, and that it was made on the day of the report.
func core(doc *outline.Document) Node {
	day := doc.AsOf + "T00:00:00Z"
	if _, err := time.Parse(time.RFC3339, day); err != nil {
		day = "1970-01-01T00:00:00Z"
	}
	by := doc.Tool
	for _, name := range []string{doc.Brand.Firm, doc.Brand.Author} {
		if name != "" {
			by = name
		}
	}
	say := func(name, s string) Node { return Node{Name: name, Text: s} }
	on := func(name string) Node { return say(name, day).Set("xsi:type", "dcterms:W3CDTF") }
	return El("cp:coreProperties", say("dc:title", doc.Title), say("dc:creator", by), say("dc:language", "en-US"), say("cp:lastModifiedBy", by),
		on("dcterms:created"), on("dcterms:modified")).Set("xmlns:cp", packages+"metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/", "xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
}

// Links are the addresses on the web that a part leads to, each once.
type Links struct{ list []string }

// ID is the id of the reference to an address.
func (l *Links) ID(url string) string {
	for i, known := range l.list {
		if known == url {
			return "rIdLink" + Num(i+1)
		}
	}
	l.list = append(l.list, url)
	return "rIdLink" + Num(len(l.list))
}

// Refs are the references.
func (l *Links) Refs() []Ref {
	var refs []Ref
	for _, url := range l.list {
		refs = append(refs, Ref{ID: l.ID(url), Kind: "hyperlink", Target: url, Web: true})
	}
	return refs
}
