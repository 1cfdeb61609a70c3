package rule

import (
	"reflect"
	"slices"
	"time"

	"readiness/internal/source"
)

// A Document is what expressions are asked about, on one day. It makes each value readable once, for all expressions,
// and remembers the lists that checks are asked of. It is not safe for concurrent use, and what it was made from
// must not change.
type Document struct {
	root  *object
	today any // a time.Time, the only clock
	marks map[string]*mark

	subjects map[*Expr]listing

	trace trace // of the evaluation under way
	round int   // its number
	vars  []any
}

// A listing is what the expression of a list gave.
type listing struct {
	subjects []Subject
	reading  Reading
}

// A mark is a path and the last rounds in which it was noted.
type mark struct {
	path         string
	read, lacked int
}

// trace records what one evaluation reads, each path once.
type trace struct {
	reads   []string // declared paths, in reading order
	missing []string // undeclared paths
	last    string   // the last that was read, for the first time or again
}

// NewDocument makes v, a pointer to the struct that t describes, readable on the day asOf.
func NewDocument(t *source.Type, v any, asOf time.Time) *Document {
	d := &Document{today: asOf, marks: map[string]*mark{}, subjects: map[*Expr]listing{}}
	d.root = &object{value: value{reflect.ValueOf(v).Elem(), t, "", d}}
	return d
}

// evaluate starts a trace and gives the value of an expression, asked of it.
func (d *Document) evaluate(expr *Expr, it any) any {
	d.round++
	d.trace = trace{d.trace.reads[:0], d.trace.missing[:0], ""}
	if len(d.vars) < expr.slots {
		d.vars = make([]any, expr.slots)
	}
	e := evaluation{doc: d, it: it, vars: d.vars}
	out := e.run(&expr.root)
	if e.steps > maxSteps {
		return &failure{err: errTooMuch}
	}
	return out
}

// read gives the value at a place and notes in the trace that it was read.
func (d *Document) read(p *place) any {
	if n := len(p.reads); n > 0 {
		d.trace.last = p.reads[n-1].path
	}
	if p.round == d.round {
		return p.val
	}
	p.round = d.round
	for _, m := range p.reads {
		if m.read != d.round {
			m.read = d.round
			d.trace.reads = append(d.trace.reads, m.path)
		}
	}
	for _, m := range p.missing {
		if m.lacked != d.round {
			m.lacked = d.round
			d.trace.missing = append(d.trace.missing, m.path)
		}
	}
	return p.val
}

// mark returns the marks of paths.
func (d *Document) mark(paths ...string) []*mark {
	list := make([]*mark, len(paths))
	for i, path := range paths {
		m := d.marks[path]
		if m == nil {
			m = &mark{path: path}
			d.marks[path] = m
		}
		list[i] = m
	}
	return list
}

// reads are the declared paths that the evaluation has read, each once.
func (d *Document) reads() []string { return slices.Clip(slices.Clone(d.trace.reads)) }

// missing are the undeclared paths that it would have needed.
func (d *Document) missing() []string { return slices.Clip(slices.Clone(d.trace.missing)) }
