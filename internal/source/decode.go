// Package source reads YAML strictly and remembers where every value was written.
//
// It is the only importer of yaml. A document is described by a Go struct of Cells (see Type); reading reports every
// mistake at once, each with its line and column, in words its author understands. What YAML would guess is refused:
// aliases, tags, merge keys, a second document, duplicate keys, yes and no for true and false. Nothing a document
// holds makes reading crash, hang, or use memory out of proportion.
package source

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// Decode reads the one YAML document of data into v, a pointer to the struct that t describes, and records where each
// value was written. Every mistake is in the Problems it returns as the error. The File is nil when there is no document;
// otherwise v has what could be read, and what it seems to lack beside an error may be there.
func Decode(name string, data []byte, t *Type, v any) (*File, error) {
	tree, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	return tree.Decode(t, v)
}

// Decode is the function Decode for the tree's document.
func (t *Tree) Decode(typ *Type, v any) (*File, error) {
	most := min(len(t.file.lines), usualLines)
	f := &File{Name: t.file.Name, Data: t.file.Data, lines: t.file.lines, comments: t.file.comments, where: make(map[string]place, most), said: make([]Said, 0, most)}
	f.where[""] = place{line: 1, col: 1, inside: len(t.root.Content) > 0}
	d := decoder{file: f, problems: slices.Clone(t.refused)}
	d.value(t.root, typ, &Field{}, reflect.ValueOf(v).Elem(), "")
	return f, d.problems.Err()
}

// usualLines is for how many lines room is made at once. About one value stands in each.
const usualLines = 1000

type decoder struct {
	file     *File
	problems Problems
}

func (d *decoder) report(n *yaml.Node, message, hint string) {
	d.problems = append(d.problems, d.file.Problem(d.file.at(n), message, hint))
}

// at is where n was written; no place for a node that was laid over the document from elsewhere.
func (f *File) at(n *yaml.Node) Pos { return Pos{f.Name, n.Line, n.Column} }

// value decodes n into v, at path. An empty value stays undeclared, and one that is refused was reported already.
func (d *decoder) value(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string) {
	switch {
	case d.problems.Full(), isNull(n), n.Kind == yaml.AliasNode, n.Style&yaml.TaggedStyle != 0:
	case t.Kind == KindRaw:
		d.say(n, Raw{n}, field, v, path)
	case t.Kind == KindObject && n.Kind == yaml.MappingNode:
		d.object(n, t, v, path)
	case t.Kind == KindList && n.Kind == yaml.SequenceNode:
		d.list(n, t, field, v, path)
	case t.Kind == KindMap && n.Kind == yaml.MappingNode:
		d.mapping(n, t, field, v, path)
	case t.leaf() && n.Kind == yaml.ScalarNode:
		d.scalar(n, t, field, v, path)
	default:
		d.misshapen(n, t, field)
	}
}

func (d *decoder) object(n *yaml.Node, t *Type, v reflect.Value, path string) {
	var before *Field // the field above, if nothing is written in it
	d.pairs(n, func(key, val *yaml.Node) {
		field := t.declared(key.Value)
		if field == nil {
			d.report(key, fmt.Sprintf("unknown key %q", clip(key.Value)), unknownHint(key, t, before, n.Style&yaml.FlowStyle != 0 && isNull(val)))
			return
		}
		if before = nil; isNull(val) {
			before = field
		}
		at := Join(path, key.Value)
		d.note(key, val, at)
		d.value(val, field.Type, field, v.Field(field.Index), at)
	})
	d.required(n, t)
}

// required reports the required keys of t that n leaves out or empty.
func (d *decoder) required(n *yaml.Node, t *Type) {
	for _, field := range t.Fields {
		if !field.Required {
			continue
		}
		switch at := index(n, field.Key); {
		case at < 0:
			d.report(n, fmt.Sprintf("%q is missing", field.Key), "add it here. "+field.Doc)
		case isNull(n.Content[at]):
			d.report(n.Content[at-1], fmt.Sprintf("%q is empty", field.Key), "write its value. "+field.Doc)
		}
	}
}

// unknownHint guesses how a key got to where t doesn't have it. bare is true for a key without a value inside { },
// which is what an unquoted comma leaves.
func unknownHint(key *yaml.Node, t *Type, before *Field, bare bool) string {
	near := Suggest(key.Value, t.Keys())
	switch {
	case strings.ContainsFunc(key.Value, func(r rune) bool { return r != ' ' && unicode.Is(unicode.Zs, r) }):
		return "it holds a special space: " + specialSpaceHint
	case bare || strings.Contains(key.Value, " "):
		return "if this is part of the text before it, put that text in quotes"
	case before != nil && before.Type.declared(key.Value) != nil:
		return "if it belongs to " + before.Key + ", indent it"
	case near != "":
		return near
	}
	return "allowed here: " + strings.Join(t.Keys(), ", ")
}

// pairs calls f for each key and value of a mapping whose key is a word.
func (d *decoder) pairs(n *yaml.Node, f func(key, val *yaml.Node)) {
	for i := 0; i+1 < len(n.Content) && !d.problems.Full(); i += 2 {
		if key := n.Content[i]; key.Kind == yaml.ScalarNode && key.Tag != "!!merge" {
			f(key, n.Content[i+1])
		}
	}
}

func (d *decoder) mapping(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string) {
	if d.tooMany(n, field, len(n.Content)/2) {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.Content)/2))
	d.pairs(byName(n), func(key, val *yaml.Node) {
		if !isID(key.Value) {
			d.report(key, fmt.Sprintf("%q can't be a name", clip(key.Value)), idHint)
			return
		}
		elem := reflect.New(t.Elem.Go).Elem()
		at := path + "[" + key.Value + "]"
		d.note(key, val, at)
		d.value(val, t.Elem, field, elem, at)
		v.SetMapIndex(reflect.ValueOf(key.Value), elem)
	})
}

// byName is a mapping with its pairs in the order of their keys.
func byName(n *yaml.Node) *yaml.Node {
	pairs := slices.Collect(slices.Chunk(n.Content, 2))
	slices.SortStableFunc(pairs, func(a, b []*yaml.Node) int { return strings.Compare(a[0].Value, b[0].Value) })
	out := *n
	out.Content = slices.Concat(pairs...)
	return &out
}

// tooMany reports a list or a map of more items than it may have. An item can take a thousand times more memory than its
// text, and what is found about it more than that.
func (d *decoder) tooMany(n *yaml.Node, field *Field, items int) bool {
	if items <= field.Most {
		return false
	}
	step := len(n.Content) / items
	d.report(n.Content[field.Most*step], fmt.Sprintf("%q has %d items, and at most %d are read", field.Key, items, field.Most),
		"this is the first one too many; leave out what is not needed, or write several documents")
	return true
}

func (d *decoder) list(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string) {
	if d.tooMany(n, field, len(n.Content)) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	d.ids(n, t.Elem)
	names := nodeNames(n, t.Elem)
	for i, item := range n.Content {
		if d.problems.Full() {
			return
		}
		if isNull(item) {
			d.report(item, "an empty item in a list", "write the item or remove the dash or comma")
			continue
		}
		at := path + "[" + names[i] + "]"
		d.note(item, item, at)
		d.value(item, t.Elem, field, v.Index(i), at)
	}
}

// ids reports the items' ids that can't be part of a path or are used twice.
func (d *decoder) ids(n *yaml.Node, t *Type) {
	if t.declared("id") == nil {
		return
	}
	first := make(map[string]int, len(n.Content))
	for _, item := range n.Content {
		id := child(item, "id")
		if id == nil || id.Kind != yaml.ScalarNode || isNull(id) {
			continue
		}
		switch line, twice := first[id.Value]; {
		case d.problems.Full():
			return
		case !isID(id.Value):
			d.report(id, fmt.Sprintf("%q can't be an id", clip(id.Value)), idHint)
		case twice:
			d.report(id, fmt.Sprintf("the id %q is used twice; the first is in line %d", id.Value, line), "give each item an id of its own")
		default:
			first[id.Value] = id.Line
		}
	}
}

// note records where path is written, and whether with a value. A single value is more of a place than its key.
func (d *decoder) note(n, val *yaml.Node, path string) {
	declared := !isNull(val)
	if declared && val.Kind == yaml.ScalarNode {
		n = val
	}
	d.file.where[path] = place{n.Line, n.Column, declared, len(val.Content) > 0}
}

// say sets the single value at path, which is written at n.
func (d *decoder) say(n *yaml.Node, value any, field *Field, v reflect.Value, path string) {
	leaf := v.Addr().Interface().(settable)
	leaf.set(value, d.file.at(n))
	d.file.said = append(d.file.said, Said{path, field, leaf})
}

// index is where a mapping's Content has the value of key, or -1.
func index(n *yaml.Node, key string) int {
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if n.Content[i].Kind == yaml.ScalarNode && n.Content[i].Value == key {
			return i + 1
		}
	}
	return -1
}

// child returns the value of a mapping's key, or nil.
func child(n *yaml.Node, key string) *yaml.Node {
	if at := index(n, key); at >= 0 {
		return n.Content[at]
	}
	return nil
}
