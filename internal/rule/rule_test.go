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
		{"size(data_flows[0].elements) >= 1", Undeclared, []string{"data_flows[f].elements[1]"}}, // one is unknown
		{"data_flows[0].elements.size() == 2", Undeclared, []string{"data_flows[f].elements[1]"}},
		{"size(practice.states) == 1", Yes, nil},
		{"'CA' in practice.states", Yes, nil},
		{"'TX' in practice.states", No, nil},
		{"data_flows.all(f, 'name' in f.elements)", Yes, nil},
		{"data_flows.all(f, 'ssn' in f.elements)", Undeclared, []string{"data_flows[f].elements[1]"}}, // one is unknown
		{"done_within(person('dana').trained['hipaa'], course('hipaa').valid_for)", Yes, nil},
		{"done_within(person('dana').trained['hipaa'], 30)", No, nil},
		{"done_within(date('2027-01-01'), 400)", No, nil}, // what is to come is not done
		{"done_within(as_of, 0)", Yes, nil},
		{"days_since(date('2026-11-20')) == 2", Yes, nil},
		{"days_since(date('0001-01-01')) == 739941", Yes, nil}, // more than a time.Duration holds
		{"days_since(date('9999-12-31')) == -2912117", Yes, nil},
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
		{"{'h': 1, 'b': 1, 'g': 1, 'c': 1, 'a': 1, 'f': 1, 'd': 1, 'e': 1}.map(n, n)[0] == 'a'", Yes, nil},
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
	tests := []struct {
		expr          string
		col           int // from 0
		message, hint string
	}{
		{"vendors.all(v, v.baa.statsu == 'x')", 21, `"statsu" is not a key here`, `did you mean "status"?`},
		{"vendros.all(v, true)", 0, `"vendros" is not known here`, `did you mean "vendors"?`},
		{"it.name == 'x'", 0, `"it" is not known here`, "it is an item of the list under each, and there is no each here"},
		{"has(practice.name)", 0, `"has" is not known here`, "read the value: what isn't declared is undeclared without asking"},
		{"practice.name.startWith('a')", 14, `"startWith" is not known here`, `did you mean "startsWith"?`},
		{"seize(vendors) > 0", 0, `"seize" is not known here`, `did you mean "size"?`},
		{"practice.name.x == 1", 14, `text has no keys, so no "x"`, ""},
		{"practice.name", 0, "this gives text, and yes or no is needed", "compare it with something, such as == 'live'"},
		{"true && size(vendors)", 8, "this gives a whole number, and yes or no is needed", "compare it with something, such as == 'live'"},
		{"vendors.all(v, v.id)", 15, "this gives text, and yes or no is needed", "compare it with something, such as == 'live'"},
		{"!1", 1, "this gives a whole number, and yes or no is needed", "compare it with something, such as == 'live'"},
		{"practice.name == 3", 0, "== doesn't work with text and a whole number", "compare text with text in quotes, numbers with numbers, dates with dates"},
		{"true || practice.name < as_of", 8, "< doesn't work with text and a date", "write a day as date('2026-01-31')"},
		{"1.5 == 1", 0, "== doesn't work with a decimal number and a whole number", "write the whole number with a point, such as 1.0, or as double(...)"},
		{"'a' * 2 == 'aa'", 0, "* doesn't work with text and a whole number", "compare text with text in quotes, numbers with numbers, dates with dates"},
		{"-'a' == 'b'", 0, "- doesn't work with text", ""},
		{"vendors == vendors", 0, "a list can't be compared as a whole", "compare its parts, or its size(...)"},
		{"vendors in ['a']", 0, "in doesn't work with a list and a list", ""},
		{"vendors['a'].id == 'a'", 0, "[ ] doesn't work with a list and text", "look for a word with 'word' in the list, for an item with the list's exists(x, ...), or by its id with vendor('id') and the like"},
		{"practice.states.contains('CA')", 0, "contains doesn't work with a list and text", "look for a word with 'word' in the list, for an item with the list's exists(x, ...), or by its id with vendor('id') and the like"},
		{"size() == 1", 0, "size doesn't take 0 values", ""},
		{"true ? 1 : 'a'", 7, "? and : doesn't work with a whole number and text", ""},
		{"[1, 'a'] == 1", 4, "a list of a whole number and text", "a list has items of one kind"},
		{"{1: 2}.a == 2", 1, "this name is a whole number", "names are text in quotes"},
		{"{'a': 1, 'b': true}.a == 1", 14, "values of which one is a whole number and one yes or no", "the values are of one kind"},
		{"days_since(3) > 1", 11, "this is a whole number, and a date is needed", "write a day as date('2026-01-31')"},
		{"days_since() > 1", 0, "days_since needs a date", "write days_since(the date)"},
		{"done_within(as_of)", 0, "done_within needs a date and a number of days", "write done_within(the date, days)"},
		{"done_within(as_of, '3')", 19, "this is text, and a number of days is needed", "write days as a whole number, such as 365"},
		{"date('31.1.2026') < as_of", 5, `"31.1.2026" is not a date like 2026-01-31`, "write a day as date('2026-01-31')"},
		{"practice.name == live", 17, `"live" is not known here`, "text stands in quotes"},
		{"true and true", 5, `"and" is left over`, "write &&"},
		{"(true or true)", 6, `) is missing before "or"`, "write ||"},
		{"not true", 0, `"not" is not known here`, "write !"},
		{"vendor.id == 'a'", 0, `"vendor" is not known here`, "write vendor('its id'), or vendors for all of them"},
		{"person() == 1", 0, "person needs one id", "write person('its id')"},
		{"person(3).licensed", 7, "an id is text, and this is a whole number", ""},
		{"practice.all(p, true)", 0, "this is a group of keys, and a list is needed", "name a list of the manifest, such as vendors"},
		{"vendors.all(people, true)", 12, `"people" already means something`, "call the item by another name"},
		{"vendors.all(as_of, true)", 12, `"as_of" already means something`, "call the item by another name"},
		{"vendors.all(for, true)", 12, `"for" already means something`, "call the item by another name"},
		{"vendors.all(1, true)", 12, `a name for the item is missing before "1"`, ""},
		{"vendors.all(v)", 13, `, is missing before ")"`, ""},
		{"practice.name ==", 16, "this ends too early: a value is missing", "look for missing quotes, brackets and operators"},
		{"1 ? true : true", 0, "this gives a whole number, and yes or no is needed", ""},
		{"vendors.all(v, true) && v.id == 'a'", 24, `"v" is not known here`, ""},
		{"contains('a', 'b')", 0, `"contains" is not known here`, ""},
		{"'a'.string() == 'a'", 4, `"string" is not known here`, ""},
		{"[1 2] == 1", 3, `] is missing before "2"`, ""},
		{"{'a': 1 'b': 2}.a == 1", 8, `} is missing before "b"`, ""},
		{"[vendors[0], people[0]].size() == 2", 13, "a list of a group of keys and a group of keys", ""},
		{"[[1], ['a']].size() == 2", 6, "a list of a list and a list", ""},
		{"'a\rb' == 'a'", 0, "a text without its closing quote", ""},
		{"'a'.contains()", 0, "contains doesn't work with text", ""},
		{"size('a', 'b') == 1", 0, "size doesn't work with text and text", ""},
		{"[[]].all(x, x[0] == 1)", 0, "nothing is in this list", ""},
		{"{'a': [][0]}.all(x, true)", 6, "nothing is in this list", ""},
		{"-[][0] == -1", 1, "nothing is in this list", ""},
		{"{}.a == 1", 0, "nothing is in this list", ""},
		{"[].all(x, true)", 0, "nothing is in this list", "name a list of the manifest, such as vendors"},
		{"(true", 5, "this ends too early: ) is missing", ""},
		{"true)", 4, `")" is left over`, "look for missing operators, brackets and quotes"},
		{"true ? true", 11, "this ends too early: : is missing", ""},
		{"size(vendors,) == 1", 13, `a value is missing before ")"`, ""},
		{"practice.in", 9, `a name is missing before "in"`, ""},
		{"'é' == 'abc", 7, "a text without its closing quote", "close it with '"},
		{"'a\nb' == 'a'", 0, "a text without its closing quote", "close it with '"},
		{`practice.name == 'a\q'`, 17, "a backslash in this text isn't followed by what it stands for", "write \\\\ for a backslash, or r before the quote"},
		{`'\ud800' == 'a'`, 0, "a backslash in this text isn't followed by what it stands for", ""},
		{"practice.name = 'x'", 14, "the character '=' means nothing here", "write =="},
		{"true & true", 5, "the character '&' means nothing here", "write &&"},
		{"true # yes", 5, "the character '#' means nothing here", "text stands in quotes"},
		{"9223372036854775808 > 1", 0, "9223372036854775808 is too large a number", ""},
		{"1e999 > 1.0", 0, "1e999 is too large a number", ""},
		{"practice.name.matches('(')", 22, `the pattern "(" is not well-formed`, ""},
		{"'\xff' == 'a'", 0, "this is not UTF-8 text", "save the file as UTF-8"},
		{strings.Repeat("(", 100) + "true" + strings.Repeat(")", 100), 60, "more than 60 brackets in one another", "split it into several checks"},
		{strings.Repeat("true && ", 1000) + "true", 0, "an expression longer than 4,000 characters", "split it into several checks"},
	}
	for _, tt := range tests {
		t.Run(tt.expr[:min(len(tt.expr), 40)], func(t *testing.T) {
			_, err := l.Question(script(tt.expr), nil)
			var p source.Problem
			if !errors.As(err, &p) {
				t.Fatalf("no problem: %v", err)
			}
			if p.Message != tt.message || tt.hint != "" && p.Hint != tt.hint {
				t.Errorf("got %q, hint %q; want %q, hint %q", p.Message, p.Hint, tt.message, tt.hint)
			}
			if want := (source.Pos{File: "c.yaml", Line: 7, Col: 11 + tt.col}); p.Pos != want {
				t.Errorf("at %v, want %v", p.Pos, want)
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
	for _, tt := range []struct {
		loop, last string
		depth      int // so 3 to the power of it rounds
	}{
		{"vendors.all(x%d, ", "true", 30},
		{"vendors.exists_one(x%d, ", "false", 30},
		{"vendors.all(x%d, ", "'" + strings.Repeat("long", 900) + "'.contains('')", 8}, // long text counts
		{"vendors.all(x%d, ", "'" + strings.Repeat("long", 900) + "' != 'short'", 8},
		{"vendors.all(x%d, ", "!(1 in [" + strings.Repeat("2, ", 1000) + "3])", 9}, // and so does a long list
	} {
		var nested strings.Builder
		loop, last, depth := tt.loop, tt.last, tt.depth
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

// TestDefects asks what compiles and can't be answered by any manifest.
func TestDefects(t *testing.T) {
	l, in := language(t), scope(t)
	for text, want := range map[string]string{
		"{'a': 1, 'a': 2}.a == 1":        `"{'a': 1, 'a': 2}.a == 1": "a" is there twice`,
		"0.0 / 0.0 == 1.0":               `"0.0 / 0.0 == 1.0": this gives no number`,
		"1.0 / 0.0 > 1.0":                `"1.0 / 0.0 > 1.0": this gives no number`,
		"1 / 0 == 1":                     `"1 / 0 == 1": a number is divided by zero`,
		"date('31.1.' + '2026') < as_of": `"date('31.1.' + '2026') < as_of": "31.1.2026" is not a date like 2026-01-31`,
	} {
		e, err := l.Question(script(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = e.Ask(in); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
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
