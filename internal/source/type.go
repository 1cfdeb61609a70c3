package source

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Kind is the shape of a value.
type Kind int

// The shapes a document is made of.
const (
	KindObject Kind = iota
	KindList
	KindMap
	KindText
	KindFlag
	KindInt
	KindNumber
	KindDate
	KindSpan
	KindCode
	KindWords
	KindRaw
)

// A Type describes what may be written at one place of a document. It is made from a Go type by reflection, once,
// and everything that must agree follows from it: strict keys, positions, the expression types, the JSON Schema.
type Type struct {
	Kind   Kind
	Name   string  // of an object: its Go type's name
	Fields []Field // of an object, in Go order
	Elem   *Type   // of a list or a map
	Go     reflect.Type

	byKey map[string]int
}

// A Field is one key of an object. Its Go field carries the tags
//
//	yaml:"status"       the key; yaml:"-" hides the field from documents
//	derived:"status"    the name under which rules read a value that no document may declare
//	doc:"..."           what the key means, for people: schema hover text and reports
//	enum:"a b c"        the words allowed
//	ref:"people"        the list whose ids are allowed; several with spaces, "=word" for a literal word
//	keyref:"people"     for a map: the same, for its names
//	required:"true"     a document without the key is invalid
//	most:"300"          for a list or a map: how many items it may have, where not 100
//	range:"0 1"         for a number, or those of a list or a map: the least and the greatest it may be; range:"0", the least
type Field struct {
	Key      string
	Doc      string
	Type     *Type
	Index    int // of the Go field
	Required bool
	Derived  bool
	Enum     []string
	Ref      []string
	KeyRef   []string
	Most     int // of a list or a map: how many items it may have

	Least, Greatest float64 // of a number: what it may be
}

// usualMost is how many items a list or a map may have whose field doesn't say.
const usualMost = 100

// TypeOf describes T, a struct. It panics on a Go type no document can hold, which any test of T finds.
func TypeOf[T any]() *Type {
	return describe(reflect.TypeFor[T](), map[reflect.Type]*Type{})
}

// Field returns the field a document or a rule calls key. A derived field hides a declared one of the same name.
func (t *Type) Field(key string) (*Field, bool) {
	i, ok := t.byKey[key]
	if !ok {
		return nil, false
	}
	return &t.Fields[i], true
}

// Keys are the names of the fields a document may write.
func (t *Type) Keys() []string {
	var keys []string
	for _, f := range t.Fields {
		if !f.Derived {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// declared returns the field a document calls key.
func (t *Type) declared(key string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Key == key && !t.Fields[i].Derived {
			return &t.Fields[i]
		}
	}
	return nil
}

var leafType = reflect.TypeFor[Leaf]()

func describe(g reflect.Type, seen map[reflect.Type]*Type) *Type {
	if t, ok := seen[g]; ok {
		return t
	}
	t := &Type{Go: g}
	if g.Implements(leafType) {
		t.Kind = reflect.Zero(g).Interface().(Leaf).kind()
		return t
	}
	switch g.Kind() {
	case reflect.Slice:
		t.Kind, t.Elem = KindList, describe(g.Elem(), seen)
	case reflect.Map:
		t.Kind, t.Elem = KindMap, describe(g.Elem(), seen)
	case reflect.Struct:
		t.Kind, t.Name = KindObject, g.Name()
		t.Fields, t.byKey = make([]Field, 0, g.NumField()), make(map[string]int, g.NumField())
		seen[g] = t
		for i := range g.NumField() {
			t.addField(g.Field(i), i, seen)
		}
	default:
		panic(fmt.Sprintf("source: %s can't be part of a document", g))
	}
	return t
}

func (t *Type) addField(g reflect.StructField, index int, seen map[reflect.Type]*Type) {
	f := Field{
		Key:      g.Tag.Get("yaml"),
		Doc:      g.Tag.Get("doc"),
		Index:    index,
		Required: g.Tag.Get("required") == "true",
		Enum:     strings.Fields(g.Tag.Get("enum")),
		Ref:      strings.Fields(g.Tag.Get("ref")),
		KeyRef:   strings.Fields(g.Tag.Get("keyref")),
		Most:     usualMost,
		Least:    -maxNumber,
		Greatest: maxNumber,
	}
	if most := g.Tag.Get("most"); most != "" {
		n, err := strconv.Atoi(most)
		if err != nil {
			panic(fmt.Sprintf("source: %s: most is no number: %q", f.Key, most))
		}
		f.Most = n
	}
	for i, end := range strings.Fields(g.Tag.Get("range")) {
		n, err := strconv.ParseFloat(end, 64)
		if err != nil {
			panic(fmt.Sprintf("source: %s: range is of no numbers: %q", f.Key, end))
		}
		*[]*float64{&f.Least, &f.Greatest}[i] = n
	}
	if name := g.Tag.Get("derived"); name != "" {
		f.Key, f.Derived = name, true
	}
	if f.Key == "" || f.Key == "-" {
		return
	}
	f.Type = describe(g.Type, seen)
	t.Fields = append(t.Fields, f)
	if i, ok := t.byKey[f.Key]; !ok || f.Derived && !t.Fields[i].Derived {
		t.byKey[f.Key] = len(t.Fields) - 1
	}
}
