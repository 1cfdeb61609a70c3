package text

import (
	"fmt"
	"strings"
	"time"

	"readiness/internal/checklist"
	"readiness/internal/report/outline"
)

// Explain writes all there is to know about a requirement; the expressions of its checks only with rules. mappedFrom are
// the requirements that map to it.
func Explain(c *checklist.Checklist, r *checklist.Requirement, mappedFrom []string, rules bool, style Style) []byte {
	p := newPrinter(style)
	p.styled("", "", "title", c.ID+"/"+r.ID+": "+r.Title)
	p.para("", "", fmt.Sprintf("%s, %s, %s, profile %s", r.Designation, r.Severity, r.Gate.When(), r.Profile))
	if !r.EffectiveOn.IsZero() {
		p.para("", "", "in effect from "+r.EffectiveOn.Format(time.DateOnly))
	}
	if r.Confidence != "" {
		p.para("", "", "how sure this reading of it is: "+r.Confidence)
	}
	p.para("", "", r.SeverityReason)
	p.section("The question", r.Question)
	p.section("Why", r.Why)
	p.section("What to do", fmt.Sprintf("%s (%s, %s)", r.Fix.Do, outline.Role(r.Fix.Who), r.Fix.Effort))
	p.bullets("Evidence", r.Evidence)
	p.section("What it does not show", r.DoesNotShow)
	p.section("Note", r.Note)
	p.checks(r, rules)
	if len(r.Checks) > 0 && !rules {
		p.para("  ", "  ", "The expressions behind it: "+Command("readiness", "explain", c.ID+"/"+r.ID, "--rules"))
	}
	p.section("Citation", fmt.Sprintf("%s (%s, edition %s) %s", r.ID, c.Source.Name, c.Source.Edition, c.Source.URL))
	p.bullets("Also rests on", r.Also)
	p.bullets("Rows of the practice guide", r.Guide)
	p.bullets("Similar requirements", append(append([]string{}, r.Maps...), mappedFrom...))
	p.bullets("Actions of NIST AI 600-1", r.GAI)
	return p.out.Bytes()
}

// checks says what is a gap, with … for what a manifest declares, and with rules by which expressions.
func (p *printer) checks(r *checklist.Requirement, rules bool) {
	p.heading("How it is checked")
	if len(r.Checks) > 0 {
		p.para("  ", "  ", "These are gaps, with … for what is declared. What isn't declared is open too.")
	}
	for i := range r.Checks {
		check := &r.Checks[i]
		words := check.Says()
		if check.Practice {
			words += " (common practice, not the rule's own words)"
		}
		p.para("- ", "  ", words)
		if rules {
			p.para("    ", "      ", "check "+check.ID)
			for _, line := range check.Rules() {
				p.para("    ", "      ", line)
			}
		}
	}
	if r.Attested {
		p.para("- ", "  ", "A named person must have stated it, in date, under attestations.")
	}
}

func (p *printer) section(title, s string) {
	if s == "" {
		return
	}
	p.heading(title)
	p.para("  ", "  ", s)
}

func (p *printer) bullets(title string, list []string) {
	if len(list) == 0 {
		return
	}
	p.heading(title)
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			p.para("- ", "  ", s)
		}
		seen[s] = true
	}
}

// Checklist writes a checklist's provenance and its requirements.
func Checklist(c *checklist.Checklist, style Style) []byte {
	p := newPrinter(style)
	p.styled("", "", "title", c.ID+"@"+c.Version+": "+c.Title)
	p.para("", "", fmt.Sprintf("Follows %s, edition %s (%s). %s", c.Source.Name, c.Source.Edition, c.Source.Status, c.Source.URL))
	if !c.Source.Retrieved.IsZero() {
		p.para("", "", "Its text was retrieved on "+c.Source.Retrieved.Format(time.DateOnly)+".")
	}
	p.para("", "", fmt.Sprintf("Last compared with its source on %s; to be compared again by %s.", c.ReviewedOn.Format(time.DateOnly), c.ReviewBy.Format(time.DateOnly)))
	p.para("", "", "sha256 "+c.Digest)
	for _, s := range c.Sections {
		p.heading(s.Title)
		for _, r := range s.Requirements {
			p.para(fmt.Sprintf("  %-22s ", r.ID), strings.Repeat(" ", 25), fmt.Sprintf("%s (%s, %s, %s)", r.Title, r.Severity, r.Designation, r.Profile))
		}
	}
	return p.out.Bytes()
}
