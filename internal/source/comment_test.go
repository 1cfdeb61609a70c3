package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"readiness/internal/source"
)

// shown is a document as others may see it, line by line.
func shown(t *testing.T, text string) string {
	t.Helper()
	tree, err := source.Parse("f.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for n := 1; n <= tree.File().Lines(); n++ {
		lines = append(lines, tree.File().Shown(n))
	}
	return strings.Join(lines, "\n")
}

func TestShownLeavesCommentsOut(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"behind a value", "a: b   # a note", "a: b"},
		{"behind a key alone", "a:\t# a note\n  b: c", "a:\n  b: c"},
		{"a line of its own", "# a note\na: b\n  # more\n", "\na: b\n\n"},
		{"no white space before it", "a: b#c", "a: b#c"},
		{"in double quotes", `a: "b # \" # c" # a note`, `a: "b # \" # c"`},
		{"in single quotes", `a: 'it''s # 1' # a note's end`, `a: 'it''s # 1'`},
		{"close behind a quote", `a: "b"#a note`, `a: "b"`},
		{"an apostrophe in text", "a: it's # a note, isn't it\nb: '#1'", "a: it's\nb: '#1'"},
		{"quotes in text", `a: the "b # c"`, `a: the "b`},
		{"quoted text in two lines", "a: \"b # c\n  d # e\" # a note\nf: g # more", "a: \"b # c\n  d # e\"\nf: g"},
		{"plain text in two lines", "a: b\n  c#d # a note\ne: f", "a: b\n  c#d\ne: f"},
		{"a block of text", "a: | # a note\n  b # c\n\n  # d\ne: f # more", "a: |\n  b # c\n\n  # d\ne: f"},
		{"a folded block at the end", "a: >-\n  b # c\n  d\n", "a: >-\n  b # c\n  d\n"},
		{"in a list", "a: [b, '# c', d#e] # a note\nf: [] # more", "a: [b, '# c', d#e]\nf: []"},
		{"between the lines of a list", "a: [b, # a note\n  \"#c\", # more\n]# and more", "a: [b,\n  \"#c\",\n]"},
		{"in a group", "a: {b: c, d: } # a note", "a: {b: c, d: }"},
		{"a quoted key", `"a # b": c # a note`, `"a # b": c`},
		{"letters of several bytes", `ä: [é, "ü # ö", ñ] # ß`, `ä: [é, "ü # ö", ñ]`},
		{"an item", "- a # a note\n- # more\n  b: c", "- a\n-\n  b: c"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shown(t, test.text)); diff != "" {
				t.Errorf("shown (-want +got)\n%s", diff)
			}
		})
	}
}

// What is shown of a document says what the document says.
func TestShownSaysTheSame(t *testing.T) {
	seen := 0
	for _, pattern := range []string{"../../testdata/manifests/*/*.yaml", "../../examples/*/*.yaml", "../cli/templates/*.yaml", "../../checklists/*/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s (%v)", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := source.Parse(file, data); err != nil {
				continue
			}
			var before, after any
			if yaml.Unmarshal(data, &before) != nil {
				continue // what no manifest may hold, such as an anchor
			}
			less := shown(t, string(data))
			if err := yaml.Unmarshal([]byte(less), &after); err != nil {
				t.Errorf("%s: what is shown can't be read: %v", file, err)
			}
			if fmt.Sprint(before) != fmt.Sprint(after) { // a difference would be as long as the document
				t.Errorf("%s: what is shown says something else", file)
			}
			seen += strings.Count(string(data), "#") - strings.Count(less, "#")
		}
	}
	if seen < 100 {
		t.Errorf("only %d comments were left out", seen)
	}
}
