package text_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/summary"
	"readiness/internal/report/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func render(t *testing.T, r *assess.Report, style text.Style) string {
	t.Helper()
	var buf bytes.Buffer
	if err := text.Render(&buf, r, style); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s.Report, text.Style{})
			file := filepath.Join("testdata", s.Name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) { checkLines(t, s.Report) })
	}
}

// FuzzRender puts any two texts wherever a report has one.
func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = a[:min(len(a), 2000)], b[:min(len(b), 2000)]
		checkLines(t, reporttest.Arbitrary(a, b))
		rows := []summary.Row{summary.Of(reporttest.Arbitrary(a, b), 1), summary.Unread(a, 2, []string{b})}
		var out bytes.Buffer
		if err := text.Summary(&out, summary.New(assess.Tool{Name: a}, "2026-11-22", nil, rows, []string{b}), text.Style{}); err != nil {
			t.Fatal(err)
		}
		checkPrintable(t, out.String())
	})
}

// checkLines wants every line to fit the terminal and to be fit for it, and colour to change nothing else.
func checkLines(t *testing.T, r *assess.Report) {
	t.Helper()
	for _, width := range []int{60, 80, 100} {
		plain := render(t, r, text.Style{Width: width})
		checkPrintable(t, plain)
		for n, line := range strings.Split(plain, "\n") {
			if w := ansi.StringWidth(line); w > width {
				t.Errorf("at %d columns, line %d is %d wide: %s", width, n+1, w, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("line %d ends in spaces", n+1)
			}
		}
		if colored := render(t, r, text.Style{Width: width, Color: true}); ansi.Strip(colored) != plain {
			t.Error("colour changes more than colour")
		}
	}
}

// checkPrintable wants nothing in s that could steer a terminal.
func checkPrintable(t *testing.T, s string) {
	t.Helper()
	for n, line := range strings.Split(s, "\n") {
		for _, r := range line {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("line %d holds %U", n+1, r)
			}
		}
	}
}

// TestNothingOpenIsLost finds every open requirement that nobody has accepted, and every reason, in the report.
func TestNothingOpenIsLost(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		got := strings.Join(strings.Fields(render(t, s.Report, text.Style{Width: 100})), " ")
		for _, q := range s.Report.Requirements {
			if shown := strings.Contains(got, q.ID); q.Outcome.Open() && !q.Accepted && !shown {
				t.Errorf("%s: %s is open and not shown", s.Name, q.ID)
			}
		}
	}
}

// BenchmarkRender writes a report with gaps as text.
func BenchmarkRender(b *testing.B) {
	r := reporttest.Gaps()
	for b.Loop() {
		var buf bytes.Buffer
		if err := text.Render(&buf, r, text.Style{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCoverage puts each provision under what covers it, whatever the title of its requirement begins with.
func TestCoverage(t *testing.T) {
	c := &checklist.Checklist{ID: "kids", Version: "1.0.0", Source: checklist.Source{Name: "the rule"},
		Sections: []checklist.Section{{Requirements: []*checklist.Requirement{
			{ID: "1", Title: "under 13s are asked", Also: []string{"2", "3"}}, {ID: "2", Title: "Parents agree", Also: []string{"3"}}}}},
		NotCovered: []checklist.Omission{{Cite: "4", Title: "Fees", Reason: "nobody asks for any"}}}
	want := `kids@1.0.0: what covers each provision of the rule

Requirements of their own (2)
  1                        under 13s are asked
  2                        Parents agree

Covered under another (1)
  3                        under 1

Not covered (1)
  4                        Fees: nobody asks for any
`
	if diff := cmp.Diff(want, string(text.Coverage(c, text.Style{}))); diff != "" {
		t.Errorf("coverage (-want +got)\n%s", diff)
	}
}
