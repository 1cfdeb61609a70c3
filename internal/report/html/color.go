package html

import (
	"fmt"
	"math"
)

// color is red, green and blue, from 0 to 255.
type color [3]float64

// The backgrounds of style.css.
var (
	paper = color{0xfd, 0xfc, 0xf9}
	night = color{0x17, 0x1a, 0x1d}
)

// minContrast is what WCAG 2.2 asks of text at level AA (success criterion 1.4.3).
const minContrast = 4.5

// parseColor reads #rrggbb.
func parseColor(s string) (c color, ok bool) {
	var r, g, b uint8
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); err != nil || n != 3 || len(s) != len("#rrggbb") {
		return c, false
	}
	return color{float64(r), float64(g), float64(b)}, true
}

func (c color) String() string {
	return fmt.Sprintf("#%02x%02x%02x", uint8(c[0]), uint8(c[1]), uint8(c[2]))
}

// on is the color, darkened or lightened until text in it can be read on a background.
func (c color) on(background color) color {
	toward := color{}
	if background.luminance() < 0.5 {
		toward = color{255, 255, 255}
	}
	for step := 0; contrast(c, background) < minContrast && step < 40; step++ {
		for i := range c {
			c[i] += (toward[i] - c[i]) / 10
		}
	}
	return c
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color) float64 {
	la, lb := a.luminance(), b.luminance()
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func (c color) luminance() float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := c[i] / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
