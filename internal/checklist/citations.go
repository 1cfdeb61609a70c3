package checklist

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/source"
)

type citationsFile struct {
	Security []citation `yaml:"security_rule" doc:"The Security Rule."`
	Breach   []citation `yaml:"breach_notification_rule" doc:"The Breach Notification Rule."`
	Privacy  []citation `yaml:"privacy_rule" doc:"The Privacy Rule."`
	General  []citation `yaml:"general" doc:"What is common to all."`
}

type citation struct {
	Cite        source.Text `yaml:"cite" required:"true" doc:"The provision."`
	Title       source.Text `yaml:"title" required:"true" doc:"Its short title."`
	Kind        source.Text `yaml:"kind" doc:"What it is."`
	Designation source.Text `yaml:"designation" doc:"Required, addressable or n/a."`
	Status      source.Text `yaml:"status" doc:"Vacated or historic; otherwise it is in force."`
}

// Citations are the provisions of the source that c, or the checklist it extends, was made from. The list stands
// beside that checklist, as <id>/citations.yaml; nil when there is none.
func (l Library) Citations(c *Checklist) ([]string, error) {
	id := c.ID
	if c.Base != nil {
		id = c.Base.ID
	}
	data, err := l.ReadFile(id + "/citations.yaml")
	if err != nil {
		return nil, nil
	}
	var raw citationsFile
	if _, err := source.Decode(id+"/citations.yaml", data, source.TypeOf[citationsFile](), &raw); err != nil {
		return nil, err
	}
	var cites []string
	for _, p := range slices.Concat(raw.Security, raw.Breach, raw.Privacy, raw.General) {
		cites = append(cites, p.Cite.Or(""))
	}
	return cites, nil
}

// cited reports the citations of a requirement that are not provisions of the source. A checklist that extends another
// may number its own requirements as it likes, and cite other sources: there, only what looks like a provision counts.
func (l *linter) cited(r *Requirement) {
	for _, cite := range slices.Concat([]string{r.ID}, r.Also) {
		if len(l.cites) > 0 && !slices.Contains(l.cites, cite) && (l.c.Base == nil || l.provision(cite)) {
			hint := source.Suggest(cite, l.cites)
			if hint == "" {
				hint = "compare it with the source"
			}
			l.report(r.Pos, fmt.Sprintf("%s is not a provision of the source", cite), hint)
		}
	}
}

// omitted reports the same of what the checklist leaves out.
func (l *linter) omitted(o Omission) {
	if len(l.cites) > 0 && !slices.Contains(l.cites, o.Cite) && (l.c.Base == nil || l.provision(o.Cite)) {
		l.report(source.Pos{File: l.c.file.Name, Line: 1, Col: 1}, fmt.Sprintf("not_covered names %s, which is not a provision of the source", o.Cite),
			source.Suggest(o.Cite, l.cites))
	}
}

// provision reports whether a citation is written like those of the source: 164.312(b) like 164.308.
func (l *linter) provision(cite string) bool {
	part, _, ok := strings.Cut(cite, ".")
	return ok && slices.ContainsFunc(l.cites, func(c string) bool { return strings.HasPrefix(c, part+".") })
}
