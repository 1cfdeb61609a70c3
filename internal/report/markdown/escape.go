package markdown

import (
	"strings"
	"unicode"

	"readiness/internal/report/gfm"
	"readiness/internal/report/outline"
)

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
	text := gfm.Inline(s.Text)
	switch s.Style {
	case outline.Code:
		text = gfm.Code(s.Text, inTable)
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
