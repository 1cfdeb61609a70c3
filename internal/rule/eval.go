package rule

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A value of an expression is a bool, string, int64, float64, time.Time, []any, map[string]any, *object, *list, *mapping,
// or a *failure.

// A failure stands for a value that can't be given: the manifest doesn't declare it, or the expression is defective.
type failure struct {
	undeclared string // the path
	err        error  // the defect
}

func failed(format string, a ...any) *failure { return &failure{err: fmt.Errorf(format, a...)} }

func isFailure(v any) bool {
	_, ok := v.(*failure)
	return ok
}

// notOffered is what the type checker keeps from happening.
var notOffered = failed("expressions can't do this with these values")

// maxSteps bounds the work of one evaluation: a step is a node, or ten of the characters or items that an operator or a
// function is given.
const maxSteps = 2_000_000

var errTooMuch = errors.New("this takes too many steps; ask less at once")

// An evaluation is under way on a Document. Failures are values: the operators say which of them they absorb.
type evaluation struct {
	doc   *Document
	it    any
	vars  []any // by slot
	steps int
}

// run gives the value of a node.
func (e *evaluation) run(n *node) any {
	e.steps++
	switch n.op {
	case opConst:
		return n.value
	case opAsOf:
		return e.doc.today
	case opIt:
		if e.it == nil {
			return notOffered
		}
		return e.it
	case opRoot:
		return e.doc.root.get(n.field)
	case opVar:
		return e.vars[n.slot]
	case opAnd:
		return e.logic(n, false)
	case opOr:
		return e.logic(n, true)
	case opAll:
		return e.quantify(n, false)
	case opExists:
		return e.quantify(n, true)
	case opOne:
		return e.one(n)
	case opCollect:
		return e.collect(n)
	case opList:
		return e.list(n)
	case opMap:
		return e.mapping(n)
	}
	v := e.run(&n.args[0])
	if isFailure(v) {
		return v
	}
	switch n.op {
	case opSelect:
		if o, ok := v.(*object); ok {
			return o.get(n.field)
		}
	case opNot:
		if b, ok := v.(bool); ok {
			return !b
		}
	case opIf:
		if b, ok := v.(bool); ok && b {
			return e.run(&n.args[1])
		} else if ok {
			return e.run(&n.args[2])
		}
	default:
		return e.pair(n, v)
	}
	return notOffered
}

// pair is an operator or a function whose first argument is v.
func (e *evaluation) pair(n *node, v any) any {
	var w any
	if len(n.args) > 1 {
		w = e.run(&n.args[1])
		if isFailure(w) {
			return w
		}
	}
	if e.steps += (length(v) + length(w)) / 10; e.steps > maxSteps {
		return &failure{err: errTooMuch}
	}
	switch n.op {
	case opIndex:
		return e.index(v, w)
	case opIn:
		return in(v, w)
	case opEqual:
		return equal(v, w)
	case opUnequal:
		if b, ok := equal(v, w).(bool); ok {
			return !b
		}
	case opCall:
		if n.function.name == "matches" && n.args[1].op != opConst { // the pattern is made for each call
			e.steps += 50 * (10 + length(w))
		}
		return n.function.call(v, w)
	}
	return notOffered
}

// length is how long a text or a list of the expression's own is, and 0 of other values.
func length(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case []any:
		return len(v)
	}
	return 0
}

// logic is && or || over the arguments.
func (e *evaluation) logic(n *node, decides bool) any {
	var outcome any = !decides
	for i := 0; i < len(n.args) && outcome != decides; i++ {
		outcome = combine(outcome, e.run(&n.args[i]), decides)
	}
	return outcome
}

// combine is what one more answer makes of the outcome of && or || so far: one that decides is enough; without one, the
// first failure stands.
func combine(outcome, answer any, decides bool) any {
	b, ok := answer.(bool)
	switch {
	case ok && b == decides:
		return decides
	case !ok && outcome == !decides:
		return answer
	}
	return outcome
}

// equal reports whether two plain values of one type are the same.
func equal(v, w any) any {
	switch v := v.(type) {
	case string:
		s, ok := w.(string)
		return ok && v == s
	case bool, int64, float64:
		return v == w
	case time.Time:
		t, ok := w.(time.Time)
		return ok && v.Equal(t)
	}
	return notOffered
}

// in reports whether a list has an item, or a map a name. Where the manifest leaves open what is in the list, only a yes
// is certain.
func in(v, w any) any {
	switch w := w.(type) {
	case []any:
		for _, item := range w {
			if equal(item, v) == true {
				return true
			}
		}
		return false
	case *list:
		return w.contains(v)
	case map[string]any:
		name, _ := v.(string)
		_, ok := w[name]
		return ok
	case *mapping:
		name, _ := v.(string)
		return w.contains(name)
	}
	return notOffered
}

// index is the item of v that i says. What the manifest's lists are too short for, nobody says.
func (e *evaluation) index(v, i any) any {
	switch v := v.(type) {
	case *mapping:
		name, _ := i.(string)
		return v.get(name)
	case map[string]any:
		name, _ := i.(string)
		if found, ok := v[name]; ok {
			return found
		}
	case *list:
		if n, _ := i.(int64); n >= 0 && n < int64(v.v.Len()) {
			return v.at(int(n))
		}
		return e.doc.read(e.doc.absent(v.path))
	case []any:
		if n, _ := i.(int64); n >= 0 && n < int64(len(v)) {
			return v[n]
		}
		if last := e.doc.trace.last; last != "" {
			return e.doc.read(e.doc.absent(last))
		}
	}
	return failed("there is no %v here", i)
}

func (e *evaluation) list(n *node) any {
	values := make([]any, len(n.args))
	for i := range n.args {
		values[i] = e.run(&n.args[i])
		if isFailure(values[i]) {
			return values[i]
		}
	}
	return values
}

func (e *evaluation) mapping(n *node) any {
	entries := make(map[string]any, len(n.args)/2)
	for i := 0; i < len(n.args); i += 2 {
		key, value := e.run(&n.args[i]), any(nil)
		name, ok := key.(string)
		if !ok {
			return key
		}
		if _, twice := entries[name]; twice {
			return failed("%q is there twice", name)
		}
		value = e.run(&n.args[i+1])
		if isFailure(value) {
			return value
		}
		entries[name] = value
	}
	return entries
}

// quantify is && or || over the items of a list or the names of a map.
func (e *evaluation) quantify(n *node, decides bool) any {
	var outcome any = !decides
	broken := e.each(n, func() (enough bool) {
		outcome = combine(outcome, e.run(&n.args[1]), decides)
		return outcome == decides
	})
	if broken != nil {
		return broken
	}
	return outcome
}

// one reports whether a condition is true of exactly one item.
func (e *evaluation) one(n *node) any {
	count := 0
	if broken := e.filter(n, func() *failure { count++; return nil }); broken != nil {
		return broken
	}
	return count == 1
}

// collect is the list of what is taken of the items of which a condition is true.
func (e *evaluation) collect(n *node) any {
	list := []any{}
	broken := e.filter(n, func() *failure {
		value := e.run(&n.args[2])
		list = append(list, value)
		f, _ := value.(*failure)
		return f
	})
	if broken != nil {
		return broken
	}
	return list
}

// filter calls take at each item of which the condition is true, until it fails. The last failure stands.
func (e *evaluation) filter(n *node, take func() *failure) *failure {
	var last *failure
	broken := e.each(n, func() (enough bool) {
		condition := e.run(&n.args[1])
		if f, ok := condition.(*failure); ok {
			last = f
		} else if condition == true && last == nil {
			last = take()
		}
		return false
	})
	return cmp.Or(broken, last)
}

// each is a loop: it puts the items of a list or the names of a map into the loop's slot, one after the other, until
// look says that it is enough. It fails when there is no list.
func (e *evaluation) each(n *node, look func() (enough bool)) *failure {
	over := e.run(&n.args[0])
	if f, ok := over.(*failure); ok {
		return f
	}
	enough := false
	items(over, func(item any) bool {
		if enough { // CEL takes the next item before it looks
			return false
		}
		e.vars[n.slot] = item
		enough = look()
		return e.steps <= maxSteps
	})
	return nil
}

// items calls each with every item of a list or name of a map, until it says false.
func items(over any, each func(any) bool) {
	switch over := over.(type) {
	case *list:
		for i := 0; i < over.v.Len() && each(over.at(i)); i++ {
		}
	case []any:
		for i := 0; i < len(over) && each(over[i]); i++ {
		}
	case *mapping:
		for _, name := range over.names() {
			if !each(name) {
				return
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(over)) {
			if !each(name) {
				return
			}
		}
	}
}
