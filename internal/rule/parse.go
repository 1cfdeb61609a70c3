package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"readiness/internal/source"
)

// A parser reads an expression and checks its types as it goes. The grammar is CEL's:
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax. The first mistake ends it.
type parser struct {
	l       *Language
	subject *source.Type // the type of it, or nil
	text    string
	tok     token // the one at hand
	end     int   // where it ends
	vars    []variable
	slots   int // how many values the loops keep
	depth   int // how many expressions are around
	reads   bool
	err     *mistake
}

// A variable is what a loop calls its item.
type variable struct {
	name string
	t    *source.Type
}

// A term is a part of an expression that has been read.
type term struct {
	*node
	t  *source.Type
	at int // the byte it begins with
}

// kind is what sort of value it gives, for people.
func (t term) kind() string { return describe(typeName(t.t)) }

// A mistake is what is wrong with an expression, and at which of its bytes.
type mistake struct {
	at            int
	message, hint string
}

// maxDepth is how many expressions may be around another.
const maxDepth = 60

// parse reads an expression. subject is the type of it; nil when there is none.
func (l *Language) parse(text string, subject *source.Type) (*parser, term, *mistake) {
	p := &parser{l: l, subject: subject, text: text}
	if !utf8.ValidString(text) {
		return p, term{}, &mistake{0, "this is not UTF-8 text", "save the file as UTF-8"}
	}
	p.next()
	root := p.expression()
	if p.tok.kind != tokenEnd {
		p.fail(p.tok.at, fmt.Sprintf("%q is left over", p.tok.text), cmp.Or(otherwise(p.tok.text), "look for missing operators, brackets and quotes"))
	}
	return p, root, p.err
}

// fail notes a mistake and ends the reading. What it returns fits everywhere.
func (p *parser) fail(at int, message, hint string) term {
	if p.err == nil {
		p.err = &mistake{at, message, hint}
	}
	p.tok, p.end = token{at: len(p.text)}, len(p.text)
	return term{&node{op: opConst}, nil, at}
}

// sees reports whether the token at hand is a sign.
func (p *parser) sees(sign string) bool { return p.tok.kind == tokenSign && p.tok.text == sign }

// accept takes the token at hand if it is a sign.
func (p *parser) accept(sign string) bool {
	if !p.sees(sign) {
		return false
	}
	p.next()
	return true
}

// expect takes a sign that has to come.
func (p *parser) expect(sign string) {
	if !p.accept(sign) {
		p.missing(sign)
	}
}

func (p *parser) missing(what string) term {
	if p.tok.kind == tokenEnd {
		return p.fail(p.tok.at, "this ends too early: "+what+" is missing", "look for missing quotes, brackets and operators")
	}
	return p.fail(p.tok.at, fmt.Sprintf("%s is missing before %q", what, p.tok.text), cmp.Or(otherwise(p.tok.text), "look for missing quotes, brackets and operators"))
}

// need reports a term that is not yes or no.
func (p *parser) need(t term) term {
	if _, ok := common(t.t, flag); !ok {
		return p.fail(t.at, "this gives "+t.kind()+", and yes or no is needed", "compare it with something, such as == 'live'")
	}
	return t
}

// expression is a || b ? c : d.
func (p *parser) expression() term {
	if p.depth++; p.depth > maxDepth {
		return p.fail(p.tok.at, fmt.Sprintf("more than %d brackets in one another", maxDepth), "split it into several checks")
	}
	defer func() { p.depth-- }()
	c := p.either()
	if !p.accept("?") {
		return c
	}
	p.need(c)
	yes := p.either()
	p.expect(":")
	no := p.expression()
	t, ok := common(yes.t, no.t)
	if !ok {
		return p.mixed("? and :", yes, no)
	}
	return term{&node{op: opIf, args: []node{*c.node, *yes.node, *no.node}}, t, c.at}
}

func (p *parser) either() term { return p.chain("||", opOr, p.both) }

func (p *parser) both() term { return p.chain("&&", opAnd, p.relation) }

// chain is one part, or several with an operator between them that gives yes or no.
func (p *parser) chain(operator string, do op, part func() term) term {
	first := part()
	if !p.sees(operator) {
		return first
	}
	n := &node{op: do, args: []node{*p.need(first).node}}
	for p.accept(operator) {
		n.args = append(n.args, *p.need(part()).node)
	}
	return term{n, flag, first.at}
}

// relation is a == b, a < b, a in b and the like.
func (p *parser) relation() term {
	a := p.sum()
	for {
		sign := p.tok.text
		switch {
		case p.tok.kind == tokenName && sign == "in":
			p.next()
			a = p.in(a, p.sum())
		case p.accept("=="):
			a = p.equal(sign, opEqual, a, p.sum())
		case p.accept("!="):
			a = p.equal(sign, opUnequal, a, p.sum())
		case p.accept("<"), p.accept("<="), p.accept(">"), p.accept(">="):
			a = p.apply(sign, a, p.sum())
		default:
			return a
		}
	}
}

func (p *parser) sum() term { return p.applied(p.product, "+", "-") }

func (p *parser) product() term { return p.applied(p.unary, "*", "/", "%") }

// applied is one part, or several with any of the operators between them, the first two first.
func (p *parser) applied(part func() term, operators ...string) term {
	a := part()
	for p.tok.kind == tokenSign && slices.Contains(operators, p.tok.text) {
		operator := p.tok.text
		p.next()
		a = p.apply(operator, a, part())
	}
	return a
}

// unary is !a or -a.
func (p *parser) unary() term {
	at, sign, times := p.tok.at, p.tok.text, 0
	if p.sees("!") || p.sees("-") {
		for p.accept(sign) {
			times++
		}
	}
	if times == 1 && sign == "-" && (p.tok.kind == tokenInt || p.tok.kind == tokenNumber) {
		times = 0
		p.tok.text, p.tok.at = "-"+p.tok.text, at
	}
	t := p.member()
	switch {
	case times == 0:
		return t
	case sign == "-":
		if _, ok := functions["@negative"].gives(t.t, nil, false); !ok {
			return p.fail(at, "- doesn't work with "+t.kind(), "")
		}
		if times%2 == 1 {
			t.node = &node{op: opCall, args: []node{*t.node}, function: functions["@negative"]}
		}
	default:
		p.need(t)
		if times%2 == 1 {
			t.node = &node{op: opNot, args: []node{*t.node}}
		}
		t.t = flag
	}
	return term{t.node, t.t, at}
}

// member is a, a.b, a.b(c), a[b].
func (p *parser) member() term {
	t := p.primary()
	for {
		switch {
		case p.accept("."):
			at, name := p.tok.at, p.tok.text
			if p.tok.kind != tokenName || among(name, literals) {
				return p.missing("a name")
			}
			p.next()
			if p.sees("(") {
				t = p.method(t, name, at)
			} else {
				t = p.selects(t, name, at)
			}
		case p.accept("["):
			t = p.index(t, p.expression())
			p.expect("]")
		default:
			return t
		}
	}
}

// primary is a name, a call, a list, a map, a value that is written down, or an expression in brackets.
func (p *parser) primary() term {
	tok := p.tok
	switch tok.kind {
	case tokenName:
		p.next()
		if p.sees("(") {
			return p.global(tok.text, tok.at)
		}
		return p.name(tok.text, tok.at)
	case tokenInt:
		digits, base := tok.text, 10
		if strings.Contains(digits, "0x") {
			digits, base = strings.Replace(digits, "0x", "", 1), 16
		}
		n, err := strconv.ParseInt(digits, base, 64)
		if err != nil {
			return p.fail(tok.at, tok.text+" is too large a number", "")
		}
		return p.constant(n, integer)
	case tokenNumber:
		f, err := strconv.ParseFloat(tok.text, 64)
		if err != nil {
			return p.fail(tok.at, tok.text+" is too large a number", "")
		}
		return p.constant(f, number)
	case tokenText:
		return p.constant(tok.text, text)
	case tokenSign:
		switch {
		case p.accept("("):
			t := p.expression()
			p.expect(")")
			return term{t.node, t.t, tok.at}
		case p.accept("["):
			return p.list(tok.at)
		case p.accept("{"):
			return p.mapping(tok.at)
		}
	}
	return p.missing("a value")
}

func (p *parser) constant(v any, t *source.Type) term {
	at := p.tok.at
	p.next()
	return term{&node{op: opConst, value: v}, t, at}
}

// name is a name that stands for a value.
func (p *parser) name(name string, at int) term {
	for slot, v := range slices.Backward(p.vars) {
		if v.name == name {
			return term{&node{op: opVar, slot: int32(slot)}, v.t, at}
		}
	}
	switch name {
	case "true", "false":
		return term{&node{op: opConst, value: name == "true"}, flag, at}
	case "as_of":
		return term{&node{op: opAsOf}, date, at}
	case "it":
		if p.subject != nil {
			p.reads = true
			return term{&node{op: opIt}, typeIn(p.subject), at}
		}
	}
	if f, ok := p.l.root.Field(name); ok {
		return p.root(f, at)
	}
	return p.unknown(name, at)
}

func (p *parser) root(f *source.Field, at int) term {
	p.reads = true
	return term{&node{op: opRoot, object: p.l.root, field: f}, typeIn(f.Type), at}
}

func (p *parser) unknown(name string, at int) term {
	hint := cmp.Or(otherwise(name), source.Suggest(name, p.l.words()))
	if hint == "" && !p.sees("(") {
		hint = "text stands in quotes"
	}
	for _, find := range lookups {
		if find.function == name {
			hint = "write " + name + "('its id'), or " + find.list + " for all of them"
		}
	}
	switch name {
	case "has", "null":
		hint = "read the value: what isn't declared is undeclared without asking"
	case "it":
		hint = "it is an item of the list under each, and there is no each here"
	}
	return p.fail(at, fmt.Sprintf("%q is not known here", name), hint)
}

// otherwise is how a word of other languages is written here, or "".
func otherwise(word string) string {
	switch word {
	case "and":
		return "write &&"
	case "or":
		return "write ||"
	case "not":
		return "write !"
	case "is":
		return "write =="
	}
	return ""
}

// selects is t.name.
func (p *parser) selects(t term, name string, at int) term {
	switch {
	case t.t != nil && t.t.Kind == source.KindMap && isOpen(t.t):
		return p.empty(t)
	case t.t != nil && t.t.Kind == source.KindMap:
		return term{&node{op: opIndex, args: []node{*t.node, {op: opConst, value: name}}}, itemOf(t.t), t.at}
	case t.t == nil || t.t.Kind != source.KindObject:
		return p.fail(at, fmt.Sprintf("%s has no keys, so no %q", t.kind(), name), "")
	}
	f, ok := t.t.Field(name)
	if !ok {
		return p.fail(at, fmt.Sprintf("%q is not a key here", name), source.Suggest(name, t.t.Keys()))
	}
	return term{&node{op: opSelect, object: t.t, field: f, args: []node{*t.node}}, typeIn(f.Type), t.at}
}

// itemOf is the type of a list's or map's items.
func itemOf(t *source.Type) *source.Type {
	if t == nil || t.Elem == nil {
		return nil
	}
	return typeIn(t.Elem)
}

// index is t[i].
func (p *parser) index(t, i term) term {
	if isOpen(t.t) {
		return p.empty(t)
	}
	want := integer
	if t.t.Kind == source.KindMap {
		want = text
	}
	if _, fits := common(i.t, want); !fits || t.t.Kind != source.KindMap && t.t.Kind != source.KindList {
		return p.mixed("[ ]", t, i)
	}
	return term{&node{op: opIndex, args: []node{*t.node, *i.node}}, itemOf(t.t), t.at}
}
