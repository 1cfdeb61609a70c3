package source

import (
	"strings"
	"unicode"
)

// longest is how long, in bytes, what is written in place of text can be.
const longest = 40

// saysNothing reports whether text stands only where something is to be written: it has no letter or digit that can be
// seen, or is one of the words that people write until they know. The word none, and quotes with nothing in them, say
// that there is none, which a rule can tell.
func saysNothing(text string) bool {
	if text == "" || text == "none" || len(text) > longest && strings.ContainsAny(text[:longest], "aeiouy") { // most text, fast
		return false
	}
	said := strings.ToLower(strings.Join(strings.FieldsFunc(text, blankRune), " "))
	if !strings.ContainsFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return true
	}
	switch strings.TrimFunc(said, unicode.IsPunct) {
	case "unknown", "not known", "don't know", "not sure", "none", "n/a", "n.a", "not applicable", "not available",
		"tbd", "t.b.d", "tba", "tbc", "todo", "to do", "fixme", "xxx", "placeholder", "to be determined", "to be decided",
		"to be confirmed", "to be announced", "to be done", "to be defined":
		return true
	}
	return false
}

// blankRune reports whether a letter can't be seen.
func blankRune(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
