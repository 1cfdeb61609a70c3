// Package rule compiles and answers one expression about a manifest. It is the only importer of cel-go, which parses
// expressions, checks their types, and computes with plain values; reading the manifest and what follows from its
// silence is done here.
//
// Expressions are CEL over values that know their place. Reading what the manifest doesn't declare is an error that
// names the path, so an expression answers yes, no or undeclared: false && undeclared is false, true || undeclared is
// true, everything else that needs an undeclared value is undeclared. Every read is recorded, so a finding knows the
// lines it rests on without anyone writing them down. A misspelt field is an error when the expression is compiled.
package rule

import (
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

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
	root      *source.Type
	objects   map[string]*source.Type     // the types of the document's objects, by name
	base      func() (*cel.Env, error)    // of expressions without it; made when something has to be parsed
	subjects  map[string]*cel.Env         // by the type of it
	compiled  map[string]*Expr            // by the type of it and the text: many checks ask the same
	packed    map[string]packedExpr       // the same, for what Unpack was given
	functions func() map[string]*function // by name
}

// NewLanguage returns the language of documents that root describes.
func NewLanguage(root *source.Type) *Language {
	l := &Language{root: root, objects: map[string]*source.Type{}, subjects: map[string]*cel.Env{}, compiled: map[string]*Expr{}}
	l.add(root)
	l.base = sync.OnceValues(l.environment)
	l.functions = sync.OnceValue(functionsByName)
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
		cel.Function("@days_between", cel.Overload("days_between", []*cel.Type{cel.TimestampType, cel.TimestampType}, cel.IntType)),
		cel.Function("date", cel.Overload("date_of", []*cel.Type{cel.StringType}, cel.TimestampType)),
	}
	for _, f := range l.root.Fields {
		options = append(options, cel.Variable(f.Key, celType(f.Type)))
	}
	for _, find := range lookups {
		if elem := elemAt(l.root, find.list); elem != nil {
			options = append(options, cel.Macros(lookupMacro(find.function, find.list)),
				cel.Function("@"+find.function, cel.Overload("find_"+find.function,
					[]*cel.Type{cel.ListType(celType(elem)), cel.StringType}, celType(elem))))
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
	base, err := l.base()
	if subject == nil || err != nil {
		return base, err
	}
	name := typeName(subject)
	if env, ok := l.subjects[name]; ok {
		return env, nil
	}
	env, err := base.Extend(cel.Variable("it", celType(subject)))
	l.subjects[name] = env
	return env, err
}

// typeName is the name of a type, as CEL writes it.
func typeName(t *source.Type) string {
	if t.Kind == source.KindObject {
		return t.Name
	}
	return celType(t).String()
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
	return &types.FieldType{Type: celType(f.Type)}, true
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
