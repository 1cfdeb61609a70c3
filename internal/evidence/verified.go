package evidence

import (
	"slices"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// exported is the method of checking that rests on an export, and atSource are the others that ask the vendor itself.
const exported = "export_attached"

var atSource = [...]string{"contract_read", "vendor_written_confirmation", "admin_console_seen"}

// verifications sets which facts were learnt from the vendor itself.
func (l *looker) verifications(doc *manifest.Doc) {
	for i := range doc.Vendors {
		v := &doc.Vendors[i]
		names := manifest.Names("vendors.verified", v.Verified)
		for n := range v.Verified {
			check := &v.Verified[n]
			at := vendorPath(v, "verified["+names[n]+"].method")
			switch method, declared := check.Method.Get(); {
			case !declared:
				check.AtSource = source.Unsettled[bool]([]string{at}, nil)
			case method == exported:
				check.AtSource = l.exported(doc, vendorPath(v, check.Fact.Or("")), at)
			default:
				check.AtSource = source.Derive(slices.Contains(atSource[:], method), []string{at})
			}
		}
	}
}

// exported is whether an export shows something of a fact, which is said at a path to be checked by one. While none is
// there, nobody can tell. One that could not be looked at is taken at its word, as other documents are.
func (l *looker) exported(doc *manifest.Doc, fact, at string) source.Flag {
	rests, missing := []string{at}, []string{}
	contradicted := false
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		if d.State.Or("") == NotLookedAt && slices.Contains(Formats(), d.Format.Or("")) {
			return source.Derive(true, append(rests, "evidence["+d.ID.Or("")+"].format"))
		}
		for _, c := range d.Claims {
			path := c.Path.Or("")
			if !strings.HasPrefix(path, fact+".") {
				continue
			}
			switch shown, known := c.Shown.Get(); {
			case shown:
				return source.Derive(true, append(rests, path))
			case known:
				rests, contradicted = append(rests, path), true
			default:
				missing = append(missing, c.Shown.Basis().Missing...)
			}
		}
	}
	switch {
	case contradicted:
		return source.Derive(false, rests)
	case len(missing) == 0:
		missing = []string{"evidence"}
	}
	return source.Unsettled[bool](missing, rests)
}
