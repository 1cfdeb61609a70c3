package assess

import "testing"

func TestAside(t *testing.T) {
	var order []int
	put := func(n int) func() { return func() { order = append(order, n) } }
	s := startAside(put(0))
	for n := 1; n < 1000; n++ {
		s.do(put(n))
	}
	s.finish()
	for n, got := range order {
		if got != n {
			t.Fatalf("piece %d was done as number %d", got, n)
		}
	}
	if len(order) != 1000 {
		t.Errorf("%d of 1000 pieces were done", len(order))
	}
}

// TestAsideDefect gives more work than is handed over at a time, so that the owner would wait for ever.
func TestAsideDefect(t *testing.T) {
	s := startAside(func() { panic("defect") })
	for range 10_000 {
		s.do(func() { t.Error("a piece after a defect was done") })
	}
	defer func() {
		if defect := recover(); defect != "defect" {
			t.Errorf("finish panics with %v", defect)
		}
	}()
	s.finish()
}
