package rule

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"readiness/internal/packed"
)

// packVersion changes with the form, and with what an op means.
const packVersion = "rules 4\n"

// Pack writes down every expression that the language has compiled, so that Unpack can give them back without parsing
// and checking any. The same expressions give the same bytes: of each its key, its text, what it gives, whether it reads
// the document, and its tree as a part of its own, root first.
func (l *Language) Pack() ([]byte, error) {
	var w packed.Writer
	for _, key := range slices.Sorted(maps.Keys(l.compiled)) {
		e := l.compiled[key]
		t, err := e.tree()
		if err != nil {
			return nil, err
		}
		w.String(key)
		w.String(e.Text)
		w.String(e.gives)
		w.Bool(e.reads)
		err = w.Part(func() error {
			w.Number(uint64(t.slots))
			return packNode(&w, t.root)
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
		return packValue(w, n.value)
	case opRoot, opSelect, opCall:
		w.String(n.name)
	case opVar, opFold, opAll, opExists:
		w.Number(uint64(n.slot))
	}
	w.Number(uint64(len(n.args)))
	for _, a := range n.args {
		if err := packNode(w, a); err != nil {
			return err
		}
	}
	return nil
}

// packValue writes the kind of a constant and the constant.
func packValue(w *packed.Writer, v ref.Val) error {
	switch v := v.(type) {
	case types.String:
		w.Number(uint64(types.StringKind))
		w.String(string(v))
	case types.Bool:
		w.Number(uint64(types.BoolKind))
		w.Bool(bool(v))
	case types.Int:
		w.Number(uint64(types.IntKind))
		w.Number(uint64(v))
	case types.Double:
		w.Number(uint64(types.DoubleKind))
		w.Number(math.Float64bits(float64(v)))
	case traits.Lister:
		w.Number(uint64(types.ListKind))
		size := v.Size().(types.Int)
		w.Number(uint64(size))
		for i := range size {
			if err := packValue(w, v.Get(i)); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("a constant of type %s can't be packed", v.Type().TypeName())
	}
	return nil
}

// A packedExpr is one of the expressions that Pack wrote.
type packedExpr struct {
	text, gives string
	reads       bool
	tree        packed.Reader
}

// Unpack makes the language know the expressions that Pack wrote, so that it need not parse and check them. Nothing
// else changes: they are decoded when they are first asked, and give what they would have given.
func (l *Language) Unpack(data string) error {
	r, err := packed.NewReader(data, packVersion)
	if err != nil {
		return err
	}
	l.packed = make(map[string]packedExpr, len(data)/256)
	for r.More() {
		key := r.String()
		l.packed[key] = packedExpr{text: r.String(), gives: r.String(), reads: r.Bool(), tree: r.Part()}
	}
	return r.Err()
}

// unpack decodes the tree of a packed expression.
func (l *Language) unpack(r packed.Reader) (*tree, error) {
	t := &tree{slots: int(r.Number())}
	t.root = l.unpackNode(&r)
	return t, r.Done()
}

func (l *Language) unpackNode(r *packed.Reader) *node {
	n := &node{op: op(r.Number())}
	found := true
	switch n.op {
	case opConst:
		n.value = unpackValue(r)
		return n
	case opSelect:
		n.name = r.String()
	case opRoot:
		n.name = r.String()
		n.field, found = l.root.Field(n.name)
	case opCall:
		n.name = r.String()
	case opVar, opFold, opAll, opExists:
		n.slot = int(r.Number())
	}
	n.args = make([]*node, r.Count())
	if want, ok := n.op.arguments(); !ok || !found || want >= 0 && want != len(n.args) {
		r.Break()
	}
	for i := range n.args {
		n.args[i] = l.unpackNode(r)
	}
	if n.op == opCall && r.Err() == nil {
		var err error
		if n.function, err = l.function(n.name, n.args); err != nil {
			r.Break()
		}
	}
	return n
}

func unpackValue(r *packed.Reader) ref.Val {
	switch types.Kind(r.Number()) {
	case types.StringKind:
		return types.String(r.String())
	case types.BoolKind:
		return types.Bool(r.Bool())
	case types.IntKind:
		return types.Int(r.Number())
	case types.DoubleKind:
		return types.Double(math.Float64frombits(r.Number()))
	case types.ListKind:
		values := make([]ref.Val, r.Count())
		for i := range values {
			values[i] = unpackValue(r)
		}
		return types.NewRefValList(types.DefaultTypeAdapter, values)
	}
	r.Break()
	return types.False
}
