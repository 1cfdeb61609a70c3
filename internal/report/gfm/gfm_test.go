package gfm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/report/gfm"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words stay", "Too few cases, until 2027; see 45 CFR 164.308(b)(1).", "Too few cases, until 2027; see 45 CFR 164.308(b)(1)."},
		{"HTML", "<script>alert(1)</script>", `\<script\>alert(1)\</script\>`},
		{"entity", "&lt;b&gt;", `\&lt;b\&gt;`},
		{"table cell", "a | b", `a \| b`},
		{"link", "[here](javascript:alert(1))", `\[here\](javascript\:alert(1))`},
		{"bare URL", "https://example.org www.example.org", `https\://example.org www\.example.org`},
		{"emoji", ":tada: done: yes", `\:tada: done: yes`},
		{"mention and reference", "@osei #12", `\@osei \#12`},
		{"path", "vendors[a_b].ends_on", `vendors\[a\_b\].ends\_on`},
		{"list item", "- milk", `\- milk`},
		{"numbered item", "12. milk", `12\. milk`},
		{"a hyphen inside stays", "zero-day 1.5", "zero-day 1.5"},
		{"lines become one", " a\n\n# b\r\n", `a  \# b`},
		{"controls", "a\x1b[31m\u202eb", "a�\\[31m�b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, gfm.Escape(c.in)); diff != "" {
				t.Errorf("Escape() mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a|b\n<i>*`")
	f.Fuzz(func(t *testing.T, s string) {
		out := gfm.Escape(s)
		if strings.ContainsAny(out, "\n\r\t\x1b") {
			t.Errorf("Escape(%q) = %q has a control character", s, out)
		}
		escaped := false
		for _, r := range out {
			if !escaped && r != '\\' && strings.ContainsRune("`*_[]<>&|~$@#{}", r) {
				t.Fatalf("Escape(%q) = %q leaves %q bare", s, out, r)
			}
			escaped = !escaped && r == '\\'
		}
		if escaped {
			t.Errorf("Escape(%q) = %q ends in a bare backslash", s, out)
		}
	})
}
