package xlsx

import (
	"math"
	"strings"

	"readiness/internal/report/outline"
)

// Heights of rows, in points.
const (
	lineHigh = 13.2
	headHigh = 32.0
	mostHigh = 409.0 // that Excel has
)

// height is that of a row in which no text is cut off, as far as Excel has rows that high. Spreadsheets make rows fit only
// when someone edits them.
func height(row []outline.Span, columns []outline.SheetColumn) float64 {
	most := 1
	for i, span := range row {
		most = max(most, lines(span.Text, columns[i].Width))
	}
	return min(math.Ceil(float64(most)*lineHigh+3), mostHigh)
}

// lines is how many lines of a column a text takes, word by word.
func lines(s string, width float64) int {
	n := 0
	width *= 1.06 // columns are measured in a larger size
	for line := range strings.SplitSeq(s, "\n") {
		n++
		used := 0.0
		for word := range strings.SplitSeq(line, " ") {
			w := 0.0
			for _, r := range word {
				w += ems(r)
			}
			if used > 0 && used+w > width {
				n, used = n+1, 0
			}
			for ; w > width; w -= width { // a word wider than the column is broken
				n++
			}
			used += w + ems(' ')
		}
	}
	return n
}

// ems is how wide a character is, in the widths of a digit by which columns are measured.
func ems(r rune) float64 {
	switch {
	case r >= 0x1100:
		return 2
	case strings.ContainsRune("mwMWOQ@%—", r):
		return 1.4
	case 'A' <= r && r <= 'Z':
		return 1.1
	case strings.ContainsRune(" .,:;'()[]ijlft-|!", r):
		return 0.55
	}
	return 0.93
}
