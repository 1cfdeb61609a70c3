package rule

import (
	"reflect"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"readiness/internal/source"
)

// A Document is what expressions are asked about. It makes each value readable once, for all expressions. It is not
// safe for concurrent use, and what it was made from must not change.
type Document struct {
	root  *object
	types map[*source.Type]ref.Type

	scope  Scope // of the evaluation under way, as the rest
	trace  trace
	round  int            // its number
	noted  map[string]int // by path: the last round in which it was noted as read
	lacked map[string]int // by path: the last round in which it was noted as missing
}

// trace records what one evaluation reads, each path once.
type trace struct {
	reads   []string // declared paths, in reading order
	missing []string // undeclared paths
	last    string   // the last that was read, for the first time or again
}

// NewDocument makes v, a pointer to the struct that t describes, readable.
func NewDocument(t *source.Type, v any) *Document {
	d := &Document{types: map[*source.Type]ref.Type{}, noted: map[string]int{}, lacked: map[string]int{}}
	d.root = &object{value: value{reflect.ValueOf(v).Elem(), t, "", d}}
	return d
}

// begin starts an evaluation.
func (d *Document) begin(in Scope) {
	d.scope = in
	d.round++
	d.trace = trace{d.trace.reads[:0], d.trace.missing[:0], ""}
}

// read gives the value at a place and notes in the trace that it was read.
func (d *Document) read(p *place) ref.Val {
	if n := len(p.reads); n > 0 {
		d.trace.last = p.reads[n-1]
	}
	if p.round != d.round {
		p.round = d.round
		d.trace.reads = note(d.trace.reads, p.reads, d.noted, d.round)
		d.trace.missing = note(d.trace.missing, p.missing, d.lacked, d.round)
	}
	return p.val
}

func note(list, paths []string, noted map[string]int, round int) []string {
	for _, path := range paths {
		if noted[path] != round {
			noted[path] = round
			list = append(list, path)
		}
	}
	return list
}

// reads are the declared paths that the evaluation has read, each once.
func (d *Document) reads() []string { return slices.Clone(d.trace.reads) }

// missing are the undeclared paths that it would have needed.
func (d *Document) missing() []string { return slices.Clone(d.trace.missing) }

func (d *Document) typeOf(t *source.Type) ref.Type {
	if d.types[t] == nil {
		d.types[t] = types.NewObjectType(t.Name)
	}
	return d.types[t]
}

// Parent makes a Document the names that an expression can begin with.
func (d *Document) Parent() cel.Activation { return nil }

// ResolveName is the value of a name that an expression can begin with.
func (d *Document) ResolveName(name string) (any, bool) {
	switch name {
	case "as_of":
		return types.Timestamp{Time: d.scope.AsOf}, true
	case "it":
		return d.scope.It.v, d.scope.It.v != nil
	}
	if _, ok := d.root.t.Field(name); !ok {
		return nil, false
	}
	return d.root.get(name), true
}
