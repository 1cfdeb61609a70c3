// Package flow computes what follows from a manifest's data flows: who receives PHI, what is in use, and which outputs
// of a model can arrive without review.
//
// The flows are a directed graph. Its nodes are the declared systems and four outside parties; its edges are the
// declared hops. Nothing here is asked of a person: it is derived, and each derived value carries the paths it rests
// on or, where the manifest doesn't say enough, the paths that would settle it. Removing a fact from a manifest can
// make a derived value undeclared but never turns it from bad to good.
package flow

import (
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// Derive computes every derived field of doc.
func Derive(doc *manifest.Doc) {
	g := newGraph(doc)
	g.derivePHI()
	g.deriveAccess()
	g.deriveUseCases()
	g.deriveOutputs()
	g.deriveDeployment()
}

// A graph is the flows of a manifest by their ends.
type graph struct {
	doc     *manifest.Doc
	systems map[string]*manifest.System
	into    map[string][]*manifest.DataFlow
	from    map[string][]*manifest.DataFlow
}

func newGraph(doc *manifest.Doc) *graph {
	g := &graph{
		doc:     doc,
		systems: map[string]*manifest.System{},
		into:    map[string][]*manifest.DataFlow{},
		from:    map[string][]*manifest.DataFlow{},
	}
	for i := range doc.Systems {
		s := &doc.Systems[i]
		g.systems[s.ID.Or("")] = s
	}
	for i := range doc.DataFlows {
		f := &doc.DataFlows[i]
		from, to := f.From.Or(""), f.To.Or("")
		g.from[from] = append(g.from[from], f)
		g.into[to] = append(g.into[to], f)
	}
	return g
}

// carriesPHI reports whether a flow carries PHI, and whether the manifest says. A limited data set is still PHI
// (45 CFR 164.514(e)).
func carriesPHI(f *manifest.DataFlow) (phi, declared bool) {
	class, declared := f.PHI.Get()
	return class == "identified" || class == "limited_data_set", declared
}

// path is the path of a key of a list's item.
func path(list string, id source.Text, key string) string {
	return list + "[" + id.Or("") + "]." + key
}

// A finding of fact: yes as soon as something says so; no only when everything that could say so says no.
type fact struct {
	yes     bool
	rests   []string
	missing []string
}

// say adds what one part of the manifest says.
func (f *fact) say(yes, declared bool, at string) {
	switch {
	case !declared:
		f.missing = append(f.missing, at)
	case yes && !f.yes:
		f.yes, f.rests = true, []string{at} // the first yes needs nothing else
	case !yes && !f.yes:
		f.rests = append(f.rests, at)
	}
}

// flag is the fact as a derived value.
func (f *fact) flag() source.Flag {
	switch {
	case f.yes:
		return source.Derive(true, f.rests)
	case len(f.missing) > 0:
		return source.Unsettled[bool](f.missing, f.rests)
	}
	return source.Derive(false, f.rests)
}
