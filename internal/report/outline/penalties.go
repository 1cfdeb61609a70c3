package outline

import (
	"fmt"
	"strings"

	"readiness/internal/assess"
)

// penalties shows what the law allows. It is information: nothing in the report depends on it.
func (b *builder) penalties() {
	if len(b.r.Penalties) == 0 {
		return
	}
	b.part("penalties", "What the law allows as a penalty", false)
	for i := range b.r.Penalties {
		b.penaltyTable(&b.r.Penalties[i])
	}
}

func (b *builder) penaltyTable(p *assess.Penalties) {
	b.say("%s The amounts are US dollars. They come from %s and its adjustment of %d (%s, in effect since %s). %s",
		p.Disclaimer, p.Regulation, p.Year, p.Citation, p.EffectiveOn, p.Applies)
	t := Table{Caption: fmt.Sprintf("%s, %d", p.Title, p.Year), Columns: []Column{{"How it came about", 37, false}, {"For one violation", 23, false},
		{"Most in a year for one rule, by the regulation", 20, true}, {"The same, as HHS says it applies it", 20, true}}}
	for _, tier := range p.Tiers {
		t.Rows = append(t.Rows, Row{Cells: []Lines{
			cell(plain(tier.Culpability), quiet(tier.Cite)), cell(plain(Dollars(tier.Minimum) + " to " + Dollars(tier.Maximum))),
			cell(plain(Dollars(tier.YearlyCap))), cell(plain(Dollars(tier.YearlyCapDiscretion))),
		}})
	}
	b.add(t)
	b.say("The lower yearly limits follow from the %s (%s, %s). %s", p.Discretion.Name, p.Discretion.Citation, p.Discretion.PublishedOn, p.Discretion.Standing)
	b.say("How sure these amounts are: for one violation %s, for the regulation's yearly limit %s, for the notice's yearly limits %s. %s Last compared on %s, due again by %s.%s",
		p.Confidence.PerViolation, p.Confidence.YearlyCap, p.Confidence.YearlyCapDiscretion, p.Source, p.ReviewedOn, p.ReviewBy, overdue(p.Overdue))
	notes := List{}
	for _, n := range p.Notes {
		note := plain(n.Text)
		if n.Cite != "" {
			note = append(note, Span{Text: " (" + n.Cite + ")", Style: Quiet})
		}
		notes.Items = append(notes.Items, cell(note))
	}
	b.add(notes)
}

func overdue(is bool) string {
	if is {
		return " That day has passed, so they may be out of date."
	}
	return ""
}

// Penalty sums a table of penalties up for a format that doesn't show it. The amounts for one violation are said; the
// yearly limits, and how sure each is, stand beside the table.
func Penalty(p *assess.Penalties) string {
	low, high := 0, 0
	for i, t := range p.Tiers {
		if i == 0 || t.Minimum < low {
			low = t.Minimum
		}
		high = max(high, t.Maximum)
	}
	return fmt.Sprintf("%s run from %s to %s for one violation, in %s (%s, amounts of %d). The HTML and PDF reports show the table, with the limits for a "+
		"year and how sure each amount is. This predicts nothing about you, and it is no legal advice.",
		p.Title, Dollars(low), Dollars(high), Count(len(p.Tiers), "tier"), p.Citation, p.Year)
}

// Dollars writes an amount with its thousands apart.
func Dollars(n int) string {
	digits := fmt.Sprint(n)
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return "$" + strings.Join(append([]string{digits}, parts...), ",")
}
