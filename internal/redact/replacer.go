package redact

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// replacer puts pseudonyms in the place of words.
type replacer struct {
	byName map[string]string // pseudonyms by id and by whole name
	words  map[rune][]word   // by their first letter, the longest first
}

// word is a word, or a whole name, that gives a person away. It is compared whatever its case.
type word struct {
	runes     []rune
	pseudonym string
}

// someone stands for a part of a name that several people share, and for whoever has no number in common with others.
const someone = "P--"

func newReplacer(people []person) *replacer {
	p := &replacer{byName: map[string]string{}, words: map[rune][]word{}}
	words := map[string]string{}
	for _, who := range people {
		add(words, who.pseudonym, append(nameParts(who.name), lower(strings.TrimSpace(who.name)))...)
	}
	for _, who := range people { // an id goes before a part of someone's name
		if id := strings.TrimSpace(who.id); id != "" {
			p.byName[id], words[lower(id)] = who.pseudonym, who.pseudonym
		}
	}
	for s, pseudonym := range words {
		if r := []rune(s); len(r) > 0 {
			p.words[r[0]] = append(p.words[r[0]], word{r, pseudonym})
		}
	}
	for _, list := range p.words {
		slices.SortFunc(list, func(a, b word) int {
			return cmp.Or(cmp.Compare(len(b.runes), len(a.runes)), slices.Compare(a.runes, b.runes))
		})
	}
	return p
}

// add adds words that stand for a person, or for someone when others share them.
func add(words map[string]string, pseudonym string, list ...string) {
	for _, s := range list {
		if other := words[s]; other != "" && other != pseudonym {
			words[s] = someone
		} else {
			words[s] = pseudonym
		}
	}
}

// lower is s in lower case, rune by rune, so that it stays as long as it was.
func lower(s string) string { return strings.Map(unicode.ToLower, s) }

// titles are parts of a name that give nobody away.
var titles = strings.Fields("dr mr mrs ms mx prof md do phd pharmd psyd dds dmd dnp fnp aprn lcsw lpn cna rn np pa esq jr sr ii iii iv and the von van der den del for")

// nameParts are the parts of a name that give its bearer away, in lower case: also those of one with hyphens.
func nameParts(name string) []string {
	var parts []string
	for _, field := range strings.Fields(lower(name)) {
		pieces := strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		for _, s := range append(pieces, strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })) {
			if r := []rune(s); (len(r) >= 3 || len(r) == 2 && !spaced(r[0])) && !slices.Contains(titles, s) {
				parts = append(parts, s)
			}
		}
	}
	return parts
}

// spaced reports whether the script of a letter puts spaces between words.
func spaced(r rune) bool {
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// replace puts pseudonyms into a text.
func (p *replacer) replace(s string) string {
	if len(p.words) == 0 {
		return s
	}
	runes, low := []rune(s), []rune(lower(s))
	var out strings.Builder
	changed := false
	for i := 0; i < len(runes); {
		if w := p.at(low, i); w != nil {
			out.WriteString(w.pseudonym)
			i, changed = i+len(w.runes), true
			continue
		}
		out.WriteRune(runes[i])
		i++
	}
	if !changed {
		return s
	}
	return out.String()
}

// at is the longest word that stands at a place.
func (p *replacer) at(text []rune, i int) *word {
	list := p.words[text[i]]
	for n := range list {
		w := &list[n]
		end := i + len(w.runes)
		if end <= len(text) && slices.Equal(text[i:end], w.runes) && w.apart(text, i, end) {
			return w
		}
	}
	return nil
}

// apart reports whether a word stands by itself in a text. One or two letters do so only where an id does.
func (w *word) apart(text []rune, from, to int) bool {
	before, after := ' ', ' '
	if from > 0 {
		before = text[from-1]
	}
	if to < len(text) {
		after = text[to]
	}
	if len(w.runes) < 3 && spaced(w.runes[0]) {
		return from == 0 && to == len(text) || strings.ContainsRune("[+", before) && strings.ContainsRune("]+", after)
	}
	return !joins(before, w.runes[0]) && !joins(w.runes[len(w.runes)-1], after)
}

// joins reports whether two neighbours belong to one word: two letters of a script with spaces, or two digits.
func joins(a, b rune) bool {
	if unicode.IsDigit(a) || unicode.IsDigit(b) {
		return unicode.IsDigit(a) && unicode.IsDigit(b)
	}
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	return letter(a) && letter(b) && spaced(a) && spaced(b)
}
