// Package manifesttest makes up practices for tests: as many as are wanted, each from its seed.
package manifesttest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// A Practice is a made-up practice: a valid manifest, and the files it names that are there.
type Practice struct {
	Files map[string]string // by name, relative to the manifest
	root  *node
}

// A Maker makes up practices. Each is like one of its models, with more or fewer items, with values that are left out
// and values that are changed: from nearly as good as the model to nearly nothing declared. Whatever a manifest can
// hold can turn up.
type Maker struct{ models []*manifest.Doc }

// New returns a maker with models.
func New(models ...*manifest.Doc) *Maker { return &Maker{models} }

// Practice makes up the practice of a seed.
func (m *Maker) Practice(seed uint64) Practice {
	r := rand.New(rand.NewPCG(seed, 0))
	g := &generator{
		Rand: r, ids: map[string][]string{}, picks: map[string][]int{}, kept: map[string]bool{}, files: map[string]string{},
		noise: 0.3 * r.Float64() * r.Float64(), absent: 0.8 * r.Float64() * r.Float64(),
	}
	model := m.models[r.IntN(len(m.models))]
	v := reflect.ValueOf(&model.Manifest).Elem()
	g.allot(manifest.Type(), v, "")
	return Practice{g.files, g.object(manifest.Type(), v, "")}
}

// generator writes one practice. Sections and lists are allotted before anything is written, so that ids can be
// referred to.
type generator struct {
	*rand.Rand
	absent float64             // how often a section or an item is left out
	noise  float64             // how often a value is not the model's
	ids    map[string][]string // by list: those of its items, in order
	picks  map[string][]int    // by list: which item of the model each is like
	kept   map[string]bool     // by section: whether it is written at all
	files  map[string]string
	swell  swell
}

func (g *generator) chance(p float64) bool { return g.Float64() < p }

// allot decides on the items of every list with ids.
func (g *generator) allot(t *source.Type, v reflect.Value, path string) {
	for i := range t.Fields {
		f := &t.Fields[i]
		at := source.Join(path, f.Key)
		switch {
		case f.Derived:
		case f.Type.Kind == source.KindObject:
			if g.kept[at] = f.Required || !g.chance(g.absent); g.kept[at] {
				g.allot(f.Type, v.Field(f.Index), at)
			}
		case f.Type.Kind == source.KindList && f.Type.Elem.Kind == source.KindObject:
			g.allotItems(f.Type.Elem, v.Field(f.Index), at)
		}
	}
}

// allotItems picks which items of the model's list to write again, and their ids: some left out, some twice.
func (g *generator) allotItems(elem *source.Type, v reflect.Value, path string) {
	id, named := elem.Field("id")
	used := map[string]bool{}
	for i := range v.Len() {
		times := 1
		switch {
		case g.chance(g.absent):
			times = 0
		case g.chance(0.1):
			times = 2
		}
		for range times {
			g.picks[path] = append(g.picks[path], i)
			if !named {
				continue
			}
			word := v.Index(i).Field(id.Index).Interface().(source.Text).Or("item")
			for n := 2; used[word]; n++ {
				word = fmt.Sprintf("%s-%d", v.Index(i).Field(id.Index).Interface().(source.Text).Or("item"), n)
			}
			used[word] = true
			g.ids[path] = append(g.ids[path], word)
		}
	}
}

// object writes an object like v, or nil when nothing is left of it.
func (g *generator) object(t *source.Type, v reflect.Value, path string) *node {
	n := &node{kind: mapping}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Derived || f.Key == "id" {
			continue
		}
		switch inner := g.value(f, f.Type, v.Field(f.Index), source.Join(path, f.Key)); {
		case inner != nil:
			n.add(f.Key, inner)
		case f.Required:
			return nil // there is nothing to refer to
		}
	}
	if len(n.inner) == 0 {
		return nil
	}
	return n
}

// value writes a value like v, or nil to leave it out.
func (g *generator) value(f *source.Field, t *source.Type, v reflect.Value, path string) *node {
	switch t.Kind {
	case source.KindObject:
		kept, decided := g.kept[path]
		if !decided {
			kept = f.Required || !g.chance(g.absent)
		}
		if !kept {
			return nil
		}
		return g.object(t, v, path)
	case source.KindList:
		return g.list(f, t.Elem, v, path)
	case source.KindMap:
		return g.mapping(f, t.Elem, v, path)
	}
	leaf := v.Interface().(source.Leaf)
	switch {
	case f.Key == "readiness":
		return scalar("1")
	case f.Required && !leaf.Declared():
		return g.random(f, t)
	case f.Required:
		return g.like(f, t, leaf)
	case leaf.Declared() && g.chance(g.noise), !leaf.Declared() && !g.chance(g.noise/5):
		return nil
	case !leaf.Declared(), g.chance(g.noise / 2):
		return g.random(f, t)
	}
	return g.like(f, t, leaf)
}

func (g *generator) list(f *source.Field, elem *source.Type, v reflect.Value, path string) *node {
	n := &node{kind: sequence}
	if g.swell.list == path {
		return g.swollen(f, elem, v, path)
	}
	if elem.Kind == source.KindObject {
		if v.IsNil() || len(g.picks[path]) == 0 && !g.chance(0.5) {
			return nil
		}
		for i, pick := range g.picks[path] {
			item := g.object(elem, v.Index(pick), path)
			if ids := g.ids[path]; ids != nil {
				item = item.named(ids[i])
			}
			if item != nil {
				n.add("", item)
			}
		}
		return n
	}
	if v.IsNil() || g.chance(g.noise/4) {
		return nil
	}
	for i := range v.Len() {
		if item := g.value(f, elem, v.Index(i), path); item != nil && !n.holds(item.text) {
			n.add("", item)
		}
	}
	return n
}

func (g *generator) mapping(f *source.Field, elem *source.Type, v reflect.Value, path string) *node {
	if g.swell.list == path {
		return g.swollenNames(f, elem)
	}
	n := &node{kind: mapping}
	for _, key := range source.MapKeys(v) {
		known := len(f.KeyRef) == 0 || slices.Contains(g.ids[f.KeyRef[0]], key)
		if item := g.value(f, elem, v.MapIndex(reflect.ValueOf(key)), ""); item != nil && known {
			n.add(key, item)
		}
	}
	if len(n.inner) == 0 {
		return nil
	}
	return n
}

// like writes the model's value, unless it points to nothing here.
func (g *generator) like(f *source.Field, t *source.Type, leaf source.Leaf) *node {
	text := leaf.String()
	switch {
	case len(f.Ref) > 0 && !slices.Contains(f.Ref, "="+text) && !slices.Contains(g.ids[f.Ref[0]], text):
		return g.random(f, t)
	case f.Key == "sha256":
		return nil // it stands beside the file
	case f.Key == "file":
		return g.file(text)
	case t.Kind == source.KindSpan:
		return scalar(span(leaf))
	case t.Kind == source.KindText && len(f.Enum) == 0:
		return quoted(text)
	}
	return scalar(text)
}

// file makes up a document. Now and then it isn't there, or is another than the one that was meant.
func (g *generator) file(name string) *node {
	content := "the content of " + name + "\n"
	sum := sha256.Sum256([]byte(content))
	switch {
	case g.chance(g.noise / 4):
		g.files[name] = content + "changed since\n"
	case !g.chance(g.noise / 4):
		g.files[name] = content
	}
	n := quoted(name)
	if !g.chance(g.noise / 4) {
		n.beside = &entry{"sha256", quoted(hex.EncodeToString(sum[:]))}
	}
	return n
}

// random writes any value that may stand there; nil when there is none.
func (g *generator) random(f *source.Field, t *source.Type) *node {
	switch {
	case len(f.Ref) > 0:
		ids := slices.Clone(g.ids[f.Ref[0]])
		for _, word := range f.Ref[1:] {
			ids = append(ids, strings.TrimPrefix(word, "="))
		}
		if len(ids) == 0 {
			return nil
		}
		return scalar(ids[g.IntN(len(ids))])
	case len(f.Enum) > 0:
		return scalar(f.Enum[g.IntN(len(f.Enum))])
	case f.Key == "sha256", f.Key == "file", f.Key == "checklists": // only some words will do
		return nil
	}
	switch t.Kind {
	case source.KindFlag:
		return scalar(fmt.Sprint(g.chance(0.5)))
	case source.KindInt:
		return scalar(fmt.Sprint(g.IntN(100)))
	case source.KindNumber:
		return scalar(fmt.Sprintf("%.2f", g.Float64()))
	case source.KindDate:
		return scalar(time.Date(2023, 1, 1+g.IntN(5*365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	case source.KindSpan:
		return scalar([]string{"none", "30d", "90d", "365d", "6y", "indefinite"}[g.IntN(6)])
	}
	return quoted([]string{"as agreed", "the front desk", "see the minutes of March", "not yet decided"}[g.IntN(4)])
}

// span is a length of time as manifests write it.
func span(leaf source.Leaf) string {
	if text := leaf.String(); text != "unlimited" {
		return text
	}
	return "indefinite"
}
