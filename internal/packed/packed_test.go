package packed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/packed"
)

const version = "test 1\n"

type leaf struct {
	Word  string
	Count int
	Share float64
	Yes   bool
	Day   time.Time
}

type tree struct {
	Leaf   leaf
	None   []string
	Empty  []string
	Words  []string
	Leaves []*leaf
	hidden int
}

var sample = tree{
	Leaf:   leaf{"a", -3, 0.5, true, time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)},
	Empty:  []string{},
	Words:  []string{"a", "", "a", "ä"},
	Leaves: []*leaf{nil, {Word: "b"}},
	hidden: 0,
}

func pack(t testing.TB, v any) string {
	t.Helper()
	var w packed.Writer
	if err := w.Value(v); err != nil {
		t.Fatal(err)
	}
	return string(w.Data(version))
}

// TestValue reads what was written, nil and empty told apart, and notices every byte that is missing.
func TestValue(t *testing.T) {
	data := pack(t, sample)
	read := func(data string) (tree, error) {
		r, err := packed.NewReader(data, version)
		if err != nil {
			return tree{}, err
		}
		var got tree
		r.Value(&got)
		return got, r.Done()
	}
	got, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample, got, cmp.AllowUnexported(tree{})); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
	if again := pack(t, got); again != data {
		t.Error("the same value gives other bytes")
	}
	for n := range len(data) {
		if _, err := read(data[:n]); !errors.Is(err, packed.ErrBroken) {
			t.Errorf("cut off after %d bytes, nothing is missed: %v", n, err)
		}
	}
	if _, err := read(data + "\x00"); !errors.Is(err, packed.ErrBroken) {
		t.Errorf("a byte too many is not noticed: %v", err)
	}
	if _, err := read(strings.Replace(data, "test 1", "test 2", 1)); !errors.Is(err, packed.ErrBroken) {
		t.Errorf("another version is read: %v", err)
	}
}

// TestPart reads a part after what follows it.
func TestPart(t *testing.T) {
	var w packed.Writer
	if err := w.Part(func() error { w.String("inside"); w.Number(1 << 40); return nil }); err != nil {
		t.Fatal(err)
	}
	w.String("after")
	r, err := packed.NewReader(string(w.Data(version)), version)
	if err != nil {
		t.Fatal(err)
	}
	part := r.Part()
	got := []any{r.String(), r.Done(), part.String(), part.Number(), part.Done()}
	if diff := cmp.Diff([]any{"after", nil, "inside", uint64(1 << 40), nil}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnpackable(t *testing.T) {
	var w packed.Writer
	if err := w.Value(struct{ Names map[string]string }{}); err == nil || !strings.Contains(err.Error(), "Names") {
		t.Errorf("a map is packed, or the error doesn't say where: %v", err)
	}
}

// FuzzReader reads anything. It may say that it is broken, and nothing else.
func FuzzReader(f *testing.F) {
	f.Add(pack(f, sample))
	f.Add(version + "\x01\x02ab\x00\x00")
	f.Add("")
	f.Fuzz(func(t *testing.T, data string) {
		r, err := packed.NewReader(data, version)
		if err != nil {
			return
		}
		var got tree
		r.Value(&got)
		if err := r.Done(); err != nil && !errors.Is(err, packed.ErrBroken) {
			t.Error(err)
		}
	})
}
