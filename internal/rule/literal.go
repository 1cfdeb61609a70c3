package rule

import "readiness/internal/source"

// list is what follows a [.
func (p *parser) list(at int) term {
	n := &node{op: opList}
	var elem *source.Type
	constant := true
	for !p.sees("]") && p.err == nil {
		t := p.expression()
		both, ok := common(elem, t.t)
		if !ok {
			return p.fail(t.at, "a list of "+describe(typeName(elem))+" and "+t.kind(), "a list has items of one kind")
		}
		elem, n.args = both, append(n.args, *t.node)
		constant = constant && t.op == opConst
		if !p.accept(",") {
			break
		}
	}
	p.expect("]")
	if constant {
		values := make([]any, len(n.args))
		for i, a := range n.args {
			values[i] = a.value
		}
		n = &node{op: opConst, value: values}
	}
	return term{n, listOf(elem), at}
}

// mapping is what follows a {.
func (p *parser) mapping(at int) term {
	n := &node{op: opMap}
	var elem *source.Type
	for !p.sees("}") && p.err == nil {
		key := p.expression()
		if _, ok := common(key.t, text); !ok {
			return p.fail(key.at, "this name is "+key.kind(), "names are text in quotes")
		}
		p.expect(":")
		value := p.expression()
		both, ok := common(elem, value.t)
		if !ok {
			return p.fail(value.at, "values of which one is "+describe(typeName(elem))+" and one "+value.kind(), "the values are of one kind")
		}
		elem, n.args = both, append(n.args, *key.node, *value.node)
		if !p.accept(",") {
			break
		}
	}
	p.expect("}")
	return term{n, &source.Type{Kind: source.KindMap, Elem: elem}, at}
}
