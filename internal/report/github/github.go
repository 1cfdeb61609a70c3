// Package github writes a report for a GitHub Actions run: workflow commands, which become annotations on the lines of the
// manifest, and a Markdown summary of the job.
// See docs.github.com/actions/reference/workflow-commands-for-github-actions.
package github

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// perKind is how many annotations of one kind GitHub shows of a step.
const perKind = 10

// Limits on texts, in characters. GitHub cuts longer ones without a word.
const (
	maxTitle   = 250
	maxMessage = 3000
)

// kinds are the workflow commands by level, most severe first.
var kinds = []struct {
	level finding.Level
	name  string
}{{finding.Error, "error"}, {finding.Warning, "warning"}, {finding.Note, "notice"}}

// Render writes at most ten annotations of each kind, one per requirement and the most severe first, between lines that
// say what was checked and what was not. What can't fail the run, such as an accepted finding, is a notice.
func Render(w io.Writer, r *assess.Report) error {
	var out bytes.Buffer
	say := func(format string, args ...any) { out.WriteString(plain(fmt.Sprintf(format, args...)) + "\n") }
	say("Checked %s", checked(r))
	for _, l := range r.Checklists {
		say("Checklist %s@%s, sha256 %s", l.ID, l.Version, l.SHA256)
	}
	say("Manifest sha256 %s", r.Manifest.SHA256)
	for _, n := range r.Notices {
		say("Notice: %s", n)
	}
	for _, v := range r.Verdicts {
		say("Gate %s: %s, %s", v.Gate.Title(), strings.ToLower(outline.GateStatus(v).Word), outline.Openings(v))
	}
	say("In all %s", outline.Summary(r.Counts))
	byLevel := map[finding.Level][]annotation{}
	for _, e := range open(r) {
		byLevel[e.level] = append(byLevel[e.level], annotation{e.findings[0].Pos, e.ID + " " + outline.Aim(e.Requirement), message(e)})
	}
	for _, k := range kinds {
		annotate(&out, k.name, byLevel[k.level])
	}
	for _, n := range r.NotAssessed {
		say("Not checked: %s", n)
	}
	say("Please note: %s", r.Disclaimer)
	_, err := w.Write(out.Bytes())
	return err
}

// checked says what was checked, against what, as of when and by what.
func checked(r *assess.Report) string {
	var lists []string
	for _, l := range r.Checklists {
		lists = append(lists, l.ID+" "+l.Version)
	}
	return fmt.Sprintf("%s as of %s against %s, %s, from %s, by %s %s", title(r), r.AsOf, strings.Join(lists, " and "), outline.Asked(r.Profile, r.Gates),
		r.Manifest.Name, r.Tool.Name, r.Tool.Version)
}

func title(r *assess.Report) string {
	if r.Deployment == "" {
		return outline.Named(r.Practice)
	}
	return outline.Named(r.Practice) + ": " + r.Deployment
}

// An entry is an open requirement. Its findings are those that can fail the run or, when none can, all of them.
type entry struct {
	*assess.Requirement
	findings []finding.Finding
	level    finding.Level
}

// open lists the open requirements, the most severe first.
func open(r *assess.Report) []entry {
	var entries []entry
	groups := finding.ByRequirement(finding.All(r))
	for i := range r.Requirements {
		q := &r.Requirements[i]
		all := groups[q]
		if len(all) == 0 {
			continue
		}
		if counting := slices.DeleteFunc(slices.Clone(all), func(f finding.Finding) bool { return !f.Counts() }); len(counting) > 0 {
			all = counting
		}
		entries = append(entries, entry{q, all, all[0].Level()})
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.level, a.level), -cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()))
	})
	return entries
}

// weight puts what can fail the run before what can't.
func weight(e entry) int {
	if e.findings[0].Counts() {
		return 1
	}
	return 0
}

// An annotation is what stands at a line of a file.
type annotation struct {
	pos            source.Pos
	title, message string
}

// annotate writes commands of one kind, and says how many there is no room for.
func annotate(out *bytes.Buffer, kind string, list []annotation) {
	for _, a := range list[:min(len(list), perKind)] {
		fmt.Fprintf(out, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", kind, property(source.Printable(a.pos.File)), a.pos.Line, a.pos.Col,
			property(source.Clip(source.Printable(a.title), maxTitle)), data(source.Clip(a.message, maxMessage)))
	}
	if more := len(list) - perKind; more > 0 {
		fmt.Fprintf(out, "And %s without an annotation, because GitHub shows %d of a kind.\n", outline.Count(more, "more "+kind), perKind)
	}
}

// maxLines is how many findings of a requirement one annotation tells.
const maxLines = 5

// message has a line for each finding, and one for what to do or why it doesn't count.
func message(e entry) string {
	var lines []string
	add := func(s string) {
		if s = source.Printable(s); !slices.Contains(lines, s) {
			lines = append(lines, s)
		}
	}
	for _, f := range e.findings {
		add(f.Message())
	}
	if more := len(lines) - maxLines; more > 0 {
		lines = append(lines[:maxLines], fmt.Sprintf("And %d more.", more))
	}
	if weight(e) > 0 {
		add("To do: " + e.Fix.Do)
	}
	for _, f := range e.findings {
		if aside := f.Aside(); aside != "" {
			add(outline.Upper(aside))
		}
	}
	return strings.Join(lines, "\n")
}

// escapes of a command's data and of its properties, as the runner undoes them (actions/runner, ActionCommand.cs).
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func data(s string) string     { return dataEscapes.Replace(s) }
func property(s string) string { return propertyEscapes.Replace(s) }

// plain is a line that is no command. The runner takes "##[" for one wherever it stands, and "::" at the beginning only,
// where this package has words of its own.
func plain(s string) string {
	return strings.ReplaceAll(source.Printable(s), "##[", "## [")
}
