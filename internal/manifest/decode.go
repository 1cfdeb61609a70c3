package manifest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"readiness/internal/source"
)

// Type describes a Manifest: its keys, words and meanings.
func Type() *source.Type { return manifestType() }

// These are made when they are first needed, and never change after that.
var (
	manifestType = sync.OnceValue(source.TypeOf[Manifest])
	ends         = sync.OnceValue(func() []string { return source.FieldAt(Type(), "data_flows.from").Ref }) // of a flow: systems, and the words for outside parties
)

// Schema is the JSON Schema (2020-12) of a manifest, for editors.
func Schema() []byte {
	return source.Schema(Type(), "urn:readiness:manifest:1", "readiness manifest",
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
	file, err := tree.Decode(Type(), &doc.Manifest)
	var found source.Problems
	if err != nil && (!errors.As(err, &found) || found.Full()) {
		return nil, err
	}
	doc.File = file
	if err := doc.check(found); err != nil {
		return nil, err
	}
	return doc, nil
}

// check adds to the mistakes found what single values don't show: another manifest format, references that point nowhere,
// systems named like an outside party, and hashes that can't be one.
func (doc *Doc) check(found source.Problems) error {
	c := checker{doc: doc, ids: map[string]*ids{}, found: found, problems: found}
	if v, ok := doc.Readiness.Get(); !ok || v != 1 {
		c.report(doc.File.Pos("readiness"), "this is not a manifest of format 1, the only one known here", "write readiness: 1")
	}
	for _, s := range doc.File.Said() {
		if s.Field.Key == "id" {
			c.collect(s)
		}
	}
	for _, s := range doc.File.Said() {
		c.visit(s.Path, s.Field, s.Leaf)
	}
	return c.problems.Err()
}

type checker struct {
	doc      *Doc
	ids      map[string]*ids // by list, such as people or training.courses
	found    source.Problems // while reading: what follows from them is no mistake of its own
	problems source.Problems // these, and more
}

// ids are those of one list.
type ids struct {
	order []string
	known map[string]bool
}

// report adds a mistake, unless there is one at its place already, which this one follows from.
func (c *checker) report(pos source.Pos, message, hint string) {
	if slices.ContainsFunc(c.found, func(p source.Problem) bool { return p.Pos == pos }) {
		return
	}
	c.problems = append(c.problems, c.doc.File.Problem(pos, message, hint))
}

// collect remembers an id.
func (c *checker) collect(id source.Said) {
	list := source.Parent(source.Parent(id.Path))
	if c.ids[list] == nil {
		c.ids[list] = &ids{known: map[string]bool{}}
	}
	c.ids[list].order = append(c.ids[list].order, id.Leaf.String())
	c.ids[list].known[id.Leaf.String()] = true
}

func (c *checker) visit(path string, f *source.Field, leaf source.Leaf) {
	if c.problems.Full() {
		return
	}
	if len(f.Ref) > 0 {
		c.reference(leaf.Pos(), leaf.String(), f.Ref)
	}
	if len(f.KeyRef) > 0 {
		name := strings.TrimSuffix(path[strings.LastIndex(path, "[")+1:], "]")
		c.reference(leaf.Pos(), name, f.KeyRef)
	}
	if f.Key == "sha256" && !isSHA256(leaf.String()) {
		c.report(leaf.Pos(), "a SHA-256 has 64 hexadecimal digits", "take it from: sha256sum FILE")
	}
	if f.Key == "id" && strings.HasPrefix(path, "systems[") && slices.Contains(ends(), "="+leaf.String()) {
		c.report(leaf.Pos(), fmt.Sprintf("in a data flow, %q is not a system", leaf), "choose another id for this system")
	}
}

// reference reports an id that the list doesn't hold and that is none of the words which lists names after it.
func (c *checker) reference(pos source.Pos, id string, ref []string) {
	list := c.ids[ref[0]]
	switch {
	case list == nil && len(c.found) > 0: // it may be among what could not be read
		return
	case list == nil:
		list = &ids{}
	}
	words := make([]string, 0, len(ref))
	for _, word := range ref[1:] {
		words = append(words, strings.TrimPrefix(word, "="))
	}
	if list.known[id] || slices.Contains(words, id) {
		return
	}
	near := append(words, list.order[:min(len(list.order), maxNear)]...)
	hint := source.Suggest(id, near)
	switch {
	case hint != "":
	case len(near) == 0:
		hint = "add an entry with this id under " + ref[0]
	default:
		hint = "allowed: " + strings.Join(near[:min(len(near), 12)], ", ")
	}
	c.report(pos, fmt.Sprintf("%q is not an id under %s", id, ref[0]), hint)
}

// maxNear is among how many ids one that was meant is looked for.
const maxNear = 500

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// Names returns how the items of the list at path are called in paths.
func Names[T any](path string, list []T) []string {
	return source.ItemNames(source.FieldAt(Type(), path).Type.Elem, reflect.ValueOf(list))
}
