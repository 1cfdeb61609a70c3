// Package finding lists what is open in a report, one entry per result, for the formats that machines read. It settles
// once how much a finding weighs and how it is worded; each format maps that onto its own schema.
package finding

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// Finding is an open result with what it belongs to.
type Finding struct {
	Requirement *assess.Requirement
	Check       *assess.Check
	Result      *assess.Result
	Exception   *assess.Exception // the one in force that covers it; nil when there is none
	Pos         source.Pos        // where to look first, as Place gives it
	Due         bool              // whether its gate is due
	Judged      bool              // whether it is, and --gate didn't leave it out
	Fingerprint string            // the result's, and unique in the report
}

// Line is text of one line. In what is written of it nothing steers a terminal.
type Line string

// MarshalText is the line as it is written.
func (l Line) MarshalText() ([]byte, error) { return []byte(source.Printable(string(l))), nil }

// Level is how much a finding asks of whoever reads the output of a machine.
type Level int

// The levels.
const (
	Note    Level = iota // it can't fail a run now, or it is of low severity
	Warning              // of medium severity
	Error                // of high or critical severity
)

// All lists the open results of a report, in its order.
func All(r *assess.Report) []Finding {
	var all []Finding
	used := map[string]bool{}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		due, judged := r.Due(q.Gate), r.Judged(q.Gate)
		for n := range q.Checks {
			c := &q.Checks[n]
			for k := range c.Results {
				if x := &c.Results[k]; x.Outcome.Open() {
					all = append(all, Finding{q, c, x, covering(r, q, x), Place(r, x.Place.Pos), due, judged, unique(used, x.Fingerprint)})
				}
			}
		}
	}
	return all
}

// ByRequirement groups findings, which keep their order.
func ByRequirement(all []Finding) map[*assess.Requirement][]Finding {
	groups := map[*assess.Requirement][]Finding{}
	for _, f := range all {
		groups[f.Requirement] = append(groups[f.Requirement], f)
	}
	return groups
}

// covering is the exception in force that accepts a result.
func covering(r *assess.Report, q *assess.Requirement, x *assess.Result) *assess.Exception {
	if !x.Accepted {
		return nil
	}
	for i := range r.Exceptions {
		e := &r.Exceptions[i]
		if e.InForce && e.Requirement == q.ID && (e.Subject == "" || e.Subject == x.Subject) {
			return e
		}
	}
	return nil
}

// unique is id as it may be written, with a number behind it when it is used already.
func unique(used map[string]bool, id string) string {
	id = source.Printable(cmp.Or(id, "finding"))
	name := id
	for n := 2; used[name]; n++ {
		name = fmt.Sprintf("%s-%d", id, n)
	}
	used[name] = true
	return name
}

// Place is pos as every consumer takes it: with a file, slashes in its name, and a line and a column from 1. What has
// no place of its own stands at the top of the manifest.
func Place(r *assess.Report, pos source.Pos) source.Pos {
	name := filepath.ToSlash(cmp.Or(pos.File, r.Manifest.Name, "readiness.yaml"))
	return source.Pos{File: path.Clean(name), Line: max(pos.Line, 1), Col: max(pos.Col, 1)}
}

// Counts reports whether the finding can fail a run: it isn't accepted, its gate is due and judged, and its rule isn't proposed.
func (f Finding) Counts() bool {
	return !f.Result.Accepted && f.Judged && f.Requirement.Designation != "proposed"
}

// Level weighs the finding. What is undeclared weighs as much as a gap, so that silence never passes where a consumer
// looks at levels only.
func (f Finding) Level() Level {
	if !f.Counts() {
		return Note
	}
	switch f.Requirement.Severity {
	case "critical", "high":
		return Error
	case "medium":
		return Warning
	}
	return Note
}

// Message says what is wrong, beginning with the first missing path when it is that something isn't declared. It is
// never empty. What the source leaves open, and common practice decides, is marked so.
func (f Finding) Message() string {
	words := f.Result.Message
	if f.Result.Outcome == assess.Undeclared && len(f.Result.Missing) > 0 {
		words = missing(f.Result)
	}
	if strings.TrimSpace(words) == "" {
		words = cmp.Or(f.Requirement.Title, f.Requirement.ID, "a requirement") + ": " + string(f.Result.Outcome)
	}
	if f.Check.Practice {
		words += " (common practice)"
	}
	return outline.Upper(words)
}

func missing(r *assess.Result) string {
	sentences := make([]string, len(r.Missing))
	for i, m := range r.Missing {
		sentences[i] = outline.Upper(outline.Missing(m))
	}
	if r.MoreMissing > 0 {
		sentences = append(sentences, outline.MoreMissing(r.MoreMissing))
	}
	return strings.Join(sentences, " ")
}

// Aside says why the finding can't fail a run: who accepted it, until when and why, that it isn't due yet, that
// it wasn't judged, or that its rule is proposed. It is empty when the finding counts.
func (f Finding) Aside() string {
	switch {
	case f.Result.Accepted && f.Exception == nil:
		return "accepted by an exception"
	case f.Result.Accepted:
		return Acceptance(f.Exception)
	case f.Requirement.Designation == "proposed":
		return "the rule is proposed and not in force"
	case !f.Due:
		return "not due yet: it must hold " + f.Requirement.Gate.When()
	case !f.Judged:
		return "due, and not judged: --gate left out what must hold " + f.Requirement.Gate.When()
	}
	return ""
}

// Acceptance tells what an exception says.
func Acceptance(e *assess.Exception) string {
	words := fmt.Sprintf("%s until %s by %s: %s", cmp.Or(e.Kind, "accepted"), e.ExpiresOn, e.ApprovedBy, e.Reason)
	if e.Compensating != "" {
		words += ". Instead: " + e.Compensating
	}
	return words
}
