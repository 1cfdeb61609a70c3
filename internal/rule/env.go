// Package rule compiles and answers one expression about a manifest. It is the only importer of cel-go.
//
// Expressions are CEL over values that know their place. Reading what the manifest doesn't declare is an error that
// names the path, so an expression answers yes, no or undeclared: false && undeclared is false, true || undeclared is
// true, everything else that needs an undeclared value is undeclared. Every read is recorded, so a finding knows the
// lines it rests on without anyone writing them down. A misspelt field is an error when the expression is compiled.
package rule

import (
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"readiness/internal/source"
)

// costLimit bounds the work of one evaluation, in CEL's cost units.
const costLimit = 2_000_000

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
	base     *cel.Env                // of expressions without it
	subjects map[string]*cel.Env     // by the type of it
	compiled map[string]*Expr        // by the type of it and the text: many checks ask the same
	packed   map[string]packedExpr   // the same, for what Unpack was given
	table    []string                // of what Unpack was given
}

// NewLanguage returns the language of documents that root describes.
func NewLanguage(root *source.Type) (*Language, error) {
	l := &Language{root: root, objects: map[string]*source.Type{}, subjects: map[string]*cel.Env{}, compiled: map[string]*Expr{}}
	l.add(root)
	var err error
	l.base, err = l.environment()
	return l, err
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

// environment makes the environment of expressions without it.
func (l *Language) environment() (*cel.Env, error) {
	options := []cel.EnvOption{
		cel.ClearMacros(),
		cel.Macros(cel.AllMacro, cel.ExistsMacro, cel.ExistsOneMacro, cel.MapMacro, cel.FilterMacro),
		cel.Macros(dateMacros()...),
		func(e *cel.Env) (*cel.Env, error) {
			return cel.CustomTypeProvider(&provider{e.CELTypeProvider(), l.objects})(e)
		},
		cel.Variable("as_of", cel.TimestampType),
		cel.Function("@days_between", cel.Overload("days_between", []*cel.Type{cel.TimestampType, cel.TimestampType}, cel.IntType, cel.BinaryBinding(daysBetween))),
		cel.Function("date", cel.Overload("date_of", []*cel.Type{cel.StringType}, cel.TimestampType, cel.UnaryBinding(dateOf))),
	}
	for _, f := range l.root.Fields {
		options = append(options, cel.Variable(f.Key, celType(f.Type)))
	}
	for _, find := range lookups {
		if elem := elemAt(l.root, find.list); elem != nil {
			options = append(options, cel.Macros(lookupMacro(find.function, find.list)),
				cel.Function("@"+find.function, cel.Overload("find_"+find.function,
					[]*cel.Type{cel.ListType(celType(elem)), cel.StringType}, celType(elem), cel.BinaryBinding(findItem))))
		}
	}
	return cel.NewCustomEnv(append([]cel.EnvOption{cel.StdLib()}, options...)...)
}

// elemAt returns what the list at a path such as training.courses holds.
func elemAt(t *source.Type, path string) *source.Type {
	for _, key := range strings.Split(path, ".") {
		f, ok := t.Field(key)
		if !ok {
			return nil
		}
		t = f.Type
	}
	return t.Elem
}

// env is the environment in which it has the type subject; nil for expressions without it.
func (l *Language) env(subject *source.Type) (*cel.Env, error) {
	if subject == nil {
		return l.base, nil
	}
	t := celType(subject)
	if env, ok := l.subjects[t.String()]; ok {
		return env, nil
	}
	env, err := l.base.Extend(cel.Variable("it", t))
	l.subjects[t.String()] = env
	return env, err
}

// provider tells the type checker about the documents' objects.
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

func (p *provider) FindStructFieldNames(name string) ([]string, bool) {
	t := p.objects[name]
	if t == nil {
		return p.Provider.FindStructFieldNames(name)
	}
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Key)
	}
	return names, true
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
			if err, ok := v.(*types.Err); ok {
				return nil, err
			}
			return v, nil
		},
	}, true
}

func celType(t *source.Type) *cel.Type {
	switch t.Kind {
	case source.KindObject:
		return cel.ObjectType(t.Name)
	case source.KindList:
		return cel.ListType(celType(t.Elem))
	case source.KindMap:
		return cel.MapType(cel.StringType, celType(t.Elem))
	case source.KindFlag:
		return cel.BoolType
	case source.KindInt, source.KindSpan:
		return cel.IntType
	case source.KindNumber:
		return cel.DoubleType
	case source.KindDate:
		return cel.TimestampType
	case source.KindWords:
		return cel.ListType(cel.StringType)
	}
	return cel.StringType
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

func daysBetween(from, to ref.Val) ref.Val {
	a, b := from.(types.Timestamp).Time, to.(types.Timestamp).Time
	return types.Int(b.Sub(a).Hours() / 24)
}

func dateOf(s ref.Val) ref.Val {
	t, err := time.Parse(time.DateOnly, string(s.(types.String)))
	if err != nil {
		return types.NewErr("%q is not a date like 2026-01-31", string(s.(types.String)))
	}
	return types.Timestamp{Time: t}
}

// findItem returns the item of a list with an id.
func findItem(in, id ref.Val) ref.Val {
	l, ok := in.(*list)
	if !ok {
		return types.NewErr("only a list of the manifest can be searched by id")
	}
	return l.find(string(id.(types.String)))
}
