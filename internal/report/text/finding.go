package text

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/source"
)

// maxShown is how many results of one check are shown in full.
const maxShown = 4

const indent = "  "

// requirement shows one open requirement: what is wrong, where, and what to do.
func (p *printer) requirement(r *assess.Report, q *assess.Requirement) {
	p.line("")
	word := p.style("warn", "UNDECLARED")
	if q.Outcome == assess.Gap {
		word = p.style("bad", "GAP")
	}
	p.line("%s  %s", word, p.style("title", source.Printable(q.ID)))
	p.para(indent, indent, q.Title+" ("+designation(q)+")")
	for _, c := range q.Checks {
		p.check(c, allPractice(q))
	}
	p.para(indent+"Do: ", indent+"    ", fmt.Sprintf("%s (%s, %s)", q.Fix.Do, strings.ReplaceAll(q.Fix.Who, "_", " "), q.Fix.Effort))
}

// designation tells how binding a requirement is and when it is due.
func designation(q *assess.Requirement) string {
	words := q.Designation
	if allPractice(q) {
		words += ", judged by common practice"
	}
	return words + ", " + q.Gate.When()
}

// allPractice reports whether the source's own words decide nothing of what is wrong.
func allPractice(q *assess.Requirement) bool {
	for _, c := range q.Checks {
		if c.Outcome == assess.Gap && !c.Practice {
			return false
		}
	}
	return q.Outcome == assess.Gap
}

func (p *printer) check(c assess.Check, said bool) {
	shown, missing := 0, map[string]bool{}
	var hidden int
	for _, r := range c.Results {
		if !r.Outcome.Open() || r.Accepted {
			continue
		}
		if r.Outcome == assess.Undeclared && seenAll(missing, r.Missing) {
			continue
		}
		if shown++; shown > maxShown {
			hidden++
			continue
		}
		p.result(r, c.Practice && !said)
	}
	if hidden > 0 {
		p.line("%sand %d more like this", indent, hidden)
	}
}

// seenAll reports whether every missing path was shown before, and notes them.
func seenAll(seen map[string]bool, list []assess.Missing) bool {
	all := true
	for _, m := range list {
		if !seen[m.Path] {
			all, seen[m.Path] = false, true
		}
	}
	return all
}

// result shows one open result. byPractice says that common practice decides it, not the source's own words.
func (p *printer) result(r assess.Result, byPractice bool) {
	if r.Outcome == assess.Gap {
		message := r.Message
		if byPractice {
			message += " (common practice)"
		}
		p.styled(indent+"- ", indent+"  ", "", message)
	} else {
		p.undeclared(r)
	}
	p.place(r.Place)
}

func (p *printer) undeclared(r assess.Result) {
	for i, m := range r.Missing {
		if i == 3 {
			p.line("%s  and %d more", indent, len(r.Missing)-i)
			break
		}
		words := m.Means
		if n := len(m.Allowed); n > 0 && n <= 8 {
			words += " (" + strings.Join(m.Allowed, ", ") + ")"
		}
		p.para(indent+"- ", indent+"  ", "not declared: "+m.Path+". "+words)
	}
}

// place shows file:line:col and the line that stands there.
func (p *printer) place(at assess.Place) {
	if !at.Pos.IsValid() {
		return
	}
	p.line("%s  %s", indent, p.style("dim", source.Printable(at.Pos.String())))
	if strings.TrimSpace(at.Excerpt) == "" {
		return
	}
	for l := range strings.SplitSeq(source.Excerpt(at.Pos, at.Excerpt, p.width-16), "\n") {
		p.line("%s  %s", indent, p.style("dim", l))
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
		when := fmt.Sprintf("in %d days", d.Days)
		switch {
		case d.Days < 0:
			when = fmt.Sprintf("%d days ago", -d.Days)
		case d.Days == 0:
			when = "today"
		}
		p.para(fmt.Sprintf("%s  ", d.On), strings.Repeat(" ", 12), fmt.Sprintf("%s (%s, line %d)", d.What, when, d.Pos.Line))
	}
}

func (p *printer) foot(r *assess.Report) {
	p.heading("Not checked")
	for _, n := range r.NotAssessed {
		p.para("- ", "  ", n)
	}
	p.line("")
	p.styled("", "", "dim", r.Disclaimer)
	p.styled("", "", "dim", fmt.Sprintf("%s %s; manifest sha256 %.16s; %s", r.Tool.Name, r.Tool.Version, r.Manifest.SHA256, digests(r)))
	if hasOpen(r) {
		p.line("More about a finding: readiness explain ID")
	}
}

func digests(r *assess.Report) string {
	var parts []string
	for _, l := range r.Checklists {
		parts = append(parts, fmt.Sprintf("%s@%s sha256 %.16s", l.ID, l.Version, l.SHA256))
	}
	return strings.Join(parts, "; ")
}

func hasOpen(r *assess.Report) bool {
	for i := range r.Requirements {
		if r.Requirements[i].Outcome.Open() {
			return true
		}
	}
	return false
}
