package rule

import (
	"fmt"
	"strings"

	"readiness/internal/source"
)

// mixed is the mistake of two values that an operator can't take.
func (p *parser) mixed(operator string, a, b term) term {
	return p.fail(a.at, fmt.Sprintf("%s doesn't work with %s and %s", operator, a.kind(), b.kind()), remedy(a.t, b.t))
}

// remedy is what to do about two values that don't fit.
func remedy(a, b *source.Type) string {
	for range 2 {
		switch one, other := typeName(a), typeName(b); {
		case one == "timestamp" && other == "string":
			return "write a day as date('2026-01-31')"
		case one == "int" && other == "double":
			return "write the whole number with a point, such as 1.0, or as double(...)"
		case strings.HasPrefix(one, "list(") && other == "string":
			return "look for a word with 'word' in the list, for an item with the list's exists(x, ...), or by its id with vendor('id') and the like"
		}
		a, b = b, a
	}
	return "compare text with text in quotes, numbers with numbers, dates with dates"
}

// apply is a b with an operator between them.
func (p *parser) apply(operator string, a, b term) term {
	f := functions[operator]
	gives, ok := f.gives(a.t, b.t, true)
	if !ok {
		return p.mixed(operator, a, b)
	}
	return term{&node{op: opCall, args: []node{*a.node, *b.node}, function: f}, gives, a.at}
}

// isPlain reports whether values of a type can be compared: not those that have parts.
func isPlain(t *source.Type) bool {
	return t == nil || t.Kind != source.KindObject && t.Kind != source.KindList && t.Kind != source.KindMap
}

// equal is a == b or a != b.
func (p *parser) equal(sign string, do op, a, b term) term {
	t, ok := common(a.t, b.t)
	switch {
	case !ok:
		return p.mixed(sign, a, b)
	case !isPlain(t):
		return p.fail(a.at, describe(typeName(t))+" can't be compared as a whole", "compare its parts, or its size(...)")
	}
	return term{&node{op: do, args: []node{*a.node, *b.node}}, flag, a.at}
}

// in is a in b.
func (p *parser) in(a, b term) term {
	elem, ok := text, b.t == nil
	switch {
	case ok:
	case b.t.Kind == source.KindList:
		elem, ok = itemOf(b.t), true
	case b.t.Kind == source.KindMap:
		ok = true
	}
	t, fits := common(a.t, elem)
	if !ok || !fits || !isPlain(t) {
		return p.mixed("in", a, b)
	}
	return term{&node{op: opIn, args: []node{*a.node, *b.node}}, flag, a.at}
}
