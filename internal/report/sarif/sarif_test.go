package sarif_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/sarif"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s.Report)
			reporttest.Golden(t, s.Name+".sarif", got, *update)
			if again := render(t, s.Report); !bytes.Equal(got, again) {
				t.Error("Render() writes other bytes the second time")
			}
		})
	}
}

func render(t *testing.T, r *assess.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sarif.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is the part of the output that the tests look at.
type file struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []rule }
		}
		Artifacts []struct{ Location artifact }
		Results   []result
	}
}

type rule struct {
	ID         string
	Name       string
	Short      text `json:"shortDescription"`
	Full       text `json:"fullDescription"`
	HelpURI    string
	Properties struct {
		Tags  []string
		Score string `json:"security-severity"`
	}
}

type text struct{ Text string }

type artifact struct{ URI string }

type result struct {
	RuleID       string
	RuleIndex    int
	Kind, Level  string
	Message      text
	Locations    []location
	Related      []location `json:"relatedLocations"`
	CodeFlows    []any
	Fingerprints map[string]string `json:"partialFingerprints"`
	Suppressions []struct{ Kind, Justification string }
}

type location struct {
	ID       int
	Physical struct {
		Artifact artifact `json:"artifactLocation"`
		Region   struct {
			StartLine, StartColumn, EndColumn int
			Snippet                           text
		}
	} `json:"physicalLocation"`
}

func decode(t *testing.T, data []byte) file {
	t.Helper()
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("the output is no JSON: %v", err)
	}
	return f
}

// TestOneResultPerOpenResult holds the results against the report they come from.
func TestOneResultPerOpenResult(t *testing.T) {
	total := 0
	for _, s := range reporttest.Scenarios() {
		run := decode(t, render(t, s.Report)).Runs[0]
		i := 0
		for _, q := range s.Report.Requirements {
			for _, c := range q.Checks {
				for _, x := range c.Results {
					if !x.Outcome.Open() {
						continue
					}
					if i >= len(run.Results) {
						t.Fatalf("%s: only %d results", s.Name, len(run.Results))
					}
					compare(t, q, x, run.Results[i])
					i++
				}
			}
		}
		if i != len(run.Results) {
			t.Errorf("%s: %d results, want %d", s.Name, len(run.Results), i)
		}
		total += i
	}
	if total < 10 {
		t.Errorf("only %d open results in all scenarios", total)
	}
}

func compare(t *testing.T, q assess.Requirement, x assess.Result, got result) {
	t.Helper()
	if got.RuleID != q.ID || got.Kind != "fail" || got.Level == "none" || got.Fingerprints["readiness/v1"] == "" {
		t.Errorf("result %s has kind %q, level %q, fingerprints %v", got.RuleID, got.Kind, got.Level, got.Fingerprints)
	}
	if len(got.Related) != len(x.Facts) || (len(got.CodeFlows) > 0) != (len(x.Path) > 0) || (len(got.Suppressions) > 0) != x.Accepted {
		t.Errorf("result %s has %d related locations, %d code flows and %d suppressions", got.RuleID, len(got.Related), len(got.CodeFlows), len(got.Suppressions))
	}
	region := got.Locations[0].Physical.Region
	if region.StartLine != x.Place.Pos.Line || region.StartColumn != x.Place.Pos.Col {
		t.Errorf("result %s stands in %d:%d, want %d:%d", got.RuleID, region.StartLine, region.StartColumn, x.Place.Pos.Line, x.Place.Pos.Col)
	}
	for _, m := range x.Missing {
		if path := source.Printable(m.Path); !strings.Contains(path, "](") && strings.TrimSpace(path) != "" && !strings.ContainsAny(path, "{}") &&
			!strings.Contains(got.Message.Text, strings.TrimSpace(path)) {
			t.Errorf("the message %q doesn't name %q", got.Message.Text, m.Path)
		}
	}
}

func TestLevels(t *testing.T) {
	want := map[string]string{
		"gaps hipaa/164.308(b)(1)": "error", "gaps hipaa/164.312(b)": "error", "gaps nist-ai-rmf/MAP-3.5": "note",
		"gaps nist-ai-rmf/MEASURE-2.4": "note" /* not due */, "gaps hipaa/nprm-inventory": "note", /* proposed */
		"undeclared hipaa/164.308(b)(1)": "error", "undeclared nist-ai-rmf/MAP-1.2": "warning",
		"accepted nist-ai-rmf/MEASURE-2.4": "note",
	}
	got := map[string]string{}
	for _, s := range reporttest.Scenarios() {
		for _, x := range decode(t, render(t, s.Report)).Runs[0].Results {
			if _, ok := want[s.Name+" "+x.RuleID]; ok {
				got[s.Name+" "+x.RuleID] = x.Level
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("levels mismatch (-want +got)\n%s", diff)
	}
}

// TestGitHubLimits checks what code scanning refuses.
func TestGitHubLimits(t *testing.T) {
	r := reporttest.Hostile()
	r.Requirements[0].Title = strings.Repeat("t", 3000)
	r.Requirements[0].Why = strings.Repeat("é", 3000)
	for i := range 150 {
		x := &r.Requirements[0].Checks[0].Results[0]
		x.Facts = append(x.Facts, assess.Fact{Path: "p", Pos: source.Pos{Line: i + 1, Col: 1}})
	}
	run := decode(t, render(t, r)).Runs[0]
	scored := 0
	for i, q := range run.Tool.Driver.Rules {
		if n := utf8.RuneCountInString(q.Name); n > 255 || utf8.RuneCountInString(q.Short.Text) > 1024 || utf8.RuneCountInString(q.Full.Text) > 1024 {
			t.Errorf("the texts of rule %d are too long", i)
		}
		if q.Name == "" || q.Short.Text == "" || q.Full.Text == "" || len(q.Properties.Tags) > 10 {
			t.Errorf("rule %d lacks a text or has %d tags", i, len(q.Properties.Tags))
		}
		if q.Properties.Score != "" {
			scored++
		}
	}
	if want := len(run.Tool.Driver.Rules) - 1; scored != want {
		t.Errorf("%d rules have a security severity, want %d: all but the proposed one", scored, want)
	}
	if got := run.Results[0]; len(got.Related) != 100 || got.Message.Text == "" || len(got.Locations) != 1 {
		t.Errorf("the first result has %d related locations and %d locations", len(got.Related), len(got.Locations))
	}
}

func TestRegionCountsCharacters(t *testing.T) {
	r := reporttest.Gaps()
	r.Requirements[0].Checks[0].Results[0].Place = assess.Place{Pos: source.Pos{File: "a.yaml", Line: 7, Col: 9}, Excerpt: "  näme: 診療所  "}
	region := decode(t, render(t, r)).Runs[0].Results[0].Locations[0].Physical.Region
	if region.StartColumn != 9 || region.EndColumn != 12 || region.Snippet.Text != "診療所" {
		t.Errorf("the region is %+v", region)
	}
}

func TestArtifactURIs(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"readiness.yaml", "readiness.yaml"},
		{"./clients/../river bend/readiness.yaml", "river%20bend/readiness.yaml"},
		{"../readiness.yaml", "../readiness.yaml"},
		{"100%/a#b?c.yaml", "100%25/a%23b%3Fc.yaml"},
		{"診療所.yaml", "%E8%A8%BA%E7%99%82%E6%89%80.yaml"},
		{"a:b.yaml", "./a:b.yaml"},
		{"<stdin>", "%3Cstdin%3E"},
		{"/srv/readiness.yaml", "file:///srv/readiness.yaml"},
		{"C:/clients/readiness.yaml", "file:///C:/clients/readiness.yaml"},
		{"\x1b[31m\u202e.yaml", "%1B%5B31m%E2%80%AE.yaml"},
		{"", "readiness.yaml"},
	} {
		r := reporttest.Clean()
		r.Manifest.Name = c.file
		got := decode(t, render(t, r)).Runs[0].Artifacts[0].Location.URI
		if got != c.want {
			t.Errorf("the URI of %q is %q, want %q", c.file, got, c.want)
		}
		if u, err := url.Parse(got); err != nil || u.Path == "" {
			t.Errorf("%q is no URI reference: %v", got, err)
		}
	}
}

func TestCleanRunHasEmptyResults(t *testing.T) {
	if data := render(t, reporttest.Clean()); !bytes.Contains(data, []byte(`"results": []`)) {
		t.Error("a clean run has no empty list of results")
	}
}

func TestNoNull(t *testing.T) {
	for _, r := range []*assess.Report{{}, {Requirements: []assess.Requirement{{Checks: []assess.Check{{Results: []assess.Result{{Outcome: assess.Gap}}}}}}}} {
		if data := render(t, r); bytes.Contains(data, []byte("null")) {
			t.Errorf("a bare report gives a null:\n%s", data)
		}
	}
}

// TestNothingSteers checks that no text of the manifest can steer a terminal, forge a link or stand for an argument.
func TestNothingSteers(t *testing.T) {
	wellFormed(t, render(t, reporttest.Hostile()))
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("the output is no JSON: %v", err)
	}
	everyText(v, func(s string) {
		for l := range strings.SplitSeq(s, "\n") {
			if l != source.Printable(l) {
				t.Errorf("%q holds a control character", s)
			}
		}
	})
	for _, x := range decode(t, data).Runs[0].Results {
		if m := x.Message.Text; m == "" || strings.Contains(m, "\n") || strings.Contains(m, "](") || strings.Contains(strings.NewReplacer("{{", "", "}}", "").Replace(m), "{") {
			t.Errorf("the message %q is empty, or has a second line, a link or an argument", m)
		}
	}
}

func everyText(v any, see func(string)) {
	switch v := v.(type) {
	case string:
		see(v)
	case []any:
		for _, x := range v {
			everyText(x, see)
		}
	case map[string]any:
		for k, x := range v {
			see(k)
			everyText(x, see)
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
