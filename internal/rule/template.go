package rule

import (
	"fmt"
	"math"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"readiness/internal/source"
)

// A Template is a sentence with expressions in { }.
type Template struct {
	words []string // one more than exprs
	exprs []*Expr
}

// Sentence compiles text with {expressions}, written at pos. subject is the type of it; nil when there is none.
func (l *Language) Sentence(text string, pos source.Pos, subject *source.Type) (*Template, error) {
	t := &Template{}
	rest := text
	for {
		before, after, found := strings.Cut(rest, "{")
		t.words = append(t.words, before)
		if !found {
			return t, nil
		}
		expr, tail, closed := strings.Cut(after, "}")
		if !closed {
			return nil, problem(pos, "a { without its }", "close the expression: {it.name}")
		}
		e, err := l.compile(expr, subject, func(int, int) source.Pos { return pos })
		if p, ok := err.(source.Problem); ok {
			p.Message = fmt.Sprintf("in {%s}: %s", expr, p.Message)
			return nil, p
		}
		if err != nil {
			return nil, err
		}
		t.exprs = append(t.exprs, e)
		rest = tail
	}
}

// Fill writes the sentence. A value the manifest doesn't declare reads "not declared"; a name, the id.
func (t *Template) Fill(in Scope) string {
	var b strings.Builder
	for i, e := range t.exprs {
		b.WriteString(t.words[i])
		out, err := e.eval(in)
		switch {
		case err == nil && out != nil:
			b.WriteString(show(out))
		case e.Text == "it.name":
			b.WriteString(in.It.Name)
		default:
			b.WriteString("not declared")
		}
	}
	return b.String() + t.words[len(t.words)-1]
}

// show writes a value as a reader would.
func show(v ref.Val) string {
	switch v := v.(type) {
	case types.String:
		return string(v)
	case types.Bool:
		return source.Show(bool(v))
	case types.Int:
		if v == math.MaxInt64 {
			return "unlimited"
		}
		return source.Show(int64(v))
	case types.Double:
		return source.Show(float64(v))
	case types.Timestamp:
		return source.Show(v.Time)
	case *object:
		return subject(v).Name
	case traits.Iterable:
		var parts []string
		for it := v.Iterator(); it.HasNext() == types.True; {
			parts = append(parts, show(it.Next()))
		}
		if len(parts) == 0 {
			return "none"
		}
		return strings.Join(parts, ", ")
	}
	return "not declared"
}
