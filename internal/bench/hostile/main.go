// Hostile measures whole checks of manifests that were made to take long, each as large as it may be, against every
// checklist in full:
//
//	go run ./internal/bench/hostile [NAME]
//
// It is run in the root of the repository, and writes a table in Markdown, the worst first. With a name, it measures those
// whose name holds it. Measure while little else runs: beside the time it took stands that of all processors together, which
// other work of the machine changes less.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
)

func main() {
	if err := run(strings.Join(os.Args[1:], " ")); err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
}

func run(name string) error {
	docs, err := documents(name)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "readiness-hostile-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "readiness")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/readiness").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	args, err := arguments(filepath.Join(folder, "readiness.yaml"))
	if err != nil {
		return err
	}
	rows := make([]row, len(docs))
	for i, d := range docs {
		if rows[i], err = measure(d, program, args); err != nil {
			return err
		}
	}
	table(rows)
	return nil
}

// documents are those whose name holds a name.
func documents(name string) ([]manifesttest.Document, error) {
	data, err := os.ReadFile("examples/ready/readiness.yaml")
	if err != nil {
		return nil, err
	}
	model, err := manifest.Decode("ready", data)
	if err != nil {
		return nil, err
	}
	docs := slices.DeleteFunc(manifesttest.New(model).Hostile(), func(d manifesttest.Document) bool { return !strings.Contains(d.Name, name) })
	if len(docs) == 0 {
		return nil, fmt.Errorf("no manifest has %q in its name", name)
	}
	return docs, nil
}

// arguments check a file against every checklist there is.
func arguments(file string) ([]string, error) {
	args := []string{"check", file, "--profile", "full", "--as-of", "2026-11-22"}
	refs, err := checklist.Shipped().List()
	for _, ref := range refs {
		args = append(args, "--checklist", ref.ID+"@"+ref.Version)
	}
	return args, err
}

// A row is what one check took.
type row struct {
	name string
	size int
	took time.Duration
	cpu  time.Duration // that processors spent on it
	peak int64         // bytes of memory
}

// rounds is how often each is checked. The least times count.
const rounds = 5

func measure(d manifesttest.Document, program string, args []string) (row, error) {
	r := row{name: d.Name, size: len(d.Data), took: time.Hour, cpu: time.Hour}
	if err := os.WriteFile(args[1], d.Data, 0o600); err != nil {
		return r, err
	}
	for range rounds {
		cmd := exec.Command(program, args...)
		began := time.Now()
		err := cmd.Run()
		r.took = min(r.took, time.Since(began))
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) { // 1: something is open; 2: it is refused
			return r, fmt.Errorf("%s: %w", d.Name, err)
		}
		r.cpu = min(r.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		r.peak = max(r.peak, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss*1024)
	}
	return r, nil
}

func table(rows []row) {
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.took, a.took) })
	fmt.Printf("| manifest | kB | took, ms | processors, ms | peak memory, MB |\n|---|---:|---:|---:|---:|\n")
	for _, r := range rows {
		fmt.Printf("| %s | %d | %d | %d | %d |\n", r.name, r.size/1000, r.took.Milliseconds(), r.cpu.Milliseconds(), r.peak>>20)
	}
}
