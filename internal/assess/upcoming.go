package assess

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// reverify is how long a fact checked with a vendor is commonly relied on before it is checked again.
const reverify source.Days = 365

// century is the longest interval after which something falls due. A longer one outlives all whom it concerns, and may
// be more than a calendar holds.
const century source.Days = 100 * 365

// upcoming lists what has ended or falls due within the horizon, earliest first.
func (a *assessor) upcoming() []Due {
	c := &calendar{assessor: a, list: []Due{}}
	c.vendors()
	c.people()
	c.reviews()
	c.overlays()
	c.laws()
	slices.SortStableFunc(c.list, func(x, y Due) int { return cmp.Or(cmp.Compare(x.On, y.On), cmp.Compare(x.Path, y.Path)) })
	return c.list
}

type calendar struct {
	*assessor
	list []Due
}

// on adds what ends or falls due on a day.
func (c *calendar) on(day source.Date, path, format string, args ...any) {
	if t, ok := day.Get(); ok {
		c.add(t, day.Pos(), path, fmt.Sprintf(format, args...))
	}
}

// every adds what is due an interval after it was last done.
func (c *calendar) every(last source.Date, interval source.Span, path, format string, args ...any) {
	done, ok := last.Get()
	n, known := interval.Get()
	if ok && known && n <= century {
		c.add(done.AddDate(0, 0, int(n)), last.Pos(), path, fmt.Sprintf(format, args...))
	}
}

func (c *calendar) add(day time.Time, pos source.Pos, path, what string) {
	days := int(source.DaysBetween(c.AsOf, day))
	if days <= c.Horizon {
		c.list = append(c.list, Due{day.Format(time.DateOnly), what, days, path, pos})
	}
}

func (c *calendar) vendors() {
	year := source.Declare(reverify, source.Pos{})
	for i := range c.Doc.Vendors {
		v := &c.Doc.Vendors[i]
		name, at := v.Name.Or(v.ID.Or("")), "vendors["+v.ID.Or("")+"]."
		c.on(v.BAA.EndsOn, at+"baa.ends_on", "the BAA with %s ends", name)
		c.on(v.DueDiligence.NextDue, at+"due_diligence.next_due", "the check of %s is due", name)
		c.every(v.Watch.LastDone, v.Watch.Every, at+"watch.last_done", "the watch over %s is due", name)
		names := manifest.Names("vendors.verified", v.Verified)
		for n := range v.Verified {
			c.every(v.Verified[n].Date, year, at+"verified["+names[n]+"].date", "%s of %s was verified a year before", v.Verified[n].Fact, name)
		}
	}
}

func (c *calendar) people() {
	for i := range c.Doc.People {
		p := &c.Doc.People[i]
		if p.Status.Or("") == "ended" {
			continue
		}
		for n := range c.Doc.Training.Courses {
			course := &c.Doc.Training.Courses[n]
			id := course.ID.Or("")
			c.every(p.Trained[id], course.ValidFor, "people["+p.ID.Or("")+"].trained["+id+"]",
				"%s's training %s runs out", p.Name.Or(p.ID.Or("")), course.Title.Or(id))
		}
	}
}

func (c *calendar) reviews() {
	d := c.Doc
	g := &d.Governance
	c.on(g.AIPolicy.NextDue, "governance.ai_policy.next_due", "the review of the AI policy is due")
	c.on(g.AcceptableUse.NextDue, "governance.acceptable_use.next_due", "the review of the rules for acceptable use is due")
	c.on(g.Review.NextDue, "governance.review.next_due", "the review of the AI programme is due")
	c.every(d.Access.ReviewedOn, d.Access.ReviewEvery, "access.reviewed_on", "the review of the access list is due")
	c.every(d.Monitoring.LastDone, d.Monitoring.Every, "monitoring.last_done", "the next look at the monitoring is due")
	c.on(d.Evaluation.NextDue, "evaluation.next_due", "the next test of outputs is due")
	for i := range d.Logging {
		l := &d.Logging[i]
		c.every(l.LastReviewedOn, l.ReviewEvery, "logging["+l.System.Or("")+"].last_reviewed_on", "the review of the log of %s is due", l.System)
	}
	for i := range d.Risks {
		if r := &d.Risks[i]; r.Status.Or("") == "open" || r.Status.Or("") == "in_progress" {
			c.on(r.Due, "risks["+r.ID.Or("")+"].due", "the treatment of the risk %s is due", r.ID)
		}
	}
	source.Walk(source.FieldAt(manifest.Type(), "safeguards").Type, &d.Safeguards, func(path string, f *source.Field, leaf source.Leaf) {
		if day, ok := leaf.(*source.Date); ok && f.Key == "next_due" {
			c.on(*day, "safeguards."+path, "%s is due", strings.ReplaceAll(strings.TrimSuffix(path, ".next_due"), "_", " "))
		}
	})
}

func (c *calendar) overlays() {
	for i := range c.Doc.Attestations {
		at := &c.Doc.Attestations[i]
		c.on(at.ExpiresOn, "attestations", "the attestation of %s runs out", at.Requirement)
	}
	for i := range c.Doc.Exceptions {
		e := &c.Doc.Exceptions[i]
		c.on(e.ExpiresOn, "exceptions", "the exception for %s runs out", e.Requirement)
	}
}

// laws lists requirements that take effect within the horizon. What has taken effect is checked instead.
func (c *calendar) laws() {
	for _, list := range c.Checklists {
		for _, r := range list.All() {
			if r.EffectiveOn.After(c.AsOf) {
				c.add(r.EffectiveOn, source.Pos{}, "", fmt.Sprintf("%s/%s takes effect: %s", list.ID, r.ID, r.Title))
			}
		}
	}
}
