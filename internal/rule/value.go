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

// trace records what one evaluation reads.
type trace struct {
	reads   []string // declared paths, in reading order
	missing []string // undeclared paths
}

// value is an object, list or map of the manifest that knows its path.
type value struct {
	v    reflect.Value
	t    *source.Type
	path string
	tr   *trace
}

// wrap makes the value at path readable for an expression. An undeclared one becomes an error.
func wrap(v reflect.Value, t *source.Type, path string, tr *trace) ref.Val {
	switch t.Kind {
	case source.KindObject:
		return &object{value{v, t, path, tr}}
	case source.KindList, source.KindMap:
		if v.IsNil() {
			return tr.undeclared(path)
		}
		tr.reads = append(tr.reads, path)
		if t.Kind == source.KindMap {
			return &mapping{value{v, t, path, tr}}
		}
		return &list{value: value{v, t, path, tr}}
	}
	leaf := v.Interface().(source.Leaf)
	basis := leaf.Basis()
	if basis != nil {
		tr.reads = append(tr.reads, basis.Rests...)
	}
	if !leaf.Declared() {
		if basis != nil {
			tr.missing = append(tr.missing, basis.Missing...)
			return types.WrapErr(&undeclared{path})
		}
		return tr.undeclared(path)
	}
	if basis == nil {
		tr.reads = append(tr.reads, path)
	}
	return native(leaf.Any())
}

func (tr *trace) undeclared(path string) ref.Val {
	tr.missing = append(tr.missing, path)
	return types.WrapErr(&undeclared{path})
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
type object struct{ value }

func (o *object) Type() ref.Type { return types.NewObjectType(o.t.Name) }
func (o *object) Value() any     { return o }

// get reads a field, declared or derived.
func (o *object) get(key string) ref.Val {
	f, ok := o.t.Field(key)
	if !ok {
		return types.NewErr("no such field: %s", key)
	}
	return wrap(o.v.Field(f.Index), f.Type, source.Join(o.path, key), o.tr)
}

// list is a list of the manifest.
type list struct {
	value
	names []string // of the items in paths
}

func (l *list) Type() ref.Type { return types.ListType }
func (l *list) Value() any     { return l }
func (l *list) Size() ref.Val  { return types.Int(l.v.Len()) }

func (l *list) at(i int) ref.Val {
	if l.names == nil {
		l.names = source.ItemNames(l.t.Elem, l.v)
	}
	return wrap(l.v.Index(i), l.t.Elem, l.path+"["+l.names[i]+"]", l.tr)
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
		leaf, ok := l.v.Index(i).Interface().(source.Leaf)
		switch {
		case !ok:
			return types.WrapErr(errNotOffered)
		case !leaf.Declared():
			open = l.at(i)
		case native(leaf.Any()).Equal(elem) == types.True:
			return types.True
		}
	}
	return open
}

func (l *list) Add(ref.Val) ref.Val { return types.WrapErr(errNotOffered) }

func (l *list) Iterator() traits.Iterator {
	return &iterator{size: l.v.Len(), at: l.at}
}

// mapping is a group of names and values.
type mapping struct{ value }

func (m *mapping) Type() ref.Type { return types.MapType }
func (m *mapping) Value() any     { return m }
func (m *mapping) Size() ref.Val  { return types.Int(m.v.Len()) }

// Get reads the value of a name. A name that isn't there is undeclared.
func (m *mapping) Get(key ref.Val) ref.Val {
	name, _ := key.(types.String)
	path := m.path + "[" + string(name) + "]"
	v := m.v.MapIndex(reflect.ValueOf(string(name)))
	if !v.IsValid() {
		return m.tr.undeclared(path)
	}
	return wrap(v, m.t.Elem, path, m.tr)
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
