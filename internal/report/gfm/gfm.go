// Package gfm makes text safe to stand inside GitHub-flavoured Markdown.
package gfm

import (
	"strings"

	"readiness/internal/source"
)

// special is what can begin markup inside a paragraph or a table cell: emphasis, code, links, HTML, entities, tables,
// strike-through, mathematics, mentions, references to issues, and the braces of templates.
const special = "\\`*_[]<>&|~$@#{}"

// Escape returns s as one line of text that Markdown shows as it is: printable, with a backslash before what would be
// markup (GFM section 6.1: any ASCII punctuation may be escaped so).
func Escape(s string) string {
	s = strings.TrimSpace(source.Printable(s))
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune(special, r) || opens(s, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "www.", `www\.`)
}

// opens reports whether the character at i begins markup because of where it stands: a list, a rule or a heading at the
// beginning of the line, a URL or an emoji before anything but a space.
func opens(s string, i int) bool {
	switch s[i] {
	case '-', '+', '=':
		return i == 0
	case '.', ')':
		return i > 0 && strings.Trim(s[:i], "0123456789") == ""
	case ':':
		return i+1 < len(s) && s[i+1] != ' '
	}
	return false
}
