package flow

import (
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// destinations are the places an output can arrive, in the order they are reported.
var destinations = [...]string{"record", "patient", "payer", "other_provider", "workforce"}

// deriveOutputs finds, for each use case and each model that serves it, where its output can arrive and whether
// someone fit to do so reviews on every way there.
func (g *graph) deriveOutputs() {
	if g.doc.UseCases == nil || g.doc.DataFlows == nil || g.doc.Systems == nil {
		return // the list of outputs is undeclared
	}
	g.doc.Outputs = []manifest.Output{}
	for i := range g.doc.UseCases {
		u := &g.doc.UseCases[i]
		if u.Status.Or("") == "retired" {
			continue
		}
		models := g.models(u)
		if len(models) == 0 {
			g.doc.Outputs = append(g.doc.Outputs, unknownOutput("", u, path("use_cases", u.ID, "system")))
		}
		for _, model := range models {
			g.doc.Outputs = append(g.doc.Outputs, g.outputs(model, u)...)
		}
	}
}

// models are the systems whose output a use case sends on: the one it names, and every model on its flows.
func (g *graph) models(u *manifest.UseCase) []string {
	var models []string
	if s, ok := u.System.Get(); ok {
		models = append(models, s)
	}
	for i := range g.doc.DataFlows {
		hop := &g.doc.DataFlows[i]
		from := hop.From.Or("")
		if s := g.systems[from]; s != nil && s.Kind.Or("") == "model" && hop.UseCase.Or("") == u.ID.Or("") {
			models = append(models, from)
		}
	}
	return distinct(models)
}

// A walk follows a model's output along the flows of one use case.
type walk struct {
	*graph
	use    *manifest.UseCase
	needs  string                        // whose review the output needs
	via    map[string]*manifest.DataFlow // the flow by which each node was first reached; nil for the model
	order  []string                      // nodes in the order they were reached: nearest first
	review []string                      // the paths of the reviews met on the way
}

// follow walks from the model over every flow of the use case that stop doesn't hold back, nearest first.
func (g *graph) follow(model string, u *manifest.UseCase, stop func(*walk, *manifest.DataFlow) bool) *walk {
	w := &walk{graph: g, use: u, needs: u.ReviewNeeded.Or("licensed_clinician"),
		via: map[string]*manifest.DataFlow{model: nil}, order: []string{model}}
	for next := 0; next < len(w.order); next++ {
		for _, hop := range g.from[w.order[next]] {
			to := hop.To.Or("")
			if _, seen := w.via[to]; seen || !w.mine(hop) || stop(w, hop) {
				continue
			}
			if _, arrives := w.arrival(hop); arrives && hop.Writes.Or("") == "draft" {
				continue // a draft goes no further until someone signs it
			}
			w.via[to] = hop
			w.order = append(w.order, to)
		}
	}
	return w
}

// mine reports whether a flow belongs to the use case. One that names no use case belongs to every one.
func (w *walk) mine(hop *manifest.DataFlow) bool {
	u, ok := hop.UseCase.Get()
	return !ok || u == w.use.ID.Or("")
}

// reviewed reports whether a hop is reviewed by someone fit for this output.
func (w *walk) reviewed(hop *manifest.DataFlow) bool {
	by := hop.ReviewedBy.Or("none")
	if by == "licensed_clinician" || by == w.needs {
		w.review = append(w.review, path("data_flows", hop.ID, "reviewed_by"))
		return true
	}
	return w.needs == "none"
}

// arrival is the destination a hop delivers to, if it does. A system whose kind nobody declares could be a record.
func (w *walk) arrival(hop *manifest.DataFlow) (string, bool) {
	switch to := hop.To.Or(""); to {
	case "patient", "payer", "other_provider", "workforce":
		return to, true
	default:
		s := w.systems[to]
		return "record", s != nil && s.Kind.Or("ehr") == "ehr"
	}
}

// route lists the flows from the model to the end of hop.
func (w *walk) route(hop *manifest.DataFlow) []string {
	var back []string
	for ; hop != nil; hop = w.via[hop.From.Or("")] {
		back = append(back, hop.ID.Or(""))
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// deliveries are the hops that deliver to a destination from the nodes reached, nearest first.
func (w *walk) deliveries(to string) []*manifest.DataFlow {
	var hops []*manifest.DataFlow
	for _, node := range w.order {
		for _, hop := range w.from[node] {
			if at, ok := w.arrival(hop); ok && at == to && w.mine(hop) {
				hops = append(hops, hop)
			}
		}
	}
	return hops
}

// outputs finds the destinations of one model's output for one use case.
func (g *graph) outputs(model string, u *manifest.UseCase) []manifest.Output {
	all := g.follow(model, u, func(*walk, *manifest.DataFlow) bool { return false })
	bare := g.follow(model, u, (*walk).reviewed)
	var found []manifest.Output
	for _, to := range destinations {
		hops := all.deliveries(to)
		if len(hops) == 0 || to == "workforce" && len(found) > 0 {
			continue
		}
		o := newOutput(model, u, to)
		bare.judge(&o, to)
		if o.Path.Declared() {
			found = append(found, o)
			continue
		}
		route := all.route(hops[0])
		o.Path = source.Derive(route, nil)
		o.Reviewed = source.Derive(true, append(reviews(bare), flowPaths(route, "to")...))
		found = append(found, o)
	}
	if len(found) == 0 {
		return []manifest.Output{unknownOutput(model, u, "data_flows")}
	}
	return found
}

func reviews(w *walk) []string { return distinct(w.review) }

// judge sets the path and the answer of an output that can arrive without review. It prefers a delivery that is
// declared to be unreviewed to one about which the manifest is silent.
func (w *walk) judge(o *manifest.Output, to string) {
	if to == "workforce" || w.needs == "none" && w.use.ReviewNeeded.Declared() {
		return
	}
	for _, hop := range w.deliveries(to) {
		if w.reviewed(hop) {
			continue
		}
		var f fact
		w.delivery(&f, hop)
		if f.yes { // the review is declared after all, where the draft is signed
			continue
		}
		route := w.route(hop)
		if len(f.missing) == 0 {
			o.Path = source.Derive(route, nil)
			o.Reviewed = source.Derive(false, append(f.rests, flowPaths(route, "to")...))
			return
		}
		if !o.Path.Declared() {
			o.Path = source.Derive(route, nil)
			o.Reviewed = source.Unsettled[bool](f.missing, append(f.rests, flowPaths(route, "to")...))
		}
	}
}

// delivery judges one unreviewed hop into a destination: yes if a review is declared all the same.
func (w *walk) delivery(f *fact, hop *manifest.DataFlow) {
	if at, _ := w.arrival(hop); at == "record" {
		to := w.systems[hop.To.Or("")]
		f.say(false, to.Kind.Declared(), path("systems", to.ID, "kind"))
		if !hop.Writes.Declared() && !hop.ReviewedBy.Declared() {
			f.say(false, false, path("data_flows", hop.ID, "writes"))
		}
		if hop.Writes.Or("") == "draft" {
			w.signing(f)
			return
		}
	}
	f.say(false, hop.ReviewedBy.Declared(), path("data_flows", hop.ID, "reviewed_by"))
	f.say(false, w.use.ReviewNeeded.Declared(), path("use_cases", w.use.ID, "kind"))
}

// signing judges a draft in the record: it is reviewed if the use case says that someone fit signs before it counts.
func (w *walk) signing(f *fact) {
	r := &w.use.Review
	by, before := r.By.Or("none"), r.Before.Or("")
	if r.Required.Or(false) && (by == "licensed_clinician" || by == w.needs) && before == "record" {
		f.say(true, true, path("use_cases", w.use.ID, "review.required"))
		for _, key := range []string{"required", "by", "before"} {
			w.review = append(w.review, path("use_cases", w.use.ID, "review."+key))
		}
		return
	}
	f.say(false, r.Required.Declared(), path("use_cases", w.use.ID, "review.required"))
	f.say(false, r.By.Declared(), path("use_cases", w.use.ID, "review.by"))
	f.say(false, r.Before.Declared(), path("use_cases", w.use.ID, "review.before"))
}

func flowPaths(flows []string, key string) []string {
	paths := make([]string, len(flows))
	for i, id := range flows {
		paths[i] = "data_flows[" + id + "]." + key
	}
	return paths
}

func newOutput(model string, u *manifest.UseCase, to string) manifest.Output {
	use := u.ID.Or("")
	system := []string{path("use_cases", u.ID, "system")}
	return manifest.Output{
		ID:      source.Derive(model+"/"+use+"/"+to, nil),
		Model:   source.Derive(model, system),
		UseCase: source.Derive(use, system),
		To:      source.Derive(to, nil),
		Needs:   u.ReviewNeeded,
	}
}

// unknownOutput stands for an output that goes nowhere the manifest says, so that it can't be overlooked.
func unknownOutput(model string, u *manifest.UseCase, missing string) manifest.Output {
	o := newOutput(model, u, "unknown")
	o.To = source.Unsettled[string]([]string{missing}, nil)
	o.Reviewed = source.Unsettled[bool]([]string{missing}, nil)
	o.Path = source.Unsettled[[]string]([]string{missing}, nil)
	return o
}
