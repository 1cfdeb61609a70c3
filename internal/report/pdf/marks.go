package pdf

import (
	"math"

	"codeberg.org/go-pdf/fpdf"

	"readiness/internal/report/outline"
)

// markSize is how large a mark beside text is, and markGap the space after it.
func markSize(l look) float64 { return l.size * 0.84 }
func markGap(l look) float64  { return l.size * 0.4 }

// shape draws a mark, size points wide and high, from its upper left corner. Each has an outline of its own, so that no
// two are told apart by colour alone.
func (p *printer) shape(m outline.Mark, x, y, size float64) {
	c := m.Ink()
	u := size / 16 // the shapes are drawn on a grid of 16 by 16
	at := func(points ...float64) []fpdf.PointType {
		var list []fpdf.PointType
		for i := 0; i+1 < len(points); i += 2 {
			list = append(list, fpdf.PointType{X: x + points[i]*u, Y: y + points[i+1]*u})
		}
		return list
	}
	p.pdf.SetFillColor(rgb(c))
	p.pdf.SetDrawColor(rgb(c))
	p.pdf.SetLineWidth(1.8 * u)
	cut := func(points ...float64) { p.stroke(at(points...), white) }
	ring := func() { p.pdf.Circle(x+8*u, y+8*u, 6.2*u, "D") }
	switch m {
	case outline.Good:
		p.pdf.Circle(x+8*u, y+8*u, 7*u, "F")
		cut(4.5, 8.4, 6.9, 10.8, 11.5, 5.6)
	case outline.Stated:
		ring()
		p.stroke(at(4.8, 8.4, 7, 10.6, 11.2, 5.8), c)
	case outline.Bad:
		p.pdf.Polygon(at(5, 1, 11, 1, 15, 5, 15, 11, 11, 15, 5, 15, 1, 11, 1, 5), "F")
		cut(5.4, 5.4, 10.6, 10.6)
		cut(10.6, 5.4, 5.4, 10.6)
	case outline.Open:
		p.pdf.Polygon(at(8, 1.2, 14.8, 8, 8, 14.8, 1.2, 8), "D")
		p.stroke(at(8, 4.8, 8, 8.7), c)
		p.stroke(at(8, 10.4, 8, 11.2), c)
	case outline.Waived:
		ring()
		half := at(8, 1.8)
		for i := range 13 {
			angle := -math.Pi/2 + math.Pi*float64(i)/12
			half = append(half, at(8+6.2*math.Cos(angle), 8+6.2*math.Sin(angle))...)
		}
		p.pdf.Polygon(half, "F")
	case outline.Idle:
		ring()
		p.stroke(at(5, 8, 11, 8), c)
	case outline.NoMark:
	}
}

// stroke draws a line through points.
func (p *printer) stroke(points []fpdf.PointType, c ink) {
	p.pdf.SetDrawColor(rgb(c))
	p.pdf.MoveTo(points[0].X, points[0].Y)
	for _, to := range points[1:] {
		p.pdf.LineTo(to.X, to.Y)
	}
	p.pdf.DrawPath("D")
}
