package source_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

func TestPosCompare(t *testing.T) {
	sorted := []source.Pos{{}, {File: "a"}, {File: "a", Line: 1, Col: 1}, {File: "a", Line: 1, Col: 2}, {File: "a", Line: 2, Col: 1}, {File: "b", Line: 1, Col: 1}}
	for i, p := range sorted {
		for j, q := range sorted {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got := p.Compare(q); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", p, q, got, want)
			}
		}
	}
}

func TestPosString(t *testing.T) {
	p := source.Pos{File: "readiness.yaml", Line: 3, Col: 7}
	if got := p.String(); got != "readiness.yaml:3:7" || !p.IsValid() || (source.Pos{File: "x"}).IsValid() {
		t.Errorf("%q", got)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 50) + "X" + strings.Repeat("b", 50)
	for _, test := range []struct {
		name  string
		col   int
		line  string
		width int
		want  string
	}{
		{"short", 3, "abcdef", 20, "  7 | abcdef\n    |   ^"},
		{"first column", 1, "abc", 20, "  7 | abc\n    | ^"},
		{"just behind the end", 4, "abc", 20, "  7 | abc\n    |    ^"},
		{"far behind the end", 40, "abc", 20, "  7 | abc\n    |    ^"},
		{"no column", 0, "abc", 20, "  7 | abc\n    | ^"},
		{"empty line", 1, "", 20, "  7 | \n    | ^"},
		{"cut on both sides", 51, long, 12, "  7 | …aaaaaaaaXbbb…\n    |          ^"},
		{"cut on the right", 2, long, 12, "  7 | aaaaaaaaaaaa…\n    |  ^"},
		{"cut on the left", 101, long, 12, "  7 | …bbbbbbbbb\n    |          ^"},
		{"just fits", 12, "aaaaaaaaaaaX", 12, "  7 | aaaaaaaaaaaX\n    |            ^"},
		{"accents", 4, "éüñX", 20, "  7 | éüñX\n    |    ^"},
		{"combining accents", 4, "e\u0301xX", 20, "  7 | e\u0301xX\n    |   ^"},
		{"wide", 4, "a診療X", 20, "  7 | a診療X\n    |  \u3000\u3000^"},
		{"emoji", 2, "🩺X", 20, "  7 | 🩺X\n    | \u3000^"},
		{"escapes", 5, "a\x1b[2X", 20, "  7 | a\uFFFD[2X\n    |     ^"},
		{"tab", 2, "\tX", 20, "  7 |  X\n    |  ^"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := source.Excerpt(source.Pos{File: "f", Line: 7, Col: test.col}, test.line, test.width)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, é, 診療, مرحبا, 🩺":         "plain text, é, 診療, مرحبا, 🩺",
		"tab\tand\nlines\r\u2028\u2029\u0085": "tab and lines    ",
		"\x1b[2K\x07\x00\x7f\u009b":           "�[2K����",
		"\u202e\u2066\u2069\u200f\u061c":      "�����",
		"\u200b\ufeff\u00ad\U000e0041":        "����",
	} {
		if got := source.Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	for in, want := range map[string]string{"": "", "診療所": "診療所", "診療所の": "診療…", "a\u0301bcd": "a\u0301…"} {
		if got := source.Clip(in, 3); got != want {
			t.Errorf("Clip(%q, 3) = %q, want %q", in, got, want)
		}
	}
}

func TestProblemString(t *testing.T) {
	pos := source.Pos{File: "a\x1bb.yaml", Line: 2, Col: 3}
	for _, test := range []struct {
		name    string
		problem source.Problem
		want    string
	}{
		{"all", source.Problem{pos, "wrong\x07", "mend\x07", "ab\x07d", false}, "a\uFFFDb.yaml:2:3: wrong\uFFFD\n  2 | ab\uFFFDd\n    |   ^\n  hint: mend\uFFFD"},
		{"no excerpt", source.Problem{Pos: pos, Message: "wrong"}, "a\uFFFDb.yaml:2:3: wrong"},
		{"no place", source.Problem{Pos: source.Pos{File: "f"}, Message: "wrong", Hint: "mend"}, "f: wrong\n  hint: mend"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.problem.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if test.problem.Error() != test.problem.String() {
				t.Error("Error is not String")
			}
		})
	}
}

// TestProblemIn cuts the excerpt to the screen, and breaks what is said at spaces.
func TestProblemIn(t *testing.T) {
	p := source.Problem{Pos: source.Pos{File: "f.yaml", Line: 12, Col: 31}, Message: "expected a length of time, found \"3 months\"",
		Hint: "write 30d, 6m or 7y; or none, until_deleted", Excerpt: "  - {id: acme, watch: {every: 3 months, owner: dana}}", Stops: true}
	want := `f.yaml:12:31: expected a length of
    time, found "3 months"
  12 | …cme, watch: {every: 3 months, o…
     |                      ^
  hint: write 30d, 6m or 7y; or none,
    until_deleted
  The rest of this file is checked
    once this line reads.`
	if diff := cmp.Diff(want, p.In(40)); diff != "" {
		t.Errorf("in 40 columns (-want +got):\n%s", diff)
	}
	for width := 30; width < 130; width++ {
		for line := range strings.SplitSeq(p.In(width), "\n") {
			if len([]rune(line)) > width {
				t.Errorf("in %d columns there is a line of %d: %s", width, len([]rune(line)), line)
			}
		}
	}
}

func TestProblemsErr(t *testing.T) {
	if err := (source.Problems{}).Err(); err != nil {
		t.Errorf("no problems are the error %v", err)
	}
	at := func(line, col int, message string) source.Problem {
		return source.Problem{Pos: source.Pos{File: "f", Line: line, Col: col}, Message: message}
	}
	err := source.Problems{at(2, 1, "c"), at(1, 5, "b"), at(2, 1, "d"), at(1, 1, "a")}.Err()
	want := "f:1:1: a\nf:1:5: b\nf:2:1: c\nf:2:1: d"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProblemsFull(t *testing.T) {
	var all source.Problems
	for line := 101; line > 0; line-- {
		if all.Full() {
			t.Fatalf("%d problems are too many to show", len(all))
		}
		all = append(all, source.Problem{Pos: source.Pos{File: "f", Line: line, Col: 1}, Message: "x"})
	}
	if !all.Full() {
		t.Error("101 problems are all shown")
	}
	var shown source.Problems
	if !errors.As(all.Err(), &shown) || len(shown) != 101 {
		t.Fatalf("%d lines are shown", len(shown))
	}
	if !slices.IsSortedFunc(shown[:100], func(a, b source.Problem) int { return a.Pos.Compare(b.Pos) }) {
		t.Error("they are not in order")
	}
	if got, want := shown[100].String(), "f: there are more problems\n  hint: mend these first"; got != want {
		t.Errorf("the last line is %q, want %q", got, want)
	}
}
