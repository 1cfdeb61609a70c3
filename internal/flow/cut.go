package flow

import "readiness/internal/manifest"

// cut is the proof that an output is reviewed on every way to a destination. The walk took every way until the first
// review; what it could not pass, and what it found signed on arrival, is taken by every way there.
func (w *walk) cut(all *walk, to string) []string {
	cut := []string{}
	if to == "workforce" || w.needs == "none" {
		return cut
	}
	leads := all.leadsTo(to)
	for _, node := range w.order {
		for _, hop := range w.from[node] {
			if w.mine(hop) && (w.delivers(hop, to) || w.held(hop) && leads[hop.To.Or("")]) {
				cut = append(cut, hop.ID.Or(""))
			}
		}
	}
	return cut
}

func (w *walk) delivers(hop *manifest.DataFlow, to string) bool {
	at, arrives := w.arrival(hop)
	return arrives && at == to
}

// held reports whether the walk stopped before a hop because it is reviewed, and reached its end no other way.
func (w *walk) held(hop *manifest.DataFlow) bool {
	_, reached := w.via[hop.To.Or("")]
	return !reached && w.fit(hop) && !w.ends(hop)
}

// leadsTo are the nodes from which a destination can be reached.
func (w *walk) leadsTo(to string) map[string]bool {
	leads := map[string]bool{}
	var next []string
	add := func(hop *manifest.DataFlow) {
		node := hop.From.Or("")
		if _, reached := w.via[node]; reached && !leads[node] {
			leads[node] = true
			next = append(next, node)
		}
	}
	for _, hop := range w.arrivals[to] {
		add(hop)
	}
	for ; len(next) > 0; next = next[1:] {
		for _, hop := range w.into[next[0]] {
			if w.mine(hop) && !w.ends(hop) {
				add(hop)
			}
		}
	}
	return leads
}
