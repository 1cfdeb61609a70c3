package pdf

import "readiness/internal/report/outline"

// ink is the colour of what is printed.
type ink = outline.Color

// The inks of text, of the lines between it, and of the paper.
var (
	black, quiet = outline.Black(), outline.Gray()
	rule, white  = outline.Hairline(), outline.White()
)

// rgb is an ink as fpdf takes it.
func rgb(c ink) (red, green, blue int) { return int(c[0]), int(c[1]), int(c[2]) }
