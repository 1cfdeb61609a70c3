package manifest_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// TestGoodManifests reads every manifest of the good corpus and every example: they must be read in silence.
func TestGoodManifests(t *testing.T) {
	for _, file := range append(corpus(t, "ok"), examples(t)...) {
		if _, err := manifest.Decode(filepath.Base(file), readFile(t, file)); err != nil {
			t.Errorf("%s:\n%v", file, err)
		}
	}
}

// TestBadManifests compares the messages about every manifest of the bad corpus with what stands beside it.
func TestBadManifests(t *testing.T) {
	for _, file := range corpus(t, "bad") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := manifest.Decode(filepath.Base(file), readFile(t, file))
			if err == nil {
				t.Fatal("it is read in silence")
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".out", err.Error()+"\n")
		})
	}
	for _, file := range glob(t, "../../testdata/manifests/bad/*.out") {
		if _, err := os.Stat(strings.TrimSuffix(file, ".out") + ".yaml"); err != nil {
			t.Errorf("%s belongs to no manifest", file)
		}
	}
}

func corpus(t testing.TB, name string) []string {
	t.Helper()
	return glob(t, "../../testdata/manifests/"+name+"/*.yaml")
}

func examples(t testing.TB) []string {
	t.Helper()
	return glob(t, "../../examples/*/readiness.yaml")
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return files
}

// TestTooManyReferences reads a manifest with hundreds of references that point nowhere, next to hundreds of ids.
func TestTooManyReferences(t *testing.T) {
	var b strings.Builder
	b.WriteString("readiness: 1\npractice: {name: x}\npeople:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "- id: p%05d\n", i)
	}
	b.WriteString("use_cases: [{id: u, users: [")
	b.WriteString(strings.Repeat("p1x345,", 200))
	b.WriteString("]}]\n")
	_, err := manifest.Decode("m.yaml", []byte(b.String()))
	var problems source.Problems
	if !errors.As(err, &problems) || len(problems) != 101 {
		t.Errorf("%d problems, want 100 and a line that says there are more", len(problems))
	}
}

// TestMemory reads a manifest of many items, each of which is small as text and large as a value.
func TestMemory(t *testing.T) {
	for _, items := range []string{strings.Repeat("{},", 300_000), strings.Repeat("{id: a},", 100_000), strings.Repeat("{id: a},", 1000)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := manifest.Decode("m.yaml", []byte("readiness: 1\npractice: {name: x}\nvendors: ["+items+"]\n")); err == nil {
			t.Error("it is read in silence")
		}
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 1000 {
			t.Errorf("%d MiB were needed", used)
		} else {
			t.Log(used)
		}
	}
}

// TestPathsLeadToValues follows the path of every value of the good manifests: it is declared, its place is inside the
// file, and there its text begins.
func TestPathsLeadToValues(t *testing.T) {
	for _, file := range append(corpus(t, "ok"), examples(t)...) {
		doc, err := manifest.Decode(filepath.Base(file), readFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		values := 0
		source.Walk(manifest.Type(), &doc.Manifest, func(path string, f *source.Field, leaf source.Leaf) {
			values++
			pos := doc.File.Pos(path)
			if !doc.File.Declares(path) || pos != leaf.Pos() {
				t.Errorf("%s: %s is declared: %t, at %v or %v", file, path, doc.File.Declares(path), pos, leaf.Pos())
			}
			if line := []rune(doc.File.Line(pos.Line)); pos.Col > len(line) || !begins(string(line[pos.Col-1:]), leaf) {
				t.Errorf("%s: %s is %q, and at %v stands %q", file, path, leaf, pos, string(line))
			}
			if field := source.FieldAt(manifest.Type(), path); field == nil || field.Key != f.Key {
				t.Errorf("%s: FieldAt(%s) is %v", file, path, field)
			}
		})
		if values == 0 {
			t.Errorf("%s declares nothing", file)
		}
	}
}

// begins reports whether text begins with a value as it was written. Quotes and blocks begin with their mark.
func begins(text string, leaf source.Leaf) bool {
	if strings.ContainsAny(text[:1], `"'|>`) {
		return true
	}
	if _, ok := leaf.Any().(source.Days); ok { // written as 6m, shown as 180d
		return spanBegin.MatchString(text)
	}
	shown := leaf.String()
	return strings.HasPrefix(text, shown) || strings.HasPrefix(shown, strings.TrimRight(text, " ")) // over several lines
}

var spanBegin = regexp.MustCompile(`^([0-9]+[dmy]|none|until_deleted|indefinite)`)

// TestItemsWithoutIDs names items that have no id, in paths and for other packages alike.
func TestItemsWithoutIDs(t *testing.T) {
	file := "../../testdata/manifests/ok/items-without-ids.yaml"
	doc, err := manifest.Decode("m.yaml", readFile(t, file))
	if err != nil {
		t.Fatal(err)
	}
	v := doc.Vendors[0]
	for _, test := range []struct {
		path      string
		got, want []string
	}{
		{"vendors[anthropic].subprocessors", manifest.Names("vendors.subprocessors", v.Subprocessors), []string{"0", "1", "2"}},
		{"vendors[anthropic].verified", manifest.Names("vendors.verified", v.Verified), []string{"baa", "1", "2", "3"}},
		{"governance.legal_register", manifest.Names("governance.legal_register", doc.Governance.LegalRegister), []string{"HIPAA", "1", "2", "3", "4"}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
		for _, name := range test.want {
			if !doc.File.Declares(test.path + "[" + name + "]") {
				t.Errorf("%s[%s] is not declared", test.path, name)
			}
		}
	}
}

// TestEmptyMapValue keeps a name whose value is empty: a rule about all values must not pass over it.
func TestEmptyMapValue(t *testing.T) {
	doc, err := manifest.Decode("m.yaml", []byte("readiness: 1\npractice: {name: x}\nvendors: [{id: a, retention: {inputs: , outputs: unknown, logs: 30d}}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	retention := doc.Vendors[0].Retention
	for _, name := range []string{"inputs", "outputs"} {
		if cell, ok := retention[name]; !ok || cell.Declared() {
			t.Errorf("%s is there: %t, declared: %t", name, ok, cell.Declared())
		}
	}
	if len(retention) != 3 {
		t.Errorf("%d names", len(retention))
	}
}

// FuzzDecode decodes whatever comes: it must not panic, every mistake must have a place inside the file, and the same
// bytes must give the same answer.
func FuzzDecode(f *testing.F) {
	for _, file := range slices.Concat(corpus(f, "ok"), corpus(f, "bad"), examples(f)) {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := manifest.Decode("f.yaml", data)
		again, err2 := manifest.Decode("f.yaml", data)
		if !reflect.DeepEqual(doc, again) || !reflect.DeepEqual(err, err2) {
			t.Fatalf("once %v (%v), then %v (%v)", doc, err, again, err2)
		}
		if err == nil {
			source.Walk(manifest.Type(), &doc.Manifest, func(path string, _ *source.Field, leaf source.Leaf) {
				if !doc.File.Declares(path) || doc.File.Pos(path) != leaf.Pos() {
					t.Errorf("%s is declared: %t, at %v or %v", path, doc.File.Declares(path), leaf.Pos(), doc.File.Pos(path))
				}
			})
			return
		}
		var problems source.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("an error that is no list of problems: %v", err)
		}
		lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		for _, p := range problems {
			if !p.Pos.IsValid() && p.Excerpt == "" {
				continue
			}
			if p.Pos.Line > len(lines) || p.Pos.Col < 1 || p.Pos.Col > utf8.RuneCountInString(p.Excerpt)+1 {
				t.Errorf("not in the file: %s", p)
			}
		}
	})
}
