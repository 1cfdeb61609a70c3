package assess

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShort(t *testing.T) {
	for _, test := range []struct {
		name, text string
		listed     int
		want       string
	}{
		{"as it is", "twenty characters...", 0, "twenty characters..."},
		{"cut", "twenty characters....", 0, "twenty characters..." + "…"},
		{"characters, not bytes", strings.Repeat("é", 20), 0, strings.Repeat("é", 20)},
		{"cut between characters", strings.Repeat("é", 21), 0, strings.Repeat("é", 20) + "…"},
		{"in a large report", "twenty", maxListed, "tw…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := facts{listed: test.listed}
			if got := f.short(test.text, 20); got != test.want {
				t.Errorf("%q becomes %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// What stands in a line is shown as far as the place is in what is shown.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 2000)
	cut := strings.Repeat("x", maxExcerpt) + "…"
	var got []string
	for _, col := range []int{1, maxExcerpt, maxExcerpt + 1, 2000} {
		got = append(got, (&facts{}).excerpt(long, col))
	}
	if diff := cmp.Diff([]string{cut, cut, "", ""}, got); diff != "" {
		t.Errorf("excerpts mismatch (-want +got)\n%s", diff)
	}
}

// Each result lists some of its facts, whatever came before it, and the numbers add up.
func TestRoom(t *testing.T) {
	f := &facts{}
	for _, test := range []struct{ n, want int }{{0, 0}, {30, 30}, {31, 30}, {1000, 30}} {
		if got := f.room(test.n, maxFacts); got != test.want {
			t.Errorf("of %d facts %d are listed, want %d", test.n, got, test.want)
		}
	}
	f.listed = maxListed
	if got := []int{f.room(0, maxFacts), f.room(1, maxFacts), f.room(30, maxMissing)}; !cmp.Equal(got, []int{0, 1, 1}) {
		t.Errorf("in a large report %v are listed", got)
	}
}
