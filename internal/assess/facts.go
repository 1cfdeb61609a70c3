package assess

import (
	"slices"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// facts answers questions about single paths of a manifest. It is not safe for concurrent use.
type facts struct {
	doc    *manifest.Doc
	values map[string]*entry
	absent map[string]*Missing // by path, as far as they were asked for
	roots  map[string]string   // by path: its absentRoot, as far as it was asked for
	round  int                 // the number of the question
	paths  []string            // behind the answer to it
	found  []*entry            // the answer
	// remarks are the reasons, rationales, statements and notes that the practice has written, in the manifest's order.
	remarks []Fact
	listed  int  // how many facts the results list together
	cut     bool // whether more facts were behind something than are listed
}

// An entry is a declared value: a single one, a plain list, or a group of names and values.
type entry struct {
	path   string
	words  []string
	pos    source.Pos
	within *entry // for the value of a name: the group
	listed int    // the last round in which it was listed
	inside int    // for a group: the last round in which one of its values was read
}

// value is what is declared, in words.
func (e *entry) value() string {
	if len(e.words) > 1 {
		e.words = []string{strings.Join(e.words, ", ")}
	}
	return e.words[0]
}

// noneListed is the value of a list or group in which nothing is written.
const noneListed = "none listed"

func newFacts(doc *manifest.Doc) *facts {
	said := doc.File.Said()
	f := &facts{doc: doc, values: make(map[string]*entry, len(said)),
		absent: map[string]*Missing{}, roots: map[string]string{}, remarks: []Fact{}}
	entries, words := make([]entry, len(said)), make([]string, len(said))
	for i, s := range said {
		words[i] = s.Leaf.String()
		entries[i] = entry{path: s.Path, words: words[i : i+1 : i+1], pos: s.Leaf.Pos()}
		f.note(&entries[i], s.Field)
	}
	slices.SortStableFunc(f.remarks, func(x, y Fact) int { return x.Pos.Compare(y.Pos) })
	return f
}

// note records what a field says. An item of a plain list is recorded as the whole list.
func (f *facts) note(e *entry, field *source.Field) {
	switch field.Key {
	case "reason", "not_measured_reason", "rationale", "applies_because", "statement", "description", "note", "compensating":
		f.remarks = append(f.remarks, Fact{e.path, e.words[0], e.pos})
	}
	f.values[e.path] = e
	if !strings.HasSuffix(e.path, "]") {
		return
	}
	whole := source.Parent(e.path)
	if f.values[whole] == nil {
		f.values[whole] = &entry{path: whole, pos: f.doc.File.Pos(whole)}
	}
	group := f.values[whole]
	group.words = append(group.words, e.words...)
	if e.within = group; field.Type.Kind == source.KindList {
		f.values[e.path] = group
	}
}

// entries are those behind paths, each once: single values, plain lists as a whole, lists that are declared to be
// empty, and groups of which no single value was read. They stand until the next call.
func (f *facts) entries(paths []string) []*entry {
	f.round++
	f.found = f.found[:0]
	for _, p := range paths {
		e := f.values[p]
		switch {
		case e == nil && f.empty(p):
			e = &entry{path: p, words: []string{noneListed}, pos: f.doc.File.Pos(p)}
			f.values[p] = e
		case e == nil || e.listed == f.round:
			continue
		case e.within != nil:
			e.within.inside = f.round
		}
		e.listed = f.round
		f.found = append(f.found, e)
	}
	return slices.DeleteFunc(f.found, func(e *entry) bool { return e.inside == f.round })
}

// maxPaths is how many of the paths behind one result are looked at to find its facts.
const maxPaths = 300

// declared lists the facts behind paths, as many as there is room for, and tells how many there are besides.
func (f *facts) declared(paths ...[]string) (list []Fact, more int) {
	f.paths = f.paths[:0]
	for _, some := range paths {
		f.paths = append(f.paths, some...)
	}
	if more = len(f.paths) - maxPaths; more > 0 {
		f.paths, f.cut = f.paths[:maxPaths], true
	}
	entries := f.entries(f.paths)
	n := f.room(len(entries), maxFacts)
	list = make([]Fact, n)
	for i, e := range entries[:n] {
		list[i] = Fact{e.path, f.short(e.value(), maxValue), e.pos}
	}
	return list, len(entries) - n + max(more, 0)
}

// empty reports whether path is a list or group that was written with nothing in it.
func (f *facts) empty(path string) bool {
	return f.doc.File.Declares(path) && !f.doc.File.HasInside(path)
}

// missing describes undeclared paths, as many as there is room for, and tells how many there are besides. When a whole
// section is absent, the section is named, not each of its keys.
func (f *facts) missing(paths []string) (list []Missing, more int) {
	n := f.room(len(paths), maxMissing)
	list = make([]Missing, 0, n)
	for i, p := range paths[:n] {
		if !slices.Contains(paths[:i], p) {
			list = append(list, *f.lacking(p))
		}
	}
	return list, len(paths) - n
}

// lacking describes an undeclared path.
func (f *facts) lacking(path string) *Missing {
	if f.absent[path] == nil {
		f.absent[path] = f.describe(path)
	}
	return f.absent[path]
}

func (f *facts) describe(path string) *Missing {
	m := &Missing{Path: path, Pos: f.doc.File.Pos(path), Written: f.doc.File.Declares(path), Allowed: []string{}}
	if field := source.FieldAt(manifest.Type(), path); field != nil {
		m.Means, m.Allowed = field.Doc, append(m.Allowed, field.Enum...)
	}
	if sum := f.actual(path); sum != "" {
		m.Means += " The file that is there now has " + sum + "."
	}
	return m
}

// actual is the SHA-256 that the file of a document or prompt has, for the path of its sha256.
func (f *facts) actual(path string) string {
	object, ok := strings.CutSuffix(path, "].sha256")
	if id, document := strings.CutPrefix(object, "evidence["); ok && document {
		for i := range f.doc.Evidence {
			if d := &f.doc.Evidence[i]; d.ID.Or("") == id {
				return d.Actual.Or("")
			}
		}
	}
	if id, prompt := strings.CutPrefix(object, "prompts["); ok && prompt {
		for i := range f.doc.Prompts {
			if p := &f.doc.Prompts[i]; p.ID.Or("") == id {
				return p.Actual.Or("")
			}
		}
	}
	return ""
}

// place is where a reader should look first.
func (f *facts) place(pos source.Pos) Place {
	return Place{pos, f.excerpt(f.doc.File.Shown(pos.Line), pos.Col)}
}

// absentRoot is the highest ancestor of path that isn't written: the section to fill in.
func (f *facts) absentRoot(path string) string {
	if root, known := f.roots[path]; known {
		return root
	}
	root := path
	for parent := source.Parent(root); parent != "" && !f.doc.File.Declares(parent); parent = source.Parent(root) {
		root = parent
	}
	f.roots[path] = root
	return root
}
