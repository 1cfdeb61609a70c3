package pdf

import (
	"fmt"
	"strings"
)

// putStructure writes the structure tree and the links, and connects both with the pages (ISO 32000-1, 14.7.4). It
// returns the number of the tree's root.
func (p *printer) putStructure(f *file) int {
	root := f.reserve(2)
	parents := root + 1
	w := structureWriter{file: f, numbers: map[*element]int{}, links: map[*linkPlace]int{}}
	w.number(p.tree.root)
	firstLink := f.reserve(len(p.links))
	for i, l := range p.links {
		w.links[l] = firstLink + i
	}
	w.write(p.tree.root, root)

	var nums strings.Builder
	pages := p.pdf.PageCount()
	annotations := make([]string, pages)
	for page := range pages {
		fmt.Fprintf(&nums, "%d [", page)
		if page < len(p.tree.pages) {
			for _, e := range p.tree.pages[page] {
				nums.WriteString(ref(w.numbers[e]) + " ")
			}
		}
		nums.WriteString("]\n")
	}
	for i, l := range p.links {
		key := pages + i
		fmt.Fprintf(&nums, "%d %s\n", key, ref(w.numbers[l.element]))
		annotations[l.page-1] += ref(w.links[l]) + " "
		f.set(w.links[l], "<</Type /Annot /Subtype /Link /Rect [%.1f %.1f %.1f %.1f] /Border [0 0 0] /F 4 /StructParent %d /Contents %s %s>>",
			l.left, l.bottom, l.right, l.top, key, pdfText(l.says), l.action(p.places))
	}
	f.set(parents, "<</Nums [%s]>>", nums.String())
	f.set(root, "<</Type /StructTreeRoot /K %s /ParentTree %s /ParentTreeNextKey %d>>", ref(w.numbers[p.tree.root]), ref(parents), pages+len(p.links))
	for page := range pages {
		number := pageObject(page + 1)
		more := fmt.Sprintf("<</Type /Page\n/StructParents %d /Tabs /S", page)
		if annotations[page] != "" {
			more += " /Annots [" + annotations[page] + "]"
		}
		f.set(number, "%s", strings.Replace(f.objects[number-1], "<</Type /Page", more, 1))
	}
	return root
}

// structureWriter writes the elements of a tree.
type structureWriter struct {
	file    *file
	numbers map[*element]int // the object of each element
	links   map[*linkPlace]int
}

func (w *structureWriter) number(e *element) {
	w.numbers[e] = w.file.reserve(1)
	for _, k := range e.kids {
		if k.element != nil {
			w.number(k.element)
		}
	}
}

// write writes an element and what is below it. Content on the element's own page needs only its id.
func (w *structureWriter) write(e *element, up int) {
	var kids strings.Builder
	page := e.page()
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			kids.WriteString(ref(w.numbers[k.element]) + " ")
			w.write(k.element, w.numbers[e])
		case k.link != nil:
			fmt.Fprintf(&kids, "<</Type /OBJR /Obj %s /Pg %s>> ", ref(w.links[k.link]), ref(pageObject(k.link.page)))
		case k.page == page:
			fmt.Fprintf(&kids, "%d ", k.content)
		default:
			fmt.Fprintf(&kids, "<</Type /MCR /Pg %s /MCID %d>> ", ref(pageObject(k.page)), k.content)
		}
	}
	more := e.more
	if page > 0 {
		more += " /Pg " + ref(pageObject(page))
	}
	w.file.set(w.numbers[e], "<</Type /StructElem /S /%s /P %s %s /K [%s]>>", e.role, ref(up), more, strings.TrimSpace(kids.String()))
}

// page is the page of the element's first content, or zero when it has none of its own.
func (e *element) page() int {
	for _, k := range e.kids {
		if k.page > 0 {
			return k.page
		}
	}
	return 0
}
