package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"readiness/internal/evidence"
	"readiness/internal/flow"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// manifestName is the file looked for in a folder.
const manifestName = "readiness.yaml"

// input is a manifest that was read, and where it stands.
type input struct {
	doc    *manifest.Doc
	folder string   // the manifest's folder; "" when it came from stdin or a revision
	tree   fs.FS    // the manifest's folder at a revision; else nil
	notes  []string // what could not be looked at
}

// readManifest reads the manifest that arg names: a file, a folder that holds readiness.yaml, - for stdin, or the
// current folder when empty.
func readManifest(sys System, arg string) (*input, error) {
	name, data, err := readBytes(sys, arg)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	doc, err := manifest.Decode(filepath.ToSlash(name), data)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	in := &input{doc: doc}
	if arg != "-" {
		in.folder = filepath.Dir(name)
	}
	return in, nil
}

// files are the manifest's file, when it has one, and those it names.
func (in *input) files() []string {
	if in.folder == "" {
		return nil
	}
	files := []string{in.doc.File.Name}
	for i := range in.doc.Evidence {
		if file, ok := in.doc.Evidence[i].File.Get(); ok {
			files = append(files, filepath.Join(in.folder, file))
		}
	}
	for i := range in.doc.Prompts {
		if file, ok := in.doc.Prompts[i].File.Get(); ok {
			files = append(files, filepath.Join(in.folder, file))
		}
	}
	return files
}

// derive adds what follows from the data flows and the evidence files.
func (in *input) derive() error {
	flow.Derive(in.doc)
	if in.tree != nil {
		in.notes = append(in.notes, evidence.Inspect(in.doc, in.tree)...)
		return nil
	}
	if in.folder == "" {
		evidence.Inspect(in.doc, nil)
		in.notes = append(in.notes, "The manifest came from standard input, so no evidence file was looked at.")
		return nil
	}
	root, err := os.OpenRoot(in.folder)
	if err != nil {
		return usage("the folder %s can't be read: %s", in.folder, source.Cause(err))
	}
	defer root.Close()
	in.notes = append(in.notes, evidence.Inspect(in.doc, root.FS())...)
	return nil
}

func readBytes(sys System, arg string) (string, []byte, error) {
	if arg == "-" {
		return readStdin(sys, source.MaxBytes)
	}
	name, err := locate(arg)
	if err != nil {
		return "", nil, err
	}
	data, err := readFile(name, source.MaxBytes)
	return name, data, err
}

// readStdin reads no more of standard input than is needed to see that it is larger than most. The name is for messages.
func readStdin(sys System, most int64) (name string, data []byte, err error) {
	if data, err = io.ReadAll(io.LimitReader(sys.Stdin, most+1)); err != nil {
		err = fmt.Errorf("standard input can't be read: %s", source.Cause(err))
	}
	return "stdin", data, err
}

// readFile reads no more of a file than is needed to see that it is larger than most.
func readFile(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s%s", name, neighbour(name))
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a folder; name a file", name)
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %s", name, source.Cause(err))
	}
	defer f.Close()
	var data bytes.Buffer
	if err == nil {
		data.Grow(int(min(info.Size(), most)) + bytes.MinRead)
	}
	if _, err := data.ReadFrom(io.LimitReader(f, most+1)); err != nil {
		return nil, fmt.Errorf("%s can't be read: %s", name, source.Cause(err))
	}
	return data.Bytes(), nil
}

// locate finds the manifest's file. However it is named, ./ in front of it or not, its name is one.
func locate(arg string) (string, error) {
	name := arg
	if name == "" {
		name = "."
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("there is no file or folder %s%s", name, neighbour(name))
	case err != nil:
		return "", fmt.Errorf("%s can't be read: %s", name, source.Cause(err))
	case !info.IsDir() && !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a file; use - to read from standard input", name)
	case !info.IsDir():
		return filepath.Clean(name), nil
	}
	file := filepath.Join(name, manifestName)
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	where, hint := "this folder", neighbour(file)
	if arg != "" {
		where = "the folder " + arg
	}
	if !strings.Contains(hint, ".y") { // a report beside it is not a manifest
		hint = strings.TrimSpace("; write one with: readiness init " + arg)
	}
	return "", fmt.Errorf("there is no %s in %s%s", manifestName, where, hint)
}

// neighbour suggests a file whose name is near.
func neighbour(name string) string {
	entries, _ := os.ReadDir(filepath.Dir(name))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := source.Suggest(filepath.Base(name), names); near != "" {
		return "; " + near
	}
	return ""
}
