package assess

import (
	"slices"

	"readiness/internal/evidence"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// backing is the documents that stand behind what a manifest says.
type backing struct {
	named  map[string][]docRef // by the path that names a document, or of what an export shows
	beside map[string][]docRef // by the path of the object whose key document names one
}

// A docRef is a document that stands behind what an object says.
type docRef struct {
	state  source.Text
	broken string // what is wrong with it, or ""
	shows  bool   // whether it is an export that shows the fact
}

func newBacking(doc *manifest.Doc) *backing {
	b := &backing{map[string][]docRef{}, map[string][]docRef{}}
	refs := map[string]docRef{}
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		refs[d.ID.Or("")] = newDocRef("the document "+d.ID.Or(""), d.File.Or(""), d.State)
	}
	for _, s := range doc.File.Said() {
		if len(s.Field.Ref) > 0 && s.Field.Ref[0] == "evidence" {
			b.named[s.Path] = append(b.named[s.Path], refs[s.Leaf.String()])
			if s.Field.Key == "document" {
				b.beside[source.Parent(s.Path)] = b.named[s.Path]
			}
		}
	}
	b.addClaims(doc, refs)
	return b
}

// addClaims puts the exports behind the facts that they speak of.
func (b *backing) addClaims(doc *manifest.Doc, refs map[string]docRef) {
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
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
			b.named[path] = append(b.named[path], ref)
		}
	}
}

func newDocRef(name, file string, state source.Text) docRef {
	ref := docRef{state: state}
	switch state.Or("") {
	case evidence.Missing:
		ref.broken = name + ": the file " + file + " is not there, is empty or can't be read"
	case evidence.Differs:
		ref.broken = name + ": the file " + file + " is not the one whose SHA-256 is declared"
	}
	return ref
}

// of looks at the documents that paths name: the assurance they give, what is wrong with one, and what is not
// declared of one. What an object says is also supported by the document it names, whether or not that was read, and a
// fact by an export that shows it.
func (b *backing) of(paths []string) (assurance Assurance, broken string, missing []string) {
	assurance = Declared
	for _, p := range paths {
		for _, ref := range b.named[p] {
			if ref.broken != "" {
				return Declared, ref.broken, nil
			}
			if basis := ref.state.Basis(); !ref.state.Declared() && basis != nil {
				missing = append(missing, basis.Missing...)
			}
		}
		for _, ref := range b.named[p] {
			if ref.shows {
				assurance = Verified
			}
		}
		if assurance == Declared && (anyMatches(b.named[p]) || anyMatches(b.beside[source.Parent(p)])) {
			assurance = Documented
		}
	}
	return assurance, "", missing
}

func anyMatches(refs []docRef) bool {
	return slices.ContainsFunc(refs, func(ref docRef) bool { return ref.state.Or("") == evidence.Matches })
}
