package pdf

import "fmt"

// bookmark is a line of the list that viewers show beside the pages.
type bookmark struct {
	title string
	level int // as of headings: 2 for a part, 3 and 4 below it
	place place
}

func (p *printer) bookmark(title string, level int) {
	p.marks = append(p.marks, bookmark{title, level, p.here(p.y)})
}

// putBookmarks writes the bookmarks and returns the number of their root (ISO 32000-1, 12.3.3).
func (p *printer) putBookmarks(f *file) int {
	root := f.reserve(1 + len(p.marks))
	up := parents(p.marks)
	var first, last, previous, next = make([]int, len(up)+1), make([]int, len(up)+1), make([]int, len(up)+1), make([]int, len(up)+1)
	for i, parent := range up {
		n := i + 1
		if last[parent] == 0 {
			first[parent] = n
		} else {
			previous[n], next[last[parent]] = last[parent], n
		}
		last[parent] = n
	}
	entries := func(n int) string {
		s := ""
		for _, to := range []struct {
			key    string
			number int
		}{{"First", first[n]}, {"Last", last[n]}, {"Prev", previous[n]}, {"Next", next[n]}} {
			if to.number > 0 {
				s += " /" + to.key + " " + ref(root+to.number)
			}
		}
		return s
	}
	below := 0
	for i, m := range p.marks {
		if up[i] == 0 {
			below++
		}
		count := ""
		if n := children(up, i+1); n > 0 {
			count = fmt.Sprintf(" /Count %d", -n) // negative: shown closed
		}
		f.set(root+i+1, "<</Title %s /Parent %s /Dest %s%s%s>>", pdfText(m.title), ref(root+up[i]), destination(m.place), entries(i+1), count)
	}
	f.set(root, "<</Type /Outlines%s /Count %d>>", entries(0), below)
	return root
}

// parents gives for each bookmark the number, from 1, of the one it stands below, or 0.
func parents(marks []bookmark) []int {
	list := make([]int, len(marks))
	var open []int
	for i, m := range marks {
		for len(open) > 0 && marks[open[len(open)-1]-1].level >= m.level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			list[i] = open[len(open)-1]
		}
		open = append(open, i+1)
	}
	return list
}

func children(up []int, of int) int {
	n := 0
	for _, parent := range up {
		if parent == of {
			n++
		}
	}
	return n
}
