// Package report is the table of formats a report can be written in. JSON lives here; a format that owns types, a
// template or a dependency has a package of its own. Escaping belongs to each format.
package report

import (
	"io"
	"slices"

	"readiness/internal/assess"
	"readiness/internal/report/csv"
	"readiness/internal/report/docx"
	"readiness/internal/report/github"
	"readiness/internal/report/gitlab"
	"readiness/internal/report/html"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/junit"
	"readiness/internal/report/markdown"
	"readiness/internal/report/oscal"
	"readiness/internal/report/outline"
	"readiness/internal/report/pdf"
	"readiness/internal/report/picture"
	"readiness/internal/report/sarif"
	"readiness/internal/report/text"
	"readiness/internal/report/xlsx"
)

// A Format is one way to write a report.
type Format struct {
	Name   string // the value of --format
	Ext    string // of a file
	Render func(io.Writer, *assess.Report) error
}

// Binary reports whether a report in the format is no text, which a terminal can't show.
func (f Format) Binary() bool { return slices.Contains([]string{".pdf", ".docx", ".xlsx"}, f.Ext) }

// Formats lists every format, in the order help shows them. style is the terminal's, and brand that of the formats made
// to be handed over; no format has other options.
func Formats(style text.Style, brand outline.Brand) []Format {
	branded := func(render func(io.Writer, *assess.Report, outline.Brand) error) func(io.Writer, *assess.Report) error {
		return func(w io.Writer, r *assess.Report) error { return render(w, r, brand) }
	}
	return []Format{
		{"text", ".txt", func(w io.Writer, r *assess.Report) error { return text.Render(w, r, style) }},
		{"markdown", ".md", branded(markdown.Render)},
		{"html", ".html", branded(html.Render)},
		{"pdf", ".pdf", branded(pdf.Render)},
		{"docx", ".docx", branded(docx.Render)},
		{"xlsx", ".xlsx", branded(xlsx.Render)},
		{"csv", ".csv", csv.Render},
		{"json", ".json", JSON},
		{"sarif", ".sarif", sarif.Render},
		{"junit", ".xml", junit.Render},
		{"github", ".txt", github.Render},
		{"gitlab", ".json", gitlab.Render},
		{"oscal", ".oscal.json", oscal.Render},
		{"poam", ".poam.json", oscal.Poam},
	}
}

// Pictures lists the formats of the data flows alone, in the order help shows them.
func Pictures(style text.Style) []Format {
	written := func(draw func(*assess.Report) string) func(io.Writer, *assess.Report) error {
		return func(w io.Writer, r *assess.Report) error {
			_, err := io.WriteString(w, draw(r))
			return err
		}
	}
	return []Format{
		{"text", ".txt", func(w io.Writer, r *assess.Report) error { return text.Flows(w, r, style) }},
		{"svg", ".svg", written(func(r *assess.Report) string { return string(picture.SVG(r)) })},
		{"mermaid", ".mmd", written(picture.Mermaid)},
		{"dot", ".dot", written(picture.DOT)},
	}
}

// Find returns the format with a name, and whether there is one.
func Find(formats []Format, name string) (Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// JSON writes the report as it is. The result follows Schema.
func JSON(w io.Writer, r *assess.Report) error { return jsonfile.Write(w, r) }
