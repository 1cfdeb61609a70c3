package pdf

// columnPiece is what stands below others in a column and isn't broken: a line, or an entry of a list.
type columnPiece struct {
	above, high float64 // the space above it, and its height
	begins      beginning
	leads       bool // whether the next piece belongs to it
	draw        func(x, y float64)
}

// beginning is what begins with a piece. Columns are broken where as much as possible does.
type beginning int

const (
	nothing beginning = iota
	aStatement
	aPart
)

// columnsGap is the space between two columns, and columnWide how wide each is.
const (
	columnsGap = 18.0
	columnWide = (width - columnsGap) / 2
)

// inColumns draws pieces in two columns as high as each other, over as many pages as it takes. Each page is read down its
// left column, then down its right one.
func (p *printer) inColumns(pieces []columnPiece) {
	for len(pieces) > 0 {
		p.need(pieces[0].high)
		first, both := halfOf(pieces), len(pieces)
		if max(columnHigh(pieces[:first]), columnHigh(pieces[first:])) > p.room()+0.001 {
			first = fillColumn(pieces, p.room())
			both = first + fillColumn(pieces[first:], p.room())
		}
		y := p.y
		p.y = max(drawColumn(pieces[:first], left, y), drawColumn(pieces[first:both], left+columnWide+columnsGap, y))
		if pieces = pieces[both:]; len(pieces) > 0 {
			p.newPage()
		}
	}
}

// drawColumn draws pieces below each other and returns where they end.
func drawColumn(pieces []columnPiece, x, y float64) float64 {
	for i, l := range pieces {
		if i > 0 {
			y += l.above
		}
		l.draw(x, y)
		y += l.high
	}
	return y
}

func columnHigh(pieces []columnPiece) float64 {
	high := 0.0
	for i, l := range pieces {
		if i > 0 {
			high += l.above
		}
		high += l.high
	}
	return high
}

// halfOf is how many pieces go to the left of two columns, so that both are about as high. It is better to begin the right
// one with a part than with one more statement of a part.
func halfOf(pieces []columnPiece) int {
	half, least := len(pieces), columnHigh(pieces)
	for i := 1; i < len(pieces); i++ {
		if pieces[i].begins == nothing || pieces[i-1].leads {
			continue
		}
		high := max(columnHigh(pieces[:i]), columnHigh(pieces[i:]))
		if pieces[i].begins == aStatement {
			high += 2 * pieces[i].high
		}
		if high < least {
			half, least = i, high
		}
	}
	return half
}

// fillColumn is how many pieces a column of a height holds, one at least. It ends with a statement if that leaves little
// space, and not with what leads to the next piece.
func fillColumn(pieces []columnPiece, high float64) int {
	n, used := 0, 0.0
	for ; n < len(pieces); n++ {
		if n > 0 {
			used += pieces[n].above
		}
		if used += pieces[n].high; used > high+0.001 {
			break
		}
	}
	if n == len(pieces) {
		return n
	}
	const little = 3
	for i := n; i > max(0, n-little); i-- {
		if pieces[i].begins != nothing && !pieces[i-1].leads {
			return i
		}
	}
	for n > 1 && pieces[n-1].leads {
		n--
	}
	return max(n, 1)
}
