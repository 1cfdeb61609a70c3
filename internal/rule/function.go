package rule

import (
	"fmt"
	"regexp"
	"time"

	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/stdlib"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A function is what expressions can call: one of CEL's, or one of ours.
type function functions.Overload

// functionsByName are all functions. Those of CEL are listed at
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions.
func functionsByName() map[string]*function {
	all := map[string]*function{"@days_between": {Binary: daysBetween}, "date": {Unary: dateOf}}
	for _, find := range lookups {
		all["@"+find.function] = &function{Binary: findItem}
	}
	for _, declared := range stdlib.Functions() {
		overloads, _ := declared.Bindings() // an error means none, and a call of it doesn't compile
		for _, o := range overloads {
			if o.Operator == declared.Name() { // the one that picks by its arguments
				all[o.Operator] = (*function)(o)
			}
		}
	}
	return all
}

// function finds what a call of name does. A pattern that is written down is made once, and a mistake in it is the
// author's.
func (l *Language) function(name string, args []*node) (*function, error) {
	if name == "matches" && len(args) == 2 && args[1].op == opConst {
		if pattern, ok := args[1].value.(types.String); ok {
			form, err := regexp.Compile(string(pattern))
			if err != nil {
				return nil, fmt.Errorf("the pattern %q is not well-formed", string(pattern))
			}
			return &function{Binary: func(text, _ ref.Val) ref.Val {
				if s, ok := text.(types.String); ok {
					return types.Bool(form.MatchString(string(s)))
				}
				return types.WrapErr(errNotOffered)
			}}, nil
		}
	}
	f := l.functions()[name]
	if f == nil {
		return nil, fmt.Errorf("%s is not offered", name)
	}
	return f, nil
}

// call calls the function with as many arguments as the type checker allows it.
func (f *function) call(args []ref.Val) ref.Val {
	switch {
	case len(args) > 0 && f.OperandTrait != 0 && !args[0].Type().HasTrait(f.OperandTrait):
	case f.Function != nil:
		return f.Function(args...)
	case f.Unary != nil && len(args) == 1:
		return f.Unary(args[0])
	case f.Binary != nil && len(args) == 2:
		return f.Binary(args[0], args[1])
	}
	return types.WrapErr(errNotOffered)
}

func daysBetween(from, to ref.Val) ref.Val {
	a, ok := from.(types.Timestamp)
	b, too := to.(types.Timestamp)
	if !ok || !too {
		return types.WrapErr(errNotOffered)
	}
	return types.Int(b.Sub(a.Time).Hours() / 24)
}

func dateOf(v ref.Val) ref.Val {
	s, ok := v.(types.String)
	if !ok {
		return types.WrapErr(errNotOffered)
	}
	t, err := time.Parse(time.DateOnly, string(s))
	if err != nil {
		return types.NewErr("%q is not a date like 2026-01-31", string(s))
	}
	return types.Timestamp{Time: t}
}

// findItem returns the item of a list with an id.
func findItem(in, id ref.Val) ref.Val {
	l, ok := in.(*list)
	if !ok {
		return types.NewErr("only a list of the manifest can be searched by id")
	}
	s, ok := id.(types.String)
	if !ok {
		return types.WrapErr(errNotOffered)
	}
	return l.find(string(s))
}
