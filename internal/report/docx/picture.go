package docx

import (
	"math"
	"strings"

	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// emu are the units in a point in which drawings are measured.
const emu = 12700

// fitting is the scale, in points a pixel, at which the picture fits a page below its heading.
func (p *printer) fitting(wide bool) float64 {
	w, h := textWide/20.0, textHigh/20.0-110
	if wide {
		w, h = textHigh/20.0, textWide/20.0-110
	}
	return p.flows.Scale(w, h)
}

// needsWide reports whether the picture needs a wide page.
func (p *printer) needsWide() bool { return picture.NeedsWide(p.fitting(false), p.fitting(true)) }

// picture draws the data flows as a group of shapes, which can be edited one by one.
func (p *printer) picture(b outline.Picture) {
	wide := p.needsWide()
	f := &figure{printer: p, scale: p.fitting(wide)}
	l := p.flows
	for _, z := range l.Zones {
		f.zone(z)
	}
	for _, e := range l.Edges {
		f.flow(e.Curve, e.Class, e.Review)
	}
	for _, n := range l.Nodes {
		f.node(n)
	}
	for _, e := range l.Edges {
		f.shape(e.Label, corners("roundRect", e.Label, 4), filled(outline.White()), f.line(e.Frame()), []picture.Text{e.Text}, "ctr")
	}
	for _, k := range l.Key {
		f.key(k)
	}
	for _, t := range l.Rows {
		f.text(t)
	}
	cx, cy := f.units(l.Width), f.units(l.Height)
	group := el("wpg:wgp", append([]node{el("wpg:cNvGrpSpPr"), el("wpg:grpSpPr", el("a:xfrm", point("a:off", "0", "0"), size("a:ext", cx, cy), point("a:chOff", "0", "0"), size("a:chExt", cx, cy)))}, f.shapes...)...)
	alt := l.Title + ". " + strings.Join(l.Notes, " ")
	drawing := p.inline(cx, cy, alt, el("a:graphicData", group).Set("uri", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"))
	figure := p.paragraph("BodyText", nil)
	figure.Kids = append(figure.Kids, el("w:r", el("mc:AlternateContent", el("mc:Choice", drawing).Set("Requires", "wpg"),
		el("mc:Fallback", words("w:t", "This program can't draw the picture. The tables below say the same.")))))
	p.add(figure, p.paragraph("Caption", text(b.Caption)))
	if wide {
		p.endSection(true)
	}
}

// inline is a drawing in the line of the text, with words for those who don't see it.
func (p *printer) inline(cx, cy, alt string, data node) node {
	p.shapes++
	return el("w:drawing", el("wp:inline", size("wp:extent", cx, cy), el("wp:docPr").Set("id", num(p.shapes), "name", "Picture "+num(p.shapes), "descr", alt),
		el("wp:cNvGraphicFramePr"), el("a:graphic", data)).Set("distT", "0", "distB", "0", "distL", "0", "distR", "0"))
}

func point(name, x, y string) node { return el(name).Set("x", x, "y", y) }
func size(name, x, y string) node  { return el(name).Set("cx", x, "cy", y) }

// figure collects the shapes of the picture.
type figure struct {
	*printer
	scale  float64
	shapes []node
}

func (f *figure) units(pixels float64) string { return num(int(math.Round(pixels * f.scale * emu))) }

// line is how a line is drawn. Its dashes are in thousandths of a percent of its width.
func (f *figure) line(s picture.Stroke) node {
	n := el("a:ln", filled(s.Ink)).Set("w", f.units(s.Width))
	if len(s.Dashes) > 0 {
		dashes := el("a:custDash")
		share := func(pixels float64) string { return num(int(math.Round(100000 * pixels / s.Width))) }
		for i := 0; i+1 < len(s.Dashes); i += 2 {
			dashes.Kids = append(dashes.Kids, el("a:ds").Set("d", share(s.Dashes[i]), "sp", share(s.Dashes[i+1])))
		}
		n.Kids = append(n.Kids, dashes)
	}
	return n
}

// noLine leaves a shape without one.
func noLine() node { return el("a:ln", el("a:noFill")) }

// val1 is an element of a drawing whose one attribute says it all.
func val1(name, value string) node { return el(name).Set("val", value) }

// shape adds a shape in a box, with text in it.
func (f *figure) shape(b picture.Box, geometry, fill, line node, lines []picture.Text, anchor string) {
	f.printer.shapes++
	id := num(f.printer.shapes)
	place := el("a:xfrm", point("a:off", f.units(b.X), f.units(b.Y)), size("a:ext", f.units(math.Max(b.W, 0.1)), f.units(math.Max(b.H, 0.1))))
	s := el("wps:wsp", el("wps:cNvPr").Set("id", id, "name", "Shape "+id), el("wps:cNvSpPr"), el("wps:spPr", place, geometry, fill, line))
	if len(lines) > 0 {
		s.Kids = append(s.Kids, el("wps:txbx", el("w:txbxContent", f.lines(lines)...)))
	}
	s.Kids = append(s.Kids, el("wps:bodyPr").Set("rot", "0", "wrap", "square", "lIns", "0", "tIns", "0", "rIns", "0", "bIns", "0", "anchor", anchor))
	f.shapes = append(f.shapes, s)
}

// lines are the paragraphs of a shape.
func (f *figure) lines(lines []picture.Text) []node {
	var list []node
	for _, t := range lines {
		look := el("w:rPr", el("w:rFonts").Set("w:ascii", "Arial", "w:hAnsi", "Arial", "w:cs", "Arial"))
		if t.Bold {
			look.Kids = append(look.Kids, el("w:b"))
		}
		color := outline.Black()
		if t.Quiet {
			color = outline.Gray()
		}
		high := num(max(8, int(t.Size*f.scale*2-0.4)))
		look.Kids = append(look.Kids, val("w:color", ooxml.Hex(color)), val("w:sz", high), val("w:szCs", high))
		side := "left"
		if t.Centred {
			side = "center"
		}
		list = append(list, el("w:p", el("w:pPr", el("w:spacing").Set("w:before", "0", "w:after", "0", "w:line", num(int(t.Size*f.scale*1.18*20)), "w:lineRule", "exact"), val("w:jc", side)),
			el("w:r", look, words("w:t", t.Words))))
	}
	return list
}

// corners is a shape whose corners take so many pixels of a box.
func corners(name string, b picture.Box, pixels float64) node {
	share := num(int(math.Min(50000, 100000*pixels/math.Max(1, math.Min(b.W, b.H)))))
	return el("a:prstGeom", el("a:avLst", el("a:gd").Set("name", "adj", "fmla", "val "+share))).Set("prst", name)
}

func preset(name string) node         { return el("a:prstGeom", el("a:avLst")).Set("prst", name) }
func filled(color outline.Color) node { return el("a:solidFill", val1("a:srgbClr", ooxml.Hex(color))) }

// text adds a line of text by itself.
func (f *figure) text(t picture.Text) {
	b := picture.Box{X: t.X, Y: t.Y - t.Size, W: f.flows.Width - t.X, H: t.Size * 1.4}
	if t.Centred {
		w := math.Min(t.X, f.flows.Width-t.X)
		b.X, b.W = t.X-w, 2*w
	}
	t.Centred = t.Centred && b.W > 0
	f.shape(b, preset("rect"), el("a:noFill"), noLine(), []picture.Text{t}, "t")
}

func (f *figure) zone(z picture.Zone) {
	edge, fill := z.Frame()
	f.shape(z.Box, corners("roundRect", z.Box, 7), filled(fill), f.line(edge), nil, "t")
	for _, t := range z.Lines {
		f.shape(picture.Box{X: t.X, Y: t.Y - t.Size, W: z.X + z.W - t.X, H: t.Size * 1.4}, preset("rect"), el("a:noFill"), noLine(), []picture.Text{t}, "t")
	}
}

func (f *figure) node(n picture.Node) {
	geometry := preset("rect")
	switch n.Shape {
	case picture.Person:
		geometry = corners("roundRect", n.Box, 24)
	case picture.Model:
		geometry = corners("octagon", n.Box, 9)
	case picture.System:
		geometry = corners("roundRect", n.Box, 5)
	case picture.Store: // a line below its top makes it one
	}
	f.shape(n.Box, geometry, filled(outline.White()), f.line(n.Frame()), n.Lines, "ctr")
	if n.Shape == picture.Store {
		f.path([]picture.Point{{X: n.X, Y: n.Y + 4}, {X: n.X + n.W, Y: n.Y + 4}}, "a:lnTo", 1, el("a:noFill"), f.line(n.Frame()))
	}
}

// path draws a line through points: a start, and so many points for each part after it.
func (f *figure) path(points []picture.Point, kind string, each int, fill, line node) {
	b := picture.Box{X: points[0].X, Y: points[0].Y}
	right, bottom := b.X, b.Y
	for _, p := range points {
		b.X, b.Y, right, bottom = math.Min(b.X, p.X), math.Min(b.Y, p.Y), math.Max(right, p.X), math.Max(bottom, p.Y)
	}
	b.W, b.H = math.Max(right-b.X, 0.1), math.Max(bottom-b.Y, 0.1)
	at := func(p picture.Point) node { return point("a:pt", f.units(p.X-b.X), f.units(p.Y-b.Y)) }
	way := el("a:path", el("a:moveTo", at(points[0]))).Set("w", f.units(b.W), "h", f.units(b.H))
	for i := 1; i+each <= len(points); i += each {
		part := el(kind)
		for _, p := range points[i : i+each] {
			part.Kids = append(part.Kids, at(p))
		}
		way.Kids = append(way.Kids, part)
	}
	if fill.Name == "a:solidFill" {
		way.Kids = append(way.Kids, el("a:close"))
	}
	geometry := el("a:custGeom", el("a:avLst"), el("a:gdLst"), el("a:ahLst"), el("a:cxnLst"), el("a:rect").Set("l", "0", "t", "0", "r", "r", "b", "b"), el("a:pathLst", way))
	f.shape(b, geometry, fill, line, nil, "t")
}

// flow draws the line of a flow and its head, and that twice when nobody reviews it.
func (f *figure) flow(curve []picture.Point, class picture.Class, review picture.Review) {
	for _, s := range picture.Strokes(class, review) {
		f.path(curve, "a:cubicBezTo", 3, el("a:noFill"), f.line(s))
	}
	tip, before := curve[len(curve)-1], curve[len(curve)-2]
	back := 10.0
	if before.X > tip.X {
		back = -10
	}
	edge, fill := picture.Head(class, review)
	head := func(x float64) {
		f.path([]picture.Point{{X: x, Y: tip.Y}, {X: x - back, Y: tip.Y - 5}, {X: x - back, Y: tip.Y + 5}}, "a:lnTo", 1, filled(fill), f.line(edge))
	}
	head(tip.X)
	if review != "" {
		head(tip.X - back)
	}
}

// key draws what a line, or the mark of a zone, means.
func (f *figure) key(k picture.Key) {
	if k.Class == "" {
		f.zone(k.Sign())
	} else {
		x, y := k.X-34, k.Y-3.6
		f.flow([]picture.Point{{X: x, Y: y}, {X: x + 9, Y: y}, {X: x + 18, Y: y}, {X: x + 28, Y: y}}, k.Class, k.Review)
	}
	f.text(k.Text)
}
