package picture

import "readiness/internal/report/outline"

// A Stroke is how a line is drawn: its ink, its width and, for a broken one, its dashes and gaps in turn, in pixels.
type Stroke struct {
	Ink    outline.Color
	Width  float64
	Dashes []float64
}

// The inks of the picture beside those of text, light and readable in grey.
var (
	phiInk   = outline.Color{0x8f, 0x1d, 0x2c}
	bareInk  = outline.Color{0x8a, 0x4b, 0x00}
	bareTint = outline.Color{0xff, 0xf8, 0xec}
	zoneInk  = outline.Color{0x9a, 0xa5, 0xb1}
	zoneTint = outline.Color{0xf4, 0xf6, 0xf8}
)

// Strokes are those of the line of a flow, one upon the other: thick for PHI, thin and broken for others, doubled when
// nobody reviews it, and doubled and broken when nobody says.
func Strokes(class Class, review Review) []Stroke {
	switch {
	case review == Unreviewed:
		return []Stroke{{phiInk, 6, nil}, {outline.White(), 2.4, nil}}
	case review == Unsaid:
		return []Stroke{{phiInk, 6, []float64{10, 4}}, {outline.White(), 2.4, nil}}
	case class == PHI:
		return []Stroke{{phiInk, 2.2, nil}}
	case class == Deidentified:
		return []Stroke{{outline.Gray(), 1.2, []float64{7, 3}}}
	case class == None:
		return []Stroke{{outline.Gray(), 1.2, []float64{1.5, 3}}}
	}
	return []Stroke{{outline.Gray(), 1.2, []float64{8, 3, 1.5, 3}}}
}

// Head is how the head of a flow's arrow is drawn: filled for PHI, open for everything else.
func Head(class Class, review Review) (edge Stroke, fill outline.Color) {
	if class == PHI || review != "" {
		return Stroke{phiInk, 1.2, nil}, phiInk
	}
	return Stroke{outline.Gray(), 1.2, nil}, outline.White()
}

// Frame is how a zone is drawn. One that PHI reaches without an agreement is marked.
func (z Zone) Frame() (edge Stroke, fill outline.Color) {
	if z.Uncovered {
		return Stroke{bareInk, 2.5, []float64{9, 4}}, bareTint
	}
	return Stroke{zoneInk, 1, nil}, zoneTint
}

// Frame is how the edge of a system or party is drawn.
func (n Node) Frame() Stroke { return Stroke{outline.Black(), 1.4, nil} }

// Frame is how the edge of a flow's label is drawn.
func (e Edge) Frame() Stroke {
	if e.Review != "" {
		return Stroke{phiInk, 1.6, nil}
	}
	return Stroke{zoneInk, 0.8, nil}
}

// Sign is the mark of a zone for the key.
func (k Key) Sign() Zone {
	return Zone{Box: Box{k.X - 34, k.Y - 9.6, 26, 12}, Uncovered: true}
}

const (
	largest  = 0.8  // of the scales a picture is printed at
	readable = 0.55 // below it, the small print is too small for a page
)

// Scale is how much smaller the picture is printed to fit in a space.
func (l Layout) Scale(w, h float64) float64 { return min(largest, w/l.Width, h/l.Height) }

// NeedsWide reports whether a picture is too small to read at the scale of an upright page, and larger at that of a wide
// one.
func NeedsWide(upright, wide float64) bool { return upright < readable && upright < wide }
