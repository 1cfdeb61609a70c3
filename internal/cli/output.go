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
	"syscall"

	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

// An output is standard output that remembers whether everything could be written to it. Much of what is written
// passes through the command-line library, which looks away.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// complaint is what to tell about the error: nothing when the reader of a pipe has had enough, as head does.
func (o *output) complaint() error {
	if errors.Is(o.err, syscall.EPIPE) {
		return nil
	}
	return fmt.Errorf("standard output could not be written: %s", cause(o.err))
}

// A sink is a format and where it goes.
type sink struct {
	report.Format
	file string // "" for standard output
}

// shown reports whether the sink is text for standard output.
func (s sink) shown() bool { return s.Name == "text" && s.file == "" }

// formats are all there are. The style is that of text.
func formats(style text.Style) []report.Format { return report.Formats(style, outline.Brand{}) }

func formatNames() []string {
	var names []string
	for _, f := range formats(text.Style{}) {
		names = append(names, f.Name)
	}
	return names
}

// parseSinks reads NAME and NAME=FILE. The style is standard output's; a file is written plain.
func parseSinks(args []string, style text.Style) ([]sink, error) {
	var sinks []sink
	used := map[string]bool{}
	for _, arg := range args {
		name, file, named := strings.Cut(arg, "=")
		known := formats(style)
		if named {
			known = formats(text.Style{})
		}
		f, err := report.Find(known, name)
		if err != nil {
			return nil, usage("--format: there is no format %q; %s", name, choose(name, formatNames()))
		}
		if named && file == "" {
			return nil, usage("--format %s: name a file after the =", arg)
		}
		if named {
			file = filepath.Clean(file)
		}
		switch {
		case used[file] && named:
			return nil, usage("--format: two formats can't go to the file %s", file)
		case used[file]:
			return nil, usage("--format: only one format can go to standard output; write the others to files, as %s=FILE", name)
		}
		used[file] = true
		sinks = append(sinks, sink{f, file})
	}
	return sinks, nil
}

// write writes what render gives for every format asked for. Nothing is written before all are ready, and one that
// can't be written doesn't keep back the others.
func (c *checker) write(render func(io.Writer, sink) error) error {
	ready := make([]bytes.Buffer, len(c.sinks))
	for i, s := range c.sinks {
		if err := render(&ready[i], s); err != nil {
			return fmt.Errorf("the report could not be written as %s: %w", s.Name, err)
		}
	}
	var failed []error
	for i, s := range c.sinks {
		if s.file == "" {
			c.sys.Stdout.Write(ready[i].Bytes()) // an output: it remembers the error
		} else if err := writeFile(s.file, ready[i].Bytes()); err != nil {
			failed = append(failed, fmt.Errorf("the report could not be written to %s: %s", s.file, cause(err)))
		}
	}
	return errors.Join(failed...)
}

// writeFile writes a file whole or not at all: on failure the one that was there stays.
func writeFile(name string, data []byte) error {
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return errors.New("it is not a plain file")
		}
		mode = info.Mode().Perm()
	}
	folder := filepath.Dir(name)
	draft := filepath.Join(folder, fmt.Sprintf(".readiness-%d.tmp", os.Getpid()))
	f, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s", folder)
	case err != nil:
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(draft, name)
	}
	if err != nil {
		os.Remove(draft)
	}
	return err
}

// sparesInput refuses to write a report over the manifest, the settings, or the evidence the manifest names.
func (c *checker) sparesInput(in *input) error {
	inputs := append(in.files(), settingsName)
	for _, s := range c.sinks {
		out, err := os.Stat(s.file)
		if s.file == "" || err != nil {
			continue
		}
		for _, name := range inputs {
			if info, err := os.Stat(name); err == nil && os.SameFile(info, out) {
				return exitCode{exitUsage, overwrite{s, name}}
			}
		}
	}
	return nil
}

// An overwrite is a report that would take the place of what it reports on.
type overwrite struct {
	sink  sink
	input string
}

func (o overwrite) Error() string {
	return fmt.Sprintf("--format %s=%s would overwrite %s, which is part of what is checked", o.sink.Name, o.sink.file, o.input)
}

// cause is the reason in an error of the operating system, without the operation and the path again.
func cause(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return strings.ToLower(number.Error())
	}
	return err.Error()
}
