package rule

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
)

// errPacked is what a packed form that can't be read says. It ships with the program, so only a defect breaks it.
var errPacked = errors.New("the packed expressions can't be read; generate them again")

// packVersion changes with the form and with what it relies on in cel-go.
const packVersion = "rules 1\n"

// Pack writes down every expression that the language has compiled, so that Unpack can give them back without parsing
// and checking any. The same expressions give the same bytes.
//
// The form is packVersion, the table of strings, and for each expression its key, what it gives, whether it reads the
// document, and the length and bytes of its tree. Numbers are varints, strings are indexes into the table, and a tree
// is written root first. Ids of nodes are not kept: Unpack numbers them anew.
func (l *Language) Pack() ([]byte, error) {
	p := packer{indexes: map[string]uint64{"": 0}, table: []string{""}}
	for _, key := range slices.Sorted(maps.Keys(l.compiled)) {
		e := l.compiled[key]
		p.string(key)
		p.string(e.Text)
		p.string(e.gives)
		p.bool(e.reads)
		tree := packer{indexes: p.indexes, table: p.table, ast: e.tree}
		if err := tree.node(e.tree.Expr()); err != nil {
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
	ast     *ast.AST
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

// node writes a node: its kind, the name of its type if that is an object's, and what its kind needs.
func (p *packer) node(e ast.Expr) error {
	p.number(uint64(e.Kind()))
	object := ""
	if t := p.ast.GetType(e.ID()); t != nil && t.Kind() == types.StructKind {
		object = t.TypeName()
	}
	p.string(object)
	switch e.Kind() {
	case ast.LiteralKind:
		return p.literal(e)
	case ast.IdentKind:
		if r := p.ast.ReferenceMap()[e.ID()]; r == nil || r.Value != nil || r.Name != e.AsIdent() {
			return fmt.Errorf("the name %s can't be packed", e.AsIdent())
		}
		p.string(e.AsIdent())
		return nil
	case ast.SelectKind:
		if p.ast.ReferenceMap()[e.ID()] != nil || e.AsSelect().IsTestOnly() {
			return fmt.Errorf("has(%s) can't be packed", e.AsSelect().FieldName())
		}
		p.string(e.AsSelect().FieldName())
		return p.node(e.AsSelect().Operand())
	case ast.CallKind:
		return p.call(e)
	case ast.ListKind:
		return p.nodes(e.AsList().Elements()...)
	case ast.MapKind:
		var pairs []ast.Expr
		for _, entry := range e.AsMap().Entries() {
			pairs = append(pairs, entry.AsMapEntry().Key(), entry.AsMapEntry().Value())
		}
		return p.nodes(pairs...)
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		if c.HasIterVar2() {
			return errors.New("a loop over two names can't be packed")
		}
		p.string(c.IterVar())
		p.string(c.AccuVar())
		return p.nodes(c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result())
	}
	return fmt.Errorf("an expression of kind %d can't be packed", e.Kind())
}

func (p *packer) nodes(list ...ast.Expr) error {
	p.number(uint64(len(list)))
	for _, e := range list {
		if err := p.node(e); err != nil {
			return err
		}
	}
	return nil
}

func (p *packer) call(e ast.Expr) error {
	c := e.AsCall()
	overloads := p.ast.GetOverloadIDs(e.ID())
	p.string(c.FunctionName())
	p.number(uint64(len(overloads)))
	for _, o := range overloads {
		p.string(o)
	}
	p.bool(c.IsMemberFunction())
	if c.IsMemberFunction() {
		if err := p.node(c.Target()); err != nil {
			return err
		}
	}
	return p.nodes(c.Args()...)
}

// literal writes the kind of a literal and its value.
func (p *packer) literal(e ast.Expr) error {
	switch v := e.AsLiteral().(type) {
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
	default:
		return fmt.Errorf("a literal of type %s can't be packed", v.Type().TypeName())
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

// unpack decodes the tree of a packed expression, and reports whether it loops.
func (p packedExpr) unpack(table []string) (*ast.AST, bool, error) {
	u := unpacker{in: p.tree, table: table, make: ast.NewExprFactory(), objects: map[int64]*types.Type{}, names: map[int64]*ast.ReferenceInfo{}}
	root := u.node()
	if u.broken || u.in != "" {
		return nil, false, errPacked
	}
	return ast.NewCheckedAST(ast.NewAST(root, ast.NewSourceInfo(nil)), u.objects, u.names), u.loops, nil
}

// An unpacker reads what a packer wrote. Once broken it gives zeros.
type unpacker struct {
	in      string
	table   []string
	broken  bool
	loops   bool // whether a tree was read that does
	make    ast.ExprFactory
	id      int64
	objects map[int64]*types.Type
	names   map[int64]*ast.ReferenceInfo
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

func (u *unpacker) node() ast.Expr {
	u.id++
	id, kind := u.id, ast.ExprKind(u.number())
	if object := u.string(); object != "" {
		u.objects[id] = cel.ObjectType(object)
	}
	switch kind {
	case ast.LiteralKind:
		return u.literal(id)
	case ast.IdentKind:
		name := u.string()
		u.names[id] = ast.NewIdentReference(name, nil)
		return u.make.NewIdent(id, name)
	case ast.SelectKind:
		field := u.string()
		return u.make.NewSelect(id, u.node(), field)
	case ast.CallKind:
		return u.call(id)
	case ast.ListKind:
		return u.make.NewList(id, u.nodes(), nil)
	case ast.MapKind:
		pairs := u.nodes()
		entries := make([]ast.EntryExpr, len(pairs)/2)
		for i := range entries {
			u.id++
			entries[i] = u.make.NewMapEntry(u.id, pairs[2*i], pairs[2*i+1], false)
		}
		return u.make.NewMap(id, entries)
	case ast.ComprehensionKind:
		u.loops = true
		item, sum := u.string(), u.string()
		if part := u.nodes(); len(part) == 5 {
			return u.make.NewComprehension(id, part[0], item, sum, part[1], part[2], part[3], part[4])
		}
	}
	u.in, u.broken = "", true
	return u.make.NewUnspecifiedExpr(id)
}

func (u *unpacker) nodes() []ast.Expr {
	list := make([]ast.Expr, u.count())
	for i := range list {
		list[i] = u.node()
	}
	return list
}

func (u *unpacker) call(id int64) ast.Expr {
	function, overloads := u.string(), make([]string, u.count())
	for i := range overloads {
		overloads[i] = u.string()
	}
	u.names[id] = ast.NewFunctionReference(overloads...)
	if u.bool() {
		target := u.node()
		return u.make.NewMemberCall(id, function, target, u.nodes()...)
	}
	return u.make.NewCall(id, function, u.nodes()...)
}

func (u *unpacker) literal(id int64) ast.Expr {
	switch kind := types.Kind(u.number()); kind {
	case types.StringKind:
		return u.make.NewLiteral(id, types.String(u.string()))
	case types.BoolKind:
		return u.make.NewLiteral(id, types.Bool(u.bool()))
	case types.IntKind:
		return u.make.NewLiteral(id, types.Int(u.number()))
	case types.DoubleKind:
		return u.make.NewLiteral(id, types.Double(math.Float64frombits(u.number())))
	}
	u.in, u.broken = "", true
	return u.make.NewUnspecifiedExpr(id)
}
