package assess

import (
	"cmp"
	"fmt"
	"slices"

	"readiness/internal/checklist"
	"readiness/internal/source"
)

// close adds what follows from all requirements together.
func (a *assessor) close() {
	a.report.Verdicts = a.verdicts()
	a.unjudged()
	if a.Brief {
		return
	}
	a.report.Inventory.Remarks = a.facts.remarks
	a.closeExceptions()
	a.closeAttestations()
	a.report.First = a.first()
	a.report.Upcoming = a.upcoming()
	a.report.Penalties = a.penalties()
	a.closeNotAssessed()
}

// askedGates are the gates asked for, each once, earliest first.
func (a *assessor) askedGates() []checklist.Gate {
	list := []checklist.Gate{}
	for _, g := range checklist.Gates {
		if slices.Contains(a.Gates, g) {
			list = append(list, g)
		}
	}
	return list
}

// dueGates are the gates that the stage makes due. Where the stage is undeclared, or something shows that things are
// further than the stage says, all are: silence never postpones anything.
func (a *assessor) dueGates() map[checklist.Gate]bool {
	stage, ok := a.Doc.Deployment.Stage.Get()
	further := a.further(stage)
	switch {
	case !ok:
		a.notice("deployment.stage is not declared, so every gate is treated as due.")
	case further != "":
		a.notice("deployment.stage is %s, but %s, so every gate is treated as due.", stage, further)
	case stage == "planning" || stage == "pilot":
		return map[checklist.Gate]bool{"before_phi": true}
	}
	return map[checklist.Gate]bool{"before_phi": true, "before_launch": true, "operating": true}
}

// further says what contradicts an early stage, or nothing.
func (a *assessor) further(stage string) string {
	if stage != "planning" && stage != "pilot" {
		return ""
	}
	for i := range a.Doc.UseCases {
		if u := &a.Doc.UseCases[i]; u.Status.Or("") == "live" {
			return "the use case " + u.ID.Or("") + " is live"
		}
	}
	d := &a.Doc.Deployment
	if first, ok := d.FirstPHI.Get(); ok && stage == "planning" && !first.After(a.AsOf) {
		return "PHI has been sent since " + show(d.FirstPHI)
	}
	if ended, ok := d.Pilot.EndedOn.Get(); ok && ended.Before(a.AsOf) {
		return "the pilot ended on " + show(d.Pilot.EndedOn)
	}
	return ""
}

func (a *assessor) verdicts() []Verdict {
	due := a.dueGates()
	list := []Verdict{}
	for _, gate := range checklist.Gates {
		asked := slices.Contains(a.Gates, gate)
		v := Verdict{Gate: gate, Due: due[gate] || asked, Unjudged: due[gate] && !asked && len(a.Gates) > 0, Ready: true, Open: []Open{}}
		bySeverity := map[checklist.Severity]*Open{}
		for i := range a.report.Requirements {
			q := &a.report.Requirements[i]
			if q.Gate != gate || q.Designation == "proposed" || q.Outcome == NotSelected || q.Outcome == NotApplicable {
				continue
			}
			v.Total++
			if q.Accepted {
				v.Accepted++
			}
			if !q.Outcome.Open() || q.Accepted {
				continue
			}
			v.Ready = false
			o := bySeverity[q.Severity]
			if o == nil {
				o = &Open{Severity: q.Severity}
				bySeverity[q.Severity] = o
			}
			if q.Outcome == Gap {
				o.Gap++
			} else {
				o.Undeclared++
			}
		}
		for _, s := range checklist.Severities {
			if o := bySeverity[s]; o != nil {
				v.Open = append(v.Open, *o)
			}
		}
		list = append(list, v)
	}
	return list
}

// severityWeight ranks what to do first.
var severityWeight = map[checklist.Severity]int{"critical": 27, "high": 9, "medium": 3, "low": 1}

// outweighs is the weight of a fix that nothing comes before, however much waits for that.
const outweighs = 1 << 24

// candidate is a step with the weight of each of its requirements.
type candidate struct {
	Step
	weights []int
	urgent  bool // whether it says what a critical requirement asks that outweighs all else
}

// maxSteps is how many things to do first are named.
const maxSteps = 5

// first finds the few facts and fixes on which most requirements wait: absent facts by the section to fill in, gaps by
// the fact that decided them. A step says what the first of its requirements asks, or the first that outweighs all else.
func (a *assessor) first() []Step {
	found := map[cause]*candidate{}
	var order []*candidate
	for i := range a.report.Requirements {
		q := &a.report.Requirements[i]
		if !q.Outcome.Open() || q.Accepted || q.Designation == "proposed" {
			continue
		}
		a.causes(q, func(why cause, r *Result) {
			c := found[why]
			if c == nil {
				c = &candidate{}
				found[why] = c
				order = append(order, c)
			}
			weight := a.weight(q, why)
			urgent := weight == outweighs
			if len(c.weights) == 0 || urgent && !c.urgent {
				c.urgent, c.Step = urgent, a.step(q, why, r, c.Requirements)
			}
			if n := len(c.Requirements); n == 0 || c.Requirements[n-1] != q.ID {
				c.Requirements = append(c.Requirements, q.ID)
				c.weights = append(c.weights, weight)
			}
		})
	}
	return cover(order)
}

// weight is how much a requirement adds to a step. One of a gate that is due weighs double, and to fix a critical gap of
// such a gate outweighs all else.
func (a *assessor) weight(q *Requirement, why cause) int {
	switch {
	case !a.report.Due(q.Gate):
		return severityWeight[q.Severity]
	case why.kind == "fix" && q.Severity == "critical":
		return outweighs
	}
	return 2 * severityWeight[q.Severity]
}

// cover picks the heaviest step again and again, counting only requirements no step before it bears on.
func cover(order []*candidate) []Step {
	steps := []Step{}
	covered := map[string]bool{}
	for len(steps) < maxSteps {
		var best *candidate
		bestWeight := 0
		for _, c := range order {
			if w := c.uncovered(covered); w > bestWeight {
				best, bestWeight = c, w
			}
		}
		if best == nil {
			break
		}
		for _, id := range best.Requirements {
			covered[id] = true
		}
		steps = append(steps, best.Step)
	}
	return steps
}

// uncovered is the weight of the requirements that no step bears on yet.
func (c *candidate) uncovered(covered map[string]bool) int {
	total := 0
	for i, id := range c.Requirements {
		if !covered[id] {
			total += c.weights[i]
		}
	}
	return total
}

// A cause is what results wait for: a fact to declare, or a gap to fix.
type cause struct{ kind, path string }

// causes visits what a requirement waits for: the section or fact each undeclared result lacks, and the fix of each gap.
func (a *assessor) causes(q *Requirement, visit func(cause, *Result)) {
	for i := range q.Checks {
		for n := range q.Checks[i].Results {
			r := &q.Checks[i].Results[n]
			switch {
			case r.Accepted:
			case r.Outcome == Gap:
				visit(cause{"fix", cmp.Or(a.decided[r.Fingerprint], q.ID)}, r)
			case r.Outcome == Undeclared && len(r.Missing) > 0:
				visit(cause{"declare", a.facts.absentRoot(r.Missing[0].Path)}, r)
			}
		}
	}
}

// step says what to do about the cause of a requirement's result. Others wait for it too.
func (a *assessor) step(q *Requirement, why cause, r *Result, others []string) Step {
	if why.kind == "fix" {
		return Step{why.kind, q.Fix.Do, why.path, r.Place.Pos, others}
	}
	what := r.Missing[0].Means
	if why.path != r.Missing[0].Path {
		what = a.facts.lacking(why.path).Means
	}
	return Step{why.kind, what, why.path, a.Doc.File.Pos(why.path), others}
}

func (a *assessor) documents() []Document {
	list := []Document{}
	for i := range a.Doc.Evidence {
		d := &a.Doc.Evidence[i]
		out := Document{ID: d.ID.Or(""), Title: d.Title.Or(""), File: d.File.Or(""), Location: d.Location.Or(""),
			SHA256: d.SHA256.Or(""), State: d.State.Or("undeclared"), Format: d.Format.Or(""), Claims: []Claim{}}
		for n := range d.Claims {
			c := &d.Claims[n]
			out.Claims = append(out.Claims, Claim{c.Path.Or(""), flagWord(c.Shown), c.Says.Or("")})
		}
		if day, ok := d.CollectedOn.Get(); ok {
			age := int(source.DaysBetween(day, a.AsOf))
			out.AgeDays = &age
		}
		list = append(list, out)
	}
	return list
}

// closeNotAssessed says what the report doesn't cover.
func (a *assessor) closeNotAssessed() {
	note := func(format string, args ...any) {
		a.report.NotAssessed = append(a.report.NotAssessed, fmt.Sprintf(format, args...))
	}
	for _, l := range a.report.Checklists {
		if n := l.Counts.NotSelected; n > 0 {
			note("%d requirements of %s@%s are outside the profile %s.", n, l.ID, l.Version, a.report.Profile)
		}
	}
	looked := map[string]int{}
	for _, d := range a.report.Documents {
		looked[d.State]++
	}
	if n := looked["elsewhere"] + looked["not_looked_at"]; n > 0 {
		note("%d of %d documents named as evidence were not looked at: they are kept elsewhere, or the manifest came without its folder.", n, len(a.report.Documents))
	}
	if n := looked["undeclared"]; n > 0 {
		note("%d documents name no file, or no SHA-256 that would show that the file is the one that was meant.", n)
	}
	if a.facts.cut {
		note("Some results rest on, or wait for, more facts than are listed with them. Each lists the first %d at most, and the first %d that are missing; in a very large report it may list one, and counts the rest.", maxFacts, maxMissing)
	}
	note("Whether what is declared is true. Nothing was asked of any vendor or system.")
}
