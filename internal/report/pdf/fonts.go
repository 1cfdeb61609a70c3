package pdf

import (
	"compress/gzip"
	"embed"
	"encoding/binary"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

//go:embed fonts/*.ttf.gz
var fontFiles embed.FS

// face is one of the embedded fonts.
type face int

// The faces. Serif is for reading, sans for looking up, mono for what is written in the manifest.
const (
	serif face = iota
	serifBold
	sans
	sansBold
	mono
)

// facesInUse are the files of the faces, and the names fpdf knows them by.
var facesInUse = [...]struct{ file, family, style string }{
	serif:     {"Literata-Regular", "Literata", ""},
	serifBold: {"Literata-SemiBold", "Literata", "B"},
	sans:      {"NotoSans-Regular", "NotoSans", ""},
	sansBold:  {"NotoSans-SemiBold", "NotoSans", "B"},
	mono:      {"NotoSansMono-Regular", "NotoSansMono", ""},
}

// bold is the heavier face of the same family. Code has none.
func (f face) bold() face {
	switch f {
	case serif:
		return serifBold
	case sans:
		return sansBold
	}
	return f
}

// fonts knows how wide every character of every face is, in thousandths of the font's size; 0 is for those it lacks.
// Characters beyond the Basic Multilingual Plane, which are in no face, have no entry.
type fonts [len(facesInUse)][]uint16

// noWidth stands for a width of 0, which accents have that go over the letter before them.
const noWidth = 0xFFFF

// addFonts makes the faces known to a document.
func addFonts(doc *fpdf.Fpdf) (*fonts, error) {
	var all fonts
	for i, f := range facesInUse {
		data, err := readFont(f.file)
		if err != nil {
			return nil, err
		}
		doc.AddUTF8FontFromBytes(f.family, f.style, data)
		all[i] = advances(data)
	}
	return &all, doc.Error()
}

// readFont is an embedded font as it is in a file of its own.
func readFont(name string) ([]byte, error) {
	file, err := fontFiles.Open("fonts/" + name + ".ttf.gz")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	font, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(font)
}

// box stands for a character that no face has.
const box = '□'

// pick is the face that has a character: the one asked for, or else the closest that does. When none has it, ok is
// false and the character to draw is box.
func (fs *fonts) pick(want face, r rune) (f face, draw rune, ok bool) {
	for _, f := range [...]face{want, sans, mono} {
		if int(r) < len(fs[f]) && fs[f][r] != 0 {
			return f, r, true
		}
	}
	return mono, box, false
}

// width is the width of text that the face has, at a size in points.
func (fs *fonts) width(f face, size float64, text string) float64 {
	sum := 0
	for _, r := range text {
		if w := fs[f][r]; w != noWidth {
			sum += int(w)
		}
	}
	return float64(sum) * size / 1000
}

// advances reads the width of each character from a TrueType font of 1000 units, with a character map of format 4. The
// embedded fonts are such, and a test says so. See the OpenType specification, cmap, hhea and hmtx.
func advances(ttf []byte) []uint16 {
	be := binary.BigEndian
	table := func(name string) []byte {
		for i := range int(be.Uint16(ttf[4:])) {
			entry := ttf[12+16*i:]
			if strings.HasPrefix(string(entry[:4]), name) {
				return ttf[be.Uint32(entry[8:]):][:be.Uint32(entry[12:])]
			}
		}
		return nil
	}
	hmtx, metrics := table("hmtx"), int(be.Uint16(table("hhea")[34:]))
	widths := make([]uint16, 1<<16)
	for r, glyph := range glyphs(table("cmap")) {
		widths[r] = be.Uint16(hmtx[4*min(glyph, metrics-1):])
		if widths[r] == 0 {
			widths[r] = noWidth
		}
	}
	return widths
}

// glyphs reads a character map's subtable of format 4.
func glyphs(cmap []byte) map[rune]int {
	be := binary.BigEndian
	all := map[rune]int{}
	for i := range int(be.Uint16(cmap[2:])) {
		sub := cmap[be.Uint32(cmap[8+8*i:]):]
		if be.Uint16(sub) != 4 {
			continue
		}
		n := int(be.Uint16(sub[6:])) // twice the number of segments
		ends, starts, deltas, offsets := sub[14:], sub[16+n:], sub[16+2*n:], sub[16+3*n:]
		for s := 0; s < n; s += 2 {
			start, end, offset := int(be.Uint16(starts[s:])), int(be.Uint16(ends[s:])), int(be.Uint16(offsets[s:]))
			for c := start; c <= end && c < 0xFFFF; c++ {
				g := uint16(c)
				if offset != 0 {
					g = be.Uint16(offsets[s+offset+2*(c-start):])
				}
				if g != 0 || offset == 0 {
					all[rune(c)] = int(g + be.Uint16(deltas[s:]))
				}
			}
		}
	}
	return all
}
