package picture

import (
	"fmt"
	"strings"
	"unicode"

	"readiness/internal/assess"
)

// Mermaid writes the data flows as a Mermaid flowchart, as Markdown viewers draw it: zones as boxes, flows with PHI
// thick, flows without it thin, de-identified data dotted, and the rest in words. Numbers are those of the report's
// table of flows.
func Mermaid(r *assess.Report) string {
	g := newGraph(r)
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	if note := g.tooLarge(); note != "" {
		fmt.Fprintf(&b, "  n1[\"%s\"]\n", mermaidLabel(note))
		return b.String()
	}
	fmt.Fprintf(&b, "  accTitle: %s\n  accDescr: %s\n", accessible(g.title), accessible(strings.Join(g.notes, " ")))
	ids := g.names("n")
	for i, z := range g.zones {
		fmt.Fprintf(&b, "  subgraph z%d[\"%s\"]\n", i+1, mermaidLabel(z.title()))
		for _, n := range z.nodes {
			fmt.Fprintf(&b, "    %s%s\n", ids[n], mermaidNode(n))
		}
		b.WriteString("  end\n")
	}
	for _, e := range g.edges {
		fmt.Fprintf(&b, "  %s %s|\"%s\"| %s\n", ids[e.from], mermaidArrow(e), mermaidLabel(e.short()), ids[e.to])
	}
	for i, z := range g.zones {
		if z.Uncovered {
			fmt.Fprintf(&b, "  style z%d stroke-width:3px,stroke-dasharray:9 4\n", i+1)
		}
	}
	return b.String()
}

// title is a zone's name, with where its agreement stands.
func (z *zone) title() string {
	switch {
	case z.Uncovered:
		return z.Name + ", no agreement in place (" + z.Note + ")"
	case z.Note != "":
		return z.Name + " (" + z.Note + ")"
	}
	return z.Name
}

// short is a flow's number and class, and what is wrong with its review.
func (e *edge) short() string {
	s := fmt.Sprintf("%d: %s", e.Number, e.Class)
	if e.Review != "" {
		s += ", " + strings.ToUpper(string(e.Review))
	}
	return s
}

// names gives each node a name that no manifest can choose.
func (g *graph) names(prefix string) map[*node]string {
	ids := map[*node]string{}
	for i, n := range g.nodes {
		ids[n] = fmt.Sprint(prefix, i+1)
	}
	return ids
}

func mermaidNode(n *node) string {
	label := mermaidLabel(n.name)
	if line := n.kindLine(); line != "" {
		label += "<br>" + mermaidLabel(line)
	}
	switch n.Shape {
	case Person:
		return `(["` + label + `"])`
	case Store:
		return `[("` + label + `")]`
	case Model:
		return `{{"` + label + `"}}`
	}
	return `["` + label + `"]`
}

func mermaidArrow(e *edge) string {
	switch e.Class {
	case PHI:
		return "==>"
	case Deidentified:
		return "-.->"
	}
	return "-->"
}

// maxLabel is how many characters of a name a text picture shows.
const maxLabel = 120

// mermaidLabel makes text mean itself inside a quoted Mermaid label: whatever isn't a letter, a digit or harmless is
// a numeric entity.
func mermaidLabel(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		switch {
		case i == maxLabel:
			return b.String() + "…"
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,:'/-", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// accessible makes text fit for a line of its own. Mermaid takes such a line as it is, up to the first sign of syntax.
func accessible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ';' {
			return ','
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,:'/()-", r) {
			return r
		}
		return '_'
	}, s)
}
