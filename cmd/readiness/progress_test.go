//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens a new terminal: what is written to its inner end is read at the outer one.
func terminal(t *testing.T) (outer, inner *os.File) {
	t.Helper()
	outer, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { outer.Close() })
	n, err := unix.IoctlGetInt(int(outer.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(outer.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		inner, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { inner.Close() })
	return outer, inner
}

// TestProgressOnTerminal runs a check that takes much longer than two seconds, with standard error on a terminal, until it
// tells how far it is. TestProgress in internal/cli tells when, and what becomes of the line.
func TestProgressOnTerminal(t *testing.T) {
	readiness, folder := program(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "m.yaml"), []byte("readiness: 1\npractice: {name: Elm Street}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const n = 100_000
	cmd := exec.Command(readiness, append([]string{"check"}, slices.Repeat([]string{"m.yaml"}, n)...)...)
	outer, inner := terminal(t)
	cmd.Dir, cmd.Stderr = folder, inner
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { cmd.Process.Kill(); inner.Close(); outer.Close() })
	defer func() { late.Stop(); cmd.Process.Kill(); cmd.Wait() }()
	var said bytes.Buffer
	for buf := make([]byte, 1024); !strings.Contains(said.String(), fmt.Sprintf(" of %d manifests checked", n)); {
		got, err := outer.Read(buf)
		said.Write(buf[:got])
		if err != nil {
			t.Fatalf("after %s the terminal has %q: %v", time.Since(begin), &said, err)
		}
	}
	if took := time.Since(begin); took < 2*time.Second {
		t.Errorf("it told how far it is after %s, which nobody needs", took)
	}
}
