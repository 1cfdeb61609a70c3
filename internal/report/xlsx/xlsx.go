// Package xlsx writes a report as a workbook to work with: the action plan with filters and a status to choose, and
// what the plan rests on.
//
// Every cell with words of a manifest or a checklist is a string, never a formula. One that would become a formula when
// someone edits it has the format of text. Only days of the calendar and numbers of lines are numbers.
package xlsx

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
)

// Render writes the workbook.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	b := &book{file: excelize.NewFile(), looks: map[look]int{}, accent: ocean}
	defer b.file.Close() // it holds nothing outside memory
	if c, ok := outline.ParseColor(brand.Accent); ok {
		b.accent = c.On(white)
	}
	sheets, doc := outline.Sheets(r, brand), outline.Build(r, brand)
	for i, s := range sheets {
		if i == 0 {
			b.try(b.file.SetSheetName(b.file.GetSheetName(0), s.Name))
		} else {
			_, err := b.file.NewSheet(s.Name)
			b.try(err)
		}
		b.sheet(s)
		b.print(s, doc)
	}
	b.properties(doc)
	if b.err != nil {
		return b.err
	}
	return b.file.Write(w)
}

// book is a workbook in the making. The first error stays.
type book struct {
	file   *excelize.File
	looks  map[look]int // styles of the file by their look
	accent outline.Color
	err    error
}

func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// sheet fills a sheet: its head, which stays in sight, and its rows.
func (b *book) sheet(s outline.Sheet) {
	first := 1
	for i, c := range s.Columns {
		name := column(i)
		b.try(b.file.SetColWidth(s.Name, name, name, c.Width))
		if !s.Prose {
			b.text(s.Name, name+"1", outline.Span{Text: c.Title}, look{head: true})
		}
	}
	if !s.Prose {
		first = 2
		b.try(b.file.SetRowHeight(s.Name, 1, headHigh))
		b.frame(s)
	}
	for n, row := range s.Rows {
		b.try(b.file.SetRowHeight(s.Name, first+n, height(row, s.Columns)))
		for i, span := range row {
			b.cell(s.Name, column(i)+strconv.Itoa(first+n), span, s.Columns[i])
		}
	}
	if len(s.Rows) == 0 {
		b.text(s.Name, "A2", outline.Span{Text: s.Empty}, look{loose: true})
	}
}

// frame freezes the head and the first column of a sheet, and gives it filters and words to choose from.
func (b *book) frame(s outline.Sheet) {
	b.try(b.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	last := strconv.Itoa(len(s.Rows) + 1)
	b.try(b.file.AutoFilter(s.Name, "A1:"+column(len(s.Columns)-1)+last, nil))
	for i, c := range s.Columns {
		if len(c.Words) == 0 || len(s.Rows) == 0 {
			continue
		}
		choice := excelize.NewDataValidation(true)
		choice.SetSqref(column(i) + "2:" + column(i) + last)
		b.try(choice.SetDropList(c.Words))
		choice.SetError(excelize.DataValidationErrorStyleStop, c.Title, "Choose one of: "+strings.Join(c.Words, ", ")+".")
		b.try(b.file.AddDataValidation(s.Name, choice))
	}
}

// cell writes a cell of a column.
func (b *book) cell(sheet, at string, span outline.Span, c outline.SheetColumn) {
	l := look{mark: span.Mark, strong: span.Style == outline.Strong, day: c.Day, number: c.Count}
	if n, err := strconv.Atoi(span.Text); err == nil && c.Count {
		b.styled(sheet, at, l)
		b.try(b.file.SetCellInt(sheet, at, int64(n)))
		return
	}
	if day, ok := serial(span.Text); ok && c.Day {
		b.styled(sheet, at, l)
		b.try(b.file.SetCellFloat(sheet, at, day, 0, 64))
		return
	}
	b.text(sheet, at, span, l)
}

// text writes a string.
func (b *book) text(sheet, at string, span outline.Span, l look) {
	l.asText = outline.MeansFormula(span.Text)
	onWeb := strings.HasPrefix(span.Link, "https://") || strings.HasPrefix(span.Link, "http://")
	l.link = onWeb && len(span.Link) <= maxLink
	b.styled(sheet, at, l)
	if span.Text == "" {
		return
	}
	b.try(b.file.SetCellStr(sheet, at, clip(span.Text)))
	if l.link {
		b.try(b.file.SetCellHyperLink(sheet, at, span.Link, "External"))
	}
}

// maxLink is how long a link may be for Excel to open the file.
const maxLink = 2000

func (b *book) styled(sheet, at string, l look) {
	b.try(b.file.SetCellStyle(sheet, at, at, b.style(l)))
}

// clip is as much of a text as a cell holds, and says so where that isn't all.
func clip(s string) string {
	const rest = "\n… This is more than a cell holds. The other formats of the report have all of it."
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > excelize.TotalCellChars-len(rest) && len(s)-i > len(rest) {
			return s[:i] + rest
		}
	}
	return s
}

// column is the name of a column, 0 for A. A sheet has few.
func column(i int) string { return string(rune('A' + i)) }

// serial is a day as spreadsheets count it.
func serial(s string) (float64, bool) {
	day, err := time.Parse(time.DateOnly, s)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if err != nil || day.Year() < 1901 {
		return 0, false
	}
	return day.Sub(epoch).Hours() / 24, true
}

// properties says what the file is, and that it was made on the day of the report.
func (b *book) properties(doc *outline.Document) {
	day := doc.AsOf + "T00:00:00Z"
	if _, err := time.Parse(time.RFC3339, day); err != nil {
		day = "1970-01-01T00:00:00Z"
	}
	by := doc.Brand.Firm
	if by == "" {
		by = doc.Tool
	}
	b.try(b.file.SetDocProps(&excelize.DocProperties{Title: doc.Title, Creator: by, LastModifiedBy: by, Created: day, Modified: day, Language: "en-US"}))
	b.try(b.file.SetAppProps(&excelize.AppProperties{Application: doc.Tool}))
}
