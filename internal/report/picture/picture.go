// Package picture draws the data flows of a report: as SVG with a layout of its own, as Mermaid and as Graphviz text.
//
// The SVG's layout is a value, so that other formats can draw the same picture. What a line means never hangs on its
// colour alone: flows with PHI are thick and solid, others thin and broken, those on a way that nobody reviews are
// doubled, and each says in words what it is.
package picture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/flow"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// A Class is what a flow carries.
type Class string

// The classes, and what a picture calls them.
const (
	PHI          Class = "PHI"
	Deidentified Class = "de-identified"
	None         Class = "no PHI"
	Undeclared   Class = "PHI not declared"
)

// classOf reads a flow's declared class. A limited data set is PHI (45 CFR 164.514(e)).
func classOf(phi string) Class {
	switch phi {
	case "identified", "limited_data_set":
		return PHI
	case "deidentified":
		return Deidentified
	case "none":
		return None
	}
	return Undeclared
}

// A picture with more than this can't be read, and would take long to lay out.
const (
	maxNodes = 160
	maxEdges = 240
)

// tooLarge says that a graph is left to the tables, or nothing.
func (g *graph) tooLarge() string {
	if len(g.nodes) <= maxNodes && len(g.edges) <= maxEdges {
		return ""
	}
	return fmt.Sprintf("%d systems and parties and %d flows are more than a picture can show. The tables list them all.", len(g.nodes), len(g.edges))
}

// A graph is what is drawn, before it has places.
type graph struct {
	title string
	foot  string
	zones []*zone
	nodes []*node
	edges []*edge
	byID  map[string]*node
	vends map[string]*zone
	notes []string // for readers who don't see the picture
}

// A zone is who runs some of the nodes.
type zone struct {
	Zone
	nodes []*node
	head  float64 // the height of its name and note
}

// A node is a system or party. A dummy is where an edge passes through a column.
type node struct {
	Node
	zone        *zone
	column      int
	dummy       bool
	topmost     bool // whether it is the first node of its column
	left, right []*port
	segments    []*segment
	y           float64 // of its middle, while it is being placed
	name, kind  string
}

// A Review is what is known of the review on a flow's way.
type Review string

// The reviews. A flow that lies on no way of a model's output, or on a reviewed one, has none of these.
const (
	Unreviewed Review = "unreviewed"
	Unsaid     Review = "review not declared"
)

// An edge is a flow.
type edge struct {
	Edge
	from, to *node
	carries  string // what it carries, in words
	chain    []*segment
}

// newGraph takes the systems, parties and flows of a report.
func newGraph(r *assess.Report) *graph {
	inv := &r.Inventory
	whose := cmp.Or(clean(r.Practice), "Practice not named")
	g := &graph{title: "Where data goes: " + whose, foot: whose + ", " + clean(r.AsOf), byID: map[string]*node{}, vends: map[string]*zone{}}
	practice := &zone{Zone: Zone{Name: cmp.Or(clean(r.Practice), "The practice"), Kind: Practice}}
	outside := &zone{Zone: Zone{Name: "Outside", Kind: Outside}}
	for i := range inv.Systems {
		s := &inv.Systems[i]
		z := practice
		if s.Vendor != "" {
			z = g.vendor(inv, s.Vendor)
		}
		g.add(z, s.ID, cmp.Or(s.Name, s.ID), s.Kind, s.ReceivesPHI == "true")
	}
	for i := range inv.Flows {
		f := &inv.Flows[i]
		for _, end := range []string{f.From, f.To} {
			switch {
			case g.byID[end] != nil:
			case end == "workforce":
				g.add(practice, end, inv.EndName(end), "person", false)
			default:
				g.add(outside, end, inv.EndName(end), "person", false)
			}
		}
		g.connect(i+1, f)
	}
	if len(practice.nodes) > 0 {
		g.zones = append([]*zone{practice}, g.zones...)
	}
	if len(outside.nodes) > 0 {
		g.zones = append(g.zones, outside)
	}
	g.mark(inv)
	return g
}

// vendor is the zone of a vendor.
func (g *graph) vendor(inv *assess.Inventory, id string) *zone {
	if z := g.vends[id]; z != nil {
		return z
	}
	z := &zone{Zone: Zone{Name: clean(id), Kind: Vendor, Note: "no such vendor is declared", Uncovered: true}}
	for i := range inv.Vendors {
		if v := &inv.Vendors[i]; v.ID == id {
			z.Name = cmp.Or(clean(v.Name), clean(id))
			z.Note, z.Uncovered = agreement(v)
		}
	}
	g.vends[id] = z
	g.zones = append(g.zones, z)
	return z
}

// agreement says where the agreement with a vendor stands, and whether PHI goes, or may go, to it without one.
func agreement(v *assess.Vendor) (note string, uncovered bool) {
	status := plain(v.BAA)
	reached := v.ReceivesPHI != "false"
	switch v.BAA {
	case "executed", "click_accepted", "by_terms":
		return "BAA: " + status, false
	case "not_required":
		return "BAA: " + status, false
	case "":
		return "BAA: not declared", reached
	}
	return "BAA: " + status, reached
}

func (g *graph) add(z *zone, id, name, kind string, phi bool) {
	n := &node{zone: z, name: cmp.Or(clean(name), "?"), kind: plain(kind)}
	n.ID, n.PHI, n.Shape = id, phi, shapeOf(kind)
	z.nodes = append(z.nodes, n)
	g.nodes = append(g.nodes, n)
	g.byID[id] = n
}

// shapeOf is the outline of a kind of system.
func shapeOf(kind string) Shape {
	switch kind {
	case "person":
		return Person
	case "log_store", "backup", "ehr":
		return Store
	case "model", "scribe":
		return Model
	}
	return System
}

func (g *graph) connect(number int, f *assess.Flow) {
	e := &edge{from: g.byID[f.From], to: g.byID[f.To]}
	e.Number, e.ID, e.Class = number, f.ID, classOf(f.PHI)
	e.From, e.To = f.From, f.To
	e.carries = contents(f.Elements)
	g.edges = append(g.edges, e)
}

// contents lists what a flow carries. Identifiers, of which every flow with PHI has some, say least and come last.
func contents(elements []string) string {
	var first, last []string
	for _, word := range elements {
		if flow.IsIdentifier(word) {
			last = append(last, plain(word))
		} else {
			first = append(first, plain(word))
		}
	}
	return strings.Join(append(first, last...), ", ")
}

// plain is a word of the manifest as people write it.
func plain(word string) string {
	switch word {
	case "ehr", "mrn", "ssn", "ip", "url":
		return strings.ToUpper(word)
	case "date_elements":
		return "dates"
	}
	return outline.Words(clean(word))
}

// mark notes which flows lie on a way that nobody reviews, and says in words what the picture shows.
func (g *graph) mark(inv *assess.Inventory) {
	open := map[string]Review{}
	for _, o := range inv.Outputs {
		for _, id := range o.Path {
			switch {
			case o.Reviewed == "false":
				open[id] = Unreviewed
			case o.Reviewed != "true" && open[id] == "":
				open[id] = Unsaid
			}
		}
	}
	said := map[Review][]string{}
	var phi, bare []string
	for _, e := range g.edges {
		e.Review = open[e.ID]
		words := fmt.Sprintf("%s (%s to %s)", clean(e.ID), e.from.name, e.to.name)
		said[e.Review] = append(said[e.Review], words)
		if e.Class == PHI {
			phi = append(phi, words)
		}
	}
	for _, z := range g.zones {
		if z.Uncovered {
			bare = append(bare, z.Name+" ("+z.Note+")")
		}
	}
	g.notes = []string{fmt.Sprintf("%s in %s, %s.", count(len(g.nodes), "system or party", "systems and parties"), count(len(g.zones), "zone", "zones"), count(len(g.edges), "flow", "flows")),
		listing("With PHI", phi), listing("On a way of a model's text that nobody reviews", said[Unreviewed]), listing("On a way of which the review is not declared", said[Unsaid]),
		listing("Vendors that PHI reaches, or may reach, without an agreement in place", bare)}
}

func listing(title string, items []string) string {
	if len(items) == 0 {
		return title + ": none."
	}
	return title + ": " + strings.Join(items, "; ") + "."
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// clean makes text fit for every format here: what could steer or disguise it becomes visible, and so does what XML
// can't hold.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\uFFFE' || r == '\uFFFF' {
			return '\uFFFD'
		}
		return r
	}, source.Printable(s)))
}

// words are those of a flow's label: what it is, and as much of what it carries as there is space for.
func (e *edge) words(space float64) string {
	s := fmt.Sprintf("%d %s", e.Number, e.Class)
	if e.Review != "" {
		s += ", " + string(e.Review)
	}
	bold := e.Class == PHI
	if e.carries == "" || width(s+": "+e.carries, labelSize, bold) <= space {
		return fit(strings.TrimSuffix(s+": "+e.carries, ": "), labelSize, bold, space)
	}
	items := strings.Split(e.carries, ", ")
	for n := len(items) - 1; n > 0; n-- {
		if some := s + ": " + strings.Join(items[:n], ", ") + "…"; width(some, labelSize, bold) <= space {
			return some
		}
	}
	return fit(s, labelSize, bold, space)
}

// used lists the classes that occur, in the order of the key.
func (g *graph) used() []Class {
	var list []Class
	for _, c := range []Class{PHI, Deidentified, None, Undeclared} {
		if slices.ContainsFunc(g.edges, func(e *edge) bool { return e.Class == c }) {
			list = append(list, c)
		}
	}
	return list
}
