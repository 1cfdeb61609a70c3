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
		f := g.systemPHI(s)
		s.ReceivesPHI = f.flag()
	}
	facts := make([]fact, len(g.doc.Vendors))
	for i := range g.doc.Vendors {
		facts[i] = g.vendorPHI(&g.doc.Vendors[i])
	}
	g.passDown(facts)
	for i := range g.doc.Vendors {
		v := &g.doc.Vendors[i]
		v.ReceivesPHI = facts[i].flag()
		g.deriveUse(v)
	}
}

// systemPHI looks at the flows into a system, the logs it stores, and what it is said to hold.
func (g *graph) systemPHI(s *manifest.System) fact {
	var f fact
	if g.doc.DataFlows == nil {
		f.say(false, false, "data_flows")
	}
	for _, hop := range g.into[s.ID.Or("")] {
		phi, declared := carriesPHI(hop)
		f.say(phi, declared, path("data_flows", hop.ID, "phi"))
	}
	for i := range g.doc.Logging {
		log := &g.doc.Logging[i]
		if log.StoredIn.Or("") == s.ID.Or("") {
			content, declared := log.Content.Get()
			f.say(content == "full" || content == "redacted", declared, path("logging", log.System, "content"))
		}
	}
	holds, declared := s.HoldsPHI.Get()
	f.say(holds, declared, path("systems", s.ID, "holds_phi"))
	return f
}

// vendorPHI looks at the systems a vendor runs.
func (g *graph) vendorPHI(v *manifest.Vendor) fact {
	var f fact
	runs := false
	for i := range g.doc.Systems {
		s := &g.doc.Systems[i]
		if s.Vendor.Or("") != v.ID.Or("") {
			continue
		}
		runs = true
		f.merge(g.systemPHI(s), path("systems", s.ID, "vendor"))
	}
	if !runs && !g.isSubprocessor(v) {
		f.say(false, false, "systems")
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

func (g *graph) isSubprocessor(v *manifest.Vendor) bool {
	return slices.ContainsFunc(g.doc.Vendors, func(w manifest.Vendor) bool {
		return slices.ContainsFunc(w.Subprocessors, func(s manifest.Subprocessor) bool { return names(s, v) })
	})
}

func names(s manifest.Subprocessor, v *manifest.Vendor) bool {
	name, ok := s.Name.Get()
	return ok && (name == v.ID.Or("") || name == v.Name.Or(""))
}

// passDown carries PHI from vendors to their subprocessors that are vendors of their own, until nothing changes.
func (g *graph) passDown(facts []fact) {
	for changed := true; changed; {
		changed = false
		for i := range g.doc.Vendors {
			if !facts[i].yes {
				continue
			}
			for n := range g.doc.Vendors[i].Subprocessors {
				changed = g.passTo(i, n, facts) || changed
			}
		}
	}
}

func (g *graph) passTo(i, n int, facts []fact) (changed bool) {
	v, s := &g.doc.Vendors[i], g.doc.Vendors[i].Subprocessors[n]
	at := path("vendors", v.ID, "subprocessors")
	for j := range g.doc.Vendors {
		if j == i || facts[j].yes || !names(s, &g.doc.Vendors[j]) {
			continue
		}
		receives, declared := s.ReceivesPHI.Get()
		switch {
		case declared && receives:
			facts[j] = fact{yes: true, rests: append([]string{at}, facts[i].rests...)}
			changed = true
		case !declared && !slices.Contains(facts[j].missing, at):
			facts[j].missing = append(facts[j].missing, at)
		}
	}
	return changed
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

// deriveUse lists the flows by which PHI reaches a vendor, the features on them and the models they reach.
func (g *graph) deriveUse(v *manifest.Vendor) {
	var flows, features, models use
	if g.doc.DataFlows == nil {
		flows.missing = []string{"data_flows"}
	}
	for i := range g.doc.Systems {
		s := &g.doc.Systems[i]
		if s.Vendor.Or("") != v.ID.Or("") {
			continue
		}
		for _, hop := range g.into[s.ID.Or("")] {
			g.useOf(hop, &flows, &features)
		}
		kind, known := s.Kind.Get()
		if known && kind != "model" || !s.ReceivesPHI.Or(true) {
			continue
		}
		if model, ok := s.Model.Get(); ok {
			models.add(model, path("systems", s.ID, "model"))
		} else {
			models.missing = append(models.missing, path("systems", s.ID, "model"))
		}
	}
	v.PHIFlows = flows.words(nil)
	v.FeaturesInUse = features.words(flows.missing)
	v.ModelsInUse = models.words(flows.missing)
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
	for i := range g.doc.People {
		p := &g.doc.People[i]
		var f fact
		if access.Grants == nil {
			f.say(false, false, "access.grants")
		}
		if access.Keys == nil {
			f.say(false, false, "access.keys")
		}
		for n, name := range manifest.Names("access.grants", access.Grants) {
			f.say(access.Grants[n].Person.Or("") == p.ID.Or(""), true, "access.grants["+name+"].person")
		}
		for _, k := range access.Keys {
			owner, declared := k.Owner.Get()
			f.say(owner == p.ID.Or(""), declared, path("access.keys", k.ID, "owner"))
		}
		p.HasAccess = f.flag()
	}
}
