package rule

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// errPacked is what a packed form that can't be read says. It ships with the program, so only a defect breaks it.
var errPacked = errors.New("the packed expressions can't be read; generate them again")

// packVersion changes with the form, and with what an op means.
const packVersion = "rules 2\n"

// Pack writes down every expression that the language has compiled, so that Unpack can give them back without parsing
// and checking any. The same expressions give the same bytes.
//
// The form is packVersion, the table of strings, and for each expression its key, what it gives, whether it reads the
// document, and the length and bytes of its tree: the slots it needs and its nodes, root first. Numbers are varints,
// strings are indexes into the table.
func (l *Language) Pack() ([]byte, error) {
	p := packer{indexes: map[string]uint64{"": 0}, table: []string{""}}
	for _, key := range slices.Sorted(maps.Keys(l.compiled)) {
		e := l.compiled[key]
		p.string(key)
		p.string(e.Text)
		p.string(e.gives)
		p.bool(e.reads)
		t, err := e.tree()
		if err != nil {
			return nil, err
		}
		tree := packer{indexes: p.indexes, table: p.table}
		tree.number(uint64(t.slots))
		if err := tree.node(t.root); err != nil {
			return nil, fmt.Errorf("%q: %w", e.Text, err)
		}
		p.table = tree.table
		p.number(uint64(len(tree.out)))
		p.out = append(p.out, tree.out...)
	}
	head := packer{out: []byte(packVersion)}
	head.number(uint64(len(p.table)))
	for _, s := range p.table {
		head.number(uint64(len(s)))
		head.out = append(head.out, s...)
	}
	return append(head.out, p.out...), nil
}

type packer struct {
	out     []byte
	table   []string
	indexes map[string]uint64 // into table
}

func (p *packer) number(n uint64) { p.out = binary.AppendUvarint(p.out, n) }

func (p *packer) bool(b bool) {
	n := uint64(0)
	if b {
		n = 1
	}
	p.number(n)
}

func (p *packer) string(s string) {
	i, ok := p.indexes[s]
	if !ok {
		i = uint64(len(p.table))
		p.indexes[s] = i
		p.table = append(p.table, s)
	}
	p.number(i)
}

// node writes a node: what it does, what that needs, and its arguments.
func (p *packer) node(n *node) error {
	p.number(uint64(n.op))
	switch n.op {
	case opConst:
		return p.value(n.value)
	case opRoot, opSelect, opCall:
		p.string(n.name)
	case opVar, opFold:
		p.number(uint64(n.slot))
	}
	p.number(uint64(len(n.args)))
	for _, a := range n.args {
		if err := p.node(a); err != nil {
			return err
		}
	}
	return nil
}

// value writes the kind of a constant and the constant.
func (p *packer) value(v ref.Val) error {
	switch v := v.(type) {
	case types.String:
		p.number(uint64(types.StringKind))
		p.string(string(v))
	case types.Bool:
		p.number(uint64(types.BoolKind))
		p.bool(bool(v))
	case types.Int:
		p.number(uint64(types.IntKind))
		p.number(uint64(v))
	case types.Double:
		p.number(uint64(types.DoubleKind))
		p.number(math.Float64bits(float64(v)))
	case traits.Lister:
		p.number(uint64(types.ListKind))
		size := v.Size().(types.Int)
		p.number(uint64(size))
		for i := range size {
			if err := p.value(v.Get(i)); err != nil {
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
	tree        string
}

// Unpack makes the language know the expressions that Pack wrote, so that it need not parse and check them. Nothing
// else changes: they are decoded when they are first asked, and give what they would have given.
func (l *Language) Unpack(data string) error {
	u := unpacker{in: data}
	if !u.cut(packVersion) {
		return errPacked
	}
	u.table = make([]string, u.count())
	for i := range u.table {
		u.table[i] = u.take(u.number())
	}
	l.table = u.table
	l.packed = make(map[string]packedExpr, len(u.in)/64)
	for u.in != "" && !u.broken {
		key := u.string()
		l.packed[key] = packedExpr{text: u.string(), gives: u.string(), reads: u.bool(), tree: u.take(u.number())}
	}
	if u.broken {
		return errPacked
	}
	return nil
}

// unpack decodes the tree of a packed expression.
func (l *Language) unpack(packed string) (*tree, error) {
	u := unpacker{in: packed, table: l.table, language: l}
	t := &tree{slots: int(u.number())}
	t.root = u.node()
	if u.broken || u.in != "" {
		return nil, errPacked
	}
	return t, nil
}

// An unpacker reads what a packer wrote. Once broken it gives zeros.
type unpacker struct {
	in       string
	table    []string
	language *Language
	broken   bool
}

func (u *unpacker) cut(prefix string) bool {
	ok := len(u.in) >= len(prefix) && u.in[:len(prefix)] == prefix
	if ok {
		u.in = u.in[len(prefix):]
	}
	return ok
}

func (u *unpacker) number() uint64 {
	var n uint64
	for i := 0; i < len(u.in) && i < binary.MaxVarintLen64; i++ {
		b := u.in[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			u.in = u.in[i+1:]
			return n
		}
	}
	u.in, u.broken = "", true
	return 0
}

// count is the number of things that follow, each at least a byte long.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.in)) {
		u.in, u.broken = "", true
		return 0
	}
	return int(n)
}

func (u *unpacker) bool() bool { return u.number() != 0 }

func (u *unpacker) string() string {
	i := u.number()
	if i >= uint64(len(u.table)) {
		u.in, u.broken = "", true
		return ""
	}
	return u.table[i]
}

func (u *unpacker) take(n uint64) string {
	if n > uint64(len(u.in)) {
		u.in, u.broken = "", true
		return ""
	}
	s := u.in[:n]
	u.in = u.in[n:]
	return s
}

func (u *unpacker) node() *node {
	n := &node{op: op(u.number())}
	switch n.op {
	case opConst:
		n.value = u.value()
		return n
	case opSelect:
		n.name = u.string()
	case opRoot:
		n.name = u.string()
		f, ok := u.language.root.Field(n.name)
		n.field, u.broken = f, u.broken || !ok
	case opCall:
		n.name = u.string()
		n.function = u.language.functions()[n.name]
		u.broken = u.broken || n.function == nil
	case opVar, opFold:
		n.slot = int(u.number())
	}
	n.args = make([]*node, u.count())
	if want, ok := n.op.arguments(); !ok || want >= 0 && want != len(n.args) {
		u.in, u.broken = "", true
	}
	for i := range n.args {
		n.args[i] = u.node()
	}
	return n
}

func (u *unpacker) value() ref.Val {
	switch types.Kind(u.number()) {
	case types.StringKind:
		return types.String(u.string())
	case types.BoolKind:
		return types.Bool(u.bool())
	case types.IntKind:
		return types.Int(u.number())
	case types.DoubleKind:
		return types.Double(math.Float64frombits(u.number()))
	case types.ListKind:
		values := make([]ref.Val, u.count())
		for i := range values {
			values[i] = u.value()
		}
		return types.NewRefValList(types.DefaultTypeAdapter, values)
	}
	u.in, u.broken = "", true
	return types.False
}
