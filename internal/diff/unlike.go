package diff

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
)

// Unlike says in what the two reports were not made alike, where that bears on what is new and what is fixed.
func Unlike(before, after *assess.Report) []string {
	list := []string{}
	note := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if before.Practice != after.Practice {
		note("The older report is of %s, and the newer one of %s.", named(before.Practice), named(after.Practice))
	}
	if before.AsOf > after.AsOf {
		note("The older report is as of %s, which is after the newer one (%s).", before.AsOf, after.AsOf)
	}
	if before.Profile != after.Profile {
		note("The older report asked the profile %s, and the newer one %s.", before.Profile, after.Profile)
	}
	if was, is := judged(before), judged(after); was != is {
		note("The older report judged %s, and the newer one %s.", was, is)
	}
	was := map[string]assess.List{}
	for _, l := range before.Checklists {
		was[l.ID] = l
	}
	for _, l := range after.Checklists {
		old, ok := was[l.ID]
		delete(was, l.ID)
		switch {
		case !ok:
			note("The checklist %s@%s was not checked in the older report, so all that is open in it is new.", l.ID, l.Version)
		case old.Version != l.Version:
			note("The older report was checked against %s@%s, and the newer one against %s@%s.", l.ID, old.Version, l.ID, l.Version)
		case old.SHA256 != l.SHA256 || old.Extends != l.Extends:
			note("The checklist %s@%s is not the file it was in the older report.", l.ID, l.Version)
		}
	}
	for _, l := range before.Checklists {
		if _, left := was[l.ID]; left {
			note("The checklist %s@%s was checked in the older report only.", l.ID, l.Version)
		}
	}
	return list
}

// Comparable is nil when the newer report asks at least what the older one did, of the same practice. Otherwise what was
// open may be missing from the newer one without being fixed, and a comparison that fails on what is new would pass.
func Comparable(before, after *assess.Report) error {
	if before.Practice != after.Practice {
		return fmt.Errorf("it is of another practice: %s, not %s", named(before.Practice), named(after.Practice))
	}
	checked := map[string]bool{}
	for _, l := range after.Checklists {
		checked[l.ID] = true
	}
	for _, l := range before.Checklists {
		if !checked[l.ID] {
			return fmt.Errorf("it was checked against %s@%s, and now that checklist is not asked", l.ID, l.Version)
		}
	}
	if was, is := checklist.Profile(before.Profile), checklist.Profile(after.Profile); !is.Includes(was) {
		return fmt.Errorf("it asked the profile %s, and now only %s is asked", was, is)
	}
	return nil
}

// judged are the gates that a report judged.
func judged(r *assess.Report) string {
	if len(r.Gates) == 0 {
		return "the gates that are due"
	}
	list := make([]string, len(r.Gates))
	for i, g := range r.Gates {
		list[i] = string(g)
	}
	return "no gate but " + strings.Join(list, " and ")
}

func named(practice string) string {
	if practice == "" {
		return "a practice without a name"
	}
	return practice
}
