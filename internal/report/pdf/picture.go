package pdf

import (
	"fmt"
	"strings"

	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

const (
	captionHigh = 40.0 // room for what stands below a picture
	minScale    = 0.55 // below it, the small print of a picture is too small for a page in portrait
)

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
	return min(0.8, w/l.Width, h/l.Height)
}

// needsWide reports whether the picture is too small to read on an upright page, and larger on a wide one.
func (p *printer) needsWide() bool {
	upright := fitting(p.flows, false)
	return upright < minScale && upright < fitting(p.flows, true)
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

// The inks of the picture, those of the same picture as SVG.
var (
	phiInk    = ink{0x8f, 0x1d, 0x2c}
	bareInk   = ink{0x8a, 0x4b, 0x00}
	bareTint  = ink{0xff, 0xf8, 0xec}
	zoneTint  = ink{0xf4, 0xf6, 0xf8}
	zoneEdge  = ink{0x9a, 0xa5, 0xb1}
	otherFlow = ink{0x55, 0x60, 0x6e}
)

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
		edge, weight := zoneEdge, 0.8
		if e.Review != "" {
			edge, weight = phiInk, 1.6
		}
		f.box(e.Label, 4, white, edge, weight)
		f.texts(black, e.Text)
	}
	for _, k := range f.layout.Key {
		f.key(k)
	}
	f.texts(black, f.layout.Rows...)
	f.pdf.SetDashPattern(nil, 0)
}

// pen chooses a line: its ink, its weight and its dashes.
func (f *figure) pen(c ink, weight float64, dashes ...float64) {
	for i := range dashes {
		dashes[i] *= f.scale
	}
	f.pdf.SetDrawColor(rgb(c))
	f.pdf.SetLineWidth(weight * f.scale)
	f.pdf.SetDashPattern(dashes, 0)
}

func (f *figure) at(p picture.Point) (x, y float64) { return f.x + p.X*f.scale, f.y + p.Y*f.scale }

// by is the point that far to the right and down.
func by(p picture.Point, dx, dy float64) picture.Point {
	return picture.Point{X: p.X + dx, Y: p.Y + dy}
}

// box draws a box with round corners and a solid edge.
func (f *figure) box(b picture.Box, round float64, fill, edge ink, weight float64) {
	f.pen(edge, weight)
	f.rounded(b, round, fill)
}

// rounded draws a box with the pen as it is.
func (f *figure) rounded(b picture.Box, round float64, fill ink) {
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
func (f *figure) texts(c ink, lines ...picture.Text) {
	for _, t := range lines {
		l := look{sans, t.Size * f.scale, t.Size * f.scale, c}
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
	fill := zoneTint
	f.pen(zoneEdge, 1)
	if z.Uncovered {
		fill = bareTint
		f.pen(bareInk, 2.5, 9, 4)
	}
	f.rounded(z.Box, 7, fill)
	f.texts(black, z.Lines...)
	if z.Uncovered {
		f.warning(picture.Point{X: z.X + z.W - 12, Y: z.Y + 13})
	}
}

// warning draws a triangle with an exclamation mark.
func (f *figure) warning(p picture.Point) {
	f.pen(bareInk, 0.1)
	f.path(&bareInk, by(p, 0, -8), by(p, 8, 6), by(p, -8, 6))
	f.pen(white, 1.6)
	f.path(nil, by(p, 0, -3.6), by(p, 0, 1.4))
	f.path(nil, by(p, 0, 3), by(p, 0, 4.6))
}
