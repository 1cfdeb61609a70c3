package text

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// A Move is a requirement whose outcome differs between two checklists.
type Move struct {
	ID      string
	Was, Is assess.Outcome // empty where the requirement is not there
}

// Changes writes what changed between two checklists and, if asked says so, what that changes for a practice.
func Changes(before, after *checklist.Checklist, changes []checklist.Change, moves []Move, asked bool) []byte {
	p := newPrinter(Style{})
	p.para("", "", fmt.Sprintf("From %s@%s to %s@%s", before.ID, before.Version, after.ID, after.Version))
	titles := []struct{ kind, title string }{
		{checklist.Added, "Added"}, {checklist.Removed, "Removed"},
		{checklist.Meaning, "Changed in meaning: the same manifest may come out otherwise"}, {checklist.Reworded, "Reworded: only what people read"},
	}
	for _, t := range titles {
		var of []checklist.Change
		for _, c := range changes {
			if c.Kind == t.kind {
				of = append(of, c)
			}
		}
		if len(of) == 0 {
			continue
		}
		p.heading(fmt.Sprintf("%s (%d)", t.title, len(of)))
		for _, c := range of {
			what := ""
			if len(c.What) > 0 {
				what = ": " + strings.Join(c.What, ", ")
			}
			p.para("- ", "  ", c.ID+what)
		}
	}
	if len(changes) == 0 {
		p.para("", "", "Nothing that is asked or said differs.")
	}
	if asked {
		p.moves(moves)
	}
	return p.out.Bytes()
}

func (p *printer) moves(moves []Move) {
	p.heading(fmt.Sprintf("For this practice (%d)", len(moves)))
	if len(moves) == 0 {
		p.para("", "", "No outcome changes.")
	}
	for _, m := range moves {
		p.para("- ", "  ", fmt.Sprintf("%s: %s, was %s", m.ID, word(m.Is), word(m.Was)))
	}
}

// word is an outcome for people.
func word(o assess.Outcome) string {
	if o == "" {
		return "not there"
	}
	return outline.Words(string(o))
}

// Coverage writes what covers each provision a checklist knows of: a requirement of its own, another requirement, or
// nothing, with the reason.
func Coverage(c *checklist.Checklist, style Style) []byte {
	p := newPrinter(style)
	p.styled("", "", "title", fmt.Sprintf("%s@%s: what covers each provision of %s", c.ID, c.Version, c.Source.Name))
	own, under, left := map[string]string{}, map[string]string{}, map[string]string{}
	for _, r := range c.All() {
		own[r.ID] = r.Title
	}
	for _, r := range c.All() {
		for _, also := range r.Also {
			if own[also] == "" && under[also] == "" {
				under[also] = "under " + r.ID
			}
		}
	}
	for _, o := range c.NotCovered {
		left[o.Cite] = o.Title + ": " + o.Reason
	}
	p.table("Requirements of their own", own)
	p.table("Covered under another", under)
	p.table("Not covered", left)
	return p.out.Bytes()
}

// table writes citations in order, with what is said of each.
func (p *printer) table(title string, said map[string]string) {
	if len(said) == 0 {
		return
	}
	p.heading(fmt.Sprintf("%s (%d)", title, len(said)))
	for _, cite := range slices.Sorted(maps.Keys(said)) {
		p.para(fmt.Sprintf("  %-24s ", source.Printable(cite)), strings.Repeat(" ", 27), said[cite])
	}
}

// Guide writes the rows of the practice guide with the requirements that cover each.
func Guide(rows []checklist.Row, lists []*checklist.Checklist, style Style) []byte {
	p := newPrinter(style)
	p.styled("", "", "title", "The practice guide, and what covers each row")
	for _, row := range rows {
		var by []string
		for _, c := range lists {
			for _, r := range c.All() {
				if slices.Contains(r.Guide, row.ID) {
					by = append(by, c.ID+"/"+r.ID)
				}
			}
		}
		covers := strings.Join(by, ", ")
		switch {
		case row.Gate == "none":
			covers = "information only, in every report"
		case len(by) == 0:
			covers = "NOTHING"
		}
		p.line("")
		p.para(row.ID+"  ", "      ", row.Point)
		p.styled("      ", "      ", "dim", covers)
	}
	return p.out.Bytes()
}
