package rule

import (
	"fmt"
	"math"
	"strings"

	"readiness/internal/source"
)

// A Template is a sentence with expressions in { }.
type Template struct {
	words []string // one more than exprs
	exprs []*Expr
}

// Sentence compiles text with {expressions}, written at pos. subject is the type of it; nil when there is none.
func (l *Language) Sentence(text string, pos source.Pos, subject *source.Type) (*Template, error) {
	inside := strings.Count(text, "{")
	t := &Template{make([]string, 0, inside+1), make([]*Expr, 0, inside)}
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
		e, err := l.compile(expr, subject, func(int) source.Pos { return pos })
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
func show(v any) string {
	switch v := v.(type) {
	case int64:
		if v == math.MaxInt64 {
			return "unlimited"
		}
	case *object:
		return subject(v).Name
	case []any, *list, *mapping, map[string]any:
		var parts []string
		items(v, func(item any) bool { parts = append(parts, show(item)); return true })
		if len(parts) == 0 {
			return "none"
		}
		return strings.Join(parts, ", ")
	}
	return source.Show(v)
}
