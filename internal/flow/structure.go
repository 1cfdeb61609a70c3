package flow

import (
	"slices"

	"readiness/internal/manifest"
)

// structure looks at how flows, systems and use cases go together.
func (p *problems) structure() {
	p.uneven()
	for i := range p.doc.Systems {
		p.oneWay(&p.doc.Systems[i])
	}
	p.unmatched()
	p.stillRunning()
}

// An aspect is one way in which a flow can be protected less than another.
type aspect struct {
	name  string
	words string // what is said of the weaker flow
	weak  func(*manifest.DataFlow) (weak, declared bool, at string)
}

// aspects are compared between flows with the same ends.
var aspects = [...]aspect{
	{"encryption", "is not encrypted", func(f *manifest.DataFlow) (bool, bool, string) {
		encrypted, declared := f.Transport.Encrypted.Get()
		return !encrypted, declared, at(f, "transport.encrypted")
	}},
	{"sign-in", "has no sign-in of its own", func(f *manifest.DataFlow) (bool, bool, string) {
		by, declared := f.Authentication.Get()
		return by == "shared" || by == "none", declared, at(f, "authentication")
	}},
}

// uneven finds flows with the same ends of which one that carries PHI is protected less than another.
func (p *problems) uneven() {
	pairs := map[[2]string][]*manifest.DataFlow{}
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		ends := [2]string{f.From.Or(""), f.To.Or("")}
		pairs[ends] = append(pairs[ends], f)
	}
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		twins := pairs[[2]string{f.From.Or(""), f.To.Or("")}]
		if len(twins) > 1 && twins[0] == f {
			for _, a := range aspects {
				p.unevenIn(a, twins)
			}
		}
	}
}

// unevenIn compares each of several flows with the same ends with the others, in one aspect.
func (p *problems) unevenIn(a aspect, twins []*manifest.DataFlow) {
	var strong, unknown []*manifest.DataFlow
	for _, f := range twins {
		switch weak, declared, _ := a.weak(f); {
		case !declared:
			unknown = append(unknown, f)
		case !weak:
			strong = append(strong, f)
		}
	}
	for _, f := range twins {
		other := otherThan(f, strong)
		if other == nil {
			other = otherThan(f, unknown)
		}
		if other == nil {
			continue
		}
		weak, declared, where := a.weak(other)
		c := claims(!weak, declared, where)
		weak, declared, where = a.weak(f)
		c.part(weak, declared, where)
		phi, declared := carriesPHI(f)
		c.part(phi, declared, at(f, "phi"))
		p.add(uneven, f.ID, a.name, c, []string{f.ID.Or(""), other.ID.Or("")}, "%s takes PHI from %s to %s and %s, unlike %s",
			f.ID.Or(""), p.name(f.From.Or("")), p.name(f.To.Or("")), a.words, other.ID.Or(""))
	}
}

// otherThan is the first of the flows that isn't f; nil when there is none.
func otherThan(f *manifest.DataFlow, flows []*manifest.DataFlow) *manifest.DataFlow {
	for _, other := range flows[:min(len(flows), 2)] {
		if other != f {
			return other
		}
	}
	return nil
}

// oneWay finds a model that is sent data for a use, and sends nothing back for it.
func (p *problems) oneWay(s *manifest.System) {
	kind, declared := s.Kind.Get()
	model := claims(kind == "model", declared, path("systems", s.ID, "kind"))
	if model.void {
		return
	}
	into, from := byUse(p.into[s.ID.Or("")]), byUse(p.from[s.ID.Or("")])
	for _, u := range into.order {
		flows := into.flows[u]
		c := model.also(p.noWayBack(u, flows, from))
		ids := idsOf(flows)
		p.add(oneWay, s.ID, u, c, ids, "%s is sent data by %s, and no flow%s leads back", p.name(s.ID.Or("")), naming(ids), forUse(u))
	}
}

// noWayBack claims that none of the flows from a model belongs to a use, "" where nobody says to which they do.
func (p *problems) noWayBack(use string, flows []*manifest.DataFlow, from usesOf) claim {
	var c claim
	c.part(use == "" || from.flows[use] == nil, true, at(flows[0], "to"))
	if use == "" && len(from.order) > 0 {
		c.part(false, false, at(flows[0], "use_case"))
	}
	if open := from.flows[""]; open != nil {
		c.part(false, false, at(open[0], "use_case"))
	}
	return c
}

func forUse(use string) string {
	if use == "" {
		return ""
	}
	return " for " + use
}

// usesOf are flows by use case, in the order the use cases were met.
type usesOf struct {
	flows map[string][]*manifest.DataFlow
	order []string
}

func byUse(hops []*manifest.DataFlow) usesOf {
	u := usesOf{flows: map[string][]*manifest.DataFlow{}}
	for _, f := range hops {
		use := f.UseCase.Or("")
		if u.flows[use] == nil {
			u.order = append(u.order, use)
		}
		u.flows[use] = append(u.flows[use], f)
	}
	return u
}

func idsOf(hops []*manifest.DataFlow) []string {
	ids := make([]string, len(hops))
	for i, f := range hops {
		ids[i] = f.ID.Or("")
	}
	return ids
}

// unmatched finds flows without a use case, and use cases without a flow.
func (p *problems) unmatched() {
	var open []string
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		if f.UseCase.Declared() {
			continue
		}
		where := at(f, "use_case")
		if len(open) < maxMissing {
			open = append(open, where)
		}
		p.add(unmatched, f.ID, "", claims(false, false, where), []string{f.ID.Or("")}, "%s belongs to a use case", f.ID.Or(""))
	}
	for i := range p.doc.UseCases {
		u := &p.doc.UseCases[i]
		if len(p.serving[u.ID.Or("")]) > 0 {
			continue
		}
		status, declared := u.Status.Get()
		c := claims(!slices.Contains(stopped, status), declared, path("use_cases", u.ID, "status"))
		c.missing = slices.Concat(c.missing, open)
		p.add(unmatched, u.ID, "use-case", c, []string{}, "no flow belongs to %s", useName(u))
	}
}
