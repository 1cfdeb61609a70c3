package manifest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"readiness/internal/source"
)

// Type describes a Manifest: its keys, words and meanings.
func Type() *source.Type { return manifestType }

// manifestType never changes after the program has started.
var manifestType = source.TypeOf[Manifest]()

// Schema is the JSON Schema (2020-12) of a manifest, for editors.
func Schema() []byte {
	return source.Schema(manifestType, "urn:readiness:manifest:1", "readiness manifest",
		"What a practice declares about its use of a language model. What is left out is undeclared: it never counts as met.")
}

// A Doc is a manifest together with the file it was read from.
type Doc struct {
	Manifest
	File *source.File
}

// Decode reads a manifest. All mistakes of the file are in the source.Problems it returns as the error.
func Decode(name string, data []byte) (*Doc, error) {
	tree, err := source.Parse(name, data)
	if err != nil {
		return nil, err
	}
	return DecodeTree(tree)
}

// DecodeTree is Decode of a document that is parsed already.
func DecodeTree(tree *source.Tree) (*Doc, error) {
	doc := &Doc{}
	file, err := tree.Decode(manifestType, &doc.Manifest)
	if err != nil {
		return nil, err
	}
	doc.File = file
	return doc, doc.check().Err()
}

// check finds what single values don't show: references that point nowhere, dates in the wrong order, and values that
// look like patient data.
func (doc *Doc) check() source.Problems {
	c := checker{doc: doc, ids: map[string][]string{}}
	source.Walk(manifestType, &doc.Manifest, c.collect)
	source.Walk(manifestType, &doc.Manifest, c.visit)
	if v, _ := doc.Readiness.Get(); v != 1 {
		c.report(doc.Readiness.Pos(), fmt.Sprintf("manifest format %d is not known", v), "write readiness: 1")
	}
	return c.problems
}

type checker struct {
	doc      *Doc
	ids      map[string][]string // by list, such as people or training.courses
	problems source.Problems
}

func (c *checker) report(pos source.Pos, message, hint string) {
	c.problems = append(c.problems, c.doc.File.Problem(pos, message, hint))
}

func (c *checker) collect(path string, f *source.Field, leaf source.Leaf) {
	if f.Key == "id" {
		list := source.Parent(source.Parent(path))
		c.ids[list] = append(c.ids[list], leaf.String())
	}
}

func (c *checker) visit(path string, f *source.Field, leaf source.Leaf) {
	if len(f.Ref) > 0 {
		c.reference(leaf.Pos(), leaf.String(), f.Ref)
	}
	if len(f.KeyRef) > 0 {
		name := strings.TrimSuffix(path[strings.LastIndex(path, "[")+1:], "]")
		c.reference(c.doc.File.Pos(path), name, f.KeyRef)
	}
	if f.Key == "sha256" && !isSHA256(leaf.String()) {
		c.report(leaf.Pos(), "a SHA-256 has 64 hexadecimal digits", "take it from: sha256sum FILE")
	}
}

// reference reports an id that none of the lists holds.
func (c *checker) reference(pos source.Pos, id string, lists []string) {
	var known []string
	for _, list := range lists {
		if word, ok := strings.CutPrefix(list, "="); ok {
			known = append(known, word)
		} else {
			known = append(known, c.ids[list]...)
		}
	}
	if slices.Contains(known, id) {
		return
	}
	hint := source.Suggest(id, known)
	switch {
	case hint != "":
	case len(known) == 0:
		hint = fmt.Sprintf("add an entry with this id under %s", lists[0])
	default:
		hint = "declared there: " + strings.Join(known[:min(len(known), 12)], ", ")
	}
	c.report(pos, fmt.Sprintf("%q is not an id under %s", id, lists[0]), hint)
}

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// Names returns how the items of the list at path are called in paths.
func Names[T any](path string, list []T) []string {
	return source.ItemNames(source.FieldAt(manifestType, path).Type.Elem, reflect.ValueOf(list))
}
