package picture

import (
	"math"
	"slices"
)

// draw gives everything its place. It reports false when a label has none.
func (c *columns) draw(s style) (Layout, bool) {
	if s.words && len(c.edges) > maxWords {
		return Layout{}, false
	}
	c.place()
	x := 0.0
	for col, nodes := range c.cols {
		c.x[col] = x
		for _, n := range nodes {
			n.X, n.Y = x, n.y-n.H/2
		}
		x += c.w[col] + s.gap
	}
	d := &drawing{columns: c, style: s}
	d.Title, d.Notes = c.title, c.notes
	d.drawNodes()
	d.drawZones()
	d.drawCurves()
	ok := d.drawLabels()
	d.shift()
	d.drawKey()
	return d.Layout, ok
}

// A drawing is a layout in the making.
type drawing struct {
	Layout
	*columns
	style style
	taken []Box // where no label may stand
}

func (d *drawing) drawNodes() {
	for _, n := range d.columns.nodes {
		names := wrap(n.name, nameSize, true, n.W-20)
		kind := fit(n.kindLine(), smallSize, false, n.W-16)
		n.Lines = nil
		height := 15 * float64(len(names))
		if kind != "" {
			height += 14
		}
		y := n.y - height/2 + 11.5
		for _, line := range names {
			n.Lines = append(n.Lines, Text{Point: Point{n.X + n.W/2, y}, Words: line, Size: nameSize, Bold: true, Centred: true})
			y += 15
		}
		if kind != "" {
			n.Lines = append(n.Lines, Text{Point: Point{n.X + n.W/2, y}, Words: kind, Size: smallSize, Quiet: true, Centred: true})
		}
		d.Nodes = append(d.Nodes, n.Node)
		d.taken = append(d.taken, n.Box)
	}
}

// around is the smallest box that holds all of boxes.
func around(boxes []Box) Box {
	b := boxes[0]
	for _, c := range boxes[1:] {
		right, bottom := math.Max(b.X+b.W, c.X+c.W), math.Max(b.Y+b.H, c.Y+c.H)
		b.X, b.Y = math.Min(b.X, c.X), math.Min(b.Y, c.Y)
		b.W, b.H = right-b.X, bottom-b.Y
	}
	return b
}

// drawZones puts a border around the nodes of each zone, and around those of each column where a zone's columns are apart.
func (d *drawing) drawZones() {
	for _, z := range d.zones {
		parts := map[int][]Box{}
		var order []int
		for _, n := range z.nodes {
			part := n.column
			if z.Kind == Practice {
				part = -1
			}
			if parts[part] == nil {
				order = append(order, part)
			}
			parts[part] = append(parts[part], n.Box)
		}
		for _, part := range order {
			b := around(parts[part])
			top := b.Y - z.head
			if z.Kind == Practice {
				top = d.headroom(z, top)
			}
			d.addZone(z, Box{b.X - zonePad, top, b.W + 2*zonePad, b.Y + b.H + zonePad - top})
		}
	}
}

// headroom moves the top of the practice's zone above edges that pass where its name goes.
func (d *drawing) headroom(z *zone, top float64) float64 {
	first := slices.MinFunc(z.nodes, func(a, b *node) int { return a.column - b.column }).column
	col := slices.Clone(d.cols[first])
	slices.Reverse(col)
	for _, n := range col {
		if n.dummy && n.y > top-6 && n.y < top+z.head {
			top = n.y - z.head
		}
	}
	return top
}

func (d *drawing) addZone(z *zone, box Box) {
	part := z.Zone
	part.Box = box
	space, y := box.W-16, box.Y+17
	for _, line := range z.heading(box.W - 2*zonePad) {
		part.Lines = append(part.Lines, Text{Point: Point{box.X + 8, y}, Words: line, Size: nameSize, Bold: true})
		y += 15
	}
	if z.Note != "" {
		part.Lines = append(part.Lines, Text{Point: Point{box.X + 8, y - 1}, Words: fit(z.Note, smallSize, z.Uncovered, space), Size: smallSize, Bold: z.Uncovered, Quiet: !z.Uncovered})
	}
	for _, t := range part.Lines {
		d.taken = append(d.taken, Box{t.X, t.Y - t.Size, width(t.Words, t.Size, t.Bold), t.Size + 3})
	}
	d.Zones = append(d.Zones, part)
}

// drawCurves draws each edge from where its data comes from to where it goes.
func (d *drawing) drawCurves() {
	for _, e := range d.columns.edges {
		e.Curve = nil
		for i, s := range e.chain {
			x1, y1 := d.x[s.a.column]+d.w[s.a.column], s.a.y+s.pa.y
			x2, y2 := d.x[s.b.column], s.b.y+s.pb.y
			bend := (x2 - x1) / 2
			c1, c2 := x1+bend, x2-bend
			if s.withinSame {
				x1, c1 = d.arc(s)
				x2, c2 = x1, c1
			}
			if i == 0 {
				e.Curve = append(e.Curve, Point{x1, y1})
			} else { // through the column that the edge passes
				from := e.Curve[len(e.Curve)-1]
				e.Curve = append(e.Curve, Point{from.X + (x1-from.X)/3, y1}, Point{x1 - (x1-from.X)/3, y1}, Point{x1, y1})
			}
			e.Curve = append(e.Curve, Point{c1, y1}, Point{c2, y2}, Point{x2, y2})
		}
		if e.chain[0].a != e.from {
			slices.Reverse(e.Curve)
		}
		tip := e.Curve[len(e.Curve)-1]
		d.taken = append(d.taken, Box{tip.X - 11, tip.Y - 5, 22, 10})
	}
}

// arc is the side on which a segment within a column runs, and how far out.
func (d *drawing) arc(s *segment) (x, out float64) {
	far := math.Abs(s.a.y + s.pa.y - s.b.y - s.pb.y)
	off := math.Min(30+far*0.2, d.style.gap*0.55)
	if s.a == s.b {
		off = 44
	}
	x = d.x[s.a.column]
	if s.sideA > 0 {
		x += d.w[s.a.column]
	}
	return x, x + s.sideA*off*4/3
}

// bezier is the point of a cubic curve at t.
func bezier(p []Point, t float64) Point {
	u := 1 - t
	a, b, c, e := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{a*p[0].X + b*p[1].X + c*p[2].X + e*p[3].X, a*p[0].Y + b*p[1].Y + c*p[2].Y + e*p[3].Y}
}

// shift moves everything so that it begins at the margin, and sizes the picture.
func (d *drawing) shift() {
	var boxes []Box
	for _, z := range d.Zones {
		boxes = append(boxes, z.Box)
	}
	for _, n := range d.Nodes {
		boxes = append(boxes, n.Box)
	}
	for _, e := range d.Edges {
		boxes = append(boxes, e.Label)
		for i := 0; i+3 < len(e.Curve); i += 3 {
			for _, t := range samples {
				p := bezier(e.Curve[i:i+4], t)
				boxes = append(boxes, Box{p.X - 3, p.Y - 3, 6, 6})
			}
		}
	}
	b := around(boxes)
	dx, dy := margin-b.X, margin-b.Y
	d.Width, d.Height = math.Max(b.W+2*margin, 420), b.H+2*margin
	dx += (d.Width - b.W - 2*margin) / 2
	move := func(p *Point) { p.X, p.Y = p.X+dx, p.Y+dy }
	texts := func(list []Text) {
		for i := range list {
			move(&list[i].Point)
		}
	}
	for i := range d.Zones {
		z := &d.Zones[i]
		z.X, z.Y = z.X+dx, z.Y+dy
		texts(z.Lines)
	}
	for i := range d.Nodes {
		n := &d.Nodes[i]
		n.X, n.Y = n.X+dx, n.Y+dy
		n.Lines = slices.Clone(n.Lines)
		texts(n.Lines)
	}
	for i := range d.Edges {
		e := &d.Edges[i]
		e.Label.X, e.Label.Y = e.Label.X+dx, e.Label.Y+dy
		move(&e.Text.Point)
		e.Curve = slices.Clone(e.Curve)
		for k := range e.Curve {
			move(&e.Curve[k])
		}
	}
}

// samples are points along a curve, for looking where it runs.
var samples = [...]float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}
