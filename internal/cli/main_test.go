package cli_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"readiness/internal/cli"
)

// On a terminal text is in colour and as wide as it; what goes to a file is neither.
func TestColor(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.txt")
	for _, test := range []struct {
		name     string
		terminal bool
		environ  []string
		args     []string
		want     bool
	}{
		{"pipe", false, nil, nil, false},
		{"terminal", true, nil, nil, true},
		{"terminal, NO_COLOR", true, []string{"NO_COLOR=1"}, nil, false},
		{"terminal, empty NO_COLOR", true, []string{"NO_COLOR="}, nil, true},
		{"dumb terminal", true, []string{"TERM=dumb"}, nil, false},
		{"terminal, never", true, nil, []string{"--color", "never"}, false},
		{"terminal, READINESS_COLOR=never", true, []string{"READINESS_COLOR=never"}, nil, false},
		{"pipe, always", false, nil, []string{"--color", "always"}, true},
		{"pipe, NO_COLOR, always", false, []string{"NO_COLOR=1"}, []string{"--color", "always"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			sys := system(&out, &errs)
			sys.Terminal, sys.Width, sys.Environ = test.terminal, 100, test.environ
			args := []string{"check", "testdata/gap.yaml", "--checklist-dir", "testdata/lists", "--format", "text=" + file, "--format", "text"}
			if code := cli.Main(append(args, test.args...), sys); code != 1 {
				t.Fatalf("the exit code is %d, want 1: %s", code, &errs)
			}
			if got := strings.Contains(out.String(), "\x1b["); got != test.want {
				t.Errorf("colour on standard output: %t, want %t", got, test.want)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(data, []byte("\x1b")) {
				t.Error("there are escape bytes in the file")
			}
		})
	}
}

// Without any setting the day is today, wherever the practice is.
func TestAsOfIsTodayByDefault(t *testing.T) {
	var out, errs bytes.Buffer
	sys := system(&out, &errs)
	sys.Now = func() time.Time { return time.Date(2026, 5, 6, 23, 30, 0, 0, time.FixedZone("west", -8*3600)) }
	cli.Main([]string{"check", "testdata/gap.yaml", "--checklist-dir", "testdata/lists"}, sys)
	if !strings.Contains(out.String(), "Checked as of 2026-05-06 ") {
		t.Errorf("the report is not as of today:\n%.300s", &out)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) {
	if w.err == nil {
		panic("a defect")
	}
	return 0, w.err
}

// What can't be read or written ends with a message and a code, never with a trace for a mistake of the world's.
func TestFailures(t *testing.T) {
	for _, test := range []struct {
		name   string
		args   []string
		stdin  io.Reader
		stdout io.Writer
		code   int
		want   string
	}{
		{"standard output", []string{"version"}, nil, failingWriter{errors.New("the disk is gone")}, 3,
			"readiness: standard output could not be written: the disk is gone\n"},
		{"standard output of a report", []string{"check", "testdata/gap.yaml", "--checklist-dir", "testdata/lists"}, nil,
			failingWriter{errors.New("the disk is gone")}, 3, "readiness: standard output could not be written: the disk is gone\n"},
		{"standard input", []string{"check", "-"}, iotest.ErrReader(errors.New("the line is dead")), io.Discard, 2, "readiness: standard input can't be read: the line is dead\n"},
		{"a defect", []string{"version"}, nil, failingWriter{}, 3, "readiness: internal error: a defect\nThis is a defect of readiness, not of your files."},
	} {
		t.Run(test.name, func(t *testing.T) {
			var errs bytes.Buffer
			sys := cli.System{Stdin: test.stdin, Stdout: test.stdout, Stderr: &errs, Now: time.Now}
			if code := cli.Main(test.args, sys); code != test.code {
				t.Errorf("the exit code is %d, want %d", code, test.code)
			}
			if got := errs.String(); !strings.HasPrefix(got, test.want) {
				t.Errorf("standard error is\n%swant\n%s", got, test.want)
			}
		})
	}
}
