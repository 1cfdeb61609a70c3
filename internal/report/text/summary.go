package text

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"readiness/internal/report/outline"
	"readiness/internal/report/summary"
	"readiness/internal/source"
)

// Summary writes what many manifests came to, as a table with a row for each.
func Summary(w io.Writer, s *summary.Summary, style Style) error {
	p := newPrinter(style)
	p.line("%s", p.style("title", outline.Count(s.Totals.Manifests, "manifest")+", checked as of "+s.AsOf))
	p.para("", "", "Checked against "+s.Asked())
	for _, n := range s.Notices {
		p.para("! ", "  ", n)
	}
	p.line("")
	p.line("%s", p.style("dim", fmt.Sprintf("%-12s %-10s %8s %4s %6s %4s %4s %10s", "", "stage", "critical", "high", "medium", "low", "gaps", "undeclared")))
	for i := range s.Rows {
		p.row(&s.Rows[i])
	}
	p.line("")
	p.para("", "  ", s.Totals.String())
	p.line("")
	left := ""
	if len(s.Gates) > 0 {
		left = ", whether --gate asked for them or not"
	}
	p.styled("", "", "dim", "The numbers are the requirements that are due, open, and not accepted by an exception"+left+": by severity, and "+
		"as gaps or undeclared. For what is open, where it stands and what to do, "+advice(s))
	p.line("")
	p.styled("", "", "dim", s.Disclaimer)
	_, err := w.Write(p.out.Bytes())
	return err
}

// row tells in one line what a manifest came to, and below it whose it is.
func (p *printer) row(r *summary.Row) {
	const below = "             "
	if r.Status == summary.NotRead {
		p.para(p.style("bad", fmt.Sprintf("%-12s", "not read"))+" ", below, r.Manifest)
		return
	}
	style := map[summary.Status]string{summary.Ready: "good", summary.NotReady: "bad", summary.NotJudged: "warn", summary.NotAssessed: "warn"}[r.Status]
	word := p.style(style, fmt.Sprintf("%-12s", outline.Words(string(r.Status))))
	stage, o := source.Printable(cmp.Or(outline.Words(r.Stage), "undeclared")), r.Open
	p.line("%s %-10s %8d %4d %6d %4d %4d %10d", word, stage, o.Critical, o.High, o.Medium, o.Low, o.Gap, o.Undeclared)
	p.para(below, below, outline.Named(r.Practice)+", "+r.Manifest)
	if len(r.Reports) > 0 {
		p.styled(below, below, "dim", "reports: "+strings.Join(r.Reports, ", "))
	}
}

// advice says where to read on about the manifest that most is open in.
func advice(s *summary.Summary) string {
	if len(s.Rows) == 0 {
		return "check a manifest by itself."
	}
	worst, most := &s.Rows[0], -1
	for i := range s.Rows {
		o := s.Rows[i].Open
		if n := o.Critical*1e9 + o.High*1e6 + o.Medium*1e3 + o.Low; s.Rows[i].Status != summary.NotRead && n > most {
			worst, most = &s.Rows[i], n
		}
	}
	if len(worst.Reports) > 0 {
		return "read a practice's report, such as " + worst.Reports[0]
	}
	return "check a manifest by itself: " + Command("readiness", "check", worst.Manifest)
}
