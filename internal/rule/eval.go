package rule

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// maxSteps bounds the work of one evaluation: a step is a node, or ten characters that a function is given.
const maxSteps = 2_000_000

var errTooMuch = errors.New("this takes too many steps; ask less at once")

// An evaluation is under way on a Document. Errors are values: the operators say which of them they absorb.
type evaluation struct {
	doc   *Document
	it    ref.Val
	vars  []ref.Val // by slot
	steps int
}

// run gives the value of a node.
func (e *evaluation) run(n *node) ref.Val {
	e.steps++
	switch n.op {
	case opConst:
		return n.value
	case opAsOf:
		return types.Timestamp{Time: e.doc.asOf}
	case opIt:
		if e.it == nil {
			return types.WrapErr(errNotOffered)
		}
		return e.it
	case opRoot:
		return e.doc.root.get(n.field)
	case opVar:
		return e.vars[n.slot]
	case opAnd:
		return e.logic(n, types.False)
	case opOr:
		return e.logic(n, types.True)
	case opGoOn:
		if e.run(n.args[0]) == types.False {
			return types.False
		}
		return types.True
	case opList:
		return e.list(n)
	case opMap:
		return e.mapping(n)
	case opAll:
		return e.quantify(n, types.False)
	case opExists:
		return e.quantify(n, types.True)
	case opFold:
		return e.fold(n)
	case opCall:
		return e.call(n)
	}
	v := e.run(n.args[0])
	if types.IsError(v) {
		return v
	}
	switch n.op {
	case opSelect:
		return e.pick(v, n.name)
	case opNot:
		b, ok := v.(types.Bool)
		if !ok {
			return types.MaybeNoSuchOverloadErr(v)
		}
		return !b
	case opIf:
		b, ok := v.(types.Bool)
		switch {
		case !ok:
			return types.MaybeNoSuchOverloadErr(v)
		case bool(b):
			return e.run(n.args[1])
		}
		return e.run(n.args[2])
	}
	w := e.run(n.args[1])
	if types.IsError(w) {
		return w
	}
	switch n.op {
	case opIndex:
		return e.index(v, w)
	case opEqual:
		return types.Equal(v, w)
	case opUnequal:
		b, ok := types.Equal(v, w).(types.Bool)
		if !ok {
			return types.WrapErr(errNotOffered)
		}
		return !b
	}
	return types.WrapErr(errNotOffered)
}

// logic is && or || over the arguments.
func (e *evaluation) logic(n *node, decides types.Bool) ref.Val {
	var outcome ref.Val = !decides
	for i := 0; i < len(n.args) && outcome != decides; i++ {
		outcome = combine(outcome, e.run(n.args[i]), decides)
	}
	return outcome
}

// combine is what one more answer makes of the outcome of && or || so far: one that decides is enough; without one, the
// first error stands.
func combine(outcome, answer ref.Val, decides types.Bool) ref.Val {
	b, ok := answer.(types.Bool)
	switch {
	case ok && b == decides:
		return decides
	case !ok && outcome == !decides:
		return types.MaybeNoSuchOverloadErr(answer)
	}
	return outcome
}

// pick is the value that v calls name.
func (e *evaluation) pick(v ref.Val, name string) ref.Val {
	if o, ok := v.(*object); ok {
		if f, ok := o.t.Field(name); ok {
			return o.get(f)
		}
	}
	return e.index(v, types.String(name))
}

// index is the item of v that i says. What the manifest's lists are too short for, nobody says.
func (e *evaluation) index(v, i ref.Val) ref.Val {
	switch v := v.(type) {
	case *mapping:
		return v.Get(i)
	case traits.Mapper:
		if !isKey(i) {
			break
		}
		if found, ok := v.Find(i); ok {
			return found
		}
	case traits.Lister:
		n, err := types.GetOrError(i)
		if err != nil {
			return types.WrapErr(err)
		}
		if n >= 0 && types.Int(n) < v.Size().(types.Int) {
			return v.Get(types.Int(n))
		}
		path := e.doc.trace.last
		if l, ok := v.(*list); ok {
			path = l.path
		}
		if path != "" {
			return e.doc.read(e.doc.absent(path))
		}
	}
	return types.NewErr("there is no %v here", i)
}

func (e *evaluation) list(n *node) ref.Val {
	values := make([]ref.Val, len(n.args))
	for i, a := range n.args {
		if values[i] = e.run(a); types.IsError(values[i]) {
			return values[i]
		}
	}
	return types.NewRefValList(types.DefaultTypeAdapter, values)
}

func (e *evaluation) mapping(n *node) ref.Val {
	entries := make(map[ref.Val]ref.Val, len(n.args)/2)
	for i := 0; i < len(n.args); i += 2 {
		key := e.run(n.args[i])
		if types.IsError(key) {
			return key
		}
		if !isKey(key) {
			return types.WrapErr(errNotOffered)
		}
		if _, twice := entries[key]; twice {
			return types.NewErr("%v is there twice", key)
		}
		value := e.run(n.args[i+1])
		if types.IsError(value) {
			return value
		}
		entries[key] = value
	}
	return types.NewRefValMap(types.DefaultTypeAdapter, entries)
}

// isKey reports whether a map can have a name like v.
func isKey(v ref.Val) bool {
	switch v.(type) {
	case types.String, types.Int, types.Uint, types.Double, types.Bool:
		return true
	}
	return false
}

// fold goes over a list or the names of a map.
func (e *evaluation) fold(n *node) ref.Val {
	in := e.run(n.args[0])
	if types.IsError(in) {
		return in
	}
	outcome := e.run(n.args[1])
	if l, ok := outcome.(traits.Lister); ok {
		outcome = types.NewMutableList(types.DefaultTypeAdapter).Add(l)
	}
	each := func(item ref.Val) bool {
		e.vars[n.slot], e.vars[n.slot+1] = item, outcome
		if e.steps > maxSteps || e.run(n.args[2]) != types.True {
			return false
		}
		outcome = e.run(n.args[3])
		return true
	}
	if err := items(in, each); err != nil {
		return types.WrapErr(err)
	}
	if l, ok := outcome.(traits.MutableLister); ok {
		outcome = l.ToImmutableList()
	}
	e.vars[n.slot+1] = outcome
	return e.run(n.args[4])
}

// quantify is && or || over the items of a list or the names of a map.
func (e *evaluation) quantify(n *node, decides types.Bool) ref.Val {
	in := e.run(n.args[0])
	if types.IsError(in) {
		return in
	}
	var outcome ref.Val = !decides
	each := func(item ref.Val) bool {
		if outcome == decides { // CEL takes the next item before it looks
			return false
		}
		e.vars[n.slot] = item
		outcome = combine(outcome, e.run(n.args[1]), decides)
		return e.steps <= maxSteps
	}
	if err := items(in, each); err != nil {
		return types.WrapErr(err)
	}
	return outcome
}

// items calls each with every item of a list or name of a map, until it says false.
func items(in ref.Val, each func(ref.Val) bool) error {
	if l, ok := in.(*list); ok {
		for i := 0; i < l.v.Len() && each(l.at(i)); i++ {
		}
		return nil
	}
	all, ok := in.(traits.Iterable)
	if !ok {
		return errNotOffered
	}
	var values []ref.Val
	for it := all.Iterator(); it.HasNext() == types.True; {
		values = append(values, it.Next())
	}
	if _, ok := in.(traits.Mapper); ok { // which has no order of its own
		slices.SortFunc(values, func(a, b ref.Val) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	for _, v := range values {
		if !each(v) {
			break
		}
	}
	return nil
}

// call is a function of its arguments, none of which may be an error.
func (e *evaluation) call(n *node) ref.Val {
	var few [3]ref.Val
	args := few[:0]
	for _, a := range n.args {
		v := e.run(a)
		if types.IsError(v) {
			return v
		}
		if s, ok := v.(types.String); ok {
			e.steps += len(s) / 10
		}
		args = append(args, v)
	}
	if e.steps > maxSteps {
		return types.WrapErr(errTooMuch)
	}
	return n.function.call(args)
}
