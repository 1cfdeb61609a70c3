package source_test

import (
	"fmt"
	"strings"
	"testing"

	"readiness/internal/source"
)

// TestHostile reads documents of the largest size that are made to take long, to fill memory or to crash. Each must
// come back with a mistake soon.
func TestHostile(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, source.MaxBytes/len(unit)) }
	for name, doc := range map[string]string{
		"too large":               strings.Repeat("#", source.MaxBytes+1),
		"comments":                fill("# x\n"),
		"blank lines":             fill("\n"),
		"brackets":                fill("["),
		"brackets on lines":       "x: " + fill(" [\n")[:source.MaxBytes-10],
		"braces":                  fill("{a: "),
		"closing brackets":        fill("]"),
		"dashes":                  fill("- "),
		"dashes and a quote":      fill("- ") + `"`,
		"questions":               fill("? "),
		"deep blocks":             deepBlock(1000),
		"deep blocks and a quote": deepBlock(1000) + `"`,
		"quotes":                  fill(`"`),
		"open quote":              `name: "` + fill("a\n")[:source.MaxBytes-10],
		"open quote, far down":    fill("name: x\n")[:source.MaxBytes-40] + "\nname: \"x\n",
		"open bracket, far down":  fill("- x\n")[:source.MaxBytes-40] + "\n- [x\n",
		"words":                   fill("a\n"),
		"colons":                  fill("a: "),
		"bad indentation":         fill("a:\n  b: 1\n c: 1\n"),
		"one long list":           "list: [" + fill("x,")[:source.MaxBytes-10] + "]",
		"40,000 ids":              "items:\n" + keys(40_000, "- id: a%d\n"),
		"long list of mistakes":   "items: [" + fill("{},")[:source.MaxBytes-10] + "]",
		"long text of mistakes":   "flag: '" + fill("x")[:source.MaxBytes-10] + "'",
		"60,000 keys":             keys(60_000, "key%d: 1\n"),
		"60,000 keys in a map":    "map:\n" + keys(60_000, "  key%d: x\n"),
		"60,000 times one key":    keys(60_000, "name: 1\n"),
		"60,000 times one id":     "items:\n" + keys(60_000, "- id: a\n"),
		"a long word":             "word: " + fill("x")[:source.MaxBytes-10],
		"long keys":               keys(10_000, strings.Repeat("k", 90)+"%d: 1\n"),
		"billion laughs":          laughs(),
		"a list in itself":        "list: &a [*a]\n",
		"a group in itself":       "item: &a {item: *a}\n",
		"aliases":                 "name: &a x\nlist: [" + fill("*a,")[:source.MaxBytes-40] + "]\n",
		"anchors":                 "list: [" + fill("&a x,")[:source.MaxBytes-40] + "]\n",
		"tags":                    "list: [" + fill("!a x,")[:source.MaxBytes-40] + "]\n",
		"merges":                  fill("<<: {}\n"),
		"control characters":      "name: " + fill("\x01")[:source.MaxBytes-10],
		"not UTF-8":               fill("\xff"),
		"byte order marks":        fill("\ufeff"),
		"documents":               fill("---\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if err := decodeHostile(doc); err == nil {
				t.Error("it is read in silence")
			} else if text := err.Error(); len(text) > 1<<20 {
				t.Errorf("%d bytes of messages", len(text))
			}
		})
	}
}

func TestSize(t *testing.T) {
	doc := "name: x\n" + strings.Repeat("#", source.MaxBytes-8)
	if err := decodeHostile(doc); err != nil {
		t.Errorf("512 KiB: %v", err)
	}
	want := "h.yaml: the file is larger than 512 KiB\n  hint: a document has a few hundred lines; is this the right file?"
	if err := decodeHostile(doc + "#"); err == nil || err.Error() != want {
		t.Errorf("512 KiB and a byte: %v, want %s", err, want)
	}
}

// TestLarge reads documents of the largest size that are in order.
func TestLarge(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, source.MaxBytes/len(unit)-10) }
	for name, doc := range map[string]string{
		"one long line": "name: " + fill("x") + "\n",
		"long list":     "list: [" + keys(100, "x,") + "]",
		"100 ids":       "items:\n" + keys(100, "- id: a%d\n"),
		"100 names":     "map:\n" + keys(100, "  a%d: 1d\n"),
		"comments":      "name: x\n" + fill("# x\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if err := decodeHostile(doc); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestMost refuses lists and groups with more items than their field says, or 100 where it says nothing.
func TestMost(t *testing.T) {
	refused := func(key string, items, most, line, col int) string {
		return fmt.Sprintf("h.yaml:%d:%d: %q has %d items, and at most %d are read", line, col, key, items, most)
	}
	tests := []struct{ name, doc, want string }{
		{"a list", "list:\n" + keys(101, "- x\n"), refused("list", 101, 100, 102, 3)},
		{"items", "items:\n" + keys(150, "- {id: a%d}\n"), refused("items", 150, 100, 102, 3)},
		{"names", "map:\n" + keys(101, "  a%d: 1d\n"), refused("map", 101, 100, 102, 3)},
		{"a list in an item", "items: [{id: a, tags: [" + keys(101, "x,") + "]}]\n", refused("tags", 101, 100, 1, 224)},
		{"few", "few: [x, x, x]\n", ""},
		{"one more than few", "few: [x, x, x, x]\n", refused("few", 4, 3, 1, 16)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if err := decodeHostile(tt.doc); err != nil {
				got, _, _ = strings.Cut(err.Error(), "\n")
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// decodeHostile reads a document. What takes more than linear time takes minutes here, and so fails by the timeout of go test.
func decodeHostile(doc string) error {
	_, err := source.Decode("h.yaml", []byte(doc), sampleType, &sample{})
	return err
}

func keys(n int, format string) string {
	var b strings.Builder
	for i := range n {
		if strings.Contains(format, "%") {
			fmt.Fprintf(&b, format, i)
		} else {
			b.WriteString(format)
		}
	}
	return b.String()
}

func deepBlock(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// laughs is a document of 300 bytes that would have a billion items if its aliases were followed.
func laughs() string {
	doc := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		doc += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return doc
}
