// Package packed writes and reads what ships with the program in a form that starts it fast: numbers are varints, and
// every string is an index into a table, so that reading one copies nothing. The same calls in the same order read what
// they wrote. It is no format for exchange: a form ships with the program that reads it.
package packed

import (
	"encoding/binary"
	"errors"
)

// ErrBroken is what reading says of data that wasn't written by the same version of the program.
var ErrBroken = errors.New("what was compiled into the program can't be read; generate it again")

// A Writer collects what is packed. The zero value is ready.
type Writer struct {
	out     []byte
	table   []string
	indexes map[string]uint64 // into table
}

// Number writes a number.
func (w *Writer) Number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

// Bool writes yes or no.
func (w *Writer) Bool(b bool) {
	if b {
		w.Number(1)
	} else {
		w.Number(0)
	}
}

// String writes a string. The same one twice takes no more room than a number.
func (w *Writer) String(s string) {
	i, ok := w.indexes[s]
	if !ok {
		if w.indexes == nil {
			w.indexes = map[string]uint64{}
		}
		i = uint64(len(w.table))
		w.indexes[s] = i
		w.table = append(w.table, s)
	}
	w.Number(i)
}

// Part writes what write writes, with its length in front, so that a Reader can put it off.
func (w *Writer) Part(write func() error) error {
	whole := w.out
	w.out = nil
	err := write()
	part := w.out
	w.out = whole
	w.Number(uint64(len(part)))
	w.out = append(w.out, part...)
	return err
}

// Data is everything that was written, with the table in front. version begins it: it changes with the meaning of what
// follows.
func (w *Writer) Data(version string) []byte {
	head := Writer{out: []byte(version)}
	head.Number(uint64(len(w.table)))
	for _, s := range w.table {
		head.Number(uint64(len(s)))
		head.out = append(head.out, s...)
	}
	return append(head.out, w.out...)
}

// A Reader reads what a Writer wrote. Once broken it gives zeros.
type Reader struct {
	in     string
	table  []string
	broken bool
}

// NewReader reads data, which must begin with version.
func NewReader(data, version string) (*Reader, error) {
	if len(data) < len(version) || data[:len(version)] != version {
		return nil, ErrBroken
	}
	r := &Reader{in: data[len(version):]}
	table := make([]string, r.Count())
	for i := range table {
		table[i] = r.take(r.Number())
	}
	r.table = table
	return r, r.Err()
}

// Part is what Part wrote, to be read by its own Reader: now or later, also while others are read.
func (r *Reader) Part() Reader {
	return Reader{in: r.take(r.Number()), table: r.table, broken: r.broken}
}

// More reports whether anything is left to read.
func (r *Reader) More() bool { return r.in != "" && !r.broken }

// Err is ErrBroken if anything that was read wasn't there.
func (r *Reader) Err() error {
	if r.broken {
		return ErrBroken
	}
	return nil
}

// Done is ErrBroken if anything is left to read, too.
func (r *Reader) Done() error {
	if r.in != "" {
		r.Break()
	}
	return r.Err()
}

// Break says that what was read makes no sense.
func (r *Reader) Break() { r.in, r.broken = "", true }

// Number reads a number.
func (r *Reader) Number() uint64 {
	var n uint64
	for i := 0; i < len(r.in) && i < binary.MaxVarintLen64; i++ {
		b := r.in[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.in = r.in[i+1:]
			return n
		}
	}
	r.Break()
	return 0
}

// Count reads the number of things that follow, each at least a byte long.
func (r *Reader) Count() int {
	n := r.Number()
	if n > uint64(len(r.in)) {
		r.Break()
		return 0
	}
	return int(n)
}

// Bool reads yes or no.
func (r *Reader) Bool() bool { return r.Number() != 0 }

// String reads a string.
func (r *Reader) String() string {
	i := r.Number()
	if i >= uint64(len(r.table)) {
		r.Break()
		return ""
	}
	return r.table[i]
}

func (r *Reader) take(n uint64) string {
	if n > uint64(len(r.in)) {
		r.Break()
		return ""
	}
	s := r.in[:n]
	r.in = r.in[n:]
	return s
}
