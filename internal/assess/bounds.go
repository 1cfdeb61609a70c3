package assess

import "unicode/utf8"

// How many facts of one result are listed, and how many that are missing, of which the first is the one to begin with.
// What data flows show of a system can rest on each of them.
const (
	maxFacts   = 30
	maxMissing = 12
)

// maxListed is how many facts, declared or missing, all results of a report list together before each further one lists
// the first alone, and long texts are cut to a tenth. No practice that we know of comes near: the examples list under
// a sixth of it. Every result stays, with its outcome, its place and the number of what it doesn't list.
const maxListed = 50_000

// How many characters of a text are repeated beside each result that rests on it. Remarks are listed in full elsewhere.
const (
	maxValue   = 2000 // of a value, or a sentence about it
	maxName    = 300  // of what people call a subject
	maxExcerpt = 500  // of a line
)

// room is how many of n facts the next result lists, of which it may list so many.
func (f *facts) room(n, most int) int {
	if f.listed >= maxListed {
		most = 1
	}
	if n > most {
		n, f.cut = most, true
	}
	f.listed += n
	return n
}

// short is a text, cut after so many characters.
func (f *facts) short(text string, most int) string {
	if f.listed >= maxListed {
		most /= 10
	}
	if len(text) <= most {
		return text
	}
	for at := range text {
		if most--; most < 0 {
			return text[:at] + "…"
		}
	}
	return text
}

// excerpt is a line that holds a place. Of a longer one than maxExcerpt it is the beginning, and nothing where the place
// lies behind that.
func (f *facts) excerpt(line string, col int) string {
	if len(line) <= maxExcerpt/10 {
		return line
	}
	cut := f.short(line, maxExcerpt)
	if len(cut) < len(line) && col >= utf8.RuneCountInString(cut) {
		return ""
	}
	return cut
}
