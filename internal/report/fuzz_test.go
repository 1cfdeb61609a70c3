package report_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/text"
)

// FuzzFormats shows that no text breaks any format: each writes whatever a report holds, and what it writes as text is
// UTF-8 without a character that a terminal would obey.
func FuzzFormats(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Add("\xff\xc3", "\U0010ffff\u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		const long = 300 // a report has hundreds of texts
		a, b = a[:min(len(a), long)], b[:min(len(b), long)]
		brand := outline.Brand{Firm: a, Author: b, Note: a, Footer: b}
		for _, format := range report.Formats(text.Style{}, brand) {
			if format.Name == "pdf" {
				continue // it takes longer than all others, and has a target of its own
			}
			var out bytes.Buffer
			if err := format.Render(&out, reporttest.Arbitrary(a, b)); err != nil {
				t.Fatalf("%s: %v", format.Name, err)
			}
			if bytes.HasPrefix(out.Bytes(), []byte("PK")) {
				continue
			}
			if !utf8.Valid(out.Bytes()) {
				t.Errorf("%s: the output is not UTF-8", format.Name)
			}
			if i := bytes.IndexAny(out.Bytes(), "\x00\x07\x08\x1b\u009b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"); i >= 0 {
				t.Errorf("%s: a control character is there as it is: %.60q", format.Name, out.Bytes()[max(0, i-20):])
			}
		}
	})
}
