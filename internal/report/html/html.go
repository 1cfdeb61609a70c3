// Package html writes a report as one self-contained page. It asks nothing of any other place, works without its
// script, and prints well.
//
// A policy in the page (https://www.w3.org/TR/CSP3/) allows only the style and the script that are in it, by their
// digests, and pictures in it.
package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/picture"
)

//go:embed page.tmpl blocks.tmpl style.css script.js
var files embed.FS

// Render writes the report.
func Render(w io.Writer, r *assess.Report, brand outline.Brand) error {
	p, err := newPage(outline.Build(r, brand))
	if err != nil {
		return err
	}
	t, err := template.New("page.tmpl").Funcs(functions()).Funcs(template.FuncMap{"drawing": func() template.HTML { return drawing(r) }}).ParseFS(files, "*.tmpl")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// drawing is the picture of the data flows. It stands in the page as an element of its own, so that its text can be
// searched and read aloud; all that the manifest says in it is escaped.
func drawing(r *assess.Report) template.HTML { return template.HTML(picture.SVG(r)) }

// page is what the template shows.
type page struct {
	*outline.Document
	Policy  string
	Style   template.CSS
	Script  template.JS
	Logo    template.URL // empty for none
	Open    section      // page one
	Parts   []section
	Choices []choice // what findings can be filtered by
	Cards   int      // how many findings there are
}

func newPage(doc *outline.Document) (*page, error) {
	style, err := files.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	script, err := files.ReadFile("script.js")
	if err != nil {
		return nil, err
	}
	css := string(style) + ownStyle(doc)
	p := &page{Document: doc, Style: template.CSS(css), Script: template.JS(script), Logo: logo(doc.Brand)}
	p.Policy = fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '%s'; script-src '%s'",
		digest(css), digest(string(script)))
	p.Open, p.Parts = sections(doc.Blocks)
	p.Choices, p.Cards = choices(doc.Blocks)
	return p, nil
}

// digest is a source expression of a Content Security Policy.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// logo is the firm's picture as a data URL. Only the media types a Brand allows get through. Browsers run nothing in a
// picture and load nothing for it, be it an SVG.
func logo(b outline.Brand) template.URL {
	if len(b.Logo) == 0 || b.LogoType != "image/png" && b.LogoType != "image/jpeg" && b.LogoType != outline.SVG {
		return ""
	}
	return template.URL("data:" + b.LogoType + ";base64," + base64.StdEncoding.EncodeToString(b.Logo))
}

// ownStyle is what the style of one document adds: the firm's colour, the foot of printed pages and the widths of
// columns. Attributes can't hold it, because the policy forbids styles in them.
func ownStyle(doc *outline.Document) string {
	var b strings.Builder
	if c, ok := outline.ParseColor(doc.Brand.Accent); ok {
		night := outline.Color{0x1f, 0x23, 0x27} // --tint of style.css in the dark, on which it's hardest to read
		fmt.Fprintf(&b, ":root{--accent:%s}\n", c.On(outline.Page()))
		fmt.Fprintf(&b, "@media screen and (prefers-color-scheme:dark){:root{--accent:%s}}\n", c.On(night))
	}
	foot := doc.Footer
	if doc.Brand.Footer != "" {
		foot = doc.Brand.Footer + " · " + foot
	}
	fmt.Fprintf(&b, "@page{@bottom-left{content:%s}}\n", cssString(foot))
	used := map[int]bool{}
	for _, block := range doc.Blocks {
		if t, ok := block.(outline.Table); ok {
			for _, c := range t.Columns {
				used[c.Width] = true
			}
		}
	}
	for n := range 101 {
		if used[n] {
			fmt.Fprintf(&b, ".w%d{width:%d%%}\n", n, n)
		}
	}
	return b.String()
}

// cssString quotes text for a style sheet. All but letters and digits of ASCII become escapes, each ended by a space
// (CSS Syntax 4.3.7), so that nothing in it can end the string, the style or the element.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < 0x80 && (r == ' ' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z') {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\%x ", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
