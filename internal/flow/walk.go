package flow

import (
	"cmp"
	"slices"

	"readiness/internal/manifest"
)

// A node is a place that data can be in: a system, or an outside party.
type node struct {
	system    *manifest.System // nil for an outside party
	unsaid    string           // for a system of which nobody says what it is: the path of that fact
	into, out []*hop
}

// A hop is a data flow between nodes, which go by number.
type hop struct {
	*manifest.DataFlow
	from, to int
	arrives  int    // the destination it delivers to, by number; none when it delivers to none
	use      int    // the use case it belongs to, by number; none when nobody says
	unsaid   string // when nobody says to which: the path of that fact
}

const none = -1

// addHops numbers the nodes and joins them.
func (g *graph) addHops() {
	uses := make(map[string]int, len(g.doc.UseCases))
	for i := range g.doc.UseCases {
		uses[g.doc.UseCases[i].ID.Or("")] = i
	}
	g.numbers = make(map[string]int, len(g.doc.Systems))
	hops := make([]hop, len(g.doc.DataFlows))
	for i := range g.doc.DataFlows {
		f := &g.doc.DataFlows[i]
		h := &hops[i]
		*h = hop{f, g.number(f.From.Or("")), g.number(f.To.Or("")), none, none, ""}
		h.arrives = g.arrival(h)
		if use, ok := f.UseCase.Get(); ok {
			h.use = len(uses) // one that is not declared is nobody's
			if n, known := uses[use]; known {
				h.use = n
			}
		} else {
			h.unsaid = path("data_flows", f.ID, "use_case")
		}
		g.nodes[h.from].out = append(g.nodes[h.from].out, h)
		g.nodes[h.to].into = append(g.nodes[h.to].into, h)
	}
}

// number is the number of the node with a name.
func (g *graph) number(name string) int {
	n, known := g.numbers[name]
	if !known {
		n = len(g.nodes)
		g.numbers[name] = n
		to := node{system: g.systems[name]}
		if s := to.system; s != nil && !s.Kind.Declared() {
			to.unsaid = path("systems", s.ID, "kind")
		}
		g.nodes = append(g.nodes, to)
	}
	return n
}

// arrival is the destination a hop delivers to. A system whose kind nobody declares could be a record.
func (g *graph) arrival(h *hop) int {
	to := h.To.Or("")
	if s := g.nodes[h.to].system; s != nil {
		if s.Kind.Or("ehr") == "ehr" {
			to = "record"
		} else {
			return none
		}
	}
	return slices.Index(destinations[:], to)
}

// A walk follows a model's output along the flows of one use case. It is used again and again, because what it knows of
// each node takes room.
type walk struct {
	*graph
	use      *manifest.UseCase
	number   int                       // of the use case
	needs    string                    // whose review the output needs
	reached  []bool                    // by node
	via      []*hop                    // by node: the hop by which it was first reached; nil for the model
	doubt    []string                  // by node: what would tell whether the output gets past a draft on the way
	order    []int                     // nodes in the order they were reached: nearest first
	arrivals [len(destinations)][]*hop // by destination: the hops that deliver to it, nearest first
	review   []string                  // the paths of the reviews met on the way
}

func (g *graph) newWalk() *walk {
	n := len(g.nodes) + len(g.doc.Systems) // a model may have no flows
	return &walk{graph: g, reached: make([]bool, n), via: make([]*hop, n), doubt: make([]string, n)}
}

// forget makes a walk ready to begin again.
func (w *walk) forget() {
	for _, n := range w.order {
		w.reached[n], w.via[n], w.doubt[n] = false, nil, ""
	}
	w.order, w.review = w.order[:0], w.review[:0]
	for to := range w.arrivals {
		w.arrivals[to] = w.arrivals[to][:0]
	}
}

// follow walks from the model over every flow of a use case that stop doesn't hold back, nearest first.
func (w *walk) follow(model string, use int, stop func(*walk, *hop) bool) {
	w.forget()
	w.use, w.number = &w.doc.UseCases[use], use
	w.needs = w.use.ReviewNeeded.Or("licensed_clinician")
	w.reach(w.graph.number(model), nil, "")
	for next := 0; next < len(w.order); next++ {
		from := w.order[next]
		w.steps -= len(w.nodes[from].out)
		for _, h := range w.nodes[from].out {
			if !w.mine(h) {
				continue
			}
			if h.arrives != none {
				w.arrivals[h.arrives] = append(w.arrivals[h.arrives], h)
			}
			if !w.reached[h.to] && !stop(w, h) && !w.ends(h) {
				w.reach(h.to, h, cmp.Or(w.doubt[from], w.mayEnd(h, "final")))
			}
		}
	}
}

func (w *walk) reach(n int, via *hop, doubt string) {
	w.reached[n], w.via[n], w.doubt[n] = true, via, doubt
	w.order = append(w.order, n)
}

// ends reports whether a hop goes no further by itself: a draft does when someone signs it. In a system of which nobody
// says what it is, it may go on.
func (w *walk) ends(h *hop) bool {
	return h.arrives != none && w.nodes[h.to].unsaid == "" && h.Writes.Or("") == "draft"
}

// mayEnd is the fact that would tell whether a draft goes on: what the system is that it is sent to; "" when nothing is
// open. unsaid is what a hop writes that doesn't say it.
func (w *walk) mayEnd(h *hop, unsaid string) string {
	if at := w.nodes[h.to].unsaid; at != "" && h.Writes.Or(unsaid) == "draft" {
		return at
	}
	return ""
}

// mine reports whether a flow belongs to the use case. One that names no use case belongs to every one.
func (w *walk) mine(h *hop) bool { return h.use == none || h.use == w.number }

// fit reports whether a hop is reviewed by someone fit for this output.
func (w *walk) fit(h *hop) bool {
	by := h.ReviewedBy.Or("none")
	return by == "licensed_clinician" || by == w.needs
}

// reviewed reports whether a hop needs no further review, and notes the review it has.
func (w *walk) reviewed(h *hop) bool {
	if !w.fit(h) {
		return w.needs == "none"
	}
	w.review = append(w.review, path("data_flows", h.ID, "reviewed_by"))
	return true
}

// route lists the flows from the model to the end of hop.
func (w *walk) route(h *hop) []string {
	var back []string
	for ; h != nil; h = w.via[h.from] {
		back = append(back, h.ID.Or(""))
	}
	w.steps -= len(back)
	slices.Reverse(back)
	return back
}
