// Package text writes a report for a terminal: the verdicts and what to do first on one screen, then every finding.
//
// Words carry the meaning; colour only helps. Whatever comes from a manifest is made printable first, so it can't
// steer the terminal.
package text

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// Style is how the terminal shows text.
type Style struct {
	Width   int    // columns; 80 when 0
	Color   bool   // whether colours may be used
	Scrolls bool   // whether the beginning is out of sight at the end, and what it says is told there again
	Full    string // with Scrolls: the command that writes a report to read or share; "" for none
}

// Render writes the report.
func Render(w io.Writer, r *assess.Report, style Style) error {
	p := newPrinter(style)
	p.head(r)
	p.verdicts(r)
	p.line("")
	p.para("", "  ", outline.Summary(r.Counts))
	p.steps(r, len(r.First))
	p.findings(r)
	p.shownByFlows(r)
	p.accepted(r)
	p.attestations(r)
	p.upcoming(r)
	p.foot(r)
	if style.Scrolls {
		p.again(r, style.Full)
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

type printer struct {
	out    bytes.Buffer
	width  int
	styles map[string]lipgloss.Style // nil without colour
}

// usualSize is what the report of a practice takes, in bytes.
const usualSize = 64 << 10

func newPrinter(style Style) *printer {
	p := &printer{width: style.Width}
	if p.width == 0 {
		p.width = 80
	}
	p.width = min(max(p.width, 60), 100)
	p.out.Grow(usualSize)
	if !style.Color {
		return p
	}
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.ANSI)
	base := renderer.NewStyle()
	p.styles = map[string]lipgloss.Style{
		"title": base.Bold(true),
		"bad":   base.Bold(true).Foreground(lipgloss.Color("9")),
		"warn":  base.Bold(true).Foreground(lipgloss.Color("11")),
		"good":  base.Bold(true).Foreground(lipgloss.Color("10")),
		"dim":   base.Faint(true),
	}
	return p
}

func (p *printer) style(name, s string) string {
	if p.styles == nil {
		return s
	}
	return p.styles[name].Render(s)
}

// line writes one line. Its arguments must be printable already.
func (p *printer) line(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.out.WriteByte('\n')
}

// para writes text wrapped behind a first and a following indent.
func (p *printer) para(first, rest, s string) {
	p.styled(first, rest, "", s)
}

func (p *printer) styled(first, rest, style, s string) {
	s = source.Printable(s)
	room := p.width - max(ansi.StringWidth(first), ansi.StringWidth(rest))
	if room < 1 { // a saved report can hold anything where a date should be
		first, rest, s, room = "", "", first+s, p.width
	}
	for i, l := range source.Wrap(s, room) {
		if style != "" && l != "" {
			l = p.style(style, l)
		}
		indent := rest
		if i == 0 {
			indent = first
		}
		p.out.WriteString(strings.TrimRight(indent+l, " "))
		p.out.WriteByte('\n')
	}
}

func (p *printer) heading(s string) {
	p.line("")
	p.styled("", "", "title", s)
}

func (p *printer) head(r *assess.Report) {
	title := outline.Named(r.Practice)
	if r.Deployment != "" {
		title += ": " + r.Deployment
	}
	p.styled("", "", "title", title)
	var lists []string
	for _, l := range r.Checklists {
		lists = append(lists, l.ID+"@"+l.Version)
	}
	p.para("", "", fmt.Sprintf("Checked as of %s against %s, %s, from %s", r.AsOf, strings.Join(lists, " and "), outline.Asked(r.Profile, r.Gates), r.Manifest.Name))
	for _, n := range r.Notices {
		p.para("! ", "  ", n)
	}
}

func (p *printer) verdicts(r *assess.Report) {
	p.line("")
	width := len("not ready ")
	if slices.ContainsFunc(r.Verdicts, func(v assess.Verdict) bool { return v.Unjudged }) {
		width = len("not judged ")
	}
	for _, v := range r.Verdicts {
		status := outline.GateStatus(v)
		style := map[outline.Mark]string{outline.Good: "good", outline.Bad: "bad", outline.Open: "warn", outline.Idle: "dim"}[status.Mark]
		p.para(p.style(style, fmt.Sprintf("%-*s", width, strings.ToLower(status.Word)))+fmt.Sprintf("%-16s", v.Gate.Title()), strings.Repeat(" ", width+16), outline.Openings(v))
	}
}

// steps are the first n things to do.
func (p *printer) steps(r *assess.Report, n int) {
	if len(r.First) == 0 {
		return
	}
	p.heading("Do first")
	for i, s := range r.First[:min(n, len(r.First))] {
		what := s.What
		if s.Kind == "declare" {
			what = outline.Declare(s)
		}
		p.para(fmt.Sprintf("%2d. ", i+1), "    ", what)
		where := s.Pos.String()
		if s.Kind == "fix" && s.Path != "" {
			where = s.Path + ", " + where
		}
		p.styled("    ", "    ", "dim", fmt.Sprintf("%s; %s", where, outline.Waiting(s.Requirements)))
	}
}

// again ends the text of a terminal with what has scrolled away: the verdicts and what to do first. full is the command for
// a report to read or share.
func (p *printer) again(r *assess.Report, full string) {
	p.verdicts(r)
	p.steps(r, 1)
	if full != "" {
		p.line("")
		p.line("Full report to read or share:")
		p.line("  %s", source.Printable(full))
	}
}

// findings lists what is open and not accepted, by severity, and apart from that what a proposed rule would ask.
func (p *printer) findings(r *assess.Report) {
	for _, severity := range checklist.Severities {
		p.group(r, outline.SeverityTitle(severity), func(q *assess.Requirement) bool { return q.Severity == severity && q.Designation != "proposed" })
	}
	p.group(r, "Proposed, not law: reported for your planning, never counted", func(q *assess.Requirement) bool { return q.Designation == "proposed" })
}

// group shows the open requirements that belong to it.
func (p *printer) group(r *assess.Report, title string, belongs func(*assess.Requirement) bool) {
	var open []*assess.Requirement
	for i := range r.Requirements {
		if q := &r.Requirements[i]; q.Outcome.Open() && !q.Accepted && belongs(q) {
			open = append(open, q)
		}
	}
	if len(open) == 0 {
		return
	}
	p.heading(fmt.Sprintf("%s (%d)", title, len(open)))
	for _, q := range open {
		p.requirement(q)
	}
}
