package assess

// handful is how many pieces of work are handed over at a time: to hand over takes about as long as a piece of it.
const handful = 8

// aside does work beside that of its owner: one piece after the other, in the order in which they were given.
type aside struct {
	pieces []func() // not handed over yet
	ahead  chan []func()
	defect chan any // what a piece panicked with, or nil, once all is done
}

// startAside begins with a first piece.
func startAside(first func()) *aside {
	s := &aside{ahead: make(chan []func(), 64), defect: make(chan any, 1)}
	s.ahead <- []func(){first}
	go s.work()
	return s
}

func (s *aside) work() {
	defer func() {
		defect := recover()
		for range s.ahead { // the owner must not wait for ever
		}
		s.defect <- defect
	}()
	for pieces := range s.ahead {
		for _, do := range pieces {
			do()
		}
	}
}

// do takes a piece of work.
func (s *aside) do(piece func()) {
	if s.pieces = append(s.pieces, piece); len(s.pieces) == handful {
		s.ahead <- s.pieces
		s.pieces = nil
	}
}

// finish waits until all is done. It panics with what a piece panicked with.
func (s *aside) finish() {
	s.ahead <- s.pieces
	close(s.ahead)
	if defect := <-s.defect; defect != nil {
		panic(defect)
	}
}
