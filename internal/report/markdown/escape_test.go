package markdown

import (
	"strings"
	"testing"

	"readiness/internal/report/outline"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain words, 3 of 4 (so far)", "plain words, 3 of 4 (so far)"},
		{"*a* _b_ `c` ~d~ [e] \\", "\\*a\\* \\_b\\_ \\`c\\` \\~&#8203;d\\~ \\[e\\] \\\\"},
		{"a|b", `a\|b`},
		{"<b>&amp;", "&#60;b&#62;&#38;&#8203;amp;"},
		{"$x$", "&#36;&#8203;x&#36;"},
		{"ask @osei", "ask @&#8203;osei"},
		{"see #12, GH-12, !7", "see #&#8203;12, GH-&#8203;12, !&#8203;7"},
		{"https://x.example", "https:&#8203;//x.example"},
		{"WWW.x.example", "WWW&#8203;.x.example"},
		{"dana@x.example", "dana@&#8203;x.example"},
		{":tada: at 12:30", ":&#8203;tada: at 12:&#8203;30"},
		{"end of line:", "end of line:"},
	} {
		if got := escape(c.in); got != c.want {
			t.Errorf("escape(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLead(t *testing.T) {
	for in, want := range map[string]string{
		"# a": `\# a`, "- a": `\- a`, "+ a": `\+ a`, "=== ": `\=== `, "1. a": `1\. a`, "12) a": `12\) a`, "/close": `\/close`, ":--": `\:--`,
		"a - b": "a - b", "1 a": "1 a", "": "", "2026-11-22": "2026-11-22", "1.5": "1.5", "1.": `1\.`,
	} {
		if got := lead(in); got != want {
			t.Errorf("lead(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	for _, c := range []struct {
		in      string
		inTable bool
		want    string
	}{
		{"a", false, "`a`"}, {"a`b", false, "``a`b``"}, {"`a`", false, "`` `a` ``"}, {"a|b", false, "`a|b`"}, {"a|b", true, "`a\\|b`"}, {" ", false, ""},
	} {
		if got := code(c.in, c.inTable); got != c.want {
			t.Errorf("code(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestBold(t *testing.T) {
	for in, want := range map[string]string{"a b": "**a b**", "1. ": "<strong>1.</strong> ", " a": " **a**", "(a)": "<strong>(a)</strong>", "": ""} {
		if got := bold(in); got != want {
			t.Errorf("bold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinkStaysInItsBrackets(t *testing.T) {
	got := span(outline.Span{Text: "a", Link: "https://x.example/(b)|c>\\"}, true)
	if want := "[a](https://x.example/%28b%29%7Cc%3E%5C)"; got != want {
		t.Errorf("span() = %q, want %q", got, want)
	}
}

// FuzzEscape checks that no character that means something to Markdown stays bare, and that no mention, reference, link
// or emoji is left whole.
func FuzzEscape(f *testing.F) {
	f.Add("@a #1 www.x https://y :z: GH-1 <i>*`|$")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.Join(strings.Fields(s), " ")
		out := escape(s)
		bare := strings.NewReplacer(joint, "\u200b", "&#36;", "", "&#38;", "", "&#60;", "", "&#62;", "").Replace(out)
		escaped := false
		for _, r := range bare {
			if !escaped && strings.ContainsRune("`*_[]<>&|~$^", r) {
				t.Fatalf("escape(%q) = %q leaves %q bare", s, out, r)
			}
			escaped = !escaped && r == '\\'
		}
		if escaped {
			t.Fatalf("escape(%q) = %q ends in a bare backslash", s, out)
		}
		for _, whole := range []string{"://", "www.", "@a", "#1", "GH-1"} {
			if strings.Contains(strings.ToLower(out), strings.ToLower(whole)) {
				t.Fatalf("escape(%q) = %q leaves %q whole", s, out, whole)
			}
		}
	})
}
