package picture

import (
	"cmp"
	"math"
	"slices"
)

// size gives nodes their lines, width and height. All of a column are as wide as the widest.
func (c *columns) size() {
	for _, col := range c.cols {
		w := minWidth
		for _, n := range col {
			for _, line := range wrap(n.name, nameSize, true, maxWidth-20) {
				w = math.Max(w, width(line, nameSize, true)+20)
			}
			w = math.Max(w, math.Min(width(n.kindLine(), smallSize, false)+20, maxWidth))
			w = math.Max(w, math.Min(width(n.zone.Name, nameSize, true)+4, maxWidth-2*zonePad))
		}
		for _, n := range col {
			n.W = w
			n.H = 32 + 15*float64(len(wrap(n.name, nameSize, true, w-20)))
		}
		c.x, c.w = append(c.x, 0), append(c.w, w)
	}
	for _, z := range c.zones {
		z.head = 12 + 15*float64(len(z.heading(c.w[z.nodes[0].column])))
		if z.Note != "" {
			z.head += 13
		}
	}
}

// heading is the zone's name in the lines that a column's width takes.
func (z *zone) heading(w float64) []string {
	return wrap(z.Name, nameSize, true, w+2*zonePad-16)
}

// kindLine is the second line of a node.
func (n *node) kindLine() string {
	switch {
	case n.kind == "person":
		return ""
	case n.PHI && n.kind != "":
		return n.kind + " · PHI"
	case n.PHI:
		return "PHI"
	}
	return n.kind
}

// place finds the height at which each node stands: near the middle of its neighbours, in the order it has, and far
// enough from what is above and below.
func (c *columns) place() {
	for _, col := range c.cols {
		c.markTop(col)
		for _, n := range col {
			n.H = math.Max(n.H, pitch*float64(max(len(n.left), len(n.right)))+8)
			if n.dummy {
				n.H = 0
			}
		}
		for i, n := range col {
			if i > 0 {
				n.y = col[i-1].y + gapBetween(col[i-1], n)
			}
		}
		for i := range col {
			col[i].y -= col[len(col)-1].y / 2
		}
	}
	for i := range 40 {
		c.ports()
		for k := range c.cols {
			col := k
			if i%2 == 1 {
				col = len(c.cols) - 1 - k
			}
			settle(c.cols[col])
		}
	}
	c.ports()
}

// markTop notes the first node of the practice in a column. Above it there must be room for the practice's name.
func (c *columns) markTop(col []*node) {
	seen := false
	for _, n := range col {
		n.topmost = !n.dummy && !seen
		seen = seen || !n.dummy
	}
}

// gapBetween is the least distance between the middles of two nodes, the first above the second.
func gapBetween(a, b *node) float64 {
	middle := (a.H + b.H) / 2
	switch {
	case a.dummy && b.dummy:
		return middle + wayGap
	case a.dummy && (b.zone.Kind != Practice || b.topmost):
		return middle + b.zone.head + wayGap
	case b.dummy && a.zone.Kind != Practice:
		return middle + zonePad + wayGap
	case a.dummy || b.dummy:
		return middle + wayGap + 3
	case a.zone != b.zone:
		return middle + zonePad + zoneGap + b.zone.head
	}
	return middle + nodeGap
}

// settle moves the nodes of a column as near as their order and distances allow to where their neighbours pull them: the
// least squares, by pooling neighbours that are in each other's way.
func settle(col []*node) {
	type pool struct{ sum, weight, offset float64 }
	offsets := make([]float64, len(col))
	pools, sizes := []pool{}, []int{}
	for i, n := range col {
		if i > 0 {
			offsets[i] = offsets[i-1] + gapBetween(col[i-1], n)
		}
		want, weight := n.pull()
		pools, sizes = append(pools, pool{(want - offsets[i]) * weight, weight, 0}), append(sizes, 1)
		for k := len(pools) - 1; k > 0 && pools[k-1].sum/pools[k-1].weight >= pools[k].sum/pools[k].weight; k-- {
			pools[k-1] = pool{pools[k-1].sum + pools[k].sum, pools[k-1].weight + pools[k].weight, 0}
			sizes[k-1] += sizes[k]
			pools, sizes = pools[:k], sizes[:k]
		}
	}
	i := 0
	for k, p := range pools {
		for range sizes[k] {
			col[i].y = p.sum/p.weight + offsets[i]
			i++
		}
	}
}

// pull is where a node's neighbours want its middle, and how strongly.
func (n *node) pull() (y, weight float64) {
	for _, p := range slices.Concat(n.left, n.right) {
		if p.seg.withinSame {
			continue
		}
		strength := 1.0
		if n.dummy && p.peer.dummy {
			strength = 4 // long edges run straight
		}
		y += (p.peer.y + p.across().y - p.y) * strength
		weight += strength
	}
	if weight == 0 {
		return n.y, 0.05
	}
	return y / weight, weight
}

// across is the port at the other end of the segment.
func (p *port) across() *port {
	if p.seg.pa == p {
		return p.seg.pb
	}
	return p.seg.pa
}

// ports puts the ports on each side of a node in the order of what they lead to, evenly around its middle.
func (c *columns) ports() {
	for _, col := range c.cols {
		for _, n := range col {
			for _, side := range [][]*port{n.left, n.right} {
				slices.SortStableFunc(side, func(a, b *port) int {
					return cmp.Or(cmp.Compare(a.rank(n), b.rank(n)), cmp.Compare(a.seg.edge.Number, b.seg.edge.Number))
				})
				for i, p := range side {
					p.y = 0
					if !n.dummy {
						p.y = (float64(i) - float64(len(side)-1)/2) * math.Min(pitch, (n.H-8)/float64(len(side)))
					}
				}
			}
		}
	}
}

// rank orders ports from top to bottom. Arcs within a column go above or below all else, the longest outermost.
func (p *port) rank(n *node) float64 {
	d := p.peer.y - n.y
	switch {
	case !p.seg.withinSame:
		return p.peer.y
	case d > 0 || p.peer == n && p == p.seg.pb:
		return 1e6 - d
	}
	return -1e6 - d
}
