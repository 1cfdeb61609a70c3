package assess_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

var asOf = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// shipped are every shipped checklist, compiled in full.
func shipped(t testing.TB) []*checklist.Checklist { return openAll(t, checklist.Shipped()) }

func openAll(t testing.TB, library checklist.Library) []*checklist.Checklist {
	t.Helper()
	refs, err := library.List()
	if err != nil {
		t.Fatal(err)
	}
	language, err := library.Language()
	if err != nil {
		t.Fatal(err)
	}
	var lists []*checklist.Checklist
	for _, ref := range refs {
		c, err := library.Open(ref)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Compile(language, "full"); err != nil {
			t.Fatal(err)
		}
		lists = append(lists, c)
	}
	return lists
}

// examples are the example manifests, by name.
func examples(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../examples/*/readiness.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("the examples are missing: %v %v", files, err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[filepath.Base(filepath.Dir(f))] = f
	}
	return out
}

func parse(t testing.TB, file string) *source.Tree {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.Parse("readiness.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// run assesses a manifest. It returns nil when the manifest is not valid. folder holds the evidence; it may be "".
func run(t testing.TB, tree *source.Tree, lists []*checklist.Checklist, folder string) *assess.Report {
	t.Helper()
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		return nil
	}
	flow.Derive(doc)
	if folder == "" {
		evidence.Inspect(doc, nil)
	} else {
		evidence.Inspect(doc, os.DirFS(folder))
	}
	r, err := assess.Run(assess.Input{Doc: doc, Checklists: lists, Profile: "full", AsOf: asOf, Horizon: 60})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// leaves are the paths of the single values of a manifest, and of its plain lists as a whole.
func leaves(t testing.TB, tree *source.Tree) []string {
	t.Helper()
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	source.Walk(manifest.Type(), &doc.Manifest, func(path string, field *source.Field, _ source.Leaf) {
		if strings.HasSuffix(path, "]") && field.Type.Kind == source.KindList {
			path = source.Parent(path)
		}
		if len(paths) == 0 || paths[len(paths)-1] != path {
			paths = append(paths, path)
		}
	})
	return paths
}

// TestSilenceNeverHelps removes each value of each example: no requirement that was not met may become met by it, and
// none that was open may become not applicable.
func TestSilenceNeverHelps(t *testing.T) {
	lists := shipped(t)
	for name, file := range examples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, folder := parse(t, file), filepath.Dir(file)
			before := run(t, tree, lists, folder)
			for _, path := range leaves(t, tree) {
				less, err := tree.Without(manifest.Type(), path)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				after := run(t, less, lists, folder)
				if after == nil {
					continue // not valid any more, so nothing is met
				}
				staysOpen(t, "without "+path, before, after)
			}
		})
	}
}

// staysOpen fails where a requirement that was open no longer is.
func staysOpen(t *testing.T, change string, before, after *assess.Report) {
	t.Helper()
	for i, q := range before.Requirements {
		if now := after.Requirements[i]; q.Outcome.Open() && !now.Outcome.Open() {
			t.Errorf("%s, %s goes from %s to %s", change, q.ID, q.Outcome, now.Outcome)
		}
	}
}

// TestUnknownNeverHelps writes unknown for each value of each example, and [unknown] for its plain lists: no requirement
// that is open without the value may be met or not applicable with that.
func TestUnknownNeverHelps(t *testing.T) {
	lists := shipped(t)
	for name, file := range examples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, folder := parse(t, file), filepath.Dir(file)
			for _, path := range leaves(t, tree) {
				word := "unknown"
				if f := source.FieldAt(manifest.Type(), path); f != nil && f.Type.Kind == source.KindList {
					word = "[unknown]"
				}
				less, err := tree.Without(manifest.Type(), path)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				unknown, err := tree.With(manifest.Type(), path, word)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				before, after := run(t, less, lists, folder), run(t, unknown, lists, folder)
				if before == nil || after == nil {
					continue // not valid, so nothing is met
				}
				staysOpen(t, "with "+path+": "+word, before, after)
			}
		})
	}
}

// TestCompiledSaysTheSame assesses the examples by the compiled checklists and by their files.
func TestCompiledSaysTheSame(t *testing.T) {
	compiled, files := shipped(t), openAll(t, checklist.Shipped().FromFiles())
	for name, file := range examples(t) {
		tree, folder := parse(t, file), filepath.Dir(file)
		if diff := cmp.Diff(run(t, tree, files, folder), run(t, tree, compiled, folder)); diff != "" {
			t.Errorf("%s (-files +compiled):\n%s", name, diff)
		}
	}
}

// TestOrderChangesNothing shuffles the keys of every mapping.
func TestOrderChangesNothing(t *testing.T) {
	lists := shipped(t)
	for name, file := range examples(t) {
		t.Run(name, func(t *testing.T) {
			before := run(t, parse(t, file), lists, "")
			var doc yaml.Node
			if err := yaml.Unmarshal(readFile(t, file), &doc); err != nil {
				t.Fatal(err)
			}
			shuffle(&doc, rand.New(rand.NewPCG(1, 2)))
			data, err := yaml.Marshal(&doc)
			if err != nil {
				t.Fatal(err)
			}
			tree, err := source.Parse("readiness.yaml", data)
			if err != nil {
				t.Fatal(err)
			}
			after := run(t, tree, lists, "")
			if after == nil {
				t.Fatal("the shuffled manifest is not valid")
			}
			if diff := cmp.Diff(results(before), results(after)); diff != "" {
				t.Errorf("order matters (-written +shuffled):\n%s", diff)
			}
		})
	}
}

func shuffle(n *yaml.Node, r *rand.Rand) {
	if n.Kind == yaml.MappingNode {
		r.Shuffle(len(n.Content)/2, func(i, j int) {
			n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
			n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
		})
	}
	for _, c := range n.Content {
		shuffle(c, r)
	}
}

// results are the outcomes of all checks and subjects.
func results(r *assess.Report) map[string]string {
	out := map[string]string{}
	for _, q := range r.Requirements {
		out[q.ID] = string(q.Outcome)
		for _, c := range q.Checks {
			for _, res := range c.Results {
				out[q.ID+"/"+c.ID+" "+res.Subject] = string(res.Outcome) + " " + res.Message
			}
		}
	}
	return out
}

// TestEveryFactMatters removes and changes each fact that a check of the ready example rests on: some outcome must
// change, or the fact was read for nothing. A fact that stands beside another that does as well, such as the second of
// two licensed users, must matter once that other is gone.
func TestEveryFactMatters(t *testing.T) {
	t.Parallel()
	lists := slices.DeleteFunc(shipped(t), func(c *checklist.Checklist) bool { return c.ID != "hipaa" && c.ID != "nist-ai-rmf" })
	tree := parse(t, examples(t)["ready"]) // which is checked against these two
	before := run(t, tree, lists, "")
	base := results(before)
	for _, fact := range factsOf(before) {
		if changed(t, tree, lists, base, fact) == "" && !mattersWithout(t, tree, lists, fact) {
			t.Errorf("no change of %s (%s) changes an outcome", fact.Path, fact.Value)
		}
	}
}

// alternatives are facts that do as well as another, by the path of that other.
var alternatives = map[string]string{
	"vendors[anthropic].documents.bias_evaluation": "deployment.pilot.population_slices",
}

// mattersWithout reports whether a fact matters once the same fact of every other item is gone, and its alternative.
func mattersWithout(t *testing.T, tree *source.Tree, lists []*checklist.Checklist, fact assess.Fact) bool {
	less := tree
	for _, path := range leaves(t, tree) {
		same := itemName.ReplaceAllString(path, "[]") == itemName.ReplaceAllString(fact.Path, "[]")
		if path == fact.Path || !same && path != alternatives[fact.Path] {
			continue
		}
		without, err := less.Without(manifest.Type(), path)
		if err != nil {
			t.Fatal(err)
		}
		less = without
	}
	before := run(t, less, lists, "")
	return before != nil && changed(t, less, lists, results(before), fact) != ""
}

var itemName = regexp.MustCompile(`\[[^]]*\]`)

// factsOf are the distinct facts a report rests on.
func factsOf(r *assess.Report) []assess.Fact {
	seen := map[string]bool{}
	var facts []assess.Fact
	for _, q := range r.Requirements {
		for _, c := range q.Checks {
			for _, res := range c.Results {
				for _, f := range res.Facts {
					if !seen[f.Path] && f.Path != "attestations" {
						seen[f.Path] = true
						facts = append(facts, f)
					}
				}
			}
		}
	}
	slices.SortFunc(facts, func(a, b assess.Fact) int { return strings.Compare(a.Path, b.Path) })
	return facts
}

// changed returns a change of a fact that changes an outcome, or "".
func changed(t *testing.T, tree *source.Tree, lists []*checklist.Checklist, before map[string]string, fact assess.Fact) string {
	t.Helper()
	try := func(what string, mutant *source.Tree, err error) string {
		if err != nil {
			t.Fatalf("%s: %v", fact.Path, err)
		}
		after := run(t, mutant, lists, "")
		if after != nil && !cmp.Equal(before, results(after)) {
			return what
		}
		return ""
	}
	less, err := tree.Without(manifest.Type(), fact.Path)
	if err != nil {
		t.Fatalf("%s: %v", fact.Path, err)
	}
	switch after := run(t, less, lists, ""); {
	case after == nil:
		return "removed: the manifest is not valid without it"
	case !cmp.Equal(before, results(after)):
		return "removed"
	}
	for _, other := range others(fact) {
		mutant, err := tree.With(manifest.Type(), fact.Path, other)
		if what := try("as "+other, mutant, err); what != "" {
			return what
		}
	}
	return ""
}

// others are values unlike a fact's that its place could hold.
func others(f assess.Fact) []string {
	field := source.FieldAt(manifest.Type(), f.Path)
	kind := field.Type.Kind
	if kind == source.KindMap {
		kind = field.Type.Elem.Kind
	}
	switch {
	case kind == source.KindList:
		return []string{"[]", "[something-else]"}
	case len(field.Enum) > 0:
		return field.Enum
	case kind == source.KindFlag:
		return []string{"true", "false"}
	case kind == source.KindDate:
		return []string{"1999-01-01", "2099-01-01"}
	case kind == source.KindInt, kind == source.KindNumber:
		return []string{"0", "1", "999999"}
	case kind == source.KindSpan:
		return []string{"none", "1d", "indefinite"}
	}
	return []string{"something-else", "1.x", fmt.Sprint(f.Value, "-2")}
}
