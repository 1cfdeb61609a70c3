package picture

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
)

// SVG draws the data flows of a report. The picture stands alone: it asks nothing of any other place, holds no script
// and no style sheet, and says in its title and description what it shows. Its parts have classes that begin with df-,
// by which a page that it stands in can give them other colours.
func SVG(r *assess.Report) []byte {
	l := New(r)
	s := &svg{}
	s.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="df" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-labelledby="df-title df-desc" font-family="%s" font-size="12">`,
		num(l.Width), num(l.Height), num(l.Width), num(l.Height), "Helvetica, Arial, 'Liberation Sans', sans-serif")
	s.printf("\n<title id=\"df-title\">%s</title>\n<desc id=\"df-desc\">%s</desc>\n", esc(l.Title), esc(strings.Join(l.Notes, " ")))
	s.printf("<rect class=\"df-paper\" width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n", num(l.Width), num(l.Height))
	for _, z := range l.Zones {
		s.zone(z)
	}
	for _, e := range l.Edges {
		s.edge(e)
	}
	for _, n := range l.Nodes {
		s.node(n)
	}
	for _, e := range l.Edges {
		s.label(e)
	}
	for _, k := range l.Key {
		s.key(k)
	}
	for _, t := range append(l.Rows, l.Foot) {
		s.text(t)
	}
	s.printf("</svg>\n")
	return s.Bytes()
}

// svg is the picture's text so far.
type svg struct{ bytes.Buffer }

func (s *svg) printf(format string, args ...any) { fmt.Fprintf(s, format, args...) }

// num writes a number with at most one decimal.
func num(v float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0")
}

// esc makes text mean itself in XML.
func esc(s string) string { return html.EscapeString(clean(s)) }

func (s *svg) text(t Text) {
	if t.Words == "" {
		return
	}
	fill, class, more := outline.Black(), "df-ink", ""
	if t.Quiet {
		fill, class = outline.Gray(), "df-quiet"
	}
	if t.Bold {
		more += ` font-weight="700"`
	}
	if t.Centred {
		more += ` text-anchor="middle"`
	}
	s.printf("<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s>%s</text>\n", class, num(t.X), num(t.Y), num(t.Size), fill, more, esc(t.Words))
}

func (s *svg) zone(z Zone) {
	edge, fill := z.Frame()
	class := "df-zone"
	if z.Uncovered {
		class = "df-zone df-bare"
	}
	s.printf("<g><title>%s</title>\n<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"7\" fill=\"%s\" %s/>\n", esc(strings.TrimSuffix(z.Name+", "+z.Note, ", ")),
		class, num(z.X), num(z.Y), num(z.W), num(z.H), fill, look(edge))
	for _, t := range z.Lines {
		s.text(t)
	}
	if z.Uncovered {
		s.warning(z.X+z.W-12, z.Y+13)
	}
	s.printf("</g>\n")
}

// warning is a triangle with an exclamation mark.
func (s *svg) warning(x, y float64) {
	s.printf("<path class=\"df-warning\" d=\"M%s %sl8 14h-16z\" fill=\"%s\"/><path d=\"M%s %sv5m0 1.6v1.6\" stroke=\"#ffffff\" stroke-width=\"1.6\"/>\n", num(x), num(y-8), bareInk, num(x), num(y-3.6))
}

// look is a stroke as attributes say it.
func look(k Stroke) string {
	words := fmt.Sprintf(`stroke="%s" stroke-width="%s"`, k.Ink, num(k.Width))
	if len(k.Dashes) == 0 {
		return words
	}
	dashes := make([]string, len(k.Dashes))
	for i, d := range k.Dashes {
		dashes[i] = num(d)
	}
	return words + fmt.Sprintf(` stroke-dasharray="%s"`, strings.Join(dashes, " "))
}

// line draws the line of a flow along d.
func (s *svg) line(d string, class Class, review Review) {
	classes := []string{"df-flow"}
	if review != "" {
		classes = []string{"df-unreviewed", "df-paper-line"}
	}
	for i, k := range Strokes(class, review) {
		s.printf("<path class=\"%s\" d=\"%s\" fill=\"none\" %s/>\n", classes[i], d, look(k))
	}
}

func (s *svg) edge(e Edge) {
	var d strings.Builder
	fmt.Fprintf(&d, "M%s %s", num(e.Curve[0].X), num(e.Curve[0].Y))
	for i := 1; i+2 < len(e.Curve); i += 3 {
		d.WriteString("C")
		for k, p := range e.Curve[i : i+3] {
			if k > 0 {
				d.WriteByte(' ')
			}
			d.WriteString(num(p.X) + " " + num(p.Y))
		}
	}
	s.printf("<g><title>%s</title>\n", esc(e.Words))
	s.line(d.String(), e.Class, e.Review)
	s.arrow(e.Curve, e.Class, e.Review)
	s.printf("</g>\n")
}

// arrow draws the head at the end of a curve, which arrives level, and twice when nobody reviews it.
func (s *svg) arrow(curve []Point, class Class, review Review) {
	tip, before := curve[len(curve)-1], curve[len(curve)-2]
	back := 10.0
	if before.X > tip.X {
		back = -10
	}
	edge, fill := Head(class, review)
	head := func(x float64) {
		d := fmt.Sprintf("M%s %sL%s %sL%s %sz", num(x), num(tip.Y), num(x-back), num(tip.Y-5), num(x-back), num(tip.Y+5))
		s.printf("<path class=\"df-head\" d=\"%s\" fill=\"%s\" %s/>\n", d, fill, look(edge))
	}
	head(tip.X)
	if review != "" {
		head(tip.X - back)
	}
}

func (s *svg) node(n Node) {
	s.printf("<g><title>%s</title>\n", esc(n.title()))
	x, y, w, h := n.X, n.Y, n.W, n.H
	look := `fill="#ffffff" ` + look(n.Frame())
	switch n.Shape {
	case Person:
		s.printf("<rect class=\"df-node\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" %s/>\n", num(x), num(y), num(w), num(h), num(min(h/2, 24)), look)
	case Model:
		s.printf("<path class=\"df-node\" d=\"M%s %sh%sl9 9v%sl-9 9h%sl-9 -9v%sz\" %s/>\n", num(x+9), num(y), num(w-18), num(h-18), num(18-w), num(18-h), look)
	case Store:
		s.printf("<rect class=\"df-node\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\" %s/>\n<path class=\"df-node\" d=\"M%s %sh%s\" %s/>\n",
			num(x), num(y), num(w), num(h), look, num(x), num(y+4), num(w), look)
	case System:
		s.printf("<rect class=\"df-node\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"5\" %s/>\n", num(x), num(y), num(w), num(h), look)
	}
	for _, t := range n.Lines {
		s.text(t)
	}
	s.printf("</g>\n")
}

// title is what a node shows, in one line.
func (n Node) title() string {
	var words []string
	for _, t := range n.Lines {
		words = append(words, t.Words)
	}
	return strings.Join(words, " ")
}

func (s *svg) label(e Edge) {
	s.printf("<rect class=\"df-label\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" fill=\"#ffffff\" %s/>\n", num(e.Label.X), num(e.Label.Y), num(e.Label.W), num(e.Label.H), look(e.Frame()))
	s.text(e.Text)
}

func (s *svg) key(k Key) {
	if k.Class == "" {
		z := k.Sign()
		edge, fill := z.Frame()
		s.printf("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\" fill=\"%s\" %s/>\n", num(z.X), num(z.Y), num(z.W), num(z.H), fill, look(edge))
	} else {
		x, y := k.X-34, k.Y-3.6
		s.line(fmt.Sprintf("M%s %sh26", num(x), num(y)), k.Class, k.Review)
		s.arrow([]Point{{x, y}, {x + 18, y}, {x + 28, y}}, k.Class, k.Review)
	}
	s.text(k.Text)
}
