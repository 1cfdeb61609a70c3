package outline

import (
	"fmt"
	"strings"

	"readiness/internal/diff"
)

// A ChangeGroup is what became the same of several findings.
type ChangeGroup struct {
	Title string
	Items []ChangeItem
}

// A ChangeItem is a finding, or a requirement with all its findings.
type ChangeItem struct {
	Words   string
	Details []string // how much it weighs, where it stands, and what changed
}

// StillOpen says what is still open as reports count it, by requirement.
func StillOpen(c diff.Tally) string {
	if c.Open == 0 {
		return "Nothing is still open"
	}
	return fmt.Sprintf("%s still open (%s)", Count(c.Requirements, "requirement"), single(c.Open))
}

// Changes sums up what became of single findings.
func Changes(c diff.Tally) string {
	s := fmt.Sprintf("Single findings: %d new, %d changed (%d for the worse), %d fixed", c.New, c.Changed, c.Worse, c.Fixed)
	if c.NotAsked > 0 {
		s += fmt.Sprintf(", %d no longer asked", c.NotAsked)
	}
	return s
}

func single(findings int) string { return Count(findings, "single finding") }

// Failing says how many findings fail a run by a baseline.
func Failing(n int) string {
	if n == 0 {
		return "Nothing fails this run"
	}
	return fmt.Sprintf("%s %s this run", Count(n, "finding"), verb(n, "fails", "fail"))
}

// ChangeGroups lists a comparison's findings by kind. What is still open is listed by requirement.
func ChangeGroups(d *diff.Diff) []ChangeGroup {
	var groups []ChangeGroup
	for _, kind := range diff.Kinds {
		var of []diff.Finding
		for _, f := range d.Findings {
			if f.Kind == kind {
				of = append(of, f)
			}
		}
		if len(of) == 0 {
			continue
		}
		g := ChangeGroup{Title: fmt.Sprintf("%s (%d)", changeTitle(kind), len(of))}
		if kind == diff.Open {
			g.Items = stillOpen(of)
			g.Title = fmt.Sprintf("%s (%s, %s)", changeTitle(kind), Count(len(g.Items), "requirement"), single(len(of)))
		} else {
			for _, f := range of {
				g.Items = append(g.Items, ChangeItem{f.Words(), changeDetails(f)})
			}
		}
		groups = append(groups, g)
	}
	return groups
}

func changeTitle(k diff.Kind) string {
	switch k {
	case diff.New:
		return "New"
	case diff.Changed:
		return "Changed"
	case diff.Open:
		return "Still open"
	case diff.Fixed:
		return "Fixed"
	case diff.NotAsked:
		return "No longer asked, so nobody knows"
	}
	return string(k)
}

// stillOpen has an item for each requirement.
func stillOpen(findings []diff.Finding) []ChangeItem {
	n := map[string]int{}
	for _, f := range findings {
		n[f.Requirement]++
	}
	var items []ChangeItem
	for _, f := range findings {
		if n[f.Requirement] > 0 {
			words := fmt.Sprintf("%s %s (%s, %s)", f.Requirement, f.Title, f.New.Severity, Count(n[f.Requirement], "finding"))
			items = append(items, ChangeItem{Words: words})
			delete(n, f.Requirement)
		}
	}
	return items
}

func changeDetails(f diff.Finding) []string {
	var lines []string
	switch f.Kind {
	case diff.Changed:
		word := "changed: "
		if f.Worse {
			word = "worse: "
		}
		lines = append(lines, word+strings.Join(f.What, "; "))
	case diff.Fixed:
		return []string{"now " + f.Became()}
	case diff.NotAsked:
		return nil
	case diff.New, diff.Open:
	}
	weight := string(f.New.Severity)
	if !f.New.Counts {
		weight += ", not due, not judged, accepted or only proposed"
	}
	return append(lines, weight+"; "+f.New.Place)
}
