// Package pdf writes a report as a PDF to hand over: tagged, so that a screen reader can follow it, with bookmarks,
// links and a table of contents.
//
// fpdf draws the pages and embeds the fonts. It knows nothing of structure, so this package keeps the structure tree while
// it draws, and adds the tree, the links and the bookmarks to the finished file (file.go).
//
// The embedded fonts have the Latin, Greek and Cyrillic letters and the usual signs. Any other character is drawn as a
// box and stays in the file as the text to search for and to copy.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// Render writes the report. A logo that is no picture of the kind the brand says is an error.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	p, err := newPrinter(outline.Build(r, brand))
	if err != nil {
		return err
	}
	p.flows = picture.New(r)
	if err := p.logo(); err != nil {
		return err
	}
	p.blocks(p.doc.Blocks)
	p.notShown()
	p.fillContents()
	p.headsAndFeet()
	p.leave()
	var drawn bytes.Buffer
	if err := p.pdf.Output(&drawn); err != nil {
		return err
	}
	f, err := takeApart(drawn.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(p.complete(f))
	return err
}

// blocks draws the blocks of the document. The table of contents follows page one.
func (p *printer) blocks(blocks []outline.Block) {
	listed := false
	for i, b := range blocks {
		if _, ok := b.(outline.PageBreak); ok && !listed {
			p.contents(blocks[i:])
			listed = true
		}
		p.block(b, blocks[i+1:])
	}
}

// block draws one block. A heading needs to know what follows it.
func (p *printer) block(block outline.Block, next []outline.Block) {
	switch b := block.(type) {
	case outline.Cover:
		p.cover(b)
	case outline.Verdict:
		p.verdict(b)
	case outline.Heading:
		p.heading(b, next)
	case outline.Paragraph:
		p.prose(b)
	case outline.List:
		p.list(b)
	case outline.Pairs:
		p.pairs(b.Items)
	case outline.Table:
		p.table(b)
	case outline.Finding:
		p.finding(b)
	case outline.Picture:
		p.picture(b)
	case outline.Callout:
		p.callout(b)
	case outline.Signatures:
		p.signatures(b)
	case outline.PageBreak:
		p.pageBreak(b, next)
	}
}

// pageBreak begins a new page if less than an eighth of this one is left, or what follows is to stand alone. A heading goes
// with the wide picture below it.
func (p *printer) pageBreak(b outline.PageBreak, next []outline.Block) {
	if len(next) > 1 {
		if _, ok := next[1].(outline.Picture); ok && p.needsWide() {
			p.newWidePage()
			return
		}
	}
	if b.Alone || p.room() < (bottom-top)/8 {
		p.newPage()
	}
}

// notShown tells, at the end of the method, how many characters stand as boxes.
func (p *printer) notShown() {
	n := p.boxes
	if n == 0 {
		return
	}
	p.heading(outline.Heading{Level: 3, Anchor: "not-shown_", Text: "Characters this file can't show"}, nil)
	p.prose(outline.Paragraph{Text: text(fmt.Sprintf("The fonts in this file have Latin, Greek and Cyrillic letters. "+
		"%s of other kinds %s as %c. The same report as HTML shows them as they were written, and so does text that is copied out of this file.",
		outline.Count(n, "character"), standStands(n), box))})
}

func standStands(n int) string {
	if n == 1 {
		return "stands"
	}
	return "stand"
}

// day is a day such as 2026-11-22, or the first day there is if it can't be read.
func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Unix(0, 0).UTC()
	}
	return t
}
