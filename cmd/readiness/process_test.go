//go:build linux

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"readiness/internal/manifest"
	"readiness/internal/manifest/manifesttest"
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
