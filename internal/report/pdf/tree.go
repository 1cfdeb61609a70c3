package pdf

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// tree is what a document means, beside how it looks: its structure tree, as ISO 32000-1 describes in 14.7 and 14.8.
// Screen readers, search and conversion read it.
type tree struct {
	root  *element
	at    *element     // to which new elements are added
	pages [][]*element // by page from 0: to which element each marked content belongs
}

// element is a node of the tree.
type element struct {
	role string
	more string // entries of its dictionary that not every element has
	up   *element
	kids []kid
}

// kid is a part of an element: another element, a piece of a page's content, or a link's place on a page.
type kid struct {
	element *element
	page    int // from 1
	content int // its id on the page
	link    *linkPlace
}

func newTree() *tree {
	root := &element{role: "Document"}
	return &tree{root: root, at: root}
}

// add adds an element below the present one.
func (t *tree) add(role, more string) *element {
	e := &element{role: role, more: more, up: t.at}
	t.at.kids = append(t.at.kids, kid{element: e})
	return e
}

// in adds an element and draws what belongs to it.
func (t *tree) in(role, more string, draw func()) {
	t.within(t.add(role, more), draw)
}

// within draws more of an element.
func (t *tree) within(e *element, draw func()) {
	was := t.at
	t.at = e
	draw()
	t.at = was
}

// content gives the next piece of a page to an element, and returns the id of the piece on its page.
func (t *tree) content(e *element, page int) int {
	for len(t.pages) < page {
		t.pages = append(t.pages, nil)
	}
	list := &t.pages[page-1]
	*list = append(*list, e)
	id := len(*list) - 1
	e.kids = append(e.kids, kid{page: page, content: id})
	return id
}

// scope is the attribute of a header cell.
func scope(of string) string { return "/A <</O /Table /Scope /" + of + ">>" }

// summary is the attribute of a table.
func summary(s string) string { return "/A <</O /Table /Summary " + pdfText(s) + ">>" }

// pdfText is a text string as PDF writes it: ASCII in brackets, or else UTF-16 with a byte order mark, in hexadecimal
// digits (7.3.4, 7.9.2.2).
func pdfText(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
	}
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteString(">")
	return b.String()
}
