package cli

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// svgElements are what a drawing may be made of. Nothing of it runs, loads, or leads anywhere.
var svgElements = strings.Fields("svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop " +
	"clipPath mask pattern symbol use title desc text tspan metadata")

// checkSVG refuses a drawing that is more than a drawing: scripts, styles of its own, foreign content, and anything that
// is not in the file.
func checkSVG(name string, data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	depth, seen := 0, false
	for {
		at, _ := d.InputPos()
		token, err := d.Token()
		refuse := func(what string) error {
			return fmt.Errorf("the logo %s, line %d: %s; save it as a plain SVG or as a PNG", name, at, what)
		}
		switch {
		case errors.Is(err, io.EOF):
			if !seen {
				return fmt.Errorf("the logo %s is no SVG picture", name)
			}
			return nil
		case err != nil:
			return refuse("it is not well formed")
		}
		switch t := token.(type) {
		case xml.Directive:
			return refuse("it has a document type, which could hide something")
		case xml.ProcInst:
			if t.Target != "xml" {
				return refuse("it has an instruction for other programs")
			}
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth == 1 && t.Name.Local != "svg" || depth > 64 {
				return fmt.Errorf("the logo %s is no SVG picture", name)
			}
			seen = true
			if what := badElement(t); what != "" {
				return refuse(what)
			}
		}
	}
}

// badElement tells what of an element could do more than draw.
func badElement(e xml.StartElement) string {
	if e.Name.Space != "http://www.w3.org/2000/svg" && !(e.Name.Space == "" && e.Name.Local == "svg") || !slices.Contains(svgElements, e.Name.Local) {
		return fmt.Sprintf("it has the element %q, which does more than draw", e.Name.Local)
	}
	for _, a := range e.Attr {
		key, value := strings.ToLower(a.Name.Local), strings.ToLower(a.Value)
		switch {
		case a.Name.Space == "xmlns" || a.Name.Local == "xmlns":
		case strings.HasPrefix(key, "on"):
			return fmt.Sprintf("it has a script in %q", a.Name.Local)
		case key == "href" && !strings.HasPrefix(value, "#"), key == "src", key == "base":
			return fmt.Sprintf("it refers to something outside the file in %q", a.Name.Local)
		case strings.Contains(strings.ReplaceAll(value, "url(#", ""), "url("), strings.Contains(value, "@import"), strings.Contains(value, "\\"),
			strings.Contains(value, "javascript:"):
			return fmt.Sprintf("it refers to something outside the file in %q", a.Name.Local)
		}
	}
	return ""
}
