package pdf

import (
	"fmt"
	"strings"
)

// link is a link in the text. It may go over several lines.
type link struct {
	target  string   // "#anchor" or an address
	says    string   // the text that is linked
	element *element // once it is drawn
}

// linkPlace is where a link, or a line of one, is on a page.
type linkPlace struct {
	*link
	page                     int
	left, bottom, right, top float64 // in PDF's coordinates
}

func newLink(target, says string) *link {
	if target == "" {
		return nil
	}
	return &link{target: target, says: says}
}

// linkElement is the element of a link, below the present one.
func (p *printer) linkElement(l *link) *element {
	if l.element == nil {
		l.element = p.tree.add("Link", "")
	}
	return l.element
}

// noteLink notes that the run that is about to be drawn is a link.
func (p *printer) noteLink(r *run, x, base float64) {
	p.addLink(r.link, x, base-r.look.size*0.85, r.width, r.look.size*1.15)
}

// addLink makes an area of the page a link.
func (p *printer) addLink(l *link, x, y, width, height float64) {
	place := &linkPlace{l, p.pdf.PageNo(), x, p.high() - y - height, x + width, p.high() - y}
	e := p.linkElement(l)
	e.kids = append(e.kids, kid{link: place})
	p.links = append(p.links, place)
}

// anchor notes that something others link to begins here.
func (p *printer) anchor(name string, y float64) {
	if name != "" {
		p.places[name] = p.here(y)
	}
}

// action is what a viewer does when the link is followed.
func (l *linkPlace) action(places map[string]place) string {
	anchor, here := strings.CutPrefix(l.target, "#")
	if !here {
		return "/A <</S /URI /URI " + asciiText(l.target) + ">>"
	}
	to, ok := places[anchor]
	if !ok {
		to = place{1, 0, pageHeight}
	}
	return "/Dest " + destination(to)
}

// destination is a place in the file as links and bookmarks name it.
func destination(to place) string {
	return fmt.Sprintf("[%d 0 R /XYZ 0 %.1f null]", pageObject(to.page), to.high-max(to.y-8, 0))
}

// asciiText is an address as PDF writes it: of ASCII, in brackets.
func asciiText(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, c := range []byte(s) {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c > ' ' && c < 0x7f:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	b.WriteByte(')')
	return b.String()
}
