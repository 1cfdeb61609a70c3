package source

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// misshapen reports that n is a group, a list or a single value where t is another of them.
func (d *decoder) misshapen(n *yaml.Node, t *Type, field *Field) {
	what, hint := t.shape(field)
	if n.Kind == yaml.ScalarNode && specialSpace(n.Value) >= 0 {
		d.report(n, specialSpaceHere, specialSpaceHint+", behind the colon")
		return
	}
	if t.Kind == KindList && n.Kind == yaml.ScalarNode && clip(n.Value) == n.Value && !strings.ContainsAny(n.Value, "[]{}\n") {
		hint = "write it as [" + n.Value + "]"
	}
	d.report(n, "expected "+what+", found "+found(n), hint)
}

// shape says what is expected at t, and how to write it.
func (t *Type) shape(field *Field) (what, hint string) {
	switch t.Kind {
	case KindObject:
		keys := t.Keys()
		return "a group of keys", "write one key with its value on each line, such as " + keys[0] + ": ...; allowed here: " + strings.Join(keys, ", ")
	case KindList:
		return "a list", `write each item on a line of its own that begins with "- "`
	case KindMap:
		return "a group of names with values", "write one name with its value on each line, as name: value"
	case KindFlag:
		return "true or false", "write true or false, or leave it out if you don't know"
	case KindInt:
		return "a whole number" + field.bounds(), "write a number, like 12"
	case KindNumber:
		return "a number" + field.bounds(), "write a number, like 0.3"
	case KindDate:
		return "a date", "write a day as year-month-day, like 2026-01-31"
	case KindSpan:
		return "a length of time", "write 30d, 6m or 7y; or none, until_deleted, indefinite, unknown"
	}
	if len(field.Enum) > 0 {
		return "one word", "allowed: " + strings.Join(field.Enum, ", ")
	}
	return "text", "write one text; if it holds [ ] or { } or a colon, put it in quotes"
}

// bounds says between which ends a number of the field is, if that is more than every number.
func (f *Field) bounds() string {
	switch {
	case f.Greatest < maxNumber:
		return " from " + Show(f.Least) + " to " + Show(f.Greatest)
	case f.Least > -maxNumber:
		return " of " + Show(f.Least) + " or more"
	}
	return ""
}

// leaf reports whether t is a single value.
func (t *Type) leaf() bool { return !slices.Contains([]Kind{KindObject, KindList, KindMap}, t.Kind) }

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
