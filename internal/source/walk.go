package source

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Walk visits every leaf that v, a pointer to the struct t describes, declares, in the order of the Go fields, with its
// path and the field it belongs to.
func Walk(t *Type, v any, visit func(path string, field *Field, leaf Leaf)) {
	walk(t, &Field{}, reflect.ValueOf(v).Elem(), make([]byte, 0, 100), visit)
}

// walk visits what is below v. The path is cut short again and again, so that only that of a leaf becomes a string.
func walk(t *Type, field *Field, v reflect.Value, path []byte, visit func(string, *Field, Leaf)) {
	switch t.Kind {
	case KindObject:
		for i := range t.Fields {
			f := &t.Fields[i]
			if inner := v.Field(f.Index); !f.Derived && !silent(f.Type, inner) {
				at := path
				if len(at) > 0 {
					at = append(at, '.')
				}
				walk(f.Type, f, inner, append(at, f.Key...), visit)
			}
		}
	case KindList:
		names := ItemNames(t.Elem, v)
		for i := range v.Len() {
			walk(t.Elem, field, v.Index(i), bracket(path, names[i]), visit)
		}
	case KindMap:
		for _, key := range MapKeys(v) {
			walk(t.Elem, field, v.MapIndex(reflect.ValueOf(key)), bracket(path, key), visit)
		}
	default:
		if leaf := LeafAt(v); leaf.Declared() {
			visit(string(path), field, leaf)
		}
	}
}

func bracket(path []byte, name string) []byte {
	return append(append(append(path, '['), name...), ']')
}

// silent reports whether there is nothing to visit at v, without looking inside an object.
func silent(t *Type, v reflect.Value) bool {
	switch t.Kind {
	case KindObject:
		return false
	case KindList, KindMap:
		return v.Len() == 0
	}
	return !LeafAt(v).Declared()
}

// LeafAt returns the cell at v. Where it can, it points to the one there, which is cheaper than a copy.
func LeafAt(v reflect.Value) Leaf {
	if v.CanAddr() {
		return v.Addr().Interface().(Leaf)
	}
	return v.Interface().(Leaf)
}

// ItemNames returns how the items of a list are called in paths: by id; without one, by their required values joined
// with +; without those, or when a name would be used twice, by number from 0.
func ItemNames(elem *Type, list reflect.Value) []string {
	return itemNames(elem, list.Len(), func(i int, f *Field) string {
		s, _ := LeafAt(list.Index(i).Field(f.Index)).Any().(string)
		return s
	})
}

// nodeNames is ItemNames for a list that isn't decoded yet.
func nodeNames(list *yaml.Node, elem *Type) []string {
	return itemNames(elem, len(list.Content), func(i int, f *Field) string {
		n := child(list.Content[i], f.Key)
		if n == nil || n.Kind != yaml.ScalarNode || isNull(n) {
			return ""
		}
		return n.Value
	})
}

// itemNames names n items of type elem. text is the value an item has in a field, or "".
func itemNames(elem *Type, n int, text func(i int, f *Field) string) []string {
	fields := naming(elem)
	names, used := make([]string, n), make(map[string]bool, n)
	for i := range names {
		var parts []string
		for _, f := range fields {
			if part := text(i, f); isID(part) {
				parts = append(parts, part)
			}
		}
		name := strings.Join(parts, "+")
		if name == "" || len(parts) < len(fields) || used[name] {
			name = strconv.Itoa(i)
		}
		for used[name] { // by another item's id or value
			name += "+"
		}
		names[i], used[name] = name, true
	}
	return names
}

// naming returns the fields that items go by.
func naming(elem *Type) []*Field {
	if elem.Kind != KindObject {
		return nil
	}
	if id, ok := elem.Field("id"); ok {
		return []*Field{id}
	}
	var fields []*Field
	for i := range elem.Fields {
		if f := &elem.Fields[i]; f.Required && f.Type.Kind == KindText {
			fields = append(fields, f)
		}
	}
	return fields
}

// MapKeys returns the names of a map in order.
func MapKeys(m reflect.Value) []string {
	keys := make([]string, 0, m.Len())
	for _, k := range m.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	return keys
}

// FieldAt returns the field of t that path leads to, or nil. Names in brackets are passed over.
func FieldAt(t *Type, path string) *Field {
	var field *Field
	for path != "" {
		var key string
		if key, path = cut(path); key == "" || key[0] == '[' {
			continue
		}
		for t.Kind == KindList || t.Kind == KindMap {
			t = t.Elem
		}
		f, ok := t.Field(key)
		if !ok {
			return nil
		}
		field, t = f, f.Type
	}
	return field
}
