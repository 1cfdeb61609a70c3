package rule

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

const small = `readiness: 1
practice: {name: P, states: [CA]}
people:
  - {id: dana, licensed: true, trained: {hipaa: 2026-01-01}}
  - {id: lin}
training: {courses: [{id: hipaa, valid_for: 1y}]}
vendors:
  - {id: a, name: A, baa: {status: executed, effective_on: 2026-01-01}, retention: {inputs: 30d, logs: indefinite}}
  - {id: b}
  - {id: c, baa: {status: none}, retention: {inputs: unknown}}
access: {keys: []}
systems: [{id: s}]
data_flows:
  - {id: f, from: s, to: patient, elements: [name, unknown]}
`

var asOf = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func scope(t testing.TB) Scope {
	t.Helper()
	doc, err := manifest.Decode("m.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	return Scope{Doc: NewDocument(manifest.Type(), &doc.Manifest, asOf)}
}

func language(t testing.TB) *Language {
	t.Helper()
	return NewLanguage(manifest.Type())
}

func script(s string) source.Script {
	return source.ScriptAt(s, source.Pos{File: "c.yaml", Line: 7, Col: 11})
}

func TestAsk(t *testing.T) {
	l, in := language(t), scope(t)
	tests := []struct {
		expr    string
		want    Answer
		missing []string
	}{
		{"true", Yes, nil},
		{"vendors.exists(v, v.baa.status == 'executed')", Yes, nil},
		{"vendors.exists(v, v.baa.status == 'requested')", Undeclared, []string{"vendors[b].baa.status"}},
		{"vendors.all(v, v.baa.status != 'none')", No, nil}, // a no beside an undeclared is a no
		{"vendors.all(v, v.baa.status in ['executed', 'none'])", Undeclared, []string{"vendors[b].baa.status"}},
		{"vendors.exists_one(v, v.id == 'a')", Yes, nil},
		{"size(vendors) == 3", Yes, nil},
		{"size(access.keys) == 0", Yes, nil},
		{"access.keys.all(k, k.owner == 'x')", Yes, nil}, // an empty list is declared
		{"access.grants.all(g, g.person == 'x')", Undeclared, []string{"access.grants"}},
		{"false && deployment.stage == 'pilot'", No, nil},
		{"deployment.stage == 'pilot' && false", No, []string{"deployment.stage"}},
		{"true || deployment.stage == 'pilot'", Yes, nil},
		{"deployment.stage == 'pilot' || true", Yes, []string{"deployment.stage"}},
		{"!(deployment.stage == 'pilot')", Undeclared, []string{"deployment.stage"}},
		{"deployment.stage == 'pilot' ? true : true", Undeclared, []string{"deployment.stage"}},
		{"'CA' in practice.states", Yes, nil},
		{"'TX' in practice.states", No, nil},
		{"data_flows.all(f, 'name' in f.elements)", Yes, nil},
		{"data_flows.all(f, 'ssn' in f.elements)", Undeclared, []string{"data_flows[f].elements[1]"}}, // one is unknown
		{"done_within(person('dana').trained['hipaa'], course('hipaa').valid_for)", Yes, nil},
		{"done_within(person('dana').trained['hipaa'], 30)", No, nil},
		{"done_within(date('2027-01-01'), 400)", No, nil}, // what is to come is not done
		{"done_within(as_of, 0)", Yes, nil},
		{"days_since(date('2026-11-20')) == 2", Yes, nil},
		{"person('lin').trained['hipaa'] <= as_of", Undeclared, []string{"people[lin].trained"}},
		{"person('dana').trained['other'] <= as_of", Undeclared, []string{"people[dana].trained[other]"}},
		{"person('nobody').licensed", Undeclared, []string{"people[nobody]"}},
		{"'other' in person('dana').trained", Undeclared, []string{"people[dana].trained[other]"}},
		{"person('dana').trained.all(c, person('dana').trained[c] <= as_of)", Yes, nil},
		{"vendor('a').retention['inputs'] == 30", Yes, nil},
		{"vendor('a').retention['logs'] > 1000000", Yes, nil},
		{"vendor('c').retention['inputs'] == 30", Undeclared, []string{"vendors[c].retention[inputs]"}},
		{"deployment.stage == 'pilot' && 1 / 0 == 1", Undeclared, []string{"deployment.stage"}}, // the first that can't be said
		{"vendors[9].name == 'x'", Undeclared, []string{"vendors"}},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			e, err := l.Question(script(tt.expr), nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.Ask(in)
			if err != nil {
				t.Fatal(err)
			}
			if got.Answer != tt.want {
				t.Errorf("answer %v, want %v (%+v)", got.Answer, tt.want, got)
			}
			if tt.want == Undeclared {
				if diff := cmp.Diff(tt.missing, got.Missing); diff != "" {
					t.Errorf("missing (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestReads(t *testing.T) {
	l, in := language(t), scope(t)
	each, elem, err := l.List(script("vendors"))
	if err != nil {
		t.Fatal(err)
	}
	subjects, reading, err := each.Subjects(in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"vendors"}, reading.Reads); diff != "" {
		t.Errorf("reads of the list (-want +got):\n%s", diff)
	}
	var names []string
	for _, s := range subjects {
		names = append(names, s.ID+" "+s.Path+" "+s.Name)
	}
	if diff := cmp.Diff([]string{"a vendors[a] A", "b vendors[b] b", "c vendors[c] c"}, names); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	q, err := l.Question(script("it.baa.status == 'executed' && it.baa.effective_on <= as_of && it.baa.status != 'x'"), elem)
	if err != nil {
		t.Fatal(err)
	}
	in.It = subjects[0]
	got, err := q.Ask(in)
	if err != nil {
		t.Fatal(err)
	}
	want := Reading{Answer: Yes, Reads: []string{"vendors[a].baa.status", "vendors[a].baa.effective_on"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reading (-want +got):\n%s", diff)
	}
}

func TestMistakes(t *testing.T) {
	l := language(t)
	tests := []struct{ expr, message, hint string }{
		{"vendors.all(v, v.baa.statsu == 'x')", `"statsu" is not a key here`, `did you mean "status"?`},
		{"vendros.all(v, true)", `"vendros" is not known here`, `did you mean "vendors"?`},
		{"it.name == 'x'", `"it" is not known here`, ""},
		{"practice.name", "this gives text, and yes or no is needed", ""},
		{"size(vendors)", "this gives a number, and yes or no is needed", ""},
		{"practice.name == 3", "these values can't be combined like this: '_==_' applied to '(string, int)'", ""},
		{"practice.name ==", "not a well-formed expression", ""},
		{"has(practice.name)", `"has" is not known here`, ""},
		{"practice.name.matches('(')", `the pattern "(" is not well-formed`, ""},
		{"type(practice.name) == string", "string can't be used as a value", ""},
		{"google.protobuf.Timestamp{} == as_of", "this kind of expression is not offered", ""},
		{strings.Repeat("true && ", 1000) + "true", "an expression longer than 4,000 characters", ""},
	}
	for _, tt := range tests {
		t.Run(tt.expr[:min(len(tt.expr), 40)], func(t *testing.T) {
			_, err := l.Question(script(tt.expr), nil)
			var p source.Problem
			if !errors.As(err, &p) {
				t.Fatalf("no problem: %v", err)
			}
			if !strings.HasPrefix(p.Message, tt.message) || tt.hint != "" && p.Hint != tt.hint {
				t.Errorf("got %q, hint %q; want %q, hint %q", p.Message, p.Hint, tt.message, tt.hint)
			}
			if p.Pos.Line != 7 || p.Pos.Col < 11 || p.Pos.Col > 11+len(tt.expr) {
				t.Errorf("position %v is outside the expression", p.Pos)
			}
		})
	}
	if _, _, err := l.List(script("practice.name")); err == nil {
		t.Error("a text is accepted as a list")
	}
	if _, err := l.Sentence("{it.name", source.Pos{}, nil); err == nil {
		t.Error("an unclosed { is accepted")
	}
	if _, err := l.Sentence("{practice.nam}", source.Pos{}, nil); err == nil {
		t.Error("a template with a typo is accepted")
	}
}

func TestSentence(t *testing.T) {
	l, in := language(t), scope(t)
	each, elem, err := l.List(script("vendors"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Sentence("{it.name} has {it.baa.status} since {it.baa.effective_on}; {vendors.map(v, v.id)}; {access.keys.map(k, k.id)}; {it.retention['logs']}", source.Pos{}, elem)
	if err != nil {
		t.Fatal(err)
	}
	subjects, _, _ := each.Subjects(in)
	var got []string
	for _, in.It = range subjects[:2] {
		got = append(got, s.Fill(in))
	}
	want := []string{
		"A has executed since 2026-01-01; a, b, c; none; unlimited",
		"b has not declared since not declared; a, b, c; none; not declared",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

// TestCostLimit shows that an expression can't run away: loops in loops, of which each says by itself when it is enough.
func TestCostLimit(t *testing.T) {
	l, in := language(t), scope(t)
	for loop, last := range map[string]string{"vendors.all(x%d, ": "true", "vendors.exists_one(x%d, ": "false"} {
		var nested strings.Builder
		const depth = 30 // so 3 to the power of 30 rounds
		for n := range depth {
			fmt.Fprintf(&nested, loop, n)
		}
		text := nested.String() + last + strings.Repeat(")", depth)
		e, err := l.Question(script(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Ask(in); err == nil {
			t.Errorf("%s... was not stopped", text[:40])
		}
	}
}

// FuzzQuestion compiles anything: an error must have a place inside the expression, and what compiles must answer.
func FuzzQuestion(f *testing.F) {
	for _, s := range []string{"true", "vendors.all(v, v.baa.status == 'x')", "practice.nam", "[1,2].exists(x, x > as_of)", "done_within(as_of, 3)", "\"", "it.x", "vendors\n.all(v,\n true)"} {
		f.Add(s)
	}
	l, in := language(f), scope(f)
	f.Fuzz(func(t *testing.T, expr string) {
		e, err := l.Question(script(expr), nil)
		var p source.Problem
		switch {
		case errors.As(err, &p):
			if p.Pos.Line < 7 || p.Pos.Line > 7+strings.Count(expr, "\n")+strings.Count(expr, "\r") || p.Pos.Col < 1 {
				t.Errorf("position %v is outside %q", p.Pos, expr)
			}
		case err != nil:
			t.Errorf("%q: %v", expr, err)
		default:
			_, _ = e.Ask(in) // an error is a defect of the expression; a panic would be ours
		}
	})
}

// FuzzSentence compiles and fills any sentence.
func FuzzSentence(f *testing.F) {
	for _, s := range []string{"", "it is {practice.kind}", "{", "}", "{}", "{{practice.name}}", "{vendors} and {as_of}", "{1/0}", "{'}'}"} {
		f.Add(s)
	}
	l, in := language(f), scope(f)
	f.Fuzz(func(t *testing.T, text string) {
		sentence, err := l.Sentence(text, source.Pos{File: "f.yaml", Line: 7, Col: 3}, nil)
		if err != nil {
			var p source.Problem
			if !errors.As(err, &p) || p.Pos.Line != 7 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		_ = sentence.Fill(in)
	})
}

// TestPack asks expressions that were written down and read back: they must say what they said, and read what they read.
func TestPack(t *testing.T) {
	written, read := language(t), language(t)
	_, vendor, err := written.List(script("vendors"))
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"it.id == 'a' || it.id == 'b' && it.baa.status in ['executed', 'none']", "it.name == {'a': 'A', 'b': 'B'}[it.id]",
		"it.retention['inputs'] > -3 && double(size(vendors)) > 1.5", "true ? it.id.startsWith('a') : false",
		"vendors.exists_one(v, v.id == it.id) && size(vendors.filter(v, v.id != it.id).map(v, v.id)) == 2",
		"done_within(it.baa.effective_on, 400) && person('dana').licensed",
	}
	for _, text := range texts {
		if _, err := written.Question(script(text), vendor); err != nil {
			t.Fatal(err)
		}
	}
	packed, err := written.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if err := read.Unpack(string(packed)); err != nil {
		t.Fatal(err)
	}
	each, elem, err := read.List(script("vendors"))
	if err != nil || elem != vendor {
		t.Fatalf("a list of %v, want %v: %v", elem, vendor, err)
	}
	in := scope(t)
	subjects, _, err := each.Subjects(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		was, _ := written.Question(script(text), vendor)
		is, err := read.Question(script(text), vendor)
		if err != nil || was == is || is.Reads() != was.Reads() {
			t.Errorf("%s was not read back: %v", text, err)
			continue
		}
		for _, in.It = range subjects {
			want, errWas := was.Ask(in)
			got, errIs := is.Ask(in)
			if diff := cmp.Diff(want, got); diff != "" || (errWas == nil) != (errIs == nil) {
				t.Errorf("%s of %s (-as compiled +as read back):\n%s%v, %v", text, in.It.ID, diff, errWas, errIs)
			}
		}
	}
	for n := range len(packed) {
		broken := &Language{}
		if err := broken.Unpack(string(packed[:n])); err == nil && len(broken.packed) >= len(read.packed) {
			t.Errorf("cut off after %d bytes, nothing is missed", n)
		}
	}
}
