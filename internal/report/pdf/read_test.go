package pdf_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// document is a PDF as this test reads it back: its objects by number, with streams unpacked.
type document struct {
	objects map[int]object
	root    int
}

type object struct{ entries, stream string }

var (
	length   = regexp.MustCompile(`/Length (\d+)`)
	rootRef  = regexp.MustCompile(`/Root (\d+) 0 R`)
	number   = regexp.MustCompile(`/N (\d+) /First (\d+)`)
	kidsList = regexp.MustCompile(`/Kids \[(.*?)\]`)
)

// read takes a file apart along its cross-reference stream. It fails when an object isn't where the stream says.
func read(t *testing.T, file []byte) *document {
	t.Helper()
	i := bytes.LastIndex(file, []byte("startxref\n"))
	if i < 0 || !bytes.HasSuffix(file, []byte("%%EOF\n")) {
		t.Fatal("the file has no end")
	}
	at, err := strconv.Atoi(strings.Fields(string(file[i:]))[1])
	if err != nil || at >= len(file) {
		t.Fatalf("startxref is no offset: %v", err)
	}
	head, _, _ := strings.Cut(string(file[at:]), " ")
	table := objectAt(t, file, at, head)
	d := &document{objects: map[int]object{}, root: atoi(t, rootRef.FindStringSubmatch(table.entries)[1])}
	later := map[int]map[int]int{} // by stream of objects, and by number: the index
	for n := 0; 7*n < len(table.stream); n++ {
		entry := []byte(table.stream[7*n:])
		where, index := int(binary.BigEndian.Uint32(entry[1:])), int(binary.BigEndian.Uint16(entry[5:]))
		switch entry[0] {
		case 1:
			d.objects[n] = objectAt(t, file, where, strconv.Itoa(n))
		case 2:
			if later[where] == nil {
				later[where] = map[int]int{}
			}
			later[where][n] = index
		}
	}
	for stream, objects := range later {
		d.unpack(t, stream, objects)
	}
	return d
}

// objectAt reads the object at an offset.
func objectAt(t *testing.T, file []byte, at int, number string) object {
	t.Helper()
	body, ok := strings.CutPrefix(string(file[at:]), number+" 0 obj\n")
	if !ok {
		t.Fatalf("object %s is not at %d", number, at)
	}
	entries, rest, ok := strings.Cut(body, "\nstream\n")
	n := length.FindStringSubmatch(entries)
	if !ok || n == nil {
		t.Fatalf("object %s at %d is no stream", number, at)
	}
	o := object{entries, rest[:atoi(t, n[1])]}
	if !strings.HasPrefix(rest[len(o.stream):], "\nendstream\nendobj\n") {
		t.Fatalf("the stream of object %s has another length", number)
	}
	r, err := zlib.NewReader(strings.NewReader(o.stream))
	if err != nil {
		t.Fatalf("object %s: %v", number, err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("object %s: %v", number, err)
	}
	o.stream = string(plain)
	return o
}

// unpack takes objects out of a stream of them, each at its index.
func (d *document) unpack(t *testing.T, stream int, objects map[int]int) {
	t.Helper()
	s := d.objects[stream]
	m := number.FindStringSubmatch(s.entries)
	if m == nil {
		t.Fatalf("object %d is no stream of objects", stream)
	}
	n, first := atoi(t, m[1]), atoi(t, m[2])
	list := strings.Fields(s.stream[:first])
	if len(list) != 2*n || len(objects) != n {
		t.Fatalf("stream %d says it has %d objects, lists %d and is said to have %d", stream, n, len(list)/2, len(objects))
	}
	for want, index := range objects {
		if list[2*index] != strconv.Itoa(want) {
			t.Fatalf("object %d is not at %d of stream %d", want, index, stream)
		}
		body := s.stream[first+atoi(t, list[2*index+1]):]
		if index+1 < n {
			body = body[:atoi(t, list[2*index+3])-atoi(t, list[2*index+1])]
		}
		d.objects[want] = object{entries: strings.TrimSpace(body)}
	}
}

// pages are the numbers of the pages' objects, in order.
func (d *document) pages(t *testing.T) []int {
	t.Helper()
	return refs(kidsList.FindStringSubmatch(d.objects[1].entries)[1])
}

var refPattern = regexp.MustCompile(`(\d+) 0 R`)

func refs(s string) []int {
	var list []int
	for _, m := range refPattern.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(m[1])
		list = append(list, n)
	}
	return list
}

// content is what a page shows, by the id of the content. Artifacts have no id and are left out.
type content map[int]string

var (
	contents = regexp.MustCompile(`/Contents (\d+) 0 R`)
	operator = regexp.MustCompile(`(?s)/(\w+) <</MCID (\d+)>> BDC|/Artifact BMC|/Span <</ActualText (?:<FEFF([0-9A-F]*)>)>> BDC|\(((?:[^\\()]|\\.)*)\) Tj|EMC`)
)

// read reads the text of a page.
func (d *document) read(t *testing.T, page int) content {
	t.Helper()
	found := content{}
	open, actual := []int{}, false // ids of the marked contents that are open; -1 for an artifact, -2 for replaced text
	stream := d.objects[atoi(t, contents.FindStringSubmatch(d.objects[page].entries)[1])].stream
	for _, m := range operator.FindAllStringSubmatch(stream, -1) {
		switch {
		case m[0] == "EMC":
			if len(open) == 0 {
				t.Fatalf("page %d ends content that isn't open", page)
			}
			actual = false
			open = open[:len(open)-1]
		case m[0] == "/Artifact BMC":
			open = append(open, -1)
		case m[2] != "":
			open = append(open, atoi(t, m[2]))
			found[open[len(open)-1]] += ""
		case strings.HasPrefix(m[0], "/Span"):
			units, err := hex.DecodeString(m[3])
			if err != nil {
				t.Fatal(err)
			}
			if id := open[len(open)-1]; id >= 0 {
				found[id] += decode(string(units))
			}
			open, actual = append(open, -2), true
		case len(open) == 0:
			t.Fatalf("page %d has text outside of its content: %q", page, m[0])
		case !actual && open[len(open)-1] >= 0:
			found[open[len(open)-1]] += decode(unescape(m[4]))
		}
	}
	if len(open) > 0 {
		t.Fatalf("page %d leaves content open", page)
	}
	return found
}

// unescape reads a literal string.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			if s[i] == 'r' {
				b.WriteByte('\r')
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func decode(s string) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// node is an element of the structure tree, with the text below it.
type node struct {
	role, entries string
	pages         map[int]bool // on which its content is
	kids          []*node
	text          string
	links         int // how many places of links belong to it
}

var (
	role       = regexp.MustCompile(`/S /(\w+)`)
	ownPage    = regexp.MustCompile(`/Pg (\d+) 0 R`)
	kidPattern = regexp.MustCompile(`<</Type /OBJR /Obj (\d+) 0 R /Pg \d+ 0 R>>|<</Type /MCR /Pg (\d+) 0 R /MCID (\d+)>>|(\d+) 0 R|(\d+)`)
)

// structure reads the tree. It fails when some content belongs to no element or to two.
func (d *document) structure(t *testing.T) *node {
	t.Helper()
	shown, used := map[int]content{}, map[string]bool{}
	total := 0
	for _, p := range d.pages(t) {
		shown[p] = d.read(t, p)
		total += len(shown[p])
	}
	root := d.objects[refs(regexp.MustCompile(`/StructTreeRoot (\d+) 0 R`).FindString(d.objects[d.root].entries))[0]]
	var visit func(n int) *node
	visit = func(n int) *node {
		entries := d.objects[n].entries
		e := &node{role: role.FindStringSubmatch(entries)[1], entries: entries, pages: map[int]bool{}}
		at := strings.LastIndex(entries, " /K [")
		before, list := entries[:at], entries[at:]
		take := func(page, id int) {
			key := fmt.Sprint(page, " ", id)
			if _, ok := shown[page][id]; !ok || used[key] {
				t.Fatalf("content %s is missing or has two owners", key)
			}
			used[key], e.pages[page] = true, true
			e.text += shown[page][id]
		}
		for _, m := range kidPattern.FindAllStringSubmatch(list, -1) {
			switch {
			case m[1] != "":
				e.links++
			case m[2] != "":
				take(atoi(t, m[2]), atoi(t, m[3]))
			case m[4] != "":
				kid := visit(atoi(t, m[4]))
				e.kids = append(e.kids, kid)
				e.text += kid.text
				for p := range kid.pages {
					e.pages[p] = true
				}
			default:
				take(atoi(t, ownPage.FindStringSubmatch(before)[1]), atoi(t, m[5]))
			}
		}
		if e.role != "Link" && e.role != "Span" {
			e.text += " "
		}
		return e
	}
	tree := visit(refs(regexp.MustCompile(`/K (\d+) 0 R`).FindString(root.entries))[0])
	if len(used) != total {
		t.Fatalf("%d of %d pieces of content belong to an element", len(used), total)
	}
	return tree
}

// all lists the elements of a role, in order.
func (n *node) all(role string) []*node {
	var list []*node
	if n.role == role {
		list = append(list, n)
	}
	for _, k := range n.kids {
		list = append(list, k.all(role)...)
	}
	return list
}
