//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
)

// noSockets is the variable that makes this test binary a wrapper: it forbids sockets, and becomes the program that its
// arguments name.
const noSockets = "READINESS_TEST_NO_SOCKETS"

func TestMain(m *testing.M) {
	if os.Getenv(noSockets) == "" {
		os.Exit(m.Run())
	}
	os.Unsetenv(noSockets)
	forbidSockets()
	panic(syscall.Exec(os.Args[1], os.Args[1:], os.Environ()))
}

// Of seccomp(2) and prctl(2).
const (
	prSetNoNewPrivs = 38
	prSetSeccomp    = 22
	filterMode      = 2
	killProcess     = 0x80000000
	allow           = 0x7fff0000
)

// forbidSockets makes the kernel kill this process, and whatever program it becomes, when it asks for a socket.
func forbidSockets() {
	filter := []syscall.SockFilter{
		{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS, K: 0}, // the number of the system call
		{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, Jt: 2, K: syscall.SYS_SOCKET},
		{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, Jt: 1, K: syscall.SYS_SOCKETPAIR},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: allow},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: killProcess},
	}
	program := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	runtime.LockOSThread()
	if _, _, err := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivs, 1, 0, 0, 0, 0); err != 0 {
		panic("no_new_privs: " + err.Error())
	}
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, prSetSeccomp, filterMode, uintptr(unsafe.Pointer(&program))); err != 0 {
		panic("seccomp: " + err.Error())
	}
}

// sealed is cmd where no socket can be made.
func sealed(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, append([]string{name}, args...)...)
	cmd.Env = append(os.Environ(), noSockets+"=1")
	return cmd
}

// TestNoSockets runs every command where the kernel kills a program that asks for a socket: each must do the same as it
// does elsewhere.
func TestNoSockets(t *testing.T) {
	readiness, folder := program(t), t.TempDir()
	saved := filepath.Join(folder, "saved.json")
	commands := [][]string{
		{"check", "../../examples/ready", "../../examples/riverbend", "--as-of", "2026-11-22"},
		{"check", "../../examples/ready", "--as-of", "2026-11-22", "--format", "json=" + saved},
		append([]string{"report", saved, "--output-dir", folder}, formats(t, readiness)...),
		{"validate", "../../examples/ready"},
		{"explain", "164.312(b)"},
		{"checklists", "lint", "../../internal/cli/testdata/lists/mini/1.0.0.yaml"},
		{"init", filepath.Join(folder, "new")},
		{"version"},
		{"no-such-command"},
	}
	for _, args := range commands {
		t.Run(strings.Join(args[:min(len(args), 2)], " "), func(t *testing.T) {
			inside := end(t, sealed(t, readiness, args...))
			os.RemoveAll(filepath.Join(folder, "new"))
			outside := end(t, exec.Command(readiness, args...))
			os.RemoveAll(filepath.Join(folder, "new"))
			if inside.code != outside.code || inside.code < 0 {
				t.Errorf("the exit code is %d without sockets, and %d with them\n%s", inside.code, outside.code, inside.stderr)
			}
			if diff := cmp.Diff(outside.stdout+outside.stderr, inside.stdout+inside.stderr); diff != "" {
				t.Errorf("(-with sockets +without):\n%s", diff)
			}
		})
	}
}

// formats asks for each that the program's own help names.
func formats(t *testing.T, readiness string) []string {
	t.Helper()
	help := end(t, exec.Command(readiness, "report", "--help")).stdout
	_, list, ok := strings.Cut(help, "in this FORMAT: ")
	list, _, closed := strings.Cut(list, ";")
	if !ok || !closed {
		t.Fatalf("the help names no formats:\n%s", help)
	}
	var flags []string
	for name := range strings.SplitSeq(list, ", ") {
		flags = append(flags, "--format", name)
	}
	return flags
}

// TestSeal shows that the kernel really kills what asks for a socket there.
func TestSeal(t *testing.T) {
	probe := filepath.Join(t.TempDir(), "probe.go")
	const text = "package main\nimport \"net\"\nfunc main() { l, err := net.Listen(\"tcp\", \"127.0.0.1:0\"); if err == nil { l.Close() } }\n"
	if err := os.WriteFile(probe, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file := strings.TrimSuffix(probe, ".go")
	if out, err := exec.Command("go", "build", "-o", file, probe).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if got := end(t, exec.Command(file)); got.code != 0 {
		t.Fatalf("the probe ends with %d where sockets can be made", got.code)
	}
	cmd := sealed(t, file)
	got := end(t, cmd)
	if status := cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGSYS {
		t.Errorf("a program that asks for a socket ends with %v\n%s", cmd.ProcessState, got.stderr)
	}
}
