package gitlab_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/gitlab"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s.Report)
			reporttest.Golden(t, s.Name+".json", got, *update)
			if again := render(t, s.Report); !bytes.Equal(got, again) {
				t.Error("Render() writes other bytes the second time")
			}
		})
	}
}

func render(t *testing.T, r *assess.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gitlab.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type issue struct {
	Description, CheckName, Fingerprint, Severity string
	Location                                      struct {
		Path  string
		Lines struct{ Begin int }
	}
}

func decode(t *testing.T, data []byte) []issue {
	t.Helper()
	var list []issue
	if err := json.Unmarshal(bytes.ReplaceAll(data, []byte(`"check_name":`), []byte(`"checkname":`)), &list); err != nil {
		t.Fatalf("the output is no JSON: %v", err)
	}
	return list
}

func TestOneIssuePerOpenResult(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		var want, got []string
		for _, q := range s.Report.Requirements {
			for _, c := range q.Checks {
				for _, x := range c.Results {
					if x.Outcome.Open() {
						want = append(want, q.ID)
					}
				}
			}
		}
		for _, x := range decode(t, render(t, s.Report)) {
			got = append(got, x.CheckName)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: issues mismatch (-want +got)\n%s", s.Name, diff)
		}
	}
}

func TestSeverities(t *testing.T) {
	want := []string{
		"blocker hipaa/164.308(b)(1)", "blocker hipaa/164.308(b)(1)", "critical hipaa/164.312(b)",
		"info hipaa/nprm-inventory", "minor nist-ai-rmf/MAP-3.5", "info nist-ai-rmf/MEASURE-2.4",
	}
	var got []string
	for _, x := range decode(t, render(t, reporttest.Gaps())) {
		got = append(got, x.Severity+" "+x.CheckName)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("severities mismatch (-want +got)\n%s", diff)
	}
	if x := decode(t, render(t, reporttest.Accepted())); x[0].Severity != "info" || !strings.Contains(x[0].Description, "accepted until 2027-01-15 by osei") {
		t.Errorf("the accepted finding is %+v", x[0])
	}
}

// TestFingerprintsAreUnique gives two results the same fingerprint. GitLab would show only one of them.
func TestFingerprintsAreUnique(t *testing.T) {
	r := reporttest.Gaps()
	c := &r.Requirements[0].Checks[0]
	c.Results = append(c.Results, c.Results[0], c.Results[0])
	wellFormed(t, render(t, r))
}

func TestCleanRunIsAnEmptyList(t *testing.T) {
	if got := strings.TrimSpace(string(render(t, reporttest.Clean()))); got != "[]" {
		t.Errorf("a clean run gives %s", got)
	}
}

func TestPathIsRelativeAndPlain(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Checks[0].Results[0].Place.Pos = source.Pos{File: "./clients/river bend/readiness.yaml", Line: 3}
	if got := decode(t, render(t, r))[0].Location; got.Path != "clients/river bend/readiness.yaml" || got.Lines.Begin != 3 {
		t.Errorf("the location is %+v", got)
	}
}

func TestNothingSteers(t *testing.T) {
	wellFormed(t, render(t, reporttest.Hostile()))
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	seen := map[string]bool{}
	for _, x := range decode(t, data) {
		if seen[x.Fingerprint] || x.Fingerprint == "" {
			t.Errorf("the fingerprint %q is empty or not unique", x.Fingerprint)
		}
		seen[x.Fingerprint] = true
		if x.Description == "" || x.Location.Path == "" || x.Location.Lines.Begin < 1 {
			t.Errorf("%+v lacks something", x)
		}
		for _, s := range []string{x.Description, x.CheckName, x.Fingerprint} {
			if s != source.Printable(s) {
				t.Errorf("%q holds a control character", s)
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		wellFormed(t, render(t, reporttest.Arbitrary(a, b)))
	})
}
