package pdf

import (
	"slices"
	"testing"

	"readiness/internal/report/outline"
)

// TestColumns draws lists of pieces and shows that each is drawn once, in order, within its page, and that the columns of
// the last page are about as high.
func TestColumns(t *testing.T) {
	for _, n := range []int{1, 2, 3, 40, 130, 131, 400} {
		p, err := newPrinter(&outline.Document{AsOf: "2026-11-22"})
		if err != nil {
			t.Fatal(err)
		}
		p.y = 600 // on a page with other things
		if n == 40 {
			p.y = bottom - 5
		}
		var drawn []int
		ends := map[float64]float64{} // of the columns on the page
		page := 0
		var pieces []columnPiece
		for i := range n {
			piece := columnPiece{above: 2, high: 10, draw: func(x, y float64) {
				if p.pdf.PageNo() != page {
					page, ends = p.pdf.PageNo(), map[float64]float64{}
				}
				drawn, ends[x] = append(drawn, i), y+10
				if y < top || y+10 > bottom+0.01 {
					t.Errorf("%d pieces: piece %d is drawn at %.0f", n, i, y)
				}
			}}
			if i%3 == 0 {
				piece.begins = aPart
			}
			pieces = append(pieces, piece)
		}
		p.inColumns(pieces)
		if len(drawn) != n || !slices.IsSorted(drawn) {
			t.Errorf("%d pieces: %v are drawn", n, drawn)
		}
		first, second := ends[left], ends[left+columnWide+columnsGap]
		if p.y != max(first, second) || n > 3 && max(first-second, second-first) > 40 {
			t.Errorf("%d pieces: the columns end at %.0f and %.0f, and what follows begins at %.0f", n, first, second, p.y)
		}
	}
}

func TestHalfOf(t *testing.T) {
	list := func(begins ...beginning) []columnPiece {
		var pieces []columnPiece
		for _, b := range begins {
			pieces = append(pieces, columnPiece{above: 2, high: 10, begins: b})
		}
		return pieces
	}
	leads := list(aPart, aPart, aPart, aPart)
	leads[1].leads = true
	for _, c := range []struct {
		name   string
		pieces []columnPiece
		want   int
	}{
		{"none", nil, 0},
		{"one", list(aPart), 1},
		{"even", list(aPart, aPart, aPart, aPart), 2},
		{"a statement isn't broken", list(aPart, nothing, nothing, nothing), 4},
		{"a part rather than a statement", list(aPart, nothing, nothing, aStatement, aPart, nothing), 4},
		{"a statement if a part is far off", list(aPart, nothing, nothing, aStatement, nothing, nothing), 3},
		{"what leads stays with what follows", leads, 1},
	} {
		if got := halfOf(c.pieces); got != c.want {
			t.Errorf("%s: %d go to the left, want %d", c.name, got, c.want)
		}
	}
}

func TestFillColumn(t *testing.T) {
	pieces := make([]columnPiece, 10)
	for i := range pieces {
		pieces[i].high = 10
	}
	pieces[5].begins = aStatement
	for high, want := range map[float64]int{5: 1, 35: 3, 50: 5, 70: 5, 80: 8, 200: 10} {
		if got := fillColumn(pieces, high); got != want {
			t.Errorf("a column of %.0f holds %d, want %d", high, got, want)
		}
	}
	pieces[4].leads = true
	if got := fillColumn(pieces, 50); got != 4 {
		t.Errorf("a column ends with what leads to the next: %d", got)
	}
}
