// Package csv writes the action plan as CSV (RFC 4180), one open requirement in a row.
//
// The file begins with a byte order mark: without it, Excel takes UTF-8 for the code page of the machine and shows every
// dash and accent wrong. Programs that read UTF-8 skip it.
//
// A cell that a spreadsheet could take for a formula gets an apostrophe before it, which stays visible. That is the
// guard that OWASP names for CSV.
package csv

import (
	"bytes"
	"encoding/csv"
	"io"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
)

const byteOrderMark = "\ufeff"

// Render writes the action plan.
func Render(w io.Writer, r *assess.Report) error {
	plan := outline.Plan(r)
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	c := csv.NewWriter(&out)
	c.UseCRLF = true
	record := make([]string, len(plan.Columns))
	for i, column := range plan.Columns {
		record[i] = column.Title
	}
	if err := c.Write(record); err != nil {
		return err
	}
	for _, row := range plan.Rows {
		for i, cell := range row {
			record[i] = guard(cell.Text)
		}
		if err := c.Write(record); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}

// guard keeps a spreadsheet from taking a cell for a formula.
func guard(s string) string {
	if outline.MeansFormula(s) {
		return "'" + s
	}
	return s
}
