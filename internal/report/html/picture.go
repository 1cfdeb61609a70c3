package html

import (
	"html/template"

	"readiness/internal/report/outline"
)

// picture draws the data flows, or nothing when the page's own list of flows has to do. What it draws must be an svg
// element without style attributes or elements, which the page's policy forbids.
func picture(outline.Picture) template.HTML { return "" }
