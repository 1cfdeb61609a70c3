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
	real := folded(s.file)
	t.folders[filepath.Dir(real)] = true
	if info, err := os.Stat(s.file); err == nil {
		t.there[info.Size()] = append(t.there[info.Size()], target{info, s})
	} else {
		t.others[real] = s
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
		s, ok = t.others[folded(file)]
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
	folder = folded(folder)
	for f := range t.folders {
		if path, err := filepath.Rel(folder, f); err == nil && filepath.IsLocal(path) {
			return true
		}
	}
	return false
}

// folded is a real path in lower case.
func folded(name string) string { return strings.ToLower(realPath(name)) }

// maxLinks is how many links that lead nowhere are followed one after the other.
const maxLinks = 40

// realPath is an absolute path without links, as far as there is something: where a link leads to nothing yet, it is the
// path of what would be there.
func realPath(name string) string {
	name, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	rest := ""
	for links := 0; ; {
		real, err := filepath.EvalSymlinks(name)
		if err == nil || name == filepath.Dir(name) {
			return filepath.Join(cmp.Or(real, name), rest)
		}
		if to, err := os.Readlink(name); err == nil && links < maxLinks {
			name, links = leadsTo(name, to), links+1
			continue
		}
		name, rest = filepath.Dir(name), filepath.Join(filepath.Base(name), rest)
	}
}

// leadsTo is the path to which a link leads. It is seen from the folder in which the link really is.
func leadsTo(link, to string) string {
	if filepath.IsAbs(to) {
		return to
	}
	folder := filepath.Dir(link)
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	return filepath.Join(folder, to)
}
