package picture

import (
	"cmp"
	"math"
	"slices"
)

// columns are the nodes from left to right: parties outside, vendors that keep records or talk to patients, the practice
// in ranks, other vendors, and the parties they deal with.
type columns struct {
	*graph
	cols [][]*node
	segs []*segment
	x, w []float64 // of each column
}

// A segment is the part of an edge between two columns, or within one. It runs from left to right, whichever way the
// data goes.
type segment struct {
	edge       *edge
	a, b       *node
	pa, pb     *port
	sideA      float64 // for a segment within a column: -1 when it runs on the left, 1 on the right
	withinSame bool
}

// A port is where a segment meets a node.
type port struct {
	seg  *segment
	peer *node
	y    float64 // from the node's middle
}

// recordKinds are the kinds of system that a vendor on the left has.
var recordKinds = []string{"EHR", "messaging", "scheduling", "clearinghouse", "workstation"}

// tall is how many nodes a column takes before another is begun.
const tall = 9

func newColumns(g *graph) *columns {
	c := &columns{graph: g}
	var left, right []*zone
	var practice, outside *zone
	for _, z := range g.zones {
		switch {
		case z.Kind == Practice:
			practice = z
		case z.Kind == Outside:
			outside = z
		case isRecordVendor(z):
			left = append(left, z)
		default:
			right = append(right, z)
		}
	}
	leftParties, rightParties := sides(g, outside, right)
	c.add(leftParties)
	stack := stacks(left)
	slices.Reverse(stack)
	for _, col := range stack {
		c.add(col)
	}
	if practice != nil {
		for _, col := range ranks(g, practice) {
			c.add(col)
		}
	}
	for _, col := range stacks(right) {
		c.add(col)
	}
	c.add(rightParties)
	c.size()
	c.link()
	return c
}

func (c *columns) add(nodes []*node) {
	if len(nodes) == 0 {
		return
	}
	for _, n := range nodes {
		n.column = len(c.cols)
	}
	c.cols = append(c.cols, nodes)
}

func isRecordVendor(z *zone) bool {
	return slices.ContainsFunc(z.nodes, func(n *node) bool { return slices.Contains(recordKinds, n.kind) })
}

// sides parts the parties outside: on the right are those that deal with vendors there only.
func sides(g *graph, outside *zone, right []*zone) (onLeft, onRight []*node) {
	if outside == nil {
		return nil, nil
	}
	pull := map[*node]int{}
	for _, e := range g.edges {
		for _, ends := range [][2]*node{{e.from, e.to}, {e.to, e.from}} {
			switch party, z := ends[0], ends[1].zone; {
			case party.zone != outside || z.Kind != Vendor:
			case slices.Contains(right, z):
				pull[party]++
			default:
				pull[party]--
			}
		}
	}
	for _, n := range outside.nodes {
		if pull[n] > 0 || pull[n] == 0 && (n.ID == "payer" || n.ID == "other_provider") {
			onRight = append(onRight, n)
		} else {
			onLeft = append(onLeft, n)
		}
	}
	return onLeft, onRight
}

// stacks puts zones under one another, in as many columns as they need. A zone stays in one column.
func stacks(zones []*zone) [][]*node {
	total := 0
	for _, z := range zones {
		total += len(z.nodes) + 1 // a zone's head takes the place of a node
	}
	if total == 0 {
		return nil
	}
	target := float64(total) / math.Ceil(float64(total)/(tall+3))
	var cols [][]*node
	used := 0.0
	for _, z := range zones {
		size := float64(len(z.nodes) + 1)
		if len(cols) == 0 || used > 0 && used+size/2 > target {
			cols, used = append(cols, nil), 0
		}
		cols[len(cols)-1] = append(cols[len(cols)-1], z.nodes...)
		used += size
	}
	return cols
}

// ranks parts the practice's nodes: each stands right of those it gets data from, as far as rounds and the number of
// columns allow.
func ranks(g *graph, z *zone) [][]*node {
	most := 1 + (len(z.nodes)-1)/tall
	if len(z.nodes) > 4 {
		most = max(most, 2)
	}
	rank := map[*node]int{}
	for range most {
		for _, e := range g.edges {
			if e.from.zone == z && e.to.zone == z && e.from != e.to && rank[e.to] <= rank[e.from] && rank[e.from]+1 < most && !g.returns(e) {
				rank[e.to] = rank[e.from] + 1
			}
		}
	}
	cols := make([][]*node, most)
	for _, n := range z.nodes {
		cols[rank[n]] = append(cols[rank[n]], n)
	}
	spread(cols)
	return slices.DeleteFunc(cols, func(col []*node) bool { return len(col) == 0 })
}

// returns reports whether an edge answers an earlier one between the same nodes.
func (g *graph) returns(e *edge) bool {
	for _, other := range g.edges {
		if other == e {
			return false
		}
		if other.from == e.to && other.to == e.from {
			return true
		}
	}
	return false
}

// spread moves nodes on from columns that are too tall.
func spread(cols [][]*node) {
	for i := range len(cols) - 1 {
		if extra := len(cols[i]) - tall - 2; extra > 0 {
			keep := len(cols[i]) - extra
			cols[i+1] = append(slices.Clone(cols[i][keep:]), cols[i+1]...)
			cols[i] = cols[i][:keep]
		}
	}
}

// link cuts edges into segments, with a dummy in each column they pass.
func (c *columns) link() {
	for _, e := range c.edges {
		lo, hi := e.from, e.to
		if hi.column < lo.column {
			lo, hi = hi, lo
		}
		prev := lo
		for col := lo.column + 1; col < hi.column; col++ {
			d := &node{dummy: true, column: col}
			c.cols[col] = append(c.cols[col], d)
			c.segment(e, prev, d)
			prev = d
		}
		c.segment(e, prev, hi)
	}
}

func (c *columns) segment(e *edge, a, b *node) {
	s := &segment{edge: e, a: a, b: b, withinSame: a.column == b.column}
	s.pa, s.pb = &port{seg: s, peer: b}, &port{seg: s, peer: a}
	if s.withinSame {
		s.sideA = 1
		if c.leftOfPractice(a.column) {
			s.sideA = -1
		}
	}
	attach := func(n *node, p *port, right bool) {
		n.segments = append(n.segments, s)
		if right {
			n.right = append(n.right, p)
		} else {
			n.left = append(n.left, p)
		}
	}
	attach(a, s.pa, s.sideA >= 0)
	attach(b, s.pb, s.withinSame && s.sideA > 0)
	e.chain = append(e.chain, s)
	c.segs = append(c.segs, s)
}

// leftOfPractice reports whether a column stands left of the practice's.
func (c *columns) leftOfPractice(col int) bool {
	for _, n := range c.nodes {
		if n.zone.Kind == Practice {
			return col < n.column && !slices.ContainsFunc(c.cols[col], func(n *node) bool { return !n.dummy && n.zone.Kind == Practice })
		}
	}
	return false
}

// A group is what stays together when a column is ordered: the nodes of a zone, or one node or dummy elsewhere.
type group struct {
	nodes []*node
	at    float64
}

func groups(col []*node) []*group {
	var list []*group
	byZone := map[*zone]*group{}
	for _, n := range col {
		if n.dummy || n.zone.Kind == Practice {
			list = append(list, &group{nodes: []*node{n}})
			continue
		}
		g := byZone[n.zone]
		if g == nil {
			g = &group{}
			byZone[n.zone] = g
			list = append(list, g)
		}
		g.nodes = append(g.nodes, n)
	}
	return list
}

// sweeps is how often the columns are ordered by their neighbours, to and fro.
const sweeps = 24

// order finds an order of each column with few crossings.
func (c *columns) order() {
	best, crossings := c.snapshot(), c.crossings()
	for i := range sweeps {
		for k := range c.cols {
			col := k
			if i%2 == 1 {
				col = len(c.cols) - 1 - k
			}
			c.orderOne(col, i%4 < 2)
		}
		if n := c.crossings(); n < crossings {
			best, crossings = c.snapshot(), n
		}
	}
	c.cols = best
}

func (c *columns) snapshot() [][]*node {
	cols := make([][]*node, len(c.cols))
	for i, col := range c.cols {
		cols[i] = slices.Clone(col)
	}
	return cols
}

// places are where nodes stand in their columns, from 0 to 1.
func (c *columns) places() map[*node]float64 {
	at := map[*node]float64{}
	for _, col := range c.cols {
		for i, n := range col {
			at[n] = (float64(i) + 0.5) / float64(len(col))
		}
	}
	return at
}

// orderOne orders a column by the middle of each node's neighbours. Of nodes that want the same place, the one that
// stands first stays first, or with last the other way.
func (c *columns) orderOne(col int, last bool) {
	at := c.places()
	want := map[*node]float64{}
	for _, n := range c.cols[col] {
		sum, weight := 0.0, 0.0
		for _, s := range n.segments {
			if peer := s.other(n); peer != n {
				sum, weight = sum+at[peer], weight+1
			}
		}
		want[n] = at[n]
		if weight > 0 {
			want[n] = sum / weight
		}
	}
	list := groups(c.cols[col])
	for _, g := range list {
		slices.SortStableFunc(g.nodes, func(a, b *node) int { return cmp.Compare(want[a], want[b]) })
		for _, n := range g.nodes {
			g.at += want[n] / float64(len(g.nodes))
		}
	}
	if last {
		slices.Reverse(list)
	}
	slices.SortStableFunc(list, func(a, b *group) int { return cmp.Compare(a.at, b.at) })
	c.cols[col] = c.cols[col][:0]
	for _, g := range list {
		c.cols[col] = append(c.cols[col], g.nodes...)
	}
}

func (s *segment) other(n *node) *node {
	if s.a == n {
		return s.b
	}
	return s.a
}

// crossings counts the pairs of segments between neighbouring columns that cross.
func (c *columns) crossings() int {
	at := c.places()
	between := map[int][]*segment{}
	for _, s := range c.segs {
		if !s.withinSame {
			between[s.a.column] = append(between[s.a.column], s)
		}
	}
	total := 0
	for col := range c.cols {
		list := between[col]
		for i, s := range list {
			for _, t := range list[i+1:] {
				if (at[s.a]-at[t.a])*(at[s.b]-at[t.b]) < 0 {
					total++
				}
			}
		}
	}
	return total
}
