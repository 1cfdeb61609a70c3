package source_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

func TestDaysString(t *testing.T) {
	for days, want := range map[source.Days]string{0: "none", 1: "1d", 30: "30d", 2555: "2555d", source.Unlimited: "unlimited", -3: "-3d", math.MaxInt64 - 1: "9223372036854775806d"} {
		if got := days.String(); got != want {
			t.Errorf("Days(%d) is %q, want %q", int64(days), got, want)
		}
	}
}

// TestCell compares what the three kinds of cells say about themselves.
func TestCell(t *testing.T) {
	type saying struct {
		Value    any
		Declared bool
		Or       int64
		Text     string
		Pos      source.Pos
		Basis    *source.Basis
	}
	say := func(c source.Int) saying {
		return saying{c.Any(), c.Declared(), c.Or(-1), c.String(), c.Pos(), c.Basis()}
	}
	at := source.Pos{File: "f", Line: 2, Col: 5}
	for _, test := range []struct {
		name string
		cell source.Int
		want saying
	}{
		{"undeclared", source.Int{}, saying{nil, false, -1, "not declared", source.Pos{}, nil}},
		{"declared", source.Declare(int64(0), at), saying{int64(0), true, 0, "0", at, nil}},
		{"derived", source.Derive(int64(7), []string{"a.b"}), saying{int64(7), true, 7, "7", source.Pos{}, &source.Basis{Rests: []string{"a.b"}}}},
		{"unsettled", source.Unsettled[int64]([]string{"a.c"}, []string{"a.b"}),
			saying{nil, false, -1, "not declared", source.Pos{}, &source.Basis{Rests: []string{"a.b"}, Missing: []string{"a.c"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, say(test.cell)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if _, ok := test.cell.Get(); ok != test.want.Declared {
				t.Errorf("Get says %t", ok)
			}
		})
	}
}

func TestShow(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{"text", "text"},
		{true, "true"},
		{int64(-3), "-3"},
		{0.1, "0.1"},
		{1e14, "100000000000000"},
		{time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), "2026-01-31"},
		{source.Days(30), "30d"},
		{source.Script{Text: "a && b"}, "a && b"},
		{[]string{"a", "b"}, "a, b"},
		{[]string{}, ""},
		{nil, "not declared"},
	} {
		if got := source.Show(test.value); got != test.want {
			t.Errorf("Show(%v) = %q, want %q", test.value, got, test.want)
		}
	}
}

// TestScript finds the characters of expressions in the file.
func TestScript(t *testing.T) {
	for _, test := range []struct {
		name, doc string
		line, col int // in the expression
		want      source.Pos
	}{
		{"plain", "code: a.b\n", 1, 2, source.Pos{File: "s.yaml", Line: 1, Col: 9}},
		{"single quotes", "code: 'a.b'\n", 1, 2, source.Pos{File: "s.yaml", Line: 1, Col: 10}},
		{"double quotes", "code: \"a.b\"\n", 1, 0, source.Pos{File: "s.yaml", Line: 1, Col: 8}},
		{"block", "code: |\n  a.b &&\n    c.d\n", 2, 4, source.Pos{File: "s.yaml", Line: 3, Col: 7}},
		{"block, first line", "name: x\ncode: |\n    a.b\n", 1, 0, source.Pos{File: "s.yaml", Line: 3, Col: 5}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, _ := decode(t, test.doc)
			code, _ := s.Code.Get()
			if got := code.At(test.line, test.col); got != test.want {
				t.Errorf("it stands at %v, want %v", got, test.want)
			}
		})
	}
	at := source.Pos{File: "f", Line: 3, Col: 9}
	if got, want := source.ScriptAt("a", at).At(1, 2), (source.Pos{File: "f", Line: 3, Col: 11}); got != want {
		t.Errorf("ScriptAt: %v, want %v", got, want)
	}
	script := source.ScriptAt("é == 'x' ||\n  b == \"é\" || 'é'", at)
	for word, want := range map[string]source.Pos{"x": {File: "f", Line: 3, Col: 14}, "é": {File: "f", Line: 4, Col: 16}, "b": at} {
		if got := script.Find(word); got != want {
			t.Errorf("Find(%q): %v, want %v", word, got, want)
		}
	}
}
