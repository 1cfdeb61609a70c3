package outline

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"
)

// Color is red, green and blue.
type Color [3]uint8

// Page is the darkest ground on which reports put text, the tint of boxes on the page.
func Page() Color { return Color{0xf5, 0xf2, 0xea} }

// The inks of what is printed. Text in them has MinContrast on White.

// White is the paper.
func White() Color { return Color{0xff, 0xff, 0xff} }

// Black is the ink of text.
func Black() Color { return Color{0x1f, 0x23, 0x28} }

// Gray is the ink of what says less.
func Gray() Color { return Color{0x5b, 0x60, 0x68} }

// Hairline is the ink of lines between rows and parts.
func Hairline() Color { return Color{0xcf, 0xcb, 0xc1} }

// Ink is the ink of a mark and of the word that goes with it. The word says it all.
func (m Mark) Ink() Color {
	switch m {
	case Good:
		return Color{0x1c, 0x6b, 0x3c}
	case Stated:
		return Color{0x24, 0x5a, 0x94}
	case Bad:
		return Color{0xa3, 0x21, 0x1d}
	case Open:
		return Color{0x8a, 0x53, 0x00}
	case Waived:
		return Color{0x6a, 0x43, 0x96}
	case Idle:
		return Gray()
	case NoMark:
	}
	return Black()
}

// Ink is the accent, darkened until text in it can be read on White, or that of no firm.
func (b Brand) Ink() Color {
	if c, ok := ParseColor(b.Accent); ok {
		return c.On(White())
	}
	return Color{0x1d, 0x4f, 0x63}
}

// MinContrast is what WCAG 2.2 asks of text at level AA (success criterion 1.4.3).
const MinContrast = 4.5

// ParseColor reads #rrggbb, as a Brand's Accent is written.
func ParseColor(s string) (c Color, ok bool) {
	digits, ok := strings.CutPrefix(s, "#")
	rgb, err := hex.DecodeString(digits)
	if !ok || err != nil || len(rgb) != len(c) {
		return c, false
	}
	return Color(rgb), true
}

// String is the color as #rrggbb.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// On is the color, darkened or lightened until text in it can be read on a background.
func (c Color) On(background Color) Color {
	toward := 0.0
	if background.luminance() < 0.5 {
		toward = 255
	}
	shown := c
	for step := 1; shown.Contrast(background) < MinContrast && step <= 100; step++ {
		for i := range c {
			v := float64(c[i])
			shown[i] = uint8(math.Round(v + (toward-v)*float64(step)/100))
		}
	}
	return shown
}

// Contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func (c Color) Contrast(other Color) float64 {
	a, b := c.luminance(), other.luminance()
	return (math.Max(a, b) + 0.05) / (math.Min(a, b) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func (c Color) luminance() float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
