// Package xlsx writes a report as a workbook to work with: the action plan with filters and a status to choose, and
// what the plan rests on.
//
// Every cell with words of a manifest or a checklist is a string, never a formula. One that would become a formula when
// someone edits it has the format of text. Only days of the calendar and numbers of lines are numbers.
package xlsx

import (
	"io"

	"readiness/internal/assess"
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// Render writes the workbook.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	b := &book{doc: outline.Build(r, brand), accent: brand.Ink(), strings: map[string]int{}, styles: map[look]int{}}
	return ooxml.Write(w, b.doc, b.parts(outline.Sheets(r, brand)))
}

// book is a workbook in the making.
type book struct {
	doc     *outline.Document
	accent  outline.Color
	texts   []string       // of all cells, each once
	strings map[string]int // their numbers
	looks   []look         // of all cells, each once
	styles  map[look]int   // their numbers, from 1
}

// main is the name of the markup of workbooks.
const main = ooxml.Schemas + "spreadsheetml/2006/main"

// parts are the files inside, the workbook first.
func (b *book) parts(sheets []outline.Sheet) []ooxml.Part {
	const kind = "officedocument.spreadsheetml."
	whole := ooxml.Part{Name: "xl/workbook.xml", Type: kind + "sheet.main+xml", Data: ooxml.XML(workbook(sheets))}
	parts := []ooxml.Part{whole}
	for i, s := range sheets {
		file, links := "worksheets/sheet"+num(i+1)+".xml", &ooxml.Links{}
		data := ooxml.XML(b.sheet(s, links))
		parts = append(parts, ooxml.Part{Name: "xl/" + file, Type: kind + "worksheet+xml", Data: data, Refs: links.Refs()})
		parts[0].Refs = append(parts[0].Refs, ooxml.Ref{ID: sheetID(i), Kind: "worksheet", Target: file})
	}
	parts[0].Refs = append(parts[0].Refs, ooxml.Ref{ID: "rIdStyles", Kind: "styles", Target: "styles.xml"},
		ooxml.Ref{ID: "rIdTexts", Kind: "sharedStrings", Target: "sharedStrings.xml"})
	return append(parts, ooxml.Part{Name: "xl/styles.xml", Type: kind + "styles+xml", Data: ooxml.XML(b.stylesheet())},
		ooxml.Part{Name: "xl/sharedStrings.xml", Type: kind + "sharedStrings+xml", Data: ooxml.XML(b.sharedStrings())})
}

func sheetID(i int) string { return "rIdSheet" + num(i+1) }

// workbook lists the sheets, what of each is filtered, and what is on each of its pages on paper.
func workbook(sheets []outline.Sheet) node {
	list, names := el("sheets"), el("definedNames")
	for i, s := range sheets {
		list.Kids = append(list.Kids, el("sheet").Set("name", s.Name, "sheetId", num(i+1), "r:id", sheetID(i)))
		if s.Prose {
			continue
		}
		on := "'" + s.Name + "'!"
		filtered := says("definedName", on+"$A$1:$"+column(len(s.Columns)-1)+"$"+num(last(s)))
		titles := says("definedName", on+"$A:$A,"+on+"$1:$1")
		names.Kids = append(names.Kids, filtered.Set("name", "_xlnm._FilterDatabase", "localSheetId", num(i), "hidden", "1"),
			titles.Set("name", "_xlnm.Print_Titles", "localSheetId", num(i)))
	}
	return el("workbook", el("bookViews", el("workbookView").Set("windowWidth", "24000", "windowHeight", "14000")), list, names).
		Set("xmlns", main, "xmlns:r", ooxml.Relations)
}

// sharedStrings are the texts that cells refer to.
func (b *book) sharedStrings() node {
	list := el("sst").Set("xmlns", main, "uniqueCount", num(len(b.texts)))
	for _, s := range b.texts {
		list.Kids = append(list.Kids, el("si", ooxml.Words("t", s)))
	}
	return list
}
