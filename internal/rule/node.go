package rule

import (
	"fmt"
	"strings"

	"readiness/internal/source"
)

// An op is what a node does. Pack writes it down, so packVersion changes with its values.
type op byte

const (
	opConst   op = iota // value
	opAsOf              // the day the document is read on
	opIt                // the subject
	opRoot              // the field of the document
	opVar               // what is in slot
	opSelect            // the field of the argument
	opIndex             // the item of the first argument that the second says
	opNot               // of one argument
	opAnd               // false if any is, whatever the others lack
	opOr                // true if any is, whatever the others lack
	opIf                // the second or third argument, as the first says
	opEqual             // of two arguments
	opUnequal           //
	opIn                // whether the second argument, a list or a map, has the first
	opList              // of the arguments
	opMap               // of the arguments: name, value, name, value
	opAll               // a list, and what must be true of each item, in slot
	opExists            // a list, and what must be true of one item, in slot
	opOne               // a list, and what must be true of exactly one item, in slot
	opCollect           // a list, what must be true of an item, in slot, to be taken, and what is taken
	opCall              // function of the arguments
)

// arguments is how many arguments an op takes at least and at most, and whether there is such an op.
func (o op) arguments() (least, most int, ok bool) {
	const many = 1 << 20
	switch o {
	case opConst, opAsOf, opIt, opRoot, opVar:
		return 0, 0, true
	case opSelect, opNot:
		return 1, 1, true
	case opIndex, opEqual, opUnequal, opIn, opAll, opExists, opOne:
		return 2, 2, true
	case opIf, opCollect:
		return 3, 3, true
	case opCall:
		return 1, 2, true
	case opAnd, opOr:
		return 2, many, true
	case opList, opMap:
		return 0, many, true
	}
	return 0, 0, false
}

// A node is one step of an expression that has been compiled. The tree of them is immutable.
type node struct {
	op       op
	slot     int32 // of opVar and the loops
	value    any   // of opConst
	args     []node
	object   *source.Type  // of opRoot and opSelect: what has the field
	field    *source.Field // of opRoot and opSelect
	function *function     // of opCall
}

// String writes a node so that two that are alike do the same.
func (n *node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	fmt.Fprintf(b, "%d.%d", n.op, n.slot)
	if n.op == opConst {
		fmt.Fprintf(b, "%T %#v", n.value, n.value)
	}
	if n.field != nil {
		b.WriteString(n.field.Key)
	}
	if n.function != nil {
		b.WriteString(n.function.name)
	}
	b.WriteByte('(')
	for i := range n.args {
		n.args[i].write(b)
		b.WriteByte(' ')
	}
	b.WriteByte(')')
}

// is reports whether the node is a constant, and the constant is v.
func (n *node) is(v any) bool { return n.op == opConst && n.value == v }
