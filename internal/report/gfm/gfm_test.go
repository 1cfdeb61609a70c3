package gfm_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/report/gfm"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words stay", "Too few cases, until 2027; see 45 CFR 164.308(b)(1).", "Too few cases, until 2027; see 45 CFR 164.308(b)(1)."},
		{"HTML", "<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;"},
		{"entity", "&lt;b&gt;", "&#38;&#8203;lt;b&#38;&#8203;gt;"},
		{"table cell", "a | b", `a \| b`},
		{"link", "[here](javascript:alert(1))", `\[here\](javascript:&#8203;alert(1))`},
		{"bare URL", "https://example.org www.example.org", "https:&#8203;//example.org www&#8203;.example.org"},
		{"emoji", ":tada: done: yes", `\:&#8203;tada: done: yes`},
		{"mention and reference", "@osei #12 GH-12", "@&#8203;osei #&#8203;12 GH-&#8203;12"},
		{"path", "vendors[a_b].ends_on", `vendors\[a\_b\].ends\_on`},
		{"list item", "- milk", `\- milk`},
		{"numbered item", "12. milk", `12\. milk`},
		{"a hyphen inside stays", "zero-day 1.5", "zero-day 1.5"},
		{"lines become one", " a\n\n# b\r\n", "a  # b"},
		{"controls", "a\x1b[31m\u202eb", "a�\\[31m�b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, gfm.Escape(c.in)); diff != "" {
				t.Errorf("Escape() mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain words, 3 of 4 (so far)", "plain words, 3 of 4 (so far)"},
		{"*a* _b_ `c` ~d~ [e] \\", "\\*a\\* \\_b\\_ \\`c\\` \\~&#8203;d\\~ \\[e\\] \\\\"},
		{"a|b", `a\|b`},
		{"<b>&amp;", "&#60;b&#62;&#38;&#8203;amp;"},
		{"$x$", "&#36;&#8203;x&#36;"},
		{"ask @osei", "ask @&#8203;osei"},
		{"see #12, GH-12, gh-7, !7", "see #&#8203;12, GH-&#8203;12, gh-&#8203;7, !&#8203;7"},
		{"ask @_dana", `ask @&#8203;\_dana`},
		{"{{ site.x }}", `\{\{ site.x \}\}`},
		{"https://x.example", "https:&#8203;//x.example"},
		{"WWW.x.example", "WWW&#8203;.x.example"},
		{"dana@x.example", "dana@&#8203;x.example"},
		{":tada: at 12:30", ":&#8203;tada: at 12:&#8203;30"},
		{"end of line:", "end of line:"},
	} {
		if got := gfm.Inline(c.in); got != c.want {
			t.Errorf("Inline(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLead(t *testing.T) {
	for in, want := range map[string]string{
		"# a": `\# a`, "- a": `\- a`, "+ a": `\+ a`, "=== ": `\=== `, "1. a": `1\. a`, "12) a": `12\) a`, "/close": `\/close`, ":--": `\:--`,
		"a - b": "a - b", "1 a": "1 a", "": "", "2026-11-22": "2026-11-22", "1.5": "1.5", "1.": `1\.`,
	} {
		if got := gfm.Lead(in); got != want {
			t.Errorf("Lead(%q) = %q, want %q", in, got, want)
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
		if got := gfm.Code(c.in, c.inTable); got != c.want {
			t.Errorf("Code(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzInline checks that no character that means something to Markdown stays bare, and that no mention, reference, link
// or emoji is left whole.
func FuzzInline(f *testing.F) {
	f.Add("@a #1 www.x https://y :z: GH-1 <i>*`|$")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.Join(strings.Fields(s), " ")
		out := gfm.Inline(s)
		bare := strings.NewReplacer("&#8203;", "\u200b", "&#36;", "", "&#38;", "", "&#60;", "", "&#62;", "").Replace(out)
		escaped := false
		for _, r := range bare {
			if !escaped && strings.ContainsRune("`*_[]<>&|~$^{}", r) {
				t.Fatalf("Inline(%q) = %q leaves %q bare", s, out, r)
			}
			escaped = !escaped && r == '\\'
		}
		if escaped {
			t.Fatalf("Inline(%q) = %q ends in a bare backslash", s, out)
		}
		for _, whole := range []string{"://", "www.", "@a", "#1", "GH-1"} {
			if strings.Contains(strings.ToLower(out), strings.ToLower(whole)) {
				t.Fatalf("Inline(%q) = %q leaves %q whole", s, out, whole)
			}
		}
	})
}

// FuzzEscape checks that a text is one line, and begins no heading, list, quotation, rule or quick action.
func FuzzEscape(f *testing.F) {
	f.Add("a|b\n<i>*`")
	f.Add(" 12. a")
	begins := regexp.MustCompile(`^(\s|[-+=#:/>]|[0-9]{1,9}[.)](\s|$))`)
	f.Fuzz(func(t *testing.T, s string) {
		out := gfm.Escape(s)
		if strings.ContainsAny(out, "\n\r\t\x1b") {
			t.Errorf("Escape(%q) = %q has a control character", s, out)
		}
		if begins.MatchString(out) {
			t.Errorf("Escape(%q) = %q begins a block", s, out)
		}
	})
}
