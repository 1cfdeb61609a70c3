package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strings"
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
		First: []Step{}, Checklists: []List{}, Requirements: make([]Requirement, 0, a.asked()), Exceptions: []Exception{},
		Attestations: []Attestation{}, Documents: a.documents(), Inventory: a.inventory(), Upcoming: []Due{},
		LookInto: []Pointer{}, NotCovered: []Omission{}, Penalties: []Penalties{},
		Notices: append(append([]string{}, a.Notices...), a.Doc.LooksLikePHI()...), NotAssessed: append([]string{}, a.NotAssessed...), Disclaimer: Disclaimer,
	}
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
	results, err := a.results(c)
	if err != nil {
		return Check{}, err
	}
	for i := range results {
		r := &results[i]
		if r.Path == nil {
			r.Path = []Place{}
		}
		r.Fingerprint = fingerprint(q.ID, c.ID, r.Subject)
		if r.Outcome.Open() {
			r.Accepted = a.accepted(q, r.Subject)
		}
	}
	return Check{c.ID, c.Practice, worst(results, func(r *Result) Outcome { return r.Outcome }), results}, nil
}

// results are what one check says of each of its subjects or, without any, of the list that should hold them.
func (a *assessor) results(c *checklist.Check) ([]Result, error) {
	scope := rule.Scope{Doc: a.reader}
	if c.Each == nil {
		results := make([]Result, 1)
		return results, a.ask(&results[0], c, scope)
	}
	subjects, reading, err := c.Each.Subjects(scope)
	if err != nil {
		return nil, err
	}
	results := make([]Result, max(len(subjects), 1))
	switch {
	case reading.Answer == rule.Undeclared:
		a.undeclared(&results[0], reading)
	case len(subjects) == 0:
		a.notApplicable(&results[0], reading)
	}
	for i, s := range subjects {
		scope.It = s
		if err := a.ask(&results[i], c, scope); err != nil {
			return nil, err
		}
		results[i].Subject, results[i].Name = s.ID, a.facts.short(s.Name, maxName)
	}
	return results, nil
}

// ask asks one check of one subject.
func (a *assessor) ask(r *Result, c *checklist.Check, scope rule.Scope) error {
	var because []string
	if c.When != nil {
		reading, err := c.When.Ask(scope)
		switch {
		case err != nil:
			return err
		case reading.Answer == rule.Undeclared:
			a.undeclared(r, reading)
			return nil
		case reading.Answer == rule.No:
			a.notApplicable(r, reading)
			return nil
		}
		because = reading.Reads
	}
	reading, err := c.Assert.Ask(scope)
	if err != nil {
		return err
	}
	r.Missing = []Missing{}
	r.Facts, r.MoreFacts = a.facts.declared(because, reading.Reads)
	switch reading.Answer {
	case rule.Undeclared:
		a.undeclared(r, reading)
	case rule.No:
		r.Outcome, r.Message = Gap, a.facts.short(c.Gap.Fill(scope), maxValue)
		r.Place = a.decider(reading.Reads, scope.It)
		r.Path = a.way(scope.It)
	default:
		r.Place = a.decider(reading.Reads, scope.It)
		a.met(r, c, reading.Reads)
	}
	return nil
}

// met is a result whose facts, those that reads lead to, are as they must be, unless a document behind one is not.
func (a *assessor) met(r *Result, c *checklist.Check, reads []string) {
	assurance, broken, missing := a.facts.support(reads)
	switch {
	case broken != "":
		r.Outcome, r.Message = Gap, a.facts.short("what is declared can't be relied on; "+broken, maxValue)
	case len(missing) > 0:
		a.undeclared(r, rule.Reading{Missing: missing})
	default:
		r.Outcome, r.Assurance = Met, assurance
		if c.Safeguard != "" {
			r.Answer = a.facts.short(a.answer(c.Safeguard), maxValue)
		}
	}
}

func (a *assessor) notApplicable(r *Result, reading rule.Reading) {
	r.Outcome, r.Missing = NotApplicable, []Missing{}
	r.Facts, r.MoreFacts = a.facts.declared(reading.Reads)
}

func (a *assessor) undeclared(r *Result, reading rule.Reading) {
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
	switch list, _, _ := strings.Cut(it.Path, "["); list {
	case "outputs":
		for i := range a.Doc.Outputs {
			if o := &a.Doc.Outputs[i]; o.ID.Or("") == it.ID {
				flows = o.Path.Or(nil)
			}
		}
	case "flow_problems":
		for i := range a.Doc.FlowProblems {
			if p := &a.Doc.FlowProblems[i]; p.ID.Or("") == it.ID {
				flows = p.Path.Or(nil)
			}
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
