package source_test

import (
	"strings"
	"testing"

	"readiness/internal/source"
)

// What came from a word processor or the web looks right, so the problem says what is not.
func TestLookalikes(t *testing.T) {
	const space, quotes = "a special space stands here", "use straight quotes"
	for _, test := range []struct{ name, text, at, want string }{
		{"behind a key alone", "item:\n  id:\u00a0x\n", "f.yaml:2:3:", space},
		{"behind a key among others", "item:\n  id:\u00a0x\n  word: a\n", "f.yaml:2:6:", space},
		{"in the indentation", "item:\n \u00a0id: x\n  word: a\n", "f.yaml:2:2:", space},
		{"in a group", "items:\n  - {id:\u202fx, word: a}\n", "f.yaml:2:6:", "it holds a special space"},
		{"quotes around a text with a colon", "name: “x: y”\n", "f.yaml:1:7:", quotes},
		{"quotes around a word", "flag: ‘true’\n", "f.yaml:1:7:", quotes},
		{"quotes around a day", "item:\n  id: x\n  inner: {date: “2026-02-28”}\n", "f.yaml:3:17:", quotes},
	} {
		t.Run(test.name, func(t *testing.T) {
			var s sample
			_, err := source.Decode("f.yaml", []byte(test.text), sampleType, &s)
			if err == nil || !strings.Contains(err.Error(), test.at+" ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s with %q", err, test.at, test.want)
			}
		})
	}
	var s sample
	if _, err := source.Decode("f.yaml", []byte("name: a\u00a0b “c”\n"), sampleType, &s); err != nil {
		t.Errorf("in the middle of a text they are fine: %v", err)
	}
}
