package source

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Days is a length of time as manifests write it: 30d, 6m, 7y, none, until_deleted, indefinite.
// A month counts 30 days and a year 365.
type Days int64

// Unlimited stands for until_deleted and indefinite: longer than any number of days.
const Unlimited Days = math.MaxInt64

// String is the number of days as a reader would write it: none, unlimited, or like 30d.
func (d Days) String() string {
	switch {
	case d == Unlimited:
		return "unlimited"
	case d == 0:
		return "none"
	}
	return strconv.FormatInt(int64(d), 10) + "d"
}

// DaysBetween is how many days lie between two days, negative when the second is the earlier one. A time.Duration can't
// tell: it ends after 292 years.
func DaysBetween(from, to time.Time) Days { return Days((to.Unix() - from.Unix()) / (24 * 60 * 60)) }

// A Cell is one value of a document together with the place it was written.
// The zero Cell is undeclared: it holds no value at all, which is neither false nor empty.
type Cell[T any] struct {
	value    T
	declared bool
	pos      Pos
	basis    *Basis
}

// The kinds of value a document can hold.
type (
	Text   = Cell[string]    // words
	Flag   = Cell[bool]      // true or false
	Int    = Cell[int64]     // a whole number
	Number = Cell[float64]   // a decimal number
	Date   = Cell[time.Time] // a day, at midnight UTC
	Span   = Cell[Days]      // a length of time
	Code   = Cell[Script]    // an expression
	Words  = Cell[[]string]  // a derived list of words
	Part   = Cell[Raw]       // a part of a document, kept as it was written
)

// A Script is an expression in a document, one line or a | block, that knows where each of its characters stands.
type Script struct {
	Text  string
	start Pos // of the first character
}

// At is the place in the document of the script's line (from 1) and column (from 0).
func (s Script) At(line, col int) Pos {
	p := s.start
	if line > 1 {
		p.Line += line - 1
	}
	p.Col += col
	return p
}

// AtByte is the place in the document of a byte of the script's text.
func (s Script) AtByte(n int) Pos {
	before := s.Text[:n]
	return s.At(1+strings.Count(before, "\n"), utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]))
}

// Find is the place in the document of the first text in quotes that says word; that of the script, when it has none.
func (s Script) Find(word string) Pos {
	before := s.Text
	for _, quote := range []string{"'", `"`} {
		before, _, _ = strings.Cut(before, quote+word+quote)
	}
	if before == s.Text {
		before = ""
	}
	return s.AtByte(len(before))
}

// A Basis says what a derived value follows from.
type Basis struct {
	Rests   []string // the declared paths it follows from
	Missing []string // for a value that can't be derived: the undeclared paths that would settle it
}

// Declare returns a cell that holds v, written at pos.
func Declare[T any](v T, pos Pos) Cell[T] { return Cell[T]{value: v, declared: true, pos: pos} }

// Derive returns a cell that holds v and follows from the paths rests.
func Derive[T any](v T, rests []string) Cell[T] {
	return Cell[T]{value: v, declared: true, basis: &Basis{Rests: rests}}
}

// Unsettled returns a cell that can't be derived until the paths missing are declared.
func Unsettled[T any](missing, rests []string) Cell[T] {
	return Cell[T]{basis: &Basis{Missing: missing, Rests: rests}}
}

// Get returns the value and whether it is declared.
func (c Cell[T]) Get() (T, bool) { return c.value, c.declared }

// Declared reports whether the document says what the value is.
func (c Cell[T]) Declared() bool { return c.declared }

// Or returns the value, or other when it is undeclared. Use it for display, never for judgement.
func (c Cell[T]) Or(other T) T {
	if c.declared {
		return c.value
	}
	return other
}

// Pos is where the value was written; the zero Pos for undeclared and derived values.
func (c Cell[T]) Pos() Pos { return c.pos }

// Basis is what a derived value follows from; nil for values of the document itself.
func (c Cell[T]) Basis() *Basis { return c.basis }

// Any returns the value, or nil when it is undeclared.
func (c Cell[T]) Any() any {
	if !c.declared {
		return nil
	}
	return c.value
}

// String shows the value as a reader would write it, and "not declared" when it is undeclared.
func (c Cell[T]) String() string {
	if !c.declared {
		return "not declared"
	}
	return Show(c.value)
}

// Show writes a plain value as a reader would: dates as 2026-11-22, lists with commas.
func Show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	case Days:
		return v.String()
	case Script:
		return v.Text
	case []string:
		return strings.Join(v, ", ")
	}
	return "not declared"
}

func (c Cell[T]) kind() Kind {
	switch any(c.value).(type) {
	case string:
		return KindText
	case bool:
		return KindFlag
	case int64:
		return KindInt
	case float64:
		return KindNumber
	case time.Time:
		return KindDate
	case Days:
		return KindSpan
	case Script:
		return KindCode
	case []string:
		return KindWords
	case Raw:
		return KindRaw
	}
	panic("source: a cell can't hold this type")
}

func (c *Cell[T]) set(v any, pos Pos) {
	c.value, c.declared, c.pos = v.(T), true, pos
}

// Texts are what a list of texts says.
func Texts(cells []Text) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = c.Or("")
	}
	return list
}

// A Leaf is a Cell of any type.
type Leaf interface {
	Any() any
	Declared() bool
	Pos() Pos
	Basis() *Basis
	String() string
	kind() Kind
}

type settable interface {
	Leaf
	set(v any, pos Pos)
}

// ScriptAt is an expression made from what stands at pos.
func ScriptAt(text string, pos Pos) Script { return Script{text, pos} }
