package flow

import (
	"slices"

	"readiness/internal/manifest"
)

// weakChannel finds PHI that is copied by hand, or sent by text message or by e-mail that isn't encrypted.
func (p *problems) weakChannel(f *manifest.DataFlow) {
	phi, declared := carriesPHI(f)
	c := claims(phi, declared, at(f, "phi"))
	protocol, declared := f.Transport.Protocol.Get()
	c.part(slices.Contains([]string{"copy_paste", "sms", "email"}, protocol), declared, at(f, "transport.protocol"))
	if protocol == "email" {
		encrypted, declared := f.Transport.Encrypted.Get()
		c.part(!encrypted, declared, at(f, "transport.encrypted"))
	}
	if c.void {
		return
	}
	way := "copy and paste, text message or open e-mail"
	switch protocol {
	case "copy_paste":
		way = "copy and paste"
	case "sms":
		way = "text message"
	case "email":
		way = "e-mail that is not encrypted"
	}
	p.add(weakChannel, f.ID, "", c, []string{f.ID.Or("")}, "%s takes PHI from %s to %s by %s", f.ID.Or(""), p.name(f.From.Or("")), p.name(f.To.Or("")), way)
}

// outside are the kinds of system that somebody else runs as a rule.
var outside = []string{"model", "scribe", "clearinghouse"}

// isOutside reports whether a system without a vendor is somebody else's all the same: one of the flows names features
// of its vendor, or its kind says so. A practice may run a model itself, so a kind alone settles nothing.
func isOutside(s *manifest.System, hops ...*manifest.DataFlow) *fact {
	var out fact
	for _, f := range hops {
		out.say(len(f.Features) > 0, f.Features != nil, at(f, "features"))
	}
	kind, declared := s.Kind.Get()
	switch {
	case !declared:
		out.say(false, false, path("systems", s.ID, "kind"))
	case slices.Contains(outside, kind), s.Model.Declared():
		out.say(false, false, path("systems", s.ID, "vendor"))
	default:
		out.say(false, true, path("systems", s.ID, "kind"))
	}
	return &out
}

// noVendor finds PHI that goes to somebody else's system, and no vendor is named. By the manifest's own rule the practice
// runs a system that names none.
func (p *problems) noVendor(f *manifest.DataFlow) {
	s := p.systems[f.To.Or("")]
	if s == nil || s.Vendor.Declared() {
		return
	}
	phi, declared := carriesPHI(f)
	c := claims(phi, declared, at(f, "phi"))
	c.fact(isOutside(s, f), true)
	p.add(noVendor, f.ID, "", c, []string{f.ID.Or("")}, "PHI goes to %s by %s, and no vendor is declared for it", p.name(s.ID.Or("")), f.ID.Or(""))
}

// noAgreement keeps open what an agreement would settle, for somebody else's system of which nobody says whose.
func (p *problems) noAgreement(s *manifest.System) {
	if s.Vendor.Declared() {
		return
	}
	var c claim
	c.fact(p.reached[s.ID.Or("")], true)
	c.fact(isOutside(s, p.into[s.ID.Or("")]...), true)
	if c.void {
		return
	}
	c.missing = append(c.missing, path("systems", s.ID, "vendor"))
	flows := p.phiInto(s)
	for _, kind := range []string{notCovered, excluded, tooEarly, keptAnyway, consumerPlan} {
		p.add(kind, s.ID, "no-vendor", c, flows, "the agreement with whoever runs %s allows the PHI it is sent%s", p.name(s.ID.Or("")), by(flows))
	}
}
