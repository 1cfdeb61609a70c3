package assess_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"readiness/checklists"
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// TestCases runs the cases of every shipped checklist: they must come out as written, and every check must be seen
// met, gap and undeclared.
func TestCases(t *testing.T) {
	refs, err := checklist.NewLibrary(checklists.FS()).List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	for _, ref := range refs {
		t.Run(ref.String(), func(t *testing.T) {
			t.Parallel()
			c, cases, base := load(t, ref)
			trial := assess.Try(c, cases, base, os.DirFS("../../examples/ready"))
			for _, p := range trial.Failures {
				t.Error(p)
			}
			for _, p := range trial.Unseen(c) {
				t.Error(p)
			}
		})
	}
}

// TestMutants spoils every rule of every shipped checklist: some case must notice.
func TestMutants(t *testing.T) {
	refs, err := checklist.NewLibrary(checklists.FS()).List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	for _, ref := range refs {
		t.Run(ref.String(), func(t *testing.T) {
			t.Parallel()
			c, cases, base := load(t, ref)
			language := rule.NewLanguage(manifest.Type())
			survivors, err := assess.Survivors(c, cases, base, os.DirFS("../../examples/ready"), language)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range survivors {
				t.Errorf("no case notices %s/%s with its %s", m.Requirement.ID, m.Check, m.What)
			}
		})
	}
}

// load reads a shipped checklist, compiled in full, with its cases and their base.
func load(t *testing.T, ref checklist.Ref) (*checklist.Checklist, *checklist.Cases, *source.Tree) {
	t.Helper()
	c, err := checklist.NewLibrary(checklists.FS()).Open(ref)
	if err != nil {
		t.Fatal(err)
	}
	language := rule.NewLanguage(manifest.Type())
	if err := c.Compile(language, "full"); err != nil {
		t.Fatal(err)
	}
	name := path.Join(ref.ID, ref.Version+".cases.yaml")
	data, err := fs.ReadFile(checklists.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := checklist.ReadCases(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return c, cases, parseFile(t, path.Join("../../checklists", ref.ID, cases.Base))
}

func parseFile(t *testing.T, file string) *source.Tree {
	t.Helper()
	tree, err := source.Parse(strings.TrimPrefix(file, "../../"), readFile(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
