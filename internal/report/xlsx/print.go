package xlsx

import (
	"math"
	"strings"
	"unicode/utf16"

	"readiness/internal/report/outline"
)

// paper sets a sheet up for paper: wide, and where it comes from above and below.
func (b *book) paper(s outline.Sheet) []node {
	const letter, allRows = "1", "0"
	way := "landscape"
	if s.Prose {
		way = "portrait"
	}
	return []node{
		el("pageMargins").Set("left", "0.4", "right", "0.4", "top", "0.6", "bottom", "0.6", "header", "0.3", "footer", "0.3"),
		el("pageSetup").Set("paperSize", letter, "fitToWidth", num(pagesWide(s)), "fitToHeight", allRows, "pageOrder", "overThenDown", "orientation", way),
		el("headerFooter", says("oddHeader", "&L"+code(b.doc.Title, 180)+"&R&A"),
			says("oddFooter", "&L"+code(strings.TrimSpace(b.doc.Brand.Footer+" "+b.doc.Footer), 220)+"&RPage &P of &N")),
	}
}

// pagesWide is over how many pages the columns of a sheet go, so that their text can be read on paper.
func pagesWide(s outline.Sheet) int {
	const onOne = 210.0 // characters
	wide := 0.0
	for _, c := range s.Columns {
		wide += c.Width
	}
	return max(1, int(math.Ceil(wide/onOne)))
}

// code is the beginning of a text as the heads and feet of pages take it: in at most so many UTF-16 units, with && for &.
func code(s string, most int) string {
	var out strings.Builder
	units := 0
	for _, r := range s {
		word := string(r)
		if r == '&' {
			word = "&&"
		}
		if units += len(utf16.Encode([]rune(word))); units >= most {
			return out.String() + "…"
		}
		out.WriteString(word)
	}
	return out.String()
}
