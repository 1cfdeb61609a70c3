package picture

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// DOT writes the data flows as a Graphviz graph, for those who want to lay it out themselves. Numbers are those of the
// report's table of flows.
func DOT(r *assess.Report) string {
	g := newGraph(r)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph flows {\n  label=%s;\n  rankdir=LR;\n  fontname=Helvetica;\n  node [shape=box, fontname=Helvetica, fontsize=11];\n  edge [fontname=Helvetica, fontsize=9];\n", quote(g.title))
	ids := g.names("n")
	for i, z := range g.zones {
		fmt.Fprintf(&b, "  subgraph cluster_%d {\n    label=%s;\n    style=%s;\n", i+1, quote(z.title()), zoneStyle(z))
		for _, n := range z.nodes {
			fmt.Fprintf(&b, "    %s [label=%s, shape=%s];\n", ids[n], quote(n.name, n.kindLine()), dotShape(n.Shape))
		}
		b.WriteString("  }\n")
	}
	for _, e := range g.edges {
		fmt.Fprintf(&b, "  %s -> %s [label=%s, %s];\n", ids[e.from], ids[e.to], quote(e.short(), e.carries), dotLine(e))
	}
	b.WriteString("}\n")
	return b.String()
}

func zoneStyle(z *zone) string {
	if z.Uncovered {
		return `"dashed,bold"`
	}
	return "solid"
}

func dotShape(s Shape) string {
	switch s {
	case Model:
		return "octagon"
	case Store:
		return "cylinder"
	case Person:
		return "ellipse"
	}
	return "box"
}

// dotLine is how a flow's line looks: heavy for PHI, doubled when nobody is shown to review it.
func dotLine(e *edge) string {
	line := map[Class]string{PHI: "style=bold, penwidth=2.2", Deidentified: "style=dashed, arrowhead=empty", None: "style=dotted, arrowhead=empty",
		Undeclared: "style=dashed, arrowhead=odiamond"}[e.Class]
	if e.Review != "" {
		line += fmt.Sprintf(`, color="%[1]s:%[1]s", arrowhead=normalnormal`, phiInk)
	}
	return line
}

// quote writes lines as one quoted string, in which nothing but the line break means anything else than itself.
func quote(lines ...string) string {
	var kept []string
	for _, line := range lines {
		if line = strings.TrimSpace(clean(line)); line != "" {
			kept = append(kept, strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(line))
		}
	}
	return `"` + strings.Join(kept, `\n`) + `"`
}
