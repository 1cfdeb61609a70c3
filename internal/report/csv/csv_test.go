package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/csv"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

var update = flag.Bool("update", false, "rewrite golden files")

func render(t testing.TB, r *assess.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := csv.Render(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read reads the records of a file behind its byte order mark.
func read(t testing.TB, data []byte) [][]string {
	t.Helper()
	body, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	if !ok {
		t.Fatal("the file has no byte order mark, and Excel would misread it")
	}
	records, err := stdcsv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got, file := render(t, s.Report), filepath.Join("testdata", s.Name+".csv")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s is out of date; go test -update rewrites it (-want +got)\n%s", file, diff)
			}
		})
	}
}

// TestRecords checks that a reader of CSV gets the plan back, and nothing but the plan.
func TestRecords(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		plan, records := outline.Plan(s.Report), read(t, render(t, s.Report))
		if len(records) != len(plan.Rows)+1 {
			t.Fatalf("%s: %d records for %d rows", s.Name, len(records), len(plan.Rows))
		}
		for n, row := range plan.Rows {
			for i, cell := range row {
				if got := strings.TrimPrefix(records[n+1][i], "'"); got != strings.TrimPrefix(cell.Text, "'") {
					t.Errorf("%s: %s is %q, want %q", s.Name, plan.Columns[i].Title, got, cell.Text)
				}
			}
		}
	}
}

func TestHead(t *testing.T) {
	want := []string{"ID", "Citation", "Finding", "What to do", "Severity", "Gate", "Owner", "Due", "Effort", "Status", "Notes"}
	if diff := cmp.Diff(want, read(t, render(t, reporttest.Clean()))[0]); diff != "" {
		t.Errorf("the head mismatches (-want +got)\n%s", diff)
	}
}

// harmless checks that a file is text of UTF-8 in lines that end as RFC 4180 says, and that no cell means a formula.
func harmless(t testing.TB, data []byte) {
	t.Helper()
	if !utf8.Valid(data) {
		t.Error("the file is no UTF-8")
	}
	for _, record := range read(t, data) {
		for _, field := range record {
			if outline.MeansFormula(field) {
				t.Errorf("%q could be taken for a formula", field)
			}
			if strings.ContainsAny(field, "\x00\x1b\x07\u202e\r") {
				t.Errorf("%q could steer a terminal", field)
			}
		}
	}
}

func TestHarmless(t *testing.T) {
	guarded := 0
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "formulas", Report: reporttest.Arbitrary("=cmd|'/C calc'!A0", "-1+1")}) {
		data := render(t, s.Report)
		harmless(t, data)
		guarded += bytes.Count(data, []byte(`'=cmd|`)) + bytes.Count(data, []byte("'-1+1"))
	}
	if guarded < 10 {
		t.Errorf("only %d formulas were guarded; the test is too weak", guarded)
	}
}

func TestSameBytes(t *testing.T) {
	reporttest.SameBytes(t, func(r *assess.Report) []byte { return render(t, r) })
}

func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Add("\xff\xc3", "\ufeff=1")
	f.Add("\"\r\n", "＝1")
	f.Fuzz(func(t *testing.T, a, b string) { harmless(t, render(t, reporttest.Arbitrary(a, b))) })
}
