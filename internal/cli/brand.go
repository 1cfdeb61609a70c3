package cli

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // a logo may be one
	_ "image/png"  // or this
	"io"
	"os"
	"path/filepath"
	"strings"

	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// brandFile is what brand.yaml holds: how the firm that hands a report over shows itself. It changes nothing else.
type brandFile struct {
	Firm      source.Text `yaml:"firm" required:"true" doc:"Who prepared the report."`
	Author    source.Text `yaml:"author" doc:"The person at the firm."`
	Logo      source.Text `yaml:"logo" doc:"A picture beside this file: PNG, JPEG or SVG."`
	Accent    source.Text `yaml:"accent" doc:"A colour for headings and links, as #1d4f63."`
	CoverNote source.Text `yaml:"cover_note" doc:"A few words on page one."`
	Footer    source.Text `yaml:"footer" doc:"A line at the foot of every page."`
}

// maxLogo is how many bytes a logo may have, and maxLogoPixels how wide and high it may be.
const (
	maxLogo       = 2 << 20
	maxLogoPixels = 4000
)

// A brand is one that was read, with the files it came from.
type brand struct {
	outline.Brand
	files []string
}

// readBrand reads a brand file and its logo. Every mistake in them has its line.
func readBrand(name string) (brand, error) {
	data, err := readFile(name, source.MaxBytes)
	if err != nil {
		return brand{}, usage("--brand: %s", err)
	}
	var b brandFile
	f, err := source.Decode(filepath.ToSlash(name), data, source.TypeOf[brandFile](), &b)
	if err != nil {
		return brand{}, exitCode{exitUsage, err}
	}
	out := brand{Brand: outline.Brand{Firm: b.Firm.Or(""), Author: b.Author.Or(""), Accent: b.Accent.Or(""), Note: b.CoverNote.Or(""), Footer: b.Footer.Or("")}, files: []string{name}}
	var problems source.Problems
	if b.Accent.Declared() {
		if message, hint := judgeAccent(out.Accent); message != "" {
			problems = append(problems, f.Problem(b.Accent.Pos(), message, hint))
		}
	}
	if logo, ok := b.Logo.Get(); ok {
		out.files = append(out.files, filepath.Join(filepath.Dir(name), filepath.FromSlash(logo)))
		if out.Logo, out.LogoType, err = readLogo(filepath.Dir(name), filepath.FromSlash(logo)); err != nil {
			problems = append(problems, f.Problem(b.Logo.Pos(), err.Error(), ""))
		}
	}
	if err := problems.Err(); err != nil {
		return brand{}, exitCode{exitUsage, err}
	}
	return out, nil
}

// judgeAccent tells what is wrong with an accent colour: white text must be readable on it, and it as text on the page
// (WCAG 2.2, success criterion 1.4.3).
func judgeAccent(s string) (message, hint string) {
	c, ok := outline.ParseColor(s)
	if !ok {
		return fmt.Sprintf("%q is no colour", s), "write six digits after a #, in quotes, such as \"#1d4f63\""
	}
	for _, ground := range []struct {
		name  string
		color outline.Color
	}{{"white", outline.Color{0xff, 0xff, 0xff}}, {"the page", outline.Page()}} {
		if ratio := c.Contrast(ground.color); ratio < outline.MinContrast {
			return fmt.Sprintf("the colour %s can't be read beside %s: its contrast is %.1f to 1, and text needs %.1f to 1 (WCAG 2.2)", s, ground.name, ratio, outline.MinContrast),
				fmt.Sprintf("a darker one of its kind is %q", c.On(outline.Page()))
		}
	}
	return "", ""
}

// readLogo reads a picture in a folder, and finds out what kind it is by its bytes.
func readLogo(folder, name string) ([]byte, string, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, "", errors.New(source.Cause(err))
	}
	defer root.Close()
	if !filepath.IsLocal(name) {
		return nil, "", fmt.Errorf("the logo %s is not beside the brand file; copy it there", name)
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, "", fmt.Errorf("the logo %s can't be read: %s", name, source.Cause(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxLogo+1))
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("the logo %s can't be read: %s", name, source.Cause(err))
	case len(data) > maxLogo:
		return nil, "", fmt.Errorf("the logo %s is larger than %d MiB; save it smaller", name, maxLogo>>20)
	}
	if strings.EqualFold(filepath.Ext(name), ".svg") {
		return data, outline.SVG, checkSVG(name, data)
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil || config.Width < 1 || config.Height < 1:
		return nil, "", fmt.Errorf("the logo %s is no picture of the kinds PNG, JPEG or SVG", name)
	case config.Width > maxLogoPixels || config.Height > maxLogoPixels:
		return nil, "", fmt.Errorf("the logo %s is more than %d pixels wide or high; save it smaller", name, maxLogoPixels)
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return nil, "", fmt.Errorf("the logo %s is damaged; save it again", name)
	}
	return data, "image/" + kind, nil
}
