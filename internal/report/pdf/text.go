package pdf

import (
	"unicode"

	"readiness/internal/report/outline"
)

// look is how text is set.
type look struct {
	face    face
	size    float64 // in points
	leading float64 // from line to line, in points
	ink     ink
}

func (l look) strong() look     { l.face = l.face.bold(); return l }
func (l look) in(c ink) look    { l.ink = c; return l }
func (l look) with(f face) look { l.face = f; return l }

// base is the way from the top of a line down to its base line.
func (l look) base() float64 { return l.leading/2 + l.size*0.36 }

// of is the look of a span in text of this look.
func (l look) of(span outline.Span, accent ink) look {
	if span.Link != "" {
		l.ink = accent
	}
	switch span.Style {
	case outline.Strong:
		l = l.strong()
	case outline.Code:
		l.face, l.size = mono, l.size*codeScale
	case outline.Quiet:
		l.ink = quiet
	case outline.Plain:
	}
	if span.Mark != outline.NoMark {
		l.ink = span.Mark.Ink()
	}
	return l
}

// codeScale makes the mono face look as large as the others.
const codeScale = 0.86

// run is text of one look on a line.
type run struct {
	text  string
	was   string // the text before characters were replaced by boxes; empty when none was
	look  look
	link  *link
	mark  outline.Mark // a shape to draw instead of text
	x     float64      // from the line's left end
	width float64      // without a space at its end
}

// line is a line of set text.
type line struct {
	runs  []run
	width float64
	base  float64 // from its top down to the base line
}

// setter breaks text into lines.
type setter struct {
	fonts  *fonts
	accent ink
}

// piece is a part of a word that has one look and is not broken but in need.
type piece struct {
	run
	soft int // how well a line may end before it, though no space is there
}

// word is what stands between two spaces.
type word []piece

func (w word) width() float64 {
	sum := 0.0
	for _, p := range w {
		sum += p.width
	}
	return sum
}

// set breaks a text into lines of a width.
func (s *setter) set(t outline.Text, l look, width float64) []line {
	b := breaker{fonts: s.fonts, width: width}
	for _, w := range s.words(t, l) {
		b.word(w)
	}
	b.end("")
	for i := range b.lines {
		b.lines[i].base = l.base()
	}
	return b.lines
}

// words splits a text at its spaces.
func (s *setter) words(t outline.Text, base look) []word {
	var words []word
	var current word
	for _, span := range t {
		l, target := base.of(span, s.accent), newLink(span.Link, span.Text)
		if span.Mark != outline.NoMark {
			current = append(current, piece{run: run{mark: span.Mark, look: l, width: markSize(l) + markGap(l)}})
		}
		soft := noBreak
		for _, r := range span.Text {
			if isSpace(r) {
				if len(current) > 0 {
					words = append(words, current)
				}
				current, soft = nil, noBreak
				continue
			}
			if isNoCharacter(r) {
				r = unicode.ReplacementChar
			}
			current = s.join(current, r, l, target, soft)
			soft = breakAfter(r)
		}
	}
	if len(current) > 0 {
		words = append(words, current)
	}
	return words
}

// How well a word too long for its line may be broken at a place.
const (
	noBreak = iota
	anyBreak
	goodBreak
)

func breakAfter(r rune) int {
	switch r {
	case '/':
		return goodBreak
	case '\\', '.', '_', '-', ',', ';', ':', '@', '=', '&', '?', ']', ')', '|':
		return anyBreak
	}
	return noBreak
}

// isNoCharacter reports whether Unicode has set a code point apart as never a character.
func isNoCharacter(r rune) bool { return unicode.Is(unicode.Noncharacter_Code_Point, r) }

func isSpace(r rune) bool {
	return r != '\u00a0' && r != '\u202f' && unicode.IsSpace(r)
}

// join adds a character to a word.
func (s *setter) join(w word, r rune, l look, target *link, soft int) word {
	f, draw, ok := s.fonts.pick(l.face, r)
	l.face = f
	advance := s.fonts.width(f, l.size, string(draw))
	if n := len(w); n > 0 && soft == noBreak {
		last := &w[n-1]
		if last.mark == outline.NoMark && last.look == l && last.link == target && (last.was == "") == ok && len(last.text) < maxPiece {
			last.add(draw, r, ok, advance)
			return w
		}
	}
	p := piece{run: run{look: l, link: target}, soft: soft}
	p.add(draw, r, ok, advance)
	return append(w, p)
}

// maxPiece is about how many bytes a piece has at most, so that adding to it takes little.
const maxPiece = 200

func (p *piece) add(draw, was rune, ok bool, advance float64) {
	p.text += string(draw)
	p.width += advance
	if !ok {
		p.was += string(was)
	}
}
