package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"readiness/internal/source"
)

// An output is standard output that remembers whether everything could be written to it. It tells nobody who writes: much
// passes through the command-line library, which looks away, and what failed is told once, at the end.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if _, err := o.w.Write(p); o.err == nil {
		o.err = err
	}
	return len(p), nil
}

// complaint is what to tell about the error: nothing when the reader of a pipe has had enough, as head does.
func (o *output) complaint() error {
	if errors.Is(o.err, syscall.EPIPE) {
		return nil
	}
	return fmt.Errorf("standard output could not be written: %s", source.Cause(o.err))
}

// writeFile writes a file whole or not at all: on failure the one that was there stays. A link stays too: the file that it
// leads to is written, or made.
func writeFile(name string, data []byte) error {
	mode := fs.FileMode(0o666)
	switch info, err := os.Stat(name); {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is not a plain file")
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist): // also a link that the system doesn't follow, because a stranger put it there
		return err
	}
	if _, err := os.Readlink(name); err == nil {
		name = realPath(name)
	}
	f, err := newDraft(filepath.Dir(name), mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// appendFile adds to a file, which is made when it isn't there.
func appendFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return errors.New("it is not a plain file")
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// newDraft makes a file in a folder for what is written. One that a killed run has left there is in nobody's way.
func newDraft(folder string, mode fs.FileMode) (*os.File, error) {
	for n := 0; ; n++ {
		name := filepath.Join(folder, fmt.Sprintf(".readiness-%d-%d.tmp", os.Getpid(), n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("there is no folder %s", folder)
		case !errors.Is(err, fs.ErrExist) || n > 1000:
			return f, err
		}
	}
}
