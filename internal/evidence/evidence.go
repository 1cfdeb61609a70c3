// Package evidence compares the documents a manifest names with the files that are there, and what exports of a vendor's
// console show with what is declared. It reads nothing outside the folder it is given.
package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// MaxBytes is the size up to which a document is read.
const MaxBytes = 64 << 20

// The states of a document.
const (
	Matches     = "matches"       // the file has the declared SHA-256
	Differs     = "differs"       // the file is not the one whose SHA-256 is declared
	Missing     = "missing"       // the file is not there, is empty, or can't be read
	Elsewhere   = "elsewhere"     // kept where it can't be looked at
	NotLookedAt = "not_looked_at" // the manifest came without its folder
)

// Inspect looks at each document and prompt that names a file in folder, the manifest's own, and sets their derived
// fields. A nil folder leaves the files alone. It returns a sentence for each file that could not be read.
func Inspect(doc *manifest.Doc, folder fs.FS) []string {
	l := looker{folder: folder, seen: map[string]*file{}, buffer: make([]byte, 32<<10)}
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		var f *file
		d.State, d.Actual, f = l.look("evidence["+d.ID.Or("")+"]", d.File, d.Location, d.SHA256)
		l.claims(doc, d, f)
	}
	l.verifications(doc)
	for i := range doc.Prompts {
		p := &doc.Prompts[i]
		p.State, p.Actual, _ = l.look("prompts["+p.ID.Or("")+"]", p.File, source.Text{}, p.SHA256)
	}
	return l.notes
}

type looker struct {
	folder fs.FS
	seen   map[string]*file // by the name that documents give it
	buffer []byte           // for the file that is being read
	notes  []string
}

// A file is what was seen of one.
type file struct {
	sum    string
	json   bool      // whether it may be an export
	export *settings // what it exports; nil when it is no export
	err    error
}

// file reads a file once, however many documents name it.
func (l *looker) file(name string) *file {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if l.seen[name] == nil {
		l.seen[name] = l.read(name)
	}
	return l.seen[name]
}

// look compares one file. The state is undeclared while the manifest doesn't say which file it is, or what its SHA-256
// is to be: a document that could be exchanged unseen supports nothing. f is the file, if it was read.
func (l *looker) look(at string, name, location, sum source.Text) (state, actual source.Text, f *file) {
	_, named := name.Get()
	want, fixed := sum.Get()
	switch {
	case !named && location.Or("none") != "none" && !fixed:
		return source.Derive(Elsewhere, []string{at + ".location"}), actual, nil
	case !named:
		return source.Unsettled[string]([]string{at + ".file"}, nil), actual, nil
	}
	rests := []string{at + ".file", at + ".sha256"}
	if l.folder != nil {
		f = l.file(name.Or(""))
		switch {
		case errors.Is(f.err, fs.ErrNotExist):
			return source.Derive(Missing, rests[:1]), actual, nil
		case f.err != nil:
			l.note("The file %s (%s) could not be read: %s.", name, at, reason(f.err))
			return source.Derive(Missing, rests[:1]), actual, nil
		}
		actual = source.Derive(f.sum, nil)
	}
	switch {
	case !fixed:
		return source.Unsettled[string](rests[1:], rests[:1]), actual, f
	case l.folder == nil:
		return source.Derive(NotLookedAt, rests), actual, nil
	case strings.EqualFold(want, f.sum):
		return source.Derive(Matches, rests), actual, f
	}
	return source.Derive(Differs, rests), actual, f
}

var (
	errOutside = errors.New("it is outside the manifest's folder")
	errTooBig  = errors.New("it is larger than 64 MiB")
	errNoFile  = errors.New("it is not a plain file")
	errEmpty   = errors.New("it is empty")
)

// maxExport is the size up to which a file is read as an export.
const maxExport = 8 << 20

// read reads a file in the folder. Nothing is kept of it but its SHA-256 and, of an export, what is asked for.
func (l *looker) read(name string) *file {
	var f file
	var content []byte
	f.json = path.Ext(name) == ".json"
	if f.sum, content, f.err = l.hash(name, f.json); f.json && f.err == nil {
		f.export = readSettings(content)
	}
	return &f
}

// hash returns the SHA-256 of a file in the folder and, if it is to be kept, what it holds.
func (l *looker) hash(name string, keep bool) (sum string, content []byte, err error) {
	if !fs.ValidPath(name) {
		return "", nil, errOutside
	}
	info, err := fs.Stat(l.folder, name) // before opening: opening a pipe would wait for its writer
	switch {
	case err != nil:
		return "", nil, err
	case !info.Mode().IsRegular():
		return "", nil, errNoFile
	case info.Size() > MaxBytes:
		return "", nil, errTooBig
	case info.Size() == 0:
		return "", nil, errEmpty
	}
	f, err := l.folder.Open(name)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	h := sha256.New()
	var kept bytes.Buffer
	w := io.Writer(h)
	if keep && info.Size() <= maxExport {
		w = io.MultiWriter(h, &kept)
	}
	if _, err := io.CopyBuffer(w, io.LimitReader(f, MaxBytes), l.buffer); err != nil {
		return "", nil, err
	}
	return hex.EncodeToString(h.Sum(nil)), kept.Bytes(), nil
}

// reason says why a file could not be read, without the path again.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
