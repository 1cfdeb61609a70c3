package pdf

import (
	"strings"

	"readiness/internal/report/outline"
)

// breaker fills lines with words.
type breaker struct {
	fonts *fonts
	width float64
	lines []line
	now   line
}

// longShare is the share of a line from which a word is broken rather than moved to the next line as a whole.
const longShare = 0.4

// word puts a word on the line, or on the next one when it doesn't fit, or on both when it's long.
func (b *breaker) word(w word) {
	space, width := b.space(), w.width()
	switch {
	case b.now.width+space+width <= b.width:
	case len(b.now.runs) > 0 && width <= b.width*longShare:
		b.end(" ")
	default:
		b.long(w)
		return
	}
	b.put(w, true)
}

// long breaks a word where it may be broken, or anywhere if need be. What stands between two good breaks stays together
// if a line holds it.
func (b *breaker) long(w word) {
	parts := w.parts(goodBreak)
	for i, part := range parts {
		if len(parts) > 1 && part.width() <= b.width {
			b.fit(part, i == 0)
			continue
		}
		for n, small := range part.parts(anyBreak) {
			b.fit(small, i == 0 && n == 0)
		}
	}
}

// fit puts a part of a word on the line, or on the next one when it doesn't fit.
func (b *breaker) fit(part word, begins bool) {
	space := 0.0
	if begins {
		space = b.space()
	}
	if b.now.width+space+part.width() > b.width && len(b.now.runs) > 0 {
		if begins {
			b.end(" ")
		} else {
			b.end("")
		}
	}
	if part.width() <= b.width {
		b.put(part, begins)
	} else {
		b.split(part)
	}
}

// parts splits a word at its breaks, if they are at least that good.
func (w word) parts(good int) []word {
	var list []word
	for len(w) > 0 {
		n := 1
		for n < len(w) && w[n].soft < good {
			n++
		}
		list, w = append(list, w[:n]), w[n:]
	}
	return list
}

// split breaks a word that is longer than a line at any character.
func (b *breaker) split(w word) {
	for _, p := range w {
		if p.mark != outline.NoMark {
			b.put(word{p}, false)
		}
		was := []rune(p.was)
		for i, r := range []rune(p.text) {
			one := p
			one.text, one.width = string(r), b.fonts.width(p.look.face, p.look.size, string(r))
			if len(was) > 0 {
				one.was = string(was[i])
			}
			if b.now.width+one.width > b.width {
				b.end("")
			}
			b.put(word{one}, false)
		}
	}
}

// space is how wide a space after what stands on the line is.
func (b *breaker) space() float64 {
	n := len(b.now.runs)
	if n == 0 {
		return 0
	}
	l := b.now.runs[n-1].look
	return b.fonts.width(l.face, l.size, " ")
}

// put puts pieces at the end of the line, after a space if they begin a word.
func (b *breaker) put(w word, begins bool) {
	if space := b.space(); begins && space > 0 {
		b.now.runs[len(b.now.runs)-1].text += " "
		b.now.width += space
	}
	for _, p := range w {
		p.x = b.now.width
		b.now.width += p.width
		if n := len(b.now.runs); n > 0 && b.now.runs[n-1].goesWith(&p.run) {
			last := &b.now.runs[n-1]
			last.text += p.text
			last.was += p.was
			last.width = b.now.width - last.x
			continue
		}
		b.now.runs = append(b.now.runs, p.run)
	}
}

// goesWith reports whether two runs can be drawn as one.
func (r *run) goesWith(next *run) bool {
	return r.mark == outline.NoMark && next.mark == outline.NoMark && r.look == next.look && r.link == next.link &&
		(r.was == "") == (next.was == "") && (r.was == "" || r.text[len(r.text)-1] != ' ')
}

// end ends the line. What ends a word ends in a space, so that the words stay apart when the text is taken out.
func (b *breaker) end(with string) {
	if n := len(b.now.runs); n > 0 {
		b.now.runs[n-1].text += with
		b.lines = append(b.lines, b.now)
	}
	b.now = line{}
}

// apart is the line with a space at its end.
func (l line) apart() line {
	l.runs[len(l.runs)-1].text += " "
	return l
}

// String is the text of the line without the space at its end.
func (l line) String() string {
	s := ""
	for _, r := range l.runs {
		s += r.text
	}
	return strings.TrimRight(s, " ")
}
