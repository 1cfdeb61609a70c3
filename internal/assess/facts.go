package assess

import (
	"strings"

	"readiness/internal/evidence"
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
	state  source.Text
	broken string // what is wrong with it, or ""
	shows  bool   // whether it is an export that shows the fact
}

func newFacts(doc *manifest.Doc) *facts {
	f := &facts{doc, map[string]*entry{}, map[string][]docRef{}}
	refs := map[string]docRef{}
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		refs[d.ID.Or("")] = newDocRef("the document "+d.ID.Or(""), d.File.Or(""), d.State)
	}
	source.Walk(manifest.Type(), &doc.Manifest, func(path string, field *source.Field, leaf source.Leaf) {
		f.note(path, leaf)
		if len(field.Ref) > 0 && field.Ref[0] == "evidence" {
			f.docs[path] = append(f.docs[path], refs[leaf.String()])
		}
	})
	f.addClaims(refs)
	return f
}

// addClaims puts the exports behind the facts that they speak of.
func (f *facts) addClaims(refs map[string]docRef) {
	for i := range f.doc.Evidence {
		d := &f.doc.Evidence[i]
		for n := range d.Claims {
			c := &d.Claims[n]
			ref := refs[d.ID.Or("")]
			shown, known := c.Shown.Get()
			ref.shows = shown
			switch {
			case !known:
				ref.state = source.Unsettled[string](c.Shown.Basis().Missing, nil)
			case !shown:
				ref.broken = "the export " + d.ID.Or("") + " (" + d.File.Or("") + ") shows otherwise: " + c.Says.Or("")
			}
			path := c.Path.Or("")
			f.docs[path] = append(f.docs[path], ref)
		}
	}
}

func newDocRef(name, file string, state source.Text) docRef {
	ref := docRef{state: state}
	switch state.Or("") {
	case evidence.Missing:
		ref.broken = name + ": the file " + file + " is not there"
	case evidence.Differs:
		ref.broken = name + ": the file " + file + " is not the one whose SHA-256 is declared"
	}
	return ref
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

// declared lists the facts behind paths: single values, plain lists as a whole, and lists that are declared to be
// empty.
func (f *facts) declared(paths []string) []Fact {
	list := []Fact{}
	paths = f.wholeLists(paths)
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

// wholeLists replaces the items of plain lists by the lists.
func (f *facts) wholeLists(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = p
		if !strings.HasSuffix(p, "]") {
			continue
		}
		if field := source.FieldAt(manifest.Type(), p); field != nil && field.Type.Kind == source.KindList && f.values[p] != nil {
			out[i] = source.Parent(p)
		}
	}
	return distinct(out)
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
		m.Written = f.doc.File.Declares(p)
		if sum := f.actual(p); sum != "" {
			m.Means += " The file that is there now has " + sum + "."
		}
		list = append(list, m)
	}
	return list
}

// actual is the SHA-256 that the file of a document or prompt has, for the path of its sha256.
func (f *facts) actual(path string) string {
	for i := range f.doc.Evidence {
		if d := &f.doc.Evidence[i]; path == "evidence["+d.ID.Or("")+"].sha256" {
			return d.Actual.Or("")
		}
	}
	for i := range f.doc.Prompts {
		if p := &f.doc.Prompts[i]; path == "prompts["+p.ID.Or("")+"].sha256" {
			return p.Actual.Or("")
		}
	}
	return ""
}

// place is where a reader should look first.
func (f *facts) place(pos source.Pos) Place {
	return Place{pos, f.doc.File.Line(pos.Line)}
}

// support looks at the documents that paths name: the assurance they give, what is wrong with one, and what is not
// declared of one. What an object says is also supported by the document it names, whether or not that was read, and a
// fact by an export that shows it.
func (f *facts) support(paths []string) (assurance Assurance, broken string, missing []string) {
	assurance = Declared
	for _, p := range paths {
		for _, ref := range f.docs[p] {
			if ref.broken != "" {
				return Declared, ref.broken, nil
			}
			if basis := ref.state.Basis(); !ref.state.Declared() && basis != nil {
				missing = append(missing, basis.Missing...)
			}
		}
		for _, q := range []string{p, source.Parent(p) + ".document"} {
			for _, ref := range f.docs[q] {
				switch {
				case ref.shows && q == p:
					assurance = Verified
				case ref.state.Or("") == evidence.Matches && assurance == Declared:
					assurance = Documented
				}
			}
		}
	}
	return assurance, "", missing
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
