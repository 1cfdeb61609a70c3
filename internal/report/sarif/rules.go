package sarif

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/gfm"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// GitHub's limits on a rule's texts, in characters.
const (
	maxName        = 255
	maxDescription = 1024
)

// securitySeverity are the scores by which GitHub sorts alerts as critical (over 9.0), high (from 7.0), medium (from 4.0)
// and low. They only carry our words over; they are no CVSS.
var securitySeverity = map[string]string{"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}

// rules are all requirements, whatever their outcome, so that they change with the checklists only.
func rules(r *assess.Report) []rule {
	lists := map[string]assess.List{}
	for _, l := range r.Checklists {
		lists[l.ID] = l
	}
	all := []rule{}
	for i := range r.Requirements {
		all = append(all, newRule(&r.Requirements[i], lists[r.Requirements[i].Checklist]))
	}
	return all
}

func newRule(q *assess.Requirement, l assess.List) rule {
	out := rule{
		ID: line(q.ID), Name: line(source.Clip(q.Title, maxName)), Short: text{message(source.Clip(q.Title, maxDescription))},
		Full: text{message(source.Clip(q.Question+" "+q.Why, maxDescription))},
		Help: helpOf(q, l), Configuration: configuration{defaultLevel(q)}, Properties: ruleProperties{
			Tags: []line{"compliance", line(q.Checklist)}, Severity: line(q.Severity), SeverityReason: line(q.SeverityReason),
			Gate: line(q.Gate), Designation: line(q.Designation), Profile: line(q.Profile),
		},
	}
	if finding.Link(l.URL) {
		out.HelpURI = l.URL
	}
	// GitHub reads the score only where the rule is tagged "security". A proposed rule has none: it never gates.
	if score := securitySeverity[string(q.Severity)]; score != "" && q.Designation != "proposed" {
		out.Properties.SecuritySeverity = score
		out.Properties.Tags = append(out.Properties.Tags, "security")
	}
	return out
}

// defaultLevel is the level of a finding that can fail the run.
func defaultLevel(q *assess.Requirement) string {
	return level(finding.Finding{Requirement: q, Result: &assess.Result{}, Due: true, Judged: true}.Level())
}

// helpOf tells what a requirement asks and what to do about it.
func helpOf(q *assess.Requirement, l assess.List) help {
	var plain lines
	var marked []string
	for _, p := range paragraphs(q, l) {
		plain = append(plain, message(p[0]+": "+strings.TrimSpace(p[1])))
		marked = append(marked, "**"+p[0]+":** "+gfm.Escape(p[1]))
	}
	return help{plain, markdown(strings.Join(marked, "\n\n"))}
}

// paragraphs are the parts of a rule's help, each with its label. Empty ones are left out.
func paragraphs(q *assess.Requirement, l assess.List) [][2]string {
	citation := fmt.Sprintf("%s (%s, edition %s, %s)", q.Citation, l.Source, l.Edition, l.Status)
	if len(q.Also) > 0 {
		citation += "; also " + strings.Join(q.Also, ", ")
	}
	var list [][2]string
	for _, p := range [][2]string{
		{"Question", q.Question},
		{"Why", q.Why},
		{"What to do", fmt.Sprintf("%s (%s, %s)", q.Fix.Do, outline.Role(q.Fix.Who), q.Fix.Effort)},
		{"Evidence", strings.Join(q.Evidence, "; ")},
		{"What it does not show", q.DoesNotShow},
		{"Citation", citation},
		{"Similar requirements", strings.Join(q.Maps, ", ")},
		{"In effect from", q.EffectiveOn},
		{"Confidence of the research", q.Confidence},
		{"Note", q.Note},
	} {
		if strings.TrimSpace(p[1]) != "" {
			list = append(list, p)
		}
	}
	return list
}
