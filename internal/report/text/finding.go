package text

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// maxShown is how many results of one check are shown in full.
const maxShown = 4

const indent = "  "

// requirement shows one open requirement: what is wrong, where, and what to do.
func (p *printer) requirement(q *assess.Requirement) {
	p.line("")
	word := p.style("warn", "UNDECLARED")
	if q.Outcome == assess.Gap {
		word = p.style("bad", "GAP")
	}
	p.styled(word+"  ", strings.Repeat(" ", ansi.StringWidth(word)+2), "title", q.ID)
	p.para(indent, indent, outline.Aim(q)+" ("+outline.Binding(q)+")")
	for _, c := range q.Checks {
		p.check(c, outline.AllPractice(q))
	}
	p.missing(q)
	p.para(indent+"Do: ", indent+"    ", fmt.Sprintf("%s (%s, %s)", q.Fix.Do, outline.Role(q.Fix.Who), q.Fix.Effort))
}

func (p *printer) check(c assess.Check, said bool) {
	shown, hidden := 0, 0
	for _, r := range c.Results {
		if r.Outcome != assess.Gap || r.Accepted {
			continue
		}
		if shown++; shown > maxShown {
			hidden++
			continue
		}
		message := r.Message
		if c.Practice && !said {
			message += " (common practice)"
		}
		p.para(indent+"- ", indent+"  ", message)
		p.place(r.Place)
	}
	if hidden > 0 {
		p.line("%sand %d more like this", indent, hidden)
	}
}

// missing lists what a requirement lacks, each path once, with the place of the first of those that belong together.
func (p *printer) missing(q *assess.Requirement) {
	var last source.Pos
	seen, hidden, more := map[string]bool{}, 0, 0
	for _, c := range q.Checks {
		for _, r := range c.Results {
			more = max(more, r.MoreMissing)
			for _, m := range r.Missing {
				if r.Accepted || seen[m.Path] {
					continue
				}
				seen[m.Path] = true
				if len(seen) > 2*maxShown {
					hidden++
					continue
				}
				p.para(indent+"- ", indent+"  ", outline.Missing(m))
				if m.Pos != last {
					at := assess.Place{Pos: m.Pos}
					if m.Pos == r.Place.Pos && m.Pos.Line > 1 {
						at = r.Place
					}
					p.place(at)
				}
				last = m.Pos
			}
		}
	}
	if hidden > 0 {
		p.line("%sand %s", indent, outline.Count(hidden, "more fact"))
	}
	if more > 0 {
		p.line("%s%s", indent, outline.MoreMissing(more))
	}
}

// place shows file:line:col and the line that stands there.
func (p *printer) place(at assess.Place) {
	if !at.Pos.IsValid() {
		return
	}
	p.styled(indent+"  ", indent+"  ", "dim", at.Pos.String())
	if strings.TrimSpace(at.Excerpt) == "" {
		return
	}
	for l := range strings.SplitSeq(source.Excerpt(at.Pos, at.Excerpt, p.width-16), "\n") {
		p.line("%s  %s", indent, p.style("dim", strings.TrimRight(l, " ")))
	}
}

func (p *printer) accepted(r *assess.Report) {
	if len(r.Exceptions) == 0 {
		return
	}
	p.heading("Exceptions")
	for _, e := range r.Exceptions {
		state := fmt.Sprintf("%s until %s by %s", e.Kind, e.ExpiresOn, e.ApprovedBy)
		if !e.InForce {
			state = "NOT COUNTED: " + e.Note + " (" + state + ")"
		} else if e.Note != "" {
			state += "; " + e.Note
		}
		subject := e.Requirement
		if e.Subject != "" {
			subject += " for " + e.Subject
		}
		p.para("- ", "  ", subject+": "+state)
		p.para("  ", "  ", "Reason: "+e.Reason)
		if e.Compensating != "" {
			p.para("  ", "  ", "Instead: "+e.Compensating)
		}
	}
}

func (p *printer) attestations(r *assess.Report) {
	if len(r.Attestations) == 0 {
		return
	}
	p.heading("Attestations")
	for _, at := range r.Attestations {
		state := fmt.Sprintf("signed %s, counts until %s", at.SignedOn, at.ExpiresOn)
		if !at.InForce {
			state = "NOT COUNTED: " + at.Note + " (" + state + ")"
		} else if at.Note != "" {
			state += "; " + at.Note
		}
		p.para("- ", "  ", fmt.Sprintf("%s by %s: %s", at.Requirement, at.By, state))
		p.para("  ", "  ", at.Statement)
	}
}

func (p *printer) upcoming(r *assess.Report) {
	if len(r.Upcoming) == 0 {
		return
	}
	p.heading(fmt.Sprintf("Past due, or due within %d days", r.Horizon))
	for _, d := range r.Upcoming {
		when := outline.DueIn(d.Days)
		if d.Pos.IsValid() {
			when += fmt.Sprintf(", line %d", d.Pos.Line)
		}
		p.para(source.Printable(d.On)+"  ", strings.Repeat(" ", 12), fmt.Sprintf("%s (%s)", d.What, when))
	}
}

func (p *printer) foot(r *assess.Report) {
	if len(r.LookInto) > 0 {
		p.heading("Look into this")
		for _, l := range r.LookInto {
			p.para("- ", "  ", l.Title+". "+l.Why)
		}
	}
	p.heading("Not checked")
	for _, n := range r.NotAssessed {
		p.para("- ", "  ", n)
	}
	p.leftOpenByFlows(r)
	if n := len(r.NotCovered); n > 0 {
		p.para("- ", "  ", fmt.Sprintf("%d provisions of the checklists' sources, each with its reason: readiness checklists coverage lists them.", n))
	}
	for i := range r.Penalties {
		p.heading("What the law allows as a penalty")
		p.para("", "", outline.Penalty(&r.Penalties[i]))
	}
	p.provenance(r)
	p.line("")
	p.styled("", "", "dim", r.Disclaimer)
	p.styled("", "", "dim", fmt.Sprintf("%s %s; manifest SHA-256 %s", r.Tool.Name, r.Tool.Version, r.Manifest.SHA256))
	if id := firstOpen(r); id != "" {
		p.para("", "  ", "More about a finding: "+Command("readiness", "explain", id))
	}
}

// provenance tells which text each checklist follows, and which file it was.
func (p *printer) provenance(r *assess.Report) {
	p.heading("Checked against")
	for _, l := range r.Checklists {
		p.para("- ", "  ", outline.Provenance(l))
	}
}

// firstOpen is the open requirement that the report shows first; "" without any.
func firstOpen(r *assess.Report) string {
	first, least := "", len(checklist.Severities)+2
	for i := range r.Requirements {
		q := &r.Requirements[i]
		rank := q.Severity.Rank()
		if q.Designation == "proposed" || q.Accepted {
			rank = len(checklist.Severities) + 1
		}
		if q.Outcome.Open() && rank < least {
			first, least = q.ID, rank
		}
	}
	return first
}
