package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// explain adds to a result what its judgement rests on.
func (a *assessor) explain(q *Requirement, c *checklist.Check, j *judgement, r *Result) {
	it := j.it
	r.Fingerprint = fingerprint(q.ID, c.ID, it.ID)
	r.Path, r.Missing = []Place{}, []Missing{}
	r.Facts, r.MoreFacts = a.facts.declared(j.because, j.reads)
	switch {
	case r.Outcome == Undeclared:
		r.Missing, r.MoreMissing = a.facts.missing(j.missing)
		r.Place = a.lack(r.Missing)
	case r.Outcome == Gap:
		r.Place, a.decided[r.Fingerprint] = a.decider(j.reads, it)
		r.Path = a.way(it)
		r.Message = a.facts.short(j.message, maxValue)
	case r.Outcome == Met:
		r.Place, _ = a.decider(j.reads, it)
		if c.Safeguard != "" {
			r.Answer = a.facts.short(a.answer(c.Safeguard), maxValue)
		}
	}
	r.Name = a.facts.short(it.Name, maxName)
}

// lack is the place of the first thing that is missing.
func (a *assessor) lack(missing []Missing) Place {
	if len(missing) > 0 {
		return a.facts.place(missing[0].Pos)
	}
	return a.facts.place(source.Pos{File: a.Doc.File.Name, Line: 1, Col: 1})
}

// decider is the place and the path of the fact that decided: the last one read. A fact inside the subject is preferred.
func (a *assessor) decider(reads []string, it rule.Subject) (Place, string) {
	entries := a.facts.entries(reads[max(len(reads)-maxPaths, 0):])
	for _, e := range slices.Backward(entries) {
		if it.Path != "" && within(e.path, it.Path) {
			return a.facts.place(e.pos), e.path
		}
	}
	if len(entries) > 0 {
		last := entries[len(entries)-1]
		return a.facts.place(last.pos), last.path
	}
	return a.facts.place(a.Doc.File.Pos(it.Path)), it.Path
}

// way is where the flows are written that an output takes, or that a problem of the flows is about, in order.
func (a *assessor) way(it rule.Subject) []Place {
	var flows []string
	switch list, _, _ := strings.Cut(it.Path, "["); list {
	case "outputs":
		for i := range a.Doc.Outputs {
			if o := &a.Doc.Outputs[i]; o.ID.Or("") == it.ID {
				flows = o.Path.Or(nil)
			}
		}
	case "flow_problems":
		for i := range a.Doc.FlowProblems {
			if p := &a.Doc.FlowProblems[i]; p.ID.Or("") == it.ID {
				flows = p.Path.Or(nil)
			}
		}
	}
	places := make([]Place, len(flows))
	for i, id := range flows {
		places[i] = a.facts.place(a.Doc.File.Pos("data_flows[" + id + "]"))
	}
	return places
}

func within(path, object string) bool {
	return len(path) > len(object) && path[:len(object)] == object
}

// answer tells how an addressable specification was answered, when not by implementing it.
func (a *assessor) answer(key string) string {
	f := source.FieldAt(manifest.Type(), "safeguards."+key)
	if f == nil {
		return ""
	}
	s := reflect.ValueOf(&a.Doc.Safeguards).Elem().Field(f.Index).Addr().Interface().(*manifest.Safeguard)
	switch s.Status.Or("") {
	case "alternative":
		return "alternative: " + s.Rationale.Or("")
	case "not_reasonable":
		return "not reasonable: " + s.Rationale.Or("")
	}
	return ""
}

// fingerprint is stable over changes of lines, words and other requirements.
func fingerprint(requirement, check, subject string) string {
	text := make([]byte, 0, 200)
	text = append(append(text, requirement...), 0)
	text = append(append(text, check...), 0)
	sum := sha256.Sum256(append(text, subject...))
	return hex.EncodeToString(sum[:12])
}
