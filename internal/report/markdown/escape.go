package markdown

import (
	"fmt"
	"strings"
	"unicode"

	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// joint stands, unseen, inside what a site would turn into a link, a mention, a reference or an emoji: these are looked
// for in the finished page, where a backslash no longer helps.
const joint = "&#8203;"

// escape makes text mean itself anywhere within a line, also in a table. A document's text is printable, so it has no
// line breaks.
func escape(s string) string {
	var b strings.Builder
	runes := []rune(strings.TrimSpace(s))
	for i, r := range runes {
		var next rune
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch {
		case strings.ContainsRune("\\`*_[]|~^", r):
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
	case '@', '#', '!', '%', '~', '&', '$', '^': // people, issues, merge requests, milestones, labels, epics, snippets
		return word
	case ':': // https://, mailto:, :emoji:
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

// lead makes the beginning of a line mean itself: no heading, list, quotation, rule or quick action.
func lead(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("#+-=:/", rune(s[0])) {
		return `\` + s
	}
	return listLike().ReplaceAllString(s, `$1\$2`)
}

// code shows text as it is. In a table a pipe needs a backslash even here.
func code(s string, inTable bool) string {
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

// bold makes escaped text strong. Asterisks beside punctuation don't always close, so a tag takes their place.
func bold(s string) string {
	core := strings.TrimSpace(s)
	if core == "" {
		return s
	}
	before, after, _ := strings.Cut(s, core)
	runes := []rune(core)
	if plain(runes[0]) && plain(runes[len(runes)-1]) {
		return before + "**" + core + "**" + after
	}
	return before + "<strong>" + core + "</strong>" + after
}

func plain(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func inline(t outline.Text) string { return spans(t, false) }

// cell is the content of a table's cell.
func cell(l outline.Lines) string {
	parts := make([]string, len(l))
	for i, t := range l {
		parts[i] = spans(t, true)
	}
	return strings.Join(parts, "<br>")
}

func spans(t outline.Text, inTable bool) string {
	var b strings.Builder
	for _, s := range t {
		text := s.Text
		before := text[:len(text)-len(strings.TrimLeft(text, " "))]
		after := ""
		if strings.TrimSpace(text) != "" {
			after = text[len(strings.TrimRight(text, " ")):]
		}
		b.WriteString(before + shape(s.Mark) + span(s, inTable) + after)
	}
	return b.String()
}

func span(s outline.Span, inTable bool) string {
	text := escape(s.Text)
	switch s.Style {
	case outline.Code:
		text = code(s.Text, inTable)
	case outline.Strong:
		text = bold(text)
	case outline.Plain, outline.Quiet:
	}
	if s.Link != "" && text != "" {
		return "[" + text + "](" + target.Replace(s.Link) + ")"
	}
	return text
}

// target keeps a link's address inside its brackets and its table cell.
var target = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C", "`", "%60", " ", "%20")

func anchor(id string) string {
	if id == "" {
		return ""
	}
	return `<a id="` + id + `"></a>`
}

// shape stands before a status word. The word says it all.
func shape(m outline.Mark) string {
	switch m {
	case outline.Good:
		return "✓ "
	case outline.Stated:
		return "✎ "
	case outline.Bad:
		return "✗ "
	case outline.Open:
		return "? "
	case outline.Waived:
		return "◆ "
	case outline.Idle:
		return "– "
	case outline.NoMark:
	}
	return ""
}
