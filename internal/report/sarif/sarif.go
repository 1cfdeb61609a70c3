// Package sarif writes a report as SARIF 2.1.0 (OASIS standard, 27 March 2020), for GitHub code scanning and editors.
//
// Each open result of the report is one SARIF result, and each requirement is one rule. A gap and an undeclared fact are
// both of kind "fail": section 3.27.9 would let an undeclared one be "open", but section 3.27.10 then demands the level
// "none", which consumers hide, and silence must never look like a pass. The property "outcome" tells them apart.
package sarif

import (
	"io"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/jsonfile"
	"readiness/internal/source"
)

// Render writes the report.
func Render(w io.Writer, r *assess.Report) error {
	return jsonfile.Write(w, log{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []run{newRun(r)},
	})
}

func newRun(r *assess.Report) run {
	manifest := artifact{Location: locate(r, source.Pos{}).Artifact, Roles: []string{"analysisTarget"}}
	if r.Manifest.SHA256 != "" {
		manifest.Hashes = &hashes{line(r.Manifest.SHA256)}
	}
	return run{
		Tool:        tool{driver{line(r.Tool.Name), line(r.Tool.Version), rules(r), driverProperties{line(r.Tool.Commit)}}},
		Invocations: []invocation{{Successful: true, Notifications: notifications(r)}},
		// The part before the last slash is the category by which GitHub tells several manifests of a repository apart.
		Automation: automation{"readiness/" + manifest.Location.URI + "/" + source.Printable(r.AsOf)},
		Artifacts:  []artifact{manifest},
		Results:    results(r),
		ColumnKind: "unicodeCodePoints",
		Properties: properties(r),
	}
}

// notifications tell what a reader should know of the run, and what it leaves open.
func notifications(r *assess.Report) []notification {
	list := []notification{}
	add := func(level, words string) { list = append(list, notification{level, text{message(words)}}) }
	for _, n := range r.Notices {
		add("warning", n)
	}
	for _, p := range r.LookInto {
		add("note", "May apply: "+p.Title+". "+p.Why)
	}
	for _, n := range r.NotAssessed {
		add("note", "Not checked: "+n)
	}
	return list
}

func properties(r *assess.Report) runProperties {
	p := runProperties{
		AsOf: line(r.AsOf), Practice: line(r.Practice), Deployment: line(r.Deployment), Stage: line(r.Stage), Profile: line(r.Profile), Gates: []line{},
		Checklists: []checklist{}, Verdicts: []verdict{}, Counts: r.Counts, NotCovered: []line{}, Disclaimer: line(r.Disclaimer),
	}
	for _, l := range r.Checklists {
		p.Checklists = append(p.Checklists, checklist{line(l.ID), line(l.Version), line(l.Title), line(l.SHA256), line(l.Source), line(l.Edition),
			line(l.URL), line(l.Retrieved), line(l.Status), line(l.ReviewedOn), line(l.ReviewBy)})
	}
	for _, g := range r.Gates {
		p.Gates = append(p.Gates, line(g))
	}
	for _, v := range r.Verdicts {
		p.Verdicts = append(p.Verdicts, verdict{line(v.Gate), v.Due, v.Judged(), v.Ready})
	}
	for _, o := range r.NotCovered {
		p.NotCovered = append(p.NotCovered, line(o.Checklist+"/"+o.Cite+" "+o.Title+": "+o.Reason))
	}
	return p
}

func results(r *assess.Report) []result {
	index := map[*assess.Requirement]int{}
	for i := range r.Requirements {
		index[&r.Requirements[i]] = i
	}
	list := []result{}
	for _, f := range finding.All(r) {
		list = append(list, newResult(r, f, index[f.Requirement]))
	}
	return list
}

func newResult(r *assess.Report, f finding.Finding, index int) result {
	return result{
		RuleID: line(f.Requirement.ID), RuleIndex: index, Kind: "fail", Level: level(f.Level()), Message: text{message(f.Message())},
		Locations: []location{{Physical: locatePlace(r, f.Result.Place)}}, Related: related(r, f.Result.Facts), CodeFlows: codeFlows(r, f.Result.Path),
		Fingerprints: fingerprints{line(f.Fingerprint)}, Suppressions: suppressions(f),
		Properties: resultProperties{string(f.Result.Outcome), line(f.Check.ID), line(f.Result.Subject), line(f.Result.Name), f.Due, f.Check.Practice, missing(f.Result.Missing)},
	}
}

func level(l finding.Level) string {
	switch l {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "note"
}

// maxRelated is how many locations of one result GitHub shows.
const maxRelated = 100

// related are the places of the facts that a result rests on.
func related(r *assess.Report, facts []assess.Fact) []location {
	list := []location{}
	for i, fact := range facts[:min(len(facts), maxRelated)] {
		list = append(list, location{ID: i + 1, Physical: locate(r, fact.Pos), Message: &text{message(fact.Path + ": " + fact.Value)}})
	}
	return list
}

// codeFlows is the way that data takes, one location per flow.
func codeFlows(r *assess.Report, path []assess.Place) []codeFlow {
	if len(path) == 0 {
		return nil
	}
	var steps []threadFlowLocation
	for _, p := range path {
		steps = append(steps, threadFlowLocation{location{Physical: locatePlace(r, p), Message: &text{message(p.Excerpt)}}})
	}
	return []codeFlow{{[]threadFlow{{steps}}}}
}

// suppressions is the exception that accepts a finding. An empty list says that there is none (section 3.27.23).
func suppressions(f finding.Finding) []suppression {
	if !f.Result.Accepted {
		return []suppression{}
	}
	return []suppression{{Kind: "external", Status: "accepted", Justification: line(f.Aside())}}
}

func missing(list []assess.Missing) []missingPath {
	out := []missingPath{}
	for _, m := range list {
		p := missingPath{line(m.Path), line(m.Means), []line{}}
		for _, word := range m.Allowed {
			p.Allowed = append(p.Allowed, line(word))
		}
		out = append(out, p)
	}
	return out
}

func locate(r *assess.Report, pos source.Pos) physicalLocation {
	pos = finding.Place(r, pos)
	return physicalLocation{artifactLocation{finding.URI(pos.File)}, region{StartLine: pos.Line, StartColumn: pos.Col}}
}

// locatePlace adds what stands from the place to the end of its line.
func locatePlace(r *assess.Report, p assess.Place) physicalLocation {
	at := locate(r, p.Pos)
	excerpt := []rune(strings.TrimRight(p.Excerpt, " \t\r\n"))
	if at.Region.StartColumn <= len(excerpt) {
		at.Region.EndLine, at.Region.EndColumn = at.Region.StartLine, len(excerpt)+1
		at.Region.Snippet = &snippet{line(string(excerpt[at.Region.StartColumn-1:]))}
	}
	return at
}
