package github_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/github"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/summary"
)

// practices are the scenarios as many manifests, and one that can't be read.
func practices() *summary.Summary {
	rows := []summary.Row{
		summary.Unread("clients/none", 2, []string{"readiness: there is no readiness.yaml in the folder clients/none"}),
		summary.Unread("clients/ash", 2, []string{"clients/ash/readiness.yaml:2:1: unknown key \"practise\"\n  2 | practise: {name: Ash}", "another"}),
		summary.Of(&assess.Report{Practice: "Birch", Manifest: assess.File{Name: "clients/birch/readiness.yaml"}}, 4),
	}
	for _, s := range reporttest.Scenarios() {
		exit := 0
		if s.Name != "clean" {
			exit = 1
		}
		rows = append(rows, summary.Of(s.Report, exit))
	}
	return summary.New(assess.Tool{Name: "readiness", Version: "1.0.0"}, "2026-11-22", nil, rows, []string{"as-of = 2026-11-22 comes from SOURCE_DATE_EPOCH."})
}

func renderMany(t *testing.T, format func(io.Writer, *summary.Summary) error, s *summary.Summary) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestManyGolden(t *testing.T) {
	reporttest.Golden(t, "many.txt", renderMany(t, github.Many, practices()), *update)
	reporttest.Golden(t, "many.md", renderMany(t, github.ManySummary, practices()), *update)
}

func TestManyAnnotations(t *testing.T) {
	for _, test := range []struct {
		name string
		row  summary.Row
		want string
	}{
		{"ready", summary.Row{Status: summary.Ready}, ""},
		{"critical", summary.Row{Status: summary.NotReady, Open: summary.Open{Critical: 1, Low: 2}}, "error 1 critical, 2 low"},
		{"high", summary.Row{Status: summary.NotReady, Open: summary.Open{High: 1, Medium: 1}}, "error 1 high, 1 medium"},
		{"medium", summary.Row{Status: summary.NotReady, Open: summary.Open{Medium: 1, Low: 2}}, "warning 1 medium, 2 low"},
		{"low", summary.Row{Status: summary.NotReady, Open: summary.Open{Low: 2}}, "notice 2 low"},
		{"nothing applies", summary.Row{Status: summary.NotAssessed}, "warning No requirement applies"},
		{"not read", summary.Unread("x", 2, []string{"x:1:1: no\n  1 | y"}), "error x:1:1: no"},
		{"report not written", summary.Row{Status: summary.Ready, Problems: []string{"readiness: full"}}, "error full"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, c := range parse(t, renderMany(t, github.Many, summary.New(assess.Tool{}, "", nil, []summary.Row{test.row}, nil))) {
				got += c.Name + " " + c.Data
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestManyStaysShort holds what GitHub takes: ten annotations of a kind, and a summary of 1 MiB.
func TestManyStaysShort(t *testing.T) {
	row := summary.Of(reporttest.Arbitrary(strings.Repeat("@", 2000), strings.Repeat("|", 2000)), 1)
	row.Status, row.Open.High = summary.NotReady, 1
	s := summary.New(assess.Tool{}, "2026-11-22", nil, make([]summary.Row, 10_000), nil)
	for i := range s.Rows {
		s.Rows[i] = row
	}
	md := renderMany(t, github.ManySummary, s)
	if len(md) > 1<<20 || !bytes.Contains(md, []byte("more manifests.")) {
		t.Errorf("the summary has %d bytes, and GitHub takes %d; or it doesn't say that rows are left out", len(md), 1<<20)
	}
	log := renderMany(t, github.Many, s)
	if n := len(parse(t, log)); n != 10 || !bytes.Contains(log, []byte("And 9990 more errors")) {
		t.Errorf("%d annotations", n)
	}
	for i := range s.Rows {
		s.Rows[i] = summary.Row{Practice: fmt.Sprintf("Practice %d", i), Manifest: fmt.Sprintf("clients/%d/readiness.yaml", i), Status: summary.Ready}
	}
	s.Rows = s.Rows[:1000]
	if md := renderMany(t, github.ManySummary, s); bytes.Count(md, []byte("| Practice ")) != 1001 {
		t.Error("a thousand manifests don't have a row each")
	}
}

func TestNothingSteersMany(t *testing.T) {
	for _, a := range reporttest.HostileTexts() {
		rows := []summary.Row{summary.Of(reporttest.Arbitrary(a, a), 1), summary.Unread(a, 2, []string{a})}
		rows[0].Status, rows[0].Open.High = summary.NotReady, 1
		s := summary.New(assess.Tool{Name: a, Version: a}, a, nil, rows, []string{a})
		wellFormedAs(t, renderMany(t, github.Many, s), renderMany(t, github.ManySummary, s))
		if diff := cmp.Diff(2, len(parse(t, renderMany(t, github.Many, s)))); diff != "" {
			t.Errorf("with %q the log has other commands than the two annotations: %s", a, diff)
		}
	}
}
