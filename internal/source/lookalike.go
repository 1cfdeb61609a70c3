package source

import "strings"

// Text from the web or a word processor often brings spaces and quotes that look like the plain ones, and mean nothing in
// YAML.

const (
	specialSpaceHere = "a special space stands here, such as text from the web or a word processor has"
	specialSpaceHint = "delete it and type a plain one"
	curlyQuotes      = "“”„‟‘’‚‛"
	straightHint     = "use straight quotes, \" or ', in place of curly ones"
)

// specialSpace is the byte at which a space that isn't the plain one stands in line where YAML wants a plain one: before
// a key or an item, or behind a key's colon. It is -1 without one.
func specialSpace(line string) int {
	if len(line) > maxLooked {
		return -1
	}
	if found := specialSpaceForm().FindStringSubmatchIndex(line); found != nil {
		return max(found[2], found[4])
	}
	return -1
}

var specialSpaceForm = Pattern(`^[ -]*([^ \P{Zs}])|^[ -]*(?:[\[{].*[{,] *|[\[{] *)?[A-Za-z0-9_"']+:([^ \P{Zs}])`)

// straighten says what to do about a value in curly quotes; "" for any other.
func straighten(value string) string {
	if value != "" && strings.ContainsAny(string([]rune(value)[:1]), curlyQuotes) {
		return straightHint
	}
	return ""
}
