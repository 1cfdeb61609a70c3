package checklist

import (
	"slices"
	"strings"
	"time"
)

// A Change is one difference between two versions of a checklist.
type Change struct {
	Kind string   // added, removed, meaning or wording
	ID   string   // the requirement
	What []string // for meaning and wording: the parts that differ
}

// Kinds of change, weightiest first.
const (
	Added    = "added"
	Removed  = "removed"
	Meaning  = "meaning" // the same manifest may get another outcome or weight
	Reworded = "wording" // only what people read
)

// Diff lists how the requirements of one version differ from those of another, in the order of the newer one and then
// of what it no longer has.
func Diff(before, after *Checklist) []Change {
	var changes []Change
	for _, r := range after.All() {
		old, ok := before.Find(r.ID)
		if !ok {
			changes = append(changes, Change{Kind: Added, ID: r.ID})
			continue
		}
		if what := differing(meaning(old), meaning(r)); len(what) > 0 {
			changes = append(changes, Change{Meaning, r.ID, what})
		}
		if what := differing(wording(old), wording(r)); len(what) > 0 {
			changes = append(changes, Change{Reworded, r.ID, what})
		}
	}
	for _, r := range before.All() {
		if _, ok := after.Find(r.ID); !ok {
			changes = append(changes, Change{Kind: Removed, ID: r.ID})
		}
	}
	return changes
}

// part is a named part of a requirement.
type part struct{ name, value string }

// meaning is all that decides a requirement's outcome and weight.
func meaning(r *Requirement) []part {
	parts := []part{
		{"designation", r.Designation}, {"severity", string(r.Severity)}, {"gate", string(r.Gate)},
		{"profile", string(r.Profile)}, {"effective_on", r.EffectiveOn.Format(time.DateOnly)},
	}
	if r.Attested {
		parts = append(parts, part{"attested", "true"})
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		basis := "rule"
		if c.Practice {
			basis = "practice"
		}
		parts = append(parts, part{"check " + c.ID, strings.Join(append(c.Rules(), basis), "\n")})
	}
	return parts
}

// wording is all else.
func wording(r *Requirement) []part {
	parts := []part{
		{"title", r.Title}, {"question", r.Question}, {"why", r.Why}, {"severity_reason", r.SeverityReason},
		{"fix", r.Fix.Do + "\n" + r.Fix.Who + "\n" + r.Fix.Effort}, {"evidence", strings.Join(r.Evidence, "\n")},
		{"does_not_show", r.DoesNotShow}, {"note", r.Note}, {"confidence", r.Confidence}, {"also", strings.Join(r.Also, "\n")},
		{"maps", strings.Join(r.Maps, "\n")}, {"guide", strings.Join(r.Guide, "\n")}, {"gai", strings.Join(r.GAI, "\n")},
	}
	for i := range r.Checks {
		parts = append(parts, part{"gap of " + r.Checks[i].ID, r.Checks[i].Written.Gap.Text})
	}
	return parts
}

// differing names the parts that one list has otherwise than the other, or not at all.
func differing(before, after []part) []string {
	var names []string
	for _, p := range after {
		if !slices.Contains(before, p) {
			names = append(names, p.name)
		}
	}
	for _, p := range before {
		if !slices.ContainsFunc(after, func(q part) bool { return q.name == p.name }) {
			names = append(names, p.name)
		}
	}
	return names
}
