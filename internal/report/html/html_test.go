package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	stdhtml "html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/html"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

var hostileBrand = outline.Brand{
	Firm: `</p><script>alert(1)</script>`, Author: `" onload="alert(1)`, Note: "<b>note</b>", Footer: `"}</style><script>alert(1)</script>\22 x`,
	Logo: []byte("<svg onload=alert(1)>"), LogoType: "image/svg+xml", Accent: "#fff}body{display:none",
}

func render(t *testing.T, r *assess.Report, brand outline.Brand) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.Render(&out, r, brand); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// reports are all scenarios, and one of arbitrary text with a hostile brand.
func reports() map[string]func(t *testing.T) string {
	all := map[string]func(*testing.T) string{
		"arbitrary": func(t *testing.T) string {
			return render(t, reporttest.Arbitrary(`"><img src=x onerror=alert(1)>`, "</style></script><script>alert(1)//"), hostileBrand)
		},
	}
	for _, s := range reporttest.Scenarios() {
		all[s.Name] = func(t *testing.T) string { return render(t, s.Report, outline.Brand{}) }
	}
	return all
}

func TestSameBytesTwice(t *testing.T) {
	for name, page := range reports() {
		if diff := cmp.Diff(page(t), page(t)); diff != "" {
			t.Errorf("%s: Render() differs from call to call\n%s", name, diff)
		}
	}
}

var (
	tag       = regexp.MustCompile(`<(/?)([^\s/>]+)([^>]*)>`)
	attribute = regexp.MustCompile(`\s+([^\s=]+)(?:="([^"]*)")?`)
	void      = []string{"!doctype", "meta", "col", "img", "input", "path", "circle", "use", "rect"}
	elements  = append(void, "html", "head", "title", "style", "body", "a", "svg", "symbol", "div", "main", "nav", "section", "article", "header",
		"footer", "figure", "figcaption", "h1", "h2", "h3", "h4", "p", "span", "strong", "code", "ol", "ul", "li", "dl", "dt", "dd", "table",
		"caption", "colgroup", "thead", "tbody", "tr", "th", "td", "label", "select", "option", "button", "script", "desc", "g", "text")
	attributes = []string{"html", "lang", "charset", "http-equiv", "content", "name", "class", "href", "rel", "id", "role", "scope", "hidden", "width", "height",
		"aria-hidden", "aria-label", "aria-labelledby", "focusable", "viewBox", "cx", "cy", "r", "d", "fill", "value", "type", "autocomplete", "spellcheck",
		"data-key", "data-total", "data-label", "data-outcome", "data-severity", "data-gate", "data-owner", "src", "alt",
		"xmlns", "x", "y", "rx", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor"}
)

// TestMarkupIsItsOwn parses every page strictly: only the template's elements and attributes, balanced, each link
// inside the page or to the web. Text of a manifest that came through as markup would show here.
func TestMarkupIsItsOwn(t *testing.T) {
	for name, page := range reports() {
		t.Run(name, func(t *testing.T) { checkMarkup(t, page(t)) })
	}
}

// FuzzRender puts any two texts wherever a report or a brand has one.
func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Add("</style><script>", "\xff\"'>")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = a[:min(len(a), 2000)], b[:min(len(b), 2000)]
		brand := outline.Brand{Firm: a, Author: b, Note: a, Footer: b, Accent: a}
		checkMarkup(t, render(t, reporttest.Arbitrary(a, b), brand))
	})
}

func checkMarkup(t *testing.T, page string) {
	t.Helper()
	body := regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`).ReplaceAllString(page, "<$1></$1>")
	var open []string
	for _, m := range tag.FindAllStringSubmatch(body, -1) {
		closing, element, rest := m[1] == "/", m[2], m[3]
		if !slices.Contains(elements, element) {
			t.Fatalf("element %q", m[0])
		}
		checkAttributes(t, element, rest)
		switch {
		case closing && (len(open) == 0 || open[len(open)-1] != element):
			t.Fatalf("%s closes %v", m[0], open)
		case closing:
			open = open[:len(open)-1]
		case !slices.Contains(void, element):
			open = append(open, element)
		}
	}
	if len(open) != 0 {
		t.Errorf("left open: %v", open)
	}
	if text := tag.ReplaceAllString(body, ""); strings.ContainsAny(text, "<>") {
		t.Errorf("a bare bracket in the text: %.200q", text[strings.IndexAny(text, "<>"):])
	}
}

func checkAttributes(t *testing.T, element, rest string) {
	t.Helper()
	rest = strings.TrimSuffix(rest, "/")
	if left := strings.TrimSpace(attribute.ReplaceAllString(rest, "")); left != "" {
		t.Fatalf("<%s%s> is malformed at %q", element, rest, left)
	}
	for _, a := range attribute.FindAllStringSubmatch(rest, -1) {
		key, value := a[1], stdhtml.UnescapeString(a[2])
		switch {
		case !slices.Contains(attributes, key):
			t.Fatalf("<%s> has the attribute %q", element, key)
		case key == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "https://"):
			t.Errorf("<%s> leads to %q", element, value)
		case key == "src" && !strings.HasPrefix(value, "data:image/png;base64,") && !strings.HasPrefix(value, "data:image/svg+xml;base64,"): // a picture's script never runs
			t.Errorf("<%s> loads %q", element, value)
		}
	}
}

// TestPolicy checks that the page's policy allows nothing but its own style and script, and that their digests are right.
func TestPolicy(t *testing.T) {
	for name, page := range reports() {
		s := page(t)
		m := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindAllStringSubmatch(s, -1)
		if len(m) != 1 {
			t.Fatalf("%s: %d policies", name, len(m))
		}
		want := "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '" + digest(t, s, "style") + "'; script-src '" + digest(t, s, "script") + "'"
		if diff := cmp.Diff(want, stdhtml.UnescapeString(m[0][1])); diff != "" {
			t.Errorf("%s: policy mismatch (-want +got)\n%s", name, diff)
		}
		if before, _, _ := strings.Cut(s, "http-equiv"); strings.Contains(before, "<style") || strings.Contains(before, "<script") {
			t.Errorf("%s: something comes before the policy", name)
		}
	}
}

// digest is that of the one element of its kind.
func digest(t *testing.T, page, element string) string {
	t.Helper()
	m := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllStringSubmatch(page, -1)
	if len(m) != 1 {
		t.Fatalf("%d elements %s", len(m), element)
	}
	sum := sha256.Sum256([]byte(m[0][1]))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// TestAsksNothingOfAnyone checks that neither style nor script names another place, and that nothing loads by itself.
func TestAsksNothingOfAnyone(t *testing.T) {
	for name, page := range reports() {
		for _, m := range regexp.MustCompile(`(?s)<(?:style|script)>.*?</`).FindAllString(page(t), -1) {
			for _, word := range []string{"http:", "https:", "url(", "@import", "fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval("} {
				if strings.Contains(m, word) {
					t.Errorf("%s: %q in a style or script", name, word)
				}
			}
		}
	}
}

// TestDeepLinks checks that each finding can be linked to, ids are unique, and every link of the page leads somewhere.
func TestDeepLinks(t *testing.T) {
	for name, page := range reports() {
		s := page(t)
		ids := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(s, -1) {
			if ids[m[1]] {
				t.Errorf("%s: two elements have the id %q", name, m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range regexp.MustCompile(` href="#([^"]*)"`).FindAllStringSubmatch(s, -1) {
			if !ids[m[1]] {
				t.Errorf("%s: #%s leads nowhere", name, m[1])
			}
		}
		findings := strings.Count(s, `<article class="finding" id="finding-`)
		if name != "clean" && findings < 2 {
			t.Errorf("%s: %d findings can be linked to", name, findings)
		}
	}
}

func TestBrand(t *testing.T) {
	brand := outline.Brand{Firm: "Alder & Finch", Logo: []byte{0x89, 'P', 'N', 'G'}, LogoType: "image/png", Accent: "#ffd166", Footer: "Privileged; not for\" others"}
	s := render(t, reporttest.Gaps(), brand)
	for _, want := range []string{
		"<span>Alder &amp; Finch</span>", `<img src="data:image/png;base64,iVBORw==" alt="">`,
		`content:"Privileged\3b  not for\22  others \b7 `, "<p>Privileged; not for&#34; others</p>",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
