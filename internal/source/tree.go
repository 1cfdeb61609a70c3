package source

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Raw is a part of a document that is kept as it was written.
type Raw struct{ node *yaml.Node }

// A Tree is a document that was parsed but not decoded, so that others can be made from it.
type Tree struct {
	file    *File
	root    *yaml.Node
	refused Problems // what no document may hold, whatever its type
}

// Overlay returns the tree with a fragment laid over it: mappings are merged key by key, lists whose items have an id
// are merged by id, everything else is replaced. What the fragment brings has no place in the document.
func (t *Tree) Overlay(fragment Raw) *Tree {
	if fragment.node == nil {
		return t
	}
	return t.rooted(overlay(t.root, placeless(fragment.node)))
}

func (t *Tree) rooted(root *yaml.Node) *Tree { return &Tree{t.file, root, t.refused} }

// placeless copies n without the places it was written in.
func placeless(n *yaml.Node) *yaml.Node {
	out := clone(n)
	out.Line, out.Column = 0, 0
	for i, inner := range out.Content {
		out.Content[i] = placeless(inner)
	}
	return out
}

func overlay(base, over *yaml.Node) *yaml.Node {
	switch {
	case base.Kind == yaml.MappingNode && over.Kind == yaml.MappingNode:
		out := clone(base)
		for i := 0; i+1 < len(over.Content); i += 2 {
			key, val := over.Content[i], over.Content[i+1]
			if at := index(out, key.Value); at >= 0 {
				out.Content[at] = overlay(out.Content[at], val)
			} else {
				out.Content = append(out.Content, key, val)
			}
		}
		return out
	case base.Kind == yaml.SequenceNode && over.Kind == yaml.SequenceNode && hasIDs(over):
		out := clone(base)
		for _, item := range over.Content {
			if at := itemWith(out, child(item, "id").Value); at >= 0 {
				out.Content[at] = overlay(out.Content[at], item)
			} else {
				out.Content = append(out.Content, item)
			}
		}
		return out
	}
	return over
}

// clone copies a node but not its children.
func clone(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = append([]*yaml.Node(nil), n.Content...)
	return &c
}

func hasIDs(n *yaml.Node) bool {
	for _, item := range n.Content {
		if item.Kind != yaml.MappingNode || child(item, "id") == nil {
			return false
		}
	}
	return len(n.Content) > 0
}

func itemWith(n *yaml.Node, id string) int {
	for i, item := range n.Content {
		if item.Kind == yaml.MappingNode && child(item, "id") != nil && child(item, "id").Value == id {
			return i
		}
	}
	return -1
}

// Without returns the tree without what stands at path, which typ describes.
func (t *Tree) Without(typ *Type, path string) (*Tree, error) {
	return t.edited(typ, path, nil)
}

// With returns the tree with what stands at path, which typ describes, replaced by value as it would be written.
func (t *Tree) With(typ *Type, path, value string) (*Tree, error) {
	docs, err := documents(value)
	if err != nil || len(docs) == 0 {
		return nil, fmt.Errorf("%q can't be a value", value)
	}
	return t.edited(typ, path, placeless(docs[0].Content[0]))
}

func (t *Tree) edited(typ *Type, path string, value *yaml.Node) (*Tree, error) {
	root, ok := edit(t.root, typ, split(path), value)
	if !ok {
		return nil, fmt.Errorf("nothing stands at %s", path)
	}
	return t.rooted(root), nil
}

// edit returns n with what stands at parts replaced by value, or removed when value is nil.
func edit(n *yaml.Node, t *Type, parts []string, value *yaml.Node) (*yaml.Node, bool) {
	if len(parts) == 0 || t == nil {
		return nil, false
	}
	at, step, elem := find(n, t, parts[0])
	if at < 0 {
		return nil, false
	}
	out, ok := clone(n), true
	switch end := at + step; {
	case len(parts) > 1:
		out.Content[end-1], ok = edit(n.Content[end-1], elem, parts[1:], value)
	case value == nil:
		out.Content = slices.Delete(out.Content, at, end)
	default:
		out.Content[end-1] = value
	}
	return out, ok
}

// find is where n.Content holds what a part of a path names: the index of the item, or of the key of a pair; the
// number of nodes it takes; and the type of the value. The index is -1 when there is none.
func find(n *yaml.Node, t *Type, part string) (at, step int, elem *Type) {
	name := strings.Trim(part, "[]")
	switch {
	case n.Kind == yaml.SequenceNode && t.Kind == KindList:
		if i := slices.Index(nodeNames(n, t.Elem), name); i >= 0 {
			return i, 1, t.Elem
		}
	case n.Kind == yaml.MappingNode:
		elem = t.Elem
		if f := t.declared(name); t.Kind == KindObject && f != nil {
			elem = f.Type
		}
		if at := index(n, name); at >= 0 {
			return at - 1, 2, elem
		}
	}
	return -1, 0, nil
}
