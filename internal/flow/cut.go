package flow

// cut is the proof that an output is reviewed on every way to a destination. The walk took every way until the first
// review; what it could not pass, and what it found signed on arrival, is taken by every way there.
func (w *walk) cut(all *walk, to int) []string {
	cut := []string{}
	if destinations[to] == "workforce" || w.needs == "none" {
		return cut
	}
	leads := all.leadsTo(to)
	for _, from := range w.order {
		for _, h := range w.nodes[from].out {
			if w.mine(h) && (h.arrives == to || w.held(h) && leads[h.to]) {
				cut = append(cut, h.ID.Or(""))
			}
		}
	}
	return cut
}

// held reports whether the walk stopped before a hop because it is reviewed, and reached its end no other way.
func (w *walk) held(h *hop) bool { return !w.reached[h.to] && w.fit(h) && !w.ends(h) }

// leadsTo are the nodes from which a destination can be reached.
func (w *walk) leadsTo(to int) map[int]bool {
	leads := map[int]bool{}
	var next []int
	add := func(h *hop) {
		if w.reached[h.from] && !leads[h.from] {
			leads[h.from] = true
			next = append(next, h.from)
		}
	}
	for _, h := range w.arrivals[to] {
		add(h)
	}
	for ; len(next) > 0; next = next[1:] {
		for _, h := range w.nodes[next[0]].into {
			if w.mine(h) && !w.ends(h) {
				add(h)
			}
		}
	}
	return leads
}
