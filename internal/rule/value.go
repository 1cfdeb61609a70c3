package rule

import (
	"reflect"

	"readiness/internal/source"
)

// place is a value in the document and what reading it leaves in the trace.
type place struct {
	val     any
	reads   []*mark // declared paths
	missing []*mark // undeclared paths
	round   int     // the last in which it was read
}

// value is an object, list or map of the manifest that knows its path.
type value struct {
	v    reflect.Value
	t    *source.Type
	path string
	doc  *Document
}

// wrap makes the value at path readable for an expression. An undeclared one becomes an error.
func (d *Document) wrap(v reflect.Value, t *source.Type, path string) *place {
	switch t.Kind {
	case source.KindObject:
		return &place{val: &object{value: value{v, t, path, d}}}
	case source.KindList, source.KindMap:
		switch {
		case v.IsNil():
			return d.absent(path)
		case t.Kind == source.KindMap:
			return &place{val: &mapping{value: value{v, t, path, d}}, reads: d.mark(path)}
		}
		return &place{val: &list{value: value{v, t, path, d}}, reads: d.mark(path)}
	}
	return d.leaf(source.LeafAt(v), path)
}

// leaf is wrap for a single value.
func (d *Document) leaf(leaf source.Leaf, path string) *place {
	basis := leaf.Basis()
	switch {
	case basis == nil && !leaf.Declared():
		return d.absent(path)
	case basis == nil:
		return &place{val: native(leaf.Any()), reads: d.mark(path)}
	case !leaf.Declared():
		return &place{val: &failure{undeclared: path}, reads: d.mark(basis.Rests...), missing: d.mark(basis.Missing...)}
	}
	return &place{val: native(leaf.Any()), reads: d.mark(basis.Rests...)}
}

// absent is a value that the manifest doesn't declare.
func (d *Document) absent(path string) *place {
	return &place{val: &failure{undeclared: path}, missing: d.mark(path)}
}

// native is the expression value of a leaf's value.
func native(v any) any {
	switch v := v.(type) {
	case source.Days:
		return int64(v)
	case []string:
		list := make([]any, len(v))
		for i, word := range v {
			list[i] = word
		}
		return list
	case source.Script, source.Raw:
		return notOffered
	}
	return v
}

// object is a group of keys.
type object struct {
	value
	fields []*place // by the index of the Go field, as far as they were read
}

// get reads a field, declared or derived.
func (o *object) get(f *source.Field) any {
	if o.fields == nil {
		o.fields = make([]*place, o.v.NumField())
	}
	at := o.fields[f.Index]
	if at == nil {
		at = o.doc.wrap(o.v.Field(f.Index), f.Type, source.Join(o.path, f.Key))
		o.fields[f.Index] = at
	}
	return o.doc.read(at)
}

// list is a list of the manifest.
type list struct {
	value
	items []*place
	byID  map[string]int // where the item with an id is; nil until one is looked for
	words map[any]bool   // the plain values that are there; nil until one is asked for
	open  []*place       // the items that nobody has declared, once words is made
}

// item is the place of the i-th item, which is not read by this.
func (l *list) item(i int) *place {
	if l.items == nil {
		names := source.ItemNames(l.t.Elem, l.v)
		l.items = make([]*place, len(names))
		for n, name := range names {
			l.items[n] = l.doc.wrap(l.v.Index(n), l.t.Elem, l.path+"["+name+"]")
		}
	}
	return l.items[i]
}

func (l *list) at(i int) any { return l.doc.read(l.item(i)) }

// find returns the item with an id.
func (l *list) find(id string) any {
	if l.byID == nil {
		l.byID = make(map[string]int, l.v.Len())
		f, _ := l.t.Elem.Field("id")
		for i := range l.v.Len() {
			leaf := source.LeafAt(l.v.Index(i).Field(f.Index))
			if _, twice := l.byID[leaf.String()]; leaf.Declared() && !twice {
				l.byID[leaf.String()] = i
			}
		}
	}
	if i, ok := l.byID[id]; ok {
		return l.at(i)
	}
	return l.doc.read(l.doc.absent(l.path + "[" + id + "]"))
}

// contains is true for a word that is there. Where an item is undeclared, nobody can say that a word is not there.
func (l *list) contains(word any) any {
	l.look()
	if l.words[word] {
		return true
	}
	return l.unless(false)
}

// size is how many items are declared. Where one of plain values is undeclared, nobody can say that it is one.
func (l *list) size() any {
	if isPlain(typeIn(l.t.Elem)) {
		l.look()
	}
	return l.unless(int64(l.v.Len()))
}

// look tells the plain values that are declared from those that aren't.
func (l *list) look() {
	if l.words != nil {
		return
	}
	l.words = make(map[any]bool, l.v.Len())
	for i := range l.v.Len() {
		if item := l.item(i); isFailure(item.val) {
			l.open = append(l.open, item)
		} else {
			l.words[item.val] = true
		}
	}
}

// unless is v, unless an item is undeclared.
func (l *list) unless(v any) any {
	for _, item := range l.open {
		v = l.doc.read(item)
	}
	return v
}

// mapping is a group of names and values.
type mapping struct {
	value
	places map[string]*place // as far as they were read
}

// get reads the value of a name. A name that isn't there is undeclared.
func (m *mapping) get(name string) any {
	at := m.places[name]
	if at == nil {
		path := m.path + "[" + name + "]"
		if v := m.v.MapIndex(reflect.ValueOf(name)); v.IsValid() {
			at = m.doc.wrap(v, m.t.Elem, path)
		} else {
			at = m.doc.absent(path)
		}
		if m.places == nil {
			m.places = map[string]*place{}
		}
		m.places[name] = at
	}
	return m.doc.read(at)
}

// contains is true for a name that is there. Whether another is meant to be there, nobody says.
func (m *mapping) contains(name string) any {
	got := m.get(name)
	if isFailure(got) {
		return got
	}
	return true
}

func (m *mapping) names() []string { return source.MapKeys(m.v) }
