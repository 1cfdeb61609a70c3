package pdf

import (
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"
)

// TestFonts shows that the widths read from the fonts are those fpdf uses, and that every face has the letters that
// names are written with.
func TestFonts(t *testing.T) {
	doc := fpdf.New("P", "pt", "Letter", "")
	fonts, err := addFonts(doc)
	if err != nil {
		t.Fatal(err)
	}
	const letters = "AZaz09ÀÿŁłŐőŞşΑΩαωέАЯаяЄєҐґ§“”‘’–—…•·€"
	for f, name := range facesInUse {
		doc.SetFont(name.family, name.style, 10)
		for _, r := range letters {
			if got, want := int(fonts[f][r]), doc.GetStringSymbolWidth(string(r)); got != want || got == 0 {
				t.Errorf("%s: the width of %q is %d, and for fpdf %d", name.file, r, got, want)
			}
		}
	}
	for _, r := range letters + "→≤≥≠×√\uFFFD" {
		if _, _, ok := fonts.pick(serif, r); !ok {
			t.Errorf("no face has %q", r)
		}
	}
	for _, r := range "診🩺ש" {
		if f, draw, ok := fonts.pick(serif, r); ok || draw != box || fonts[f][box] == 0 {
			t.Errorf("%q is drawn as %q", r, draw)
		}
	}
}

// TestLines shows how text is broken into lines.
func TestLines(t *testing.T) {
	fonts, err := addFonts(fpdf.New("P", "pt", "Letter", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"words", "one two three four", []string{"one two", "three four"}},
		{"spaces", "  one \u2003 two  ", []string{"one two"}},
		{"no-break space", "one two\u00a0three", []string{"one", "two\u00a0three"}},
		{"an id", "hipaa/164.308(a)", []string{"hipaa/", "164.308(a)"}},
		{"a longer id", "hipaa/164.308(a)(1)", []string{"hipaa/164.", "308(a)(1)"}},
		{"a path", "see a.bb.ccc.dddd", []string{"see a.bb.", "ccc.dddd"}},
		{"one long word", "mmmmmmmmmmmm", []string{"mmmmmmmmmm", "mm"}},
		{"nothing", " ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := setter{fonts: fonts}
			lines := s.set(text(c.text), look{mono, 10, 12, black}, 60)
			var got []string
			for _, l := range lines {
				got = append(got, l.String())
				if l.width > 60 {
					t.Errorf("%q is %.1f wide", l, l.width)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("set(%q) mismatch (-want +got)\n%s", c.text, diff)
			}
		})
	}
}
