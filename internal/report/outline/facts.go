package outline

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// collectFacts gathers every fact that a result rests on or a vendor's page shows, once, in the manifest's order.
func (b *builder) collectFacts() {
	seen := map[string]bool{}
	note := func(facts []assess.Fact) {
		for _, f := range facts {
			if !seen[f.Path+"\x00"+f.Value] {
				seen[f.Path+"\x00"+f.Value] = true
				b.facts = append(b.facts, f)
			}
		}
	}
	for i := range b.r.Requirements {
		for _, c := range b.r.Requirements[i].Checks {
			for _, r := range c.Results {
				note(r.Facts)
			}
		}
	}
	slices.SortStableFunc(b.facts, func(x, y assess.Fact) int {
		return cmp.Or(x.Pos.Compare(y.Pos), cmp.Compare(x.Path, y.Path))
	})
	b.lines = map[int]bool{}
	for _, f := range b.facts {
		if f.Pos.IsValid() {
			b.lines[f.Pos.Line] = true
		}
	}
}

// lineRefs names the lines on which facts are written, neighbours as a range: "lines 8, 12-15".
func (b *builder) lineRefs(facts []assess.Fact) Text {
	var lines []int
	for _, f := range facts {
		if f.Pos.IsValid() {
			lines = append(lines, f.Pos.Line)
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if len(lines) == 0 {
		return nil
	}
	t := Text{{Text: "lines ", Style: Quiet}}
	if len(lines) == 1 {
		t = Text{{Text: "line ", Style: Quiet}}
	}
	for i := 0; i < len(lines); i++ {
		if i > 0 {
			t = append(t, Span{Text: ", ", Style: Quiet})
		}
		ref := b.line(lines[i])
		first := i
		for i+1 < len(lines) && lines[i+1] == lines[i]+1 {
			i++
		}
		if i > first {
			ref.Text += fmt.Sprintf("–%d", lines[i])
		}
		t = append(t, ref)
	}
	return t
}

// register lists every fact once, so that a result can name the lines it rests on.
func (b *builder) register() {
	b.part("facts", "Appendix B: the declared facts", true)
	b.say("Every declared fact that an outcome rests on, as it is written in %s. Appendix A and the findings name its lines.", b.r.Manifest.Name)
	t := Table{Caption: "Declared facts by line", Dense: true, Columns: []Column{{"Line", 8, true}, {"Fact", 52, false}, {"Declared", 40, false}}}
	last := 0
	for _, f := range b.facts {
		row := Row{Cells: []Lines{cell(plain("–")), cell(code(f.Path)), cell(plain(f.Value))}}
		if n := f.Pos.Line; n > 0 {
			row.Cells[0] = cell(plain(fmt.Sprint(n)))
			if n != last {
				row.Anchor = b.anchor(fmt.Sprintf("line-%d", n))
			}
			last = n
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
}

// webLink is a link if it leads to the web, and nothing otherwise.
func webLink(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}

// inside reports whether a path lies in an object, such as vendors[acme], or is it.
func inside(path, object string) bool {
	rest, ok := strings.CutPrefix(path, object)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
