package outline

import "testing"

// TestColorsCanBeRead checks that any colour of a firm ends up readable on light and dark, and that a good one stays.
func TestColorsCanBeRead(t *testing.T) {
	paper, night := Color{0xfd, 0xfc, 0xf9}, Color{0x17, 0x1a, 0x1d}
	for r := 0; r < 256; r += 17 {
		for g := 0; g < 256; g += 17 {
			for b := 0; b < 256; b += 17 {
				for _, background := range []Color{paper, night} {
					shown := Color{uint8(r), uint8(g), uint8(b)}.On(background)
					if got := shown.Contrast(background); got < MinContrast {
						t.Fatalf("%s on %s has contrast %.2f", shown, background, got)
					}
				}
			}
		}
	}
	if c := (Color{0x1d, 0x4f, 0x63}); c.On(paper) != c {
		t.Errorf("a colour that can be read becomes %s", c.On(paper))
	}
}

func TestParseColor(t *testing.T) {
	for s, want := range map[string]bool{"#1d4f63": true, "#1D4F63": true, "": false, "#fff": false, "red": false, "#1d4f63;": false, "#1d4f6g": false, " #1d4f6": false} {
		if _, ok := ParseColor(s); ok != want {
			t.Errorf("ParseColor(%q) ok = %v", s, ok)
		}
	}
	if c, _ := ParseColor("#1D4F63"); c.String() != "#1d4f63" {
		t.Errorf("ParseColor() = %s", c)
	}
}

func TestContrast(t *testing.T) {
	if got := (Color{}).Contrast(Color{255, 255, 255}); got < 20.99 || got > 21.01 {
		t.Errorf("black on white has contrast %.2f, want 21", got)
	}
}

// TestInksCanBeRead checks that what is printed in ink can be read on paper, a firm's accent included.
func TestInksCanBeRead(t *testing.T) {
	inks := []Color{Black(), Gray()}
	for _, m := range []Mark{NoMark, Good, Stated, Bad, Open, Waived, Idle} {
		inks = append(inks, m.Ink())
	}
	for _, accent := range []string{"", "red", "#-1-1-1", "#ffffff", "#ffff00", "#00ff00", "#8080ff"} {
		inks = append(inks, Brand{Accent: accent}.Ink())
	}
	for _, c := range inks {
		if got := c.Contrast(White()); got < MinContrast {
			t.Errorf("%s on paper has contrast %.2f", c, got)
		}
	}
	for accent, want := range map[string]string{"": "#1d4f63", "#12345": "#1d4f63", "#000000": "#000000", "#8a5300": "#8a5300"} {
		if got := (Brand{Accent: accent}).Ink().String(); got != want {
			t.Errorf("the accent %q is printed in %s, want %s", accent, got, want)
		}
	}
}
