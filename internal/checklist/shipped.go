package checklist

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"readiness/checklists"
	"readiness/internal/manifest"
	"readiness/internal/packed"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// Shipped returns the checklists that ship with the program. It opens them in their compiled form, which says the same
// as their files, except that their expressions have no place in a file: none of them can be a mistake any more.
func Shipped() Library {
	return Library{[]folder{{FS: checklists.FS(), compiled: sync.OnceValues(parts)}}}
}

// A Digest is the SHA-256 of the file of a checklist.
type Digest struct {
	Ref
	SHA256 string `json:"sha256"` // in hexadecimal
}

// ShippedDigests are those of the checklists that ship with the program, by id and then version, newest first. No file is
// read for them: they are compiled into the program, like the checklists.
func ShippedDigests() ([]Digest, error) {
	var digests []Digest
	for line := range strings.Lines(checklists.Sums()) {
		sum, file, _ := strings.Cut(strings.TrimSuffix(line, ".yaml\n"), "  ")
		id, version, ok := strings.Cut(file, "/")
		if !ok {
			return nil, packed.ErrBroken
		}
		digests = append(digests, Digest{Ref{id, version}, sum})
	}
	return digests, nil
}

// distinct keeps a checklist of another folder from passing for one that ships with the program: the same id and version
// must be the same file. The same id alone is noted in c. Where nothing shipped is in its compiled form, an author works
// on these files, and nothing is said.
func (l Library) distinct(ref Ref, c *Checklist) error {
	if !slices.ContainsFunc(l.folders, func(f folder) bool { return f.compiled != nil }) {
		return nil
	}
	digests, err := ShippedDigests()
	if err != nil {
		return err
	}
	for _, d := range digests {
		switch {
		case d.Ref == ref && d.SHA256 == c.Digest:
			c.stranger = false
			return nil
		case d.Ref == ref:
			return source.Problems{c.file.Problem(c.top(), fmt.Sprintf("%s ships with readiness, and this file says something else under its name", ref),
				fmt.Sprintf("give yours an id of its own, and build on the other with extends: {of: %s}", ref))}
		case d.ID == ref.ID:
			c.stranger = true
		}
	}
	return nil
}

// FromFiles returns the same library, in which every checklist is read from its file. Authors need it.
func (l Library) FromFiles() Library {
	var files Library
	for _, f := range l.folders {
		files = files.With(f.FS, f.name)
	}
	return files
}

// Language returns a language for the rules of the library. It knows those of the shipped checklists already.
func (l Library) Language() (*rule.Language, error) {
	language := rule.NewLanguage(manifest.Type())
	for _, f := range l.folders {
		if f.compiled != nil {
			return language, language.Unpack(checklists.Rules())
		}
	}
	return language, nil
}

// CompiledVersion begins the compiled form. It changes with what the fields of a Checklist or Penalties mean; that they
// are others is seen without. After it come the names of checklists (id@version) and penalty tables (id.penalties), each
// with a part of its own.
const CompiledVersion = "checklists 2\n"

// parts are those of the compiled form, by name.
func parts() (map[string]packed.Reader, error) {
	r, err := packed.NewReader(checklists.Compiled(), CompiledVersion)
	if err != nil {
		return nil, err
	}
	all := map[string]packed.Reader{}
	for r.More() {
		name := r.String()
		all[name] = r.Part()
	}
	return all, r.Err()
}

// thaw reads the compiled form of a checklist or a penalty table into v. It reports whether the folder has it.
func (f folder) thaw(name string, v any) (bool, error) {
	if f.compiled == nil {
		return false, nil
	}
	all, err := f.compiled()
	if err != nil {
		return false, err
	}
	r, ok := all[name]
	if !ok {
		return false, nil
	}
	r.Value(v)
	if err := r.Done(); err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	return true, nil
}

// openCompiled opens a checklist in its compiled form; nil when the folder doesn't have it.
func (f folder) openCompiled(ref Ref, name string) (*Checklist, error) {
	c := &Checklist{}
	if ok, err := f.thaw(ref.String(), c); !ok {
		return nil, err
	}
	c.file = &source.File{Name: name}
	for _, r := range c.All() {
		r.file = c.file
	}
	for i := range c.LookInto {
		c.LookInto[i].file = c.file
	}
	return c, nil
}
