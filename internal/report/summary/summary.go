// Package summary is what many manifests come to: one row each, in place of a report each.
package summary

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/outline"
)

// Schema names the version of the summary's format.
const Schema = "urn:readiness:summary:1"

// A Summary is the result of one run over several manifests. It holds no more of a report than its row, so that it
// stays small however many there are.
type Summary struct {
	Schema     string           `json:"schema" doc:"urn:readiness:summary:1"`
	Tool       assess.Tool      `json:"tool" doc:"the program that made the summary"`
	AsOf       string           `json:"as_of" doc:"the day the practices were checked as of"`
	Gates      []checklist.Gate `json:"gates" doc:"the only gates judged, as --gate asked; empty for those that are due"`
	Totals     Totals           `json:"totals" doc:"manifests by status"`
	Exit       int              `json:"exit_code" doc:"the worst of the manifests'"`
	Rows       []Row            `json:"manifests" doc:"one entry each, in the order in which they were named"`
	Notices    []string         `json:"notices" doc:"what a reader should know about this run"`
	Disclaimer string           `json:"disclaimer" doc:"what the summary is not"`
}

// Totals count the rows by their status. They add up to the number of rows.
type Totals struct {
	Manifests   int `json:"manifests" doc:"all"`
	Ready       int `json:"ready" doc:"nothing that is due is open"`
	NotReady    int `json:"not_ready" doc:"something is"`
	NotJudged   int `json:"not_judged" doc:"nothing that --gate asked for is open, and something that is due and was left out is"`
	NotAssessed int `json:"not_assessed" doc:"no requirement applies"`
	NotRead     int `json:"not_read" doc:"there is no report; see problems"`
}

func (t Totals) String() string {
	unjudged := ""
	if t.NotJudged > 0 {
		unjudged = fmt.Sprintf(", %d not judged", t.NotJudged)
	}
	return fmt.Sprintf("%s: %d ready, %d not ready%s, %d not assessed, %d not read", outline.Count(t.Manifests, "manifest"), t.Ready, t.NotReady, unjudged, t.NotAssessed, t.NotRead)
}

// Status is what one manifest came to.
type Status string

// The statuses.
const (
	Ready       Status = "ready"        // nothing that is due is open
	NotReady    Status = "not_ready"    // something is
	NotJudged   Status = "not_judged"   // nothing that --gate asked for is open, and something that is due and was left out is
	NotAssessed Status = "not_assessed" // no requirement applies
	NotRead     Status = "not_read"     // there is no report: see the problems
)

// A Row is what one manifest came to.
type Row struct {
	Manifest   string            `json:"manifest" doc:"the file, or what was named when no file was found; without people, one that was not read is client-001 and so on, by its place"`
	SHA256     string            `json:"sha256" doc:"the digest of its bytes; empty when it was not read"`
	Practice   string            `json:"practice" doc:"the name of the practice"`
	Deployment string            `json:"deployment" doc:"what the practice calls this use of AI; empty when undeclared"`
	Stage      string            `json:"stage" doc:"the stage of the deployment; empty when undeclared"`
	Profile    string            `json:"profile" doc:"how much of each checklist was asked: core, standard or full"`
	Checklists []string          `json:"checklists" doc:"what was checked against, as id@version"`
	Status     Status            `json:"status" doc:"ready, not_ready, not_judged, not_assessed or not_read"`
	Exit       int               `json:"exit_code" doc:"what a check of the manifest by itself would give"`
	Open       Open              `json:"open" doc:"requirements that are due, open and not accepted, those that --gate left out included"`
	Gates      map[string]string `json:"gates" doc:"by gate: ready, not_ready, not_due, or not_judged when it is due and --gate left it out"`
	Counts     assess.Counts     `json:"counts" doc:"requirements of final and voluntary checklists by outcome"`
	Reports    []string          `json:"reports" doc:"the files of its report; empty when none is asked for"`
	Notices    []string          `json:"notices" doc:"what a reader should know about its checklists"`
	Problems   []string          `json:"problems" doc:"why it was not read, or its report not written; the first few"`
}

// Open counts the requirements that are open, not accepted, and due, whether they were judged or not: by severity, and by what
// is open.
type Open struct {
	Critical   int `json:"critical" doc:"critical"`
	High       int `json:"high" doc:"high"`
	Medium     int `json:"medium" doc:"medium"`
	Low        int `json:"low" doc:"low"`
	Gap        int `json:"gap" doc:"of all severities: what is declared is wrong"`
	Undeclared int `json:"undeclared" doc:"of all severities: the manifest doesn't say"`
}

// Of is the row of a report, which gives the exit code exit.
func Of(r *assess.Report, exit int) Row {
	row := Row{
		Manifest: r.Manifest.Name, SHA256: r.Manifest.SHA256, Practice: r.Practice, Deployment: r.Deployment, Stage: r.Stage,
		Profile: r.Profile, Checklists: []string{}, Status: Ready, Exit: exit, Gates: map[string]string{}, Counts: r.Counts, Reports: []string{}, Notices: []string{}, Problems: []string{},
	}
	for _, l := range r.Checklists {
		row.Checklists = append(row.Checklists, l.ID+"@"+l.Version)
		row.Notices = append(row.Notices, l.Notices...)
	}
	for _, v := range r.Verdicts {
		row.gate(v)
	}
	if !r.Assessed() {
		row.Status = NotAssessed
	}
	return row
}

// gate adds a verdict to the row.
func (row *Row) gate(v assess.Verdict) {
	status := NotReady
	switch {
	case !v.Due:
		row.Gates[string(v.Gate)] = "not_due"
		return
	case v.Unjudged:
		status = NotJudged
	case v.Ready:
		status = Ready
	}
	row.Gates[string(v.Gate)] = string(status)
	if !v.Ready && row.Status != NotReady {
		row.Status = status
	}
	bySeverity := map[string]*int{"critical": &row.Open.Critical, "high": &row.Open.High, "medium": &row.Open.Medium, "low": &row.Open.Low}
	for _, o := range v.Open {
		*bySeverity[string(o.Severity)] += o.Gap + o.Undeclared
		row.Open.Gap += o.Gap
		row.Open.Undeclared += o.Undeclared
	}
}

// Unread is the row of a manifest, or of what was named as one, that gives no report.
func Unread(manifest string, exit int, problems []string) Row {
	return Row{Manifest: manifest, Checklists: []string{}, Status: NotRead, Exit: exit, Gates: map[string]string{}, Reports: []string{}, Notices: []string{}, Problems: problems}
}

// New sums rows up.
func New(tool assess.Tool, asOf string, gates []checklist.Gate, rows []Row, notices []string) *Summary {
	s := &Summary{Schema: Schema, Tool: tool, AsOf: asOf, Gates: append([]checklist.Gate{}, gates...), Rows: rows, Notices: append([]string{}, notices...), Disclaimer: assess.Disclaimer}
	s.Totals.Manifests = len(rows)
	s.Notices = append(s.Notices, common(rows)...)
	for i := range rows {
		switch rows[i].Status {
		case Ready:
			s.Totals.Ready++
		case NotReady:
			s.Totals.NotReady++
		case NotJudged:
			s.Totals.NotJudged++
		case NotAssessed:
			s.Totals.NotAssessed++
		default:
			s.Totals.NotRead++
		}
	}
	return s
}

// common are the notices of the rows, each once, with the number of manifests it is about unless it is about all of them.
func common(rows []Row) []string {
	var list []string
	times := map[string]int{}
	for i := range rows {
		for _, n := range rows[i].Notices {
			if times[n]++; times[n] == 1 {
				list = append(list, n)
			}
		}
	}
	for i, n := range list {
		if times[n] < len(rows) {
			list[i] = fmt.Sprintf("%d of %s: %s", times[n], outline.Count(len(rows), "manifest"), n)
		}
	}
	return list
}

// Asked tells what was asked of the manifests: the checklists, the profile and the gates, as far as it was the same for all
// that were read.
func (s *Summary) Asked() string {
	var lists, profiles []string
	for i := range s.Rows {
		if r := &s.Rows[i]; r.Status != NotRead {
			lists, profiles = append(lists, strings.Join(r.Checklists, " and ")), append(profiles, r.Profile)
		}
	}
	lists, profiles = slices.Compact(lists), slices.Compact(profiles)
	words := "the checklists that each names"
	if len(lists) == 1 {
		words = lists[0]
	}
	if len(profiles) == 1 {
		words += ", profile " + profiles[0]
	} else {
		words += ", the profile that each names"
	}
	if len(s.Gates) > 0 {
		return words + ", " + outline.OnlyGates(s.Gates)
	}
	return words + ", gates as the stage of each makes them due"
}
