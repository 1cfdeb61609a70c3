package reporttest

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"readiness/internal/assess"
	"readiness/internal/source"
)

// SameBytes fails when a format writes a scenario differently from run to run. Maps differ in order from call to call.
func SameBytes(t *testing.T, render func(*assess.Report) []byte) {
	t.Helper()
	for _, s := range Scenarios() {
		first := render(s.Report)
		for range 3 {
			if !bytes.Equal(first, render(s.Report)) {
				t.Fatalf("%s: the bytes differ from run to run", s.Name)
			}
		}
	}
}

// Squeeze leaves one space where there is space. Code points that are no characters stand as the replacement character.
func Squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Noncharacter_Code_Point, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// NothingLost fails where a format lost something: text is all it says, and blocks what the outline does.
func NothingLost[Block any](t *testing.T, text string, blocks []Block) {
	t.Helper()
	text = Squeeze(text)
	sentences := 0
	for _, b := range blocks {
		for _, want := range said(reflect.ValueOf(b)) {
			sentences++
			if !strings.Contains(text, Squeeze(want)) {
				t.Errorf("not said: %q", want)
			}
		}
	}
	if sentences < 300 {
		t.Errorf("looked for %d sentences only", sentences)
	}
}

// unsaid are the fields of blocks that are there for machines, or that other fields say in words.
func unsaid(field string) bool {
	return slices.Contains([]string{"Anchor", "Citation", "Checklist", "Fix", "Severity", "Gate", "Link", "Pos", "Nodes", "Edges"}, field)
}

// said lists the texts of a block. A list that says itself what it is, as a line of text does, is one.
func said(v reflect.Value) []string {
	var list []string
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			list = append(list, v.String())
		}
	case reflect.Interface, reflect.Pointer:
		return said(v.Elem())
	case reflect.Slice:
		if text, ok := v.Interface().(fmt.Stringer); ok {
			return []string{text.String()}
		}
		for i := range v.Len() {
			list = append(list, said(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if caption := v.Type().Name() == "Table" && name == "Caption"; !caption && !unsaid(name) {
				list = append(list, said(v.Field(i))...)
			}
		}
	}
	return list
}

// EveryRequirement fails where a text names a requirement of r neither by its id nor, when it isn't open, by its citation.
// Blanks don't count, because a long id may go over a line's end.
func EveryRequirement(t *testing.T, text string, r *assess.Report) {
	t.Helper()
	tight := func(s string) string { return strings.ReplaceAll(Squeeze(s), " ", "") }
	text = tight(text)
	for _, q := range r.Requirements {
		want := q.ID
		if !q.Outcome.Open() {
			want = q.Citation
		}
		if !strings.Contains(text, tight(source.Printable(want))) {
			t.Errorf("the requirement %q is not there", want)
		}
	}
}
