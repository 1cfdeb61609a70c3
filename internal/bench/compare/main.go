// Compare measures readiness beside conftest and OPA: the same manifest, the same 100 rules, whole processes, one run in
// which every program takes its turn again and again. It builds all of them from source, with the Go module proxy.
//
//	go run ./internal/bench/compare [ROUNDS]
//
// It is run in the root of the repository, and writes a table in Markdown. See docs/benchmarks.md.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"readiness/internal/assess"
)

// The versions compared with.
const (
	conftest = "github.com/open-policy-agent/conftest@v0.71.1"
	opa      = "github.com/open-policy-agent/opa@v1.22.4"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	rounds := 21
	if len(args) > 0 {
		var err error
		if rounds, err = strconv.Atoi(args[0]); err != nil || rounds < 3 {
			return fmt.Errorf("%q is not a number of rounds, 3 or more", args[0])
		}
	}
	folder, err := os.MkdirTemp("", "readiness-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := build(folder); err != nil {
		return err
	}
	all := programs(folder)
	if err := agree(all); err != nil {
		return err
	}
	for range rounds {
		for i := range all {
			if _, err := all[i].turn(); err != nil {
				return err
			}
		}
	}
	return table(folder, rounds, all)
}

// build makes the programs and the rules in folder: the programs as they are released, without C.
func build(folder string) error {
	files := map[string]string{
		"lists/bench/1.0.0.yaml": checklist(),
		"policy/main.rego":       rego(),
		"hello/main.go":          "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello, world\") }\n",
	}
	for name, text := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"build", "-ldflags", "-s -w", "-o", folder + "/readiness", "./cmd/readiness"},
		{"build", "-ldflags", "-s -w", "-o", folder + "/hello-world", folder + "/hello/main.go"},
		{"install", "-ldflags", "-s -w", conftest},
		{"install", "-ldflags", "-s -w", opa},
	} {
		cmd := exec.Command("go", args...)
		cmd.Env, cmd.Stderr = append(os.Environ(), "GOBIN="+folder, "CGO_ENABLED=0"), os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
		}
	}
	return settle(folder, "readiness", "hello-world", "conftest", "opa")
}

// settle writes programs anew, from one end to the other, as unpacking a release does. What a linker has written lies in
// small pieces in memory, and starts up to a quarter slower.
func settle(folder string, names ...string) error {
	for _, name := range names {
		if err := rewrite(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// rewrite writes a program anew, down to the disk, so that nothing is written while others are measured. It holds little
// of it: the memory of a program counts that of the one that starts it.
func rewrite(file string) error {
	linked, err := os.Open(file)
	if err != nil {
		return err
	}
	defer linked.Close()
	if err := os.Remove(file); err != nil {
		return err
	}
	program, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(program, linked)
	return errors.Join(err, program.Sync(), program.Close())
}

// A program is one that takes turns.
type program struct {
	name  string
	args  []string
	found func(stdout []byte) int // how many findings it tells; nil for one that checks nothing
	took  []time.Duration
	peak  int64 // bytes of memory, the most of all turns
}

const manifestFile = "examples/riverbend/readiness.yaml"

func programs(folder string) []program {
	readiness := folder + "/readiness"
	return []program{
		{name: "readiness, the 100 rules", args: []string{readiness, "check", manifestFile, "--checklist-dir", folder + "/lists", "--checklist", "bench", "--format", "json"}, found: openResults},
		{name: "conftest, the 100 rules", args: []string{folder + "/conftest", "test", "--output", "json", "--policy", folder + "/policy", manifestFile}, found: failures},
		{name: "opa eval, the 100 rules", args: []string{folder + "/opa", "eval", "--data", folder + "/policy", "--input", manifestFile, "data.main.deny"}, found: denials},
		{name: "readiness check, core profile", args: []string{readiness, "check", "examples/riverbend", "--as-of", "2026-11-22", "--profile", "core"}},
		{name: "readiness check, full profile", args: []string{readiness, "check", "examples/riverbend", "--as-of", "2026-11-22", "--profile", "full"}},
		{name: "readiness version", args: []string{readiness, "version"}},
		{name: "hello, world in Go", args: []string{folder + "/hello-world"}},
	}
}

// turn runs the program once.
func (p *program) turn() ([]byte, error) {
	cmd := exec.Command(p.args[0], p.args[1:]...)
	var out bytes.Buffer
	cmd.Stdout = &out
	begin := time.Now()
	err := cmd.Run()
	took := time.Since(begin)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1: it has found something
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	p.took = append(p.took, took)
	p.peak = max(p.peak, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss*1024)
	return out.Bytes(), nil
}

// agree wants the programs that check the same rules to find the same number of things, and forgets these turns.
func agree(all []program) error {
	var found []string
	for i := range all {
		out, err := all[i].turn()
		if err != nil {
			return err
		}
		if all[i].found != nil {
			found = append(found, strconv.Itoa(all[i].found(out)))
		}
		all[i].took = nil
	}
	if len(slices.Compact(slices.Clone(found))) != 1 || found[0] == "0" {
		return fmt.Errorf("the programs don't agree: they find %s", strings.Join(found, ", "))
	}
	fmt.Printf("Each finds %s of the same things.\n\n", found[0])
	return nil
}

// openResults counts what is open in a JSON report.
func openResults(stdout []byte) int {
	var r assess.Report
	n := 0
	if json.Unmarshal(stdout, &r) == nil {
		for _, q := range r.Requirements {
			for _, c := range q.Checks {
				for _, result := range c.Results {
					if result.Outcome.Open() {
						n++
					}
				}
			}
		}
	}
	return n
}

// failures counts those of conftest.
func failures(stdout []byte) int {
	var files []struct {
		Failures []any `json:"failures"`
	}
	n := 0
	if json.Unmarshal(stdout, &files) == nil {
		for _, f := range files {
			n += len(f.Failures)
		}
	}
	return n
}

// denials counts those of OPA.
func denials(stdout []byte) int {
	var answer struct {
		Result []struct {
			Expressions []struct {
				Value []any `json:"value"`
			} `json:"expressions"`
		} `json:"result"`
	}
	n := 0
	if json.Unmarshal(stdout, &answer) == nil {
		for _, r := range answer.Result {
			for _, e := range r.Expressions {
				n += len(e.Value)
			}
		}
	}
	return n
}

// table writes what was measured: the median, the spread of the middle half, and how it compares with conftest and with
// a program that does nothing.
func table(folder string, rounds int, all []program) error {
	base := map[string]time.Duration{}
	for i := range all {
		slices.Sort(all[i].took)
		base[all[i].name] = all[i].took[rounds/2]
	}
	fmt.Printf("| program | median, ms | middle half, ms | of conftest | of hello, world | peak memory, MB |\n|---|---:|---:|---:|---:|---:|\n")
	for _, p := range all {
		median := p.took[rounds/2]
		fmt.Printf("| %s | %.1f | %.1f to %.1f | %.2f | %.1f | %d |\n", p.name, ms(median), ms(p.took[rounds/4]), ms(p.took[rounds*3/4]),
			float64(median)/float64(base["conftest, the 100 rules"]), float64(median)/float64(base["hello, world in Go"]), p.peak>>20)
	}
	for _, name := range []string{"readiness", "conftest", "opa"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		fmt.Printf("\nThe program %s has %.1f MB.", name, float64(info.Size())/1e6)
	}
	fmt.Println()
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
