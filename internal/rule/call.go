package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"readiness/internal/source"
)

// arguments are what stands in the brackets that come now.
func (p *parser) arguments() []term {
	var args []term
	p.expect("(")
	for !p.sees(")") && p.err == nil {
		args = append(args, p.expression())
		if !p.accept(",") {
			break
		}
		if p.sees(")") {
			p.missing("a value")
		}
	}
	p.expect(")")
	return args
}

// method is t.name(...).
func (p *parser) method(t term, name string, at int) term {
	switch name {
	case "all":
		return p.loop(t, opAll)
	case "exists":
		return p.loop(t, opExists)
	case "exists_one":
		return p.loop(t, opOne)
	case "filter", "map":
		return p.collect(t, name)
	}
	f := functions[name]
	if f == nil || !f.method {
		return p.fail(at, fmt.Sprintf("%q is not known here", name), source.Suggest(name, methods()))
	}
	return p.call(f, append([]term{t}, p.arguments()...), t.at)
}

// methods are the names that method knows.
func methods() []string {
	names := []string{"all", "exists", "exists_one", "filter", "map"}
	for name, f := range functions {
		if f.method {
			names = append(names, name)
		}
	}
	return names
}

// global is name(...).
func (p *parser) global(name string, at int) term {
	for _, find := range lookups {
		if elem := elemAt(p.l.root, find.list); find.function == name && elem != nil {
			return p.lookup(name, find.list, elem, at)
		}
	}
	switch name {
	case "days_since":
		return p.daysSince(at)
	case "done_within":
		return p.doneWithin(at)
	}
	f := functions[name]
	if f == nil || !f.global {
		return p.unknown(name, at)
	}
	return p.call(f, p.arguments(), at)
}

// call is a function of the arguments.
func (p *parser) call(f *function, args []term, at int) term {
	if len(args) == 0 || len(args) > 2 {
		return p.fail(at, fmt.Sprintf("%s doesn't take %d values", f.name, len(args)), "")
	}
	second := term{}
	if len(args) == 2 {
		second = args[1]
	}
	gives, ok := f.gives(args[0].t, second.t, len(args) == 2)
	if !ok {
		kinds := make([]string, len(args))
		for i, a := range args {
			kinds[i] = a.kind()
		}
		return p.fail(at, fmt.Sprintf("%s doesn't work with %s", f.name, strings.Join(kinds, " and ")), remedy(args[0].t, second.t))
	}
	n := &node{op: opCall, function: f}
	for _, a := range args {
		n.args = append(n.args, *a.node)
	}
	if day := &n.args[0]; f.name == "date" && day.op == opConst {
		if wrong, ok := toDate(day.value, nil).(*failure); ok {
			return p.fail(args[0].at, wrong.err.Error(), "write a day as date('2026-01-31')")
		}
	}
	if pattern, ok := n.pattern(); ok {
		if _, err := regexp.Compile(pattern); err != nil {
			return p.fail(args[1].at, fmt.Sprintf("the pattern %q is not well-formed", pattern), "")
		}
		n.function = matching(pattern)
	}
	return term{n, gives, at}
}

// pattern is that of a call of matches that has it written down.
func (n *node) pattern() (string, bool) {
	if n.op != opCall || n.function.name != "matches" || len(n.args) != 2 || n.args[1].op != opConst {
		return "", false
	}
	pattern, ok := n.args[1].value.(string)
	return pattern, ok
}

// lookup is person('lin') and the like: the item of a list of the document.
func (p *parser) lookup(name, list string, elem *source.Type, at int) term {
	args := p.arguments()
	if len(args) != 1 || p.err != nil {
		return p.fail(at, name+" needs one id", "write "+name+"('its id')")
	}
	if _, ok := common(args[0].t, text); !ok {
		return p.fail(args[0].at, "an id is text, and this is "+args[0].kind(), "")
	}
	keys := strings.Split(list, ".")
	f, _ := p.l.root.Field(keys[0])
	in := p.root(f, at)
	for _, key := range keys[1:] {
		in = p.selects(in, key, at)
	}
	return term{&node{op: opCall, function: functions["@find"], args: []node{*in.node, *args[0].node}}, elem, at}
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

// daysSince is days_since(date).
func (p *parser) daysSince(at int) term {
	args := p.arguments()
	if len(args) != 1 {
		return p.fail(at, "days_since needs a date", "write days_since(the date)")
	}
	return p.since(args[0], at)
}

// doneWithin is done_within(date, days): days_since(date) >= 0 && days_since(date) <= days.
func (p *parser) doneWithin(at int) term {
	args := p.arguments()
	if len(args) != 2 {
		return p.fail(at, "done_within needs a date and a number of days", "write done_within(the date, days)")
	}
	since := p.since(args[0], at)
	if _, ok := common(args[1].t, integer); !ok {
		return p.fail(args[1].at, "this is "+args[1].kind()+", and a number of days is needed", "write days as a whole number, such as 365")
	}
	past := p.apply(">=", since, term{&node{op: opConst, value: int64(0)}, integer, at})
	recent := p.apply("<=", since, args[1])
	return term{&node{op: opAnd, args: []node{*past.node, *recent.node}}, flag, at}
}

// since is the days from a date to the day of the check.
func (p *parser) since(day term, at int) term {
	if _, ok := common(day.t, date); !ok {
		return p.fail(day.at, "this is "+day.kind()+", and a date is needed", "write a day as date('2026-01-31')")
	}
	n := &node{op: opCall, function: functions["@days_between"], args: []node{*day.node, {op: opAsOf}}}
	return term{n, integer, at}
}

// loop is t.all(x, condition) and the like.
func (p *parser) loop(t term, do op) term {
	var condition term
	slot := p.each(t, func() { condition = p.need(p.expression()) })
	return term{&node{op: do, slot: int32(slot), args: []node{*t.node, *condition.node}}, flag, t.at}
}

// collect is t.filter(x, condition), t.map(x, value) or t.map(x, condition, value).
func (p *parser) collect(t term, name string) term {
	var condition, value term
	slot := p.each(t, func() {
		slot := len(p.vars) - 1
		item := term{&node{op: opVar, slot: int32(slot)}, p.vars[slot].t, t.at}
		condition, value = term{node: &node{op: opConst, value: true}}, p.expression()
		switch {
		case name == "filter":
			condition, value = p.need(value), item
		case p.accept(","):
			condition, value = p.need(value), p.expression()
		}
	})
	return term{&node{op: opCollect, slot: int32(slot), args: []node{*t.node, *condition.node, *value.node}}, listOf(value.t), t.at}
}

// isOpen reports whether a type leaves open what it is of, as that of [] does.
func isOpen(t *source.Type) bool {
	return t == nil || (t.Kind == source.KindList || t.Kind == source.KindMap) && isOpen(t.Elem)
}

// empty is the mistake of asking for what is in [] or {}.
func (p *parser) empty(t term) term {
	return p.fail(t.at, "nothing is in this list", "name a list of the manifest, such as vendors")
}

// each reads what a loop over t has in its brackets: the name of the item, and what inside reads.
func (p *parser) each(t term, inside func()) (slot int) {
	item := itemOf(t.t)
	switch {
	case p.err != nil:
	case isOpen(t.t):
		p.empty(t)
	case t.t.Kind == source.KindMap:
		item = text
	case t.t.Kind != source.KindList:
		p.fail(t.at, "this is "+t.kind()+", and a list is needed", "name a list of the manifest, such as vendors")
	}
	p.expect("(")
	name, at := p.tok.text, p.tok.at
	if p.tok.kind != tokenName {
		p.missing("a name for the item")
	}
	p.next()
	if _, taken := p.l.root.Field(name); taken || among(name, literals+keywords) {
		p.fail(at, fmt.Sprintf("%q already means something", name), "call the item by another name")
	}
	p.expect(",")
	slot = len(p.vars)
	p.vars = append(p.vars, variable{name, item})
	p.slots = max(p.slots, len(p.vars))
	inside()
	p.vars = p.vars[:slot]
	p.expect(")")
	return slot
}

// The names that no item can have: those that are values or operators, and those that the language or CEL keeps.
const (
	literals = "true false null in"
	keywords = " it as_of as break const continue else for function if import let loop package namespace return var void while"
)

// among reports whether a word is in a list of them.
func among(word, list string) bool { return slices.Contains(strings.Fields(list), word) }
