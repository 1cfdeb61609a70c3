package flow

import (
	"slices"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// derivePHI finds the systems and vendors that PHI reaches. Encryption and zero retention change nothing: whoever
// handles PHI for the practice receives it (HHS guidance on cloud computing, 2016).
func (g *graph) derivePHI() {
	for i := range g.doc.Systems {
		s := &g.doc.Systems[i]
		id := s.ID.Or("")
		g.running[id] = g.runsModel(s)
		g.entered[id] = g.entersPHI(s)
		g.reached[id] = g.systemPHI(s)
		s.ReceivesPHI = g.reached[id].flag()
	}
	named := g.vendorNames()
	facts := make([]fact, len(g.doc.Vendors))
	for i := range g.doc.Vendors {
		facts[i] = g.vendorPHI(&g.doc.Vendors[i])
	}
	for _, v := range g.unserved(named) {
		facts[v].say(false, false, "systems")
	}
	g.passDown(facts, named)
	for i := range g.doc.Vendors {
		v := &g.doc.Vendors[i]
		v.ReceivesPHI = facts[i].flag()
		g.deriveUse(v)
	}
}

// systemPHI looks at whether PHI enters a system, and at the flows out of it: PHI that leaves it was there, brought in
// or made. Whoever makes it for the practice is its business associate, as who receives it is (45 CFR 160.103, business
// associate (1)(i)).
func (g *graph) systemPHI(s *manifest.System) *fact {
	entered := g.entered[s.ID.Or("")]
	if entered.yes {
		return entered
	}
	f := fact{rests: slices.Clip(entered.rests), missing: slices.Clip(entered.missing)}
	for _, hop := range g.from[s.ID.Or("")] {
		phi, declared := carriesPHI(hop)
		f.say(phi, declared, path("data_flows", hop.ID, "phi"))
	}
	return &f
}

// entersPHI looks at the flows into a system, the logs it stores, and what it is said to hold.
func (g *graph) entersPHI(s *manifest.System) *fact {
	f := g.arrives(s)
	holds, declared := s.HoldsPHI.Get()
	f.say(holds, declared, path("systems", s.ID, "holds_phi"))
	return f
}

// arrives looks at the flows into a system, the logs it stores, and those that it could store: logs with text of which
// nobody says where they are.
func (g *graph) arrives(s *manifest.System) *fact {
	f := &fact{}
	if g.doc.DataFlows == nil {
		f.say(false, false, "data_flows")
	}
	for _, hop := range g.into[s.ID.Or("")] {
		phi, declared := carriesPHI(hop)
		f.say(phi, declared, path("data_flows", hop.ID, "phi"))
	}
	for _, log := range g.stored[s.ID.Or("")] {
		content, declared := log.Content.Get()
		f.say(content == "full" || content == "redacted", declared, "logging["+log.name+"].content")
	}
	for _, where := range g.adrift {
		f.say(false, false, where)
	}
	return f
}

// vendorPHI looks at the systems a vendor runs.
func (g *graph) vendorPHI(v *manifest.Vendor) fact {
	var f fact
	for _, s := range g.runs[v.ID.Or("")] {
		f.merge(*g.reached[s.ID.Or("")], path("systems", s.ID, "vendor"))
	}
	return f
}

// merge adds what another fact says, for the reason at.
func (f *fact) merge(other fact, at string) {
	switch {
	case other.yes && !f.yes:
		f.yes, f.rests = true, append(other.rests, at)
	case !other.yes && !f.yes:
		f.rests = append(append(f.rests, other.rests...), at)
	}
	f.missing = append(f.missing, other.missing...)
}

// vendorNames are the vendors, by number, that go by each id or name.
func (g *graph) vendorNames() map[string][]int {
	named := map[string][]int{}
	for i := range g.doc.Vendors {
		v := &g.doc.Vendors[i]
		id := v.ID.Or("")
		named[id] = append(named[id], i)
		if name, ok := v.Name.Get(); ok && name != id {
			named[name] = append(named[name], i)
		}
	}
	return named
}

// unserved lists the vendors that run no declared system and are nobody's subprocessor.
func (g *graph) unserved(named map[string][]int) []int {
	serves := make([]bool, len(g.doc.Vendors))
	for i := range g.doc.Vendors {
		v := &g.doc.Vendors[i]
		serves[i] = serves[i] || len(g.runs[v.ID.Or("")]) > 0
		for _, s := range v.Subprocessors {
			if name, ok := s.Name.Get(); ok {
				for _, j := range named[name] {
					serves[j] = true
				}
			}
		}
	}
	var list []int
	for i, ok := range serves {
		if !ok {
			list = append(list, i)
		}
	}
	return list
}

// maxChain is how many of the facts that a vendor's PHI rests on are passed down to its subprocessors.
const maxChain = 32

// passDown carries PHI from vendors to their subprocessors that are vendors of their own.
func (g *graph) passDown(facts []fact, named map[string][]int) {
	var next []int
	for i := range facts {
		if facts[i].yes {
			next = append(next, i)
		}
	}
	for ; len(next) > 0; next = next[1:] {
		i := next[0]
		for _, s := range g.doc.Vendors[i].Subprocessors {
			name, ok := s.Name.Get()
			if !ok {
				continue
			}
			for _, j := range named[name] {
				if j != i && g.passTo(i, &facts[j], facts[i].rests, s) {
					next = append(next, j)
				}
			}
		}
	}
}

// passTo tells a subprocessor's fact what vendor i says of it, and reports whether PHI reaches it by that.
func (g *graph) passTo(i int, to *fact, rests []string, s manifest.Subprocessor) bool {
	at := path("vendors", g.doc.Vendors[i].ID, "subprocessors")
	receives, declared := s.ReceivesPHI.Get()
	switch {
	case to.yes:
	case declared && receives:
		*to = fact{yes: true, rests: append([]string{at}, rests[:min(len(rests), maxChain)]...)}
		return true
	case !declared && !slices.Contains(to.missing, at):
		to.missing = append(to.missing, at)
	}
	return false
}

// use is what the flows into one vendor's systems show, each part with what it rests on and what it lacks.
type use struct{ list, rests, missing []string }

func (u *use) add(value, at string) {
	u.list, u.rests = append(u.list, value), append(u.rests, at)
}

// words is the part as a derived list. It is known only when nothing is missing.
func (u *use) words(also []string) source.Words {
	if missing := append(also, u.missing...); len(missing) > 0 {
		return source.Unsettled[[]string](missing, distinct(u.rests))
	}
	return source.Derive(distinct(u.list), distinct(u.rests))
}

// deriveUse lists the flows by which PHI reaches a vendor, or that show it to be there, the features on those that reach
// it, and the models they reach.
func (g *graph) deriveUse(v *manifest.Vendor) {
	var flows, features, models use
	if g.doc.DataFlows == nil {
		flows.missing = []string{"data_flows"}
	}
	for _, s := range g.runs[v.ID.Or("")] {
		for _, hop := range g.into[s.ID.Or("")] {
			g.useOf(hop, &flows, &features)
		}
		if !g.entered[s.ID.Or("")].yes {
			g.made(s, &flows)
		}
		if runs := g.running[s.ID.Or("")]; s.ReceivesPHI.Or(true) && (runs.yes || len(runs.missing) > 0) {
			models.addModel(s)
		}
	}
	v.PHIFlows = flows.words(nil)
	v.FeaturesInUse = features.words(flows.missing)
	v.ModelsInUse = models.words(flows.missing)
}

// made adds the flows that take PHI out of a system into which none is known to come.
func (g *graph) made(s *manifest.System, flows *use) {
	for _, hop := range g.from[s.ID.Or("")] {
		if phi, _ := carriesPHI(hop); phi {
			flows.add(hop.ID.Or(""), path("data_flows", hop.ID, "phi"))
		}
	}
}

// addModel adds the model that a system runs.
func (u *use) addModel(s *manifest.System) {
	where := path("systems", s.ID, "model")
	if model, ok := s.Model.Get(); ok {
		u.add(model, where)
	} else {
		u.missing = append(u.missing, where)
	}
}

// useOf adds one flow into a vendor's system.
func (g *graph) useOf(hop *manifest.DataFlow, flows, features *use) {
	phi, declared := carriesPHI(hop)
	at := path("data_flows", hop.ID, "phi")
	switch {
	case !declared:
		flows.missing = append(flows.missing, at)
		return
	case !phi:
		return
	}
	flows.add(hop.ID.Or(""), at)
	at = path("data_flows", hop.ID, "features")
	if hop.Features == nil {
		features.missing = append(features.missing, at)
	}
	for _, feature := range hop.Features {
		features.add(feature.Or(""), at)
	}
}

func distinct(list []string) []string {
	out := make([]string, 0, len(list))
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// deriveAccess finds the people with a grant or a key.
func (g *graph) deriveAccess() {
	access := &g.doc.Access
	held := map[string]string{} // by person: the first grant or key
	var nobody fact             // what is said of whoever has none
	if access.Grants == nil {
		nobody.say(false, false, "access.grants")
	}
	if access.Keys == nil {
		nobody.say(false, false, "access.keys")
	}
	hold := func(holder source.Text, at string) {
		person, declared := holder.Get()
		nobody.say(false, declared, at)
		if _, known := held[person]; declared && !known {
			held[person] = at
		}
	}
	for n, name := range manifest.Names("access.grants", access.Grants) {
		hold(access.Grants[n].Person, "access.grants["+name+"].person")
	}
	for _, k := range access.Keys {
		hold(k.Owner, path("access.keys", k.ID, "owner"))
	}
	for i := range g.doc.People {
		p := &g.doc.People[i]
		p.HasAccess = nobody.flag()
		if at, ok := held[p.ID.Or("")]; ok {
			p.HasAccess = source.Derive(true, []string{at})
		}
	}
}
