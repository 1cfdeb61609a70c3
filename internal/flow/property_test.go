package flow_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// graphs is how many random graphs the properties are tried on.
const graphs = 120

// graph is the derived manifest of a seed.
func graph(t *testing.T, seed uint64, systems, flows int) *manifest.Doc {
	t.Helper()
	text := generate(seed, 2, systems, 3, flows)
	doc, err := manifest.DecodeTree(parsed(t, text))
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	flow.Derive(doc)
	return doc
}

// standing is where each kind of problem stands: "found", "open" or "clear".
func standing(doc *manifest.Doc) map[string]string {
	rank := map[string]string{}
	for _, p := range doc.FlowProblems {
		kind := p.Kind.Or("")
		switch certain, declared := p.Certain.Get(); {
		case declared && certain:
			rank[kind] = "found"
		case !declared && rank[kind] != "found":
			rank[kind] = "open"
		case rank[kind] == "":
			rank[kind] = "clear"
		}
	}
	return rank
}

// A fact is one value of a manifest, or one plain list, that can be left out and put back.
type fact struct {
	path      string
	leave, to func()
}

// facts are those of the struct v. Keys that a manifest must have, and derived ones, are none.
func facts(v reflect.Value, path string) []fact {
	var list []fact
	set := func(v, to reflect.Value) func() { return func() { v.Set(to) } }
	for i := range v.NumField() {
		f, tag := v.Field(i), v.Type().Field(i).Tag
		at := path + "." + tag.Get("yaml")
		_, isLeaf := f.Interface().(source.Leaf)
		switch {
		case tag.Get("required") == "true" && isLeaf || tag.Get("yaml") == "-" || f.IsZero():
		case isLeaf, f.Kind() == reflect.Slice && f.Type().Elem() == reflect.TypeFor[source.Text]():
			list = append(list, fact{at, set(f, reflect.Zero(f.Type())), set(f, reflect.ValueOf(f.Interface()))})
		case f.Kind() == reflect.Struct:
			list = append(list, facts(f, at)...)
		case f.Kind() == reflect.Slice:
			for n := range f.Len() {
				list = append(list, facts(f.Index(n), fmt.Sprintf("%s[%d]", at, n))...)
			}
		case f.Kind() == reflect.Map:
			for _, key := range f.MapKeys() {
				old, none := f.MapIndex(key), reflect.Value{}
				list = append(list, fact{at + "[" + key.String() + "]", func() { f.SetMapIndex(key, none) }, func() { f.SetMapIndex(key, old) }})
			}
		}
	}
	return list
}

// TestSilenceSolvesNothing takes each fact out of random manifests. No kind of problem that was found or open may be
// clear afterwards.
//
// Two facts are told apart, by the manifest's definition. A system without a vendor is the practice's own. So taking
// a vendor out says something, unless the system is of a kind that others run, or a flow names its vendor's features.
// And a system of another kind than model that names no model runs none, unless a use case names the system: then what the
// agreement with its vendor says of models stays open.
func TestSilenceSolvesNothing(t *testing.T) {
	tried, found := 0, map[string]int{}
	for seed := range uint64(graphs) {
		flows := 3 + int(seed%7)
		doc := graph(t, seed, 5, flows)
		before := standing(doc)
		for kind, s := range before {
			found[kind+": "+s]++
		}
		for _, f := range facts(reflect.ValueOf(&doc.Manifest).Elem(), "") {
			if saysOwn(doc, f.path) {
				continue
			}
			f.leave()
			flow.Derive(doc)
			f.to()
			tried++
			for kind, now := range standing(doc) {
				if now == "clear" && before[kind] != "clear" && !saysNone(doc, f.path, kind) {
					t.Fatalf("seed %d: without %s, %s goes from %s to clear\n%s", seed, f.path, kind, before[kind], generate(seed, 2, 5, 3, flows))
				}
			}
		}
	}
	for _, kind := range everyKind("") {
		for _, s := range []string{"clear", "open", "found"} {
			if found[kind+s] == 0 {
				t.Errorf("no graph has %s%s", kind, s)
			}
		}
	}
	if tried < graphs*100 {
		t.Errorf("only %d facts were taken out", tried)
	}
}

// saysOwn reports whether path is the vendor of a system that could be the practice's own.
func saysOwn(doc *manifest.Doc, path string) bool {
	var i int
	if n, _ := fmt.Sscanf(path, ".systems[%d].vendor", &i); n == 0 || !strings.HasSuffix(path, ".vendor") {
		return false
	}
	return !slices.Contains([]string{"model", "scribe", "clearinghouse"}, doc.Systems[i].Kind.Or("model"))
}

// saysNone reports whether path is the model of a system that could run none, as far as a kind of problem is concerned.
func saysNone(doc *manifest.Doc, path, problem string) bool {
	var i int
	if n, _ := fmt.Sscanf(path, ".systems[%d].model", &i); n == 0 || !strings.HasSuffix(path, ".model") {
		return false
	}
	s := &doc.Systems[i]
	named := func(u manifest.UseCase) bool { return u.System.Or("") == s.ID.Or("") }
	agreed := (problem == "not_covered" || problem == "excluded") && s.Vendor.Declared() && slices.ContainsFunc(doc.UseCases, named)
	return s.Kind.Or("model") != "model" && !agreed
}

// TestCut checks the proof of every reviewed output: its flows are reviewed, or drafts into the record, and without
// them no way leads from the model to the destination.
func TestCut(t *testing.T) {
	reviewed := 0
	for seed := range uint64(graphs * 3) {
		doc := graph(t, seed, 6, 14)
		for i := range doc.Outputs {
			o := &doc.Outputs[i]
			yes, _ := o.Reviewed.Get()
			if cut := o.Cut.Or(nil); !yes && len(cut) > 0 {
				t.Fatalf("seed %d: %s isn't reviewed and has the proof %v", seed, o.ID, cut)
			}
			if !yes || o.Needs.Or("") == "none" || o.To.Or("") == "workforce" {
				continue
			}
			reviewed++
			if !ways(doc, o, nil) {
				t.Fatalf("seed %d: %s: no way leads there at all", seed, o.ID)
			}
			if ways(doc, o, o.Cut.Or(nil)) {
				t.Fatalf("seed %d: %s: a way leads round %s", seed, o.ID, o.Cut)
			}
			for _, id := range o.Cut.Or(nil) {
				if f := hop(doc, id); !slices.Contains([]string{"licensed_clinician", o.Needs.Or("")}, f.ReviewedBy.Or("none")) && f.Writes.Or("") != "draft" {
					t.Fatalf("seed %d: %s: %s in its proof is neither reviewed nor a draft", seed, o.ID, id)
				}
			}
		}
	}
	if reviewed < 50 {
		t.Errorf("only %d reviewed outputs", reviewed)
	}
}

func hop(doc *manifest.Doc, id string) *manifest.DataFlow {
	i := slices.IndexFunc(doc.DataFlows, func(f manifest.DataFlow) bool { return f.ID.Or("") == id })
	return &doc.DataFlows[i]
}

// ways reports whether a way leads to an output's destination without the flows left out, by trying every flow again
// and again.
func ways(doc *manifest.Doc, o *manifest.Output, without []string) bool {
	record, held := map[string]bool{}, map[string]bool{"patient": true, "workforce": true, "payer": true, "other_provider": true}
	for i := range doc.Systems {
		s := &doc.Systems[i]
		record[s.ID.Or("")], held[s.ID.Or("")] = s.Kind.Or("ehr") == "ehr", s.Kind.Or("") == "ehr"
	}
	reached := map[string]bool{o.Model.Or(""): true}
	for range len(doc.DataFlows) {
		for i := range doc.DataFlows {
			f := &doc.DataFlows[i]
			if u, ok := f.UseCase.Get(); ok && u != o.UseCase.Or("") || !reached[f.From.Or("")] || slices.Contains(without, f.ID.Or("")) {
				continue
			}
			to := f.To.Or("")
			if to == o.To.Or("") || o.To.Or("") == "record" && record[to] {
				return true
			}
			if f.Writes.Or("") != "draft" || !held[to] {
				reached[to] = true
			}
		}
	}
	return false
}

// TestUnreviewedPath checks that the way named for each finding is one: its flows join, the first leaves the model, the
// last arrives.
func TestUnreviewedPath(t *testing.T) {
	seen := 0
	for seed := range uint64(graphs * 3) {
		doc := graph(t, seed, 6, 14)
		for i := range doc.Outputs {
			o := &doc.Outputs[i]
			route, ok := o.Path.Get()
			if !ok {
				continue
			}
			seen++
			node := o.Model.Or("")
			for _, id := range route {
				f := hop(doc, id)
				if f.From.Or("") != node {
					t.Fatalf("seed %d: %s: %v doesn't join at %s", seed, o.ID, route, id)
				}
				node = f.To.Or("")
			}
		}
	}
	if seen < 300 {
		t.Errorf("only %d ways", seen)
	}
}
