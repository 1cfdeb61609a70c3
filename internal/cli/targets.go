package cli

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
)

// targets are the files that reports go to. They are found by whatever name: through links, as a second name of one file,
// and where nothing is yet, in another case, which makes no difference on many disks.
type targets struct {
	there   map[int64][]target // those that are there already, by their size, which is one for all names of a file
	others  map[string]sink    // by their real path
	folders map[string]bool    // in which they are, by their real path
}

// A target is a file that is there, and what would take its place.
type target struct {
	os.FileInfo
	sink sink
}

// add notes where a sink writes, and refuses a file that another one writes.
func (t *targets) add(s sink) error {
	if s.file == "" {
		return nil
	}
	if _, taken := t.find(s.file); taken {
		return usage("--format: two formats can't go to the file %s", s.file)
	}
	if t.folders == nil {
		*t = targets{map[int64][]target{}, map[string]sink{}, map[string]bool{}}
	}
	t.folders[realPath(filepath.Dir(s.file))] = true
	if info, err := os.Stat(s.file); err == nil {
		t.there[info.Size()] = append(t.there[info.Size()], target{info, s})
	} else {
		t.others[realPath(s.file)] = s
	}
	return nil
}

// find gives the sink that writes a file.
func (t *targets) find(file string) (s sink, ok bool) {
	if t.folders == nil {
		return s, false
	}
	info, err := os.Stat(file)
	if err != nil {
		s, ok = t.others[realPath(file)]
		return s, ok
	}
	for _, other := range t.there[info.Size()] {
		if os.SameFile(info, other.FileInfo) {
			return other.sink, true
		}
	}
	return s, false
}

// within reports whether any is in the folder, however deep.
func (t *targets) within(folder string) bool {
	folder = realPath(folder)
	for f := range t.folders {
		if path, err := filepath.Rel(folder, f); err == nil && filepath.IsLocal(path) {
			return true
		}
	}
	return false
}

// realPath is a path without links, as far as there is something, in lower case.
func realPath(name string) string {
	name, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	rest := ""
	for {
		if real, err := filepath.EvalSymlinks(name); err == nil || name == filepath.Dir(name) {
			return strings.ToLower(filepath.Join(cmp.Or(real, name), rest))
		}
		name, rest = filepath.Dir(name), filepath.Join(filepath.Base(name), rest)
	}
}
