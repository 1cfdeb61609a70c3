package flow

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// The kinds of problem, in the order they are listed.
const (
	relabelled     = "relabelled"
	noSource       = "no_source"
	identifiers    = "identifiers"
	unlisted       = "unlisted_identifiers"
	storeContent   = "store_content"
	unreviewed     = "unreviewed"
	noVendor       = "no_vendor"
	notCovered     = "not_covered"
	excluded       = "excluded"
	tooEarly       = "too_early"
	keptAnyway     = "kept_anyway"
	consumerPlan   = "consumer_plan"
	outsideRegions = "outside_regions"
	weakChannel    = "weak_channel"
	uneven         = "uneven"
	oneWay         = "one_way"
	unreachedLog   = "unreached_log"
	isolated       = "isolated"
	unmatched      = "unmatched"
	stillRunning   = "still_running"
)

// kinds tells, for each kind of problem, what the entry of one that was not found says.
var kinds = [...]struct{ kind, clear string }{
	{relabelled, "PHI that enters a system leaves it as PHI, or de-identified by a method that is declared"},
	{noSource, "PHI that leaves a system has entered it, is held there, or is made there by the practice's own people"},
	{identifiers, "no flow lists an identifier that its class of data does not allow"},
	{unlisted, "every flow with free text or sound lists the identifiers in it"},
	{storeContent, "logs and backups hold what is declared of them"},
	{unreviewed, "what the models write arrives nowhere without the review it needs"},
	{noVendor, "every party outside that PHI is sent to is a declared vendor"},
	{notCovered, "agreements cover the features, models and accounts that PHI goes to"},
	{excluded, "PHI goes to no feature or model that an agreement leaves out"},
	{tooEarly, "agreements are in effect before the first PHI is sent"},
	{keptAnyway, "vendors with zero data retention are declared to keep nothing else"},
	{consumerPlan, "PHI goes to no consumer plan"},
	{outsideRegions, "PHI stays in the regions the practice allows"},
	{weakChannel, "PHI is not copied by hand, nor sent by text message or open e-mail"},
	{uneven, "flows with the same ends are protected alike"},
	{oneWay, "every model that data is sent to sends something back"},
	{unreachedLog, "a flow reaches every place that logs are stored in"},
	{isolated, "every system has a flow"},
	{unmatched, "every flow has a use case, and every use case a flow"},
	{stillRunning, "no model is live for a use case that is paused or retired"},
}

// deriveProblems looks for each kind of problem. Of a kind that isn't there, one entry says so.
func (g *graph) deriveProblems() {
	p := &problems{graph: g, found: map[string][]finding{}}
	if g.doc.DataFlows != nil && g.doc.Systems != nil {
		p.flows()
		p.nodes()
		p.agreements()
		p.structure()
	}
	p.outputs()
	total := 0
	for _, k := range kinds {
		if len(p.found[k.kind]) == 0 {
			p.clear(k.kind, k.clear)
		}
		total += len(p.found[k.kind])
	}
	g.doc.FlowProblems = make([]manifest.FlowProblem, 0, total)
	for _, k := range kinds {
		for _, f := range p.found[k.kind] {
			g.doc.FlowProblems = append(g.doc.FlowProblems, f.problem(k.kind))
		}
	}
}

// problems collects what is found, by kind.
type problems struct {
	*graph
	found map[string][]finding
}

// A finding is a problem in the making.
type finding struct {
	id, subject, sentence string
	certain               source.Flag
	flows                 []string
}

func (f finding) problem(kind string) manifest.FlowProblem {
	return manifest.FlowProblem{ID: source.Derive(short(f.id), nil), Kind: source.Derive(kind, nil), Certain: f.certain,
		Subject: source.Derive(f.subject, nil), Message: source.Derive(f.sentence, nil), Path: source.Derive(f.flows, nil)}
}

// clear notes that a kind of problem was looked for and not found, or couldn't be looked for.
func (p *problems) clear(kind, sentence string) {
	certain := source.Derive(false, []string{"data_flows", "systems"})
	var missing []string
	if p.doc.DataFlows == nil {
		missing = append(missing, "data_flows")
	}
	if p.doc.Systems == nil {
		missing = append(missing, "systems")
	}
	if (kind == unreviewed || kind == stillRunning) && p.doc.UseCases == nil {
		missing = append(missing, "use_cases")
	}
	if len(missing) > 0 {
		certain, sentence = source.Unsettled[bool](missing, nil), tooLittle+sentence
	}
	p.found[kind] = []finding{{kind, "", sentence, certain, []string{}}}
}

const tooLittle = "too little is declared to say whether "

// add notes a problem unless the claim is void. more tells problems of one kind and subject apart. The sentence must
// read well after "whether".
func (p *problems) add(kind string, subject source.Text, more string, c claim, flows []string, format string, args ...any) {
	if c.void {
		return
	}
	rests := distinct(c.rests)
	certain, sentence := source.Derive(true, rests), fmt.Sprintf(format, args...)
	if len(c.missing) > 0 {
		certain, sentence = source.Unsettled[bool](distinct(c.missing), rests), tooLittle+sentence
	}
	id := kind + "/" + subject.Or("")
	if more != "" {
		id += "/" + more
	}
	p.found[kind] = append(p.found[kind], finding{id, subject.Or(""), sentence, certain, flows})
}

// maxID is how long an id may be to name something in a path.
const maxID = 64

// short makes an id fit for paths. What that takes away is told apart by a digest.
func short(id string) string {
	fit := strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.()/-", r)) {
			return r
		}
		return '-'
	}, id)
	if fit == id && len(id) <= maxID {
		return id
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	return fmt.Sprintf("%s-%016x", fit[:min(len(fit), maxID-17)], h.Sum64())
}

// A claim is that something is wrong because several parts hold. One part that doesn't hold makes it void; while one is
// undeclared nobody can say.
type claim struct {
	void    bool
	rests   []string
	missing []string
}

// claims begins a claim with one part.
func claims(holds, declared bool, at string) claim {
	var c claim
	c.part(holds, declared, at)
	return c
}

// part adds a part that the manifest says at a path.
func (c *claim) part(holds, declared bool, at string) {
	switch {
	case !declared:
		c.missing = append(c.missing, at)
	case holds:
		c.rests = append(c.rests, at)
	default:
		c.void = true
	}
}

// fact adds the part that a fact is yes, or with want false, that it is no.
func (c *claim) fact(f *fact, want bool) {
	switch {
	case f.yes && !want, !f.yes && len(f.missing) == 0 && want:
		c.void = true
	case !f.yes && len(f.missing) > 0:
		c.missing = append(c.missing, f.missing...)
		c.rests = append(c.rests, f.rests...)
	default:
		c.rests = append(c.rests, f.rests...)
	}
}

// flag adds the part that a derived flag is true.
func (c *claim) flag(f source.Flag) {
	yes, declared := f.Get()
	c.fact(&fact{yes: yes, rests: f.Basis().Rests, missing: f.Basis().Missing}, true)
	c.void = c.void || declared && !yes
}

// also returns the claim with everything that another says.
func (c claim) also(other claim) claim {
	return claim{c.void || other.void, slices.Concat(c.rests, other.rests), slices.Concat(c.missing, other.missing)}
}

// outsiders are the parties outside, as a sentence calls them.
var outsiders = map[string]string{"patient": "the patient", "workforce": "the workforce", "payer": "the payer", "other_provider": "another provider", "record": "the record"}

// name is what a sentence calls a node.
func (g *graph) name(id string) string {
	if s := g.systems[id]; s != nil {
		return s.Name.Or(id)
	}
	if name, ok := outsiders[id]; ok {
		return name
	}
	return id
}

// maxNamed is how many flows a sentence names.
const maxNamed = 12

// naming lists flows for a sentence.
func naming(flows []string) string {
	if n := len(flows) - maxNamed; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(flows[:maxNamed], ", "), n)
	}
	return strings.Join(flows, ", ")
}

// outputs notes the outputs that arrive without the review they need.
func (p *problems) outputs() {
	for i := range p.doc.Outputs {
		o := &p.doc.Outputs[i]
		basis, reviewed := o.Reviewed.Basis(), o.Reviewed.Or(false)
		c := claim{reviewed, basis.Rests, basis.Missing}
		route := o.Path.Or([]string{})
		model := p.name(o.Model.Or(""))
		if model == "" {
			model = "the model for " + o.UseCase.Or("this use")
		}
		switch to, known := o.To.Get(); {
		case !known || len(route) == 0:
			p.add(unreviewed, o.ID, "", c, route, "%s's draft arrives somewhere unreviewed", model)
		case o.Needs.Or("") == "staff":
			p.add(unreviewed, o.ID, "", c, route, "%s's draft reaches %s by %s; nobody reviews it on the way", model, p.name(to), naming(route))
		default:
			p.add(unreviewed, o.ID, "", c, route, "%s's draft reaches %s by %s; nobody licensed reviews it on the way", model, p.name(to), naming(route))
		}
	}
}
