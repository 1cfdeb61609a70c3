// Package redact takes people out of a report or a comparison: whoever the manifest names becomes P01, P02 and so on, and e-mail
// addresses go. It works on the report, before any format sees it, so it also works on one that was saved.
//
// A person's id counts as a name, because it often is one. Ids and names are replaced wherever they stand as a word, also
// in file names, and so is each part of a name but titles: rather one word too many than one too few. What the tool and
// the checklists say themselves stays, and so do outcomes, counts and fingerprints. A fingerprint is made of a subject's id,
// so whoever can guess the id of a person can confirm the guess with it; in exchange a redacted report can still be
// compared with others.
package redact

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/diff"
	"readiness/internal/source"
)

// Notice is what a redacted report says about itself.
const Notice = "People are shown as P01, P02 and so on, and e-mail addresses are left out. Names of persons whom the manifest doesn't list under people may remain."

// removed stands where an e-mail address was.
const removed = "[e-mail]"

// Report returns a copy of r without people. Redacting a redacted report changes nothing.
func Report(r *assess.Report) *assess.Report {
	out := reflect.New(reflect.TypeFor[assess.Report]()).Elem()
	p := newReplacer(persons(r))
	p.copy(out, reflect.ValueOf(r).Elem(), "")
	redacted := out.Interface().(assess.Report)
	for i := range redacted.Inventory.People { // two may have one name
		who := &redacted.Inventory.People[i]
		who.ID = p.byName[strings.TrimSpace(r.Inventory.People[i].ID)]
		who.Name = who.ID
	}
	if !slices.Contains(redacted.Notices, Notice) {
		redacted.Notices = append(redacted.Notices, Notice)
	}
	return &redacted
}

// Diff returns a copy of a comparison without people. They are those of the reports it was made of, numbered together,
// so that a number is one person in both.
func Diff(d *diff.Diff, before, after *assess.Report) *diff.Diff {
	out := reflect.New(reflect.TypeFor[diff.Diff]()).Elem()
	newReplacer(persons(before, after)).copy(out, reflect.ValueOf(d).Elem(), "")
	redacted := out.Interface().(diff.Diff)
	redacted.Notices = append(redacted.Notices, Notice)
	return &redacted
}

// Names are whom the manifest of one practice names.
type Names []person

// NamesIn are those in a report.
func NamesIn(r *assess.Report) Names { return persons(r) }

// Texts returns copies of texts about several practices without the people of any. Who is P01 in one practice is another
// in the next, so here each is P--.
func Texts(texts []string, of ...Names) []string {
	all := slices.Concat(of...)
	for i := range all {
		all[i].pseudonym = someone
	}
	p := newReplacer(all)
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = p.scrub(s)
	}
	return out
}

// person is whom a pseudonym stands for.
type person struct{ id, name, pseudonym string }

// persons are the people of the reports' inventories by id, and after them whoever else is named where a person is. Who
// has one id in two reports is one person, by whatever name.
func persons(reports ...*assess.Report) []person {
	var list, others []person
	known := map[string]bool{"": true}
	for _, r := range reports {
		for i := range r.Inventory.People {
			p := &r.Inventory.People[i]
			list, known[p.ID] = append(list, person{id: p.ID, name: p.Name}), true
		}
	}
	for _, r := range reports {
		for _, id := range named(r) {
			if !known[id] {
				others, known[id] = append(others, person{id: id, name: id}), true
			}
		}
	}
	byID := func(a, b person) int { return cmp.Compare(a.id, b.id) }
	slices.SortStableFunc(list, byID)
	slices.SortStableFunc(others, byID)
	list = append(list, others...)
	digits := max(2, len(fmt.Sprint(len(list))))
	numbers := map[string]string{}
	for i := range list {
		who := cmp.Or(list[i].id, "\x00"+list[i].name)
		if numbers[who] == "" {
			numbers[who] = fmt.Sprintf("P%0*d", digits, len(numbers)+1)
		}
		list[i].pseudonym = numbers[who]
	}
	return list
}

// named are the texts where the manifest names a person.
func named(r *assess.Report) []string {
	var list []string
	for _, a := range r.Attestations {
		list = append(list, a.By)
	}
	for _, e := range r.Exceptions {
		list = append(list, e.ApprovedBy)
	}
	for _, u := range r.Inventory.UseCases {
		list = append(list, u.Owner)
	}
	for _, v := range r.Inventory.Vendors {
		for _, x := range v.Verified {
			list = append(list, x.By)
		}
	}
	return list
}

// byPerson are the fields that hold a person's id or name and nothing else.
var byPerson = []string{"Attestation.By", "Exception.ApprovedBy", "UseCase.Owner", "Verification.By"}

// kept are the types and fields whose text is the tool's, a checklist's or one of a closed list of words.
var kept = []string{
	"Tool", "Pointer", "Omission", "List", "Requirement", "Fix", "Check", "Penalties", "Discretion", "PenaltyTier", "PenaltyNote", "Confidence",
	"Report.Schema", "Report.AsOf", "Report.Stage", "Report.Profile", "Report.Disclaimer", "File.SHA256",
	"Step.Kind", "Step.What", "Step.Requirements", "Result.Fingerprint", "Missing.Means", "Missing.Allowed",
	"Exception.Requirement", "Exception.Kind", "Exception.ApprovedOn", "Exception.ExpiresOn",
	"Attestation.Requirement", "Attestation.SignedOn", "Attestation.ExpiresOn", "Document.State", "Due.On",
	"System.Kind", "System.ReceivesPHI", "Flow.PHI", "Flow.Elements", "Flow.Purpose", "Flow.Encrypted", "Flow.ReviewedBy", "Flow.Writes",
	"Vendor.Role", "Vendor.Tier", "Vendor.BAA", "Vendor.ReceivesPHI", "Verification.Fact", "Verification.Date", "Verification.Method",
	"Person.Licensed", "Person.Status", "Person.HasAccess", "Training.On", "Training.Until",
	"UseCase.Status", "UseCase.RiskTier", "UseCase.DerivedRisk", "UseCase.Review", "Output.Needs", "Output.Reviewed",
	"Problem.Kind", "Problem.Certain",
	"Diff.Schema", "Side.SHA256", "Side.AsOf", "Side.Profile", "Side.Checklists", "Finding.Fingerprint", "Finding.Requirement", "Finding.Title", "Finding.Check",
}

// copy copies a value and replaces people in its texts. field is where it stands, as Type.Field.
func (p *replacer) copy(to, from reflect.Value, field string) {
	switch from.Kind() {
	case reflect.String:
		to.SetString(p.text(from, field))
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			p.copy(to.Elem(), from.Elem(), field)
		}
	case reflect.Struct:
		for i := range from.NumField() {
			p.copy(to.Field(i), from.Field(i), from.Type().Name()+"."+from.Type().Field(i).Name)
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		}
		for i := range from.Len() {
			p.copy(to.Index(i), from.Index(i), field)
		}
	default:
		to.Set(from)
	}
}

func (p *replacer) text(v reflect.Value, field string) string {
	s := v.String()
	typ, _, _ := strings.Cut(field, ".")
	switch {
	case v.Type() != reflect.TypeFor[string](): // a word of a closed list
		return s
	case slices.Contains(kept, typ) || slices.Contains(kept, field):
		return s
	case slices.Contains(byPerson, field) && p.byName[strings.TrimSpace(s)] != "":
		return p.byName[strings.TrimSpace(s)]
	}
	return p.scrub(s)
}

// scrub takes people and addresses out of a text.
func (p *replacer) scrub(s string) string { return p.replace(email().ReplaceAllString(s, removed)) }

// email finds addresses. A checklist's version, as in hipaa@1.0.0, is none: its last part has no letters.
var email = source.Pattern(`[^\s@<>()\[\]{}"'` + "`" + `,;:|=/]+(?:@|%40)(?:[\p{L}\p{N}-]+\.)*\p{L}{2,}`)
