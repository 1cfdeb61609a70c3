package pdf

import "readiness/internal/report/picture"

// flow draws a flow's line and its head.
func (f *figure) flow(curve []picture.Point, class picture.Class, review picture.Review) {
	for _, s := range picture.Strokes(class, review) {
		f.pen(s)
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

// head draws the arrow at the end of a curve, which arrives level, and twice when nobody reviews it.
func (f *figure) head(curve []picture.Point, class picture.Class, review picture.Review) {
	tip, back := curve[len(curve)-1], -10.0
	if curve[len(curve)-2].X > tip.X {
		back = 10
	}
	edge, fill := picture.Head(class, review)
	f.pen(edge)
	f.path(&fill, tip, by(tip, back, -5), by(tip, back, 5))
	if review != "" {
		f.path(&fill, by(tip, back, 0), by(tip, 2*back, -5), by(tip, 2*back, 5))
	}
}

func (f *figure) node(n picture.Node) {
	corner := picture.Point{X: n.X, Y: n.Y}
	switch n.Shape {
	case picture.Person:
		f.box(n.Box, min(n.H/2, 24), white, n.Frame())
	case picture.Model:
		f.pen(n.Frame())
		f.path(&white, by(corner, 9, 0), by(corner, n.W-9, 0), by(corner, n.W, 9), by(corner, n.W, n.H-9),
			by(corner, n.W-9, n.H), by(corner, 9, n.H), by(corner, 0, n.H-9), by(corner, 0, 9))
	case picture.Store:
		f.box(n.Box, 3, white, n.Frame())
		f.path(nil, by(corner, 0, 4), by(corner, n.W, 4))
	case picture.System:
		f.box(n.Box, 5, white, n.Frame())
	}
	f.texts(n.Lines...)
}

// key draws an example of a line, or of the edge of a zone, before the words that say what it means.
func (f *figure) key(k picture.Key) {
	if k.Class == "" {
		z := k.Sign()
		edge, fill := z.Frame()
		f.box(z.Box, 3, fill, edge)
	} else {
		from := by(k.Point, -34, -3.6)
		f.flow([]picture.Point{from, by(from, 9, 0), by(from, 18, 0), by(from, 28, 0)}, k.Class, k.Review)
	}
	f.texts(k.Text)
}
