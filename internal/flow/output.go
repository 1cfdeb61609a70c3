package flow

import (
	"cmp"

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
		if len(models) == 0 || !u.System.Declared() {
			g.doc.Outputs = append(g.doc.Outputs, unknownOutput("", u, path("use_cases", u.ID, "system")))
		}
		for _, model := range models {
			g.doc.Outputs = append(g.doc.Outputs, g.outputs(model, u)...)
		}
	}
	g.deriveStrayOutputs()
}

// models are the systems whose output a use case sends on: the one it names, and every system on its flows that is a
// model, or of which nobody says what it is.
func (g *graph) models(u *manifest.UseCase) []string {
	var models []string
	if s, ok := u.System.Get(); ok {
		models = append(models, s)
	}
	for _, hop := range g.serving[u.ID.Or("")] {
		from := hop.From.Or("")
		if s := g.systems[from]; s != nil && s.Kind.Or("model") == "model" {
			models = append(models, from)
		}
	}
	return distinct(models)
}

// deriveStrayOutputs notes each model with a flow of which nobody says what use it belongs to, so that what it sends
// on there can't be overlooked.
func (g *graph) deriveStrayOutputs() {
	seen := map[string]bool{}
	for i := range g.doc.DataFlows {
		hop := &g.doc.DataFlows[i]
		from := hop.From.Or("")
		if s := g.systems[from]; s == nil || s.Kind.Or("model") != "model" || hop.UseCase.Declared() || seen[from] {
			continue
		}
		seen[from] = true
		g.doc.Outputs = append(g.doc.Outputs, strayOutput(from, path("data_flows", hop.ID, "use_case")))
	}
}

// outputs finds the destinations of one model's output for one use case.
func (g *graph) outputs(model string, u *manifest.UseCase) []manifest.Output {
	if g.steps <= 0 {
		return []manifest.Output{unknownOutput(model, u, "data_flows")}
	}
	all := g.follow(model, u, func(*walk, *manifest.DataFlow) bool { return false })
	bare := g.follow(model, u, (*walk).reviewed)
	var found []manifest.Output
	for _, to := range destinations {
		hops := all.arrivals[to]
		if len(hops) == 0 || to == "workforce" && len(found) > 0 {
			continue
		}
		o := newOutput(model, u, to)
		bare.judge(&o, to)
		if !o.Path.Declared() {
			route := all.route(hops[0])
			o.Path = source.Derive(route, nil)
			o.Reviewed = source.Derive(true, append(distinct(bare.review), flowPaths(route, "to")...))
			o.Cut = source.Derive(bare.cut(all, to), nil)
		}
		found = append(found, o)
	}
	if missing := all.nowhere(); missing != "" {
		found = append(found, unknownOutput(model, u, missing))
	}
	if s := g.systems[model]; u.System.Or("") != model && !s.Kind.Declared() {
		return maybe(found, path("systems", s.ID, "kind"))
	}
	return found
}

// nowhere is what keeps open whether the output arrives anywhere; "" when it does, by flows that are known to be this
// use's, at a place that is known.
func (w *walk) nowhere() string {
	missing := "data_flows"
	open := map[string]string{} // by node: the fact on which it depends that the output gets there
	for _, node := range w.order {
		for _, hop := range w.from[node] {
			if !w.mine(hop) {
				continue
			}
			at := cmp.Or(w.doubt[node], open[node], w.unsure(hop))
			to := hop.To.Or("")
			if w.via[to] == hop {
				open[to] = cmp.Or(at, w.mayEnd(hop, "draft"))
			}
			if _, arrives := w.arrival(hop); !arrives {
				continue
			}
			if s := w.systems[to]; at == "" && s != nil && !s.Kind.Declared() {
				at = path("systems", s.ID, "kind")
			}
			if at == "" {
				return ""
			}
			missing = at
		}
	}
	return missing
}

// unsure is the fact that would tell whether a flow is this use's; "" when it is.
func (w *walk) unsure(hop *manifest.DataFlow) string {
	if hop.UseCase.Declared() {
		return ""
	}
	return path("data_flows", hop.ID, "use_case")
}

// maybe are those outputs that would be a finding if the fact missing said so.
func maybe(list []manifest.Output, missing string) []manifest.Output {
	var open []manifest.Output
	for _, o := range list {
		if reviewed, declared := o.Reviewed.Get(); declared && reviewed {
			continue
		}
		basis := o.Reviewed.Basis()
		o.Reviewed = source.Unsettled[bool](append([]string{missing}, basis.Missing...), basis.Rests)
		open = append(open, o)
	}
	return open
}

// A walk follows a model's output along the flows of one use case.
type walk struct {
	*graph
	use      *manifest.UseCase
	needs    string                          // whose review the output needs
	via      map[string]*manifest.DataFlow   // the flow by which each node was first reached; nil for the model
	order    []string                        // nodes in the order they were reached: nearest first
	doubt    map[string]string               // by node: what would tell whether the output gets past a draft on the way
	arrivals map[string][]*manifest.DataFlow // by destination: the flows that deliver to it, nearest first
	review   []string                        // the paths of the reviews met on the way
}

// follow walks from the model over every flow of the use case that stop doesn't hold back, nearest first.
func (g *graph) follow(model string, u *manifest.UseCase, stop func(*walk, *manifest.DataFlow) bool) *walk {
	w := &walk{graph: g, use: u, needs: u.ReviewNeeded.Or("licensed_clinician"), via: map[string]*manifest.DataFlow{model: nil},
		order: []string{model}, doubt: map[string]string{}, arrivals: map[string][]*manifest.DataFlow{}}
	for next := 0; next < len(w.order); next++ {
		g.steps -= len(g.from[w.order[next]])
		for _, hop := range g.from[w.order[next]] {
			if !w.mine(hop) {
				continue
			}
			if at, arrives := w.arrival(hop); arrives {
				w.arrivals[at] = append(w.arrivals[at], hop)
			}
			to := hop.To.Or("")
			if _, seen := w.via[to]; seen || stop(w, hop) || w.ends(hop) {
				continue
			}
			w.via[to] = hop
			w.doubt[to] = cmp.Or(w.doubt[w.order[next]], w.mayEnd(hop, "final"))
			w.order = append(w.order, to)
		}
	}
	return w
}

// ends reports whether a hop goes no further by itself: a draft does when someone signs it. In a system of which nobody
// says what it is, it may go on.
func (w *walk) ends(hop *manifest.DataFlow) bool {
	_, arrives := w.arrival(hop)
	s := w.systems[hop.To.Or("")]
	return arrives && hop.Writes.Or("") == "draft" && (s == nil || s.Kind.Declared())
}

// mayEnd is the fact that would tell whether a draft goes on: what the system is that it is sent to; "" when nothing is
// open. unsaid is what a hop writes that doesn't say it.
func (w *walk) mayEnd(hop *manifest.DataFlow, unsaid string) string {
	if s := w.systems[hop.To.Or("")]; s != nil && !s.Kind.Declared() && hop.Writes.Or(unsaid) == "draft" {
		return path("systems", s.ID, "kind")
	}
	return ""
}

// mine reports whether a flow belongs to the use case. One that names no use case belongs to every one.
func (w *walk) mine(hop *manifest.DataFlow) bool {
	u, ok := hop.UseCase.Get()
	return !ok || u == w.use.ID.Or("")
}

// fit reports whether a hop is reviewed by someone fit for this output.
func (w *walk) fit(hop *manifest.DataFlow) bool {
	by := hop.ReviewedBy.Or("none")
	return by == "licensed_clinician" || by == w.needs
}

// reviewed reports whether a hop needs no further review, and notes the review it has.
func (w *walk) reviewed(hop *manifest.DataFlow) bool {
	if !w.fit(hop) {
		return w.needs == "none"
	}
	w.review = append(w.review, path("data_flows", hop.ID, "reviewed_by"))
	return true
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
	w.steps -= len(back)
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// judge sets the path and the answer of an output that can arrive without review. It prefers a delivery that is
// declared to be unreviewed to one about which the manifest is silent.
func (w *walk) judge(o *manifest.Output, to string) {
	if to == "workforce" || w.needs == "none" && w.use.ReviewNeeded.Declared() {
		return
	}
	for _, hop := range w.arrivals[to] {
		if w.reviewed(hop) {
			continue
		}
		var f fact
		w.delivery(&f, hop)
		if doubt := w.doubt[hop.From.Or("")]; doubt != "" && !f.yes {
			f.say(false, false, doubt)
		}
		if f.yes || len(f.missing) > 0 && o.Path.Declared() { // declared after all, where the draft is signed; or no worse
			continue
		}
		route := w.route(hop)
		rests := append(f.rests, flowPaths(route, "to")...)
		o.Path = source.Derive(route, nil)
		if len(f.missing) == 0 {
			o.Reviewed, o.Cut = source.Derive(false, rests), source.Derive([]string{}, nil)
			return
		}
		o.Reviewed, o.Cut = source.Unsettled[bool](f.missing, rests), source.Unsettled[[]string](f.missing, nil)
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
	o.Cut = o.Path
	return o
}

// strayOutput stands for what a model sends on for a use that nobody names.
func strayOutput(model, missing string) manifest.Output {
	o := unknownOutput(model, &manifest.UseCase{}, missing)
	o.ID = source.Derive(model+"/unknown", nil)
	o.UseCase = source.Unsettled[string]([]string{missing}, nil)
	o.Needs = o.UseCase
	return o
}
