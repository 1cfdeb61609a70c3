package rule

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"readiness/internal/source"
)

// A function is what expressions can call, or write as an operator when it is neither method nor global. It has one or two
// arguments; call gets nil for the second of one, and neither is a failure.
type function struct {
	name   string
	takes  []signature
	method bool // it is written x.name(y)
	global bool // it is written name(x, y)
	call   func(a, b any) any
}

// A signature is the types a function can be given and what it gives then.
type signature struct{ a, b, gives *source.Type }

var (
	anyList = listOf(nil)
	anyMap  = &source.Type{Kind: source.KindMap}

	onNumbers  = []signature{{integer, integer, integer}, {number, number, number}}
	onOrdered  = []signature{{integer, integer, flag}, {number, number, flag}, {text, text, flag}, {date, date, flag}}
	onTwoTexts = []signature{{text, text, flag}}
)

// functions are all functions, by name. What CEL has too is described at
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions.
var functions = byName([]*function{
	{name: "+", takes: append([]signature{{text, text, text}}, onNumbers...), call: add},
	{name: "-", takes: onNumbers, call: subtract},
	{name: "*", takes: onNumbers, call: multiply},
	{name: "/", takes: onNumbers, call: divide},
	{name: "%", takes: onNumbers[:1], call: remainder},
	{name: "<", takes: onOrdered, call: ordered(func(c int) bool { return c < 0 })},
	{name: "<=", takes: onOrdered, call: ordered(func(c int) bool { return c <= 0 })},
	{name: ">", takes: onOrdered, call: ordered(func(c int) bool { return c > 0 })},
	{name: ">=", takes: onOrdered, call: ordered(func(c int) bool { return c >= 0 })},

	{name: "size", takes: []signature{{text, nil, integer}, {anyList, nil, integer}, {anyMap, nil, integer}}, method: true, global: true, call: size},
	{name: "contains", takes: onTwoTexts, method: true, call: ofTexts(strings.Contains)},
	{name: "startsWith", takes: onTwoTexts, method: true, call: ofTexts(strings.HasPrefix)},
	{name: "endsWith", takes: onTwoTexts, method: true, call: ofTexts(strings.HasSuffix)},
	{name: "matches", takes: onTwoTexts, method: true, global: true, call: matches},
	{name: "alike", takes: onTwoTexts, global: true, call: ofTexts(source.Alike)},
	{name: "string", takes: []signature{{text, nil, text}, {integer, nil, text}, {number, nil, text}, {flag, nil, text}}, global: true, call: toText},
	{name: "int", takes: []signature{{integer, nil, integer}, {number, nil, integer}, {text, nil, integer}}, global: true, call: toInt},
	{name: "double", takes: []signature{{number, nil, number}, {integer, nil, number}, {text, nil, number}}, global: true, call: toNumber},
	{name: "date", takes: []signature{{text, nil, date}}, global: true, call: toDate},

	{name: "getFullYear", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(time.Time.Year)},
	{name: "getMonth", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(func(t time.Time) int { return int(t.Month()) - 1 })},
	{name: "getDate", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(time.Time.Day)},
	{name: "getDayOfMonth", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(func(t time.Time) int { return t.Day() - 1 })},
	{name: "getDayOfWeek", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(func(t time.Time) int { return int(t.Weekday()) })},
	{name: "getDayOfYear", takes: []signature{{date, nil, integer}}, method: true, call: ofDate(func(t time.Time) int { return t.YearDay() - 1 })},

	// What the parser makes of other forms.
	{name: "@find", call: find},
	{name: "@days_between", call: daysBetween},
	{name: "@negative", takes: []signature{{integer, nil, integer}, {number, nil, number}}, call: negative},
})

func byName(list []*function) map[string]*function {
	all := make(map[string]*function, len(list))
	for _, f := range list {
		all[f.name] = f
	}
	return all
}

// gives is the type of what the function gives for arguments of these types; b is nil for one argument.
func (f *function) gives(a, b *source.Type, two bool) (*source.Type, bool) {
	for _, s := range f.takes {
		if (s.b != nil) != two {
			continue
		}
		_, fits := common(s.a, a)
		_, too := common(s.b, b)
		if fits && (too || !two) {
			return s.gives, true
		}
	}
	return nil, false
}

// matching is matches for a pattern that is written down: it is made once, when it is first needed.
func matching(pattern string) *function {
	form := sync.OnceValues(func() (*regexp.Regexp, error) { return regexp.Compile(pattern) })
	return &function{name: "matches", call: func(a, _ any) any {
		s, ok := a.(string)
		form, err := form()
		switch {
		case !ok:
			return notOffered
		case err != nil:
			return failed("the pattern %q is not well-formed", pattern)
		}
		return form.MatchString(s)
	}}
}

func matches(a, b any) any {
	pattern, _ := b.(string)
	return matching(pattern).call(a, nil)
}

func ofTexts(f func(a, b string) bool) func(a, b any) any {
	return func(a, b any) any {
		s, ok := a.(string)
		t, too := b.(string)
		if !ok || !too {
			return notOffered
		}
		return f(s, t)
	}
}

func ofDate(f func(time.Time) int) func(a, b any) any {
	return func(a, _ any) any {
		t, ok := a.(time.Time)
		if !ok {
			return notOffered
		}
		return int64(f(t))
	}
}

// ordered is a comparison of two values of a kind that has an order.
func ordered(holds func(int) bool) func(a, b any) any {
	return func(a, b any) any {
		switch a := a.(type) {
		case int64:
			if b, ok := b.(int64); ok {
				return holds(cmp.Compare(a, b))
			}
		case time.Time:
			if b, ok := b.(time.Time); ok {
				return holds(a.Compare(b))
			}
		case float64:
			if b, ok := b.(float64); ok {
				return holds(cmp.Compare(a, b))
			}
		case string:
			if b, ok := b.(string); ok {
				return holds(strings.Compare(a, b))
			}
		}
		return notOffered
	}
}

func add(a, b any) any {
	switch a := a.(type) {
	case int64:
		if b, ok := b.(int64); ok {
			return whole(a+b, (a+b > a) == (b > 0))
		}
	case float64:
		if b, ok := b.(float64); ok {
			return decimal(a + b)
		}
	case string:
		if b, ok := b.(string); ok {
			return a + b
		}
	}
	return notOffered
}

func subtract(a, b any) any {
	switch a := a.(type) {
	case int64:
		if b, ok := b.(int64); ok {
			return whole(a-b, (a-b < a) == (b > 0))
		}
	case float64:
		if b, ok := b.(float64); ok {
			return decimal(a - b)
		}
	}
	return notOffered
}

func multiply(a, b any) any {
	switch a := a.(type) {
	case int64:
		if b, ok := b.(int64); ok {
			c := a * b
			return whole(c, a == 0 || c/a == b && (a != -1 || b != math.MinInt64))
		}
	case float64:
		if b, ok := b.(float64); ok {
			return decimal(a * b)
		}
	}
	return notOffered
}

func divide(a, b any) any {
	switch a := a.(type) {
	case int64:
		if b, ok := b.(int64); ok {
			if b == 0 {
				return failed("a number is divided by zero")
			}
			return whole(a/b, a != math.MinInt64 || b != -1)
		}
	case float64:
		if b, ok := b.(float64); ok {
			return decimal(a / b)
		}
	}
	return notOffered
}

func remainder(a, b any) any {
	m, ok := a.(int64)
	n, too := b.(int64)
	switch {
	case !ok || !too:
		return notOffered
	case n == 0:
		return failed("a number is divided by zero")
	}
	return whole(m%n, m != math.MinInt64 || n != -1)
}

func negative(a, _ any) any {
	switch a := a.(type) {
	case int64:
		return whole(-a, a != math.MinInt64)
	case float64:
		return decimal(-a)
	}
	return notOffered
}

// whole is n, unless it was too large to be computed.
func whole(n int64, fits bool) any {
	if !fits {
		return failed("a number is too large")
	}
	return n
}

// decimal is f, unless it is no number.
func decimal(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return failed("this gives no number")
	}
	return f
}

func size(a, _ any) any {
	switch a := a.(type) {
	case string:
		return int64(utf8.RuneCountInString(a))
	case []any:
		return int64(len(a))
	case map[string]any:
		return int64(len(a))
	case *list:
		return a.size()
	case *mapping:
		return int64(a.v.Len())
	}
	return notOffered
}

func toText(a, _ any) any {
	switch a := a.(type) {
	case string:
		return a
	case int64:
		return strconv.FormatInt(a, 10)
	case float64:
		return strconv.FormatFloat(a, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(a)
	}
	return notOffered
}

func toInt(a, _ any) any {
	switch a := a.(type) {
	case int64:
		return a
	case float64:
		return whole(int64(a), -1<<63 < a && a < 1<<63)
	case string:
		n, err := strconv.ParseInt(a, 10, 64)
		if err != nil {
			return failed("%q is no whole number", a)
		}
		return n
	}
	return notOffered
}

func toNumber(a, _ any) any {
	switch a := a.(type) {
	case float64:
		return a
	case int64:
		return float64(a)
	case string:
		f, err := strconv.ParseFloat(a, 64)
		if err != nil {
			return failed("%q is no number", a)
		}
		return decimal(f)
	}
	return notOffered
}

func toDate(a, _ any) any {
	s, ok := a.(string)
	if !ok {
		return notOffered
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return failed("%q is not a date like 2026-01-31", s)
	}
	return t
}

func daysBetween(from, to any) any {
	a, ok := from.(time.Time)
	b, too := to.(time.Time)
	if !ok || !too {
		return notOffered
	}
	return int64(source.DaysBetween(a, b))
}

// find returns the item of a list with an id.
func find(in, id any) any {
	l, ok := in.(*list)
	s, too := id.(string)
	if !ok || !too {
		return notOffered
	}
	return l.find(s)
}
