package rule

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"readiness/internal/source"
)

// An Expr is a compiled expression. It is immutable and safe for concurrent use.
type Expr struct {
	Text  string
	gives string // the name of its type, as CEL writes it
	reads bool
	tree  func() (*tree, error) // decoded when it is first asked
}

// A tree is the work of an expression.
type tree struct {
	root  *node
	slots int // how many values its loops keep
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

// A Reading is an answer and what it rests on. It is shared: its lists must not be changed.
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
	v    ref.Val
}

// Question compiles a yes-or-no expression. subject is the type of it; nil when there is none. The error is a
// source.Problem with the place of the mistake.
func (l *Language) Question(s source.Script, subject *source.Type) (*Expr, error) {
	e, err := l.compile(s.Text, subject, s.At)
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
	e, err := l.compile(s.Text, nil, s.At)
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

func (l *Language) compile(text string, subject *source.Type, at func(line, col int) source.Pos) (*Expr, error) {
	if len(text) > 4000 {
		return nil, problem(at(1, 0), "an expression longer than 4,000 characters", "split it into several checks")
	}
	key := text
	if subject != nil {
		key = typeName(subject) + ": " + text
	}
	if e := l.compiled[key]; e != nil {
		return e, nil
	}
	e, err := l.known(key), error(nil)
	if e == nil {
		if e, err = l.parse(text, subject, at); err != nil {
			return nil, err
		}
	}
	l.compiled[key] = e
	return e, nil
}

// parse parses, checks and plans an expression.
func (l *Language) parse(text string, subject *source.Type, at func(line, col int) source.Pos) (*Expr, error) {
	env, err := l.env(subject)
	if err != nil {
		return nil, fmt.Errorf("prepare expressions: %w", err)
	}
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		return nil, l.explain(issues, at)
	}
	root, slots, err := l.plan(checked.NativeRep())
	if err != nil {
		return nil, problem(at(1, 0), err.Error(), "")
	}
	t := &tree{root, slots}
	return &Expr{text, checked.OutputType().String(), l.readsAny(checked.NativeRep()), func() (*tree, error) { return t, nil }}, nil
}

// known is an expression that was packed; nil when it wasn't.
func (l *Language) known(key string) *Expr {
	p, ok := l.packed[key]
	if !ok {
		return nil
	}
	return &Expr{p.text, p.gives, p.reads, sync.OnceValues(func() (*tree, error) { return l.unpack(p.tree) })}
}

// readsAny reports whether an expression names a part of the document.
func (l *Language) readsAny(tree *ast.AST) bool {
	for _, r := range tree.ReferenceMap() {
		if _, ok := l.root.Field(r.Name); ok || r.Name == "it" {
			return true
		}
	}
	return false
}

func problem(pos source.Pos, message, hint string) error {
	return source.Problem{Pos: pos, Message: message, Hint: hint}
}

// explain turns the compiler's first issue into a problem in the author's words.
func (l *Language) explain(issues *cel.Issues, at func(line, col int) source.Pos) error {
	first := slices.MinFunc(issues.Errors(), func(a, b *cel.Error) int {
		return cmp.Or(cmp.Compare(a.Location.Line(), b.Location.Line()), cmp.Compare(a.Location.Column(), b.Location.Column()))
	})
	pos := at(first.Location.Line(), max(first.Location.Column(), 0))
	message, hint := first.Message, ""
	switch {
	case strings.HasPrefix(message, "undefined field "):
		name := strings.Trim(strings.TrimPrefix(message, "undefined field "), "'")
		message, hint = fmt.Sprintf("%q is not a key here", name), source.Suggest(name, l.allKeys())
	case strings.HasPrefix(message, "undeclared reference to"):
		name, _, _ := strings.Cut(strings.TrimPrefix(message, "undeclared reference to '"), "'")
		message, hint = fmt.Sprintf("%q is not known here", name), source.Suggest(name, l.words())
	case strings.HasPrefix(message, "found no matching overload"):
		message, hint = "these values can't be combined like this: "+plain(strings.TrimPrefix(message, "found no matching overload for ")), "compare text with text in quotes, numbers with numbers, dates with dates"
	case strings.HasPrefix(message, "Syntax error"):
		message, hint = "not a well-formed expression: "+plain(strings.TrimPrefix(message, "Syntax error: ")), "look for missing quotes, brackets and operators"
	}
	return source.Problem{Pos: pos, Message: message, Hint: hint}
}

func plain(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// allKeys are the keys of every object, for suggestions.
func (l *Language) allKeys() []string {
	var keys []string
	for _, t := range l.objects {
		for _, f := range t.Fields {
			keys = append(keys, f.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// words are the names an expression can begin with.
func (l *Language) words() []string {
	words := []string{"it", "as_of", "days_since", "done_within", "date", "size"}
	for _, f := range l.root.Fields {
		words = append(words, f.Key)
	}
	for _, f := range lookups {
		words = append(words, f.function)
	}
	return words
}

// describe names a type, as CEL writes it, for people.
func describe(name string) string {
	kind, _, _ := strings.Cut(name, "(")
	switch kind {
	case "bool":
		return "yes or no"
	case "string":
		return "text"
	case "int", "double", "uint":
		return "a number"
	case "timestamp", "google.protobuf.Timestamp":
		return "a date"
	case "list":
		return "a list"
	case "map":
		return "names and values"
	}
	return "a group of keys"
}

// maxKept is how many paths an answer may rest on to be remembered. Only manifests beyond anything real have more.
const maxKept = 200

// Ask answers a Question. An error means that the expression is defective, not that the answer is no.
func (e *Expr) Ask(in Scope) (Reading, error) {
	r, ok := in.Doc.answers[question{e, in.It.v}]
	if ok {
		return r, nil
	}
	out, err := e.eval(in)
	switch {
	case err != nil:
		return Reading{}, err
	case out == nil:
		r = Reading{Undeclared, in.Doc.reads(), in.Doc.missing()}
	case out == types.True:
		r = Reading{Answer: Yes, Reads: in.Doc.reads()}
	default:
		r = Reading{Answer: No, Reads: in.Doc.reads()}
	}
	if len(r.Reads)+len(r.Missing) <= maxKept {
		in.Doc.answers[question{e, in.It.v}] = r
	}
	return r, nil
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
		for it := out.(traits.Iterable).Iterator(); it.HasNext() == types.True; {
			l.subjects = append(l.subjects, subject(it.Next()))
		}
		l.reading = Reading{Answer: Yes, Reads: in.Doc.reads()}
	}
	in.Doc.subjects[e] = l
	return l.subjects, l.reading, nil
}

// subject names an item of a list.
func subject(v ref.Val) Subject {
	o, ok := v.(*object)
	if !ok {
		s, _ := v.(types.String)
		return Subject{ID: string(s), Name: string(s), v: v}
	}
	id := strings.TrimSuffix(o.path[strings.LastIndex(o.path, "[")+1:], "]")
	name := ""
	if f, ok := o.t.Field("name"); ok {
		name, _ = source.LeafAt(o.v.Field(f.Index)).Any().(string)
	}
	return Subject{ID: id, Path: o.path, Name: cmp.Or(name, id), v: v}
}

// eval returns nil when the value is undeclared.
func (e *Expr) eval(in Scope) (ref.Val, error) {
	t, err := e.tree()
	if err != nil {
		return nil, fmt.Errorf("%q: %w", e.Text, err)
	}
	out, err := in.Doc.evaluate(t, in.It.v)
	if missing := (*undeclared)(nil); errors.As(err, &missing) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%q: %w", e.Text, err)
	}
	return out, nil
}
