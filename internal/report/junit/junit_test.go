package junit_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/junit"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s.Report)
			reporttest.Golden(t, s.Name+".xml", got, *update)
			if again := render(t, s.Report); !bytes.Equal(got, again) {
				t.Error("Render() writes other bytes the second time")
			}
		})
	}
}

func render(t *testing.T, r *assess.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := junit.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is what a consumer reads.
type file struct {
	Tests    int     `xml:"tests,attr"`
	Failures int     `xml:"failures,attr"`
	Suites   []suite `xml:"testsuite"`
}

type suite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Skipped  int    `xml:"skipped,attr"`

	Properties []struct {
		Name string `xml:"name,attr"`
	} `xml:"properties>property"`
	Cases []struct {
		Class   string   `xml:"classname,attr"`
		Name    string   `xml:"name,attr"`
		Failure *verdict `xml:"failure"`
		Skipped *verdict `xml:"skipped"`
	} `xml:"testcase"`
}

type verdict struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Content string `xml:",chardata"`
}

// decode reads the output as a consumer does and checks that it is well formed to the end.
func decode(t *testing.T, data []byte) file {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(data))
	var f file
	if err := dec.Decode(&f); err != nil {
		t.Fatalf("the output is no XML: %v\n%s", err, data)
	}
	if token, err := dec.Token(); err != io.EOF {
		if text, ok := token.(xml.CharData); !ok || strings.TrimSpace(string(text)) != "" {
			t.Fatalf("something follows the document: %v, %v", token, err)
		}
	}
	return f
}

func TestOneCasePerRequirement(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		f := decode(t, render(t, s.Report))
		names := map[string]bool{}
		tests, failures := 0, 0
		for _, u := range f.Suites {
			failed, skipped := 0, 0
			for _, c := range u.Cases {
				names[c.Name] = true
				if c.Failure != nil {
					failed++
				}
				if c.Skipped != nil {
					skipped++
				}
			}
			if u.Tests != len(u.Cases) || u.Failures != failed || u.Skipped != skipped {
				t.Errorf("%s: the numbers of suite %s don't add up", s.Name, u.Name)
			}
			tests, failures = tests+u.Tests, failures+failed
		}
		if len(names) != len(s.Report.Requirements) || f.Tests != tests || f.Failures != failures {
			t.Errorf("%s: %d cases, want %d", s.Name, len(names), len(s.Report.Requirements))
		}
		if fails := s.Report.Fails("low"); fails != (failures > 0) {
			t.Errorf("%s: %d failures, but the run fails is %v", s.Name, failures, fails)
		}
	}
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		name   string
		report *assess.Report
		want   map[string]string
	}{
		{"clean", reporttest.Clean(), map[string]string{
			"hipaa/164.308(b)(1)": "", "nist-ai-rmf/MAP-1.2": "",
			"hipaa/164.308(a)(5)(i)": "skipped: not applicable, because of people: none listed",
			"nist-ai-rmf/GOVERN-6.2": "skipped: outside the profile core",
		}},
		{"gaps", reporttest.Gaps(), map[string]string{
			"hipaa/164.308(b)(1)":     "gap: Scribewell receives PHI (audio-to-transcriber), and its BAA is requested (and 1 more)",
			"nist-ai-rmf/MEASURE-2.4": "skipped: gap, not due yet: it must hold while operating",
			"hipaa/nprm-inventory":    "skipped: gap, the rule is proposed and not in force",
		}},
		{"undeclared", reporttest.Undeclared(), map[string]string{
			"hipaa/164.308(b)(1)": "undeclared: Not declared: vendors[scribewell].baa.status. Whether the agreement is in force. (executed, requested, none)",
		}},
		{"accepted", reporttest.Accepted(), map[string]string{
			"nist-ai-rmf/MEASURE-2.4": "skipped: gap, planned until 2027-01-15 by osei: A second reader starts in December. Instead: double review of each note",
			"hipaa/164.312(a)(2)(iv)": "gap: Backups of OpenChart are not encrypted",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := map[string]string{}
			for _, u := range decode(t, render(t, c.report)).Suites {
				for _, x := range u.Cases {
					id, _, _ := strings.Cut(x.Name, " ")
					if _, asked := c.want[id]; !asked {
						continue
					}
					switch {
					case x.Failure != nil:
						got[id] = x.Failure.Type + ": " + x.Failure.Message
					case x.Skipped != nil:
						got[id] = "skipped: " + x.Skipped.Message
					default:
						got[id] = ""
					}
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("verdicts mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

func TestFailureNamesPlaceAndFix(t *testing.T) {
	failure := decode(t, render(t, reporttest.Accepted())).Suites[0].Cases[1].Failure
	for _, want := range []string{"clients/river bend/readiness.yaml:141:15", "To do: Ask for the BAA", "(privacy officer, days)", "accepted until 2027-01-15 by osei"} {
		if failure == nil || !strings.Contains(failure.Content, want) {
			t.Errorf("the failure doesn't say %q: %+v", want, failure)
		}
	}
}

// TestEachSuiteSpeaksOfItsOwn looks for the rules that may apply in the suite of the checklist that points to them.
func TestEachSuiteSpeaksOfItsOwn(t *testing.T) {
	got := map[string]int{}
	for _, u := range decode(t, render(t, reporttest.Clean())).Suites {
		for _, p := range u.Properties {
			if p.Name == "may_apply" || p.Name == "not_covered" {
				got[u.Name+" "+p.Name]++
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"hipaa@1.0.0 may_apply": 1, "hipaa@1.0.0 not_covered": 1}, got); diff != "" {
		t.Errorf("properties (-want +got)\n%s", diff)
	}
}

// TestNothingIsLost renders a report that doesn't list its requirements' checklist.
func TestNothingIsLost(t *testing.T) {
	r := reporttest.Gaps()
	r.Checklists = nil
	if f := decode(t, render(t, r)); f.Tests != len(r.Requirements) || f.Failures == 0 {
		t.Errorf("%d tests and %d failures of %d requirements", f.Tests, f.Failures, len(r.Requirements))
	}
	r = &assess.Report{Requirements: []assess.Requirement{{Title: "kept", Outcome: assess.Gap}}}
	if f := decode(t, render(t, r)); f.Failures != 1 {
		t.Error("an open requirement without a result doesn't fail")
	}
}

func TestNothingSteers(t *testing.T) {
	wellFormed(t, render(t, reporttest.Hostile()))
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	decode(t, data)
	for l := range strings.SplitSeq(string(data), "\n") {
		if l != source.Printable(l) {
			t.Errorf("%q holds a control character", l)
		}
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Value != source.Printable(a.Value) {
				t.Errorf("the attribute %s holds a control character: %q", a.Name.Local, a.Value)
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
