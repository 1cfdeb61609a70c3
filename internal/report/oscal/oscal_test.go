package oscal_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"regexp"
	"strings"
	"testing"

	types "github.com/defenseunicorns/go-oscal/src/types/oscal-1-2-2"
	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/oscal"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		for ext, format := range map[string]func(io.Writer, *assess.Report) error{".oscal.json": oscal.Render, ".poam.json": oscal.Poam} {
			t.Run(s.Name+ext, func(t *testing.T) {
				got := render(t, format, s.Report)
				reporttest.Golden(t, s.Name+ext, got, *update)
				if again := render(t, format, s.Report); !bytes.Equal(got, again) {
					t.Error("other bytes the second time")
				}
			})
		}
	}
}

func render(t *testing.T, format func(io.Writer, *assess.Report) error, r *assess.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func results(t *testing.T, r *assess.Report) *types.AssessmentResults {
	t.Helper()
	var m types.OscalModels
	if err := json.Unmarshal(render(t, oscal.Render, r), &m); err != nil || m.AssessmentResults == nil {
		t.Fatalf("no assessment results: %v", err)
	}
	return m.AssessmentResults
}

func plan(t *testing.T, r *assess.Report) *types.PlanOfActionAndMilestones {
	t.Helper()
	var m types.OscalModels
	if err := json.Unmarshal(render(t, oscal.Poam, r), &m); err != nil || m.PlanOfActionAndMilestones == nil {
		t.Fatalf("no plan of action: %v", err)
	}
	return m.PlanOfActionAndMilestones
}

// list is an optional list of the schema.
func list[T any](p *[]T) []T {
	if p == nil {
		return nil
	}
	return *p
}

func prop(props *[]types.Property, name string) string {
	for _, p := range list(props) {
		if p.Name == name && p.Ns == "urn:readiness:oscal" {
			return p.Value
		}
	}
	return ""
}

func TestFindings(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		if s.Name == "hostile" {
			continue // its ids are as they are, but its texts are not
		}
		want, got := map[string]string{}, map[string]string{}
		for _, q := range s.Report.Requirements {
			switch q.Outcome {
			case assess.Met:
				want[q.ID] = "satisfied pass met"
			case assess.Attested:
				want[q.ID] = "satisfied other attested"
			case assess.Gap:
				want[q.ID] = "not-satisfied fail gap"
			case assess.Undeclared:
				want[q.ID] = "not-satisfied other undeclared"
			}
		}
		for _, f := range list(results(t, s.Report).Results[0].Findings) {
			got[prop(f.Props, "requirement")] = strings.Join([]string{f.Target.Status.State, f.Target.Status.Reason, prop(f.Props, "outcome")}, " ")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: findings mismatch (-want +got)\n%s", s.Name, diff)
		}
	}
}

func TestOneObservationPerResult(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		want := 0
		for _, q := range s.Report.Requirements {
			for _, c := range q.Checks {
				want += len(c.Results)
			}
		}
		observations := list(results(t, s.Report).Results[0].Observations)
		if len(observations) != want {
			t.Errorf("%s: %d observations, want %d", s.Name, len(observations), want)
		}
		for _, o := range observations {
			method := "EXAMINE"
			if prop(o.Props, "check") == "attestation" {
				method = "INTERVIEW"
			}
			if diff := cmp.Diff([]string{method}, o.Methods); diff != "" {
				t.Errorf("%s: %s has other methods (-want +got)\n%s", s.Name, o.Title, diff)
			}
		}
	}
}

func TestRisks(t *testing.T) {
	for _, c := range []struct {
		name   string
		report *assess.Report
		want   []string
	}{
		{"clean", reporttest.Clean(), nil},
		{"gaps", reporttest.Gaps(), []string{ // the proposed rule makes none
			"open hipaa/164.308(b)(1)", "open hipaa/164.312(b)", "open nist-ai-rmf/MAP-3.5", "open nist-ai-rmf/MEASURE-2.4"}},
		{"accepted", reporttest.Accepted(), []string{
			"open hipaa/164.312(a)(2)(iv)", "deviation-approved hipaa/164.312(a)(2)(iv) 2027-01-15T23:59:59Z",
			"deviation-approved nist-ai-rmf/MEASURE-2.4 2027-01-15T23:59:59Z"}},
	} {
		var got []string
		for _, k := range list(results(t, c.report).Results[0].Risks) {
			words := k.Status + " " + prop(k.Props, "requirement")
			if k.Deadline != nil {
				words += k.Deadline.Format(" 2006-01-02T15:04:05Z07:00")
			}
			got = append(got, words)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: risks mismatch (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestReviewedControlsAddUp(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		in, out := 0, 0
		for _, l := range results(t, s.Report).Results[0].ReviewedControls.ControlSelections {
			in, out = in+len(list(l.IncludeControls)), out+len(list(l.ExcludeControls))
		}
		if in+out != len(s.Report.Requirements) || out != 2 {
			t.Errorf("%s: %d included and %d excluded of %d", s.Name, in, out, len(s.Report.Requirements))
		}
	}
}

func TestPoamItems(t *testing.T) {
	for _, c := range []struct {
		name   string
		report *assess.Report
		want   []string
	}{
		{"clean", reporttest.Clean(), []string{"Nothing is open   "}},
		{"gaps", reporttest.Gaps(), []string{
			"hipaa/164.308(b)(1) Should be: A business associate agreement before any PHI is sent privacy officer true false",
			"hipaa/164.312(b) Should be: Every call is logged privacy officer true false",
			"nist-ai-rmf/MAP-3.5 Should be: A licensed person reviews what reaches a patient privacy officer true false",
			"nist-ai-rmf/MEASURE-2.4 Should be: The log is read privacy officer false false"}},
		{"accepted", reporttest.Accepted(), []string{
			"hipaa/164.312(a)(2)(iv) Should be: Encryption at rest privacy officer true false", "nist-ai-rmf/MEASURE-2.4 Should be: The log is read privacy officer true true"}},
	} {
		var got []string
		for _, i := range plan(t, c.report).PoamItems {
			got = append(got, strings.Join([]string{i.Title, prop(i.Props, "owner-role"), prop(i.Props, "due"), prop(i.Props, "accepted")}, " "))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: items mismatch (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestPlannedExceptionIsAMilestone(t *testing.T) {
	for _, k := range list(plan(t, reporttest.Accepted()).Risks) {
		if prop(k.Props, "kind") != "planned" {
			continue
		}
		task := list(list(k.Remediations)[0].Tasks)[0]
		if task.Type != "milestone" || task.Timing.OnDate.Date.Format("2006-01-02") != "2027-01-15" {
			t.Errorf("the planned exception has the task %+v", task)
		}
		return
	}
	t.Error("no risk is planned")
}

// TestIDsAreStable checks that the next report on the same deployment speaks of the same findings, and another's doesn't.
func TestIDsAreStable(t *testing.T) {
	first, next, other := reporttest.Gaps(), reporttest.Gaps(), reporttest.Gaps()
	next.AsOf, other.Practice = "2027-02-22", "Another practice"
	a, b, c := results(t, first), results(t, next), results(t, other)
	if a.UUID == b.UUID || a.Results[0].UUID == b.Results[0].UUID {
		t.Error("two reports have the same identifier")
	}
	for i, f := range list(a.Results[0].Findings) {
		if f.UUID != list(b.Results[0].Findings)[i].UUID || f.UUID == list(c.Results[0].Findings)[i].UUID {
			t.Errorf("the identifier of %s is not that of the finding", f.Title)
		}
	}
}

func TestNoDayIsAnError(t *testing.T) {
	for _, day := range []string{"", "yesterday", "0001-01-01", "2026-02-30"} {
		r := reporttest.Clean()
		r.AsOf = day
		if err := oscal.Render(io.Discard, r); err == nil {
			t.Errorf("as_of %q gives no error", day)
		}
	}
}

func TestNothingSteers(t *testing.T) {
	wellFormed(t, render(t, oscal.Render, reporttest.Hostile()))
	wellFormed(t, render(t, oscal.Poam, reporttest.Hostile()))
}

var (
	isUUID  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	isToken = regexp.MustCompile(`^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$`)
)

// wellFormed checks what the schema says of texts, that identifiers are unique and that what refers to one finds it.
func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("the output is no JSON: %v", err)
	}
	defined, used := map[string]int{}, map[string]bool{}
	walk(v, func(key string, value any) {
		s, isText := value.(string)
		if items, ok := value.([]any); ok && len(items) == 0 || value == nil || isText && s == "" {
			t.Errorf("%s is empty", key)
		}
		for l := range strings.SplitSeq(s, "\n") {
			if l != source.Printable(l) {
				t.Errorf("%s holds a control character: %q", key, s)
			}
		}
		switch {
		case key == "uuid":
			defined[s]++
		case strings.HasSuffix(key, "-uuid"):
			used[s] = true
		case key == "href" && strings.HasPrefix(s, "#"):
			used[s[1:]] = true
		case key == "value" && (strings.TrimSpace(s) != s || strings.Contains(s, "\n")):
			t.Errorf("the value %q is no string of OSCAL", s)
		case (key == "control-id" || key == "target-id" || key == "id" && s != "") && !isToken.MatchString(s) && !isUUID.MatchString(s):
			t.Errorf("%s is no token: %q", key, s)
		}
	})
	for id, n := range defined {
		if n > 1 || !isUUID.MatchString(id) {
			t.Errorf("the identifier %q is defined %d times", id, n)
		}
	}
	for id := range used {
		if defined[id] == 0 {
			t.Errorf("nothing has the identifier %q that is referred to", id)
		}
	}
}

// walk sees every value of an object with its key.
func walk(v any, see func(key string, value any)) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walk(x, see)
		}
	case map[string]any:
		for k, x := range v {
			see(k, x)
			walk(x, see)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Add("(", "((")
	f.Fuzz(func(t *testing.T, a, b string) {
		r := reporttest.Arbitrary(a, b)
		wellFormed(t, render(t, oscal.Render, r))
		wellFormed(t, render(t, oscal.Poam, r))
	})
}
