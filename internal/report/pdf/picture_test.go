package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"readiness/internal/report/outline"
	"readiness/internal/report/pdf"
	"readiness/internal/report/reporttest"
)

// TestPicture shows that the picture of the flows is a figure, that its words are there, and that a wide one has a page
// in landscape, whose foot is where it belongs.
func TestPicture(t *testing.T) {
	r := reporttest.Gaps()
	for i := range 8 {
		s, f := r.Inventory.Systems[1], r.Inventory.Flows[0]
		s.ID, s.Name = fmt.Sprintf("app-%d", i), fmt.Sprintf("App %d", i)
		f.ID, f.From, f.To = fmt.Sprintf("flow-%d", i), "scribe", s.ID
		if i > 0 {
			f.From = fmt.Sprintf("app-%d", i-1)
		}
		r.Inventory.Systems, r.Inventory.Flows = append(r.Inventory.Systems, s), append(r.Inventory.Flows, f)
	}
	d := read(t, render(t, r, outline.Brand{}))
	figures := d.structure(t).all("Figure")
	if len(figures) != 1 {
		t.Fatalf("there are %d figures", len(figures))
	}
	f := figures[0]
	for _, want := range []string{"Scribe", "OpenChart", "App 7", "Patient", "carries PHI"} {
		if !strings.Contains(reporttest.Squeeze(f.text), want) {
			t.Errorf("the picture doesn't say %q", want)
		}
	}
	if !strings.Contains(f.entries, "/Alt (Where data goes") || !strings.Contains(f.entries, "/BBox [") {
		t.Errorf("the figure has no text or no place: %s", f.entries)
	}
	for p := range f.pages {
		page := d.objects[p].entries
		foot := d.objects[refs(contents.FindString(page))[0]].stream
		at := regexp.MustCompile(`BT \d+\.\d+ (\d+)\.\d+ Td \(\x00P\x00a\x00g\x00e`).FindStringSubmatch(foot)
		if !strings.Contains(page, "/MediaBox [0 0 792.00 612.00]") || at == nil || atoi(t, at[1]) < 20 || atoi(t, at[1]) > 50 {
			t.Errorf("the page isn't wide, or its foot is elsewhere: %s %v", page, at)
		}
	}
}

func TestLogo(t *testing.T) {
	picture := image.NewNRGBA64(image.Rect(0, 0, 60, 20))
	picture.Set(3, 3, color.NRGBA{200, 0, 0, 120})
	var asPNG, asJPEG bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, picture), jpeg.Encode(&asJPEG, picture, nil)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		brand outline.Brand
		want  string // a part of the error
	}{
		{"png", outline.Brand{Firm: "Lowe", Logo: asPNG.Bytes(), LogoType: "image/png"}, ""},
		{"jpeg", outline.Brand{Logo: asJPEG.Bytes(), LogoType: "image/jpeg"}, ""},
		{"no picture", outline.Brand{Logo: []byte("GIF89a"), LogoType: "image/png"}, "no PNG or JPEG"},
		{"damaged", outline.Brand{Logo: asPNG.Bytes()[:60], LogoType: "image/png"}, "no PNG or JPEG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			err := pdf.Render(&out, reporttest.Clean(), c.brand)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("the error is %v, want one that says %q", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			figures := read(t, out.Bytes()).structure(t).all("Figure")
			if len(figures) == 0 || !strings.Contains(figures[0].entries, "/Alt (") {
				t.Errorf("the logo is no figure with a text: %d figures", len(figures))
			}
		})
	}
}
