package flow

import "readiness/internal/manifest"

// runsModel is the fact that a system is or runs a model, whatever kind of system it is called: it names one. A system
// that a use case names does what a model does, so that without a name nobody can say.
func (g *graph) runsModel(s *manifest.System) *fact {
	var f fact
	kind, declared := s.Kind.Get()
	f.say(kind == "model", declared, path("systems", s.ID, "kind"))
	if at := path("systems", s.ID, "model"); s.Model.Declared() {
		f.say(true, true, at)
	} else if g.named[s.ID.Or("")] {
		f.say(false, false, at)
	}
	return &f
}

// isModel reports whether what a system sends is, as far as anybody says, a model's output. A chart that runs a model
// sends much else.
func isModel(s *manifest.System) bool {
	kind := s.Kind.Or("model")
	return kind == "model" || kind != "ehr" && s.Model.Declared()
}
