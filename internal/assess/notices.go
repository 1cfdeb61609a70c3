package assess

import (
	"fmt"
	"strings"

	"readiness/internal/checklist"
)

// about tells what a reader should know about a checklist: that it is out of date, that no more than its id is that of
// one that ships with the program, and what it leaves out.
func (a *assessor) about(c *checklist.Checklist) []string {
	list := []string{}
	note := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if a.AsOf.After(c.ReviewBy) {
		note("The checklist %s@%s was to be compared with its source again by %s. Its judgements may be out of date.", c.ID, c.Version, day(c.ReviewBy))
	}
	for _, from := range []*checklist.Checklist{c, c.Base} {
		if from != nil && from.Stranger() != "" {
			note("%s@%s was read from %s; it is not a list that ships with readiness.", from.ID, from.Version, from.Stranger())
		}
	}
	if left := c.LeftOut(); len(left) > 0 {
		list = append(list, leftOut(c, left))
	}
	return list
}

// maxLeftOut is how many of the requirements that a checklist leaves out are named here. All are, each with the reason,
// among what no requirement covers.
const maxLeftOut = 5

func leftOut(c *checklist.Checklist, left []*checklist.Requirement) string {
	var ids []string
	critical := 0
	for _, r := range left {
		ids = append(ids, r.ID)
		if r.Severity == "critical" {
			critical++
		}
	}
	named := strings.Join(ids[:min(len(ids), maxLeftOut)], ", ")
	if more := len(ids) - maxLeftOut; more > 0 {
		named += fmt.Sprintf(" and %d more", more)
	}
	words := "requirements of %s@%s are"
	if len(left) == 1 {
		words = "requirement of %s@%s is"
	}
	return fmt.Sprintf("%d "+words+" left out by %s (%d critical): %s.", len(left), c.Base.ID, c.Base.Version, c.ID, critical, named)
}

// unjudged tells which gates are due and were left out, and how much is open of them.
func (a *assessor) unjudged() {
	var left, asked []string
	for _, v := range a.report.Verdicts {
		switch n := v.Opened(); {
		case !v.Unjudged || v.Total == 0:
		case n == 0:
			left = append(left, v.Gate.When()+" (nothing is open)")
		default:
			left = append(left, fmt.Sprintf("%s (%d of %d requirements are open)", v.Gate.When(), n, v.Total))
		}
	}
	for _, g := range a.report.Gates {
		asked = append(asked, string(g))
	}
	if len(left) > 0 {
		a.notice("--gate %s asks for less than is due. Not judged, and due: %s.", strings.Join(asked, ","), strings.Join(left, ", "))
	}
}
