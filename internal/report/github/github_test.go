package github_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/finding"
	"readiness/internal/report/github"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		for ext, format := range map[string]func(io.Writer, *assess.Report) error{".txt": github.Render, ".md": github.Summary} {
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

// A command is a workflow command as the runner reads it (actions/runner, ActionCommand.cs).
type command struct {
	Name, Data string
	Properties map[string]string
}

// parse reads the commands in a log, with the runner's own rules, and fails on any it should not find.
func parse(t *testing.T, log []byte) []command {
	t.Helper()
	var list []command
	for l := range strings.SplitSeq(string(log), "\n") {
		trimmed := strings.TrimLeft(l, " \t")
		if !strings.HasPrefix(trimmed, "::") {
			if strings.Contains(l, "##[") {
				t.Errorf("the runner takes this line for a command: %q", l)
			}
			continue
		}
		info, data, ok := strings.Cut(trimmed[2:], "::")
		if !ok {
			t.Fatalf("no command: %q", l)
		}
		name, properties, _ := strings.Cut(info, " ")
		c := command{name, unescape(data, "%0D", "\r", "%0A", "\n", "%25", "%"), map[string]string{}}
		for pair := range strings.SplitSeq(properties, ",") {
			key, value, _ := strings.Cut(pair, "=")
			c.Properties[key] = unescape(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
		}
		list = append(list, c)
	}
	return list
}

// unescape replaces one token after the other, as the runner does.
func unescape(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}

func TestCommands(t *testing.T) {
	got := parse(t, render(t, github.Render, reporttest.Gaps()))
	var rows []string
	for _, c := range got {
		rows = append(rows, fmt.Sprintf("%s %s:%s:%s %s", c.Name, c.Properties["file"], c.Properties["line"], c.Properties["col"], c.Properties["title"]))
	}
	want := []string{
		"error clients/river bend/readiness.yaml:141:15 hipaa/164.308(b)(1) Should be: A business associate agreement before any PHI is sent",
		"error clients/river bend/readiness.yaml:141:15 hipaa/164.312(b) Should be: Every call is logged",
		"notice clients/river bend/readiness.yaml:141:15 nist-ai-rmf/MAP-3.5 Should be: A licensed person reviews what reaches a patient",
		"notice clients/river bend/readiness.yaml:141:15 hipaa/nprm-inventory Should be: An inventory of technology",
		"notice clients/river bend/readiness.yaml:141:15 nist-ai-rmf/MEASURE-2.4 Should be: The log is read",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("commands mismatch (-want +got)\n%s", diff)
	}
	wantData := "Scribewell receives PHI (audio-to-transcriber), and its BAA is requested\n" +
		"Not declared: vendors[scribewell].baa.effective_on. Whether the agreement is in force. (executed, requested, none)\n" +
		"To do: Ask for the BAA and send nothing until it is in force."
	if diff := cmp.Diff(wantData, got[0].Data); diff != "" {
		t.Errorf("message mismatch (-want +got)\n%s", diff)
	}
}

func TestAcceptedIsANotice(t *testing.T) {
	for _, c := range parse(t, render(t, github.Render, reporttest.Accepted())) {
		if strings.HasPrefix(c.Properties["title"], "nist-ai-rmf/MEASURE-2.4") && c.Name == "notice" && strings.Contains(c.Data, "until 2027-01-15 by osei") {
			return
		}
	}
	t.Error("the accepted finding is no notice that says who accepted it")
}

// TestEscapesComeBack checks that the runner reads hostile text as it was written, but for what is not printable.
func TestEscapesComeBack(t *testing.T) {
	r := reporttest.Gaps()
	x := &r.Requirements[0].Checks[0].Results[0]
	x.Message, x.Place.Pos.File = "100%25 :, ::error::x\x1b\r\nsecond", "a%3A,b:c.yaml"
	r.Requirements[0].Title = "50%, a:b::c"
	c := parse(t, render(t, github.Render, r))[0]
	if want := "100%25 :, ::error::x�  second"; !strings.HasPrefix(c.Data, want) {
		t.Errorf("the message is %q, want %q first", c.Data, want)
	}
	if c.Properties["file"] != "a%3A,b:c.yaml" || c.Properties["title"] != "hipaa/164.308(b)(1) Should be: 50%, a:b::c" {
		t.Errorf("the properties are %q", c.Properties)
	}
}

// TestPlainLinesAreNoCommands puts commands where the log has plain lines.
func TestPlainLinesAreNoCommands(t *testing.T) {
	r := reporttest.Clean()
	for _, s := range []string{"##[error]x", "::error::x", "\n::error::x", "  ::stop-commands::x"} {
		r.Practice, r.Manifest.Name, r.Disclaimer, r.Checklists[0].ID = s, s, s, s
		r.Notices, r.NotAssessed = append(r.Notices, s), append(r.NotAssessed, s)
		if got := parse(t, render(t, github.Render, r)); len(got) > 0 {
			t.Errorf("with %q a clean run has the commands %+v", s, got)
		}
	}
}

// many is a report with n open requirements of each severity, the least severe first.
func many(n int) *assess.Report {
	r := reporttest.Gaps()
	model := r.Requirements[0]
	r.Requirements = nil
	for _, severity := range []checklist.Severity{"low", "medium", "high", "critical"} {
		for range n {
			q := model
			q.ID, q.Severity = fmt.Sprintf("hipaa/%s-%d", severity, len(r.Requirements)), severity
			r.Requirements = append(r.Requirements, q)
		}
	}
	return r
}

func TestAtMostWhatGitHubShows(t *testing.T) {
	log := render(t, github.Render, many(8))
	count := map[string]int{}
	for _, c := range parse(t, log) {
		count[c.Name]++
		if count["error"] <= 8 && c.Name == "error" && !strings.HasPrefix(c.Properties["title"], "hipaa/critical") {
			t.Errorf("%s comes before something critical", c.Properties["title"])
		}
	}
	if diff := cmp.Diff(map[string]int{"error": 10, "warning": 8, "notice": 8}, count); diff != "" {
		t.Errorf("annotations mismatch (-want +got)\n%s", diff)
	}
	if !bytes.Contains(log, []byte("And 6 more errors without an annotation, because GitHub shows 10 of a kind.")) {
		t.Errorf("the log doesn't say what is left out:\n%s", log)
	}
}

func TestSummaryStaysShort(t *testing.T) {
	r := reporttest.Arbitrary(strings.Repeat("@", 2000), strings.Repeat("|", 2000))
	model := r.Requirements[0]
	for range 500 {
		r.Requirements = append(r.Requirements, model)
		r.NotAssessed = append(r.NotAssessed, r.NotAssessed[0])
		r.Notices = append(r.Notices, r.Notices[0])
		r.First = append(r.First, r.First[0])
	}
	md := render(t, github.Summary, r)
	if len(md) > 1<<20 {
		t.Errorf("the summary has %d bytes, and GitHub takes %d", len(md), 1<<20)
	}
	if !bytes.Contains(md, []byte("more requirements.")) {
		t.Error("the summary doesn't say that rows are left out")
	}
}

func TestSummaryHasEveryOpenRequirement(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		md := string(render(t, github.Summary, s.Report))
		for _, f := range finding.All(s.Report) {
			if id := f.Requirement.ID; !strings.Contains(md, "**"+id+"** ") {
				t.Errorf("%s: the summary doesn't name %s", s.Name, id)
			}
		}
	}
}

func TestNothingSteers(t *testing.T) {
	wellFormed(t, reporttest.Hostile())
}

// bare is what Markdown of the summary may not hold outside code: HTML and links.
var bare = regexp.MustCompile(`(^|[^\\])(\\\\)*[<>\[\]]`)

func wellFormed(t *testing.T, r *assess.Report) {
	t.Helper()
	wellFormedAs(t, render(t, github.Render, r), render(t, github.Summary, r))
}

// wellFormedAs checks the log of a job and its summary.
func wellFormedAs(t *testing.T, log, md []byte) {
	t.Helper()
	for l := range strings.SplitSeq(string(log)+string(md), "\n") {
		if l != source.Printable(l) || !utf8.ValidString(l) {
			t.Errorf("%q holds a control character", l)
		}
	}
	for _, c := range parse(t, log) {
		if c.Name != "error" && c.Name != "warning" && c.Name != "notice" {
			t.Errorf("the log holds the command %q", c.Name)
		}
		if c.Properties["file"] == "" || c.Properties["line"] == "" || c.Data == "" || len(c.Properties) > 5 {
			t.Errorf("the command %+v is not whole", c)
		}
	}
	columns := 0
	for l := range strings.SplitSeq(string(md), "\n") {
		text := strings.TrimPrefix(strings.TrimLeft(l, "# "), "<br>")
		for _, found := range []string{reporttest.Alive(text), bare.FindString(reporttest.WithoutCode(text))} {
			if found != "" {
				t.Errorf("%q is bare in %q", found, l)
			}
		}
		if !strings.HasPrefix(l, "|") {
			columns = 0
			continue
		}
		cells := strings.Count(strings.NewReplacer(`\\`, "", `\|`, "").Replace(l), "|")
		if columns != 0 && cells != columns {
			t.Errorf("this row has %d cells, not %d: %q", cells-1, columns-1, l)
		}
		columns = cells
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range reporttest.HostileTexts() {
		f.Add(s, "plain")
	}
	f.Add("@@a ##1", "\\@b\\\\@c")
	f.Add("GH-12", "x&#8203;y")
	f.Fuzz(func(t *testing.T, a, b string) {
		wellFormed(t, reporttest.Arbitrary(a, b))
	})
}
