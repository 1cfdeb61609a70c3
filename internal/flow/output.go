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
	g.addHops()
	all, bare := g.newWalk(), g.newWalk()
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
			g.doc.Outputs = append(g.doc.Outputs, g.outputs(model, i, all, bare)...)
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
		if s := g.systems[from]; s != nil && isModel(s) {
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
		if s := g.systems[from]; s == nil || !isModel(s) || hop.UseCase.Declared() || seen[from] {
			continue
		}
		seen[from] = true
		g.doc.Outputs = append(g.doc.Outputs, strayOutput(from, path("data_flows", hop.ID, "use_case")))
	}
}

// outputs finds the destinations of one model's output for one use case, by number, with two walks to use.
func (g *graph) outputs(model string, use int, all, bare *walk) []manifest.Output {
	u := &g.doc.UseCases[use]
	if g.steps <= 0 {
		return []manifest.Output{unknownOutput(model, u, "data_flows")}
	}
	all.follow(model, use, func(*walk, *hop) bool { return false })
	bare.follow(model, use, (*walk).reviewed)
	var found []manifest.Output
	for to, name := range destinations {
		hops := all.arrivals[to]
		if len(hops) == 0 || name == "workforce" && len(found) > 0 {
			continue
		}
		o := newOutput(model, u, name)
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
	open := make(map[int]string, len(w.order)) // by node: the fact on which it depends that the output gets there
	for _, from := range w.order {
		for _, h := range w.nodes[from].out {
			if !w.mine(h) {
				continue
			}
			at := cmp.Or(w.doubt[from], open[from], h.unsaid)
			if w.via[h.to] == h {
				open[h.to] = cmp.Or(at, w.mayEnd(h, "draft"))
			}
			if h.arrives == none {
				continue
			}
			if at = cmp.Or(at, w.nodes[h.to].unsaid); at == "" {
				return ""
			}
			missing = at
		}
	}
	return missing
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

// judge sets the path and the answer of an output that can arrive without review. It prefers a delivery that is
// declared to be unreviewed to one about which the manifest is silent.
func (w *walk) judge(o *manifest.Output, to int) {
	if destinations[to] == "workforce" || w.needs == "none" && w.use.ReviewNeeded.Declared() {
		return
	}
	for _, h := range w.arrivals[to] {
		if w.reviewed(h) {
			continue
		}
		var f fact
		w.delivery(&f, h)
		if doubt := w.doubt[h.from]; doubt != "" && !f.yes {
			f.say(false, false, doubt)
		}
		if f.yes || len(f.missing) > 0 && o.Path.Declared() { // declared after all, where the draft is signed; or no worse
			continue
		}
		route := w.route(h)
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
func (w *walk) delivery(f *fact, h *hop) {
	if destinations[h.arrives] == "record" {
		to := w.nodes[h.to].system
		f.say(false, to.Kind.Declared(), path("systems", to.ID, "kind"))
		if !h.Writes.Declared() && !h.ReviewedBy.Declared() {
			f.say(false, false, path("data_flows", h.ID, "writes"))
		}
		if h.Writes.Or("") == "draft" {
			w.signing(f)
			return
		}
	}
	f.say(false, h.ReviewedBy.Declared(), path("data_flows", h.ID, "reviewed_by"))
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
