package pdf

import (
	"fmt"
	"math"

	"readiness/internal/report/outline"
)

// ink is a colour: red, green and blue, from 0 to 255.
type ink [3]int

// The inks. All text in them has the contrast that WCAG 2.2 asks for at level AA (1.4.3) on white paper.
var (
	black = ink{0x1f, 0x23, 0x28}
	quiet = ink{0x5b, 0x60, 0x68}
	rule  = ink{0xcf, 0xcb, 0xc1}
	white = ink{0xff, 0xff, 0xff}
	ocean = ink{0x1d, 0x4f, 0x63} // the accent of no firm
)

// markInk is the ink of a mark and of the word that goes with it.
func markInk(m outline.Mark) ink {
	switch m {
	case outline.Good:
		return ink{0x1c, 0x6b, 0x3c}
	case outline.Stated:
		return ink{0x24, 0x5a, 0x94}
	case outline.Bad:
		return ink{0xa3, 0x21, 0x1d}
	case outline.Open:
		return ink{0x8a, 0x53, 0x00}
	case outline.Waived:
		return ink{0x6a, 0x43, 0x96}
	case outline.Idle:
		return quiet
	case outline.NoMark:
	}
	return black
}

// minContrast is what WCAG 2.2 asks of text at level AA.
const minContrast = 4.5

// accent is a brand's colour, darkened until text in it can be read on white.
func accent(b outline.Brand) ink {
	var red, green, blue uint8
	if n, err := fmt.Sscanf(b.Accent, "#%02x%02x%02x", &red, &green, &blue); err != nil || n != 3 || len(b.Accent) != len("#rrggbb") {
		return ocean
	}
	c := ink{int(red), int(green), int(blue)}
	for c.contrast() < minContrast {
		c = ink{c[0] * 9 / 10, c[1] * 9 / 10, c[2] * 9 / 10}
	}
	return c
}

// contrast is the contrast ratio with white, as WCAG 2.2 defines it.
func (c ink) contrast() float64 {
	luminance := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		luminance += weight * v
	}
	return 1.05 / (luminance + 0.05)
}
