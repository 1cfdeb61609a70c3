package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/report"
	"readiness/internal/source"
)

// revisionPrefix begins an argument that names a revision, as git:REV or git:REV:PATH.
const revisionPrefix = "git:"

// A revision is a commit of the repository around the current folder. It is read by running git, without a shell and
// without a network: no fetch, no hook, no filter.
type revision struct {
	sys    System
	commit string
}

// versionAt reads the manifest or the saved report that REV[:PATH] names.
func (c *checker) versionAt(arg, other string) (version, error) {
	rev, name, named := strings.Cut(arg, ":")
	if !named {
		name = pathOf(other)
	}
	at, err := newRevision(c.sys, rev)
	if err != nil {
		return version{}, err
	}
	name, data, err := at.read(name)
	if err != nil {
		return version{}, err
	}
	label := revisionPrefix + rev + ":" + name
	if saved(name) {
		return readVersion(label, data)
	}
	doc, err := manifest.Decode(label, data)
	if err != nil {
		return version{}, exitCode{exitUsage, err}
	}
	r, err := c.assess(&input{doc: doc, tree: tree{at, path.Dir(name)}})
	if err != nil {
		return version{}, err
	}
	return version{r, label, r.Manifest.SHA256}, nil
}

// pathOf is the path that a revision has when none is written: that of the manifest it is compared with.
func pathOf(other string) string {
	if rev, ok := strings.CutPrefix(other, revisionPrefix); ok {
		_, name, _ := strings.Cut(rev, ":")
		return name
	}
	if other == "-" || saved(other) {
		return ""
	}
	return other
}

// newRevision finds the commit. What begins with a hyphen would be an option of git.
func newRevision(sys System, rev string) (revision, error) {
	if rev == "" || strings.HasPrefix(rev, "-") {
		return revision{}, usage("git:%s names no revision; write git:REV or git:REV:PATH, such as git:main", rev)
	}
	at := revision{sys: sys}
	if _, err := at.git("rev-parse", "--git-dir"); err != nil {
		return revision{}, usage("git:%s: %s", rev, err)
	}
	out, err := at.git("rev-parse", "--verify", "--quiet", rev+"^{commit}")
	if err != nil {
		return revision{}, usage("git:%s: there is no such revision here; a checkout of one commit only lacks the others (fetch-depth: 0 fetches them)", rev)
	}
	at.commit = strings.TrimSpace(string(out))
	return at, nil
}

// read returns a file of the revision, or the manifest of a folder, with its path in the repository. The name is
// relative to the current folder, as every argument is.
func (r revision) read(name string) (string, []byte, error) {
	at, err := r.inRepository(name)
	if err != nil {
		return "", nil, err
	}
	f, err := r.find(at)
	if err == nil && f.kind == "tree" {
		at = path.Join(at, manifestName)
		f, err = r.find(at)
	}
	most := int64(source.MaxBytes)
	if saved(at) {
		most = report.MaxBytes
	}
	switch {
	case err != nil:
		return "", nil, usage("there is no %s at that revision (%.12s)", at, r.commit)
	case !f.Mode().IsRegular():
		return "", nil, usage("%s is not a plain file at that revision (%.12s)", at, r.commit)
	case f.size > most:
		return "", nil, usage("%s is larger than %d MiB at that revision (%.12s)", at, most>>20, r.commit)
	}
	data, err := r.git("cat-file", "blob", f.object)
	if err != nil {
		return "", nil, usage("%s can't be read at that revision (%.12s): %s", at, r.commit, err)
	}
	return at, data, nil
}

// inRepository is the path in the repository of a path relative to the current folder.
func (r revision) inRepository(name string) (string, error) {
	prefix, err := r.git("rev-parse", "--show-prefix")
	if err != nil {
		return "", usage("%s", err)
	}
	if filepath.IsAbs(name) {
		return "", usage("%s: name a path relative to this folder, after git:REV:", name)
	}
	at := path.Join(strings.TrimSuffix(string(prefix), "\n"), filepath.ToSlash(name))
	if at == ".." || strings.HasPrefix(at, "../") {
		return "", usage("%s is outside the repository", name)
	}
	return at, nil
}

// git runs git and returns what it writes.
func (r revision) git(args ...string) ([]byte, error) {
	cmd := exec.Command("git", append([]string{"--no-pager", "--literal-pathspecs"}, args...)...)
	cmd.Env = append(append([]string{}, r.sys.Environ...), "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_REPLACE_OBJECTS=1",
		"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	out, err := cmd.Output()
	var failed *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("the program git is needed for this, and it is not here")
	case errors.As(err, &failed):
		first, _, _ := strings.Cut(strings.TrimSpace(string(failed.Stderr)), "\n")
		return nil, fmt.Errorf("git says: %s", strings.TrimPrefix(first, "fatal: "))
	}
	return out, err
}

// A blob is what the revision has at a path. It is the file's information too.
type blob struct {
	name, mode, kind, object string
	size                     int64
}

// find looks a path up. The root of the repository is the empty path.
func (r revision) find(at string) (blob, error) {
	if at == "" || at == "." {
		return blob{kind: "tree"}, nil
	}
	out, err := r.git("ls-tree", "-z", "-l", "--full-tree", r.commit, "--", at)
	if err != nil {
		return blob{}, err
	}
	head, _, found := strings.Cut(string(out), "\t")
	fields := strings.Fields(head)
	if !found || len(fields) != 4 {
		return blob{}, fs.ErrNotExist
	}
	size, _ := strconv.ParseInt(fields[3], 10, 64) // "-" for what isn't a file
	return blob{path.Base(at), fields[0], fields[1], fields[2], size}, nil
}

// The methods of fs.FileInfo.

func (b blob) Name() string       { return b.name }
func (b blob) Size() int64        { return b.size }
func (b blob) ModTime() time.Time { return time.Time{} }
func (b blob) IsDir() bool        { return b.kind == "tree" }
func (b blob) Sys() any           { return nil }
func (b blob) Mode() fs.FileMode {
	switch {
	case b.kind == "tree":
		return fs.ModeDir | 0o555
	case b.mode == "100644" || b.mode == "100755":
		return 0o444
	}
	return fs.ModeIrregular // a link, or another repository
}

// A tree is a folder of a revision as a file system.
type tree struct {
	at     revision
	folder string
}

// Open opens a file. Its bytes are read when they are asked for.
func (t tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	b, err := t.at.find(path.Join(t.folder, name))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &treeFile{blob: b, at: t.at}, nil
}

type treeFile struct {
	blob
	at   revision
	data io.Reader
}

func (f *treeFile) Stat() (fs.FileInfo, error) { return f.blob, nil }
func (f *treeFile) Close() error               { return nil }

func (f *treeFile) Read(p []byte) (int, error) {
	if f.data == nil {
		data, err := f.at.git("cat-file", "blob", f.object)
		if err != nil {
			return 0, err
		}
		f.data = bytes.NewReader(data)
	}
	return f.data.Read(p)
}
