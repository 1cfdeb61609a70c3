// Package diff tells what changed between two reports: what was fixed, what is new, what changed and what is still open.
// It is pure, and knows nothing of where the reports came from.
//
// A finding is one check of one subject. It is the same finding in both reports when its fingerprint is, whatever became
// of its line, its words or its severity.
package diff

import (
	"cmp"
	"slices"

	"readiness/internal/assess"
	"readiness/internal/checklist"
)

// Schema names the version of the format.
const Schema = "urn:readiness:diff:1"

// Kind is what became of a finding.
type Kind string

// The kinds, in the order in which a reader wants them.
const (
	New      Kind = "new"        // it is open now, and was not
	Changed  Kind = "changed"    // it is open in both, with another outcome, weight or words
	Open     Kind = "still_open" // it is open in both, and the same
	Fixed    Kind = "fixed"      // it was open, and its requirement was asked again
	NotAsked Kind = "not_asked"  // it was open, and its requirement was not asked again: nobody knows
)

// Kinds lists the kinds in their order.
var Kinds = []Kind{New, Changed, Open, Fixed, NotAsked}

// A Diff is what changed from one report to another.
type Diff struct {
	Schema   string      `json:"schema" doc:"urn:readiness:diff:1"`
	Tool     assess.Tool `json:"tool" doc:"the program that compared"`
	Old      Side        `json:"old" doc:"the older report"`
	New      Side        `json:"new" doc:"the newer report"`
	Notices  []string    `json:"notices" doc:"what the reports were not made alike in"`
	Counts   Tally       `json:"counts" doc:"findings by kind"`
	Findings []Finding   `json:"findings" doc:"every finding that is open in one of the reports: by kind, and each kind in the order of the newer report"`
}

// A Side is one of the two reports.
type Side struct {
	Name       string           `json:"name" doc:"the manifest, the saved report or the revision that was read"`
	SHA256     string           `json:"sha256" doc:"the digest of its bytes"`
	Practice   string           `json:"practice" doc:"the name of the practice"`
	AsOf       string           `json:"as_of" doc:"the day the practice was checked as of"`
	Profile    string           `json:"profile" doc:"how much of each checklist was asked: core, standard or full"`
	Gates      []checklist.Gate `json:"gates" doc:"the only gates judged, as --gate asked; empty for those that are due"`
	Checklists []string         `json:"checklists" doc:"what was checked against, as id@version"`
	Verdicts   []assess.Verdict `json:"verdicts" doc:"one per gate, earliest first"`
	Counts     assess.Counts    `json:"counts" doc:"requirements of final and voluntary checklists by outcome"`
}

// Tally is numbers of findings by kind. Worse counts the changed ones that are, and Requirements what those still open
// belong to.
type Tally struct {
	New          int `json:"new" doc:"open now, and not before"`
	Changed      int `json:"changed" doc:"open in both, with another outcome, weight or words"`
	Worse        int `json:"worse" doc:"of the changed ones: those that changed for the worse"`
	Open         int `json:"still_open" doc:"open in both, and the same"`
	Requirements int `json:"still_open_requirements" doc:"the requirements that those belong to"`
	Fixed        int `json:"fixed" doc:"open before, asked again, and not open"`
	NotAsked     int `json:"not_asked" doc:"open before, and their requirement not asked again"`
}

// A Finding is a check of a subject that is open in at least one of the reports.
type Finding struct {
	Kind        Kind     `json:"kind" doc:"new, changed, still_open, fixed or not_asked"`
	Fingerprint string   `json:"fingerprint" doc:"stable over line moves: of requirement, check and subject"`
	Requirement string   `json:"requirement" doc:"checklist/citation"`
	Title       string   `json:"title" doc:"what is required"`
	Check       string   `json:"check" doc:"the check"`
	Subject     string   `json:"subject" doc:"its id; empty for the practice itself"`
	Name        string   `json:"name" doc:"what people call the subject"`
	Worse       bool     `json:"worse" doc:"of a changed one: whether it changed for the worse"`
	What        []string `json:"what" doc:"of a changed one: what changed, in words"`
	Old         *State   `json:"old" doc:"what the older report says; null where the older report doesn't have the check"`
	New         *State   `json:"new" doc:"what the newer report says; null where the newer report doesn't have the check"`
}

// A State is what a report says of a check of a subject.
type State struct {
	Outcome  assess.Outcome     `json:"outcome" doc:"the outcome"`
	Severity checklist.Severity `json:"severity" doc:"how much a gap matters"`
	Accepted bool               `json:"accepted" doc:"whether an exception in force covers it"`
	Counts   bool               `json:"counts" doc:"whether it can fail a run: it is due, not accepted, and its rule isn't proposed"`
	Message  string             `json:"message" doc:"for a gap: what is wrong"`
	Missing  []string           `json:"missing" doc:"for undeclared: the paths that would settle it"`
	Place    string             `json:"place" doc:"where to look first, as file:line:col"`
}

// Between compares an older report with a newer one.
func Between(before, after *assess.Report) *Diff {
	d := &Diff{Schema: Schema, Tool: after.Tool, Old: side(before), New: side(after), Notices: Unlike(before, after), Findings: []Finding{}}
	was, now := read(before), read(after)
	for _, f := range now.list {
		old, known := was.byKey[f.key]
		switch {
		case known && old.open() && f.open():
			d.add(both(old, f))
		case f.open():
			d.add(f.finding(New, old))
		case known && old.open():
			d.add(old.gone(Fixed, f))
		}
	}
	for _, old := range was.list {
		if _, known := now.byKey[old.key]; !known && old.open() {
			d.add(old.gone(vanished(after, old.requirement), entry{}))
		}
	}
	slices.SortStableFunc(d.Findings, func(a, b Finding) int {
		return cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind))
	})
	open := map[string]bool{}
	for _, f := range d.Findings {
		if f.Kind == Open {
			open[f.Requirement] = true
		}
	}
	d.Counts.Requirements = len(open)
	return d
}

func side(r *assess.Report) Side {
	s := Side{Name: r.Manifest.Name, SHA256: r.Manifest.SHA256, Practice: r.Practice, AsOf: r.AsOf, Profile: r.Profile, Gates: append([]checklist.Gate{}, r.Gates...), Checklists: []string{},
		Verdicts: r.Verdicts, Counts: r.Counts}
	for _, l := range r.Checklists {
		s.Checklists = append(s.Checklists, l.ID+"@"+l.Version)
	}
	return s
}

// vanished is what became of a finding whose check is no longer there: fixed when the requirement was asked and its
// subject is gone or it doesn't apply; otherwise nobody knows.
func vanished(after *assess.Report, requirement string) Kind {
	q, ok := after.Find(requirement)
	if !ok || q.Outcome == assess.NotSelected || len(q.Checks) == 0 {
		return NotAsked
	}
	return Fixed
}

// add counts and keeps a finding.
func (d *Diff) add(f Finding) {
	switch f.Kind {
	case New:
		d.Counts.New++
	case Changed:
		d.Counts.Changed++
		if f.Worse {
			d.Counts.Worse++
		}
	case Open:
		d.Counts.Open++
	case Fixed:
		d.Counts.Fixed++
	case NotAsked:
		d.Counts.NotAsked++
	}
	d.Findings = append(d.Findings, f)
}

// Failing are the findings that are new or worse and can fail a run, at a severity or above.
func (d *Diff) Failing(atLeast checklist.Severity) []Finding {
	var list []Finding
	for _, f := range d.Findings {
		if (f.Kind == New || f.Worse) && f.New.Counts && f.New.Severity.Rank() <= atLeast.Rank() {
			list = append(list, f)
		}
	}
	return list
}

// Words say what a finding is about and what is wrong, or was, in one line.
func (f Finding) Words() string {
	state := f.New
	if f.Kind == Fixed || f.Kind == NotAsked {
		state = f.Old
	}
	about := f.Requirement
	if f.Name != "" {
		about += ", " + f.Name
	}
	return about + ", " + state.words()
}

// Novelty says why a finding fails: it is new, or worse.
func (f Finding) Novelty() string {
	if f.Worse {
		return "Worse"
	}
	return "New"
}

// Became says what a fixed finding came to.
func (f Finding) Became() string {
	if f.New == nil {
		return "no longer there"
	}
	return f.New.words()
}
