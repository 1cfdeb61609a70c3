package picture_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/picture"
	"readiness/internal/report/reporttest"
)

var update = flag.Bool("update", false, "rewrite golden files")

// pictured are the reports on which layouts are tried: the examples, and practices of three to sixty systems.
func pictured(t *testing.T) map[string]*assess.Report {
	all := map[string]*assess.Report{}
	for _, name := range []string{"ready", "riverbend", "first-day"} {
		all[name] = example(t, name)
	}
	for _, systems := range []int{3, 10, 30, 60} {
		for seed := range uint64(8) {
			all[fmt.Sprintf("%d systems, seed %d", systems, seed)] = generated(systems, seed)
		}
	}
	for _, s := range reporttest.Scenarios() {
		all[s.Name] = s.Report
	}
	all["hostile"] = reporttest.Hostile()
	return all
}

// box is where a line of text stands, a little wider than it is drawn.
func box(t picture.Text) picture.Box {
	w := 0.6 * t.Size * float64(len([]rune(t.Words)))
	b := picture.Box{X: t.X, Y: t.Y - t.Size*0.8, W: w, H: t.Size}
	if t.Centred {
		b.X -= w / 2
	}
	return b
}

// TestLabelsStandFree holds that no label covers a node, the name of a zone, or another label, and that each stands on
// its own line.
func TestLabelsStandFree(t *testing.T) {
	for name, r := range pictured(t) {
		t.Run(name, func(t *testing.T) {
			l := picture.New(r)
			for i, e := range l.Edges {
				for _, n := range l.Nodes {
					if e.Label.Overlaps(n.Box) {
						t.Errorf("the label %q covers the node %s", e.Text.Words, n.ID)
					}
				}
				for _, z := range l.Zones {
					for _, line := range z.Lines {
						if e.Label.Overlaps(box(line)) {
							t.Errorf("the label %q covers %q", e.Text.Words, line.Words)
						}
					}
				}
				for _, other := range l.Edges[:i] {
					if e.Label.Overlaps(other.Label) {
						t.Errorf("the labels %q and %q cover each other", e.Text.Words, other.Text.Words)
					}
				}
				if far := distance(e.Label, e.Curve); far > 10 {
					t.Errorf("the label %q stands %.0f px from its line", e.Text.Words, far)
				}
			}
			if len(l.Edges) != len(r.Inventory.Flows) {
				t.Errorf("%d flows are drawn of %d", len(l.Edges), len(r.Inventory.Flows))
			}
		})
	}
}

// at is the point of the i-th curve of an edge at u.
func at(c []picture.Point, i int, u float64) picture.Point {
	v := 1 - u
	w := [4]float64{v * v * v, 3 * v * v * u, 3 * v * u * u, u * u * u}
	var p picture.Point
	for k := range 4 {
		p.X, p.Y = p.X+w[k]*c[i+k].X, p.Y+w[k]*c[i+k].Y
	}
	return p
}

// along calls visit for points along an edge.
func along(c []picture.Point, visit func(picture.Point)) {
	for i := 0; i+3 < len(c); i += 3 {
		for u := 0.0; u <= 1; u += 0.02 {
			visit(at(c, i, u))
		}
	}
}

// distance is how far a box is from an edge.
func distance(b picture.Box, c []picture.Point) float64 {
	least := math.Inf(1)
	along(c, func(p picture.Point) {
		dx := max(b.X-p.X, 0, p.X-b.X-b.W)
		dy := max(b.Y-p.Y, 0, p.Y-b.Y-b.H)
		least = min(least, math.Hypot(dx, dy))
	})
	return least
}

// TestLinesLeadRight holds that each line begins at the node its data comes from, ends level at the node it goes to, and
// runs through no other node.
func TestLinesLeadRight(t *testing.T) {
	for name, r := range pictured(t) {
		t.Run(name, func(t *testing.T) {
			l := picture.New(r)
			nodes := map[string]picture.Box{}
			for _, n := range l.Nodes {
				nodes[n.ID] = n.Box
			}
			for _, e := range l.Edges {
				n := len(e.Curve)
				for _, end := range []struct {
					id    string
					p     picture.Point
					other picture.Point
				}{{e.From, e.Curve[0], e.Curve[1]}, {e.To, e.Curve[n-1], e.Curve[n-2]}} {
					b, p := nodes[end.id], end.p
					if math.Abs(p.X-b.X) > 0.1 && math.Abs(p.X-b.X-b.W) > 0.1 || p.Y < b.Y || p.Y > b.Y+b.H || math.Abs(p.Y-end.other.Y) > 0.01 {
						t.Errorf("%s doesn't meet %s at its side: %v, %v", e.ID, end.id, p, b)
					}
				}
				along(e.Curve, func(p picture.Point) {
					for id, b := range nodes {
						if p.X > b.X+0.5 && p.X < b.X+b.W-0.5 && p.Y > b.Y+0.5 && p.Y < b.Y+b.H-0.5 {
							t.Fatalf("%s runs through %s at %v", e.ID, id, p)
						}
					}
				})
			}
		})
	}
}

// TestEverythingHasRoom holds that nodes lie in a zone of theirs and apart, zones apart, texts in their boxes, and all of
// it in the picture.
func TestEverythingHasRoom(t *testing.T) {
	for name, r := range pictured(t) {
		t.Run(name, func(t *testing.T) {
			l := picture.New(r)
			paper := picture.Box{W: l.Width, H: l.Height}
			for i, z := range l.Zones {
				inside(t, paper, z.Box, z.Name)
				for _, other := range l.Zones[:i] {
					if z.Overlaps(other.Box) {
						t.Errorf("the zones %s and %s overlap", z.Name, other.Name)
					}
				}
			}
			for i, n := range l.Nodes {
				if !slices.ContainsFunc(l.Zones, func(z picture.Zone) bool { return contains(z.Box, n.Box) }) {
					t.Errorf("the node %s is in no zone", n.ID)
				}
				for _, other := range l.Nodes[:i] {
					if n.Overlaps(other.Box) {
						t.Errorf("the nodes %s and %s overlap", n.ID, other.ID)
					}
				}
				for _, line := range n.Lines {
					if line.Y > n.Y+n.H-2 || line.Y-line.Size*0.75 < n.Y {
						t.Errorf("the line %q stands out of %s", line.Words, n.ID)
					}
				}
			}
			for _, row := range l.Rows {
				inside(t, paper, picture.Box{X: row.X, Y: row.Y, W: 10}, row.Words)
			}
			for _, k := range l.Key {
				inside(t, paper, picture.Box{X: k.X, Y: k.Y, W: 10}, k.Words)
			}
		})
	}
}

func contains(outer, b picture.Box) bool {
	return b.X >= outer.X && b.Y >= outer.Y && b.X+b.W <= outer.X+outer.W && b.Y+b.H <= outer.Y+outer.H
}

func inside(t *testing.T, paper, b picture.Box, what string) {
	t.Helper()
	if !contains(paper, b) {
		t.Errorf("%q is off the picture: %v of %v", what, b, paper)
	}
}

// TestMeansWithoutColour takes the colours out of the picture of a practice with everything in it: what is left must
// still tell the lines, and the zones, apart.
func TestMeansWithoutColour(t *testing.T) {
	r := generated(10, 1)
	text := string(picture.SVG(r))
	for _, want := range []string{`stroke-width="2.2"/>`, `stroke-width="1.2" stroke-dasharray="7 3"/>`, `stroke-width="1.2" stroke-dasharray="1.5 3"/>`,
		`stroke-width="1.2" stroke-dasharray="8 3 1.5 3"/>`, `stroke-width="6"/>`, `stroke-width="2.5" stroke-dasharray="9 4"/>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no line looks like %s", want)
		}
	}
	l := picture.New(r)
	marked := 0
	for _, e := range l.Edges {
		for _, word := range []string{string(e.Class), string(e.Review)} {
			if !strings.Contains(e.Words, word) {
				t.Errorf("%q doesn't say %q", e.Words, word)
			}
		}
		if e.Review != "" {
			marked++
		}
	}
	if marked != 3 || !strings.Contains(text, "(BAA: requested)") || !strings.Contains(text, "nobody reviews") {
		t.Errorf("%d flows are marked unreviewed, want 3; the zone and the way must be in words:\n%s", marked, text)
	}
}

// TestUndeclaredReview holds that silence about a review isn't drawn like the lack of one.
func TestUndeclaredReview(t *testing.T) {
	r := generated(10, 1)
	r.Inventory.Outputs = []assess.Output{{Reviewed: "undeclared", Path: []string{"flow-2"}}, {Reviewed: "true", Path: []string{"flow-3"}}, {Reviewed: "false", Path: []string{"flow-4"}}}
	got := map[string]picture.Review{}
	for _, e := range picture.New(r).Edges {
		if e.Review != "" {
			got[e.ID] = e.Review
		}
	}
	if diff := cmp.Diff(map[string]picture.Review{"flow-2": picture.Unsaid, "flow-4": picture.Unreviewed}, got); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
}

// TestNamesAreThoseOfTables holds that a system or party has one name, in the picture and in the tables beside it.
func TestNamesAreThoseOfTables(t *testing.T) {
	r := generated(10, 1)
	outside := 0
	for _, n := range picture.New(r).Nodes {
		var words []string
		for _, l := range n.Lines {
			words = append(words, l.Words)
		}
		name := r.Inventory.EndName(n.ID)
		if said := strings.Join(words, " "); !strings.HasPrefix(said, name) {
			t.Errorf("the picture calls %s %q, and the tables %q", n.ID, said, name)
		}
		if n.Shape == picture.Person && name != n.ID {
			outside++
		}
	}
	if outside < 3 {
		t.Errorf("looked at %d parties outside", outside)
	}
}

// TestAgreements holds when a vendor's zone is marked.
func TestAgreements(t *testing.T) {
	for _, tt := range []struct {
		baa, phi string
		bare     bool
	}{{"executed", "true", false}, {"requested", "true", true}, {"none", "false", false}, {"", "undeclared", true}, {"", "false", false}, {"not_required", "true", false}, {"by_terms", "undeclared", false}} {
		r := &assess.Report{Inventory: assess.Inventory{Systems: []assess.System{{ID: "s", Vendor: "v"}}, Vendors: []assess.Vendor{{ID: "v", BAA: tt.baa, ReceivesPHI: tt.phi}}}}
		if z := picture.New(r).Zones[0]; z.Uncovered != tt.bare {
			t.Errorf("BAA %q, PHI %s: marked is %v", tt.baa, tt.phi, z.Uncovered)
		}
	}
}

// TestHostileSVG parses the picture of reports whose every text is hostile. Nothing but the shapes and texts that are
// meant may be in it.
func TestHostileSVG(t *testing.T) {
	reports := []*assess.Report{reporttest.Hostile()}
	for _, text := range append(reporttest.HostileTexts(), "</svg><script>", `" onload="x`, "\xff\xfe") {
		reports = append(reports, reporttest.Arbitrary(text, `"><image href="x"/>`))
	}
	for i, r := range reports {
		t.Run(fmt.Sprint(i), func(t *testing.T) { checkSVG(t, r) })
	}
}

// FuzzRender draws reports in which every text is one of two.
func FuzzRender(f *testing.F) {
	for _, text := range reporttest.HostileTexts() {
		f.Add(text, "plain")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = a[:min(len(a), 2000)], b[:min(len(b), 2000)]
		checkSVG(t, reporttest.Arbitrary(a, b))
		checkQuotes(t, a, b)
	})
}

// checkSVG wants a picture of the shapes and texts that are meant, and nothing else.
func checkSVG(t *testing.T, r *assess.Report) {
	t.Helper()
	elements := strings.Fields("svg title desc rect path g text")
	attributes := strings.Fields("xmlns class viewBox width height role aria-labelledby font-family font-size id fill stroke stroke-width stroke-dasharray d x y rx font-weight text-anchor")
	dec := xml.NewDecoder(strings.NewReader(string(picture.SVG(r))))
	dec.Strict = true
	seen := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		seen++
		if !slices.Contains(elements, start.Name.Local) {
			t.Errorf("an element %s", start.Name.Local)
		}
		for _, a := range start.Attr {
			if !slices.Contains(attributes, a.Name.Local) {
				t.Errorf("an attribute %s", a.Name.Local)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d elements", seen)
	}
}

// TestHostileText holds that no text can end a label or begin a line of Mermaid's or Graphviz's syntax.
func TestHostileText(t *testing.T) {
	for _, text := range append(reporttest.HostileTexts(), "a\"]\nend\nclick n1 href \"x\"", `\"; x [label=`, `\N\G`) {
		checkQuotes(t, text, text)
	}
}

func checkQuotes(t *testing.T, a, b string) {
	t.Helper()
	r := reporttest.Arbitrary(a, b)
	for _, line := range strings.Split(strings.TrimSpace(picture.Mermaid(r)), "\n") {
		if known := []string{"flowchart LR", "accTitle: ", "accDescr: ", "subgraph z", "end", "style z", "n1", "n2"}; !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(strings.TrimSpace(line), k) }) || strings.Count(line, `"`)%2 != 0 {
			t.Errorf("%q and %q make the Mermaid line %q", a, b, line)
		}
	}
	for _, line := range strings.Split(picture.DOT(r), "\n") {
		bare := strings.NewReplacer(`\\`, "", `\"`, "", `\n`, "").Replace(line)
		if strings.Count(bare, `"`)%2 != 0 || strings.Contains(bare, `\`) {
			t.Errorf("%q and %q make the Graphviz line %q", a, b, line)
		}
	}
}

// TestLimits holds that a picture that can't be read isn't drawn, and that one of nothing says so.
func TestLimits(t *testing.T) {
	for systems, want := range map[int]string{0: "No system and no data flow is declared.", 5000: "more than a picture can show"} {
		r := generated(systems, 1)
		if got := string(picture.SVG(r)); !strings.Contains(got, want) || len(got) > 2000 {
			t.Errorf("%d systems: %d bytes, without %q", systems, len(got), want)
		}
		if len(picture.Mermaid(r)) > 500 {
			t.Errorf("%d systems: Mermaid text of %d bytes", systems, len(picture.Mermaid(r)))
		}
	}
}

// TestGolden holds every byte of one picture of each kind.
func TestGolden(t *testing.T) {
	r := generated(10, 1)
	for name, got := range map[string]string{"generated.svg": string(picture.SVG(r)), "generated.mmd": picture.Mermaid(r), "generated.dot": picture.DOT(r)} {
		reporttest.Golden(t, name, []byte(got), *update)
	}
	if _, err := os.Stat(filepath.Join("testdata", "generated.svg")); err != nil {
		t.Error(err)
	}
	first := string(picture.SVG(generated(30, 2)))
	for range 3 {
		if string(picture.SVG(generated(30, 2))) != first {
			t.Error("the same report gives another picture")
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	for _, systems := range []int{10, 60, 140} {
		r := generated(systems, 1)
		b.Run(fmt.Sprint(systems), func(b *testing.B) {
			for b.Loop() {
				picture.SVG(r)
			}
		})
	}
}
