package picture

import (
	"readiness/internal/assess"
)

// A Layout is the picture with a place for everything, in CSS pixels from the top left.
type Layout struct {
	Width, Height float64
	Title         string
	Notes         []string // what the picture shows, for those who don't see it
	Zones         []Zone
	Nodes         []Node
	Edges         []Edge
	Key           []Key  // what lines and marks mean
	Rows          []Text // the flows by number, where their labels hold no more than that
	Foot          Text
}

// A Point is a place.
type Point struct{ X, Y float64 }

// A Box is an upright rectangle. X and Y are those of its top left corner.
type Box struct{ X, Y, W, H float64 }

// Overlaps reports whether two boxes have more than an edge in common.
func (b Box) Overlaps(c Box) bool {
	return b.X < c.X+c.W && c.X < b.X+b.W && b.Y < c.Y+c.H && c.Y < b.Y+b.H
}

// A Text is one line of text. X is that of its start or, centred, of its middle; Y is that of its baseline.
type Text struct {
	Point
	Words   string
	Size    float64
	Bold    bool
	Quiet   bool // for what matters less
	Centred bool
}

// ZoneKind says whose a zone is.
type ZoneKind string

// The kinds of zone.
const (
	Practice ZoneKind = "practice"
	Vendor   ZoneKind = "vendor"
	Outside  ZoneKind = "outside"
)

// A Zone is who runs the systems in it.
type Zone struct {
	Box
	Kind      ZoneKind
	Name      string
	Note      string // where the agreement stands
	Uncovered bool   // whether PHI reaches it, or may, without an agreement in place
	Lines     []Text // name and note, as they are shown
}

// Shape is the outline of a node.
type Shape string

// The shapes.
const (
	System Shape = "system" // a box
	Model  Shape = "model"  // a box with cut corners
	Store  Shape = "store"  // a box with a double top
	Person Shape = "person" // a box with round ends
)

// A Node is a system or a party.
type Node struct {
	Box
	ID    string
	Shape Shape
	PHI   bool // whether PHI reaches it for certain
	Lines []Text
}

// An Edge is a flow.
type Edge struct {
	Number   int // in the report's table of flows, from 1
	ID       string
	From, To string // ids of nodes
	Class    Class
	Review   Review  // whether it lies on a way of a model's output that nobody reviews
	Curve    []Point // a start, and three points for each cubic Bezier curve after it; the arrow is at its end
	Label    Box
	Text     Text
	Words    string // all that can be said of it in a line
}

// A Key tells what a line, or the mark of a zone, means.
type Key struct {
	Text
	Class  Class // of a line; empty for the mark of a zone
	Review Review
}

// Measures, in pixels.
const (
	margin    = 16.0
	nodeGap   = 20.0 // between nodes
	wayGap    = 13.0 // between an edge that passes and what is beside it
	zonePad   = 13.0 // between a zone's border and its nodes
	zoneGap   = 16.0 // between zones
	pitch     = 19.0 // between ports
	minWidth  = 116.0
	maxWidth  = 168.0
	nameSize  = 12.5
	smallSize = 10.5
	labelSize = 10.5
)

// New lays the data flows of a report out.
func New(r *assess.Report) Layout {
	g := newGraph(r)
	if note := g.tooLarge(); note != "" {
		return g.blank(note)
	}
	if len(g.nodes) == 0 {
		return g.blank("No system and no data flow is declared.")
	}
	c := newColumns(g)
	c.order()
	for _, style := range styles {
		if l, ok := c.draw(style); ok {
			return l
		}
	}
	l, _ := c.draw(styles[len(styles)-1])
	return l
}

// blank is a picture of nothing but a note.
func (g *graph) blank(note string) Layout {
	foot := Text{Point: Point{margin, margin + 12}, Words: note, Size: nameSize}
	return Layout{Width: width(note, nameSize, false) + 2*margin, Height: 44, Title: g.title, Notes: []string{note}, Foot: foot}
}

// A style is how much labels say, and how far columns stand apart.
type style struct {
	words bool
	gap   float64
}

// styles are tried in turn until every label has a place.
var styles = [...]style{{true, 212}, {true, 250}, {false, 84}, {false, 128}, {false, 190}, {false, 280}}

// maxWords is how many flows a picture has whose labels are in words. With more, only numbers stay readable.
const maxWords = 14

// width estimates how wide text is in a common sans-serif font. It errs to the wide side.
func width(s string, size float64, bold bool) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case r >= 0x1100:
			em += 1.05
		case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '@' || r == '%':
			em += 0.9
		case r >= 'A' && r <= 'Z':
			em += 0.72
		case r == 'i' || r == 'l' || r == 'j' || r == 't' || r == 'f' || r == 'I' || r == '.' || r == ',' || r == ':' || r == ';' || r == '\'' || r == ' ' || r == '(' || r == ')' || r == '|' || r == '!' || r == '-':
			em += 0.36
		default:
			em += 0.59
		}
	}
	if bold {
		em *= 1.07
	}
	return em * size
}

// fit cuts text to a width.
func fit(s string, size float64, bold bool, space float64) string {
	if width(s, size, bold) <= space {
		return s
	}
	runes := []rune(s)
	most := int(space/(size*0.36)) + 1 // no character is narrower
	for n := min(len(runes)-1, most); n > 0; n-- {
		if cut := string(runes[:n]) + "…"; width(cut, size, bold) <= space {
			return cut
		}
	}
	return "…"
}

// wrap breaks text in two lines at most. What is left over is cut.
func wrap(s string, size float64, bold bool, space float64) []string {
	if width(s, size, bold) <= space {
		return []string{s}
	}
	runes := []rune(s)
	cut := 0
	for n := range runes {
		if width(string(runes[:n]), size, bold) > space {
			break
		}
		if runes[n] == ' ' || n > 0 && (runes[n-1] == '-' || runes[n-1] == '/') {
			cut = n
		}
	}
	if cut == 0 {
		return []string{fit(s, size, bold, space)}
	}
	rest := runes[cut:]
	for len(rest) > 0 && rest[0] == ' ' {
		rest = rest[1:]
	}
	return []string{string(runes[:cut]), fit(string(rest), size, bold, space)}
}
