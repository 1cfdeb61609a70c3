package source_test

import (
	"testing"

	"readiness/internal/source"
)

func TestParentAndJoin(t *testing.T) {
	for _, test := range []struct{ path, parent, key string }{
		{"vendors", "", "vendors"},
		{"access.keys", "access", "keys"},
		{"vendors[a].baa.status", "vendors[a].baa", "status"},
		{"vendors[a.b(c)/d].baa", "vendors[a.b(c)/d]", "baa"},
	} {
		if got := source.Parent(test.path); got != test.parent {
			t.Errorf("Parent(%q) = %q, want %q", test.path, got, test.parent)
		}
		if got := source.Join(test.parent, test.key); got != test.path {
			t.Errorf("Join(%q, %q) = %q", test.parent, test.key, got)
		}
	}
	for path, want := range map[string]string{"": "", "vendors[a]": "vendors", "vendors[a.b]": "vendors", "a[b].c[d.e]": "a[b].c"} {
		if got := source.Parent(path); got != want {
			t.Errorf("Parent(%q) = %q, want %q", path, got, want)
		}
	}
}

const paths = `name: x
word:
flag: unknown
list: []
map: {a: 30d, b: , c: unknown}
items:
  - id: one
    inner:
      date: 2026-01-31
    tags: [a, b]
  - id: t.w(o)/2
rows:
  - {law: HIPAA, part: a}
item:
  id: x
  inner: {}
`

// TestPaths asks about every state a path can be in: declared, unknown, empty, not written.
func TestPaths(t *testing.T) {
	_, f := decode(t, paths)
	for _, test := range []struct {
		path             string
		declared, inside bool
		line, col        int
	}{
		{"", false, true, 1, 1},
		{"name", true, false, 1, 7},
		{"word", false, false, 2, 1},
		{"flag", false, false, 3, 7},
		{"int", false, false, 1, 1},
		{"list", true, false, 4, 1},
		{"list[0]", false, false, 4, 1},
		{"map", true, true, 5, 1},
		{"map[a]", true, false, 5, 10},
		{"map[b]", false, false, 5, 15},
		{"map[c]", false, false, 5, 23},
		{"map[d]", false, false, 5, 1},
		{"items", true, true, 6, 1},
		{"items[one]", true, true, 7, 5},
		{"items[one].id", true, false, 7, 9},
		{"items[one].title", false, false, 7, 5},
		{"items[one].inner", true, true, 8, 5},
		{"items[one].inner.date", true, false, 9, 13},
		{"items[one].tags", true, true, 10, 5},
		{"items[one].tags[1]", true, false, 10, 15},
		{"items[t.w(o)/2].inner.date", false, false, 11, 5},
		{"items[three].inner.date", false, false, 6, 1},
		{"rows[HIPAA+a].part", true, false, 13, 24},
		{"item.inner", true, false, 16, 3},
		{"item.inner.date", false, false, 16, 3},
		{"nonsense[", false, false, 1, 1},
	} {
		t.Run(test.path, func(t *testing.T) {
			if got := f.Declares(test.path); got != test.declared {
				t.Errorf("Declares is %t", got)
			}
			if got := f.HasInside(test.path); got != test.inside {
				t.Errorf("HasInside is %t", got)
			}
			if got, want := f.Pos(test.path), (source.Pos{File: "s.yaml", Line: test.line, Col: test.col}); got != want {
				t.Errorf("Pos is %v, want %v", got, want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	_, f := decode(t, "\ufeffname: x\r\nword: one\r\n")
	for n, want := range map[int]string{-1: "", 0: "", 1: "name: x", 2: "word: one", 3: "", 4: ""} {
		if got := f.Line(n); got != want {
			t.Errorf("Line(%d) = %q, want %q", n, got, want)
		}
	}
}
