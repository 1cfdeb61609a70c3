package source

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

const idHint = "a name has letters, digits and _ - . / ( ), and at most 64 of them"

func isID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("_-.()/", r):
		default:
			return false
		}
	}
	return true
}

// scalar decodes a single value. The word "unknown" leaves a value undeclared wherever it isn't free text.
func (d *decoder) scalar(n *yaml.Node, t *Type, field *Field, v reflect.Value, path string) {
	if t.Kind == KindRaw {
		v.Addr().Interface().(settable).set(Raw{n}, d.pos(n))
		return
	}
	if n.Kind != yaml.ScalarNode {
		d.report(n, "expected "+t.noun()+", found "+found(n), "")
		return
	}
	plain := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	if n.Value == "unknown" && (t.Kind != KindText || len(field.Enum) > 0) {
		d.file.where[path] = place{d.pos(n), false}
		return
	}
	var value any
	var message, hint string
	switch t.Kind {
	case KindText:
		value, message, hint = text(n, plain, field)
	case KindFlag:
		value, message, hint = flag(n.Value, plain)
	case KindInt:
		value, message, hint = whole(n.Value, plain)
	case KindNumber:
		value, message, hint = decimal(n.Value, plain)
	case KindDate:
		value, message, hint = date(n.Value)
	case KindSpan:
		value, message, hint = span(n.Value)
	case KindCode:
		value, message, hint = d.script(n, plain)
	}
	if message != "" {
		d.report(n, message, hint)
		return
	}
	d.file.where[path] = place{d.pos(n), true}
	v.Addr().Interface().(settable).set(value, d.pos(n))
}

func text(n *yaml.Node, plain bool, field *Field) (any, string, string) {
	s := n.Value
	switch {
	case len(field.Enum) > 0 && !slices.Contains(field.Enum, s):
		hint := "allowed: " + strings.Join(field.Enum, ", ")
		if near := Suggest(s, field.Enum); near != "" {
			hint = near + "; " + hint
		}
		return nil, fmt.Sprintf("%q is not a word known here", clip(s)), hint
	case plain && (n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool"):
		return nil, fmt.Sprintf("%s is a %s here, and text is expected", clip(s), tagNoun(n.Tag)), `write it in quotes: "` + clip(s) + `"`
	}
	return s, "", ""
}

func tagNoun(tag string) string {
	if tag == "!!bool" {
		return "yes-or-no value"
	}
	return "number"
}

func flag(s string, plain bool) (any, string, string) {
	switch {
	case plain && s == "true":
		return true, "", ""
	case plain && s == "false":
		return false, "", ""
	}
	hint := "write true or false, or leave it out if you don't know"
	switch strings.ToLower(s) {
	case "yes", "y", "on", "true":
		hint = "write true, without quotes"
	case "no", "n", "off", "false":
		hint = "write false, without quotes"
	}
	return nil, fmt.Sprintf("expected true or false, found %q", clip(s)), hint
}

var (
	wholeForm   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	decimalForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	spanForm    = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})([dmy])$`)
	looseNumber = regexp.MustCompile(`^[-+]?[0-9][0-9_,]*(\.[0-9_]*)?$`)
)

func whole(s string, plain bool) (any, string, string) {
	i, err := strconv.ParseInt(s, 10, 64)
	if plain && wholeForm.MatchString(s) && err == nil && i > -1e15 && i < 1e15 {
		return i, "", ""
	}
	return nil, fmt.Sprintf("expected a whole number, found %q", clip(s)), numberHint(s, plain, "12")
}

func decimal(s string, plain bool) (any, string, string) {
	x, err := strconv.ParseFloat(s, 64)
	if plain && decimalForm.MatchString(s) && err == nil && math.Abs(x) < 1e15 {
		return x, "", ""
	}
	return nil, fmt.Sprintf("expected a number, found %q", clip(s)), numberHint(s, plain, "0.3")
}

func numberHint(s string, plain bool, example string) string {
	switch {
	case !plain:
		return "write it without quotes"
	case looseNumber.MatchString(s):
		return "write plain digits: no leading zeros, no _ and no commas, and fewer than 16"
	}
	return "write a number like " + example
}

func date(s string) (any, string, string) {
	t, err := time.Parse(time.DateOnly, s)
	if err == nil && t.Year() >= 1900 && t.Year() < 2200 {
		return t, "", ""
	}
	message := fmt.Sprintf("expected a date, found %q", clip(s))
	if len(s) == len(time.DateOnly) && err != nil && strings.Contains(err.Error(), "out of range") {
		message = fmt.Sprintf("there is no day %s in the calendar", s)
	}
	return nil, message, "write a date as year-month-day, like 2026-01-31"
}

func span(s string) (any, string, string) {
	switch s {
	case "none":
		return Days(0), "", ""
	case "until_deleted", "indefinite":
		return Unlimited, "", ""
	}
	if m := spanForm.FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64) // at most six digits
		return Days(n * map[string]int64{"d": 1, "m": 30, "y": 365}[m[2]]), "", ""
	}
	return nil, fmt.Sprintf("expected a length of time, found %q", clip(s)),
		"write 30d, 6m or 7y; or none, until_deleted, indefinite, unknown"
}

func (d *decoder) script(n *yaml.Node, plain bool) (any, string, string) {
	start := d.pos(n)
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		line := d.file.Line(n.Line + 1)
		start = Pos{start.File, start.Line + 1, len(line) - len(strings.TrimLeft(line, " ")) + 1}
	case n.Style&yaml.FoldedStyle != 0 || strings.Contains(n.Value, "\n") || plain && !strings.Contains(d.file.Line(n.Line), n.Value):
		return nil, "an expression over several lines must be a | block", "begin it with | and indent the lines below"
	case !plain:
		start.Col++
	}
	return Script{strings.TrimRight(n.Value, "\n"), start}, "", ""
}

// noun names what is expected at t, for messages.
func (t *Type) noun() string {
	switch t.Kind {
	case KindObject:
		return "a group of keys (" + strings.Join(clipList(t.Keys(), 5), ", ") + ")"
	case KindList:
		return "a list"
	case KindMap:
		return "a group of names and values"
	case KindFlag:
		return "true or false"
	case KindInt, KindNumber:
		return "a number"
	case KindDate:
		return "a date like 2026-01-31"
	case KindSpan:
		return "a length of time like 30d"
	case KindText, KindCode:
		return "text"
	}
	return "a value"
}

func clipList(words []string, n int) []string {
	if len(words) > n {
		return append(slices.Clone(words[:n]), "…")
	}
	return words
}

// clip shortens what a document holds for use in a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// found names what is at n, for messages.
func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "a list"
	}
	return strconv.Quote(clip(n.Value))
}
