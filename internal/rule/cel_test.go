package rule

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"readiness/internal/source"
)

// This file makes CEL's own library read the documents that we read, so that the tests can compare answers.

// celEnv is the environment of expressions about documents; subject is the type of it, or nil.
func celEnv(t testing.TB, l *Language, subject *source.Type) *cel.Env {
	t.Helper()
	options := []cel.EnvOption{
		cel.StdLib(),
		cel.ClearMacros(),
		cel.Macros(cel.AllMacro, cel.ExistsMacro, cel.ExistsOneMacro, cel.MapMacro, cel.MapFilterMacro, cel.FilterMacro),
		cel.Macros(dateMacros()...),
		func(e *cel.Env) (*cel.Env, error) {
			return cel.CustomTypeProvider(&provider{e.CELTypeProvider(), l.objects})(e)
		},
		cel.Variable("as_of", cel.TimestampType),
		cel.Macros(sizeMacros()...),
		bind("@size", "size_of", cel.IntType, cel.UnaryBinding(sizeOf), cel.DynType),
		bind("date", "date_of", cel.TimestampType, cel.UnaryBinding(func(v ref.Val) ref.Val { return toCEL(toDate(fromCEL(v), nil)) }), cel.StringType),
		bind("alike", "alike_texts", cel.BoolType, binary(ofTexts(source.Alike)), cel.StringType, cel.StringType),
		bind("@days_between", "days_between", cel.IntType, binary(daysBetween), cel.TimestampType, cel.TimestampType),
	}
	for _, f := range l.root.Fields {
		options = append(options, cel.Variable(f.Key, celType(f.Type)))
	}
	for _, search := range lookups {
		elem := celType(elemAt(l.root, search.list))
		options = append(options, cel.Macros(lookupMacro(search.function, search.list)),
			bind("@"+search.function, "find_"+search.function, elem, binary(find), cel.ListType(elem), cel.StringType))
	}
	if subject != nil {
		options = append(options, cel.Variable("it", celType(subject)))
	}
	env, err := cel.NewCustomEnv(options...)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

func bind(name, id string, gives *cel.Type, binding cel.OverloadOpt, args ...*cel.Type) cel.EnvOption {
	return cel.Function(name, cel.Overload(id, args, gives, binding))
}

func binary(f func(a, b any) any) cel.OverloadOpt {
	return cel.BinaryBinding(func(a, b ref.Val) ref.Val { return toCEL(f(fromCEL(a), fromCEL(b))) })
}

// sizeMacros keep size apart from the Size of a list, which CEL's library needs to know.
func sizeMacros() []cel.Macro {
	return []cel.Macro{
		cel.GlobalMacro("size", 1, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			return f.NewCall("@size", args[0]), nil
		}),
		cel.ReceiverMacro("size", 0, func(f cel.MacroExprFactory, of ast.Expr, _ []ast.Expr) (ast.Expr, *cel.Error) {
			return f.NewCall("@size", of), nil
		}),
	}
}

func sizeOf(v ref.Val) ref.Val {
	switch v := v.(type) {
	case types.String:
		return toCEL(size(string(v), nil))
	case *celList:
		return toCEL(size(v.l, nil))
	}
	return v.(traits.Sizer).Size()
}

// dateMacros write the functions that depend on the day in terms of as_of.
func dateMacros() []cel.Macro {
	since := func(f cel.MacroExprFactory, date ast.Expr) ast.Expr {
		return f.NewCall("@days_between", date, f.NewIdent("as_of"))
	}
	return []cel.Macro{
		cel.GlobalMacro("days_since", 1, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			return since(f, args[0]), nil
		}),
		cel.GlobalMacro("done_within", 2, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			return f.NewCall("_&&_",
				f.NewCall("_>=_", since(f, args[0]), f.NewLiteral(types.Int(0))),
				f.NewCall("_<=_", since(f, f.Copy(args[0])), args[1])), nil
		}),
	}
}

func lookupMacro(function, list string) cel.Macro {
	return cel.GlobalMacro(function, 1, func(f cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
		keys := strings.Split(list, ".")
		in := f.NewIdent(keys[0])
		for _, key := range keys[1:] {
			in = f.NewSelect(in, key)
		}
		return f.NewCall("@"+function, in, args[0]), nil
	})
}

// provider tells CEL's type checker about the documents' objects, and its interpreter how to read them.
type provider struct {
	types.Provider
	objects map[string]*source.Type
}

func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if p.objects[name] != nil {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Provider.FindStructType(name)
}

func (p *provider) FindStructFieldType(name, key string) (*types.FieldType, bool) {
	t := p.objects[name]
	if t == nil {
		return p.Provider.FindStructFieldType(name, key)
	}
	f, ok := t.Field(key)
	if !ok {
		return nil, false
	}
	return &types.FieldType{
		Type:  celType(f.Type),
		IsSet: func(any) bool { return true },
		GetFrom: func(o any) (any, error) {
			v := o.(*object).get(f)
			if f, ok := v.(*failure); ok {
				return nil, celFailure{f}
			}
			return toCEL(v), nil
		},
	}, true
}

func celType(t *source.Type) *cel.Type {
	switch t = typeIn(t); t.Kind {
	case source.KindObject:
		return cel.ObjectType(t.Name)
	case source.KindList:
		return cel.ListType(celType(t.Elem))
	case source.KindMap:
		return cel.MapType(cel.StringType, celType(t.Elem))
	case source.KindFlag:
		return cel.BoolType
	case source.KindInt:
		return cel.IntType
	case source.KindNumber:
		return cel.DoubleType
	case source.KindDate:
		return cel.TimestampType
	}
	return cel.StringType
}

// toCEL is a value of ours as CEL's library takes it.
func toCEL(v any) ref.Val {
	switch v := v.(type) {
	case string:
		return types.String(v)
	case bool:
		return types.Bool(v)
	case int64:
		return types.Int(v)
	case float64:
		return types.Double(v)
	case time.Time:
		return types.Timestamp{Time: v}
	case []any:
		values := make([]ref.Val, len(v))
		for i, item := range v {
			values[i] = toCEL(item)
		}
		return types.NewRefValList(types.DefaultTypeAdapter, values)
	case *object:
		return &celObject{celValue{v}}
	case *list:
		return &celList{celValue{v}, v}
	case *mapping:
		return &celMapping{celValue{v}, v}
	case *failure:
		return types.WrapErr(celFailure{v})
	}
	return types.WrapErr(notOffered.err)
}

// celFailure is a failure of ours.
type celFailure struct{ *failure }

func (f celFailure) Error() string { return cmp.Or(f.undeclared, fmt.Sprint(f.err)) }

// fromCEL is a value of CEL's library as we take it.
func fromCEL(v ref.Val) any {
	switch v := v.(type) {
	case types.String:
		return string(v)
	case types.Bool:
		return bool(v)
	case types.Int:
		return int64(v)
	case types.Double:
		return float64(v)
	case types.Timestamp:
		return v.Time
	case *types.Err:
		return &failure{err: v}
	case ref.Val:
		return v.Value()
	}
	return notOffered
}

// celValue is an object, list or map of ours.
type celValue struct{ v any }

func (n celValue) Value() any                                { return n.v }
func (n celValue) ConvertToNative(reflect.Type) (any, error) { return nil, notOffered.err }
func (n celValue) ConvertToType(ref.Type) ref.Val            { return toCEL(notOffered) }
func (n celValue) Equal(ref.Val) ref.Val                     { return toCEL(notOffered) }

type celObject struct{ celValue }

func (o *celObject) Type() ref.Type { return types.NewObjectType(o.v.(*object).t.Name) }

type celList struct {
	celValue
	l *list
}

func (l *celList) Type() ref.Type             { return types.ListType }
func (l *celList) Size() ref.Val              { return types.Int(l.l.v.Len()) }
func (l *celList) Add(ref.Val) ref.Val        { return toCEL(notOffered) }
func (l *celList) Contains(v ref.Val) ref.Val { return toCEL(l.l.contains(fromCEL(v))) }
func (l *celList) Iterator() traits.Iterator {
	return &celIterator{size: l.l.v.Len(), at: func(i int) ref.Val { return toCEL(l.l.at(i)) }}
}

func (l *celList) Get(index ref.Val) ref.Val {
	i, ok := fromCEL(index).(int64)
	if !ok || i < 0 || int(i) >= l.l.v.Len() {
		return toCEL(notOffered)
	}
	return toCEL(l.l.at(int(i)))
}

type celMapping struct {
	celValue
	m *mapping
}

func (m *celMapping) Type() ref.Type             { return types.MapType }
func (m *celMapping) Size() ref.Val              { return toCEL(size(m.m, nil)) }
func (m *celMapping) Contains(v ref.Val) ref.Val { return toCEL(m.m.contains(fromCEL(v).(string))) }
func (m *celMapping) Get(v ref.Val) ref.Val      { return toCEL(m.m.get(fromCEL(v).(string))) }
func (m *celMapping) Find(v ref.Val) (ref.Val, bool) {
	return m.Get(v), true
}

func (m *celMapping) Iterator() traits.Iterator {
	names := m.m.names()
	return &celIterator{size: len(names), at: func(i int) ref.Val { return types.String(names[i]) }}
}

type celIterator struct {
	celValue
	i, size int
	at      func(int) ref.Val
}

func (it *celIterator) Type() ref.Type   { return types.IteratorType }
func (it *celIterator) HasNext() ref.Val { return types.Bool(it.i < it.size) }
func (it *celIterator) Next() ref.Val    { it.i++; return it.at(it.i - 1) }

// celActivation gives the names that an expression can begin with.
type celActivation struct {
	doc *Document
	it  any
}

func (a celActivation) Parent() cel.Activation { return nil }

func (a celActivation) ResolveName(name string) (any, bool) {
	switch name {
	case "as_of":
		return toCEL(a.doc.today), true
	case "it":
		return toCEL(a.it), a.it != nil
	}
	f, ok := a.doc.root.t.Field(name)
	if !ok {
		return nil, false
	}
	return toCEL(a.doc.root.get(f)), true
}
