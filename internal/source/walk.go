package source

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Walk visits every leaf that v, a pointer to the struct t describes, declares, in document order of the Go fields,
// with its path and the field it belongs to.
func Walk(t *Type, v any, visit func(path string, field *Field, leaf Leaf)) {
	walk(t, &Field{}, reflect.ValueOf(v).Elem(), "", visit)
}

func walk(t *Type, field *Field, v reflect.Value, path string, visit func(string, *Field, Leaf)) {
	switch t.Kind {
	case KindObject:
		for i := range t.Fields {
			f := &t.Fields[i]
			if !f.Derived {
				walk(f.Type, f, v.Field(f.Index), Join(path, f.Key), visit)
			}
		}
	case KindList:
		names := ItemNames(t.Elem, v)
		for i := range v.Len() {
			walk(t.Elem, field, v.Index(i), path+"["+names[i]+"]", visit)
		}
	case KindMap:
		for _, key := range MapKeys(v) {
			walk(t.Elem, field, v.MapIndex(reflect.ValueOf(key)), path+"["+key+"]", visit)
		}
	default:
		if leaf := v.Interface().(Leaf); leaf.Declared() {
			visit(path, field, leaf)
		}
	}
}

// ItemNames returns how the items of a list are called in paths: by id; without one, by their required values joined
// with +; without those, or when a name would be used twice, by number from 0.
func ItemNames(elem *Type, list reflect.Value) []string {
	names, used := make([]string, list.Len()), make(map[string]bool, list.Len())
	for i := range names {
		name := itemName(elem, list.Index(i))
		if name == "" || used[name] {
			name = strconv.Itoa(i)
		}
		names[i], used[name] = name, true
	}
	return names
}

func itemName(elem *Type, item reflect.Value) string {
	if elem.Kind != KindObject {
		return ""
	}
	if f, ok := elem.Field("id"); ok {
		return leafText(item.Field(f.Index))
	}
	name := ""
	for _, f := range elem.Fields {
		if !f.Required || f.Type.Kind != KindText {
			continue
		}
		part := leafText(item.Field(f.Index))
		if part == "" {
			return ""
		}
		if name != "" {
			name += "+"
		}
		name += part
	}
	return name
}

// leafText is a declared text that can be part of a path, or "".
func leafText(v reflect.Value) string {
	if s, ok := v.Interface().(Leaf).Any().(string); ok && isID(s) {
		return s
	}
	return ""
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
	for key := range strings.SplitSeq(brackets.ReplaceAllString(path, ""), ".") {
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

var brackets = regexp.MustCompile(`\[[^\]]*\]`)
