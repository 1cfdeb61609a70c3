package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
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
	Stops   bool   // whether nothing else of the file can be checked before this is mended
}

// String shows the problem as a compiler would: place and message, the source line with a caret, the hint.
// It is meant for a terminal, so what could steer one is made visible.
func (p Problem) String() string { return p.In(0) }

// maxExcerpt is how many columns of a line are shown at most.
const maxExcerpt = 100

// In is String for a screen of so many columns; 0 when that is unknown.
func (p Problem) In(width int) string {
	at, shown := p.Pos.File, maxExcerpt
	if p.Pos.IsValid() {
		at = p.Pos.String()
	}
	if width > 0 {
		frame := len("   | ") + len(strconv.Itoa(p.Pos.Line)) + 2 // beside the line: its number, and … at each end
		shown = min(max(width-frame, 20), maxExcerpt)
	}
	lines := Fold(at+": "+p.Message, width)
	if p.Excerpt != "" {
		lines = append(lines, Excerpt(p.Pos, p.Excerpt, shown))
	}
	if p.Hint != "" {
		lines = append(lines, Fold("  hint: "+p.Hint, width)...)
	}
	if p.Stops {
		lines = append(lines, Fold("  The rest of this file is checked once this line reads.", width)...)
	}
	return strings.Join(lines, "\n")
}

// Fold makes text printable and breaks it into lines of so many columns, the later ones indented; 0 leaves it whole.
func Fold(text string, width int) []string {
	const indent = "    "
	text = Printable(text)
	if width == 0 || ansi.StringWidth(text) <= width {
		return []string{text}
	}
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	lines := Wrap(text, max(width-len(indent), 20))
	for i := range lines {
		lines[i] = indent + lines[i]
	}
	lines[0] = lead + strings.TrimPrefix(lines[0], indent)
	return lines
}

// Excerpt draws a source line with its number and a caret below the column of pos.
// A line longer than width is cut around the caret.
func Excerpt(pos Pos, line string, width int) string {
	text, caret := window(line, pos.Col-1, width)
	number := strconv.Itoa(pos.Line)
	gutter := strings.Repeat(" ", len(number))
	return fmt.Sprintf("  %s | %s\n  %s | %s^", number, Printable(string(text)), gutter, blank(text[:caret]))
}

// blank returns spaces that are as wide on a screen as text.
func blank(text []rune) string {
	var b strings.Builder
	for _, r := range text {
		switch columns(r) {
		case 0: // drawn over the character before it
		case 2:
			b.WriteRune('\u3000') // a space two columns wide
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// columns is how many columns of a screen a character takes.
func columns(r rune) int {
	if r < utf8.RuneSelf {
		return 1
	}
	return ansi.StringWidth(Printable(string(r)))
}

// window cuts line to width columns around col and returns the cut and the caret's place in it. A line can be very long,
// so it is not looked at as a whole.
func window(line string, col, width int) ([]rune, int) {
	from := max(col-width, 0)
	rest := skip(line, from)
	if rest == "" { // col is far behind the end
		from, rest = 0, line
	}
	after := skip(rest, 3*width)
	text := []rune(rest[:len(rest)-len(after)])
	caret := min(max(col-from, 0), len(text))
	lo, hi, used := 0, 0, 0
	for ; hi < len(text) && used+columns(text[hi]) <= width; hi++ {
		used += columns(text[hi])
	}
	if from > 0 || hi < len(text) || after != "" { // it doesn't fit
		lo, used = caret, 0
		for ; lo > 0 && used+columns(text[lo-1]) <= width*2/3; lo-- {
			used += columns(text[lo-1])
		}
		for hi = caret; hi < len(text) && used+columns(text[hi]) <= width; hi++ {
			used += columns(text[hi])
		}
	}
	cut := slices.Clone(text[lo:hi])
	caret -= lo
	if from+lo > 0 {
		cut, caret = slices.Insert(cut, 0, '…'), caret+1
	}
	if hi < len(text) || after != "" {
		cut = append(cut, '…')
	}
	return cut, caret
}

// skip returns s without its first n runes.
func skip(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[i:]
		}
		n--
	}
	return ""
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

// maxShown is how many problems of one file are worth reading at once.
const maxShown = 100

// Full reports whether there are more problems than are shown. Whoever looks for problems can stop then.
func (ps Problems) Full() bool { return len(ps) > maxShown }

// Err returns the problems in file order as an error, or nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	full := ps.Full()
	if full {
		ps = ps[:maxShown]
	}
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Pos.Compare(b.Pos) })
	if full {
		ps = append(ps, Problem{Pos: Pos{File: ps[0].Pos.File}, Message: "there are more problems", Hint: "mend these first"})
	}
	return ps
}

// Clip cuts s to at most n characters, of which the last then is "…".
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// Printable returns s with everything that could steer or disguise a terminal made visible: control and format
// characters, such as bidirectional overrides, become "�", tabs and line breaks become a space.
// One rune stays one rune, so columns hold.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case ' ' <= r && r < unicode.MaxASCII:
			return r
		case r == '\t', r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return '\uFFFD'
		}
		return r
	}, s)
}
