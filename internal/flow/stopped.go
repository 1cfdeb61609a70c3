package flow

import (
	"cmp"
	"slices"

	"readiness/internal/manifest"
)

// stopped are the statuses of a use case that is not in use.
var stopped = []string{"paused", "retired"}

// stillRunning finds use cases that are declared to be stopped while a model is live and flows to or from it serve them.
func (p *problems) stillRunning() {
	var open []string // the paths that don't say what use a live model serves
	stray := false    // whether there are any that don't say what use a flow serves
	for i := range p.doc.DataFlows {
		f := &p.doc.DataFlows[i]
		if f.UseCase.Declared() {
			continue
		}
		stray = true
		if len(open) < maxMissing && (p.mayServe(f.From.Or("")) || p.mayServe(f.To.Or(""))) {
			open = append(open, at(f, "use_case"))
		}
	}
	for i := range p.doc.UseCases {
		u := &p.doc.UseCases[i]
		if status, declared := u.Status.Get(); declared && !slices.Contains(stopped, status) {
			continue
		}
		for _, id := range p.models(u) {
			p.stillRuns(u, id)
		}
		c := claim{missing: slices.Clone(open)}
		if !u.System.Declared() && (stray || len(p.serving[u.ID.Or("")]) > 0) {
			c.part(false, false, path("use_cases", u.ID, "system"))
		}
		if len(c.missing) > 0 {
			p.stopped(u, "", c, []string{}, "a model is live that serves it")
		}
	}
}

// mayServe reports whether a system could be one that a use case runs on.
func (g *graph) mayServe(id string) bool {
	s := g.systems[id]
	return s != nil && (g.named[id] || isModel(s)) && s.Status.Or("live") == "live"
}

// stillRuns compares the status of a use case with that of a system it runs on.
func (p *problems) stillRuns(u *manifest.UseCase, id string) {
	s := p.systems[id]
	if s == nil {
		return
	}
	var flows []string
	for _, f := range p.serving[u.ID.Or("")] {
		if f.From.Or("") == id || f.To.Or("") == id {
			flows = append(flows, f.ID.Or(""))
		}
	}
	live, declared := s.Status.Get()
	if len(flows) == 0 || declared && live != "live" {
		return
	}
	c := claim{rests: flowPaths(flows[:min(len(flows), maxMissing)], "use_case")}
	c.part(true, declared, path("systems", s.ID, "status"))
	if id != u.System.Or("") {
		c.fact(p.running[id], true)
	}
	p.stopped(u, id, c, flows, p.name(id)+" is live and serves it by "+naming(flows))
}

// stopped notes a use case that is stopped and goes on all the same. Its own status comes last: it is what to look at.
func (p *problems) stopped(u *manifest.UseCase, more string, c claim, flows []string, goesOn string) {
	status, declared := u.Status.Get()
	c.part(true, declared, path("use_cases", u.ID, "status"))
	p.add(stillRunning, u.ID, more, c, flows, "%s is %s, yet %s", useName(u), cmp.Or(status, "paused or retired"), goesOn)
}

// useName is what a sentence calls a use case.
func useName(u *manifest.UseCase) string { return `the use case "` + u.Name.Or(u.ID.Or("")) + `"` }
