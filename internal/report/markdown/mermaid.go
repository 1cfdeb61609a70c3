package markdown

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"readiness/internal/report/outline"
)

// maxEdges is how many flows a Mermaid picture takes before it can't be read. The table lists them all.
const maxEdges = 60

// mermaid draws the flows: zones as boxes, flows with their number in the table, the ways of findings thick, flows
// without PHI dotted.
func (p *printer) mermaid(pic outline.Picture) {
	if len(pic.Edges) == 0 || len(pic.Edges) > maxEdges {
		return
	}
	p.para("```mermaid")
	p.line("flowchart LR")
	ids, zones := map[string]string{}, []string{}
	inZone := map[string][]outline.Node{}
	for i, n := range pic.Nodes {
		ids[n.ID] = fmt.Sprintf("n%d", i+1)
		if len(inZone[n.Zone]) == 0 {
			zones = append(zones, n.Zone)
		}
		inZone[n.Zone] = append(inZone[n.Zone], n)
	}
	for i, zone := range zones {
		p.line("  subgraph z%d[\"%s\"]", i+1, label(zone))
		for _, n := range inZone[zone] {
			words := n.Name
			if n.Finding {
				words += " (open finding)"
			}
			p.line("    %s[\"%s\"]", ids[n.ID], label(words))
		}
		p.line("  end")
	}
	for _, e := range pic.Edges {
		if ids[e.From] != "" && ids[e.To] != "" {
			p.line("  %s %s|\"%s\"| %s", ids[e.From], arrow(e), label(fmt.Sprintf("%d: %s", e.Number, cmp.Or(e.PHI, "PHI not declared"))), ids[e.To])
		}
	}
	p.line("```")
}

func arrow(e outline.Edge) string {
	switch {
	case e.Problem:
		return "==>"
	case e.PHI == "none" || e.PHI == "deidentified":
		return "-.->"
	}
	return "-->"
}

// maxLabel is how many characters of a name the picture shows.
const maxLabel = 60

// label makes text mean itself inside a quoted Mermaid label: whatever isn't a letter, a digit or harmless is a numeric
// entity.
func label(s string) string {
	var b strings.Builder
	for i, r := range []rune(strings.ReplaceAll(s, "_", " ")) {
		switch {
		case i == maxLabel:
			return b.String() + "…"
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,:()'/-", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
