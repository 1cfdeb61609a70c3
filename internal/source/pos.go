package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file. The zero Pos means "no place".
type Pos struct {
	File string `json:"file" doc:"the file as it was named on the command line"`
	Line int    `json:"line" doc:"1-based line"`
	Col  int    `json:"col" doc:"1-based column, in Unicode code points"`
}

// IsValid reports whether p names a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String is file:line:col.
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// A Problem is one mistake in a file that its author can mend.
type Problem struct {
	Pos     Pos
	Message string // what is wrong, lower case, no full stop
	Hint    string // what to do; may be empty
	Excerpt string // the source line at Pos; empty when there is none
}

// String shows the problem as a compiler would: place and message, the source line with a caret, the hint.
// It is meant for a terminal, so control characters of the excerpt are replaced.
func (p Problem) String() string {
	var b strings.Builder
	if p.Pos.IsValid() {
		fmt.Fprintf(&b, "%s: %s", p.Pos, Printable(p.Message))
	} else {
		fmt.Fprintf(&b, "%s: %s", p.Pos.File, Printable(p.Message))
	}
	if p.Excerpt != "" {
		b.WriteString("\n" + Excerpt(p.Pos, p.Excerpt, 100))
	}
	if p.Hint != "" {
		b.WriteString("\n  hint: " + Printable(p.Hint))
	}
	return b.String()
}

// Excerpt draws a source line with its number and a caret below the column of pos.
// A line longer than width is cut around the caret.
func Excerpt(pos Pos, line string, width int) string {
	text, caret := window([]rune(line), pos.Col-1, width)
	number := fmt.Sprint(pos.Line)
	gutter := strings.Repeat(" ", len(number))
	return fmt.Sprintf("  %s | %s\n  %s | %s^", number, Printable(text), gutter, strings.Repeat(" ", caret))
}

// window cuts line to width runes around col and returns the cut and the caret's column in it.
func window(line []rune, col, width int) (string, int) {
	col = min(max(col, 0), len(line))
	lo := 0
	if col > width*2/3 {
		lo = col - width*2/3
	}
	hi := min(len(line), lo+width)
	cut, caret := string(line[lo:hi]), col-lo
	if lo > 0 {
		cut, caret = "…"+cut, caret+1
	}
	if hi < len(line) {
		cut += "…"
	}
	return cut, caret
}

// Error is the problem as String shows it.
func (p Problem) Error() string { return p.String() }

// Problems are all the mistakes found. A non-empty Problems is an error.
type Problems []Problem

// Error lists every problem.
func (ps Problems) Error() string {
	all := make([]string, len(ps))
	for i, p := range ps {
		all[i] = p.String()
	}
	return strings.Join(all, "\n")
}

// Err returns the problems in file order as an error, or nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Pos.Compare(b.Pos) })
	return ps
}

// Printable returns s with everything that could steer or disguise a terminal made visible:
// control characters and bidirectional overrides become "�", tabs and line breaks become a space.
// One rune stays one rune, so columns hold.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case r < 0x20, 0x7f <= r && r < 0xa0:
			return '\uFFFD'
		case r == '\u061c', '\u200b' <= r && r <= '\u200f', '\u202a' <= r && r <= '\u202e', '\u2060' <= r && r <= '\u2069', r == '\ufeff':
			return '\uFFFD'
		case 0xE0000 <= r && r <= 0xE007F:
			return '\uFFFD'
		}
		return r
	}, s)
}
