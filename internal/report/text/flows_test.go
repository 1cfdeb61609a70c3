package text_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"readiness/internal/assess"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

func renderFlows(t *testing.T, r *assess.Report, style text.Style) string {
	t.Helper()
	var buf bytes.Buffer
	if err := text.Flows(&buf, r, style); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// TestFlowLines holds that flows fit the terminal, whatever they are called, and that colour adds nothing.
func TestFlowLines(t *testing.T) {
	reports := map[string]*assess.Report{"hostile": reporttest.Hostile()}
	for _, s := range reporttest.Scenarios() {
		reports[s.Name] = s.Report
	}
	for name, r := range reports {
		for _, width := range []int{60, 80, 100} {
			plain := renderFlows(t, r, text.Style{Width: width})
			for n, line := range strings.Split(plain, "\n") {
				if w := ansi.StringWidth(line); w > width || strings.TrimRight(line, " ") != line || source.Printable(line) != line {
					t.Errorf("%s at %d columns: line %d is %d wide: %q", name, width, n+1, w, line)
				}
			}
			if colored := renderFlows(t, r, text.Style{Width: width, Color: true}); ansi.Strip(colored) != plain {
				t.Errorf("%s: colour changes more than colour", name)
			}
		}
	}
}

// flowReport has one flow with a problem that is shown, and one with a problem that is not ruled out.
func flowReport() *assess.Report {
	at := func(line int) source.Pos { return source.Pos{File: "readiness.yaml", Line: line, Col: 5} }
	return &assess.Report{Practice: "Elm Street", Manifest: assess.File{Name: "readiness.yaml"}, Inventory: assess.Inventory{
		Systems:  []assess.System{{ID: "claude", Name: "Claude"}, {ID: "portal", Name: "Portal"}},
		UseCases: []assess.UseCase{{ID: "answers", Name: "Portal answers"}},
		Flows: []assess.Flow{
			{ID: "claude-to-portal", From: "claude", To: "portal", PHI: "identified", Elements: []string{"portal_message"}, Protocol: "https", Encrypted: "false", Authentication: "api_key", Pos: at(200)},
			{ID: "portal-to-patient", From: "portal", To: "patient", ReviewedBy: "none", Encrypted: "undeclared", Pos: at(212)},
		},
		Problems: []assess.Problem{
			{ID: "a", Kind: "excluded", Certain: "undeclared", Subject: "claude-to-portal", Message: "too little is declared to say whether it is left out", Path: []string{"claude-to-portal"}, At: []source.Pos{at(200)}, Missing: []string{"vendors[v].baa"}},
			{ID: "b", Kind: "unreviewed", Certain: "true", Subject: "o", Message: "claude's draft reaches the patient by claude-to-portal, portal-to-patient", Path: []string{"claude-to-portal", "portal-to-patient"}, At: []source.Pos{at(200), at(212)}},
		},
		Outputs: []assess.Output{
			{Model: "claude", UseCase: "answers", To: "patient", Needs: "licensed_clinician", Reviewed: "false", Path: []string{"claude-to-portal", "portal-to-patient"}},
			{Model: "claude", UseCase: "answers", To: "record", Reviewed: "true", Path: []string{"x", "y"}, Cut: []string{"y"}},
			{Model: "claude", To: "workforce", Reviewed: "true", Path: []string{"x"}},
			{Model: "claude", Reviewed: "undeclared"},
			{Model: "claude", UseCase: "answers", To: "payer", Reviewed: "undeclared", Path: []string{"z"}},
		},
	}}
}

// TestFlows holds what a reader is told, in words: who, what, how, what is wrong, and the proof of a review.
func TestFlows(t *testing.T) {
	got := strings.Join(strings.Fields(renderFlows(t, flowReport(), text.Style{Width: 100})), " ")
	for _, want := range []string{
		"1. claude-to-portal, line 200 Claude Portal PHI, portal message undeclared https, NOT identified ENCRYPTED, sign-in api key PROBLEM",
		"PROBLEM 1 (unreviewed)", "CAN'T TELL 2 (excluded)", "Patient PHI none means",
		"Problems (1) 1. Claude's draft reaches the patient by claude-to-portal, portal-to-patient (readiness.yaml:200, 212)",
		"Not declared well enough to rule out (1) 2. Too little is declared to say whether it is left out (readiness.yaml:200) Declare vendors[v].baa",
		"NOT REVIEWED Claude for Portal answers, to patient by claude-to-portal, portal-to-patient. It needs the review of a licensed clinician.",
		"reviewed Claude for Portal answers, to record by x, y. Every way there takes a review: y.",
		"Claude for a use that no flow names, to workforce by x. No review is needed: it ends with the workforce, who read it.",
		"undeclared Claude for a use that no flow names, to a place nobody names: where it goes is not declared.",
		"to payer by z. Who reviews it is not declared.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the text doesn't say %q:\n%s", want, got)
		}
	}
	harmless := flowReport()
	harmless.Inventory.Outputs = nil
	if got := strings.Join(strings.Fields(renderFlows(t, harmless, text.Style{Width: 100})), " "); !strings.Contains(got, "portal message - https") {
		t.Errorf("a flow that needs no review has no dash:\n%s", got)
	}
	empty := renderFlows(t, &assess.Report{}, text.Style{})
	if !strings.Contains(empty, "No data flow is declared") {
		t.Errorf("nothing declared is not said:\n%s", empty)
	}
}

// TestShownByFlows holds that a report for the terminal tells of every problem that the flows show, though no requirement
// asks about it, and counts the others.
func TestShownByFlows(t *testing.T) {
	r := flowReport()
	got := strings.Join(strings.Fields(render(t, r, text.Style{Width: 100})), " ")
	for _, want := range []string{"What the data flows show (1) - Claude's draft reaches the patient by claude-to-portal, portal-to-patient (readiness.yaml:200, 212)",
		"- 1 problem of the data flows that too little is declared to rule out"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report doesn't say %q:\n%s", want, got)
		}
	}
	for range 19 {
		r.Inventory.Problems = append(r.Inventory.Problems, r.Inventory.Problems[1])
	}
	if got := render(t, r, text.Style{Width: 100}); strings.Count(got, "- Claude's draft") != 12 || !strings.Contains(got, "(20)") || !strings.Contains(got, "and 8 more") {
		t.Errorf("20 problems are not listed or counted:\n%s", got)
	}
}
