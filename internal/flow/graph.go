// Package flow computes what follows from a manifest's data flows: who receives PHI, what is in use, which outputs of a
// model can arrive without review, and what in the flows contradicts itself or the agreements with vendors.
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
	g.deriveProblems()
}

// A graph is the flows of a manifest by their ends, with what else is looked up by name.
type graph struct {
	doc       *manifest.Doc
	systems   map[string]*manifest.System
	into      map[string][]*manifest.DataFlow
	from      map[string][]*manifest.DataFlow
	serving   map[string][]*manifest.DataFlow // by use case
	uses      map[string]*manifest.UseCase
	named     map[string]bool               // the systems that a use case names as its own
	runs      map[string][]*manifest.System // by vendor
	logs      []logAt
	stored    map[string][]logAt // by the system that stores them
	storeless []string           // the paths, a few at most, that don't say where logs are stored
	adrift    []string           // those of them of logs that may hold text
	steps     int                // what is left of maxSteps
	nodes     []node             // the places flows lead to and from, by number
	numbers   map[string]int     // of the nodes, by name
	running   map[string]*fact   // by system: whether it runs a model
	entered   map[string]*fact   // by system: whether PHI is brought into it, or said to be there
	reached   map[string]*fact   // by system: whether PHI is in it, by any sign
}

// A logAt is a log with the name it goes by in paths.
type logAt struct {
	*manifest.Log
	name string
}

func newGraph(doc *manifest.Doc) *graph {
	g := &graph{
		doc:     doc,
		steps:   maxSteps,
		systems: map[string]*manifest.System{},
		into:    map[string][]*manifest.DataFlow{},
		from:    map[string][]*manifest.DataFlow{},
		serving: map[string][]*manifest.DataFlow{},
		uses:    map[string]*manifest.UseCase{},
		named:   map[string]bool{},
		runs:    map[string][]*manifest.System{},
		stored:  map[string][]logAt{},
		running: map[string]*fact{},
		entered: map[string]*fact{},
		reached: map[string]*fact{},
	}
	for i := range doc.Systems {
		s := &doc.Systems[i]
		g.systems[s.ID.Or("")] = s
		if v, ok := s.Vendor.Get(); ok {
			g.runs[v] = append(g.runs[v], s)
		}
	}
	for i := range doc.UseCases {
		u := &doc.UseCases[i]
		g.uses[u.ID.Or("")] = u
		if s, ok := u.System.Get(); ok {
			g.named[s] = true
		}
	}
	for i := range doc.DataFlows {
		f := &doc.DataFlows[i]
		from, to := f.From.Or(""), f.To.Or("")
		g.from[from] = append(g.from[from], f)
		g.into[to] = append(g.into[to], f)
		if u, ok := f.UseCase.Get(); ok {
			g.serving[u] = append(g.serving[u], f)
		}
	}
	g.addLogs()
	return g
}

// maxSteps is how many flows are followed, over all outputs. Only a graph of thousands of flows, of which nobody says
// what use they belong to, takes more; what is left then stays open.
const maxSteps = 1_000_000

// maxMissing is how many facts of one sort an open problem names. One suffices to keep it open.
const maxMissing = 5

func (g *graph) addLogs() {
	for i, name := range manifest.Names("logging", g.doc.Logging) {
		log := logAt{&g.doc.Logging[i], name}
		g.logs = append(g.logs, log)
		if s, ok := log.StoredIn.Get(); ok {
			g.stored[s] = append(g.stored[s], log)
			continue
		}
		where := "logging[" + name + "].stored_in"
		if len(g.storeless) < maxMissing {
			g.storeless = append(g.storeless, where)
		}
		if content := log.Content.Or("full"); content != "none" && content != "metadata" && len(g.adrift) < maxMissing {
			g.adrift = append(g.adrift, where)
		}
	}
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

// A fact is yes as soon as something says so, and no only when everything that could say so says no.
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
