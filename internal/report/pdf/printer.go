package pdf

import (
	"fmt"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

// The page is US Letter, in points. Its margins leave room to hold it.
const (
	pageWidth  = 612.0
	pageHeight = 792.0
	left       = 44.0
	width      = pageWidth - 2*left
	top        = 48.0
	bottom     = pageHeight - 48.0
	labels     = 88.0           // the column of labels
	beside     = left + labels  // where what they name begins
	besideWide = width - labels // and how wide that is
	measure    = 450.0          // how wide running text is at most
)

// printer draws a document from top to bottom.
type printer struct {
	doc     *outline.Document
	pdf     *fpdf.Fpdf
	setter  setter
	accent  ink
	tree    *tree
	y       float64           // where the next block begins
	headed  float64           // where the last heading ended
	flows   picture.Layout    // the data flows
	wide    []bool            // by page from 0: whether it's in landscape
	lift    float64           // what to add to y on a page that was gone back to
	owner   *element          // of what is being drawn
	inside  bool              // whether marked content is open, of owner or, when that is nil, of nobody
	face    face              // as the page has it now
	size    float64           // as the page has it now; zero when unknown
	places  map[string]place  // of the anchors
	links   []*linkPlace      // on the pages
	marks   []bookmark        // in the order of the document
	part    string            // the part that is being drawn
	parts   []string          // by page from 0, for its head
	boxes   int               // how many characters of the text no face has
	entries []*entry          // of the table of contents
	listed  map[string]*entry // the same by anchor
}

// place is a place in the file.
type place struct {
	page int
	y    float64
	high float64 // of the page
}

// here is a place on the page that is being drawn.
func (p *printer) here(y float64) place { return place{p.pdf.PageNo(), y, p.high()} }

func newPrinter(doc *outline.Document) (*printer, error) {
	p := &printer{doc: doc, accent: doc.Brand.Ink(), tree: newTree(), places: map[string]place{}, listed: map[string]*entry{}}
	p.pdf = fpdf.New("P", "pt", "Letter", "")
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCompression(false) // file does it
	p.pdf.SetCreationDate(day(doc.AsOf))
	p.pdf.SetModificationDate(day(doc.AsOf))
	fonts, err := addFonts(p.pdf)
	p.setter = setter{fonts: fonts, accent: p.accent}
	p.newPage()
	return p, err
}

// newPage begins a new page.
func (p *printer) newPage() {
	p.beginPage("P")
}

// newWidePage begins a page in landscape.
func (p *printer) newWidePage() { p.beginPage("L") }

func (p *printer) beginPage(orientation string) {
	p.leave()
	p.pdf.AddPageFormat(orientation, fpdf.SizeType{Wd: pageWidth, Ht: pageHeight})
	p.size = 0
	p.y = top
	p.parts = append(p.parts, p.part)
	p.wide = append(p.wide, orientation == "L")
}

// onWide reports whether the page is in landscape.
func (p *printer) onWide() bool { return p.wide[p.pdf.PageNo()-1] }

// high is the height of the page.
func (p *printer) high() float64 {
	if p.onWide() {
		return pageWidth
	}
	return pageHeight
}

// room is the height that is left on the page.
func (p *printer) room() float64 { return p.high() - (pageHeight - bottom) - p.y }

// fresh reports whether nothing stands on the page yet.
func (p *printer) fresh() bool { return p.y == top }

// need begins a new page unless a height is left on this one.
func (p *printer) need(height float64) {
	if p.room() < height && !p.fresh() {
		p.newPage()
	}
}

// skip leaves space before a block, but not at the top of a page.
func (p *printer) skip(height float64) {
	if !p.fresh() {
		p.y += height
	}
}

// as makes what is drawn next part of an element, or of none when e is nil: an artifact, which is there for the eye.
func (p *printer) as(e *element) {
	if p.inside && p.owner == e {
		return
	}
	p.leave()
	if e == nil {
		p.pdf.RawWriteStr("/Artifact BMC")
	} else {
		p.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", e.role, p.tree.content(e, p.pdf.PageNo())))
	}
	p.owner, p.inside = e, true
}

// leave ends what as began.
func (p *printer) leave() {
	if p.inside {
		p.pdf.RawWriteStr("EMC")
	}
	p.inside = false
}

// line draws a set line. Its top is at y.
func (p *printer) line(l line, x, y float64) {
	y += p.lift
	for i := range l.runs {
		r := &l.runs[i]
		base := y + l.base
		if r.mark != outline.NoMark {
			p.as(p.tree.at)
			p.shape(r.mark, x+r.x, base-markSize(r.look)*0.9, markSize(r.look))
			continue
		}
		p.run(r, x+r.x, base)
	}
}

// run draws text on a base line, and notes where a link is.
func (p *printer) run(r *run, x, base float64) {
	owner := p.tree.at
	if r.link != nil {
		owner = p.linkElement(r.link)
		p.noteLink(r, x, base)
	}
	p.as(owner)
	p.font(r.look.face, r.look.size)
	p.pdf.SetTextColor(rgb(r.look.ink))
	if r.was != "" {
		was := r.was
		if owner != nil {
			p.boxes += utf8.RuneCountInString(was)
		}
		if r.text[len(r.text)-1] == ' ' {
			was += " "
		}
		p.pdf.RawWriteStr("/Span <</ActualText " + pdfText(was) + ">> BDC")
		defer p.pdf.RawWriteStr("EMC")
	}
	p.pdf.Text(x, base, r.text)
}

func (p *printer) font(f face, size float64) {
	if p.size != size || p.face != f {
		p.pdf.SetFont(facesInUse[f].family, facesInUse[f].style, size)
	}
	p.face, p.size = f, size
}

// hairline draws a rule that means nothing.
func (p *printer) hairline(x, y, width, weight float64, c ink) {
	p.as(nil)
	p.pdf.SetDrawColor(rgb(c))
	p.pdf.SetLineWidth(weight)
	p.pdf.Line(x, y+p.lift, x+width, y+p.lift)
}

// paragraph draws lines from p.y on, over as many pages as it takes. No line stands alone at the foot or the head of a
// page if others belong to it.
func (p *printer) paragraph(lines []line, x, leading float64) {
	for len(lines) > 0 {
		n := min(int(p.room()/leading+0.001), len(lines))
		rest := len(lines) - n
		if rest == 1 && n > 2 {
			n--
		}
		if rest > 0 && n < 2 && !p.fresh() {
			n = 0
		}
		for _, l := range lines[:n] {
			p.line(l, x, p.y)
			p.y += leading
		}
		lines = lines[n:]
		if len(lines) > 0 {
			p.newPage()
		}
	}
}

// say sets and draws a text as a paragraph of its own.
func (p *printer) say(t outline.Text, l look, x, width float64) {
	p.sayAs("P", t, l, x, width)
}

func (p *printer) sayAs(role string, t outline.Text, l look, x, width float64) {
	lines := p.setter.set(t, l, width)
	if len(lines) > 0 {
		p.tree.in(role, "", func() { p.paragraph(lines, x, l.leading) })
	}
}

func text(s string) outline.Text { return outline.Text{{Text: s}} }
