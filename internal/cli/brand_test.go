package cli

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A drawing may draw, and nothing else.
func TestCheckSVG(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	for _, test := range []struct{ name, svg, want string }{
		{"plain", `<?xml version="1.0"?>` + open + `<title>Alder</title><g fill="url(#a)"><path d="M0 0h1"/><use xlink:href="#b"/></g></svg>`, ""},
		{"script", open + `<script>alert(1)</script></svg>`, `the element "script"`},
		{"event", open + `<rect onclick="x()"/></svg>`, `a script in "onclick"`},
		{"event in capitals", open + `<rect ONCLICK="x()"/></svg>`, `a script in "ONCLICK"`},
		{"foreign content", open + `<foreignObject/></svg>`, `the element "foreignObject"`},
		{"HTML inside", open + `<g><a xmlns="http://www.w3.org/1999/xhtml" href="x"/></g></svg>`, `the element "a"`},
		{"picture", open + `<image href="https://evil.example/x.png"/></svg>`, `the element "image"`},
		{"style", open + `<style>@import "x"</style></svg>`, `the element "style"`},
		{"link out", open + `<use xlink:href="https://evil.example/x.svg#a"/></svg>`, `outside the file in "href"`},
		{"reference out", open + `<rect fill="url(https://evil.example/#a)"/></svg>`, `outside the file in "fill"`},
		{"second reference", open + `<rect style="fill:url(#a);stroke:url('//evil.example')"/></svg>`, `outside the file in "style"`},
		{"escaped reference", open + `<rect style="fill:u\72l(//evil.example)"/></svg>`, `outside the file in "style"`},
		{"other base", open + `<g xml:base="https://evil.example/"/></svg>`, `outside the file in "base"`},
		{"animation", open + `<set attributeName="href" to="javascript:x"/></svg>`, `the element "set"`},
		{"entities", `<!DOCTYPE svg [<!ENTITY a "b">]>` + open + `</svg>`, "a document type"},
		{"style sheet", `<?xml-stylesheet href="x"?>` + open + `</svg>`, "an instruction for other programs"},
		{"not closed", open + `<g>`, "not well formed"},
		{"another language", `<html/>`, "no SVG picture"},
		{"empty", ``, "no SVG picture"},
		{"deep", open + strings.Repeat("<g>", 100), "no SVG picture"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := checkSVG("logo.svg", []byte(test.svg))
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("checkSVG() = %v, want %q", err, test.want)
			}
		})
	}
}

func TestReadLogo(t *testing.T) {
	folder := t.TempDir()
	var small, wide bytes.Buffer
	for width, out := range map[int]*bytes.Buffer{10: &small, maxLogoPixels + 1: &wide} {
		if err := png.Encode(out, image.NewGray(image.Rect(0, 0, width, 1))); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string][]byte{
		"good.png": small.Bytes(), "renamed.jpg": small.Bytes(), "wide.png": wide.Bytes(), "cut.png": small.Bytes()[:40],
		"large.png": make([]byte, maxLogo+1), "word.png": []byte("logo"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "out.png")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"good.png": "", "renamed.jpg": "", "wide.png": "more than 4000 pixels", "cut.png": "damaged", "large.png": "larger than 2 MiB",
		"word.png": "no picture of the kinds", "out.png": "can't be read", "none.png": "can't be read", "../x.png": "not beside the brand file", "/etc/hostname": "not beside the brand file",
	} {
		_, kind, err := readLogo(folder, name)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) || err == nil && kind != "image/png" {
			t.Errorf("readLogo(%q) = %q, %v, want %q", name, kind, err, want)
		}
	}
}

// Where white is readable on a colour and the colour on the page, it may be an accent.
func TestJudgeAccent(t *testing.T) {
	for s, want := range map[string]string{
		"#1d4f63": "", "#000000": "", "#767676": "can't be read beside the page", "#ffd166": "can't be read beside white", "#fff": "is no colour", "teal": "is no colour", "": "is no colour",
	} {
		message, hint := judgeAccent(s)
		if (message == "") != (want == "") || !strings.Contains(message, want) || (hint == "") != (want == "") {
			t.Errorf("judgeAccent(%q) = %q, %q, want %q", s, message, hint, want)
		}
	}
}

// The guide's brand file reads well.
func TestGuidesBrand(t *testing.T) {
	guide, err := os.ReadFile("../../docs/consultant.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```yaml\nfirm:")
	example, _, ok := strings.Cut(rest, "```")
	folder := t.TempDir()
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil || !ok {
		t.Fatalf("the guide has no brand file, or %v", err)
	}
	for name, data := range map[string]string{"logo.png": logo.String(), "brand.yaml": "firm:" + example} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := readBrand(filepath.Join(folder, "brand.yaml"))
	if err != nil || b.Firm != "Alder and Finch" || b.LogoType != "image/png" || b.Footer == "" || b.Note == "" {
		t.Errorf("readBrand() = %+v, %v", b.Brand, err)
	}
}
