//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"readiness/internal/assess"
	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
	"readiness/internal/source"
)

// program builds the program, once for each test that runs it as others do.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "readiness")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return file
}

// An ending is how a process ended.
type ending struct {
	code           int
	stdout, stderr string
	took           time.Duration
	cpu            time.Duration // of a processor, in the program and in the system for it
	peak           int64         // bytes of memory
}

// end runs a command to its end. One that hangs is killed.
func end(t *testing.T, cmd *exec.Cmd) ending {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	begin := time.Now()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return ending{cmd.ProcessState.ExitCode(), out.String(), errs.String(), time.Since(begin), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss * 1024}
}

// maxPeak is the memory that no manifest up to the size limit may make the program take.
const maxPeak = 256 << 20

// maxCPU is the time of a processor that it may take. A busy machine needs several times as much as an idle one for the same, so
// this finds only what is far from linear.
const maxCPU = 3 * time.Second

// every are the flags to check as much as there is.
var every = []string{"--profile", "full", "--checklist", "hipaa@1,nist-ai-rmf@1,hipaa-security-nprm@1,us-state-health-ai@1"}

// TestHostileManifests checks manifests that are made to take long or to fill memory, against everything there is.
func TestHostileManifests(t *testing.T) {
	readiness, folder := program(t), t.TempDir()
	docs := append(manifesttest.Crafted(), manifesttest.Document{Name: "ten megabytes on a line",
		Data: []byte("practice: {name: \"" + strings.Repeat("x", 10<<20) + "\"}")})
	for _, d := range docs {
		t.Run(d.Name, func(t *testing.T) {
			file := filepath.Join(folder, "readiness.yaml")
			if err := os.WriteFile(file, d.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			want := 1
			if _, err := manifest.Decode(file, d.Data); err != nil {
				want = 2
			}
			got := end(t, exec.CommandContext(t.Context(), "timeout", append([]string{"60", readiness, "check", file}, every...)...))
			t.Logf("%d ms, %d MB, %d bytes of manifest", got.cpu.Milliseconds(), got.peak>>20, len(d.Data))
			if got.code != want || strings.Contains(got.stderr, "goroutine") {
				t.Errorf("the exit code is %d, want %d\n%.2000s", got.code, want, got.stderr)
			}
			if got.peak > maxPeak || got.cpu > maxCPU {
				t.Errorf("it took %s and %d MB", got.cpu, got.peak>>20)
			}
			if strings.ContainsAny(got.stdout+got.stderr, "\x00\u202e") {
				t.Error("what steers a terminal came through")
			}
		})
	}
}

// maxReport is how large a report may be, so that it can be kept, sent and read again.
const maxReport = 64 << 20

// TestHostileManifestsAsJSON checks that no report is too large to be kept, however much each of many results rests on, and
// that each of them still says something.
func TestHostileManifestsAsJSON(t *testing.T) {
	readiness, folder := program(t), t.TempDir()
	const named = "readiness: 1\nprofile: full\npractice: {name: P}\nsystems: [{id: s, kind: model, vendor: v}]\ndata_flows: [{id: f, from: workforce, to: s, phi: identified}]\n"
	docs := append(manifesttest.Crafted(), manifesttest.Document{Name: "all in one line", Data: oneLine()},
		manifesttest.Document{Name: "a long name", Data: []byte(named + "vendors: [{id: v, name: '" + strings.Repeat("x", source.MaxBytes-400) + "', baa: {status: requested}}]\n")})
	last := len(docs) - 1
	for i, d := range docs {
		if _, err := manifest.Decode("m.yaml", d.Data); err != nil && i > 0 && i < last-1 {
			continue // one of the others is no manifest
		}
		t.Run(d.Name, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(folder, "m.yaml"), d.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			saved := fmt.Sprintf("%d.json", i)
			cmd := exec.CommandContext(t.Context(), "timeout", append([]string{"60", readiness, "check", "m.yaml", "--format", "json=" + saved}, every...)...)
			cmd.Dir = folder
			got := end(t, cmd)
			info, err := os.Stat(filepath.Join(folder, saved))
			if err != nil || got.code != 1 {
				t.Fatalf("the exit code is %d: %v\n%.2000s", got.code, err, got.stderr)
			}
			t.Logf("%d ms, %d MB, %d bytes of manifest, %d bytes of report", got.cpu.Milliseconds(), got.peak>>20, len(d.Data), info.Size())
			if info.Size() > maxReport || got.peak > maxPeak {
				t.Errorf("the report has %d MB, and took %d MB of memory", info.Size()>>20, got.peak>>20)
			}
		})
	}
	// Only now, because a program that is started counts what this one has in memory as its own.
	for _, i := range []int{0, last - 1, last} {
		data, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("%d.json", i)))
		if err != nil {
			t.Fatal(err)
		}
		var r assess.Report
		if err := json.Unmarshal(data, &r); err != nil {
			t.Fatal(err)
		}
		for _, q := range r.Requirements {
			for _, c := range q.Checks {
				for _, x := range c.Results {
					if x.Outcome == assess.Undeclared && len(x.Missing) == 0 || x.Outcome == assess.Gap && x.Message == "" || x.Outcome.Open() && !x.Place.Pos.IsValid() {
						t.Errorf("%s: a result of %s says nothing", docs[i].Name, q.ID)
					}
				}
			}
		}
	}
}

// oneLine is a manifest with as much of everything as there may be, on a single line.
func oneLine() []byte {
	var b strings.Builder
	list := func(name, item string) {
		fmt.Fprintf(&b, ", %s: [", name)
		for i := range source.FieldAt(manifest.Type(), name).Most {
			fmt.Fprintf(&b, item+", ", i)
		}
		b.WriteString("]")
	}
	b.WriteString("{readiness: 1, profile: full, practice: {name: P}")
	list("people", "{id: p%d}")
	list("vendors", "{id: v%d, baa: {status: executed}}")
	list("systems", "{id: s%d, vendor: v0, kind: model}")
	list("use_cases", "{id: u%d, status: live}")
	list("data_flows", "{id: f%d, from: workforce, to: s1, use_case: u0, phi: identified}")
	list("evidence", "{id: e%d}")
	b.WriteString("}\n")
	return []byte(b.String())
}
