package rule

import (
	"cmp"
	"fmt"
	"strings"

	"readiness/internal/source"
)

// An Expr is a compiled expression. It is immutable and safe for concurrent use.
type Expr struct {
	Text  string
	gives string // the name of its type, as CEL writes it
	reads bool
	slots int // how many values its loops keep
	root  node
}

// Reads reports whether the expression reads anything of the document, so that its answer can depend on it.
func (e *Expr) Reads() bool { return e.reads }

// An Answer is what an expression says about a manifest.
type Answer int

// The answers.
const (
	Undeclared Answer = iota // the manifest doesn't say enough
	Yes
	No
)

// A Reading is an answer and what it rests on.
type Reading struct {
	Answer  Answer
	Reads   []string // the declared paths that were read, each once
	Missing []string // for Undeclared: the paths that would settle it
}

// A Scope is what an expression is asked about.
type Scope struct {
	Doc *Document // of the language's root type
	It  Subject   // the item of it that a check is asked of; zero for the document itself
}

// A Subject is one item that a check is asked of.
type Subject struct {
	ID   string // its id or other name, unique in its list
	Path string // where it is in the document; "" for a plain value
	Name string // what people call it
	v    any
}

// Question compiles a yes-or-no expression. subject is the type of it; nil when there is none. The error is a
// source.Problem with the place of the mistake.
func (l *Language) Question(s source.Script, subject *source.Type) (*Expr, error) {
	e, err := l.compile(s.Text, subject, s.AtByte)
	if err != nil {
		return nil, err
	}
	if e.gives != "bool" {
		return nil, problem(s.At(1, 0), "this gives "+describe(e.gives)+", and yes or no is needed", "compare it with something, such as == 'live'")
	}
	return e, nil
}

// List compiles an expression that yields the subjects of a check, and returns the type of their items.
func (l *Language) List(s source.Script) (*Expr, *source.Type, error) {
	e, err := l.compile(s.Text, nil, s.AtByte)
	if err != nil {
		return nil, nil, err
	}
	item, ok := strings.CutPrefix(e.gives, "list(")
	if !ok {
		return nil, nil, problem(s.At(1, 0), "this gives "+describe(e.gives)+", and a list is needed", "name a list of the manifest, such as vendors")
	}
	item = strings.TrimSuffix(item, ")")
	elem := l.objects[item]
	if item == "string" {
		elem = &source.Type{Kind: source.KindText}
	}
	if elem == nil {
		return nil, nil, problem(s.At(1, 0), "this is a list of "+describe(item), "name a list of the manifest, such as vendors")
	}
	return e, elem, nil
}

// compile returns the Expr of a text. at is the place of one of its bytes.
func (l *Language) compile(text string, subject *source.Type, at func(n int) source.Pos) (*Expr, error) {
	if len(text) > 4000 {
		return nil, problem(at(0), "an expression longer than 4,000 characters", "split it into several checks")
	}
	k := key{text: text}
	if subject != nil {
		k.it = typeName(subject)
	}
	if e := l.compiled[k]; e != nil {
		return e, nil
	}
	if e, err := l.unpack(k); e != nil || err != nil {
		return e, err
	}
	p, root, wrong := l.parse(text, subject)
	if wrong != nil {
		return nil, problem(at(wrong.at), wrong.message, wrong.hint)
	}
	e := &Expr{text, typeName(root.t), p.reads, p.slots, *root.node}
	l.compiled[k] = e
	return e, nil
}

func problem(pos source.Pos, message, hint string) error {
	return source.Problem{Pos: pos, Message: message, Hint: hint}
}

// Ask answers a Question. An error means that the expression is defective, not that the answer is no.
func (e *Expr) Ask(in Scope) (Reading, error) {
	out, err := e.eval(in)
	switch {
	case err != nil:
		return Reading{}, err
	case out == nil:
		return Reading{Undeclared, in.Doc.reads(), in.Doc.missing()}, nil
	case out == true:
		return Reading{Answer: Yes, Reads: in.Doc.reads()}, nil
	}
	return Reading{Answer: No, Reads: in.Doc.reads()}, nil
}

// Subjects lists the items of a List, which must not be changed. When the list itself is undeclared the Reading says so.
func (e *Expr) Subjects(in Scope) ([]Subject, Reading, error) {
	if known, ok := in.Doc.subjects[e]; ok {
		return known.subjects, known.reading, nil
	}
	out, err := e.eval(in)
	if err != nil {
		return nil, Reading{}, err
	}
	var l listing
	if out == nil {
		l.reading = Reading{Undeclared, in.Doc.reads(), in.Doc.missing()}
	} else {
		items(out, func(item any) bool { l.subjects = append(l.subjects, subject(item)); return true })
		l.reading = Reading{Answer: Yes, Reads: in.Doc.reads()}
	}
	in.Doc.subjects[e] = l
	return l.subjects, l.reading, nil
}

// subject names an item of a list.
func subject(v any) Subject {
	o, ok := v.(*object)
	if !ok {
		s, _ := v.(string)
		return Subject{ID: s, Name: s, v: v}
	}
	id := strings.TrimSuffix(o.path[strings.LastIndex(o.path, "[")+1:], "]")
	name := ""
	if f, ok := o.t.Field("name"); ok {
		name, _ = source.LeafAt(o.v.Field(f.Index)).Any().(string)
	}
	return Subject{ID: id, Path: o.path, Name: cmp.Or(name, id), v: v}
}

// eval returns nil when the value is undeclared.
func (e *Expr) eval(in Scope) (any, error) {
	out := in.Doc.evaluate(e, in.It.v)
	f, ok := out.(*failure)
	switch {
	case !ok:
		return out, nil
	case f.undeclared != "":
		return nil, nil
	}
	return nil, fmt.Errorf("%q: %w", e.Text, f.err)
}
