package rule

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

func TestX(t *testing.T) {
	doc, err := manifest.Decode("m.yaml", []byte(`readiness: 1
practice: {name: P}
people:
  - {id: dana, trained: {hipaa: 2026-01-01}}
training: {courses: [{id: hipaa, valid_for: 1y}]}
vendors:
  - {id: a, name: A, baa: {status: executed, effective_on: 2026-01-01}}
  - {id: b}
  - {id: c, baa: {status: none}}
`))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	l, err := NewLanguage(manifest.Type())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("env", time.Since(start))
	script := func(s string) source.Script { return source.Script{Text: s} }
	each, elem, err := l.List(script("vendors"))
	if err != nil {
		t.Fatal(err)
	}
	in := Scope{Root: reflect.ValueOf(&doc.Manifest).Elem(), AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	subjects, r, err := each.Subjects(in)
	fmt.Println(subjects, r, err)
	for _, x := range []string{
		`it.baa.status in ['executed'] && it.baa.effective_on <= as_of`,
		`it.baa.statsu == 'executed'`,
		`done_within(person('dana').trained['hipaa'], course('hipaa').valid_for)`,
		`done_within(person('dana').trained['x'], 365)`,
		`people.all(p, p.trained['hipaa'] <= as_of)`,
		`it.baa.status == 3`,
		`it.baa.status == 'executed' &&`,
		`vendros.size() > 0`,
		`it.baa.status`,
		`access.grants.all(g, g.person == 'x')`,
	} {
		start := time.Now()
		q, err := l.Question(script(x), elem)
		fmt.Println(x, time.Since(start))
		if err != nil {
			fmt.Println("  ", err)
			continue
		}
		for _, s := range subjects {
			in.It = s
			r, err := q.Ask(in)
			fmt.Println("  ", s.ID, r, err)
		}
	}
	tt, err := l.Sentence("{it.name} has {it.baa.status} since {it.baa.effective_on}, {people.map(p, p.id)}", source.Pos{}, elem)
	fmt.Println(err)
	for _, s := range subjects {
		in.It = s
		fmt.Println(tt.Fill(in))
	}
}
