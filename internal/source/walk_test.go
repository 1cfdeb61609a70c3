package source_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

// TestWalk lists the leaves of a document that was written in another order than its Go fields: in their order, and in
// its own.
func TestWalk(t *testing.T) {
	s, f := decode(t, `
items:
  - id: b
    tags: [y, x]
  - title: second
    id: a
map: {z: 1d, a: 2d, m: unknown, n: }
flag: unknown
word: one
name: x
item: {id: i, inner: {date: 2026-01-31}}
`)
	var got []string
	source.Walk(sampleType, s, func(path string, f *source.Field, leaf source.Leaf) {
		got = append(got, fmt.Sprintf("%s %s %s", path, f.Key, leaf))
	})
	want := []string{
		"name name x",
		"word word one",
		"map[a] map 2d",
		"map[z] map 1d",
		"items[b].id id b",
		"items[b].tags[0] tags y",
		"items[b].tags[1] tags x",
		"items[a].id id a",
		"items[a].title title second",
		"item.id id i",
		"item.inner.date date 2026-01-31",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got = nil
	for _, said := range f.Said() {
		got = append(got, fmt.Sprintf("%s %s %s", said.Path, said.Field.Key, said.Leaf))
	}
	if diff := cmp.Diff(slices.Concat(want[4:7], []string{want[8], want[7]}, want[2:4], want[1:2], want[:1], want[9:]), got); diff != "" {
		t.Errorf("Said: (-want +got):\n%s", diff)
	}
}

// TestItemNames compares the names items get while they are decoded with those they get afterwards.
func TestItemNames(t *testing.T) {
	for _, test := range []struct {
		name, list, doc string
		want            []string
	}{
		{"by id", "items", "[{id: b}, {id: a}]", []string{"b", "a"}},
		{"by required values", "rows", "[{law: HIPAA, part: a}, {law: HIPAA, part: b}]", []string{"HIPAA+a", "HIPAA+b"}},
		{"values used twice", "rows", "[{law: HIPAA, part: a}, {law: HIPAA, part: a}]", []string{"HIPAA+a", "1"}},
		{"a value with a space", "rows", "[{law: Ohio Code, part: a}]", []string{"0"}},
		{"a value that is unknown", "rows", "[{law: HIPAA, part: unknown}, {law: unknown, part: a}]", []string{"0", "1"}},
		{"a value in quotes", "rows", `[{law: "HIPAA", part: 'a'}]`, []string{"HIPAA+a"}},
		{"single values", "list", "[a, a, b]", []string{"0", "1", "2"}},
		{"no id", "loose", "[{note: x}, {id: a}, {id: }, {}]", []string{"0", "a", "2", "3"}},
		{"an id that looks like a number", "loose", `[{id: "1"}, {note: x}, {id: "0"}]`, []string{"1", "1+", "0"}},
		{"a number that looks like an id", "loose", `[{note: x}, {id: "0"}]`, []string{"0", "1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, f := decode(t, test.list+": "+test.doc)
			list := reflect.ValueOf(s).Elem().FieldByName(strings.ToUpper(test.list[:1]) + test.list[1:])
			field, _ := sampleType.Field(test.list)
			if diff := cmp.Diff(test.want, source.ItemNames(field.Type.Elem, list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, name := range test.want {
				if path := test.list + "[" + name + "]"; !f.Declares(path) {
					t.Errorf("%s is not declared", path)
				}
			}
		})
	}
}

func TestFieldAt(t *testing.T) {
	for path, want := range map[string]string{
		"name":                  "A name.",
		"items":                 "Items with ids.",
		"items[a]":              "Items with ids.",
		"items[a].inner.date":   "A date.",
		"items[a.b].inner.date": "A date.",
		"items.inner.date":      "A date.",
		"map[a.b]":              "Lengths of time by name.",
		"list[0]":               "Texts.",
		"total":                 "A derived number.",
		"":                      "",
		"nonsense":              "",
		"name.inner":            "",
		"items[a].nonsense":     "",
		"items[a].inner.date.x": "",
	} {
		got := ""
		if f := source.FieldAt(sampleType, path); f != nil {
			got = f.Doc
		}
		if got != want {
			t.Errorf("FieldAt(%q) is %q, want %q", path, got, want)
		}
	}
}

func TestType(t *testing.T) {
	if got, want := strings.Join(sampleType.Keys(), " "), "name word flag int number date span code part who list few words map items rows loose item"; got != want {
		t.Errorf("Keys: %s, want %s", got, want)
	}
	if f, ok := sampleType.Field("total"); !ok || !f.Derived {
		t.Error("rules can't read the derived field")
	}
	if _, ok := sampleType.Field("Name"); ok {
		t.Error("Go names are keys")
	}
	defer func() {
		if recover() == nil {
			t.Error("a type that no document can hold is described")
		}
	}()
	source.TypeOf[struct {
		Bad string `yaml:"bad"`
	}]()
}

// TestDerivedBesideDeclared reads a field that has a declared and a derived side under one name.
func TestDerivedBesideDeclared(t *testing.T) {
	type both struct {
		Written source.Date `yaml:"day" doc:"As written."`
		Derived source.Date `yaml:"-" derived:"day" doc:"As derived."`
	}
	typ := source.TypeOf[both]()
	if f, _ := typ.Field("day"); f.Doc != "As derived." {
		t.Errorf("rules read %q", f.Doc)
	}
	var v both
	if _, err := source.Decode("s.yaml", []byte("day: 2026-01-31\n"), typ, &v); err != nil || !v.Written.Declared() || v.Derived.Declared() {
		t.Errorf("a document writes %v and %v (%v)", v.Written, v.Derived, err)
	}
}
