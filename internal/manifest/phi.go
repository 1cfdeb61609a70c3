package manifest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"readiness/internal/source"
)

// identifier is something of a patient's that has no place in a manifest. The pattern's last group is what looks like it.
type identifier struct {
	what    string
	likely  func(line string) bool // a quick look, which any line that the pattern matches stands up to
	pattern func() *regexp.Regexp  // made when it is first needed, which is seldom
}

// A day as people write it: 1961-04-02, 4/2/1961 or April 2, 1961.
const writtenDay = `(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? (?:19|20)\d{2})`

// identifiers are told by a form of their own, or by the word before them: a number alone can be anything. The Social
// Security Administration gives no number with 000, 666 or 9 in front, 00 in the middle or 0000 at the end.
var identifiers = []identifier{
	{"a Social Security number", threeTwoFour, source.Pattern(`(?:^|[^\w./-])((?:00[1-9]|0[1-9]\d|[1-57-8]\d\d|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-(?:000[1-9]|00[1-9]\d|0[1-9]\d\d|[1-9]\d{3}))(?:$|[^\w/-])`)},
	{"a medical record number", names("mrn", "medical record", "patient"), source.Pattern(`(?i)\b(?:mrn|medical record (?:number|no\.?)|patient (?:id|number|no\.?))["']?\s*(?:[:#=]\s*)*["']?([a-z]{0,3}-?\d{5,12})\b`)},
	{"a date of birth", names("dob", "d.o.b.", "birth", "born"), source.Pattern(`(?i)\b(?:dob|d\.o\.b\.|date of birth|birth ?date|born(?: on)?)["']?\s*[:=]?\s*["']?(` + writtenDay + `)`)},
}

// threeTwoFour reports whether a line holds digits written like 123-45-6789.
func threeTwoFour(line string) bool {
	const form = "ddd-dd-dddd"
	for i := 0; i+len(form) <= len(line); i++ {
		at := 0
		for ; at < len(form) && (form[at] == '-' && line[i+at] == '-' || form[at] == 'd' && '0' <= line[i+at] && line[i+at] <= '9'); at++ {
		}
		if at == len(form) {
			return true
		}
	}
	return false
}

// names looks for one of the words in lower case.
func names(words ...string) func(line string) bool {
	return func(line string) bool {
		line = strings.ToLower(line)
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(line, word) })
	}
}

// LooksLikePHI says in which lines the file holds what looks like a patient's, in comments too. What it is is not repeated.
func (doc *Doc) LooksLikePHI() []string {
	var list []string
	for n := 1; n <= doc.File.Lines(); n++ {
		line := doc.File.Line(n)
		if !strings.ContainsAny(line, "0123456789") {
			continue // each of them has a digit, and most lines have none
		}
		for _, id := range identifiers {
			if !id.likely(line) {
				continue
			}
			if at := id.pattern().FindStringSubmatchIndex(line); at != nil {
				pos := source.Pos{File: doc.File.Name, Line: n, Col: utf8.RuneCountInString(line[:at[2]]) + 1}
				list = append(list, fmt.Sprintf("%s looks like %s. A manifest must hold nothing about a patient: take it out, and ask your privacy officer who has seen the file.", pos, id.what))
			}
		}
		if len(list) >= maxSuspicions {
			return append(list[:maxSuspicions], "More lines look like this; only the first are named.")
		}
	}
	return list
}

// maxSuspicions is how many lines are named.
const maxSuspicions = 10
