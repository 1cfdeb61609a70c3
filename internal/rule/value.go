package rule

import (
	"errors"
	"reflect"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"readiness/internal/source"
)

// undeclared is the error of reading a path the manifest doesn't declare.
type undeclared struct{ path string }

func (u *undeclared) Error() string { return u.path + " is not declared" }

var errNotOffered = errors.New("expressions can't do this with manifest values")

// place is a value in the document and what reading it leaves in the trace.
type place struct {
	val     ref.Val
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
		return &place{val: types.WrapErr(&undeclared{path}), reads: d.mark(basis.Rests...), missing: d.mark(basis.Missing...)}
	}
	return &place{val: native(leaf.Any()), reads: d.mark(basis.Rests...)}
}

// absent is a value that the manifest doesn't declare.
func (d *Document) absent(path string) *place {
	return &place{val: types.WrapErr(&undeclared{path}), missing: d.mark(path)}
}

// native is the expression value of a leaf's value.
func native(v any) ref.Val {
	switch v := v.(type) {
	case string:
		return types.String(v)
	case bool:
		return types.Bool(v)
	case int64:
		return types.Int(v)
	case source.Days:
		return types.Int(v)
	case float64:
		return types.Double(v)
	case time.Time:
		return types.Timestamp{Time: v}
	case []string:
		return types.NewStringList(types.DefaultTypeAdapter, v)
	}
	return types.NewErr("a value of this kind can't be read")
}

func (n *value) ConvertToNative(reflect.Type) (any, error) { return nil, errNotOffered }
func (n *value) ConvertToType(ref.Type) ref.Val            { return types.WrapErr(errNotOffered) }
func (n *value) Equal(ref.Val) ref.Val                     { return types.WrapErr(errNotOffered) }

// object is a group of keys.
type object struct {
	value
	fields []*place // by the index of the Go field, as far as they were read
}

func (o *object) Type() ref.Type { return o.doc.typeOf(o.t) }
func (o *object) Value() any     { return o }

// get reads a field, declared or derived.
func (o *object) get(f *source.Field) ref.Val {
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
}

func (l *list) Type() ref.Type { return types.ListType }
func (l *list) Value() any     { return l }
func (l *list) Size() ref.Val  { return types.Int(l.v.Len()) }

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

func (l *list) at(i int) ref.Val { return l.doc.read(l.item(i)) }

// find returns the item with an id.
func (l *list) find(id string) ref.Val {
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

func (l *list) Get(index ref.Val) ref.Val {
	i, ok := index.(types.Int)
	if !ok || i < 0 || int(i) >= l.v.Len() {
		return types.WrapErr(errNotOffered)
	}
	return l.at(int(i))
}

// Contains is true for a word that is there. Where an item is undeclared, nobody can say that a word is not there.
func (l *list) Contains(elem ref.Val) ref.Val {
	var open ref.Val = types.False
	for i := range l.v.Len() {
		switch item := l.item(i); item.val.(type) {
		case *types.Err:
			open = l.doc.read(item)
		case *object, *list, *mapping:
			return types.WrapErr(errNotOffered)
		default:
			if item.val.Equal(elem) == types.True {
				return types.True
			}
		}
	}
	return open
}

func (l *list) Add(ref.Val) ref.Val { return types.WrapErr(errNotOffered) }

func (l *list) Iterator() traits.Iterator {
	return &iterator{size: l.v.Len(), at: l.at}
}

// mapping is a group of names and values.
type mapping struct {
	value
	places map[string]*place // as far as they were read
}

func (m *mapping) Type() ref.Type { return types.MapType }
func (m *mapping) Value() any     { return m }
func (m *mapping) Size() ref.Val  { return types.Int(m.v.Len()) }

// Get reads the value of a name. A name that isn't there is undeclared.
func (m *mapping) Get(key ref.Val) ref.Val {
	name, _ := key.(types.String)
	at := m.places[string(name)]
	if at == nil {
		path := m.path + "[" + string(name) + "]"
		if v := m.v.MapIndex(reflect.ValueOf(string(name))); v.IsValid() {
			at = m.doc.wrap(v, m.t.Elem, path)
		} else {
			at = m.doc.absent(path)
		}
		if m.places == nil {
			m.places = map[string]*place{}
		}
		m.places[string(name)] = at
	}
	return m.doc.read(at)
}

// Contains is true for a name that is there. Whether another is meant to be there, nobody says.
func (m *mapping) Contains(key ref.Val) ref.Val {
	if got := m.Get(key); types.IsError(got) {
		return got
	}
	return types.True
}

func (m *mapping) Iterator() traits.Iterator {
	keys := source.MapKeys(m.v)
	return &iterator{size: len(keys), at: func(i int) ref.Val { return types.String(keys[i]) }}
}

type iterator struct {
	i, size int
	at      func(int) ref.Val
}

func (it *iterator) HasNext() ref.Val                          { return types.Bool(it.i < it.size) }
func (it *iterator) Next() ref.Val                             { it.i++; return it.at(it.i - 1) }
func (it *iterator) ConvertToNative(reflect.Type) (any, error) { return nil, errNotOffered }
func (it *iterator) ConvertToType(ref.Type) ref.Val            { return types.WrapErr(errNotOffered) }
func (it *iterator) Equal(ref.Val) ref.Val                     { return types.False }
func (it *iterator) Type() ref.Type                            { return types.IteratorType }
func (it *iterator) Value() any                                { return it }
