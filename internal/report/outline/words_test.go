package outline

import (
	"testing"

	"readiness/internal/assess"
	"readiness/internal/checklist"
)

func TestVerdict(t *testing.T) {
	gate := func(g checklist.Gate, due bool, total, accepted int, open ...assess.Open) assess.Verdict {
		return assess.Verdict{Gate: g, Due: due, Ready: len(open) == 0, Open: open, Accepted: accepted, Total: total}
	}
	for _, c := range []struct {
		name               string
		verdicts           []assess.Verdict
		mark               Mark
		headline, sentence string
	}{
		{"all closed", []assess.Verdict{gate("before_phi", true, 5, 0), gate("operating", true, 1, 0)}, Good, "Ready for what is due now",
			"None of the 6 requirements due now is open. This shows what the practice declares, not that it is true."},
		{"one accepted", []assess.Verdict{gate("before_phi", true, 1, 1)}, Good, "Ready for what is due now",
			"None of the 1 requirement due now is open, except for 1 that an exception accepts. This shows what the practice declares, not that it is true."},
		{"open before PHI", []assess.Verdict{gate("before_phi", true, 5, 0, assess.Open{Severity: "critical", Gap: 1}, assess.Open{Severity: "low", Undeclared: 2})},
			Bad, "Not ready", "3 of the 5 requirements due now are open: 1 critical, 2 low. Send nothing that identifies a patient until those due before any PHI are settled."},
		{"open later", []assess.Verdict{gate("before_phi", true, 5, 0), gate("operating", true, 2, 0, assess.Open{Severity: "medium", Gap: 1})},
			Bad, "Not ready", "1 of the 7 requirements due now is open: 1 medium."},
		{"open and not due", []assess.Verdict{gate("before_phi", true, 5, 0), gate("operating", false, 2, 0, assess.Open{Severity: "medium", Gap: 1})},
			Good, "Ready for what is due now", "None of the 5 requirements due now is open. This shows what the practice declares, not that it is true."},
		{"open, and one accepted", []assess.Verdict{gate("before_launch", true, 5, 1, assess.Open{Severity: "high", Undeclared: 2})}, Bad, "Not ready",
			"2 of the 5 requirements due now are open: 2 high. 1 more is open and accepted by an exception."},
		{"nothing applies", []assess.Verdict{gate("before_phi", true, 0, 0)}, Open, "Nothing was assessed", "No requirement due now applies to what is declared."},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &builder{r: &assess.Report{Verdicts: c.verdicts}}
			got := b.verdict()
			if got.Mark != c.mark || got.Headline != c.headline || got.Sentence != c.sentence {
				t.Errorf("verdict() = %q, %q, %q\nwant %q, %q, %q", got.Mark, got.Headline, got.Sentence, c.mark, c.headline, c.sentence)
			}
		})
	}
}

// TestVerdictOfSomeGates holds a report that was asked for some gates only to saying so: what is due and was left out
// makes no headline say ready while some of it is open.
func TestVerdictOfSomeGates(t *testing.T) {
	left := func(g checklist.Gate, total int, open ...assess.Open) assess.Verdict {
		return assess.Verdict{Gate: g, Due: true, Unjudged: true, Ready: len(open) == 0, Open: open, Total: total}
	}
	asked := assess.Verdict{Gate: "operating", Due: true, Ready: true, Total: 6}
	gap := assess.Open{Severity: "critical", Gap: 3}
	for _, c := range []struct {
		name               string
		verdicts           []assess.Verdict
		mark               Mark
		headline, sentence string
	}{
		{"open before PHI", []assess.Verdict{left("before_phi", 53, gap), asked}, Open, "Not judged in full",
			"None of the 6 requirements asked for is open. Due too, and not judged: before any PHI (3 of 53 open). Send nothing that identifies a patient until those due before any PHI are settled."},
		{"open before launch", []assess.Verdict{left("before_phi", 53), left("before_launch", 20, gap), asked}, Open, "Not judged in full",
			"None of the 6 requirements asked for is open. Due too, and not judged: before any PHI (0 of 53 open), before launch (3 of 20 open)."},
		{"nothing open", []assess.Verdict{left("before_phi", 53), asked}, Good, "Ready for what was asked for",
			"None of the 6 requirements asked for is open. This shows what the practice declares, not that it is true. Due too, and not judged: before any PHI (0 of 53 open)."},
		{"nothing left out", []assess.Verdict{asked}, Good, "Ready for what was asked for",
			"None of the 6 requirements asked for is open. This shows what the practice declares, not that it is true."},
		{"open in both", []assess.Verdict{left("before_phi", 53, gap), {Gate: "operating", Due: true, Open: []assess.Open{gap}, Total: 6}}, Bad, "Not ready",
			"3 of the 6 requirements asked for are open: 3 critical. Due too, and not judged: before any PHI (3 of 53 open). Send nothing that identifies a patient until those due before any PHI are settled."},
		{"nothing applies", []assess.Verdict{left("before_phi", 53, gap), {Gate: "operating", Due: true, Ready: true}}, Open, "Nothing was assessed",
			"No requirement asked for applies to what is declared. Due too, and not judged: before any PHI (3 of 53 open). Send nothing that identifies a patient until those due before any PHI are settled."},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &builder{r: &assess.Report{Gates: []checklist.Gate{"operating"}, Verdicts: c.verdicts}}
			got := b.verdict()
			if got.Mark != c.mark || got.Headline != c.headline || got.Sentence != c.sentence {
				t.Errorf("verdict() = %q, %q, %q\nwant %q, %q, %q", got.Mark, got.Headline, got.Sentence, c.mark, c.headline, c.sentence)
			}
		})
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Count(1, "gap"), "1 gap"}, {Count(0, "gap"), "0 gaps"},
		{DueIn(-1), "1 day ago"}, {DueIn(-2), "2 days ago"}, {DueIn(0), "today"}, {DueIn(13), "in 13 days"},
		{Day("2026-11-22"), "November 22, 2026"}, {Day("soon"), "soon"},
		{Upper("who checks"), "Who checks"}, {Upper("Élan"), "Élan"}, {Upper(""), ""}, {Upper("é"), "é"},
		{Waiting([]string{"a", "b"}), "a, b"}, {Waiting([]string{"a", "b", "c"}), "3 requirements wait for it"},
		{yesNo("true"), "yes"}, {yesNo("false"), "no"}, {yesNo("undeclared"), "not declared"},
		{phiWords(""), "PHI not declared"}, {phiWords("identified"), "identified PHI"},
		{webLink("https://www.ecfr.gov/x"), "https://www.ecfr.gov/x"}, {webLink("javascript:alert(1)"), ""}, {webLink("//example.org"), ""},
		{webLink("data:text/html,x"), ""}, {webLink("\x00https://x"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestMissing(t *testing.T) {
	m := assess.Missing{Path: "vendors[acme].baa.status", Means: "Where it stands.", Allowed: []string{"executed", "none"}}
	if got, want := Missing(m), "not declared: vendors[acme].baa.status. Where it stands. (executed, none)"; got != want {
		t.Errorf("Missing() = %q, want %q", got, want)
	}
	m.Written = true
	if got, want := Missing(m), "an entry is missing in vendors[acme].baa.status. Where it stands. (executed, none)"; got != want {
		t.Errorf("Missing() = %q, want %q", got, want)
	}
}

func TestInside(t *testing.T) {
	for path, want := range map[string]bool{"vendors[a]": true, "vendors[a].baa": true, "vendors[ab].baa": false, "vendors[a][0]": true, "vendors": false, "vendors[a]x": false} {
		if got := inside(path, "vendors[a]"); got != want {
			t.Errorf("inside(%q) = %v", path, got)
		}
	}
}

// TestCover tells what the agreement says of what is in use, from the facts alone.
func TestCover(t *testing.T) {
	facts := func(paths ...string) *assess.Vendor {
		v := &assess.Vendor{ID: "acme"}
		for _, p := range paths {
			v.Facts = append(v.Facts, assess.Fact{Path: "vendors[acme].baa." + p, Value: "batch"})
		}
		return v
	}
	other := facts("covers.features[0]")
	other.Facts[0].Value = "messages"
	for _, c := range []struct {
		v    *assess.Vendor
		want string
	}{
		{facts("covers.features[0]"), "Names it as covered"}, {facts("excludes.features[0]"), "Leaves it out"},
		{facts("covers.features[0]", "excludes.features[0]"), "Leaves it out"}, {facts(), "Names no features"}, {other, "Doesn't name it"},
	} {
		if got := coverOf(c.v, "features", "batch").Word; got != c.want {
			t.Errorf("coverOf() = %q, want %q", got, c.want)
		}
	}
}

func TestFactLabel(t *testing.T) {
	for path, want := range map[string]string{
		"vendors[acme].baa.covers.features[12]":   "BAA | covers: features",
		"vendors[acme].retention[safety_flagged]": "Retention | safety flagged",
		"vendors[acme].training_use":              "Training use | ",
	} {
		if topic, label := factLabel(path, "acme"); topic+" | "+label != want {
			t.Errorf("factLabel(%q) = %q, %q, want %q", path, topic, label, want)
		}
	}
}

func TestDeclare(t *testing.T) {
	for _, test := range []struct{ what, want string }{
		{"What kind of patient data it carries.", "Say what kind of patient data it carries: data_flows[a].phi"},
		{"Whether it is on.", "Say whether it is on: data_flows[a].phi"},
		{"The day it was signed. May be absent for by_terms.", "Write down the day it was signed: data_flows[a].phi. May be absent for by_terms."},
		{"Regions in which data is stored.", "Fill in regions in which data is stored: data_flows[a].phi"},
		{"PHI it keeps.", "Fill in PHI it keeps: data_flows[a].phi"},
		{"", "Write down data_flows[a].phi"},
	} {
		if got := Declare(assess.Step{Kind: "declare", What: test.what, Path: "data_flows[a].phi"}); got != test.want {
			t.Errorf("Declare(%q) = %q, want %q", test.what, got, test.want)
		}
	}
}

func TestRole(t *testing.T) {
	for who, want := range map[string]string{"it": "IT", "privacy_officer": "privacy officer", "": ""} {
		if got := Role(who); got != want {
			t.Errorf("Role(%q) = %q, want %q", who, got, want)
		}
	}
}
