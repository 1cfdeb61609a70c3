// Package evidence compares the documents a manifest names with the files that are there. It reads nothing outside the
// folder it is given.
package evidence

import (
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

// Inspect looks at each document and prompt that names a file in folder, the manifest's own, and sets their derived
// fields. It returns a sentence for each file that could not be judged.
func Inspect(doc *manifest.Doc, folder fs.FS) []string {
	var notes []string
	look := func(list string, id, file, sum source.Text, present, matches *source.Flag) {
		name, ok := file.Get()
		if !ok {
			return
		}
		at := []string{list + "[" + id.Or("") + "].file"}
		got, err := hash(folder, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			*present = source.Derive(false, at)
			return
		case err != nil:
			notes = append(notes, "The file "+name+" ("+list+", "+id.Or("")+") could not be read: "+reason(err)+".")
			*present = source.Derive(false, at)
			return
		}
		*present = source.Derive(true, at)
		if want, ok := sum.Get(); ok {
			*matches = source.Derive(strings.EqualFold(want, got), []string{list + "[" + id.Or("") + "].sha256"})
		}
	}
	for i := range doc.Evidence {
		d := &doc.Evidence[i]
		look("evidence", d.ID, d.File, d.SHA256, &d.Present, &d.Matches)
	}
	for i := range doc.Prompts {
		p := &doc.Prompts[i]
		look("prompts", p.ID, p.File, p.SHA256, &p.Present, &p.Matches)
	}
	return notes
}

var (
	errOutside = errors.New("it is outside the manifest's folder")
	errTooBig  = errors.New("it is larger than 64 MiB")
	errNoFile  = errors.New("it is not a plain file")
)

// hash returns the SHA-256 of a file in folder.
func hash(folder fs.FS, name string) (string, error) {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if !fs.ValidPath(name) {
		return "", errOutside
	}
	switch info, err := fs.Stat(folder, name); { // before opening: opening a pipe would wait for its writer
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", errNoFile
	case info.Size() > MaxBytes:
		return "", errTooBig
	}
	f, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(f, MaxBytes)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// reason says why a file could not be read, without the path again.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
