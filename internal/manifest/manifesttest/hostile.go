package manifesttest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// A Document is a file that someone made to take long, to fill memory or to crash.
type Document struct {
	Name string // what is made of it
	Data []byte
}

// Hostile are the worst documents of the largest size: manifests like the maker's last model in which one list, or group of
// names, is filled as far as a manifest may be, once with items that say everything and once with items that say next to nothing; data
// flows in knots, rings and chains; and text that is no manifest at all.
func (m *Maker) Hostile() []Document {
	var docs []Document
	for _, path := range Lists() {
		for _, bare := range []bool{false, true} {
			name := "full " + path
			if bare {
				name = "bare " + path
			}
			docs = append(docs, Document{name, m.fill(path, bare)})
		}
	}
	return append(docs, Crafted()...)
}

// Lists are the paths of all lists and groups of names of a manifest, without what stands in brackets.
func Lists() []string { return lists(manifest.Type(), "") }

func lists(t *source.Type, path string) []string {
	var paths []string
	for i := range t.Fields {
		f := &t.Fields[i]
		at := source.Join(path, f.Key)
		switch {
		case f.Derived, len(f.KeyRef) > 0:
		case f.Type.Kind == source.KindObject:
			paths = append(paths, lists(f.Type, at)...)
		case f.Type.Kind == source.KindMap:
			paths = append(paths, at)
		case f.Type.Kind == source.KindList:
			paths = append(append(paths, at), lists(f.Type.Elem, at)...)
		}
	}
	return paths
}

// swell is a list that is made longer than any model's.
type swell struct {
	list  string
	items int
	bare  bool // whether items say no more than they must
}

// Filled is a manifest like the last model with so many items in one list. bare items say no more than they must.
func (m *Maker) Filled(list string, items int, bare bool) []byte {
	r := rand.New(rand.NewPCG(1, 0))
	g := &generator{Rand: r, ids: map[string][]string{}, picks: map[string][]int{}, kept: map[string]bool{}, files: map[string]string{}, swell: swell{list, items, bare}}
	v := reflect.ValueOf(&m.models[len(m.models)-1].Manifest).Elem()
	g.allot(manifest.Type(), v, "")
	if g.ids[list] != nil {
		g.ids[list] = ids(items, list[strings.LastIndex(list, ".")+1:])
	}
	return Practice{g.files, g.object(manifest.Type(), v, "")}.YAML()
}

// fill is Filled with as many items as there may be and a file may hold.
func (m *Maker) fill(list string, bare bool) []byte {
	for items := most(list); ; items = items * 4 / 5 {
		if data := m.Filled(list, items, bare); len(data) <= source.MaxBytes {
			return data
		}
	}
}

// most is how many items a list of a manifest may have.
func most(list string) int { return source.FieldAt(manifest.Type(), list).Most }

// ids are n names of their own.
func ids(n int, word string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s-%d", word, i)
	}
	return list
}

// swollen writes the list that is filled, with items like the model's in turn.
func (g *generator) swollen(f *source.Field, elem *source.Type, v reflect.Value, path string) *node {
	n := &node{kind: sequence}
	for i := range g.swell.items {
		var item *node
		switch {
		case elem.Kind != source.KindObject:
			item = g.any(f, elem, i)
		case g.swell.bare || v.Len() == 0:
			item = g.least(elem, i)
		default:
			item = g.object(elem, v.Index(i%v.Len()), path)
		}
		if names := g.ids[path]; names != nil {
			item = item.named(names[i])
		} else if _, ok := elem.Field("id"); ok {
			item = item.named(fmt.Sprint("item-", i))
		}
		if item != nil {
			n.add("", item)
		}
	}
	return n
}

func (g *generator) swollenNames(f *source.Field, elem *source.Type) *node {
	n := &node{kind: mapping}
	for i := range g.swell.items {
		n.add(fmt.Sprint("name-", i), g.any(f, elem, i))
	}
	return n
}

// least is an item with nothing but what every item must have.
func (g *generator) least(t *source.Type, i int) *node {
	n := &node{kind: mapping}
	for k := range t.Fields {
		if f := &t.Fields[k]; f.Required && f.Key != "id" {
			n.add(f.Key, g.any(f, f.Type, i))
		}
	}
	return n
}

// any is some value that may stand there, for free text another for each i.
func (g *generator) any(f *source.Field, t *source.Type, i int) *node {
	if t.Kind == source.KindText && len(f.Ref) == 0 && len(f.Enum) == 0 {
		return quoted(fmt.Sprint("text ", i))
	}
	if n := g.random(f, t); n != nil {
		return n
	}
	return scalar("1")
}
