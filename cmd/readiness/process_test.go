//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

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
	peak           int64 // bytes of memory
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
	return ending{cmd.ProcessState.ExitCode(), out.String(), errs.String(), time.Since(begin), usage.Maxrss * 1024}
}

// maxPeak is the memory that no manifest up to the size limit may make the program take.
const maxPeak = 256 << 20

// TestHostileManifests checks manifests that are made to take long or to fill memory. None may crash the program or take
// more than maxPeak; what takes more than linear time runs into the limit of a minute.
func TestHostileManifests(t *testing.T) {
	readiness, folder := program(t), t.TempDir()
	const head = "readiness: 1\npractice: {name: Elm Street}\n"
	for _, test := range []struct {
		name, text string
		code       int
	}{
		{"bomb", bomb(), 2},
		{"ten megabytes on a line", "practice: {name: \"" + strings.Repeat("x", 10<<20) + "\"}", 2},
		{"a megabyte on a line", head + "deployment: {name: \"" + strings.Repeat("x", source.MaxBytes-100) + "\"}\n", 1},
		{"deep", head + "deployment: " + strings.Repeat("[", source.MaxBytes-100), 2},
		{"deep and closed", head + "deployment: " + strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000), 2},
		{"60,000 keys", head + many(60_000, "key%d: 1\n"), 2},
		{"60,000 times one key", head + strings.Repeat("people: []\n", 60_000), 2},
		{"not UTF-8", head + "deployment: {name: \"\xff\xfe\"}\n", 2},
		{"NUL", head + "deployment: {name: \"a\x00b\"}\n", 2},
		{"bidi", head + "deployment: {name: \"a\u202eb\"}\n", 1},
		{"huge number", head + "pilot: 1\ndeployment: {pilot: {cases: " + strings.Repeat("9", 100_000) + "}}\n", 2},
		{"huge date", head + "deployment: {first_phi_on: 99999999-99-99}\n", 2},
		{"huge span", head + "vendors: [{id: a, retention: {records: 999999y}}]\n", 1},
		{"a circle", head + circle(300), 1},
		{"a circle too large", head + circle(3000), 2},
		{"a knot", head + knot(40, 300), 1},
		{"subprocessors in a circle", head + "vendors:\n" + subprocessors(1000), 1},
		{"1,000 vendors", head + "vendors:\n" + many(1000, "  - {id: v%d, name: V}\n"), 1},
		{"5,000 vendors", head + "vendors:\n" + many(5000, "  - {id: v%d, name: V}\n"), 2},
		{"much of everything", everything(), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(folder, strings.ReplaceAll(test.name, " ", "-")+".yaml")
			if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx := t.Context()
			got := end(t, exec.CommandContext(ctx, "timeout", "60", readiness, "check", file))
			t.Logf("%d ms, %d MB, %d bytes of manifest", got.took.Milliseconds(), got.peak>>20, len(test.text))
			if got.code != test.code || strings.Contains(got.stderr, "goroutine") {
				t.Errorf("the exit code is %d, want %d\n%.2000s", got.code, test.code, got.stderr)
			}
			if got.peak > maxPeak {
				t.Errorf("it took %d MB", got.peak>>20)
			}
			if strings.ContainsAny(got.stdout+got.stderr, "\x00\u202e") {
				t.Error("what steers a terminal came through")
			}
		})
	}
}

func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// bomb would have a billion items if its aliases were followed.
func bomb() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		text += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	return text
}

// circle is a chain of systems that each hand on to the next, and the last to the first.
func circle(n int) string {
	var b strings.Builder
	b.WriteString("systems:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: s%d, kind: application}\n", i)
	}
	b.WriteString("data_flows:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: f%d, from: s%d, to: s%d, phi: identified}\n", i, i, (i+1)%n)
	}
	return b.String()
}

// knot is a graph in which every system sends to several others.
func knot(systems, n int) string {
	var b strings.Builder
	b.WriteString("systems:\n")
	for i := range systems {
		fmt.Fprintf(&b, "  - {id: s%d, kind: model}\n", i)
	}
	b.WriteString("data_flows:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: f%d, from: s%d, to: s%d, phi: identified}\n", i, i%systems, (i*7+i/systems)%systems)
	}
	return b.String()
}

// subprocessors are vendors that each have the next as theirs, and the last the first.
func subprocessors(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  - {id: v%d, subprocessors: [{name: v%d}]}\n", i, (i+1)%n)
	}
	return b.String()
}

// everything has long lists of all that flows and rules go through, within the limit of size.
func everything() string {
	const n = 290
	return "readiness: 1\npractice: {name: Elm Street}\npeople:\n" + many(1000, "  - {id: p%d}\n") +
		"vendors:\n" + many(n, "  - {id: v%d, baa: {status: executed}}\n") +
		"systems:\n" + many(n, "  - {id: s%[1]d, vendor: v%[1]d, kind: model}\n") +
		"use_cases:\n" + many(n, "  - {id: u%[1]d, system: s%[1]d, status: live}\n") +
		"data_flows:\n" + many(n, "  - {id: f%[1]d, from: workforce, to: s%[1]d, use_case: u%[1]d, phi: identified}\n") +
		"evidence:\n" + many(1000, "  - {id: e%[1]d, file: e%[1]d.pdf}\n") +
		"prompts:\n" + many(1000, "  - {id: q%d}\n") +
		"risks:\n" + many(n, "  - {id: r%[1]d, use_case: u%[1]d}\n")
}
