package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

func TestWrapKeepsMarksWithTheirWords(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one, two", 4, []string{"one,", "two"}},
		{"appointments, a", 12, []string{"appointment", "s, a"}},
		{"abcdefgh", 4, []string{"abcd", "efgh"}},
		{"abcdi", 4, []string{"abcd", "i"}},
		{"a,", 1, []string{"a", ","}},
	} {
		if diff := cmp.Diff(test.want, source.Wrap(test.text, test.width)); diff != "" {
			t.Errorf("Wrap(%q, %d) (-want +got)\n%s", test.text, test.width, diff)
		}
	}
}
