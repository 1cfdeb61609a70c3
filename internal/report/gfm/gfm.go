// Package gfm makes text safe to stand inside GitHub-flavoured Markdown, also where a site such as GitHub or GitLab shows
// it: nothing becomes markup, a link, a mention of a person or a reference to an issue.
package gfm

import (
	"fmt"
	"strings"
	"unicode"

	"readiness/internal/source"
)

// joint stands, unseen, inside what a site would turn into a link, a mention, a reference or an emoji: these are looked
// for in the finished page, where a backslash no longer helps. It is a space of no width.
const joint = "&#8203;"

// Escape returns s as one line of text that Markdown shows as it is: printable, and fit to begin a block.
func Escape(s string) string { return Lead(Inline(source.Printable(s))) }

// Inline makes printable text mean itself anywhere within a line, also in a table. A backslash stands before what would be
// markup, such as emphasis and the braces of templates; what not every Markdown takes a backslash for becomes an entity.
func Inline(s string) string {
	var b strings.Builder
	runes := []rune(strings.TrimSpace(s))
	for i, r := range runes {
		var next rune
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch {
		case strings.ContainsRune("\\`*_[]|~^{}", r):
			b.WriteRune('\\')
			b.WriteRune(r)
		case strings.ContainsRune("<>&$", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
		if splits(runes[:i+1], next) {
			b.WriteString(joint)
		}
	}
	return b.String()
}

// splits reports whether a joint belongs between what was written so far and the next character.
func splits(before []rune, next rune) bool {
	word := unicode.IsLetter(next) || unicode.IsDigit(next)
	switch before[len(before)-1] {
	case '#', '!', '%', '~', '&', '$', '^': // issues, merge requests, milestones, labels, epics, snippets, alerts
		return word
	case '@', ':': // people, also _dana of GitLab; https://, mailto:, :emoji:
		return next != 0 && !unicode.IsSpace(next)
	case '-': // GH-12
		return unicode.IsDigit(next) && hasSuffixFold(before, "gh-")
	case 'w', 'W': // www.example.com
		return next == '.' && hasSuffixFold(before, "www")
	}
	return false
}

func hasSuffixFold(runes []rune, suffix string) bool {
	n := len(suffix) // ASCII
	return len(runes) >= n && strings.EqualFold(string(runes[len(runes)-n:]), suffix)
}

// listLike is what would begin a numbered list.
var listLike = source.Pattern(`^([0-9]{1,9})([.)](?:\s|$))`)

// Lead makes the beginning of a line mean itself: no heading, list, quotation, rule or quick action.
func Lead(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("#+-=:/", rune(s[0])) {
		return `\` + s
	}
	return listLike().ReplaceAllString(s, `$1\$2`)
}

// Code shows printable text as it is, to be copied. In a table a pipe needs a backslash even here.
func Code(s string, inTable bool) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if inTable {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}
