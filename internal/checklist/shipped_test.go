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
	want := map[string]bool{"rules": true, "SHA256SUMS": true}
	var sums strings.Builder
	for _, ref := range refs {
		c := must(files.Open(ref))(t)
		penalties := must(files.Penalties(c))(t)
		if c.Base != nil {
			t.Fatalf("%s extends another checklist, which no compiled form can say", ref)
		}
		want[ref.String()] = true
		fmt.Fprintf(&sums, "%s  %s/%s.yaml\n", c.Digest, ref.ID, ref.Version)
		if penalties != nil {
			want[ref.ID+".penalties"] = true
		}
		if *update {
			write(t, ref.String(), pack(t, *c))
			if penalties != nil {
				write(t, ref.ID+".penalties", pack(t, *penalties))
			}
		} else if diff := cmp.Diff(c, must(shipped.Open(ref))(t), plain); diff != "" {
			t.Errorf("%s: %s (-file +compiled):\n%s", ref, stale, diff)
		} else if diff := cmp.Diff(penalties, must(shipped.Penalties(c))(t)); diff != "" {
			t.Errorf("%s: %s (-file +compiled):\n%s", checklist.PenaltiesFile, stale, diff)
		}
		if err := c.Compile(language, "full"); err != nil {
			t.Fatal(err)
		}
	}
	switch rules := must(language.Pack())(t); {
	case *update:
		write(t, "rules", rules)
	case string(rules) != checklists.Rules():
		t.Error("rules: " + stale)
	}
	switch {
	case *update:
		write(t, "SHA256SUMS", []byte(sums.String()))
	case sums.String() != checklists.Sums():
		t.Error("SHA256SUMS: " + stale)
	}
	entries := must(os.ReadDir(compiled))(t)
	if len(entries) != len(want) {
		t.Errorf("%s holds %d files, and %d were compiled; delete those of no checklist, or generate", compiled, len(entries), len(want))
	}
	for _, e := range entries {
		if !want[e.Name()] {
			t.Errorf("%s belongs to no checklist; delete it", e.Name())
		}
	}
}

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

func pack(t *testing.T, v any) []byte {
	t.Helper()
	var w packed.Writer
	if err := w.Value(v); err != nil {
		t.Fatal(err)
	}
	return w.Data(checklist.CompiledVersion)
}

// compiled is the folder of the compiled forms.
var compiled = filepath.Join("..", "..", "checklists", "compiled")

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(compiled, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
