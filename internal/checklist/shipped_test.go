package checklist_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readiness/checklists"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/packed"
	"readiness/internal/rule"
	"readiness/internal/source"
)

var update = flag.Bool("update", false, "write the compiled checklists anew")

// plain leaves out of a comparison what Compile adds, and the places of expressions, which no compiled form holds.
var plain = cmp.Options{
	cmpopts.IgnoreUnexported(checklist.Checklist{}, checklist.Omission{}, checklist.Requirement{}, checklist.Check{}, checklist.Pointer{}),
	cmp.Comparer(func(a, b source.Script) bool { return a.Text == b.Text }),
}

const stale = "what is compiled is stale; go generate ./checklists writes it anew"

// TestCompiled compares the compiled checklists with their files, or writes them anew.
func TestCompiled(t *testing.T) {
	files, shipped := checklist.NewLibrary(checklists.FS()), checklist.Shipped()
	refs, err := files.List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	language := rule.NewLanguage(manifest.Type())
	var sums strings.Builder
	var lists packed.Writer
	for _, ref := range refs {
		c := must(files.Open(ref))(t)
		penalties := must(files.Penalties(c))(t)
		if c.Base != nil {
			t.Fatalf("%s extends another checklist, which no compiled form can say", ref)
		}
		fmt.Fprintf(&sums, "%s  %s/%s.yaml\n", c.Digest, ref.ID, ref.Version)
		pack(t, &lists, ref.String(), *c)
		if penalties != nil {
			pack(t, &lists, ref.ID+".penalties", *penalties)
		}
		if err := c.Compile(language, "full"); err != nil {
			t.Fatal(err)
		}
		if *update {
			continue
		}
		if diff := cmp.Diff(c, must(shipped.Open(ref))(t), plain); diff != "" {
			t.Errorf("%s: %s (-file +compiled):\n%s", ref, stale, diff)
		}
		if diff := cmp.Diff(penalties, must(shipped.Penalties(c))(t)); diff != "" {
			t.Errorf("%s: %s (-file +compiled):\n%s", checklist.PenaltiesFile, stale, diff)
		}
	}
	made := map[string]string{
		"lists":      string(lists.Data(checklist.CompiledVersion)),
		"rules":      string(must(language.Pack())(t)),
		"SHA256SUMS": sums.String(),
	}
	for name, want := range made {
		if *update {
			if err := os.WriteFile(filepath.Join(compiled, name), []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got := must(os.ReadFile(filepath.Join(compiled, name)))(t); string(got) != want {
			t.Errorf("%s: %s", name, stale)
		}
	}
	for _, e := range must(os.ReadDir(compiled))(t) {
		if _, ok := made[e.Name()]; !ok {
			t.Errorf("%s is not made any more; delete it", e.Name())
		}
	}
}

// compiled is the folder of the compiled forms.
var compiled = filepath.Join("..", "..", "checklists", "compiled")

// TestShippedDigests compares the list of digests with the checklists opened.
func TestShippedDigests(t *testing.T) {
	library := checklist.Shipped()
	var want []checklist.Digest
	for _, ref := range must(library.List())(t) {
		want = append(want, checklist.Digest{Ref: ref, SHA256: must(library.Open(ref))(t).Digest})
	}
	if diff := cmp.Diff(want, must(checklist.ShippedDigests())(t)); diff != "" || len(want) == 0 {
		t.Errorf("-opened +listed:\n%s", diff)
	}
}

// must ends the test on an error.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func pack(t *testing.T, w *packed.Writer, name string, v any) {
	t.Helper()
	w.String(name)
	if err := w.Part(func() error { return w.Value(v) }); err != nil {
		t.Fatal(err)
	}
}
