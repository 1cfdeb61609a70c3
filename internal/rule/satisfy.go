package rule

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/debug"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"readiness/internal/source"
)

// A Want is an expression and the answer wanted of it.
type Want struct {
	Text string
	Yes  bool
}

// Possible reports whether some document may give all the answers wanted at once. It compares what the expressions ask
// of the same value: words, yes or no, and bounds of numbers. What it doesn't understand may be anything, so no is
// certain and yes is not. The expressions must compile.
func (l *Language) Possible(subject *source.Type, wants ...Want) (bool, error) {
	ways := []way{{}}
	for _, w := range wants {
		checked, err := l.check(w.Text, subject)
		if err != nil {
			return false, err
		}
		s := solver{l, checked.NativeRep()}
		ways = product(ways, s.solve(checked.NativeRep().Expr(), w.Yes))
	}
	return len(ways) > 0, nil
}

// UnknownWord returns the first word that an expression compares with a value that can never be it, and the words that
// value can be; "" when there is none.
func (l *Language) UnknownWord(text string, subject *source.Type) (word string, allowed []string, err error) {
	checked, err := l.check(text, subject)
	if err != nil {
		return "", nil, err
	}
	s := solver{l, checked.NativeRep()}
	ast.PostOrderVisit(checked.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind || word != "" {
			return
		}
		if value, words, _ := s.comparison(e.AsCall()); value != nil {
			for _, w := range words {
				if list := s.enum(value); len(list) > 0 && !slices.Contains(list, w) {
					word, allowed = w, list
				}
			}
		}
	}))
	return word, allowed, nil
}

func (l *Language) check(text string, subject *source.Type) (*cel.Ast, error) {
	env, err := l.env(subject)
	if err != nil {
		return nil, err
	}
	checked, issues := env.Compile(text)
	return checked, issues.Err()
}

// A way is what must be true of each value for an expression to give an answer, by the value's expression.
type way map[string]bound

// A bound is what a value may be: one of words, unless any is set, none of not, and between low and high.
type bound struct {
	only      []string // nil: any
	not       []string
	low, high float64
	bounded   bool
}

// maxWays is how many ways are followed. An expression with more may be anything.
const maxWays = 2000

type solver struct {
	l   *Language
	ast *ast.AST
}

// solve lists the ways in which an expression gives an answer.
func (s *solver) solve(e ast.Expr, yes bool) []way {
	switch e.Kind() {
	case ast.LiteralKind:
		if (e.AsLiteral() == types.True) == yes {
			return []way{{}}
		}
		return nil
	case ast.CallKind:
		return s.call(e, yes)
	}
	return s.flag(e, yes)
}

func (s *solver) call(e ast.Expr, yes bool) []way {
	c := e.AsCall()
	args := c.Args()
	switch c.FunctionName() {
	case operators.LogicalNot:
		return s.solve(args[0], !yes)
	case operators.LogicalAnd, operators.LogicalOr:
		a, b := s.solve(args[0], yes), s.solve(args[1], yes)
		if (c.FunctionName() == operators.LogicalAnd) == yes {
			return product(a, b)
		}
		return append(slices.Clone(a), b...)
	case operators.Conditional:
		return append(product(s.solve(args[0], true), s.solve(args[1], yes)), product(s.solve(args[0], false), s.solve(args[2], yes))...)
	}
	if value, words, equal := s.comparison(c); value != nil {
		b := bound{not: words}
		if equal == yes {
			b = bound{only: words}
		}
		if list := s.enum(value); len(list) > 0 {
			b = b.and(bound{only: list})
		}
		return possible(way{debug.ToDebugString(value): b})
	}
	if w, ok := s.inequality(c, yes); ok {
		return possible(w)
	}
	return s.flag(e, yes)
}

// flag is an expression that may give either answer, but not both.
func (s *solver) flag(e ast.Expr, yes bool) []way {
	return []way{{debug.ToDebugString(e): {only: []string{fmt.Sprint(yes)}}}}
}

// comparison takes value == 'word', value != 'word' and value in ['word', ...] apart; value is nil for anything else.
func (s *solver) comparison(c ast.CallExpr) (value ast.Expr, words []string, equal bool) {
	if len(c.Args()) != 2 {
		return nil, nil, false
	}
	value, other := c.Args()[0], c.Args()[1]
	switch name := c.FunctionName(); name {
	case operators.Equals, operators.NotEquals:
		if value.Kind() == ast.LiteralKind {
			value, other = other, value
		}
		if w, ok := word(other); ok && value.Kind() != ast.LiteralKind {
			return value, []string{w}, name == operators.Equals
		}
	case operators.In:
		if other.Kind() != ast.ListKind || value.Kind() == ast.LiteralKind {
			return nil, nil, false
		}
		words = []string{}
		for _, x := range other.AsList().Elements() {
			w, ok := word(x)
			if !ok {
				return nil, nil, false
			}
			words = append(words, w)
		}
		return value, words, true
	}
	return nil, nil, false
}

// word is a literal text or answer. Numbers are compared as numbers.
func word(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	switch v := e.AsLiteral().(type) {
	case types.String:
		return string(v), true
	case types.Bool:
		return fmt.Sprint(bool(v)), true
	}
	return "", false
}

// inequality takes value < number and the like apart. Of value < 3 the bound is 3 itself, which only misses what lies
// exactly on it.
func (s *solver) inequality(c ast.CallExpr, yes bool) (way, bool) {
	if len(c.Args()) != 2 {
		return nil, false
	}
	n, ok := number(c.Args()[1])
	key := debug.ToDebugString(c.Args()[0])
	b := bound{low: -inf, high: inf, bounded: true}
	switch name := c.FunctionName(); {
	case !ok:
		return nil, false
	case name == operators.Equals && yes || name == operators.NotEquals && !yes:
		b.low, b.high = n, n
	case (name == operators.Less || name == operators.LessEquals) == yes && ordered(name):
		b.high = n
	case ordered(name):
		b.low = n
	default:
		return nil, false
	}
	return way{key: b}, true
}

const inf = 1e300

func ordered(operator string) bool {
	return slices.Contains([]string{operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals}, operator)
}

func number(e ast.Expr) (float64, bool) {
	if e.Kind() != ast.LiteralKind {
		return 0, false
	}
	switch v := e.AsLiteral().(type) {
	case types.Int:
		return float64(v), true
	case types.Double:
		return float64(v), true
	}
	return 0, false
}

// enum lists the words that a value of the document can be; nil when it can be any.
func (s *solver) enum(value ast.Expr) []string {
	if value.Kind() != ast.SelectKind {
		return nil
	}
	of, key := value.AsSelect().Operand(), value.AsSelect().FieldName()
	object := s.l.objects[s.ast.GetType(of.ID()).TypeName()]
	if object == nil {
		return nil
	}
	if f, ok := object.Field(key); ok && f.Type.Kind == source.KindText {
		return f.Enum
	}
	return nil
}

// product lists the ways in which both of two expressions give their answers.
func product(a, b []way) []way {
	if len(a)*len(b) > maxWays {
		return []way{{}}
	}
	var ways []way
	for _, x := range a {
		for _, y := range b {
			both := way{}
			for key, bound := range x {
				both[key] = bound
			}
			for key, bound := range y {
				if have, ok := both[key]; ok {
					bound = have.and(bound)
				}
				both[key] = bound
			}
			ways = append(ways, possible(both)...)
		}
	}
	return ways
}

// possible is the way, unless something would have to be what it can't be.
func possible(w way) []way {
	for _, b := range w {
		if b.empty() {
			return nil
		}
	}
	return []way{w}
}

func (b bound) and(c bound) bound {
	out := bound{only: b.only, not: append(slices.Clone(b.not), c.not...), low: -inf, high: inf, bounded: b.bounded || c.bounded}
	if out.only == nil {
		out.only = c.only
	} else if c.only != nil {
		out.only = slices.DeleteFunc(slices.Clone(out.only), func(w string) bool { return !slices.Contains(c.only, w) })
	}
	for _, x := range []bound{b, c} {
		if x.bounded {
			out.low, out.high = max(out.low, x.low), min(out.high, x.high)
		}
	}
	return out
}

func (b bound) empty() bool {
	if b.bounded && b.low > b.high {
		return true
	}
	return b.only != nil && !slices.ContainsFunc(b.only, func(w string) bool { return !slices.Contains(b.not, w) })
}
