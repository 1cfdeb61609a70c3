package manifesttest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// kind is the shape of a node.
type kind int

const (
	leaf kind = iota
	mapping
	sequence
)

// A node is a part of a manifest that is not written yet, so that it can be written in more than one way.
type node struct {
	kind   kind
	text   string // of a leaf, as it is written
	inner  []entry
	beside *entry // what belongs beside it
}

type entry struct {
	key   string // "" in a sequence
	value *node
}

func scalar(text string) *node { return &node{text: text} }

// quoted is text in quotes.
func quoted(text string) *node {
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`)
	return &node{text: `"` + strings.ReplaceAll(text, "\n", `\n`) + `"`}
}

func (n *node) add(key string, value *node) {
	n.inner = append(n.inner, entry{key, value})
	if value.beside != nil {
		n.inner = append(n.inner, *value.beside)
	}
}

// named puts an id before the rest of an item, which may be nil.
func (n *node) named(id string) *node {
	out := &node{kind: mapping}
	out.add("id", scalar(id))
	if n != nil {
		out.inner = append(out.inner, n.inner...)
	}
	return out
}

// listsIDs reports whether n is a list of items that go by an id, in which the order means nothing.
func (n *node) listsIDs() bool {
	if n.kind != sequence || len(n.inner) == 0 {
		return false
	}
	item := n.inner[0].value
	return item.kind == mapping && len(item.inner) > 0 && item.inner[0].key == "id"
}

func (n *node) holds(text string) bool {
	for _, e := range n.inner {
		if e.value.text == text {
			return true
		}
	}
	return false
}

// YAML is the manifest as people write it: a line for each key and item, small groups within braces.
func (p Practice) YAML() []byte {
	var w writer
	w.block(p.root, 0)
	return []byte(w.String())
}

// Otherwise is the same manifest with its keys, and the items that have ids, in another order and written in another
// style.
func (p Practice) Otherwise(seed uint64) []byte {
	w := writer{Rand: rand.New(rand.NewPCG(seed, 1))}
	w.block(p.root, 0)
	return []byte("# the same, otherwise\n---\n" + w.String())
}

type writer struct {
	strings.Builder
	*rand.Rand // nil for the order and style of YAML
}

// order returns what n holds, in the order to write it in.
func (w *writer) order(n *node) []entry {
	if w.Rand == nil || n.kind != mapping && !n.listsIDs() {
		return n.inner
	}
	out := append([]entry(nil), n.inner...)
	w.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// small reports whether n fits within braces.
func (w *writer) small(n *node) bool {
	if w.Rand != nil && n.kind != leaf {
		return w.IntN(3) == 0 || len(n.inner) == 0
	}
	size := 0
	for _, e := range n.inner {
		if e.value.kind == mapping || e.value.kind == sequence && len(e.value.inner) > 8 {
			return false
		}
		size += len(e.key) + len(e.value.text)
	}
	return size < 160
}

// block writes the entries of n, each on lines of its own.
func (w *writer) block(n *node, depth int) {
	indent := strings.Repeat("  ", depth)
	for _, e := range w.order(n) {
		switch {
		case n.kind == sequence && (e.value.kind == leaf || w.small(e.value)):
			fmt.Fprintf(w, "%s- %s\n", indent, w.flow(e.value))
		case n.kind == sequence:
			fmt.Fprintf(w, "%s-\n", indent)
			w.block(e.value, depth+1)
		case e.value.kind == leaf || w.small(e.value):
			fmt.Fprintf(w, "%s%s: %s\n", indent, e.key, w.flow(e.value))
		default:
			fmt.Fprintf(w, "%s%s:\n", indent, e.key)
			w.block(e.value, depth+1)
		}
	}
}

// flow writes n within braces or brackets.
func (w *writer) flow(n *node) string {
	if n.kind == leaf {
		return n.text
	}
	var parts []string
	for _, e := range w.order(n) {
		part := w.flow(e.value)
		if n.kind == mapping {
			part = e.key + ": " + part
		}
		parts = append(parts, part)
	}
	if n.kind == mapping {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
