package reporttest

import (
	"regexp"
	"strings"
)

var (
	link   = regexp.MustCompile(`\]\((#[a-z0-9-]+|https?://[^\s()<>]+)\)`)
	ownTag = regexp.MustCompile(`<(br|/?strong|a id="[a-z0-9-]+"></a)>`)
	live   = regexp.MustCompile(`(?i)[@#!%~$^][\pL\pN]|://|www\.|:[a-z0-9_+-]+:|\bgh-\d|<`)
)

// Alive is what a site would make into markup, a link, a mention, a reference or an emoji in a line of Markdown, apart from
// its code and the links and tags of the report's own. It is empty where there is nothing.
func Alive(line string) string {
	line = ownTag.ReplaceAllString(link.ReplaceAllString(WithoutCode(line), "]()"), " ")
	return live.FindString(strings.NewReplacer("&#8203;", "\u200b", "&#38;", " ", "&#36;", " ", "&#60;", " ", "&#62;", " ").Replace(line))
}

// WithoutCode is a line without its code spans, each between two runs of as many backticks (CommonMark 6.1).
func WithoutCode(line string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(line, "`")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if slashes := len(before) - len(strings.TrimRight(before, "\\")); slashes%2 == 1 { // a backtick that is text
			line = rest
			continue
		}
		fence := "`" + rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
		line = strings.TrimLeft(rest, "`")
		for after := line; after != ""; {
			i := strings.Index(after, fence)
			if i < 0 {
				break
			}
			after = after[i:]
			run := after[:len(after)-len(strings.TrimLeft(after, "`"))]
			after = after[len(run):]
			if run == fence {
				line = after
				break
			}
		}
	}
}
