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
	"readiness/internal/report/reporttest"
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
		for _, width := range []int{60, 80, 100} {
			plain := render(t, s.Report, text.Style{Width: width})
			for n, line := range strings.Split(plain, "\n") {
				if w := ansi.StringWidth(line); w > width {
					t.Errorf("%s at %d columns: line %d is %d wide: %s", s.Name, width, n+1, w, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s: line %d ends in spaces", s.Name, n+1)
				}
				for _, r := range line {
					if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
						t.Errorf("%s: line %d holds %U", s.Name, n+1, r)
					}
				}
			}
			if colored := render(t, s.Report, text.Style{Width: width, Color: true}); ansi.Strip(colored) != plain {
				t.Errorf("%s: colour changes more than colour", s.Name)
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
