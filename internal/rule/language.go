// Package rule compiles and answers one expression about a manifest.
//
// Expressions are written in a part of CEL (https://cel.dev) over values that know their place. Reading what the manifest
// doesn't declare gives no value but names the path, so an expression answers yes, no or undeclared: false && undeclared
// is false, true || undeclared is true, everything else that needs an undeclared value is undeclared. Every read is
// recorded, so a finding knows the lines it rests on without anyone writing them down. Types are checked when an
// expression is compiled, and a misspelt key is a mistake then.
//
// The way of an expression is token, node, value: lex.go, parse.go, eval.go. Whatever CEL's own library is asked, it
// gives the same answer; the tests compare the two.
package rule

import (
	"cmp"
	"strings"

	"readiness/internal/source"
)

// lookups are the functions that find a declared item by id, and the list each looks in.
var lookups = []struct{ function, list string }{
	{"person", "people"},
	{"vendor", "vendors"},
	{"system", "systems"},
	{"use_case", "use_cases"},
	{"document", "evidence"},
	{"course", "training.courses"},
}

// A Language compiles expressions about documents of one type. It is not safe for concurrent use; what it compiles is.
type Language struct {
	root     *source.Type
	objects  map[string]*source.Type // the types of the document's objects, by name
	compiled map[key]*Expr           // many checks ask the same
	packed   []packedExpr            // what Unpack was given, in the order of keys
}

// A key tells expressions apart: the name of the type of it, "" without it, and the text.
type key struct{ it, text string }

func (k key) compare(other key) int {
	return cmp.Or(strings.Compare(k.it, other.it), strings.Compare(k.text, other.text))
}

// NewLanguage returns the language of documents that root describes.
func NewLanguage(root *source.Type) *Language {
	l := &Language{root: root, objects: map[string]*source.Type{}, compiled: map[key]*Expr{}}
	l.add(root)
	return l
}

// add adds the objects of a type.
func (l *Language) add(t *source.Type) {
	switch t.Kind {
	case source.KindList, source.KindMap:
		l.add(t.Elem)
	case source.KindObject:
		if l.objects[t.Name] != nil {
			return
		}
		l.objects[t.Name] = t
		for _, f := range t.Fields {
			l.add(f.Type)
		}
	}
}

// words are the names an expression can begin with.
func (l *Language) words() []string {
	words := []string{"it", "as_of", "days_since", "done_within"}
	for _, f := range l.root.Fields {
		words = append(words, f.Key)
	}
	for _, f := range lookups {
		words = append(words, f.function)
	}
	for name, f := range functions {
		if f.global {
			words = append(words, name)
		}
	}
	return words
}

// The types of plain values. A nil type is that of the items of [], which can be anything.
var (
	flag    = &source.Type{Kind: source.KindFlag}
	text    = &source.Type{Kind: source.KindText}
	integer = &source.Type{Kind: source.KindInt}
	number  = &source.Type{Kind: source.KindNumber}
	date    = &source.Type{Kind: source.KindDate}
)

func listOf(elem *source.Type) *source.Type { return &source.Type{Kind: source.KindList, Elem: elem} }

// typeIn is the type an expression gives to what the document holds as a t.
func typeIn(t *source.Type) *source.Type {
	switch t.Kind {
	case source.KindSpan:
		return integer
	case source.KindWords:
		return listOf(text)
	case source.KindCode, source.KindRaw:
		return text
	}
	return t
}

// common is the type of values of which some are an a and some a b. It is false when there is none.
func common(a, b *source.Type) (*source.Type, bool) {
	switch {
	case a == nil:
		return b, true
	case b == nil:
		return a, true
	}
	if a, b = typeIn(a), typeIn(b); a.Kind != b.Kind {
		return nil, false
	}
	switch a.Kind {
	case source.KindObject:
		return a, a.Name == b.Name
	case source.KindList, source.KindMap:
		elem, ok := common(a.Elem, b.Elem)
		return &source.Type{Kind: a.Kind, Elem: elem}, ok
	}
	return a, true
}

// typeName is the name of a type, as CEL writes it.
func typeName(t *source.Type) string {
	if t == nil {
		return "dyn"
	}
	switch t.Kind {
	case source.KindObject:
		return t.Name
	case source.KindList:
		return "list(" + typeName(t.Elem) + ")"
	case source.KindMap:
		return "map(string, " + typeName(t.Elem) + ")"
	case source.KindFlag:
		return "bool"
	case source.KindInt, source.KindSpan:
		return "int"
	case source.KindNumber:
		return "double"
	case source.KindDate:
		return "timestamp"
	case source.KindWords:
		return "list(string)"
	}
	return "string"
}

// describe names a type, as CEL writes it, for people.
func describe(name string) string {
	kind, _, _ := strings.Cut(name, "(")
	switch kind {
	case "bool":
		return "yes or no"
	case "string":
		return "text"
	case "int":
		return "a whole number"
	case "double":
		return "a decimal number"
	case "timestamp":
		return "a date"
	case "list":
		return "a list"
	case "map":
		return "names and values"
	case "dyn":
		return "nothing"
	}
	return "a group of keys"
}
