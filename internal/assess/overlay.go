package assess

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// yearly is how long an attestation or an exception may count: then someone looks again.
const yearly = 366 * 24 * time.Hour

// An exception is an entry of the manifest and what became of it.
type exception struct {
	Exception
	matched bool
}

// readExceptions judges the manifest's exceptions by themselves.
func (a *assessor) readExceptions() []*exception {
	var list []*exception
	names := source.ItemNames(source.FieldAt(manifest.Type(), "exceptions").Type.Elem, reflect.ValueOf(a.Doc.Exceptions))
	for i := range a.Doc.Exceptions {
		e := &a.Doc.Exceptions[i]
		for _, to := range a.claimants(e.Requirement.Or("")) {
			out := &exception{Exception: Exception{
				Requirement: to.requirement, Subject: e.Subject.Or(""), Kind: e.Kind.Or("accepted"), Reason: e.Reason.Or(""),
				Compensating: e.Compensating.Or(""), ApprovedBy: e.ApprovedBy.Or(""), ApprovedOn: show(e.ApprovedOn),
				ExpiresOn: show(e.ExpiresOn), Pos: e.Requirement.Pos(), InForce: true, Note: to.note,
			}}
			if why := a.exceptionNote(e, "exceptions["+names[i]+"]", to); why != "" {
				out.InForce, out.Note = false, why
			}
			list = append(list, out)
		}
	}
	return list
}

// exceptionNote says why an exception, written at path, doesn't count, or nothing.
func (a *assessor) exceptionNote(e *manifest.Exception, path string, to claimant) string {
	switch {
	case a.NoExceptions:
		return "left out of this report on request"
	case !e.Reason.Declared():
		return "it does not say why; write its reason"
	case !e.ApprovedBy.Declared():
		return "it does not say who accepted it; write approved_by"
	case !e.ApprovedOn.Declared():
		return "it does not say when it was accepted; write approved_on"
	case !e.ExpiresOn.Declared():
		return "it does not say until when it counts; write expires_on"
	case !e.Subject.Declared() && a.Doc.File.Mentions(path+".subject"):
		return "it does not say what it is for; write its subject, or take the key out to accept the finding for all"
	case a.AsOf.After(e.ExpiresOn.Or(time.Time{})):
		return "it has expired"
	case e.ExpiresOn.Or(time.Time{}).Sub(e.ApprovedOn.Or(time.Time{})) > yearly:
		return "it is to count for more than a year; accept it anew each year"
	case e.ApprovedOn.Or(a.AsOf).After(a.AsOf):
		return "it was not approved yet on this day"
	case to.heavier:
		return "it was approved for " + e.Requirement.Or("") + ", which weighs less or is due later than here; approve it anew for " + to.requirement
	}
	return ""
}

// A claimant is a requirement of which something is said that the manifest says of a requirement by its id.
type claimant struct {
	requirement string // checklist/citation
	note        string // how it comes to be, when what was named is another
	heavier     bool   // whether it weighs more, or is due earlier, than what was named
}

// claimants are the requirement that a manifest names, and those of the checklists checked that took it over from the
// checklist it names. These ask the same in the same words. Where its own checklist is not checked, they alone are.
func (a *assessor) claimants(id string) []claimant {
	list, cite, _ := strings.Cut(id, "/")
	var all []claimant
	for _, c := range a.Checklists {
		if c.Base == nil || c.Base.ID != list {
			continue
		}
		if r, was := c.Inherited(cite); r != nil {
			all = append(all, claimant{c.ID + "/" + cite, "it was made for " + id + ", which " + c.ID + " takes over",
				r.Severity != was.Severity || r.Gate != was.Gate})
		}
	}
	if len(all) == 0 || a.chosen(id) {
		all = append([]claimant{{requirement: id}}, all...)
	}
	return all
}

// show is a date as text; empty when undeclared.
func show(d source.Date) string {
	if !d.Declared() {
		return ""
	}
	return d.String()
}

// accepted reports whether an exception in force covers an open result. None can cover what HIPAA requires outright.
func (a *assessor) accepted(q *Requirement, subject string) bool {
	accepted := false
	for _, e := range a.exceptions {
		if e.Requirement != q.ID || e.Subject != "" && e.Subject != subject {
			continue
		}
		e.matched = true
		if q.Designation == "required" {
			e.InForce, e.Note = false, "HIPAA requires this outright, so it can't be accepted; the finding stays open"
		}
		accepted = accepted || e.InForce
	}
	return accepted
}

// closeExceptions reports the exceptions, with a note on each that covers nothing.
func (a *assessor) closeExceptions() {
	for _, e := range a.exceptions {
		if !e.matched && e.InForce {
			e.InForce = false
			e.Note = a.unmatched(e)
		}
		a.report.Exceptions = append(a.report.Exceptions, e.Exception)
	}
}

func (a *assessor) unmatched(e *exception) string {
	q, ok := a.report.Find(e.Requirement)
	switch {
	case !ok && !a.chosen(e.Requirement):
		return "its checklist was not checked"
	case !ok:
		return "there is no requirement with this id" + a.suggestion(e.Requirement)
	case q.Outcome == NotSelected:
		return "its requirement is outside the profile"
	case e.Subject != "" && q.Outcome.Open():
		return "nothing open has this subject"
	}
	return "it covers nothing: its requirement is not open"
}

func (a *assessor) chosen(requirement string) bool {
	id, _, _ := strings.Cut(requirement, "/")
	for _, c := range a.Checklists {
		if c.ID == id {
			return true
		}
	}
	return false
}

func (a *assessor) suggestion(requirement string) string {
	var ids []string
	for i := range a.report.Requirements {
		ids = append(ids, a.report.Requirements[i].ID)
	}
	if near := source.Suggest(requirement, ids); near != "" {
		return "; " + near
	}
	return ""
}

// attestation looks for the statement an attested requirement needs.
func (a *assessor) attestation(q *Requirement) (Check, sum) {
	r := Result{Outcome: Undeclared, Path: []Place{}, Facts: []Fact{}, Missing: []Missing{}, Fingerprint: fingerprint(q.ID, "attestation", "")}
	section := a.Doc.File.Pos("attestations")
	place := section
	for i := range a.Doc.Attestations {
		at := &a.Doc.Attestations[i]
		if !slices.ContainsFunc(a.claimants(at.Requirement.Or("")), func(to claimant) bool { return to.requirement == q.ID }) {
			continue
		}
		place = at.Requirement.Pos()
		r.Facts = append(r.Facts, Fact{"attestations", at.Statement.Or("") + " (" + a.person(at.By.Or("")) + ", " + show(at.SignedOn) + ")", place})
		if a.attestationNote(i) == "" {
			r.Outcome = Attested
		}
	}
	if r.Outcome == Undeclared {
		r.Missing = append(r.Missing, Missing{Path: "attestations", Pos: section, Allowed: []string{},
			Means: "A statement by a named person, in date, for " + q.ID + "."})
		r.Accepted = a.accepted(q, "")
	}
	out := Check{ID: "attestation", Outcome: r.Outcome, Results: []Result{r}}
	if a.aside != nil {
		a.aside.do(func() { out.Results[0].Place = a.facts.place(place) })
	}
	return out, sum{r.Outcome, r.Assurance, r.Accepted}
}

// attestationNote says why an attestation doesn't count, or nothing.
func (a *assessor) attestationNote(i int) string {
	at := &a.Doc.Attestations[i]
	signed, expires := at.SignedOn.Or(time.Time{}), at.ExpiresOn.Or(time.Time{})
	switch {
	case !at.Statement.Declared() || !at.By.Declared() || !at.SignedOn.Declared() || !at.ExpiresOn.Declared():
		return "it does not say what is stated, by whom, on which day and until when"
	case signed.After(a.AsOf):
		return "it was not signed yet on this day"
	case a.AsOf.After(expires):
		return "it has expired"
	case expires.Sub(signed) > yearly:
		return "it is to count for more than a year; sign it again each year"
	}
	for n := range a.Doc.Evidence {
		if d := &a.Doc.Evidence[n]; at.Document.Declared() && d.ID.Or("") == at.Document.Or("") {
			name := "the document " + d.ID.Or("")
			if !d.State.Declared() {
				return name + " could be exchanged unseen; write its file and its SHA-256"
			}
			return newDocRef(name, d.File.Or(""), d.State).broken
		}
	}
	return ""
}

// closeAttestations reports the attestations, with a note on each that doesn't count.
func (a *assessor) closeAttestations() {
	for i := range a.Doc.Attestations {
		at := &a.Doc.Attestations[i]
		for _, to := range a.claimants(at.Requirement.Or("")) {
			out := Attestation{Requirement: to.requirement, Statement: at.Statement.Or(""), By: at.By.Or(""), Role: at.Role.Or(""),
				SignedOn: show(at.SignedOn), ExpiresOn: show(at.ExpiresOn), Document: at.Document.Or(""), Note: to.note, InForce: true,
				Pos: at.Requirement.Pos()}
			if why := cmp.Or(a.attestationNote(i), a.unasked(to.requirement)); why != "" {
				out.InForce, out.Note = false, why
			}
			a.report.Attestations = append(a.report.Attestations, out)
		}
	}
}

// unasked says why no attestation of a requirement counts, or nothing.
func (a *assessor) unasked(requirement string) string {
	q, ok := a.report.Find(requirement)
	switch {
	case !ok && !a.chosen(requirement):
		return "its checklist was not checked"
	case !ok:
		return "there is no requirement with this id" + a.suggestion(requirement)
	case q.Outcome == NotSelected:
		return "its requirement is outside the profile"
	case !hasAttestation(q):
		return "its requirement is decided by facts, not by a statement"
	}
	return ""
}

func hasAttestation(q *Requirement) bool {
	return len(q.Checks) > 0 && q.Checks[len(q.Checks)-1].ID == "attestation"
}

// person is the name of a person, or the id.
func (a *assessor) person(id string) string {
	for i := range a.Doc.People {
		if p := &a.Doc.People[i]; p.ID.Or("") == id {
			return p.Name.Or(id)
		}
	}
	return id
}
