package source

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks text into lines of so many columns, at spaces only: an id or a date with a hyphen stays whole. A word longer
// than a line is cut.
func Wrap(s string, width int) []string {
	var lines []string
	var line []byte // of used columns
	used := 0
	for word := range strings.FieldsSeq(s) {
		n := ansi.StringWidth(word)
		if used > 0 && used+1+n > width {
			lines, line, used = append(lines, string(line)), line[:0], 0
		}
		if n > width {
			parts := cutWord(word, width)
			last := len(parts) - 1
			lines, word = append(lines, parts[:last]...), parts[last]
			n = ansi.StringWidth(word)
		}
		if used > 0 {
			line, used = append(line, ' '), used+1
		}
		line, used = append(line, word...), used+n
	}
	return append(lines, string(line))
}

// cutWord breaks a word that is longer than a line. A mark at its end, such as a comma, doesn't stand alone.
func cutWord(word string, width int) []string {
	parts := strings.Split(ansi.Hardwrap(word, width, true), "\n")
	last := len(parts) - 1
	if before := []rune(parts[max(last-1, 0)]); last > 0 && len(before) > 1 && len(parts[last]) == 1 && strings.Contains(",.;:)", parts[last]) {
		end := len(before) - 1
		parts[last-1], parts[last] = string(before[:end]), string(before[end])+parts[last]
	}
	return parts
}
