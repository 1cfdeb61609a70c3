package assess_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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
	if folder == "" {
		return runIn(t, tree, lists, nil)
	}
	return runIn(t, tree, lists, os.DirFS(folder))
}

func runIn(t testing.TB, tree *source.Tree, lists []*checklist.Checklist, folder fs.FS) *assess.Report {
	t.Helper()
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		return nil
	}
	flow.Derive(doc)
	evidence.Inspect(doc, folder)
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

// TestSilenceNeverHelps removes each value of each example, as it is and in worlds where something is wrong with what
// stands behind it: no requirement that was not met may become met by it, none that was open may become not applicable,
// and nothing that was open may become accepted.
func TestSilenceNeverHelps(t *testing.T) {
	lists := shipped(t)
	for name, file := range examples(t) {
		for _, w := range worlds {
			t.Run(name+"/"+w.name, func(t *testing.T) {
				t.Parallel()
				tree, folder := w.spoil(t, parse(t, file), os.DirFS(filepath.Dir(file)))
				before := runIn(t, tree, lists, folder)
				for _, path := range leaves(t, tree) {
					switch list, key, _ := strings.Cut(path, "["); {
					case list == "attestations" && strings.HasSuffix(key, "].document"):
						continue // a statement needs no document; one that it names must be there
					case list == "evidence" && strings.HasSuffix(key, "].file") && w.name == "nameless exports contradict":
						continue // what names neither a file nor a format is no export that anyone could know
					}
					less, err := tree.Without(manifest.Type(), path)
					if err != nil {
						t.Fatalf("%s: %v", path, err)
					}
					after := runIn(t, less, lists, folder)
					if after == nil {
						continue // not valid any more, so nothing is met
					}
					staysOpen(t, "without "+path, before, after)
				}
			})
		}
	}
}

// worlds are what can be wrong with what stands behind a manifest.
var worlds = []struct {
	name  string
	spoil func(t testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS)
}{
	{"as it is", func(_ testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS) { return tree, folder }},
	{"documents exchanged", func(t testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS) {
		other := fstest.MapFS{}
		for name, data := range filesOf(t, folder) {
			other[name] = &fstest.MapFile{Data: append(data, '\n')}
		}
		return tree, other
	}},
	{"exports contradict", contradict},
	{"nameless exports contradict", func(t testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS) {
		for _, path := range leaves(t, tree) {
			if strings.HasPrefix(path, "evidence[") && strings.HasSuffix(path, "].format") {
				less, err := tree.Without(manifest.Type(), path)
				if err != nil {
					t.Fatal(err)
				}
				tree = less
			}
		}
		return contradict(t, tree, folder)
	}},
	{"nothing approved yet", func(t testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS) {
		for _, path := range leaves(t, tree) {
			if strings.HasSuffix(path, "].approved_on") || strings.HasSuffix(path, "].signed_on") {
				tree = with(t, tree, path, "2026-12-24")
			}
		}
		return tree, folder
	}},
}

// contradict switches off what exports show.
func contradict(t testing.TB, tree *source.Tree, folder fs.FS) (*source.Tree, fs.FS) {
	other := fstest.MapFS{}
	for name, data := range filesOf(t, folder) {
		if path.Ext(name) == ".json" {
			data = bytes.ReplaceAll(data, []byte(": true"), []byte(": false"))
		}
		other[name] = &fstest.MapFile{Data: data}
	}
	return resealed(t, tree, other), other
}

// filesOf are the files of a folder that a manifest may name.
func filesOf(t testing.TB, folder fs.FS) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files[name], err = fs.ReadFile(folder, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// resealed declares of each document the SHA-256 that its file has.
func resealed(t testing.TB, tree *source.Tree, folder fs.FS) *source.Tree {
	t.Helper()
	doc, err := manifest.DecodeTree(tree)
	if err != nil {
		t.Fatal(err)
	}
	evidence.Inspect(doc, folder)
	for _, d := range doc.Evidence {
		if d.Actual.Declared() {
			tree = with(t, tree, "evidence["+d.ID.Or("")+"].sha256", d.Actual.Or(""))
		}
	}
	return tree
}

func with(t testing.TB, tree *source.Tree, path, value string) *source.Tree {
	t.Helper()
	other, err := tree.With(manifest.Type(), path, value)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return other
}

// staysOpen fails where a requirement that was open no longer is, or where what was open is now accepted.
func staysOpen(t *testing.T, change string, before, after *assess.Report) {
	t.Helper()
	for i, q := range before.Requirements {
		now := after.Requirements[i]
		if q.Outcome.Open() && (!now.Outcome.Open() || now.Accepted && !q.Accepted) {
			t.Errorf("%s, %s goes from %s to %s (accepted: %v, then %v)", change, q.ID, q.Outcome, now.Outcome, q.Accepted, now.Accepted)
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
