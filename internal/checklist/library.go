package checklist

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"readiness/internal/packed"
	"readiness/internal/source"
)

// A Library is the checklists of one or more folders, each with files <id>/<version>.yaml. Where two hold the same
// version, the earlier folder counts.
type Library struct{ folders []folder }

// A folder holds checklists.
type folder struct {
	fs.FS
	name string // its own, for messages
	// compiled gives the compiled forms of its files; it is nil when there are none.
	compiled func() (map[string]packed.Reader, error)
}

// NewLibrary returns the checklists of folders.
func NewLibrary(folders ...fs.FS) Library {
	var l Library
	for _, f := range folders {
		l = l.With(f, "")
	}
	return l
}

// A Ref names one version of a checklist.
type Ref struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// String is id@version.
func (r Ref) String() string { return r.ID + "@" + r.Version }

// List names every checklist, by id and then version, newest first.
func (l Library) List() ([]Ref, error) {
	seen := map[Ref]bool{}
	var refs []Ref
	for _, folder := range l.folders {
		names, err := fs.Glob(folder, "*/*.yaml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			ref := Ref{path.Dir(name), strings.TrimSuffix(path.Base(name), ".yaml")}
			if _, ok := parseVersion(ref.Version); ok && !seen[ref] {
				seen[ref] = true
				refs = append(refs, ref)
			}
		}
	}
	slices.SortFunc(refs, func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), -compareVersions(a.Version, b.Version))
	})
	return refs, nil
}

// Resolve finds the version that want names: id@1.2.3, id@1 (the newest 1.x.y), or id (the newest). The error is for
// the person who wrote want.
func (l Library) Resolve(want string) (Ref, error) {
	refs, err := l.List()
	if err != nil {
		return Ref{}, err
	}
	id, version, _ := strings.Cut(want, "@")
	var ids, versions []string
	for _, ref := range refs {
		if ref.ID != id {
			ids = append(ids, ref.ID)
			continue
		}
		if version == "" || ref.Version == version || strings.HasPrefix(ref.Version, version+".") {
			return ref, nil
		}
		versions = append(versions, ref.Version)
	}
	if len(versions) > 0 {
		return Ref{}, fmt.Errorf("there is no version %s of the checklist %s; there is %s", version, id, strings.Join(versions, ", "))
	}
	ids = slices.Compact(ids)
	hint := source.Suggest(id, ids)
	if hint == "" {
		hint = "there is " + strings.Join(ids, ", ")
	}
	return Ref{}, fmt.Errorf("there is no checklist %q; %s", id, hint)
}

// Open reads a checklist. Its rules are not compiled. Where mistakes leave something to work on, it is returned beside
// the source.Problems.
func (l Library) Open(ref Ref) (*Checklist, error) {
	name := path.Join(ref.ID, ref.Version+".yaml")
	for _, folder := range l.folders {
		if c, err := folder.openCompiled(ref, name); c != nil || err != nil {
			return c, err
		}
		data, err := folder.read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		c, err := Read(folder.path(name), data)
		if c == nil {
			return nil, err
		}
		if err := l.distinct(ref, c); err != nil {
			return nil, err
		}
		if err != nil { // so that what stands beside it is found
			c.ID, c.Version = ref.ID, ref.Version
		}
		if c.ID != ref.ID || c.Version != ref.Version {
			return nil, fmt.Errorf("the file %s holds %s@%s; its name and its content must agree", folder.path(name), c.ID, c.Version)
		}
		if !c.extends.Of.Declared() {
			return c, err
		}
		var own, more source.Problems
		if over := l.extend(c); over != nil && !errors.As(over, &more) {
			return c, over
		}
		errors.As(err, &own)
		return c, append(own, more...).Err()
	}
	return nil, fmt.Errorf("there is no file %s", name)
}

func parseVersion(s string) ([3]int, bool) {
	var v [3]int
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return v, false
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || strconv.Itoa(n) != part {
			return v, false
		}
		v[i] = n
	}
	return v, true
}

func compareVersions(a, b string) int {
	va, _ := parseVersion(a)
	vb, _ := parseVersion(b)
	return slices.Compare(va[:], vb[:])
}

// With returns the library with one more folder, after those it has. name is the folder's, for messages.
func (l Library) With(files fs.FS, name string) Library {
	return Library{append(slices.Clone(l.folders), folder{FS: files, name: name})}
}

// Join returns the library with the folders of another, after those it has.
func (l Library) Join(other Library) Library {
	return Library{append(slices.Clone(l.folders), other.folders...)}
}

// ReadFile reads a file from the first folder that has it. shown is where it stands, for messages.
func (l Library) ReadFile(name string) (shown string, data []byte, err error) {
	for _, folder := range l.folders {
		if data, err = folder.read(name); !errors.Is(err, fs.ErrNotExist) {
			return folder.path(name), data, err
		}
	}
	return name, nil, err
}

// path is where a file of the folder stands, for messages.
func (f folder) path(name string) string { return path.Join(f.name, name) }

// read reads a file of the folder. The error is fs.ErrNotExist only where nothing has that name, so that a file which is
// there and can't be read never gives way to another folder's.
func (f folder) read(name string) ([]byte, error) {
	data, err := fs.ReadFile(f.FS, name)
	if err == nil {
		return data, nil
	}
	if _, absent := fs.Lstat(f.FS, name); errors.Is(absent, fs.ErrNotExist) {
		return nil, absent
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is a link that leads nowhere", f.path(name))
	}
	return nil, fmt.Errorf("%s can't be read: %s", f.path(name), source.Cause(err))
}
