package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

const base = `name: x
list: [a, b]
map: {a: 30d, b: 60d}
items:
  - id: one
    title: first
    tags: [p]
  - id: two
    title: second
rows:
  - {law: HIPAA, part: a, note: n}
`

func TestOverlay(t *testing.T) {
	for _, test := range []struct{ name, fragment, want, gone string }{
		{"nothing", "{}", "name=x list[0]=a list[1]=b map[a]=30d map[b]=60d items[one].id=one items[one].title=first items[one].tags[0]=p items[two].id=two items[two].title=second rows[HIPAA+a].law=HIPAA rows[HIPAA+a].part=a rows[HIPAA+a].note=n", ""},
		{"a value replaced", "{name: y}", "name=y list[0]=a", "name=x"},
		{"a value added", "{word: one}", "name=x word=one list[0]=a", ""},
		{"a map merged", "{map: {b: 1d, c: 2d}}", "map[a]=30d map[b]=1d map[c]=2d items[one]", ""},
		{"a plain list replaced", "{list: [z]}", "name=x list[0]=z map[a]=30d", "list[1]"},
		{"items merged by id", "{items: [{id: two, title: zwei}, {id: three}]}", "items[one].title=first items[one].tags[0]=p items[two].id=two items[two].title=zwei items[three].id=three rows", ""},
		{"a list inside an item replaced", "{items: [{id: one, tags: []}]}", "items[one].title=first items[two].id=two", "tags"},
		{"items without ids replaced", "{rows: [{law: Ohio, part: b}]}", "items[two].title=second rows[Ohio+b].law=Ohio rows[Ohio+b].part=b", "HIPAA"},
		{"a value made empty", "{name: }", "list[0]=a list[1]=b map[a]=30d", "name"},
		{"a list emptied", "{items: []}", "map[b]=60d rows[HIPAA+a].law=HIPAA", "items"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree, fragment := parse(t, base), part(t, test.fragment)
			got := leaves(t, tree.Overlay(fragment))
			if !strings.Contains(got, test.want) || test.gone != "" && strings.Contains(got, test.gone) {
				t.Errorf("%s\nis without\n%s or still has\n%s", got, test.want, test.gone)
			}
			if diff := cmp.Diff(leaves(t, parse(t, base)), leaves(t, tree)); diff != "" {
				t.Errorf("the tree itself has changed:\n%s", diff)
			}
		})
	}
	tree := parse(t, base)
	if tree.Overlay(source.Raw{}) != tree {
		t.Error("no fragment makes another tree")
	}
}

// TestOverlayPlaces shows that mistakes of a fragment get no place in the document it is laid over.
func TestOverlayPlaces(t *testing.T) {
	tree := parse(t, base).Overlay(part(t, "{word: four, items: [{id: one, tags: no list}]}"))
	_, err := tree.Decode(sampleType, &sample{})
	want := `s.yaml: expected a list, found "no list"
  hint: write it as [no list]
s.yaml: "four" is not one of the words for word
  hint: allowed: one, two, three`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestTreeRefuses shows that what a document may not hold stays a mistake when other trees are made from it.
func TestTreeRefuses(t *testing.T) {
	tree := parse(t, "name: &a x\nmap: {a: 30d}\n")
	less, err := tree.Without(sampleType, "map[a]")
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range []*source.Tree{tree, less, tree.Overlay(part(t, "{word: one}"))} {
		if _, err := tree.Decode(sampleType, &sample{}); err == nil || !strings.Contains(err.Error(), "s.yaml:1:7: an anchor") {
			t.Errorf("got %v", err)
		}
	}
}

func TestWithout(t *testing.T) {
	all := leaves(t, parse(t, base))
	for path, gone := range map[string]string{
		"name":               "name=x ",
		"map[a]":             "map[a]=30d ",
		"map":                "map[a]=30d map[b]=60d ",
		"list[1]":            "list[1]=b ",
		"items[two]":         "items[two].id=two items[two].title=second ",
		"items[one].tags[0]": "items[one].tags[0]=p ",
		"items[one].title":   "items[one].title=first ",
		"rows[HIPAA+a].note": "rows[HIPAA+a].note=n",
		"rows":               "rows[HIPAA+a].law=HIPAA rows[HIPAA+a].part=a rows[HIPAA+a].note=n",
	} {
		tree := parse(t, base)
		less, err := tree.Without(sampleType, path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		want := strings.TrimSpace(strings.Replace(all, gone, "", 1))
		if diff := cmp.Diff(want, leaves(t, less)); diff != "" || want == all {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		if leaves(t, tree) != all {
			t.Errorf("%s: the tree itself has changed", path)
		}
	}
	for _, path := range []string{"", "word", "items[three]", "items[0]", "list[2]", "map[c]", "name.inner", "items[one].inner.date", "nonsense", "rows[HIPAA]", "["} {
		if _, err := parse(t, base).Without(sampleType, path); err == nil || err.Error() != "nothing stands at "+path {
			t.Errorf("Without(%q): %v", path, err)
		}
	}
}

func TestWith(t *testing.T) {
	for _, test := range []struct{ path, value, want string }{
		{"name", "y", "name=y list[0]"},
		{"items[one].title", `"a: b"`, "items[one].title=a: b items[one].tags"},
		{"map[b]", "7y", "map[b]=2555d items"},
		{"list[0]", "z", "list[0]=z list[1]=b"},
		{"list", "[q]", "list[0]=q map"},
		{"items[one].title", "~", "items[one].id=one items[one].tags"},
	} {
		tree, err := parse(t, base).With(sampleType, test.path, test.value)
		if err != nil {
			t.Errorf("%s: %v", test.path, err)
			continue
		}
		if got := leaves(t, tree); !strings.Contains(got, test.want) {
			t.Errorf("%s: %s\nis without\n%s", test.path, got, test.want)
		}
	}
	for _, bad := range []struct{ path, value, want string }{
		{"word", "one", "nothing stands at word"},
		{"name", `"`, `"\"" can't be a value`},
		{"name", "", `"" can't be a value`},
	} {
		if _, err := parse(t, base).With(sampleType, bad.path, bad.value); err == nil || err.Error() != bad.want {
			t.Errorf("With(%q, %q): %v, want %s", bad.path, bad.value, err, bad.want)
		}
	}
}

func parse(t testing.TB, doc string) *source.Tree {
	t.Helper()
	tree, err := source.Parse("s.yaml", []byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func part(t testing.TB, fragment string) source.Raw {
	t.Helper()
	s, _ := decode(t, "part: "+fragment)
	raw, _ := s.Part.Get()
	return raw
}

// leaves lists what a tree declares.
func leaves(t testing.TB, tree *source.Tree) string {
	t.Helper()
	var s sample
	if _, err := tree.Decode(sampleType, &s); err != nil {
		t.Fatal(err)
	}
	var all []string
	source.Walk(sampleType, &s, func(path string, _ *source.Field, leaf source.Leaf) {
		all = append(all, path+"="+leaf.String())
	})
	return strings.Join(all, " ")
}
