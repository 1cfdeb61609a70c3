package assess

import (
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// facts answers questions about single paths of a manifest.
type facts struct {
	doc    *manifest.Doc
	values map[string]*entry
	docs   map[string][]docRef // by the path of the object that names a document
}

type entry struct {
	words []string
	pos   source.Pos
}

// A docRef is a document that stands behind what an object says.
type docRef struct {
	id     string // for people
	state  string // see Document.State
	broken string // what is wrong with it, or ""
}

func newFacts(doc *manifest.Doc) *facts {
	f := &facts{doc, map[string]*entry{}, map[string][]docRef{}}
	states := map[string]docRef{}
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		state := documentState(d.File, d.Location, d.SHA256, d.Present, d.Matches)
		states[d.ID.Or("")] = newDocRef("the document "+d.ID.Or(""), d.File.Or(""), state)
	}
	source.Walk(manifest.Type(), &doc.Manifest, func(path string, field *source.Field, leaf source.Leaf) {
		f.note(path, leaf)
		if len(field.Ref) > 0 && field.Ref[0] == "evidence" {
			ref := states[leaf.String()]
			f.docs[path] = append(f.docs[path], ref)
			if field.Key == "document" {
				parent := source.Parent(path)
				f.docs[parent] = append(f.docs[parent], ref)
			}
		}
	})
	for i := range doc.Prompts {
		p := &doc.Prompts[i]
		state := documentState(p.File, source.Text{}, p.SHA256, p.Present, p.Matches)
		at := "prompts[" + p.ID.Or("") + "]"
		f.docs[at] = append(f.docs[at], newDocRef("the prompt "+p.ID.Or(""), p.File.Or(""), state))
	}
	return f
}

func newDocRef(name, file, state string) docRef {
	ref := docRef{name, state, ""}
	switch state {
	case "missing":
		ref.broken = name + ": the file " + file + " is not there"
	case "differs":
		ref.broken = name + ": the file " + file + " is not the one whose SHA-256 is declared"
	}
	return ref
}

func documentState(file, location, sum source.Text, present, matches source.Flag) string {
	there, looked := present.Get()
	same, compared := matches.Get()
	switch {
	case !file.Declared() && location.Declared():
		return "elsewhere"
	case !file.Declared():
		return "undeclared"
	case !looked:
		return "not_looked_at"
	case !there:
		return "missing"
	case !compared:
		return "unfixed"
	case same:
		return "matches"
	}
	return "differs"
}

// note records a leaf under its own path and, for an item of a plain list, under the list's.
func (f *facts) note(path string, leaf source.Leaf) {
	f.values[path] = &entry{[]string{leaf.String()}, leaf.Pos()}
	if !strings.HasSuffix(path, "]") {
		return
	}
	list := source.Parent(path)
	if f.values[list] == nil {
		f.values[list] = &entry{nil, f.doc.File.Pos(list)}
	}
	f.values[list].words = append(f.values[list].words, leaf.String())
}

// declared lists the facts behind paths: single values, plain lists, and lists that are declared to be empty.
func (f *facts) declared(paths []string) []Fact {
	list := []Fact{}
	for i, p := range paths {
		e := f.values[p]
		switch {
		case e != nil && !covered(p, paths[i+1:]):
			list = append(list, Fact{p, strings.Join(e.words, ", "), e.pos})
		case e == nil && f.empty(p):
			list = append(list, Fact{p, "none listed", f.doc.File.Pos(p)})
		}
	}
	return list
}

// covered reports whether one of the later paths lies inside p and so says more than p.
func covered(p string, later []string) bool {
	for _, q := range later {
		if strings.HasPrefix(q, p+"[") {
			return true
		}
	}
	return false
}

// empty reports whether path is a list or group that was written with nothing in it.
func (f *facts) empty(path string) bool {
	return f.doc.File.Declares(path) && !f.doc.File.HasInside(path)
}

// missing describes undeclared paths. When a whole section is absent, the section is named, not each of its keys.
func (f *facts) missing(paths []string) []Missing {
	list := []Missing{}
	seen := map[string]bool{}
	for _, p := range paths {
		if seen[p] {
			continue
		}
		seen[p] = true
		m := Missing{Path: p, Pos: f.doc.File.Pos(p), Allowed: []string{}}
		if field := source.FieldAt(manifest.Type(), p); field != nil {
			m.Means, m.Allowed = field.Doc, append(m.Allowed, field.Enum...)
		}
		list = append(list, m)
	}
	return list
}

// place is where a reader should look first.
func (f *facts) place(pos source.Pos) Place {
	return Place{pos, f.doc.File.Line(pos.Line)}
}

// support looks at the documents behind paths: the assurance they give, and what is wrong with them.
func (f *facts) support(paths []string) (Assurance, string) {
	assurance := Declared
	for _, p := range paths {
		refs := f.docs[p]
		if refs == nil {
			refs = f.docs[source.Parent(p)]
		}
		for _, ref := range refs {
			if ref.broken != "" {
				return Declared, ref.broken
			}
			if ref.state == "matches" {
				assurance = Documented
			}
		}
	}
	return assurance, ""
}

// absentRoot is the highest ancestor of path that isn't written: the section to fill in.
func (f *facts) absentRoot(path string) string {
	for {
		parent := source.Parent(path)
		if parent == "" || f.doc.File.Declares(parent) {
			return path
		}
		path = parent
	}
}
