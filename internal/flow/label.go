package flow

import (
	"slices"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// flows looks at each flow by itself: what it is said to carry, and how.
func (p *problems) flows() {
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		p.relabelled(f)
		p.noSource(f)
		p.identifiers(f)
		p.unlisted(f)
		p.weakChannel(f)
		p.noVendor(f)
	}
}

// at is the path of a key of a flow.
func at(f *manifest.DataFlow, key string) string { return path("data_flows", f.ID, key) }

// wayIn is the flow by which PHI enters a system, or may, with the words for it.
func (p *problems) wayIn(s *manifest.System) (flow []string, words string) {
	var maybe *manifest.DataFlow
	for _, f := range p.into[s.ID.Or("")] {
		phi, declared := carriesPHI(f)
		if phi {
			return []string{f.ID.Or("")}, "PHI enters " + p.name(s.ID.Or("")) + " by " + f.ID.Or("")
		}
		if !declared && maybe == nil {
			maybe = f
		}
	}
	if maybe != nil && !s.HoldsPHI.Or(false) {
		return []string{maybe.ID.Or("")}, "PHI enters " + p.name(s.ID.Or("")) + " by " + maybe.ID.Or("")
	}
	return []string{}, "PHI is in " + p.name(s.ID.Or(""))
}

// relabelled finds a flow that leaves a system which PHI enters, and isn't called PHI any more: de-identified without
// a method (45 CFR 164.514(a)-(c)), or none with contents all the same. An empty list of elements says that it carries
// nothing about patients, such as an alert.
func (p *problems) relabelled(f *manifest.DataFlow) {
	s := p.systems[f.From.Or("")]
	if s == nil {
		return
	}
	var c claim
	c.fact(p.reached[s.ID.Or("")], true)
	class, declared := f.PHI.Get()
	end := ""
	switch {
	case !declared:
		c.part(false, false, at(f, "phi"))
	case class == "deidentified":
		c.part(!f.Deidentification.Method.Declared(), true, at(f, "phi"))
		end = " as de-identified, and no method is declared"
	case class == "none":
		c.part(len(f.Elements) > 0, f.Elements != nil, at(f, "elements"))
		c.rests = append(c.rests, at(f, "phi"))
		end = ", which is declared to carry no PHI" + beside(f.Elements)
	default:
		return
	}
	if c.void {
		return
	}
	flows, words := p.wayIn(s)
	p.add(relabelled, f.ID, "", c, append(flows, f.ID.Or("")), "%s and leaves by %s%s", words, f.ID.Or(""), end)
}

// beside names the contents of a flow.
func beside(elements []source.Text) string {
	var names []string
	for _, e := range elements {
		if name, ok := e.Get(); ok {
			names = append(names, words(name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return ", with " + naming(names) + " in it"
}

// words is a word of the manifest as a sentence has it.
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// makers are the kinds of system in which PHI is made: people write or speak into them.
var makers = []string{"scribe", "messaging", "scheduling", "workstation", "clearinghouse"}

// madeElsewhere is the fact that PHI can't have been made in a system by the practice's own people: it is of no such
// kind, or somebody else runs it, who then holds what it makes.
func (p *problems) madeElsewhere(s *manifest.System) *fact {
	switch kind, declared := s.Kind.Get(); {
	case s.Vendor.Declared():
		return &fact{yes: true, rests: []string{path("systems", s.ID, "vendor")}}
	case declared && !slices.Contains(makers, kind):
		return &fact{yes: true, rests: []string{path("systems", s.ID, "kind")}}
	}
	return isOutside(s, p.into[s.ID.Or("")]...)
}

// noSource finds PHI that leaves a system into which nothing brings it, and that holds none.
func (p *problems) noSource(f *manifest.DataFlow) {
	s := p.systems[f.From.Or("")]
	if s == nil {
		return
	}
	phi, declared := carriesPHI(f)
	c := claims(phi, declared, at(f, "phi"))
	c.fact(p.madeElsewhere(s), true)
	c.fact(p.entered[s.ID.Or("")], false)
	if c.void {
		return
	}
	name := p.name(s.ID.Or(""))
	p.add(noSource, f.ID, "", c, []string{f.ID.Or("")}, "PHI leaves %s by %s, yet %s is declared to hold no PHI and no flow brings PHI into it", name, f.ID.Or(""), name)
}

// direct are the identifiers that must go even from a limited data set (45 CFR 164.514(e)(2)).
var direct = []string{"name", "phone", "fax", "email", "ssn", "mrn", "health_plan_id", "account_no", "license_no", "vehicle_id", "device_id", "url",
	"ip", "biometric", "photo"}

// indirect are the other Safe Harbor identifiers (45 CFR 164.514(b)(2)(i)). A limited data set, or an expert's
// determination, may leave some of each.
var indirect = []string{"geo_sub_state", "date_elements", "other_unique"}

// IsIdentifier reports whether an element is one of the Safe Harbor identifiers.
func IsIdentifier(element string) bool {
	return slices.Contains(direct, element) || slices.Contains(indirect, element)
}

// freeText are the elements whose identifiers nobody can list one by one.
var freeText = []string{"clinical_note", "audio", "transcript", "portal_message"}

// has reports whether a flow lists one of the words among its elements. It is undeclared while an element is.
func has(f *manifest.DataFlow, list ...[]string) (yes, declared bool) {
	declared = f.Elements != nil
	for _, e := range f.Elements {
		word, ok := e.Get()
		declared = declared && ok
		for _, words := range list {
			if ok && slices.Contains(words, word) {
				return true, true
			}
		}
	}
	return false, declared
}

// identifiers finds an identifier on a flow that is declared to have none.
func (p *problems) identifiers(f *manifest.DataFlow) {
	class, declared := f.PHI.Get()
	named, known := has(f, direct)
	any, anyKnown := has(f, direct, indirect)
	c := claims(any, anyKnown, at(f, "elements"))
	switch {
	case !declared:
		c.part(false, false, at(f, "phi"))
	case class == "identified":
		return
	case class == "limited_data_set":
		c = claims(named, known, at(f, "elements"))
	case class == "deidentified" && !named:
		method, declared := f.Deidentification.Method.Get()
		if declared && method == "expert_determination" {
			c = claims(named, known, at(f, "elements"))
		} else {
			c.part(true, declared, at(f, "deidentification.method"))
		}
	}
	if declared {
		c.rests = append(c.rests, at(f, "phi"))
	}
	if c.void {
		return
	}
	p.add(identifiers, f.ID, "", c, []string{f.ID.Or("")}, "%s is declared to carry %s, and lists %s", f.ID.Or(""), classWords(class), listed(f, class))
}

func classWords(class string) string {
	switch class {
	case "none":
		return "no PHI"
	case "deidentified":
		return "de-identified data"
	case "limited_data_set":
		return "a limited data set"
	}
	return "less than identified PHI"
}

// listed names the identifiers that a flow lists and its class doesn't allow.
func listed(f *manifest.DataFlow, class string) string {
	var names []string
	for _, e := range f.Elements {
		word := e.Or("")
		if slices.Contains(direct, word) || class != "limited_data_set" && slices.Contains(indirect, word) {
			names = append(names, words(word))
		}
	}
	if len(names) == 0 {
		return "an identifier"
	}
	return naming(names)
}

// unlisted finds free text or sound without an identifier beside it. Both nearly always hold some. Text that a declared
// method has de-identified may hold none; a voice identifies whoever speaks (45 CFR 164.514(b)(2)(i)(P)).
func (p *problems) unlisted(f *manifest.DataFlow) {
	text, textKnown := has(f, freeText)
	ids, idsKnown := has(f, direct, indirect)
	c := claims(text, textKnown, at(f, "elements"))
	c.part(!ids, ids || idsKnown, at(f, "elements"))
	class, declared := f.PHI.Get()
	sound, soundKnown := has(f, []string{"audio"})
	switch method := f.Deidentification.Method.Declared(); {
	case sound, declared && class != "deidentified":
	case !declared:
		c.part(false, false, at(f, "phi"))
	case method:
		c.part(sound, soundKnown, at(f, "elements"))
	default:
		c.part(false, false, at(f, "deidentification.method"))
	}
	if c.void {
		return
	}
	p.add(unlisted, f.ID, "", c, []string{f.ID.Or("")}, "%s carries free text or sound%s, and lists no identifier", f.ID.Or(""), beside(f.Elements))
}
