package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"image"
	"image/draw"
	_ "image/jpeg" // a firm's logo may be one
	"image/png"

	"codeberg.org/go-pdf/fpdf"

	"readiness/internal/report/outline"
)

// logo draws the firm's picture and name at the head of page one.
func (p *printer) logo() error {
	b := p.doc.Brand
	const high, wide = 26.0, 150.0
	x, y := left, 28.0
	drawn := len(b.Logo) > 0 && b.LogoType != outline.SVG
	if drawn {
		w, h, err := p.register(b)
		if err != nil {
			return err
		}
		scale := min(high/h, wide/w)
		p.tree.in("Figure", "/Alt "+pdfText(cmp.Or(b.Firm, "Logo")), func() {
			p.as(p.tree.at)
			p.pdf.ImageOptions("logo", x, y, w*scale, h*scale, false, fpdf.ImageOptions{}, 0, "")
		})
		x += w*scale + 12
	}
	if b.Firm != "" {
		p.y = y
		p.say(text(b.Firm), look{sansBold, 9.4, high, p.accent}, x, left+width-x)
	}
	if b.Firm != "" || drawn {
		p.y = max(p.y, y+high) + 14
	}
	return nil
}

// register makes the logo known to fpdf as a plain PNG, because fpdf reads few kinds, and returns its size in pixels.
func (p *printer) register(b outline.Brand) (w, h float64, err error) {
	picture, _, err := image.Decode(bytes.NewReader(b.Logo))
	if err != nil {
		return 0, 0, errors.New("the logo is no PNG or JPEG picture; save it as one of them")
	}
	plain := image.NewNRGBA(picture.Bounds())
	draw.Draw(plain, plain.Rect, picture, plain.Rect.Min, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, plain); err != nil {
		return 0, 0, err
	}
	p.pdf.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: "png"}, &out)
	return float64(plain.Rect.Dx()), float64(plain.Rect.Dy()), p.pdf.Error()
}
