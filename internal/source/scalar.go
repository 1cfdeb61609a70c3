package source

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gopkg.in/yaml.v3"
)

const idHint = "a name has letters, digits and _ - . / ( ), at most 64 of them, and is not the word unknown"

// A name is made of these, for editors and here.
const (
	idForm    = `^[A-Za-z0-9_.()/-]{1,64}$`
	idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.()/-"
)

// Pattern is a regular expression that is made when it is first needed, so that a start of the program makes none.
func Pattern(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}

// isID reports whether s can name something: it is part of paths, so it holds nothing that ends one, and it says more
// than unknown.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, idLetters) == "" && s != "unknown"
}

// A reading is what a single value means. Without a value it says what is wrong and what to do, where that is more
// than its type says (see Type.shape).
type reading struct {
	value         any
	message, hint string
}

// scalar decodes a single value. The word unknown leaves it undeclared, and so does free text that says nothing.
func (d *decoder) scalar(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string) {
	free := t.Kind == KindText && len(field.Enum) == 0 && len(field.Ref) == 0 && field.Key != "id"
	if n.Value == "unknown" || free && saysNothing(n.Value) {
		d.file.where[path] = place{line: n.Line, col: n.Column}
		return
	}
	r := d.read(n, t, field)
	if r.value == nil {
		what, how := t.shape(field)
		d.report(n, cmp.Or(r.message, "expected "+what+", found "+found(n)), cmp.Or(straighten(n.Value), r.hint, how))
		return
	}
	d.say(n, r.value, field, v, path)
}

func (d *decoder) read(n *yaml.Node, t *Type, field *Field) reading {
	plain := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	switch t.Kind {
	case KindFlag:
		return flag(n.Value, plain)
	case KindInt:
		return whole(n.Value, plain, field)
	case KindNumber:
		return decimal(n.Value, plain, field)
	case KindDate:
		return date(n.Value)
	case KindSpan:
		return span(n.Value)
	case KindCode:
		return d.script(n, plain)
	}
	if len(field.Enum) > 0 {
		return word(n.Value, field)
	}
	return text(n, plain)
}

func word(s string, field *Field) reading {
	if slices.Contains(field.Enum, s) {
		return reading{value: s}
	}
	hint := "allowed: " + strings.Join(field.Enum, ", ")
	if near := Suggest(s, field.Enum); near != "" {
		hint = near + " " + hint
	}
	return reading{message: fmt.Sprintf("%q is not one of the words for %s", clip(s), field.Key), hint: hint}
}

// text reads free text. A number or true would reach other readers of the file as something else than text, so it
// must be quoted; a date would not.
func text(n *yaml.Node, plain bool) reading {
	var what string
	switch n.Tag {
	case "!!int", "!!float":
		what = "a number"
	case "!!bool":
		what = "true or false"
	}
	if !plain || what == "" {
		return reading{value: n.Value}
	}
	hint := "put it in quotes"
	if clip(n.Value) == n.Value {
		hint = `put it in quotes: "` + n.Value + `"`
	}
	return reading{message: fmt.Sprintf("expected text, found %s (%s)", what, clip(n.Value)), hint: hint}
}

func flag(s string, plain bool) reading {
	switch {
	case plain && s == "true":
		return reading{value: true}
	case plain && s == "false":
		return reading{value: false}
	}
	switch strings.ToLower(s) {
	case "yes", "y", "on", "true":
		return reading{hint: "write true, without quotes and in small letters"}
	case "no", "n", "off", "false":
		return reading{hint: "write false, without quotes and in small letters"}
	}
	return reading{}
}

var (
	wholeForm   = Pattern(`^-?(0|[1-9][0-9]*)$`)
	decimalForm = Pattern(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	spanForm    = Pattern(`^(0|[1-9][0-9]{0,5})([dmy])$`)
	looseNumber = Pattern(`^[-+]?[0-9][0-9_,]*(\.[0-9_]*)?$`)
)

// maxNumber keeps numbers in the range in which every reader of JSON agrees on them.
const maxNumber = 1e15 - 1

func whole(s string, plain bool, field *Field) reading {
	i, err := strconv.ParseInt(s, 10, 64)
	if plain && wholeForm().MatchString(s) && err == nil && field.within(float64(i)) {
		return reading{value: i}
	}
	return reading{hint: numberHint(s, plain, wholeForm())}
}

func decimal(s string, plain bool, field *Field) reading {
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case plain && decimalForm().MatchString(s) && err == nil && field.within(x):
		return reading{value: x}
	case plain && field.Greatest == 1 && x > 1 && x <= 100 && decimalForm().MatchString(s):
		return reading{hint: "write a share as a number from 0 to 1: 12% is 0.12"}
	}
	return reading{hint: numberHint(s, plain, decimalForm())}
}

// within reports whether a number may stand in the field.
func (f *Field) within(x float64) bool { return x >= f.Least && x <= f.Greatest }

func numberHint(s string, plain bool, form *regexp.Regexp) string {
	switch {
	case form.MatchString(s) && len(s) < 16 && !plain:
		return "write it without quotes"
	case strings.HasSuffix(s, "%"):
		return "write a share as a number: 12% is 0.12"
	case looseNumber().MatchString(s) && !decimalForm().MatchString(s):
		return "write plain digits: no leading zeros, no _ and no commas, and fewer than 16 of them"
	}
	return ""
}

func date(s string) reading {
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case err == nil && t.Year() >= 1900 && t.Year() < 2200:
		return reading{value: t}
	case err != nil && len(s) == len(time.DateOnly) && strings.Contains(err.Error(), "out of range"):
		return reading{message: fmt.Sprintf("there is no day %s in the calendar", s)}
	}
	return reading{}
}

func span(s string) reading {
	switch s {
	case "none":
		return reading{value: Days(0)}
	case "until_deleted", "indefinite":
		return reading{value: Unlimited}
	}
	if m := spanForm().FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64) // at most six digits
		return reading{value: Days(n * map[string]int64{"d": 1, "m": 30, "y": 365}[m[2]])}
	}
	return reading{}
}

func (d *decoder) script(n *yaml.Node, plain bool) reading {
	start := d.file.at(n)
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		start = Pos{start.File, start.Line + 1, indentation(d.file.Line(n.Line+1)) + 1}
	case n.Style&yaml.FoldedStyle != 0 || strings.Contains(n.Value, "\n") || plain && !strings.Contains(d.file.Line(n.Line), n.Value):
		return reading{message: "an expression over several lines must be a | block", hint: "begin it with | and indent the lines below"}
	case !plain:
		start.Col++
	}
	return reading{value: Script{strings.TrimRight(n.Value, "\n"), start}}
}

// clip shortens what a document holds for use in a message.
func clip(s string) string { return Clip(s, 61) }
