package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// write writes data to a file, or to standard output when name is empty. A file is written whole or not at all: on
// failure the one that was there stays.
func write(sys System, name string, data []byte) error {
	if name == "" {
		if _, err := sys.Stdout.Write(data); err != nil {
			return fmt.Errorf("the report could not be written to standard output: %s", cause(err))
		}
		return nil
	}
	if err := writeFile(name, data); err != nil {
		return fmt.Errorf("the report could not be written to %s: %s", name, cause(err))
	}
	return nil
}

func writeFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return errors.New("it is not a plain file")
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".readiness-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// sparesInput refuses to write a report over the manifest or the evidence it names.
func (c *checker) sparesInput(in *input) error {
	if in.folder == "" {
		return nil
	}
	inputs := []string{in.doc.File.Name}
	for i := range in.doc.Evidence {
		if file, ok := in.doc.Evidence[i].File.Get(); ok {
			inputs = append(inputs, filepath.Join(in.folder, file))
		}
	}
	for i := range in.doc.Prompts {
		if file, ok := in.doc.Prompts[i].File.Get(); ok {
			inputs = append(inputs, filepath.Join(in.folder, file))
		}
	}
	for _, s := range c.sinks {
		out, err := os.Stat(s.file)
		if s.file == "" || err != nil {
			continue
		}
		for _, name := range inputs {
			if info, err := os.Stat(name); err == nil && os.SameFile(info, out) {
				return usage("--format %s=%s would overwrite %s, which is part of what is checked", s.Name, s.file, name)
			}
		}
	}
	return nil
}
