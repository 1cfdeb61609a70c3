package github

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"readiness/internal/report/finding"
	"readiness/internal/report/outline"
	"readiness/internal/report/summary"
	"readiness/internal/source"
)

// Many writes a line for each of many manifests, and an annotation at each that is not ready or could not be read: at most
// ten of a kind, in the order of the manifests.
func Many(w io.Writer, s *summary.Summary) error {
	var out bytes.Buffer
	say := func(format string, args ...any) { out.WriteString(plain(fmt.Sprintf(format, args...)) + "\n") }
	say("Checked as of %s against %s, by %s %s. %s", s.AsOf, s.Asked(), s.Tool.Name, s.Tool.Version, s.Totals)
	for _, n := range s.Notices {
		say("Notice: %s", n)
	}
	byLevel := map[finding.Level][]annotation{}
	for i := range s.Rows {
		r := &s.Rows[i]
		say("%s: %s: %s", verdict(r), strings.TrimSpace(practice(r)+" "+r.Manifest), told(r))
		if level, ok := level(r); ok {
			title := verdict(r) + ": " + cmp.Or(practice(r), r.Manifest)
			byLevel[level] = append(byLevel[level], annotation{source.Pos{File: cmp.Or(r.Manifest, "."), Line: 1, Col: 1}, title, source.Printable(told(r))})
		}
	}
	for _, k := range kinds {
		annotate(&out, k.name, byLevel[k.level])
	}
	say("Please note: %s", s.Disclaimer)
	_, err := w.Write(out.Bytes())
	return err
}

// ManySummary writes the summary of a job that checked many manifests, as Summary does of one: a row of a table for each,
// in their order.
func ManySummary(w io.Writer, s *summary.Summary) error {
	p := &page{}
	p.line("# %s\n", outline.Count(s.Totals.Manifests, "manifest"))
	p.line("Checked as of %s against %s, by %s. **%s**\n", md(s.AsOf), md(s.Asked()), md(s.Tool.Name+" "+s.Tool.Version), s.Totals)
	p.bullets("", s.Notices)
	p.head("Practice", "Stage", "Verdict", "Open and due", "Gaps", "Undeclared", "Exit code", "Manifest")
	p.upTo(math.MaxInt, len(s.Rows), "manifest", func(i int) {
		r := &s.Rows[i]
		gaps, undeclared := fmt.Sprint(r.Open.Gap), fmt.Sprint(r.Open.Undeclared)
		if r.Status == summary.NotRead {
			gaps, undeclared = "-", "-"
		}
		p.row(cmp.Or(md(practice(r)), "-"), cmp.Or(md(outline.Words(r.Stage)), "-"), "**"+verdict(r)+"**", md(told(r)), gaps, undeclared, fmt.Sprint(r.Exit), md(r.Manifest))
	})
	p.line("The numbers are the requirements that are due, open, and not accepted by an exception.\n")
	p.line("%s", md(s.Disclaimer))
	_, err := w.Write(p.out.Bytes())
	return err
}

func verdict(r *summary.Row) string { return outline.Upper(outline.Words(string(r.Status))) }

// practice is whose manifest it is, and for what, as title says it of a report.
func practice(r *summary.Row) string {
	switch {
	case r.Status == summary.NotRead:
		return ""
	case r.Deployment == "":
		return outline.Named(r.Practice)
	}
	return outline.Named(r.Practice) + ": " + r.Deployment
}

// told is the first line of what went wrong with a manifest, or how much is open in it.
func told(r *summary.Row) string {
	if len(r.Problems) > 0 {
		line, _, _ := strings.Cut(r.Problems[0], "\n")
		return strings.TrimPrefix(line, "readiness: ")
	}
	if r.Status == summary.NotAssessed {
		return "No requirement applies"
	}
	var parts []string
	for _, o := range []struct {
		n        int
		severity string
	}{{r.Open.Critical, "critical"}, {r.Open.High, "high"}, {r.Open.Medium, "medium"}, {r.Open.Low, "low"}} {
		if o.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", o.n, o.severity))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "Nothing is open")
}

// level is that of the most severe that is open and due in a manifest. What was not checked is an error.
func level(r *summary.Row) (level finding.Level, ok bool) {
	switch {
	case r.Status == summary.NotRead, len(r.Problems) > 0, r.Status == summary.NotReady && r.Open.Critical+r.Open.High > 0:
		return finding.Error, true
	case r.Status == summary.NotAssessed, r.Status == summary.NotJudged, r.Open.Medium > 0:
		return finding.Warning, true
	}
	return finding.Note, r.Status == summary.NotReady
}
