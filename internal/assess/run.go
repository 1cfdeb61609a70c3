package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
)

// Disclaimer is what every report says of itself.
const Disclaimer = "This is a gap check of what the practice declares. It is not a risk analysis under 45 CFR 164.308(a)(1)(ii)(A), " +
	"not legal advice, and no statement that any law is complied with. A met requirement shows that a fact is declared, complete and in date, not that it is true."

// Input is everything a report follows from.
type Input struct {
	Doc          *manifest.Doc          // with its derived fields
	Checklists   []*checklist.Checklist // compiled for Profile
	Penalties    []*checklist.Penalties // the tables that stand beside them
	Profile      checklist.Profile
	AsOf         time.Time        // the day, at midnight UTC
	Horizon      int              // days ahead in which due dates are listed
	NoExceptions bool             // leave the manifest's exceptions out
	Brief        bool             // leave out all but the outcomes: what they rest on, what to do, and what is declared
	Gates        []checklist.Gate // the only gates to judge, whatever the stage; empty for those the stage makes due
	Tool         Tool
	Notices      []string // what a reader should know of how the inputs were got
	NotAssessed  []string // what was not looked at
}

// Run assesses a manifest. An error is a defect of a checklist, not a fact about the practice.
func Run(in Input) (*Report, error) {
	a := newAssessor(in)
	if err := a.checklists(); err != nil {
		return nil, err
	}
	a.close()
	return a.report, nil
}

type assessor struct {
	Input
	reader     *rule.Document
	backing    *backing
	report     *Report
	exceptions []*exception
	aside      *aside            // explains what was judged; nil where nothing is explained
	facts      *facts            // only for what is done aside, and after
	decided    map[string]string // by fingerprint: the path of the fact that decided a gap; so too
}

// newAssessor is ready to assess requirements of any checklist.
func newAssessor(in Input) *assessor {
	a := &assessor{Input: in, backing: newBacking(in.Doc), decided: map[string]string{}, reader: rule.NewDocument(manifest.Type(), &in.Doc.Manifest, in.AsOf)}
	a.report = a.opening()
	a.exceptions = a.readExceptions()
	return a
}

// checklists assesses every requirement of all checklists. What outcomes rest on is looked up aside.
func (a *assessor) checklists() error {
	if !a.Brief {
		a.aside = startAside(func() { a.facts = newFacts(a.Doc) })
		defer a.aside.finish()
		a.describe()
	}
	for _, c := range a.Checklists {
		if err := a.checklist(c); err != nil {
			return err
		}
	}
	return nil
}

// opening is a report that has assessed nothing yet. Its lists are empty, not absent.
func (a *assessor) opening() *Report {
	m := &a.Doc.Manifest
	sum := sha256.Sum256(a.Doc.File.Data)
	return &Report{
		Schema: Schema, Tool: a.Tool, AsOf: a.AsOf.Format(time.DateOnly),
		Manifest: File{a.Doc.File.Name, hex.EncodeToString(sum[:])},
		Practice: m.Practice.Name.Or(""), Deployment: m.Deployment.Name.Or(""), Stage: m.Deployment.Stage.Or(""),
		Profile: string(a.Profile), Gates: a.askedGates(), Horizon: a.Horizon,
		First: []Step{}, Checklists: []List{}, Requirements: make([]Requirement, 0, a.asked()), Exceptions: []Exception{},
		Attestations: []Attestation{}, Documents: []Document{}, Upcoming: []Due{},
		LookInto: []Pointer{}, NotCovered: []Omission{}, Penalties: []Penalties{},
		Notices: append([]string{}, a.Notices...), NotAssessed: append([]string{}, a.NotAssessed...), Disclaimer: Disclaimer,
	}
}

// describe adds what the manifest declares.
func (a *assessor) describe() {
	if !a.Doc.Practice.Name.Declared() {
		a.notice("practice.name is not declared, so the report doesn't say whose it is.")
	}
	a.report.Notices = append(a.report.Notices, a.Doc.LooksLikePHI()...)
	a.report.Documents = a.documents()
	a.report.Inventory = a.inventory()
	a.report.Inventory.Problems = a.flowProblems()
}

// asked is how many requirements the checklists have.
func (a *assessor) asked() int {
	n := 0
	for _, c := range a.Checklists {
		for _, s := range c.Sections {
			n += len(s.Requirements)
		}
	}
	return n
}

// checklist assesses every requirement of a checklist.
func (a *assessor) checklist(c *checklist.Checklist) error {
	list := List{ID: c.ID, Version: c.Version, Title: c.Title, SHA256: c.Digest, Source: c.Source.Name,
		Edition: c.Source.Edition, URL: c.Source.URL, Retrieved: day(c.Source.Retrieved), Status: c.Source.Status,
		ReviewedOn: c.ReviewedOn.Format(time.DateOnly), ReviewBy: c.ReviewBy.Format(time.DateOnly),
		Overdue: a.AsOf.After(c.ReviewBy)}
	if c.Base != nil {
		list.Extends = c.Base.ID + "@" + c.Base.Version + " sha256 " + c.Base.Digest
	}
	list.Notices = a.about(c)
	a.report.Notices = append(a.report.Notices, list.Notices...)
	for _, s := range c.Sections {
		for _, r := range s.Requirements {
			a.report.Requirements = append(a.report.Requirements, newRequirement(c, s, r))
			q := &a.report.Requirements[len(a.report.Requirements)-1]
			if a.Profile.Includes(r.Profile) {
				if err := a.requirement(q, r); err != nil {
					return fmt.Errorf("%s: %w", q.ID, err)
				}
			}
			list.Counts.Add(q.Outcome)
			if q.Designation != "proposed" {
				a.report.Counts.Add(q.Outcome)
			}
		}
	}
	a.report.Checklists = append(a.report.Checklists, list)
	for _, o := range c.NotCovered {
		a.report.NotCovered = append(a.report.NotCovered, Omission{c.ID, o.Cite, o.Title, o.Reason})
	}
	return a.lookInto(c)
}

// lookInto lists the rules that may apply: those whose condition holds, and those nobody can tell of.
func (a *assessor) lookInto(c *checklist.Checklist) error {
	for _, p := range c.LookInto {
		applies := "yes"
		if p.When != nil {
			reading, err := p.When.Ask(rule.Scope{Doc: a.reader})
			switch {
			case err != nil:
				return fmt.Errorf("look_into %s: %w", p.ID, err)
			case reading.Answer == rule.No:
				continue
			case reading.Answer == rule.Undeclared:
				applies = "undeclared"
			}
		}
		a.report.LookInto = append(a.report.LookInto, Pointer{c.ID, p.ID, p.Title, p.Why, applies})
	}
	return nil
}

func newRequirement(c *checklist.Checklist, s checklist.Section, r *checklist.Requirement) Requirement {
	return Requirement{
		ID: c.ID + "/" + r.ID, Checklist: c.ID, Citation: r.ID, Section: s.Title, Title: r.Title, Also: r.Also,
		Designation: r.Designation, Severity: r.Severity, SeverityReason: r.SeverityReason, Gate: r.Gate,
		Profile: r.Profile, EffectiveOn: day(r.EffectiveOn), Confidence: r.Confidence, Question: r.Question, Why: r.Why, Fix: Fix{r.Fix.Do, r.Fix.Who, r.Fix.Effort},
		Evidence: r.Evidence, DoesNotShow: r.DoesNotShow, Maps: r.Maps, Note: r.Note, Outcome: NotSelected, Checks: []Check{},
	}
}

// day is a date as text; empty when it is zero.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// requirement asks the checks of a requirement and sums them up. One that is not in effect yet does not apply.
func (a *assessor) requirement(q *Requirement, r *checklist.Requirement) error {
	if a.AsOf.Before(r.EffectiveOn) {
		q.Outcome = NotApplicable
		return nil
	}
	total := nothing()
	note := func(check Check, of sum) {
		total.add(of.outcome, of.assurance, of.accepted)
		if !a.Brief {
			q.Checks = append(q.Checks, check)
		}
	}
	for i := range r.Checks {
		check, of, err := a.check(q, &r.Checks[i])
		if err != nil {
			return fmt.Errorf("check %s: %w", r.Checks[i].ID, err)
		}
		note(check, of)
	}
	if r.Attested {
		note(a.attestation(q))
	}
	q.Outcome = total.outcome
	q.Accepted = q.Outcome.Open() && total.accepted
	if q.Outcome == Met {
		q.Assurance = total.assurance
	}
	return nil
}

// check asks one check of all its subjects.
func (a *assessor) check(q *Requirement, c *checklist.Check) (Check, sum, error) {
	out, total := Check{ID: c.ID, Practice: c.Practice}, nothing()
	judgements, err := a.judgements(c)
	if err != nil {
		return out, total, err
	}
	results := make([]Result, len(judgements))
	for i, j := range judgements {
		r := &results[i]
		r.Subject, r.Outcome, r.Assurance = j.it.ID, j.outcome, j.assurance
		r.Accepted = r.Outcome.Open() && a.accepted(q, r.Subject)
		total.add(r.Outcome, r.Assurance, r.Accepted)
	}
	out.Outcome = total.outcome
	if a.aside != nil {
		out.Results = results
		a.aside.do(func() {
			for i := range judgements {
				a.explain(q, c, &judgements[i], &results[i])
			}
		})
	}
	return out, total, nil
}

func (a *assessor) notice(format string, args ...any) {
	a.report.Notices = append(a.report.Notices, fmt.Sprintf(format, args...))
}
