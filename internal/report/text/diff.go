package text

import (
	"fmt"
	"io"
	"strings"

	"readiness/internal/diff"
	"readiness/internal/report/outline"
)

// Diff writes what changed between two reports.
func Diff(w io.Writer, d *diff.Diff, style Style) error {
	p := newPrinter(style)
	p.styled("", "", "title", outline.Named(d.New.Practice))
	p.side("From ", d.Old)
	p.side("to   ", d.New)
	for _, n := range d.Notices {
		p.para("! ", "  ", n)
	}
	p.line("")
	p.para("", "  ", outline.StillOpen(d.Counts))
	p.para("", "  ", outline.Changes(d.Counts))
	for _, g := range outline.ChangeGroups(d) {
		p.heading(g.Title)
		for _, item := range g.Items {
			p.para("- ", "  ", item.Words)
			for _, detail := range item.Details {
				p.styled("  ", "  ", "dim", detail)
			}
		}
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

func (p *printer) side(word string, s diff.Side) {
	p.para(word, strings.Repeat(" ", len(word)), fmt.Sprintf("%s as of %s, %s, %s", s.Name, s.AsOf, strings.Join(s.Checklists, " and "), outline.Asked(s.Profile, s.Gates)))
}
