package rule

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"github.com/google/go-cmp/cmp"

	"readiness/checklists"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// An oracle answers expressions as cel-go's own interpreter does, over the same values.
type oracle struct {
	l    *Language
	envs map[*source.Type]*cel.Env
}

// ask is what Ask says, and whether the expression is defective.
func (o *oracle) ask(t testing.TB, text string, subject *source.Type, in Scope) (Reading, bool) {
	t.Helper()
	checked, issues := o.env(t, subject).Compile(text)
	if issues.Err() != nil {
		t.Fatal(issues.Err())
	}
	program, err := o.env(t, subject).Program(checked, cel.CostLimit(maxSteps))
	if err != nil {
		t.Fatal(err)
	}
	d := in.Doc
	if _, err := d.evaluate(&tree{root: &node{op: opConst, value: types.True}}, nil); err != nil { // which starts a trace
		t.Fatal(err)
	}
	out, _, err := program.Eval(activation{d, in.It.v})
	var missing *undeclared
	switch {
	case errors.As(err, &missing):
		return Reading{Undeclared, d.reads(), d.missing()}, false
	case err != nil && strings.HasPrefix(err.Error(), "index out of bounds") && d.trace.last != "":
		d.read(d.absent(d.trace.last))
		return Reading{Undeclared, d.reads(), d.missing()}, false
	case err != nil:
		return Reading{}, true
	case out == types.True:
		return Reading{Answer: Yes, Reads: d.reads()}, false
	}
	return Reading{Answer: No, Reads: d.reads()}, false
}

func (o *oracle) env(t testing.TB, subject *source.Type) *cel.Env {
	t.Helper()
	if env := o.envs[subject]; env != nil {
		return env
	}
	env, err := o.l.env(subject)
	if err != nil {
		t.Fatal(err)
	}
	options := []cel.EnvOption{
		cel.CustomTypeProvider(&fields{&provider{env.CELTypeProvider(), o.l.objects}}),
		bind("date", "date_of", cel.TimestampType, cel.UnaryBinding(dateOf), cel.StringType),
		bind("@days_between", "days_between", cel.IntType, cel.BinaryBinding(daysBetween), cel.TimestampType, cel.TimestampType),
	}
	for _, find := range lookups {
		elem := celType(elemAt(o.l.root, find.list))
		options = append(options, bind("@"+find.function, "find_"+find.function, elem, cel.BinaryBinding(findItem), cel.ListType(elem), cel.StringType))
	}
	if env, err = env.Extend(options...); err != nil {
		t.Fatal(err)
	}
	o.envs[subject] = env
	return env
}

func bind(name, id string, gives *cel.Type, binding cel.OverloadOpt, args ...*cel.Type) cel.EnvOption {
	return cel.Function(name, cel.Overload(id, args, gives, binding))
}

// fields is a provider that reads fields too.
type fields struct{ *provider }

func (p *fields) FindStructFieldType(name, key string) (*types.FieldType, bool) {
	t, ok := p.provider.FindStructFieldType(name, key)
	if ok && p.objects[name] != nil {
		t.IsSet = func(any) bool { return true }
		t.GetFrom = func(o any) (any, error) {
			f, _ := p.objects[name].Field(key)
			v := o.(*object).get(f)
			if err, ok := v.(*types.Err); ok {
				return nil, err
			}
			return v, nil
		}
	}
	return t, ok
}

// An activation gives the names that an expression can begin with.
type activation struct {
	doc *Document
	it  ref.Val
}

func (a activation) Parent() cel.Activation { return nil }

func (a activation) ResolveName(name string) (any, bool) {
	switch name {
	case "as_of":
		return types.Timestamp{Time: a.doc.asOf}, true
	case "it":
		return a.it, a.it != nil
	}
	f, ok := a.doc.root.t.Field(name)
	if !ok {
		return nil, false
	}
	return a.doc.root.get(f), true
}

// TestOracle asks every rule of the shipped checklists of every example, and of an empty manifest: the answer, what was
// read and what is missing are what cel-go's interpreter gives.
func TestOracle(t *testing.T) {
	l := NewLanguage(manifest.Type())
	if err := l.Unpack(checklists.Rules()); err != nil {
		t.Fatal(err)
	}
	o := &oracle{NewLanguage(manifest.Type()), map[*source.Type]*cel.Env{}}
	files, err := filepath.Glob("../../examples/*/readiness.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("no examples: %v, %v", files, err)
	}
	asked := 0
	for _, file := range append(files, "") {
		ours, theirs := exampleScope(t, file), exampleScope(t, file)
		ourSubjects, theirSubjects := everySubject(t, l, ours), everySubject(t, l, theirs)
		for _, key := range slices.Sorted(maps.Keys(l.packed)) {
			p := l.packed[key]
			if p.gives != "bool" {
				continue
			}
			name := strings.TrimSuffix(strings.TrimSuffix(key, p.text), ": ")
			subject := l.objects[name]
			if name == "string" {
				subject = &source.Type{Kind: source.KindText}
			}
			e := l.known(key)
			for i, it := range ourSubjects[name] {
				ours.It, theirs.It = it, theirSubjects[name][i]
				got, err := e.Ask(ours)
				want, defect := o.ask(t, p.text, subject, theirs)
				if err != nil || defect {
					t.Errorf("%s of %s: %v, cel: %v", p.text, it.Path, err, defect)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s of %s in %s (-cel +got):\n%s", p.text, it.Path, file, diff)
				}
				asked++
			}
		}
	}
	if asked < 3000 {
		t.Errorf("only %d answers were compared", asked)
	}
}

func exampleScope(t *testing.T, file string) Scope {
	t.Helper()
	data := []byte("readiness: 1\npractice: {name: P}\n")
	if file != "" {
		var err error
		if data, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := manifest.Decode("m.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	flow.Derive(doc)
	return Scope{Doc: NewDocument(manifest.Type(), &doc.Manifest, asOf)}
}

// everySubject lists what rules are asked of, by type; "" is the document itself.
func everySubject(t *testing.T, l *Language, in Scope) map[string][]Subject {
	t.Helper()
	all := map[string][]Subject{"": {{}}}
	for _, key := range slices.Sorted(maps.Keys(l.packed)) {
		if p := l.packed[key]; strings.HasPrefix(p.gives, "list(") && p.text == key {
			subjects, _, err := l.known(key).Subjects(in)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(strings.TrimPrefix(p.gives, "list("), ")")
			all[name] = append(all[name], subjects...)
		}
	}
	return all
}

// FuzzOracle asks any expression. Ours may refuse what cel-go's interpreter answers, and never answers otherwise.
func FuzzOracle(f *testing.F) {
	for _, s := range []string{
		"vendors.all(v, v.baa.status == 'x')", "[1, 2].exists(x, x > size(vendors))", "done_within(as_of, 3)", "{'a': [1], 'b': [2]}['a'] == [1]",
		"vendors.filter(v, v.id != 'a').map(v, v.id).exists_one(i, i == 'b')", "vendors[7].name == 'x' || vendors[0].id == 'a'",
		"'a' + 'b' < 'c' && 3 % 2 == 1 && -1.5 * 2.0 < double(1) && 'abc'.matches('b+')", "practice.states.all(s, s in ['CA']) ? 'lin' in people.map(p, p.id) : false",
		"as_of - date('2026-01-01') > duration('24h') && as_of.getFullYear() == 2026", "dyn([1, 'a'])[1] == 'a'", "vendor('a').retention.all(k, k != 'x')",
		"[[1], [2, 3]].all(a, a.all(a, a > 0))", "1 / 0 == 1 || true", "string(1) + 'x' == '1x' && 'x'.size() == 1", "dyn(1) != 'a' && null == null",
	} {
		f.Add(s)
	}
	o := &oracle{NewLanguage(manifest.Type()), map[*source.Type]*cel.Env{}}
	ours, theirs := scope(f), scope(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := o.l.Question(script(text), nil)
		if err != nil {
			return
		}
		clear(o.l.compiled)
		got, refused := e.Ask(ours)
		want, defect := o.ask(t, text, nil, theirs)
		if refused == nil && (defect || got.Answer != want.Answer) {
			t.Errorf("%s: %v, cel: %v, defect %v", text, got.Answer, want.Answer, defect)
		}
	})
}
