package assess

import (
	"slices"
	"strings"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// Inventory is what the manifest declares, for tables and the data-flow picture. Text that is not declared is empty.
type Inventory struct {
	Systems  []System  `json:"systems" doc:"the systems"`
	Flows    []Flow    `json:"flows" doc:"the data flows"`
	Vendors  []Vendor  `json:"vendors" doc:"the vendors"`
	People   []Person  `json:"people" doc:"the people"`
	UseCases []UseCase `json:"use_cases" doc:"the use cases"`
	Outputs  []Output  `json:"outputs" doc:"where outputs of a model can arrive"`
	Problems []Problem `json:"flow_problems" doc:"what the data flows show to be wrong, or don't say enough to rule out"`
	Remarks  []Fact    `json:"remarks" doc:"every reason, rationale, statement and note in the manifest"`
}

// System is a node of the data flows.
type System struct {
	ID          string     `json:"id" doc:"its id"`
	Name        string     `json:"name" doc:"its name"`
	Kind        string     `json:"kind" doc:"what kind it is"`
	Vendor      string     `json:"vendor" doc:"the vendor who runs it; empty for the practice"`
	Model       string     `json:"model" doc:"the model behind it"`
	ReceivesPHI string     `json:"receives_phi" doc:"true, false or undeclared"`
	Pos         source.Pos `json:"pos" doc:"where it is written"`
}

// Flow is one hop of data.
type Flow struct {
	ID             string     `json:"id" doc:"its id"`
	From           string     `json:"from" doc:"where it comes from"`
	To             string     `json:"to" doc:"where it goes"`
	UseCase        string     `json:"use_case" doc:"the use case"`
	PHI            string     `json:"phi" doc:"none, deidentified, limited_data_set or identified"`
	Elements       []string   `json:"elements" doc:"what it carries"`
	Purpose        string     `json:"purpose" doc:"what for"`
	Protocol       string     `json:"protocol" doc:"by what means"`
	Encrypted      string     `json:"encrypted" doc:"true, false or undeclared"`
	Authentication string     `json:"authentication" doc:"how the sender signs in"`
	Features       []string   `json:"features" doc:"the vendor's features in use"`
	ReviewedBy     string     `json:"reviewed_by" doc:"who reviews before it"`
	Writes         string     `json:"writes" doc:"draft or final, into a record"`
	Pos            source.Pos `json:"pos" doc:"where it is written"`
}

// Vendor is an outside party with what is declared and verified of it.
type Vendor struct {
	ID            string         `json:"id" doc:"its id"`
	Name          string         `json:"name" doc:"its name"`
	Role          string         `json:"role" doc:"what it does"`
	Plan          string         `json:"plan" doc:"the plan"`
	Tier          string         `json:"tier" doc:"the kind of plan"`
	BAA           string         `json:"baa" doc:"where the agreement stands"`
	ReceivesPHI   string         `json:"receives_phi" doc:"true, false or undeclared"`
	PHIFlows      []string       `json:"phi_flows" doc:"the flows by which PHI reaches it"`
	FeaturesInUse []string       `json:"features_in_use" doc:"the features on those flows"`
	ModelsInUse   []string       `json:"models_in_use" doc:"the models they reach"`
	Facts         []Fact         `json:"facts" doc:"what is declared of its BAA, retention, training use and residency"`
	Verified      []Verification `json:"verified" doc:"what was verified, when, by whom and how"`
	Pos           source.Pos     `json:"pos" doc:"where it is written"`
}

// Verification is one fact that someone checked.
type Verification struct {
	Fact   string `json:"fact" doc:"what was checked"`
	By     string `json:"by" doc:"the person, by id"`
	Date   string `json:"date" doc:"when"`
	Method string `json:"method" doc:"how"`
	Source string `json:"source" doc:"what was looked at"`
}

// Person is someone who decides, reviews or has access.
type Person struct {
	ID        string     `json:"id" doc:"the id"`
	Name      string     `json:"name" doc:"the name"`
	Role      string     `json:"role" doc:"the role"`
	Licensed  string     `json:"licensed" doc:"true, false or undeclared"`
	Status    string     `json:"status" doc:"active, leave or ended"`
	HasAccess string     `json:"has_access" doc:"true, false or undeclared"`
	Access    []string   `json:"access" doc:"the grants, as system (role) since date"`
	Training  []Training `json:"training" doc:"each course that is declared"`
	Pos       source.Pos `json:"pos" doc:"where it is written"`
}

// Training is a course a person took, or has not.
type Training struct {
	Course string `json:"course" doc:"the course"`
	On     string `json:"on" doc:"the day it was finished; empty when undeclared"`
	Until  string `json:"until" doc:"the last day it counts; empty when unknown"`
	Valid  bool   `json:"valid" doc:"whether it counts on the day of the report"`
}

// UseCase is one use of a model.
type UseCase struct {
	ID          string     `json:"id" doc:"its id"`
	Name        string     `json:"name" doc:"its name"`
	Status      string     `json:"status" doc:"whether it is in use"`
	Purpose     string     `json:"purpose" doc:"what it is for"`
	Owner       string     `json:"owner" doc:"the person, by id"`
	RiskTier    string     `json:"risk_tier" doc:"the risk declared"`
	DerivedRisk string     `json:"derived_risk" doc:"the risk that follows from its facts"`
	Review      string     `json:"review" doc:"who reviews"`
	Pos         source.Pos `json:"pos" doc:"where it is written"`
}

// Output is one place a model's output can arrive.
type Output struct {
	ID       string   `json:"id" doc:"model/use-case/destination"`
	Model    string   `json:"model" doc:"the system that writes it"`
	UseCase  string   `json:"use_case" doc:"the use case"`
	To       string   `json:"to" doc:"where it arrives"`
	Needs    string   `json:"needs" doc:"whose review it needs: licensed_clinician, staff or none"`
	Reviewed string   `json:"reviewed" doc:"true, false or undeclared"`
	Path     []string `json:"path" doc:"the flows it takes: the shortest way without review or, if there is none, the shortest way"`
	Cut      []string `json:"cut" doc:"when it is reviewed: the reviewed flows and signed drafts of which every way takes one"`
}

// Problem is one thing that the data flows show to be wrong, or don't say enough to rule out.
type Problem struct {
	ID      string       `json:"id" doc:"kind/subject"`
	Kind    string       `json:"kind" doc:"what is wrong, in a word"`
	Certain string       `json:"certain" doc:"true, or undeclared when the manifest doesn't say enough to rule it out"`
	Subject string       `json:"subject" doc:"the flow, system, vendor, use case or output it is about"`
	Message string       `json:"message" doc:"what is wrong, in a sentence"`
	Path    []string     `json:"path" doc:"the flows it is about, in order"`
	At      []source.Pos `json:"at" doc:"where it is written: its flows in order or, without any, what it rests on or lacks first"`
	Missing []string     `json:"missing" doc:"the paths that would settle it"`
}

// flagWord shows a yes or no that may be undeclared.
func flagWord(f source.Flag) string {
	if !f.Declared() {
		return "undeclared"
	}
	return f.String()
}

func wordsOf(w source.Words) []string {
	return append([]string{}, w.Or(nil)...)
}

func (a *assessor) inventory() Inventory {
	inv := Inventory{[]System{}, []Flow{}, []Vendor{}, []Person{}, []UseCase{}, []Output{}, []Problem{}, []Fact{}}
	d := a.Doc
	for i := range d.Systems {
		s := &d.Systems[i]
		inv.Systems = append(inv.Systems, System{s.ID.Or(""), s.Name.Or(""), s.Kind.Or(""), s.Vendor.Or(""), s.Model.Or(""), flagWord(s.ReceivesPHI), s.ID.Pos()})
	}
	for i := range d.DataFlows {
		f := &d.DataFlows[i]
		inv.Flows = append(inv.Flows, Flow{f.ID.Or(""), f.From.Or(""), f.To.Or(""), f.UseCase.Or(""), f.PHI.Or(""), source.Texts(f.Elements), f.Purpose.Or(""),
			f.Transport.Protocol.Or(""), flagWord(f.Transport.Encrypted), f.Authentication.Or(""), source.Texts(f.Features), f.ReviewedBy.Or(""), f.Writes.Or(""), f.ID.Pos()})
	}
	for i := range d.Vendors {
		inv.Vendors = append(inv.Vendors, a.vendor(&d.Vendors[i]))
	}
	for i := range d.People {
		inv.People = append(inv.People, a.personEntry(&d.People[i]))
	}
	for i := range d.UseCases {
		u := &d.UseCases[i]
		inv.UseCases = append(inv.UseCases, UseCase{u.ID.Or(""), u.Name.Or(""), u.Status.Or(""), u.Purpose.Or(""), u.Owner.Or(""), u.RiskTier.Or(""), u.DerivedRisk.Or(""), u.Review.By.Or(""), u.ID.Pos()})
	}
	for i := range d.Outputs {
		o := &d.Outputs[i]
		inv.Outputs = append(inv.Outputs, Output{o.ID.Or(""), o.Model.Or(""), o.UseCase.Or(""), o.To.Or(""), o.Needs.Or(""), flagWord(o.Reviewed), wordsOf(o.Path), wordsOf(o.Cut)})
	}
	return inv
}

// maxProblems is how many flow problems of one kind are listed.
const maxProblems = 100

// flowProblems lists the first problems of each kind.
func (a *assessor) flowProblems() []Problem {
	list := []Problem{}
	found := map[string]int{} // by kind
	for i := range a.Doc.FlowProblems {
		p := &a.Doc.FlowProblems[i]
		kind := p.Kind.Or("")
		if certain, declared := p.Certain.Get(); declared && !certain {
			continue
		}
		if found[kind]++; found[kind] <= maxProblems {
			list = append(list, a.flowProblem(p))
		} else if found[kind] == maxProblems+1 {
			a.notice("The data flows show more than %d problems of the kind %s; the first of them are listed.", maxProblems, strings.ReplaceAll(kind, "_", " "))
		}
	}
	return list
}

// maxLines is how many places of a flow problem are listed.
const maxLines = 12

func (a *assessor) flowProblem(p *manifest.FlowProblem) Problem {
	basis := p.Certain.Basis()
	out := Problem{p.ID.Or(""), p.Kind.Or(""), flagWord(p.Certain), p.Subject.Or(""), p.Message.Or(""), wordsOf(p.Path), []source.Pos{}, append([]string{}, basis.Missing...)}
	for _, id := range out.Path[:min(len(out.Path), maxLines)] {
		out.At = append(out.At, a.Doc.File.Pos("data_flows["+id+"]"))
	}
	if on := slices.Concat(basis.Rests, basis.Missing); len(out.At) == 0 && len(on) > 0 {
		out.At = append(out.At, a.Doc.File.Pos(on[0]))
	}
	return out
}

func (a *assessor) vendor(v *manifest.Vendor) Vendor {
	at := "vendors[" + v.ID.Or("") + "]."
	out := Vendor{ID: v.ID.Or(""), Name: v.Name.Or(""), Role: v.Role.Or(""), Plan: v.Plan.Name.Or(""), Tier: v.Plan.Tier.Or(""), BAA: v.BAA.Status.Or(""),
		ReceivesPHI: flagWord(v.ReceivesPHI), PHIFlows: wordsOf(v.PHIFlows), FeaturesInUse: wordsOf(v.FeaturesInUse), ModelsInUse: wordsOf(v.ModelsInUse),
		Facts: []Fact{}, Verified: []Verification{}, Pos: v.ID.Pos()}
	source.Walk(source.FieldAt(manifest.Type(), "vendors").Type.Elem, v, func(path string, _ *source.Field, leaf source.Leaf) {
		group := path
		if end := strings.IndexAny(path, ".["); end >= 0 {
			group = path[:end]
		}
		switch group {
		case "account", "baa", "retention", "zero_data_retention", "training_use", "human_review", "residency":
			out.Facts = append(out.Facts, Fact{at + path, leaf.String(), leaf.Pos()})
		}
	})
	for i := range v.Verified {
		x := &v.Verified[i]
		out.Verified = append(out.Verified, Verification{x.Fact.Or(""), x.By.Or(""), show(x.Date), x.Method.Or(""), x.Source.Or("")})
	}
	return out
}

func (a *assessor) personEntry(p *manifest.Person) Person {
	out := Person{ID: p.ID.Or(""), Name: p.Name.Or(""), Role: p.Role.Or(""), Licensed: flagWord(p.Licensed), Status: p.Status.Or(""),
		HasAccess: flagWord(p.HasAccess), Access: []string{}, Training: []Training{}, Pos: p.ID.Pos()}
	for i := range a.Doc.Access.Grants {
		if g := &a.Doc.Access.Grants[i]; g.Person.Or("") == out.ID {
			out.Access = append(out.Access, g.System.Or("")+" ("+g.Role.String()+") since "+g.GrantedOn.String())
		}
	}
	for i := range a.Doc.Training.Courses {
		course := &a.Doc.Training.Courses[i]
		t := Training{Course: course.ID.Or(""), On: show(p.Trained[course.ID.Or("")])}
		day, done := p.Trained[t.Course].Get()
		if span, ok := course.ValidFor.Get(); ok && done && span <= century {
			until := day.AddDate(0, 0, int(span))
			t.Until, t.Valid = until.Format(time.DateOnly), !day.After(a.AsOf) && !a.AsOf.After(until)
		}
		out.Training = append(out.Training, t)
	}
	return out
}
