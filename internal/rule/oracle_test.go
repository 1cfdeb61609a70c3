package rule

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
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
	d.evaluate(&Expr{root: node{op: opConst, value: true}}, nil) // which starts a trace
	out, _, err := program.Eval(celActivation{d, in.It.v})
	var missing celFailure
	switch {
	case errors.As(err, &missing) && missing.undeclared != "":
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
	if o.envs[subject] == nil {
		o.envs[subject] = celEnv(t, o.l, subject)
	}
	return o.envs[subject]
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
		for _, p := range l.packed {
			e := known(t, l, p.key)
			if e.gives != "bool" {
				continue
			}
			name := p.key.it
			subject := l.objects[name]
			if name == "string" {
				subject = &source.Type{Kind: source.KindText}
			}
			for i, it := range ourSubjects[name] {
				ours.It, theirs.It = it, theirSubjects[name][i]
				got, err := e.Ask(ours)
				want, defect := o.ask(t, e.Text, subject, theirs)
				if err != nil || defect {
					t.Errorf("%s of %s: %v, cel: %v", e.Text, it.Path, err, defect)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s of %s in %s (-cel +got):\n%s", e.Text, it.Path, file, diff)
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

// known is an expression that was packed.
func known(t *testing.T, l *Language, k key) *Expr {
	t.Helper()
	e, err := l.unpack(k)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// everySubject lists what rules are asked of, by type; "" is the document itself.
func everySubject(t *testing.T, l *Language, in Scope) map[string][]Subject {
	t.Helper()
	all := map[string][]Subject{"": {{}}}
	for _, p := range l.packed {
		if e := known(t, l, p.key); strings.HasPrefix(e.gives, "list(") && p.key.it == "" {
			subjects, _, err := e.Subjects(in)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(strings.TrimPrefix(e.gives, "list("), ")")
			all[name] = append(all[name], subjects...)
		}
	}
	return all
}

// holds are expressions that are true, here as in CEL.
func holds() []string {
	return []string{
		// beside what is not declared, or can't be computed
		"vendors[7].name == 'x' || vendors[0].id == 'a'", "1 / 0 == 1 || true", "'inputs' in vendor('a').retention && vendor('a').retention.inputs == 30", "data_flows.map(f, f.elements)[0].exists(e, e == 'name')",
		// what is written down
		`r'a\' == 'a\\'`,
		"0x1F == 31 && -0x10 == -16 && 007 == 7 && 1e3 == 1000.0 && .5 == 0.5 && 1.5E-1 == 0.15 && -1.5 < - 1.0",
		"9223372036854775807 > -9223372036854775808", "-9223372036854775807 - 1 < 0",
		`'a' == "a" && '''a''' == """a""" && 'a"b' == "a\"b" && r'\d' == '\\d' && R"a" == 'a'`,
		"'\\u00e9\\x41\\101\\U0001F600' == 'éAA😀' && '\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\`\\?'.size() == 12", "'''a\r\nb\rc'''.size() == 5",
		"true // a comment\n && // another\r\n true\t", "[1, 2,][1] == 2 && {'a': 1,}.a == 1 && size([]) == 0 && size({}) == 0",
		// what binds how
		"1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 10 - 4 - 3 == 3 && 7 / 2 * 2 == 6 && -7 % 3 == -1", "!false && !!true && --3 == 3 && - - -3 == -3",
		"true || false && false", "false && true || true", "1 < 2 == true", "1 == 1 != false", "(true ? (false ? 1 : 2) : 3) == 2", "1 > 2 ? false : true", "'a' in ['a'] == true",
		"!'x'.startsWith('y') && -[1][0] == -1",
		// functions
		"'abc'.contains('b') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc') && 'abc'.matches('^a.c$') && matches('abc', 'b')",
		"alike('Prompt-caching ', 'prompt_caching') && !alike('promptcaching', 'prompt caching') && !alike('files', 'file')",
		"size('äöü') == 3 && 'äöü'.size() == 3 && size([1]) == 1 && [1].size() == 1 && {'a': 1}.size() == 1", "string(1) + string(true) + string('a') + string(1.5) == '1truea1.5' && string(1e21) != string(0.1)",
		"int('3') == int(3.9) && int(-3.9) == -3 && int(4) == 4", "double('1e2') == 100.0 && double(3) == 3.0 && double(1.5) == 1.5", "date('2026-01-31') < as_of && date('2026-11-22') == as_of",
		"as_of.getFullYear() == 2026 && as_of.getMonth() == 10 && as_of.getDate() == 22 && as_of.getDayOfMonth() == 21 && as_of.getDayOfWeek() == 0 && as_of.getDayOfYear() == 325",
		"days_since(date('2026-11-20')) == 2 && days_since(date('2026-11-24')) == -2", "done_within(as_of, 3) && !done_within(date('2026-11-23'), 3) && !done_within(date('2026-11-01'), 3)",
		"'a' < 'b' && 'B' < 'a' && 1 <= 1 && 1.5 >= 1.5 && as_of >= as_of && !(as_of > as_of)",
		// loops
		"{'a': 1}.filter(k, true)[0] == 'a' && {'a': 1}.map(k, k)[0] == 'a'", "[1].all(a, [2].all(b, [3].all(c, a + b + c == 6))) && [1].all(a, a == 1)",
		"[1, 2, 3].map(x, x > 1, x * 2).filter(x, x != 4).exists(x, x == 6)", "[[1], [2, 3]].all(a, a.all(a, a > 0))", "[1, 2].exists_one(x, x > 1) && ![1, 2].exists_one(x, x > 0)", "vendors.filter(v, false).all(v, v.id == '') && !vendors.filter(v, false).exists(v, true)",
		"{'b': 1, 'a': 2}.map(k, k)[0] == 'a' || true", "{'a': 1}.all(k, k == 'a') && {'a': 1}.exists(k, k == 'a')", "[1, 2].map(x, [3].map(y, x + y))[1][0] == 5", "[3, 1].map(x, {'n': x}).exists(m, m.n == 1 && m['n'] == 1)",
		"vendors.filter(v, v.id != 'a').map(v, v.id).exists_one(i, i == 'b')",
		"{'a': vendors}['a'].map(v, v.id)[0] == 'a'", "person('dana').trained.map(k, k).exists(k, k == 'hipaa')", "vendor('a').retention.all(k, k != 'x')",
		"person('dana').trained.filter(k, person('dana').trained[k] <= as_of).size() == 1", "practice.states.all(s, s in ['CA']) ? 'lin' in people.map(p, p.id) : false",
	}
}

// fails are expressions that are not: they need what isn't declared, or what can't be computed, here as in CEL.
func fails() []string {
	return []string{
		"vendors.exists_one(v, v.baa.status == 'executed')", "vendors.filter(v, v.baa.status == 'executed').size() == 1", "vendors.map(v, v.name).exists(n, n == 'A')", "vendors.map(v, v.name)[0] == 'A'",
		"vendors[-1].id == 'a'", "[1][1] == 1", "[1][-1] == 1", "vendors.filter(v, v.id == 'z')[0].name == 'A'", "-1 * -9223372036854775808 > 0", "{'a': 1}['b'] == 1", "1 / 0 == 1", "1 % 0 == 1", "9223372036854775807 + 1 > 0",
		"-9223372036854775808 - 1 > 0", "-9223372036854775808 * -1 > 0", "-9223372036854775808 / -1 > 0", "-9223372036854775808 % -1 == 0", "-(-9223372036854775807 - 1) > 0", "9223372036854775807 * 2 > 0 || 3037000500 * 3037000500 > 0",
		"int('x') == 1", "int(1e19) == 1", "double('x') == 1.0", "date('2026-02-' + '30') == as_of", "'a'.matches('a' + '(')", "vendors.all(v, v.baa.status == 'executed' && 1 / 0 == 1)", "vendors.filter(v, v.baa.status == 'executed' || 1 / 0 == 1).size() == 1",
		"deployment.stage == 'pilot' && 1 / 0 == 1", "'x' in vendor('a').retention", "'ssn' in data_flows[0].elements",
		"[deployment.stage, 'a'].exists(s, s == 'a')", "{'a': deployment.stage}.a == 'a'", "{deployment.stage: 1}.a == 1", "deployment.stage in ['a'] ? true : true",
	}
}

// TestConformance asks what must be understood here, and what CEL's interpreter says to it.
func TestConformance(t *testing.T) {
	o := &oracle{NewLanguage(manifest.Type()), map[*source.Type]*cel.Env{}}
	for _, text := range slices.Concat(holds(), fails()) {
		t.Run(text, func(t *testing.T) {
			e, err := o.l.Question(script(text), nil)
			if err != nil {
				t.Fatal(err)
			}
			ours, theirs := scope(t), scope(t)
			got, refused := e.Ask(ours)
			want, defect := o.ask(t, text, nil, theirs)
			if diff := cmp.Diff(want, got); diff != "" || (refused != nil) != defect {
				t.Errorf("(-cel +got):\n%s%v, cel %v", diff, refused, defect)
			}
			if (got.Answer == Yes) != slices.Contains(holds(), text) {
				t.Errorf("answer %v", got.Answer)
			}
		})
	}
}

// FuzzOracle asks any expression. Ours may refuse what CEL understands, and never understands it otherwise.
func FuzzOracle(f *testing.F) {
	for _, s := range slices.Concat(holds(), fails()) {
		f.Add(s)
	}
	o := &oracle{NewLanguage(manifest.Type()), map[*source.Type]*cel.Env{}}
	ours, theirs := scope(f), scope(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := o.l.Question(script(text), nil)
		if err != nil || has(&e.root, opMap) && has(&e.root, opAll, opExists, opOne, opCollect) {
			return // nobody says in which order CEL looks at the names of a map
		}
		clear(o.l.compiled)
		got, err := e.Ask(ours)
		if err != nil {
			return
		}
		want, defect := o.ask(t, text, nil, theirs)
		if defect || got.Answer != want.Answer {
			t.Errorf("%s: %v, cel: %v, defect %v", text, got.Answer, want.Answer, defect)
		}
	})
}

// has reports whether a node does any of some things, itself or in its arguments.
func has(n *node, ops ...op) bool {
	if slices.Contains(ops, n.op) {
		return true
	}
	for i := range n.args {
		if has(&n.args[i], ops...) {
			return true
		}
	}
	return false
}
