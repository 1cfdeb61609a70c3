package source_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"readiness/internal/source"
)

// FuzzDecode decodes whatever comes: it must not panic, every mistake must have a place inside the file, the same
// bytes must give the same answer, and what was decoded must be where the paths say.
func FuzzDecode(f *testing.F) {
	for _, pattern := range []string{"../../testdata/manifests/*/*.yaml", "../../examples/*/readiness.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("no files %s (%v)", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Add([]byte(paths))
	f.Add([]byte(base))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s, again sample
		file, err := source.Decode("f.yaml", data, sampleType, &s)
		_, err2 := source.Decode("f.yaml", data, sampleType, &again)
		if !reflect.DeepEqual(err, err2) {
			t.Fatalf("once %v, then %v", err, err2)
		}
		if err != nil {
			checkPlaces(t, data, err)
			return
		}
		if !reflect.DeepEqual(s, again) {
			t.Fatalf("once %v, then %v", s, again)
		}
		checkPaths(t, data, file, &s)
	})
}

func checkPlaces(t *testing.T, data []byte, err error) {
	t.Helper()
	var problems source.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("an error that is no list of problems: %v", err)
	}
	for _, p := range problems {
		if !p.Pos.IsValid() && p.Excerpt == "" {
			continue
		}
		if line, ok := inside(data, p.Pos); !ok || line != p.Excerpt {
			t.Errorf("not in the file: %s", p)
		}
		if p.Message == "" || strings.ContainsAny(p.String(), "\x1b\x00\u202e") {
			t.Errorf("not fit to read: %q", p)
		}
	}
}

// checkPaths looks for every leaf where its path says it is, and removes it.
func checkPaths(t *testing.T, data []byte, file *source.File, s *sample) {
	t.Helper()
	tree, err := source.Parse("f.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, s := range file.Said() {
		said[s.Path] = s.Leaf.String()
	}
	source.Walk(sampleType, s, func(path string, _ *source.Field, leaf source.Leaf) {
		if text, ok := said[path]; !ok || text != leaf.String() {
			t.Errorf("%s is said to be %q, and is %q", path, text, leaf)
		}
		delete(said, path)
		if _, ok := inside(data, leaf.Pos()); !ok || !file.Declares(path) || file.Pos(path) != leaf.Pos() {
			t.Errorf("%s is declared: %t, at %v or %v", path, file.Declares(path), leaf.Pos(), file.Pos(path))
		}
		if _, err := tree.Without(sampleType, path); err != nil {
			t.Error(err)
		}
	})
	if len(said) > 0 {
		t.Errorf("said, and nowhere: %v", said)
	}
}

// inside returns the line at pos and whether pos is in it or just behind it.
func inside(data []byte, pos source.Pos) (string, bool) {
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	lines := strings.Split(strings.ToValidUTF8(text, "\ufffd"), "\n")
	if pos.Line < 1 || pos.Line > len(lines) {
		return "", false
	}
	line := lines[pos.Line-1]
	return line, pos.Col >= 1 && pos.Col <= utf8.RuneCountInString(line)+1
}
