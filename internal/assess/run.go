package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"time"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
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
	Gates        []checklist.Gate // gates to judge whatever the stage; empty for those the stage makes due
	Tool         Tool
	Notices      []string // what a reader should know of how the inputs were got
	NotAssessed  []string // what was not looked at
}

// Run assesses a manifest. An error is a defect of a checklist, not a fact about the practice.
func Run(in Input) (*Report, error) {
	a := newAssessor(in)
	for _, c := range in.Checklists {
		if err := a.checklist(c); err != nil {
			return nil, err
		}
	}
	a.close()
	return a.report, nil
}

type assessor struct {
	Input
	facts      *facts
	reader     *rule.Document
	report     *Report
	exceptions []*exception
}

// newAssessor is ready to assess requirements of any checklist.
func newAssessor(in Input) *assessor {
	a := &assessor{Input: in, facts: newFacts(in.Doc), reader: rule.NewDocument(manifest.Type(), &in.Doc.Manifest, in.AsOf)}
	a.report = a.opening()
	a.report.Inventory.Problems = a.flowProblems()
	a.exceptions = a.readExceptions()
	return a
}

// opening is a report that has assessed nothing yet. Its lists are empty, not absent.
func (a *assessor) opening() *Report {
	m := &a.Doc.Manifest
	sum := sha256.Sum256(a.Doc.File.Data)
	return &Report{
		Schema: Schema, Tool: a.Tool, AsOf: a.AsOf.Format(time.DateOnly),
		Manifest: File{a.Doc.File.Name, hex.EncodeToString(sum[:])},
		Practice: m.Practice.Name.Or(""), Deployment: m.Deployment.Name.Or(""), Stage: m.Deployment.Stage.Or(""),
		Profile: string(a.Profile), Horizon: a.Horizon,
		First: []Step{}, Checklists: []List{}, Requirements: []Requirement{}, Exceptions: []Exception{},
		Attestations: []Attestation{}, Documents: a.documents(), Inventory: a.inventory(), Upcoming: []Due{},
		LookInto: []Pointer{}, NotCovered: []Omission{}, Penalties: []Penalties{},
		Notices: append(append([]string{}, a.Notices...), a.Doc.LooksLikePHI()...), NotAssessed: append([]string{}, a.NotAssessed...), Disclaimer: Disclaimer,
	}
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
	if list.Overdue {
		a.notice("The checklist %s@%s was to be compared with its source again by %s. Its judgements may be out of date.", c.ID, c.Version, list.ReviewBy)
	}
	for _, s := range c.Sections {
		for _, r := range s.Requirements {
			q := newRequirement(c, s, r)
			if a.Profile.Includes(r.Profile) {
				if err := a.requirement(&q, r); err != nil {
					return fmt.Errorf("%s: %w", q.ID, err)
				}
			}
			list.Counts.add(q.Outcome)
			if q.Designation != "proposed" {
				a.report.Counts.add(q.Outcome)
			}
			a.report.Requirements = append(a.report.Requirements, q)
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
	q.Checks = make([]Check, 0, len(r.Checks)+1)
	for i := range r.Checks {
		check, err := a.check(q, &r.Checks[i])
		if err != nil {
			return fmt.Errorf("check %s: %w", r.Checks[i].ID, err)
		}
		q.Checks = append(q.Checks, check)
	}
	if r.Attested {
		q.Checks = append(q.Checks, a.attestation(q))
	}
	q.Outcome = worst(q.Checks, func(c *Check) Outcome { return c.Outcome })
	q.Assurance, q.Accepted = a.sumUp(q)
	return nil
}

// sumUp finds the weakest assurance of a met requirement, and whether all that is open of another is accepted.
func (a *assessor) sumUp(q *Requirement) (Assurance, bool) {
	assurance, accepted := Verified, q.Outcome.Open()
	for _, c := range q.Checks {
		for _, r := range c.Results {
			if r.Outcome == Met {
				assurance = weaker(assurance, r.Assurance)
			}
			if r.Outcome.Open() && !r.Accepted {
				accepted = false
			}
		}
	}
	if q.Outcome != Met {
		assurance = ""
	}
	return assurance, accepted
}

// weaker is the weaker of two assurances.
func weaker(a, b Assurance) Assurance {
	for _, least := range []Assurance{Declared, Documented} {
		if a == least || b == least {
			return least
		}
	}
	return Verified
}

// worst is the worst outcome of list. Nothing at all is not applicable.
func worst[T any](list []T, outcome func(*T) Outcome) Outcome {
	worst := slices.Index(Outcomes, NotApplicable)
	for i := range list {
		worst = min(worst, slices.Index(Outcomes, outcome(&list[i])))
	}
	return Outcomes[worst]
}

// check asks one check of each of its subjects.
func (a *assessor) check(q *Requirement, c *checklist.Check) (Check, error) {
	out := Check{ID: c.ID, Practice: c.Practice, Results: []Result{}}
	scope := rule.Scope{Doc: a.reader}
	subjects := []rule.Subject{{}}
	if c.Each != nil {
		found, reading, err := c.Each.Subjects(scope)
		if err != nil {
			return out, err
		}
		if reading.Answer == rule.Undeclared {
			out.Results = append(out.Results, a.undeclared(Result{}, reading))
		} else if len(found) == 0 {
			out.Results = append(out.Results, a.notApplicable(reading))
		}
		subjects = found
	}
	out.Results = slices.Grow(out.Results, len(subjects))
	for _, s := range subjects {
		scope.It = s
		r, err := a.ask(c, scope)
		if err != nil {
			return out, err
		}
		r.Subject, r.Name = s.ID, a.facts.short(s.Name, maxName)
		out.Results = append(out.Results, r)
	}
	for i := range out.Results {
		r := &out.Results[i]
		if r.Path == nil {
			r.Path = []Place{}
		}
		r.Fingerprint = fingerprint(q.ID, c.ID, r.Subject)
		if r.Outcome.Open() {
			r.Accepted = a.accepted(q, r.Subject)
		}
	}
	out.Outcome = worst(out.Results, func(r *Result) Outcome { return r.Outcome })
	return out, nil
}

// ask asks one check of one subject.
func (a *assessor) ask(c *checklist.Check, scope rule.Scope) (Result, error) {
	var because []string
	if c.When != nil {
		reading, err := c.When.Ask(scope)
		switch {
		case err != nil:
			return Result{}, err
		case reading.Answer == rule.Undeclared:
			return a.undeclared(Result{}, reading), nil
		case reading.Answer == rule.No:
			return a.notApplicable(reading), nil
		}
		because = reading.Reads
	}
	reading, err := c.Assert.Ask(scope)
	if err != nil {
		return Result{}, err
	}
	r := Result{Missing: []Missing{}}
	r.Facts, r.MoreFacts = a.facts.declared(append(because, reading.Reads...))
	switch reading.Answer {
	case rule.Undeclared:
		return a.undeclared(r, reading), nil
	case rule.No:
		r.Outcome, r.Message = Gap, a.facts.short(c.Gap.Fill(scope), maxValue)
		r.Place = a.decider(reading.Reads, scope.It)
		r.Path = a.way(scope.It)
		return r, nil
	}
	r.Outcome, r.Place = Met, a.decider(reading.Reads, scope.It)
	assurance, broken, missing := a.facts.support(reading.Reads)
	switch {
	case broken != "":
		r.Outcome, r.Message = Gap, a.facts.short("what is declared can't be relied on; "+broken, maxValue)
		return r, nil
	case len(missing) > 0:
		return a.undeclared(r, rule.Reading{Missing: missing}), nil
	}
	r.Assurance = assurance
	if r.Outcome == Met && c.Safeguard != "" {
		r.Answer = a.facts.short(a.answer(c.Safeguard), maxValue)
	}
	return r, nil
}

func (a *assessor) notApplicable(reading rule.Reading) Result {
	r := Result{Outcome: NotApplicable, Missing: []Missing{}}
	r.Facts, r.MoreFacts = a.facts.declared(reading.Reads)
	return r
}

func (a *assessor) undeclared(r Result, reading rule.Reading) Result {
	r.Outcome = Undeclared
	r.Missing, r.MoreMissing = a.facts.missing(reading.Missing)
	if r.Facts == nil {
		r.Facts, r.MoreFacts = a.facts.declared(reading.Reads)
	}
	pos := source.Pos{File: a.Doc.File.Name, Line: 1, Col: 1}
	if len(r.Missing) > 0 {
		pos = r.Missing[0].Pos
	}
	r.Place = a.facts.place(pos)
	return r
}

// decider is the place of the fact that decided: the last one read. A fact inside the subject is preferred.
func (a *assessor) decider(reads []string, it rule.Subject) Place {
	entries := a.facts.entries(reads[max(len(reads)-maxPaths, 0):])
	for _, e := range slices.Backward(entries) {
		if it.Path != "" && within(e.path, it.Path) {
			return a.facts.place(e.pos)
		}
	}
	if len(entries) > 0 {
		return a.facts.place(entries[len(entries)-1].pos)
	}
	return a.facts.place(a.Doc.File.Pos(it.Path))
}

// way is where the flows are written that an output takes, or that a problem of the flows is about, in order.
func (a *assessor) way(it rule.Subject) []Place {
	var flows []string
	for i := range a.Doc.Outputs {
		if o := &a.Doc.Outputs[i]; it.Path == "outputs["+o.ID.Or("")+"]" {
			flows = o.Path.Or(nil)
		}
	}
	for i := range a.Doc.FlowProblems {
		if p := &a.Doc.FlowProblems[i]; it.Path == "flow_problems["+p.ID.Or("")+"]" {
			flows = p.Path.Or(nil)
		}
	}
	places := make([]Place, len(flows))
	for i, id := range flows {
		places[i] = a.facts.place(a.Doc.File.Pos("data_flows[" + id + "]"))
	}
	return places
}

func within(path, object string) bool {
	return len(path) > len(object) && path[:len(object)] == object
}

// answer tells how an addressable specification was answered, when not by implementing it.
func (a *assessor) answer(key string) string {
	f := source.FieldAt(manifest.Type(), "safeguards."+key)
	if f == nil {
		return ""
	}
	s := reflect.ValueOf(&a.Doc.Safeguards).Elem().Field(f.Index).Addr().Interface().(*manifest.Safeguard)
	switch s.Status.Or("") {
	case "alternative":
		return "alternative: " + s.Rationale.Or("")
	case "not_reasonable":
		return "not reasonable: " + s.Rationale.Or("")
	}
	return ""
}

// fingerprint is stable over changes of lines, words and other requirements.
func fingerprint(requirement, check, subject string) string {
	text := make([]byte, 0, 200)
	text = append(append(text, requirement...), 0)
	text = append(append(text, check...), 0)
	sum := sha256.Sum256(append(text, subject...))
	return hex.EncodeToString(sum[:12])
}

func (a *assessor) notice(format string, args ...any) {
	a.report.Notices = append(a.report.Notices, fmt.Sprintf(format, args...))
}
