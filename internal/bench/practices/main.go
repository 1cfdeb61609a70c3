// Practices writes made-up practices to a folder, one folder each, to try the tool on many at once:
//
//	go run ./internal/bench/practices 10000 /tmp/clients
//	readiness check --profile standard /tmp/clients/*/
//
// The same number gives the same practices. It is run in the root of the repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "practices:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: practices NUMBER FOLDER")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return fmt.Errorf("%q is not a number of practices", args[0])
	}
	maker, err := newMaker()
	if err != nil {
		return err
	}
	for i := range n {
		if err := write(maker.Practice(uint64(i)), filepath.Join(args[1], fmt.Sprintf("%05d", i))); err != nil {
			return err
		}
	}
	return nil
}

// newMaker makes up practices like the examples.
func newMaker() (*manifesttest.Maker, error) {
	var models []*manifest.Doc
	for _, name := range []string{"riverbend", "ready", "first-day"} {
		data, err := os.ReadFile(filepath.Join("examples", name, "readiness.yaml"))
		if err != nil {
			return nil, err
		}
		doc, err := manifest.Decode(name, data)
		if err != nil {
			return nil, err
		}
		models = append(models, doc)
	}
	return manifesttest.New(models...), nil
}

func write(p manifesttest.Practice, folder string) error {
	files := map[string]string{"readiness.yaml": string(p.YAML())}
	for name, content := range p.Files {
		files[name] = content
	}
	for name, content := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
