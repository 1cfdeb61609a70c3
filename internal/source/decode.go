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
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Limits on what is read.
const (
	MaxBytes = 1 << 20 // size of a document
	MaxDepth = 64      // nesting of mappings and lists
	maxShown = 100     // problems listed of one file
)

// A File is a document that has been read, with the places of its values.
type File struct {
	Name  string
	Data  []byte
	lines []string
	where map[string]place
	// inside holds the paths below which something is declared.
	inside map[string]bool
}

type place struct {
	pos      Pos
	declared bool // false for a key that was written without a value
}

// Declares reports whether path was written and is not empty. Paths look like vendors[anthropic].baa.status: an item
// of a list goes by its id, or by its number from 0 if it has none.
func (f *File) Declares(path string) bool {
	return f.where[path].declared
}

// Pos returns where path was written. If it was not, Pos returns its nearest written ancestor, so that a report
// always points to a place its reader can act on.
func (f *File) Pos(path string) Pos {
	for path != "" {
		if p, ok := f.where[path]; ok {
			return p.pos
		}
		path = Parent(path)
	}
	return Pos{f.Name, 1, 1}
}

// Parent is the path of the object or list that holds path; "" at the top.
func Parent(path string) string {
	end := "."
	if strings.HasSuffix(path, "]") {
		end = "["
	}
	return path[:max(strings.LastIndex(path, end), 0)]
}

// Join is the path of an object's key.
func Join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Line returns the text of a line, from 1; "" outside the file.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return f.lines[n-1]
}

// Problem returns a problem at pos, with the source line to show.
func (f *File) Problem(pos Pos, message, hint string) Problem {
	return Problem{Pos: pos, Message: message, Hint: hint, Excerpt: f.Line(pos.Line)}
}

// Decode reads the one YAML document of data into v, a pointer to the struct that t describes, and records where each
// value was written. Every mistake is in the Problems it returns as the error. On error v is unusable.
func Decode(name string, data []byte, t *Type, v any) (*File, error) {
	f, node, err := parse(name, data)
	if err != nil {
		return f, err
	}
	return f, f.decode(node, t, v)
}

func (f *File) decode(node *yaml.Node, t *Type, v any) error {
	d := decoder{file: f}
	d.value(node, t, &Field{}, reflect.ValueOf(v).Elem(), "", 0)
	if extra := len(d.problems) - maxShown; extra > 0 {
		d.problems = append(d.problems[:maxShown], Problem{Pos: d.problems[maxShown].Pos,
			Message: fmt.Sprintf("and %d more problems", extra)})
	}
	return d.problems.Err()
}

type decoder struct {
	file     *File
	problems Problems
}

func (d *decoder) report(n *yaml.Node, message, hint string) {
	d.problems = append(d.problems, d.file.Problem(d.pos(n), message, hint))
}

func (d *decoder) pos(n *yaml.Node) Pos { return Pos{d.file.Name, max(n.Line, 1), max(n.Column, 1)} }

// value decodes n into v, at path. An empty value stays undeclared.
func (d *decoder) value(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string, depth int) {
	switch {
	case depth > MaxDepth:
		d.report(n, fmt.Sprintf("nested more than %d levels deep", MaxDepth), "a document needs far fewer; simplify this part")
		return
	case n.Kind == yaml.AliasNode:
		d.report(n, "an alias (*"+n.Value+") stands in for a value", "write the value out; aliases are not read")
		return
	case n.Style&yaml.TaggedStyle != 0:
		d.report(n, "a YAML tag ("+n.Tag+") is not read", "remove the tag")
		return
	case isNull(n):
		return
	}
	switch t.Kind {
	case KindObject:
		d.object(n, t, v, path, depth)
	case KindList:
		d.list(n, t, field, v, path, depth)
	case KindMap:
		d.mapping(n, t, field, v, path, depth)
	default:
		d.scalar(n, t, field, v, path)
	}
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || strings.TrimSpace(n.Value) == "")
}

func (d *decoder) object(n *yaml.Node, t *Type, v reflect.Value, path string, depth int) {
	if n.Kind != yaml.MappingNode {
		d.report(n, "expected "+t.noun()+", found "+found(n), "")
		return
	}
	written := map[string]bool{}
	d.pairs(n, func(key, val *yaml.Node) {
		field := t.declared(key.Value)
		if field == nil {
			d.unknownKey(key, t)
			return
		}
		written[key.Value] = !isNull(val)
		at := Join(path, key.Value)
		d.note(key, val, at)
		d.value(val, field.Type, field, v.Field(field.Index), at, depth+1)
	})
	for _, field := range t.Fields {
		if field.Required && !written[field.Key] {
			d.report(n, fmt.Sprintf("%q is missing", field.Key), "add "+field.Key+": "+field.Doc)
		}
	}
}

func (d *decoder) unknownKey(key *yaml.Node, t *Type) {
	hint := Suggest(key.Value, t.Keys())
	if hint == "" {
		hint = "allowed here: " + strings.Join(t.Keys(), ", ")
	}
	message := fmt.Sprintf("unknown key %q", key.Value)
	if strings.Contains(key.Value, " ") {
		hint += "; if this is part of the text before it, put that text in quotes"
	}
	d.report(key, message, hint)
}

// pairs calls f for each key and value of a mapping, and reports keys that are not plain or are written twice.
func (d *decoder) pairs(n *yaml.Node, f func(key, val *yaml.Node)) {
	first := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		switch line, twice := first[key.Value]; {
		case key.Tag == "!!merge":
			d.report(key, "a merge key (<<) is not read", "write the keys out")
		case key.Kind != yaml.ScalarNode || key.Style&yaml.TaggedStyle != 0:
			d.report(key, "a key must be a plain word", "")
		case twice:
			d.report(key, fmt.Sprintf("%q is written twice; the first is in line %d", key.Value, line), "keep one of them")
		default:
			first[key.Value] = key.Line
			f(key, val)
		}
	}
}

func (d *decoder) mapping(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string, depth int) {
	if n.Kind != yaml.MappingNode {
		d.report(n, "expected a list of \"name: value\" pairs, found "+found(n), "")
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.Content)/2))
	d.pairs(n, func(key, val *yaml.Node) {
		if !isID(key.Value) {
			d.report(key, fmt.Sprintf("%q can't be a name", key.Value), idHint)
			return
		}
		elem := reflect.New(t.Elem.Go).Elem()
		at := path + "[" + key.Value + "]"
		d.note(key, val, at)
		d.value(val, t.Elem, field, elem, at, depth+1)
		if !isNull(val) {
			v.SetMapIndex(reflect.ValueOf(key.Value), elem)
		}
	})
}

func (d *decoder) list(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string, depth int) {
	if n.Kind != yaml.SequenceNode {
		d.report(n, "expected a list, found "+found(n), "write it as [a, b] or with a line \"- \" for each item")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	ids := map[string]int{}
	for i, item := range n.Content {
		at := path + "[" + d.itemName(item, t.Elem, i, ids) + "]"
		if isNull(item) {
			d.report(item, "an empty item in a list", "write the item or remove the dash")
			continue
		}
		d.note(item, item, at)
		d.value(item, t.Elem, field, v.Index(i), at, depth+1)
	}
}

// itemName returns how the item goes in paths (see ItemNames). Ids must be fit for it and unique.
func (d *decoder) itemName(item *yaml.Node, t *Type, index int, used map[string]int) string {
	number := strconv.Itoa(index)
	if t.Kind != KindObject || item.Kind != yaml.MappingNode {
		return number
	}
	if t.declared("id") == nil {
		name := requiredName(item, t)
		if _, twice := used[name]; name == "" || twice {
			return number
		}
		used[name] = item.Line
		return name
	}
	id := child(item, "id")
	if id == nil || id.Kind != yaml.ScalarNode || isNull(id) {
		return number
	}
	line, twice := used[id.Value]
	switch {
	case !isID(id.Value):
		d.report(id, fmt.Sprintf("%q can't be an id", clip(id.Value)), idHint)
	case twice:
		d.report(id, fmt.Sprintf("the id %q is used twice; the first is in line %d", id.Value, line), "give each item an id of its own")
	default:
		used[id.Value] = id.Line
		return id.Value
	}
	return number
}

// requiredName joins the values of the item's required text keys, or returns "" when one can't be part of a path.
func requiredName(item *yaml.Node, t *Type) string {
	var parts []string
	for _, f := range t.Fields {
		if !f.Required || f.Type.Kind != KindText {
			continue
		}
		n := child(item, f.Key)
		if n == nil || n.Kind != yaml.ScalarNode || isNull(n) || !isID(n.Value) {
			return ""
		}
		parts = append(parts, n.Value)
	}
	return strings.Join(parts, "+")
}

// child returns the value of a mapping's key, or nil.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// note records that the value at path begins at n, and whether there is one.
func (d *decoder) note(n, val *yaml.Node, path string) {
	d.file.where[path] = place{d.pos(n), !isNull(val)}
	if !isNull(val) {
		d.file.inside[Parent(path)] = true
	}
}

// HasInside reports whether something is declared below path.
func (f *File) HasInside(path string) bool { return f.inside[path] }
