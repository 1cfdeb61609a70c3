package docx

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // a firm's logo may be one
	_ "image/png"  // or one of these

	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// logo puts the firm's picture and name at the head of page one.
func (p *printer) logo() error {
	b := p.doc.Brand
	drawn := len(b.Logo) > 0 && b.LogoType != outline.SVG
	if !drawn {
		if b.Firm != "" {
			p.add(p.paragraph("Kicker", text(b.Firm)))
		}
		return nil
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(b.Logo))
	if err != nil {
		return errors.New("the logo is no PNG or JPEG picture; save it as one of them")
	}
	p.image, p.kind = b.Logo, kind
	const high, wide = 26.0, 150.0 // points
	scale := min(high/float64(config.Height), wide/float64(config.Width))
	unit := func(pixels int) string { return num(max(1, int(float64(pixels)*scale*emu))) }
	cx, cy := unit(config.Width), unit(config.Height)
	alt := b.Firm
	if alt == "" {
		alt = "Logo"
	}
	picture := el("pic:pic", el("pic:nvPicPr", el("pic:cNvPr").Set("id", "0", "name", "logo."+kind), el("pic:cNvPicPr")),
		el("pic:blipFill", el("a:blip").Set("r:embed", "rIdLogo"), el("a:stretch", el("a:fillRect"))),
		el("pic:spPr", el("a:xfrm", point("a:off", "0", "0"), size("a:ext", cx, cy)), preset("rect")))
	n := p.paragraph("Kicker", nil)
	n.Kids = append(n.Kids, el("w:r", p.inline(cx, cy, alt, el("a:graphicData", picture).Set("uri", ooxml.Schemas+"drawingml/2006/picture"))))
	if b.Firm != "" {
		n.Kids = append(n.Kids, p.runs(text("   "+b.Firm))...)
	}
	p.add(n)
	return nil
}
