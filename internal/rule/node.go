package rule

import (
	"errors"
	"fmt"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"readiness/internal/source"
)

// An op is what a node does. Pack writes it down, so packVersion changes with its values.
type op byte

const (
	opConst   op = iota // value
	opAsOf              // the day the document is read on
	opIt                // the subject
	opRoot              // the part of the document called name
	opVar               // what is in slot
	opSelect            // what the argument calls name
	opIndex             // the item of the first argument that the second says
	opNot               // of one argument, as the next two are of two
	opAnd               // false if any is, whatever the others lack
	opOr                // true if any is, whatever the others lack
	opIf                // the second or third argument, as the first says
	opGoOn              // whether a loop goes on: unless its argument is false
	opEqual             // and its opposite
	opUnequal           //
	opList              // of the arguments
	opMap               // of the arguments: name, value, name, value
	opFold              // a loop: list, start, condition, step, result; the item in slot, the outcome so far in the next
	opAll               // a list, and what must be true of each item, in slot
	opExists            // a list, and what must be true of one item, in slot
	opCall              // function of the arguments
)

// arguments is how many arguments an op takes, -1 for any number, and whether there is such an op.
func (o op) arguments() (int, bool) {
	switch o {
	case opConst, opAsOf, opIt, opRoot, opVar:
		return 0, true
	case opSelect, opNot, opGoOn:
		return 1, true
	case opIndex, opAnd, opOr, opEqual, opUnequal, opAll, opExists:
		return 2, true
	case opIf:
		return 3, true
	case opFold:
		return 5, true
	}
	return -1, o <= opCall
}

// A node is one step of an expression that has been compiled. The tree of them is immutable.
type node struct {
	op       op
	slot     int
	name     string
	value    ref.Val
	args     []*node
	field    *source.Field // of opRoot
	function *function     // of opCall
}

// A planner turns an expression that CEL has parsed and checked into nodes.
type planner struct {
	l       *Language
	checked *ast.AST
	vars    map[string]int // the slots of the names of the loops around
	depth   int            // how many loops are around
	slots   int            // how many are needed
}

// plan returns the root of an expression and how many slots it needs. What expressions about documents can't say is an
// error.
func (l *Language) plan(checked *ast.AST) (*node, int, error) {
	p := &planner{l: l, checked: checked, vars: map[string]int{}}
	root, err := p.node(checked.Expr())
	return root, p.slots, err
}

func (p *planner) node(e ast.Expr) (*node, error) {
	switch e.Kind() {
	case ast.LiteralKind:
		return &node{op: opConst, value: e.AsLiteral()}, nil
	case ast.IdentKind:
		return p.name(e)
	case ast.SelectKind:
		if e.AsSelect().IsTestOnly() {
			return nil, errors.New("has() is not offered")
		}
		if p.checked.ReferenceMap()[e.ID()] != nil {
			return p.name(e)
		}
		args, err := p.nodes(e.AsSelect().Operand())
		return &node{op: opSelect, name: e.AsSelect().FieldName(), args: args}, err
	case ast.CallKind:
		return p.call(e.AsCall())
	case ast.ListKind:
		return p.list(e.AsList().Elements())
	case ast.MapKind:
		var pairs []ast.Expr
		for _, entry := range e.AsMap().Entries() {
			pairs = append(pairs, entry.AsMapEntry().Key(), entry.AsMapEntry().Value())
		}
		args, err := p.nodes(pairs...)
		return &node{op: opMap, args: args}, err
	case ast.ComprehensionKind:
		return p.fold(e.AsComprehension())
	}
	return nil, errors.New("this kind of expression is not offered")
}

func (p *planner) nodes(list ...ast.Expr) ([]*node, error) {
	nodes := make([]*node, len(list))
	for i, e := range list {
		var err error
		if nodes[i], err = p.node(e); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// name is a name that stands for something: of a loop, of the document, or of a type.
func (p *planner) name(e ast.Expr) (*node, error) {
	r := p.checked.ReferenceMap()[e.ID()]
	if e.Kind() == ast.IdentKind {
		if slot, ok := p.vars[e.AsIdent()]; ok {
			return &node{op: opVar, slot: slot}, nil
		}
	}
	switch {
	case r.Name == "as_of":
		return &node{op: opAsOf}, nil
	case r.Name == "it":
		return &node{op: opIt}, nil
	}
	if f, ok := p.l.root.Field(r.Name); ok {
		return &node{op: opRoot, name: r.Name, field: f}, nil
	}
	return nil, fmt.Errorf("%s can't be used as a value", r.Name)
}

// list is a list that is written down; one of constants is a constant.
func (p *planner) list(elements []ast.Expr) (*node, error) {
	args, err := p.nodes(elements...)
	if err != nil {
		return nil, err
	}
	values := make([]ref.Val, len(args))
	for i, a := range args {
		if a.op != opConst {
			return &node{op: opList, args: args}, nil
		}
		values[i] = a.value
	}
	return &node{op: opConst, value: types.NewRefValList(types.DefaultTypeAdapter, values)}, nil
}

func (p *planner) call(c ast.CallExpr) (*node, error) {
	args := c.Args()
	if c.IsMemberFunction() {
		args = append([]ast.Expr{c.Target()}, args...)
	}
	nodes, err := p.nodes(args...)
	if err != nil {
		return nil, err
	}
	if op, ok := operation(c.FunctionName()); ok {
		return &node{op: op, args: nodes}, nil
	}
	f, err := p.l.function(c.FunctionName(), nodes)
	return &node{op: opCall, name: c.FunctionName(), args: nodes, function: f}, err
}

// operation is what does the work of an operator; the others are functions.
func operation(operator string) (op, bool) {
	switch operator {
	case operators.LogicalNot:
		return opNot, true
	case operators.LogicalAnd:
		return opAnd, true
	case operators.LogicalOr:
		return opOr, true
	case operators.Conditional:
		return opIf, true
	case operators.NotStrictlyFalse:
		return opGoOn, true
	case operators.Equals:
		return opEqual, true
	case operators.NotEquals:
		return opUnequal, true
	case operators.Index:
		return opIndex, true
	}
	return 0, false
}

// fold is a loop. Its names are known inside only.
func (p *planner) fold(c ast.ComprehensionExpr) (*node, error) {
	if c.HasIterVar2() {
		return nil, errors.New("a loop over two names is not offered")
	}
	outside, err := p.nodes(c.IterRange(), c.AccuInit())
	if err != nil {
		return nil, err
	}
	item, itemHidden := p.vars[c.IterVar()]
	outcome, outcomeHidden := p.vars[c.AccuVar()]
	n := &node{op: opFold, slot: 2 * p.depth}
	p.vars[c.IterVar()], p.vars[c.AccuVar()] = n.slot, n.slot+1
	p.depth++
	p.slots = max(p.slots, 2*p.depth)
	if op, condition := quantifier(c); condition != nil {
		n.op, n.args = op, outside[:1]
		var every *node
		every, err = p.node(condition)
		n.args = append(n.args, every)
	} else {
		var inside []*node
		inside, err = p.nodes(c.LoopCondition(), c.LoopStep(), c.Result())
		n.args = append(outside, inside...)
	}
	p.depth--
	p.restore(c.IterVar(), item, itemHidden)
	p.restore(c.AccuVar(), outcome, outcomeHidden)
	return n, err
}

// quantifier returns what all and exists, whose loops are those of no other macro, ask of each item; nil for others.
func quantifier(c ast.ComprehensionExpr) (op, ast.Expr) {
	if c.LoopStep().Kind() != ast.CallKind || c.AccuInit().Kind() != ast.LiteralKind {
		return 0, nil
	}
	step := c.LoopStep().AsCall()
	switch of, start := step.FunctionName(), c.AccuInit().AsLiteral(); {
	case of == operators.LogicalAnd && start == types.True:
		return opAll, step.Args()[1]
	case of == operators.LogicalOr && start == types.False:
		return opExists, step.Args()[1]
	}
	return 0, nil
}

func (p *planner) restore(name string, slot int, hidden bool) {
	if hidden {
		p.vars[name] = slot
	} else {
		delete(p.vars, name)
	}
}
