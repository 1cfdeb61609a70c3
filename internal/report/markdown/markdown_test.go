package markdown_test

import (
	"bytes"
	"flag"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/markdown"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func render(t *testing.T, r *assess.Report, brand outline.Brand) string {
	t.Helper()
	var out bytes.Buffer
	if err := markdown.Render(&out, r, brand); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s.Report, outline.Brand{})
			reporttest.Golden(t, s.Name+".md", []byte(got), *update)
			if diff := cmp.Diff(got, render(t, s.Report, outline.Brand{})); diff != "" {
				t.Errorf("Render() differs from call to call\n%s", diff)
			}
		})
	}
}

func TestBrand(t *testing.T) {
	got := render(t, reporttest.Clean(), outline.Brand{Firm: "Alder & Finch", Author: "J. Finch", Note: "# For the *board*", Footer: "@all"})
	for _, want := range []string{"J. Finch, Alder &#38; Finch", "- **Note:** # For the \\*board\\*", "@&#8203;all"} {
		if !strings.Contains(got, want) {
			t.Errorf("Render() lacks %q", want)
		}
	}
}

// TestNothingComesAlive looks for what a site would make into markup, a link, a mention, a reference or an emoji, in
// everything but code, the links of the report's own and the picture.
func TestNothingComesAlive(t *testing.T) {
	reports := []*assess.Report{reporttest.Hostile(), reporttest.Arbitrary("@osei #12 <b>", "[x](https://evil.example) www.evil.example :tada:")}
	for _, r := range reports {
		if lines := checkDead(t, r); lines < 200 {
			t.Errorf("looked at %d lines", lines)
		}
	}
}

// FuzzRender puts any two texts wherever a report has one.
func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = a[:min(len(a), 2000)], b[:min(len(b), 2000)]
		checkDead(t, reporttest.Arbitrary(a, b))
	})
}

// checkDead returns how many lines it has looked at.
func checkDead(t *testing.T, r *assess.Report) int {
	t.Helper()
	inPicture, lines := false, 0
	for line := range strings.SplitSeq(render(t, r, outline.Brand{}), "\n") {
		if strings.HasPrefix(line, "```") {
			inPicture = !inPicture
			continue
		}
		if inPicture {
			continue
		}
		lines++
		line = strings.TrimLeft(line, "#")
		line = strings.TrimPrefix(line, "> [!NOTE]")
		line = strings.TrimPrefix(line, "> [!WARNING]")
		if m := reporttest.Alive(line); m != "" {
			t.Errorf("%q stands in %q", m, line)
		}
	}
	if inPicture {
		t.Error("the picture is still open")
	}
	return lines
}

// TestSameSkeleton checks that hostile text makes no heading, table, list or quotation that plain text doesn't.
func TestSameSkeleton(t *testing.T) {
	hostile := skeleton(render(t, reporttest.Arbitrary("# a | b\n- c", "> 1. d\n\n***\n"), outline.Brand{}))
	plain := skeleton(render(t, reporttest.Arbitrary("a", "b"), outline.Brand{}))
	if diff := cmp.Diff(plain, hostile); diff != "" {
		t.Errorf("structure differs (-plain +hostile)\n%s", diff)
	}
	if len(plain) < 200 {
		t.Errorf("the skeleton has %d lines", len(plain))
	}
}

var opening = regexp.MustCompile("^(#+ |\\||> |- |[0-9]+\\. |```|---)?")

// skeleton is how each line begins, and how many cells it has.
func skeleton(md string) []string {
	var lines []string
	for line := range strings.SplitSeq(md, "\n") {
		begin := opening.FindString(line)
		if begin == "|" {
			begin = strings.Repeat("|", strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"))
		}
		lines = append(lines, begin)
	}
	return slices.Clip(lines)
}

var safeLabel = regexp.MustCompile(`^[\pL\pN .,:()'/#;…-]*$`)

// bare is a line without a quoted label: the picture's title and description, and marks that hold no text of a manifest.
var bare = regexp.MustCompile(`^  (end|style z\d+ [a-z0-9:, -]*|acc(Title|Descr): [\pL\pN .,:'/()_-]*)$`)

// TestPicture checks the Mermaid text: every label quoted and harmless, every end of a flow a node.
func TestPicture(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		_, rest, ok := strings.Cut(render(t, s.Report, outline.Brand{}), "```mermaid\nflowchart LR\n")
		body, _, closed := strings.Cut(rest, "\n```\n")
		if !ok || !closed {
			t.Errorf("%s: no picture", s.Name)
		}
		nodes, edges := map[string]bool{}, 0
		for line := range strings.SplitSeq(body, "\n") {
			parts := strings.Split(strings.ReplaceAll(line, "<br>", ""), `"`)
			if len(parts) == 3 && !safeLabel.MatchString(parts[1]) || len(parts) != 3 && !bare.MatchString(line) {
				t.Errorf("%s: label in %q", s.Name, line)
			}
			if m := regexp.MustCompile(`^    (n\d+)[([{]+"`).FindStringSubmatch(line); m != nil {
				nodes[m[1]] = true
			}
			if m := regexp.MustCompile(`^  (n\d+) (?:-->|==>|-\.->)\|".*"\| (n\d+)$`).FindStringSubmatch(line); m != nil {
				edges++
				if !nodes[m[1]] || !nodes[m[2]] {
					t.Errorf("%s: %q has an unknown end", s.Name, line)
				}
			}
		}
		if edges != len(s.Report.Inventory.Flows) {
			t.Errorf("%s: %d flows drawn of %d", s.Name, edges, len(s.Report.Inventory.Flows))
		}
	}
}
