package rule

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"readiness/internal/packed"
)

// packVersion changes with the form, and with what an op means.
const packVersion = "rules 7\n"

// Pack writes down every expression that the language has parsed, so that Unpack can give them back without parsing and
// checking any. The same expressions give the same bytes: how many there are, and in the order of their keys of each its
// key, and as a part of its own what it gives, whether it reads the document, and its nodes, root first.
func (l *Language) Pack() ([]byte, error) {
	var w packed.Writer
	keys := slices.SortedFunc(maps.Keys(l.compiled), key.compare)
	w.Number(uint64(len(keys)))
	for _, k := range keys {
		e := l.compiled[k]
		w.String(k.it)
		w.String(k.text)
		err := w.Part(func() error {
			w.String(e.gives)
			w.Bool(e.reads)
			w.Number(uint64(e.slots))
			return packNode(&w, &e.root)
		})
		if err != nil {
			return nil, fmt.Errorf("%q: %w", e.Text, err)
		}
	}
	return w.Data(packVersion), nil
}

// packNode writes a node: what it does, what that needs, and its arguments.
func packNode(w *packed.Writer, n *node) error {
	w.Number(uint64(n.op))
	switch n.op {
	case opConst:
		if err := packValue(w, n.value); err != nil {
			return err
		}
	case opRoot, opSelect:
		w.String(n.object.Name)
		w.String(n.field.Key)
	case opCall:
		w.String(n.function.name)
	case opVar, opAll, opExists, opOne, opCollect:
		w.Number(uint64(n.slot))
	}
	w.Number(uint64(len(n.args)))
	for i := range n.args {
		if err := packNode(w, &n.args[i]); err != nil {
			return err
		}
	}
	return nil
}

// The kinds of constants.
const (
	packedText = iota
	packedFlag
	packedInt
	packedNumber
	packedList
)

// packValue writes the kind of a constant and the constant.
func packValue(w *packed.Writer, v any) error {
	switch v := v.(type) {
	case string:
		w.Number(packedText)
		w.String(v)
	case bool:
		w.Number(packedFlag)
		w.Bool(v)
	case int64:
		w.Number(packedInt)
		w.Number(uint64(v))
	case float64:
		w.Number(packedNumber)
		w.Number(math.Float64bits(v))
	case []any:
		w.Number(packedList)
		w.Number(uint64(len(v)))
		for _, item := range v {
			if err := packValue(w, item); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("a constant of type %T can't be packed", v)
	}
	return nil
}

// A packedExpr is one of the expressions that Pack wrote.
type packedExpr struct {
	key  key
	rest packed.Reader
	expr *Expr // once it was unpacked
}

// Unpack makes the language know the expressions that Pack wrote, so that it need not parse and check them. Nothing
// else changes: they are decoded when they are compiled, and give what they would have given.
func (l *Language) Unpack(data string) error {
	r, err := packed.NewReader(data, packVersion)
	if err != nil {
		return err
	}
	l.packed = make([]packedExpr, r.Count())
	for i := range l.packed {
		l.packed[i] = packedExpr{key: key{r.String(), r.String()}, rest: r.Part()}
	}
	return r.Done()
}

// unpack decodes an expression that was packed; it is nil when it wasn't.
func (l *Language) unpack(k key) (*Expr, error) {
	i, ok := slices.BinarySearchFunc(l.packed, k, func(e packedExpr, k key) int { return e.key.compare(k) })
	if !ok {
		return nil, nil
	}
	p := &l.packed[i]
	if p.expr != nil {
		return p.expr, nil
	}
	r := p.rest
	e := &Expr{Text: k.text, gives: r.String(), reads: r.Bool(), slots: int(r.Number())}
	l.unpackNode(&e.root, &r)
	if err := r.Done(); err != nil {
		return nil, fmt.Errorf("%q: %w", k.text, err)
	}
	p.expr = e
	return e, nil
}

// unpackNode reads what packNode wrote into a new node.
func (l *Language) unpackNode(n *node, r *packed.Reader) {
	n.op = op(r.Number())
	switch n.op {
	case opConst:
		n.value = unpackValue(r)
	case opRoot, opSelect:
		n.object = l.objects[r.String()]
		if key := r.String(); n.object != nil {
			n.field, _ = n.object.Field(key)
		}
		if n.field == nil {
			r.Break()
		}
	case opCall:
		if n.function = functions[r.String()]; n.function == nil {
			r.Break()
		}
	case opVar, opAll, opExists, opOne, opCollect:
		n.slot = int32(r.Number())
	}
	count := r.Count()
	if least, most, ok := n.op.arguments(); !ok || count < least || count > most {
		r.Break()
		return
	}
	if count > 0 {
		n.args = make([]node, count)
	}
	for i := range n.args {
		l.unpackNode(&n.args[i], r)
	}
	if pattern, ok := n.pattern(); ok && r.Err() == nil {
		n.function = matching(pattern)
	}
}

func unpackValue(r *packed.Reader) any {
	switch r.Number() {
	case packedText:
		return r.String()
	case packedFlag:
		return r.Bool()
	case packedInt:
		return int64(r.Number())
	case packedNumber:
		return math.Float64frombits(r.Number())
	case packedList:
		values := make([]any, r.Count())
		for i := range values {
			values[i] = unpackValue(r)
		}
		return values
	}
	r.Break()
	return false
}
