package rule

import (
	"errors"
	"fmt"
	"slices"

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
		root, err := l.check(w.Text, subject)
		if err != nil {
			return false, err
		}
		ways = product(ways, solve(root, w.Yes))
	}
	return len(ways) > 0, nil
}

// UnknownWord returns the first word that an expression compares with a value that can never be it, and the words that
// value can be; "" when there is none.
func (l *Language) UnknownWord(text string, subject *source.Type) (word string, allowed []string, err error) {
	root, err := l.check(text, subject)
	if err != nil {
		return "", nil, err
	}
	word, allowed = unknownWord(root)
	return word, allowed, nil
}

func unknownWord(n *node) (string, []string) {
	for i := range n.args {
		if word, allowed := unknownWord(&n.args[i]); word != "" {
			return word, allowed
		}
	}
	if value, words, _ := comparison(n); value != nil && value.field != nil {
		for _, w := range words {
			if list := value.field.Enum; len(list) > 0 && !slices.Contains(list, w) {
				return w, list
			}
		}
	}
	return "", nil
}

func (l *Language) check(text string, subject *source.Type) (*node, error) {
	_, root, wrong := l.parse(text, subject)
	if wrong != nil {
		return nil, errors.New(wrong.message)
	}
	return root.node, nil
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

// solve lists the ways in which an expression gives an answer.
func solve(n *node, yes bool) []way {
	switch n.op {
	case opConst:
		if n.is(yes) {
			return []way{{}}
		}
		return nil
	case opNot:
		return solve(&n.args[0], !yes)
	case opAnd, opOr:
		return solveAll(n, yes)
	case opIf:
		return append(product(solve(&n.args[0], true), solve(&n.args[1], yes)), product(solve(&n.args[0], false), solve(&n.args[2], yes))...)
	}
	if value, words, equal := comparison(n); value != nil {
		b := bound{not: words}
		if equal == yes {
			b = bound{only: words}
		}
		if value.field != nil && len(value.field.Enum) > 0 {
			b = b.and(bound{only: value.field.Enum})
		}
		return possible(way{value.String(): b})
	}
	if w, ok := inequality(n, yes); ok {
		return possible(w)
	}
	return []way{{n.String(): {only: []string{fmt.Sprint(yes)}}}} // it may give either answer, but not both
}

// solveAll is solve for && and ||.
func solveAll(n *node, yes bool) []way {
	ways := solve(&n.args[0], yes)
	for i := range n.args[1:] {
		a := &n.args[i+1]
		if (n.op == opAnd) == yes {
			ways = product(ways, solve(a, yes))
		} else {
			ways = append(slices.Clone(ways), solve(a, yes)...)
		}
	}
	return ways
}

// comparison takes value == 'word', value != 'word' and value in ['word', ...] apart; value is nil for anything else.
func comparison(n *node) (value *node, words []string, equal bool) {
	if n.op != opEqual && n.op != opUnequal && n.op != opIn {
		return nil, nil, false
	}
	value, other := &n.args[0], &n.args[1]
	if n.op != opIn && value.op == opConst {
		value, other = other, value
	}
	if value.op == opConst || other.op != opConst {
		return nil, nil, false
	}
	list, ok := other.value.([]any)
	if n.op != opIn {
		list, ok = []any{other.value}, true
	}
	words = []string{}
	for _, v := range list {
		switch v := v.(type) { // numbers are compared as numbers
		case string, bool:
			words = append(words, fmt.Sprint(v))
		default:
			return nil, nil, false
		}
	}
	if !ok {
		return nil, nil, false
	}
	return value, words, n.op != opUnequal
}

// inequality takes value < number and the like apart. Of value < 3 the bound is 3 itself, which only misses what lies
// exactly on it.
func inequality(n *node, yes bool) (way, bool) {
	if len(n.args) != 2 {
		return nil, false
	}
	limit, ok := constantNumber(&n.args[1])
	if !ok {
		return nil, false
	}
	b := bound{low: -inf, high: inf, bounded: true}
	switch {
	case n.op == opEqual && yes || n.op == opUnequal && !yes:
		b.low, b.high = limit, limit
	case n.isOrder():
		if (n.function.name[0] == '<') == yes {
			b.high = limit
		} else {
			b.low = limit
		}
	default:
		return nil, false
	}
	return way{n.args[0].String(): b}, true
}

const inf = 1e300

// isOrder reports whether a node is <, <=, > or >=.
func (n *node) isOrder() bool {
	return n.op == opCall && slices.Contains([]string{"<", "<=", ">", ">="}, n.function.name)
}

func constantNumber(n *node) (float64, bool) {
	switch v := n.value.(type) {
	case int64:
		return float64(v), n.op == opConst
	case float64:
		return v, n.op == opConst
	}
	return 0, false
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
