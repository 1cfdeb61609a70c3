package pdf

import (
	"fmt"
	"strings"

	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// captionHigh is room for what stands below a picture.
const captionHigh = 40.0

// figure is where a picture goes: its layout, how much smaller it is drawn, and its upper left corner.
type figure struct {
	*printer
	layout picture.Layout
	scale  float64
	x, y   float64
}

// fitting is the scale at which a layout fits a page, upright or wide, below a heading.
func fitting(l picture.Layout, wide bool) float64 {
	w, h := width, pageHeight-2*top-captionHigh-60
	if wide {
		w, h = pageHeight-2*left, pageWidth-2*top-captionHigh-60
	}
	return l.Scale(w, h)
}

// needsWide reports whether the picture needs a wide page.
func (p *printer) needsWide() bool {
	return picture.NeedsWide(fitting(p.flows, false), fitting(p.flows, true))
}

// picture draws the data flows, on a wide page if they need one.
func (p *printer) picture(b outline.Picture) {
	wide := p.needsWide()
	if wide && !p.onWide() {
		p.newWidePage()
	}
	f := figure{printer: p, layout: p.flows, scale: fitting(p.flows, wide), x: left}
	high := f.scale * p.flows.Height
	p.need(high + captionHigh)
	f.y = p.y
	place := fmt.Sprintf("/BBox [%.1f %.1f %.1f %.1f]", f.x, p.high()-f.y-high, f.x+f.scale*p.flows.Width, p.high()-f.y)
	alt := pdfText(p.flows.Title + ". " + strings.Join(p.flows.Notes, " "))
	p.tree.in("Figure", "/Alt "+alt+" /A <</O /Layout /Placement /Block "+place+">>", f.draw)
	p.y += high + 4
	p.say(text(b.Caption), smallLook.in(quiet), left, measure)
	p.y += 6
}

// pictureStart is the height of the least of a picture that has to stand together: all of it.
func (p *printer) pictureStart() float64 {
	return fitting(p.flows, p.onWide())*p.flows.Height + captionHigh
}

// draw draws what is behind first: zones, then lines, then nodes, then the labels of lines.
func (f *figure) draw() {
	f.as(f.tree.at)
	for _, z := range f.layout.Zones {
		f.zone(z)
	}
	for _, e := range f.layout.Edges {
		f.flow(e.Curve, e.Class, e.Review)
	}
	for _, n := range f.layout.Nodes {
		f.node(n)
	}
	for _, e := range f.layout.Edges {
		f.box(e.Label, 4, white, e.Frame())
		f.texts(e.Text)
	}
	for _, k := range f.layout.Key {
		f.key(k)
	}
	f.texts(f.layout.Rows...)
	f.pdf.SetDashPattern(nil, 0)
}

// pen chooses a line.
func (f *figure) pen(s picture.Stroke) {
	dashes := make([]float64, len(s.Dashes))
	for i, d := range s.Dashes {
		dashes[i] = d * f.scale
	}
	f.pdf.SetDrawColor(rgb(s.Ink))
	f.pdf.SetLineWidth(s.Width * f.scale)
	f.pdf.SetDashPattern(dashes, 0)
}

func (f *figure) at(p picture.Point) (x, y float64) { return f.x + p.X*f.scale, f.y + p.Y*f.scale }

// by is the point that far to the right and down.
func by(p picture.Point, dx, dy float64) picture.Point {
	return picture.Point{X: p.X + dx, Y: p.Y + dy}
}

// box draws a box with round corners.
func (f *figure) box(b picture.Box, round float64, fill ink, edge picture.Stroke) {
	f.pen(edge)
	x, y := f.at(picture.Point{X: b.X, Y: b.Y})
	f.pdf.SetFillColor(rgb(fill))
	f.pdf.RoundedRect(x, y, b.W*f.scale, b.H*f.scale, round*f.scale, "1234", "FD")
}

// path draws a line through points, closed and filled with fill unless that is nil.
func (f *figure) path(fill *ink, points ...picture.Point) {
	for i, p := range points {
		x, y := f.at(p)
		if i == 0 {
			f.pdf.MoveTo(x, y)
		} else {
			f.pdf.LineTo(x, y)
		}
	}
	if fill == nil {
		f.pdf.DrawPath("D")
		return
	}
	f.pdf.ClosePath()
	f.pdf.SetFillColor(rgb(*fill))
	f.pdf.DrawPath("FD")
}

// texts draws lines of text. Those that matter less are quiet.
func (f *figure) texts(lines ...picture.Text) {
	for _, t := range lines {
		l := look{sans, t.Size * f.scale, t.Size * f.scale, black}
		if t.Bold {
			l = l.strong()
		}
		if t.Quiet {
			l = l.in(quiet)
		}
		for _, set := range f.setter.set(text(t.Words), l, pageHeight) {
			x, y := f.at(t.Point)
			if t.Centred {
				x -= set.width / 2
			}
			f.line(set, x, y-set.base)
		}
	}
}

func (f *figure) zone(z picture.Zone) {
	edge, fill := z.Frame()
	f.box(z.Box, 7, fill, edge)
	f.texts(z.Lines...)
	if z.Uncovered {
		f.warning(picture.Point{X: z.X + z.W - 12, Y: z.Y + 13}, edge.Ink)
	}
}

// warning draws a triangle with an exclamation mark.
func (f *figure) warning(p picture.Point, c ink) {
	f.pen(picture.Stroke{Ink: c, Width: 0.1})
	f.path(&c, by(p, 0, -8), by(p, 8, 6), by(p, -8, 6))
	f.pen(picture.Stroke{Ink: white, Width: 1.6})
	f.path(nil, by(p, 0, -3.6), by(p, 0, 1.4))
	f.path(nil, by(p, 0, 3), by(p, 0, 4.6))
}
