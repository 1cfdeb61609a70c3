package source

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Raw is a part of a document that is kept as it was written.
type Raw struct{ node *yaml.Node }

// A Tree is a document that was parsed but not decoded, so that others can be made from it.
type Tree struct {
	file *File
	root *yaml.Node
}

// Parse reads the one YAML document of data without decoding it.
func Parse(name string, data []byte) (*Tree, error) {
	f, root, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	return &Tree{f, root}, nil
}

// Decode is Decode of the tree's document.
func (t *Tree) Decode(typ *Type, v any) (*File, error) {
	f := &File{Name: t.file.Name, Data: t.file.Data, lines: t.file.lines, where: map[string]place{}, inside: map[string]bool{}}
	return f, f.decode(t.root, typ, v)
}

// Overlay returns the tree with a fragment laid over it: mappings are merged key by key, lists whose items have an id
// are merged by id, everything else is replaced.
func (t *Tree) Overlay(fragment Raw) *Tree {
	if fragment.node == nil {
		return t
	}
	return &Tree{t.file, overlay(t.root, fragment.node)}
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

// index is where a mapping's Content has the value of key, or -1.
func index(n *yaml.Node, key string) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i + 1
		}
	}
	return -1
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
	root, ok := without(t.root, typ, split(path))
	if !ok {
		return nil, fmt.Errorf("nothing stands at %s", path)
	}
	return &Tree{t.file, root}, nil
}

// split cuts vendors[a].baa.status into vendors, [a, baa, status.
func split(path string) []string {
	var parts []string
	for path != "" {
		if path[0] == '[' {
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return append(parts, path)
			}
			parts, path = append(parts, path[:end]), path[end+1:]
			continue
		}
		path = strings.TrimPrefix(path, ".")
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			end = len(path)
		}
		parts, path = append(parts, path[:end]), path[end:]
	}
	return parts
}

// find is where n.Content holds what a part of a path names: the index of the item, or of the key of a pair; the
// number of nodes it takes; and the type of the value. The index is -1 when there is none.
func find(n *yaml.Node, t *Type, part string) (at, step int, elem *Type) {
	name := strings.TrimPrefix(part, "[")
	switch {
	case n.Kind == yaml.SequenceNode && t.Kind == KindList:
		d := decoder{file: &File{}}
		used := map[string]int{}
		for i, item := range n.Content {
			if d.itemName(item, t.Elem, i, used) == name {
				return i, 1, t.Elem
			}
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

func without(n *yaml.Node, t *Type, parts []string) (*yaml.Node, bool) {
	return edit(n, t, parts, func(*yaml.Node) *yaml.Node { return nil })
}

func replace(n *yaml.Node, t *Type, parts []string, value string) (*yaml.Node, bool) {
	return edit(n, t, parts, func(old *yaml.Node) *yaml.Node {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(value), &doc); err != nil || len(doc.Content) == 0 {
			return old
		}
		return doc.Content[0]
	})
}

// edit returns n with what stands at parts changed by f; nil from f removes it.
func edit(n *yaml.Node, t *Type, parts []string, f func(*yaml.Node) *yaml.Node) (*yaml.Node, bool) {
	if len(parts) == 0 || t == nil {
		return nil, false
	}
	at, step, elem := find(n, t, parts[0])
	if at < 0 {
		return nil, false
	}
	out, value := clone(n), at+step-1
	if len(parts) > 1 {
		inner, ok := edit(n.Content[value], elem, parts[1:], f)
		out.Content[value] = inner
		return out, ok
	}
	if out.Content[value] = f(n.Content[value]); out.Content[value] == nil {
		out.Content = append(out.Content[:at], out.Content[at+step:]...)
	}
	return out, true
}

// With returns the tree with the single value at path, which typ describes, replaced by value as it would be written.
func (t *Tree) With(typ *Type, path, value string) (*Tree, error) {
	root, ok := replace(t.root, typ, split(path), value)
	if !ok {
		return nil, fmt.Errorf("nothing stands at %s", path)
	}
	return &Tree{t.file, root}, nil
}
