package source

import (
	"slices"
	"strings"
	"unicode"
)

// Suggest returns `did you mean "word"?` for the nearest of words, or "" when none is near.
func Suggest(got string, words []string) string {
	if near := Nearest(got, words); near != "" {
		return `did you mean "` + near + `"?`
	}
	return ""
}

// Nearest returns the word that differs from got by the fewest edits, if those are few for its length.
func Nearest(got string, words []string) string {
	if len(got) > 80 {
		return ""
	}
	folded := strings.ToLower(strings.ReplaceAll(got, "-", "_"))
	best, at := "", max(len(got)/3, 1)+1
	for _, w := range words {
		if d := edits(folded, strings.ToLower(strings.ReplaceAll(w, "-", "_"))); d < at {
			best, at = w, d
		}
	}
	return best
}

// Alike reports whether two names are the same but for capitals, spaces, - and _.
func Alike(a, b string) bool { return a == b || FoldName(a) == FoldName(b) }

// FoldName writes a name as all names that are alike are written: in lower case, with one space for what stands between words.
func FoldName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	return strings.Join(words, " ")
}

// edits counts insertions, deletions, substitutions and swaps of neighbours between a and b.
func edits(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = slices.Min([]int{last[j] + 1, row[j-1] + 1, last[j-1] + cost})
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
