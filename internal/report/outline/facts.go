package outline

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// collectFacts gathers every fact that a result rests on and every remark, once, in the manifest's order.
func (b *builder) collectFacts() {
	var all []assess.Fact
	seen, remarks := map[string]bool{}, map[string]string{}
	for _, f := range b.r.Inventory.Remarks {
		remarks[f.Path] = f.Value
	}
	note := func(facts []assess.Fact) {
		for _, f := range facts {
			if begun, cut := strings.CutSuffix(f.Value, "…"); cut && strings.HasPrefix(remarks[f.Path], begun) {
				f.Value = remarks[f.Path] // a result has the beginning of a long one
			}
			if key := f.Path + "\x00" + f.Value; !seen[key] {
				seen[key] = true
				all = append(all, f)
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
	note(b.r.Inventory.Remarks)
	slices.SortStableFunc(all, func(x, y assess.Fact) int {
		return cmp.Or(x.Pos.Compare(y.Pos), cmp.Compare(x.Path, y.Path))
	})
	b.lines = map[int]string{}
	for _, f := range all {
		object, _ := splitPath(f.Path)
		if last := len(b.objects) - 1; last < 0 || b.objects[last].path != object {
			b.objects = append(b.objects, declaredOf{path: object})
		}
		o := &b.objects[len(b.objects)-1]
		o.facts = append(o.facts, f)
		if n := f.Pos.Line; n > 0 && b.lines[n] == "" {
			if o.anchor == "" {
				o.anchor = b.anchor(fmt.Sprintf("line-%d", n))
			}
			b.lines[n] = o.anchor
		}
	}
}

// declaredOf is what is declared of one object, such as vendors[acme].
type declaredOf struct {
	path   string
	anchor string // of its row in the register
	facts  []assess.Fact
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

// register repeats every fact once, those of one object in a row, so that a result can name the lines it rests on.
func (b *builder) register() {
	b.part("facts", "Appendix B: the declared facts", false)
	b.say("Every declared fact that an outcome rests on, and every reason, rationale, statement and note, as written in %s. The number before each is its line.", b.r.Manifest.Name)
	t := Table{Caption: "Declared facts by object", Dense: true, Columns: []Column{{"In the manifest", 22, false}, {"Declared", 78, false}}}
	for _, o := range b.objects {
		var facts Text
		for _, f := range o.facts {
			_, key := splitPath(f.Path)
			fact := Text{{Text: key, Style: Code}, {Text: " " + f.Value}}
			if n := f.Pos.Line; n > 0 {
				fact = append(quiet(fmt.Sprintf("%d ", n)), fact...)
			}
			facts = join(facts, fact)
		}
		t.Rows = append(t.Rows, Row{Anchor: o.anchor, Cells: []Lines{cell(code(o.path)), cell(facts)}})
	}
	b.add(t)
}

// splitPath parts the object of a fact, such as vendors[acme], from what is declared of it.
func splitPath(path string) (object, key string) {
	end := strings.IndexByte(path, ']') + 1
	if end == 0 {
		end = strings.IndexByte(path, '.')
	}
	if end <= 0 || end >= len(path) {
		return path, ""
	}
	return path[:end], strings.TrimPrefix(path[end:], ".")
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
