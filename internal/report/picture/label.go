package picture

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// drawLabels puts each edge's label on its line, off nodes, names of zones, arrows and other labels, and as far as there
// is a choice off other lines. It reports false when there is no place for one.
func (d *drawing) drawLabels() bool {
	ok := true
	for _, e := range d.columns.edges {
		text := strconv.Itoa(e.Number)
		if d.style.words {
			text = e.words(d.style.gap - 2*zonePad - 34)
		}
		size := Box{W: math.Max(width(text, labelSize, e.Class == PHI)+8, 17), H: 15}
		box, found := d.spot(e, size)
		ok = ok && found
		e.Label = box
		e.Text = Text{Point: Point{box.X + box.W/2, box.Y + 11.2}, Words: text, Size: labelSize, Bold: e.Class == PHI, Centred: true}
		e.Edge.Words = e.line()
		d.taken = append(d.taken, Box{box.X - 1, box.Y - 1, box.W + 2, box.H + 2})
		d.Edges = append(d.Edges, e.Edge)
	}
	return ok
}

// line is all that is said of a flow.
func (e *edge) line() string {
	return fmt.Sprintf("%d %s, %s to %s: %s", e.Number, clean(e.ID), e.from.name, e.to.name, e.detail())
}

func (e *edge) detail() string {
	s := string(e.Class)
	if e.carries != "" {
		s += " (" + e.carries + ")"
	}
	if e.Review != "" {
		s += ", " + string(e.Review)
	}
	return s
}

// along are the places on a curve that are tried for a label, the middle first.
var along = [...]float64{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.12, 0.88}

// beside are the places beside a line that are tried when there is none on it.
var beside = [...]float64{0, -9, 9}

// spot finds the place for a label with the fewest other lines under it.
func (d *drawing) spot(e *edge, size Box) (Box, bool) {
	best, least := Box{}, math.Inf(1)
	for part := 0; part+3 < len(e.Curve); part += 6 { // every second curve runs between columns
		for rank, t := range along {
			for step, off := range beside {
				p := bezier(e.Curve[part:part+4], t)
				box := Box{p.X - size.W/2, p.Y - size.H/2 + off, size.W, size.H}
				if !d.free(box) {
					continue
				}
				cost := 10*float64(d.linesUnder(e, box)) + float64(rank) + 12*float64(step) + float64(part)/2
				if cost < least {
					best, least = box, cost
				}
			}
		}
	}
	if math.IsInf(least, 1) {
		p := bezier(e.Curve[:4], 0.5)
		return Box{p.X - size.W/2, p.Y - size.H/2, size.W, size.H}, false
	}
	return best, true
}

func (d *drawing) free(box Box) bool {
	for _, b := range d.taken {
		if b.Overlaps(box) {
			return false
		}
	}
	return true
}

// linesUnder counts the other edges that run through a box.
func (d *drawing) linesUnder(e *edge, box Box) int {
	n := 0
	for _, other := range d.columns.edges {
		if other != e && other.runsThrough(box) {
			n++
		}
	}
	return n
}

func (e *edge) runsThrough(box Box) bool {
	for i := 0; i+3 < len(e.Curve); i += 3 {
		c := e.Curve[i : i+4]
		if math.Min(c[0].X, c[3].X) > box.X+box.W+60 || math.Max(c[0].X, c[3].X) < box.X-60 {
			continue
		}
		for t := 0.0; t <= 1; t += 0.05 {
			if p := bezier(c, t); p.X > box.X && p.X < box.X+box.W && p.Y > box.Y && p.Y < box.Y+box.H {
				return true
			}
		}
	}
	return false
}

// drawKey says below the picture what its lines mean and, where labels are numbers, what each flow carries.
func (d *drawing) drawKey() {
	x, y := margin, d.Height+4
	put := func(k Key) {
		w := 34 + width(k.Words, smallSize, false) + 22
		if x > margin && x+w > d.Width-margin {
			x, y = margin, y+18
		}
		k.Point, k.Size = Point{x + 34, y}, smallSize
		d.Key = append(d.Key, k)
		x += w
	}
	for _, class := range d.used() {
		words := map[Class]string{PHI: "carries PHI", Deidentified: "de-identified data", None: "no PHI", Undeclared: string(Undeclared)}[class]
		put(Key{Text: Text{Words: words}, Class: class})
	}
	for _, review := range []Review{Unreviewed, Unsaid} {
		if slices.ContainsFunc(d.Edges, func(e Edge) bool { return e.Review == review }) {
			words := map[Review]string{Unreviewed: "a model's text that nobody reviews on the way", Unsaid: "a model's text, its review not declared"}[review]
			put(Key{Text: Text{Words: words}, Class: PHI, Review: review})
		}
	}
	for _, z := range d.Zones {
		if z.Uncovered {
			put(Key{Text: Text{Words: "vendor that PHI reaches, or may, with no agreement in place"}})
			break
		}
	}
	y += 20
	if !d.style.words {
		y = d.drawRows(y)
	}
	d.Foot = Text{Point: Point{margin, y}, Words: fit(d.foot, smallSize, false, d.Width-2*margin), Size: smallSize, Quiet: true}
	d.Height = y + margin
}

// rowWidth is how wide a line about one flow is at least.
const rowWidth = 430.0

// drawRows lists the flows by number, in columns, and returns the height below them.
func (d *drawing) drawRows(y float64) float64 {
	n := len(d.columns.edges)
	cols := min(max(1, int((d.Width-2*margin)/rowWidth)), max(1, n))
	each := (n + cols - 1) / cols
	space := (d.Width - 2*margin) / float64(cols)
	for i, e := range d.columns.edges {
		words := fmt.Sprintf("%d  %s to %s: %s", e.Number, e.from.name, e.to.name, e.detail())
		at := Point{margin + space*float64(i/each), y + 4 + 15*float64(i%each)}
		d.Rows = append(d.Rows, Text{Point: at, Words: fit(words, smallSize, e.Review != "", space-14), Size: smallSize, Bold: e.Review != ""})
	}
	if n == 0 {
		return y
	}
	return y + 15*float64(each) + 8
}
