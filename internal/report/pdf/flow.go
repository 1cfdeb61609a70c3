package pdf

import "readiness/internal/report/picture"

// flow draws a flow's line and its head. It's doubled when nobody reviews what the model wrote, and doubled and broken
// when nobody says so.
func (f *figure) flow(curve []picture.Point, class picture.Class, review picture.Review) {
	switch {
	case review == picture.Unreviewed:
		f.pen(phiInk, 6)
	case review == picture.Unsaid:
		f.pen(phiInk, 6, 10, 4)
	case class == picture.PHI:
		f.pen(phiInk, 2.2)
	case class == picture.Deidentified:
		f.pen(otherFlow, 1.2, 7, 3)
	case class == picture.None:
		f.pen(otherFlow, 1.2, 1.5, 3)
	case class == picture.Undeclared:
		f.pen(otherFlow, 1.2, 8, 3, 1.5, 3)
	}
	f.curve(curve)
	if review != "" {
		f.pen(white, 2.4)
		f.curve(curve)
	}
	f.head(curve, class, review)
}

func (f *figure) curve(points []picture.Point) {
	x, y := f.at(points[0])
	f.pdf.MoveTo(x, y)
	for i := 1; i+2 < len(points); i += 3 {
		x1, y1 := f.at(points[i])
		x2, y2 := f.at(points[i+1])
		x3, y3 := f.at(points[i+2])
		f.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x3, y3)
	}
	f.pdf.DrawPath("D")
}

// head draws the arrow at the end of a curve, which arrives level: filled for PHI, open for everything else, and twice
// when nobody reviews it.
func (f *figure) head(curve []picture.Point, class picture.Class, review picture.Review) {
	tip, back := curve[len(curve)-1], -10.0
	if curve[len(curve)-2].X > tip.X {
		back = 10
	}
	c, fill := phiInk, phiInk
	if class != picture.PHI && review == "" {
		c, fill = otherFlow, white
	}
	f.pen(c, 1.2)
	f.path(&fill, tip, by(tip, back, -5), by(tip, back, 5))
	if review != "" {
		f.path(&fill, by(tip, back, 0), by(tip, 2*back, -5), by(tip, 2*back, 5))
	}
}

func (f *figure) node(n picture.Node) {
	corner := picture.Point{X: n.X, Y: n.Y}
	switch n.Shape {
	case picture.Person:
		f.box(n.Box, min(n.H/2, 24), white, black, 1.4)
	case picture.Model:
		f.pen(black, 1.4)
		f.path(&white, by(corner, 9, 0), by(corner, n.W-9, 0), by(corner, n.W, 9), by(corner, n.W, n.H-9),
			by(corner, n.W-9, n.H), by(corner, 9, n.H), by(corner, 0, n.H-9), by(corner, 0, 9))
	case picture.Store:
		f.box(n.Box, 3, white, black, 1.4)
		f.path(nil, by(corner, 0, 4), by(corner, n.W, 4))
	case picture.System:
		f.box(n.Box, 5, white, black, 1.4)
	}
	f.texts(black, n.Lines...)
}

// key draws an example of a line, or of the edge of a zone, before the words that say what it means.
func (f *figure) key(k picture.Key) {
	from := by(k.Point, -34, -3.6)
	if k.Class == "" {
		f.pen(bareInk, 2.5, 9, 4)
		f.rounded(picture.Box{X: from.X, Y: from.Y - 6, W: 26, H: 12}, 3, bareTint)
	} else {
		f.flow([]picture.Point{from, by(from, 9, 0), by(from, 18, 0), by(from, 28, 0)}, k.Class, k.Review)
	}
	f.texts(black, k.Text)
}
