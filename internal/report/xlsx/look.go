package xlsx

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"readiness/internal/report/outline"
)

// The colours. Words in them have the contrast that WCAG 2.2 asks for at level AA (1.4.3) on white.
var (
	white = outline.Color{0xff, 0xff, 0xff}
	ocean = outline.Color{0x1d, 0x4f, 0x63} // the accent of no firm
)

// markColors are the colours of status words. The words say it all.
var markColors = map[outline.Mark]string{
	outline.Good: "1C6B3C", outline.Stated: "245A94", outline.Bad: "A3211D", outline.Open: "8A5300", outline.Waived: "6A4396", outline.Idle: "5B6068",
}

// look is how a cell looks.
type look struct {
	head, strong, link bool
	loose              bool // whether it may run over the cells beside it
	day, number        bool
	asText             bool // whether it stays text when someone edits it
	mark               outline.Mark
}

// style is the file's style for a look.
func (b *book) style(l look) int {
	if id, ok := b.looks[l]; ok {
		return id
	}
	id, err := b.file.NewStyle(l.style(b.accent))
	b.try(err)
	b.looks[l] = id
	return id
}

func (l look) style(accent outline.Color) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 10, Color: "1F2328", Bold: l.strong || l.mark != outline.NoMark},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: !l.loose},
		Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: "CFCBC1"}},
	}
	if color := markColors[l.mark]; color != "" {
		s.Font.Color = color
	}
	switch {
	case l.head:
		s.Font.Bold, s.Font.Color = true, "FFFFFF"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(accent.String(), "#")}}
		s.Alignment.Vertical = "center"
	case l.link:
		s.Font.Color, s.Font.Underline = "0B5394", "single"
	case l.day:
		format := "yyyy-mm-dd"
		s.CustomNumFmt = &format
		s.Alignment.Horizontal = "left"
	case l.number:
		s.Alignment.Horizontal = "right"
	}
	if l.asText {
		const text = 49 // the number of the format @
		s.NumFmt, s.CustomNumFmt = text, nil
	}
	return s
}

// Heights of rows, in points.
const (
	lineHigh = 13.2
	headHigh = 32.0
)

// height is that of a row in which no text is cut off, as far as Excel has rows that high. Spreadsheets make rows fit only
// when someone edits them.
func height(row []outline.Span, columns []outline.SheetColumn) float64 {
	most := 1
	for i, span := range row {
		most = max(most, lines(span.Text, columns[i].Width))
	}
	return min(float64(most)*lineHigh+3, excelize.MaxRowHeight)
}

// lines is how many lines of a column a text takes, word by word.
func lines(s string, width float64) int {
	n := 0
	width *= 1.06 // columns are measured in a larger size
	for line := range strings.SplitSeq(s, "\n") {
		n++
		used := 0.0
		for word := range strings.SplitSeq(line, " ") {
			w := 0.0
			for _, r := range word {
				w += ems(r)
			}
			if used > 0 && used+w > width {
				n, used = n+1, 0
			}
			for ; w > width; w -= width { // a word wider than the column is broken
				n++
			}
			used += w + ems(' ')
		}
	}
	return n
}

// ems is how wide a character is, in the widths of a digit by which columns are measured.
func ems(r rune) float64 {
	switch {
	case r >= 0x1100:
		return 2
	case strings.ContainsRune("mwMWOQ@%—", r):
		return 1.4
	case 'A' <= r && r <= 'Z':
		return 1.1
	case strings.ContainsRune(" .,:;'()[]ijlft-|!", r):
		return 0.55
	}
	return 0.93
}

// print sets a sheet up for paper: wide, the head and the first column on each page, and where it comes from below.
func (b *book) print(s outline.Sheet, doc *outline.Document) {
	const letter = 1
	size, way, pages, any, fit := letter, "landscape", pagesWide(s), 0, true
	if s.Prose {
		way = "portrait"
	}
	over := "overThenDown"
	b.try(b.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &pages, FitToHeight: &any, PageOrder: &over}))
	b.try(b.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	side, end := 0.4, 0.6
	b.try(b.file.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end}))
	if !s.Prose {
		b.try(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.Name + "'!$A:$A,'" + s.Name + "'!$1:$1", Scope: s.Name}))
	}
	b.try(b.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + code(doc.Title, 180) + "&R&A",
		OddFooter: "&L" + code(strings.TrimSpace(doc.Brand.Footer+" "+doc.Footer), 220) + "&RPage &P of &N",
	}))
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
