package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"readiness/internal/cli"
	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

// onTerminal runs the program with its standard output a terminal or not.
func onTerminal(terminal bool, args ...string) (code int, out, errs string) {
	var stdout, stderr bytes.Buffer
	sys := system(&stdout, &stderr)
	sys.Terminal, sys.Environ, sys.Invoked = terminal, []string{"NO_COLOR=1"}, "./readiness"
	code = cli.Main(args, sys)
	return code, stdout.String(), stderr.String()
}

// TestTextEndsWithVerdict finds at the end of a long text what has scrolled away: on a terminal, and nowhere else.
func TestTextEndsWithVerdict(t *testing.T) {
	args := []string{"check", "testdata/gap.yaml", "--checklist-dir", "testdata/lists"}
	_, plain, _ := onTerminal(false, args...)
	_, shown, _ := onTerminal(true, args...)
	again, ok := strings.CutPrefix(shown, plain)
	if !ok {
		t.Fatalf("a terminal is shown another report:\n%s", shown)
	}
	const want = `
not ready Before any PHI  1 gap, 0 undeclared of 2 (1 high)
nothing   Before launch   no requirement applies
not ready While operating 0 gaps, 1 undeclared of 1 (1 low)

Do first
 1. Sign it.
    vendors[acme].baa.status, testdata/gap.yaml:6:48; mini/M-2(a)

Full report to read or share:
  ./readiness check testdata/gap.yaml --checklist-dir testdata/lists --format html=report.html
`
	if again != want {
		t.Errorf("the text ends with\n%s\nwant\n%s", again, want)
	}
	for _, more := range []string{"html=" + filepath.Join(t.TempDir(), "x.html"), "pdf=" + filepath.Join(t.TempDir(), "x.pdf")} {
		if _, shown, errs := onTerminal(true, append(args, "--format", "text", "--format", more)...); strings.Contains(shown, "Full report") || !strings.Contains(shown, "Do first\n 1. Sign it.\n    vendors[acme].baa.status, testdata/gap.yaml:6:48; mini/M-2(a)\n") {
			t.Errorf("with --format %s the text is\n%s%s", more, shown, errs)
		}
	}
	file := filepath.Join(t.TempDir(), "report.txt")
	onTerminal(true, append(args, "--format", "text="+file)...)
	if data, err := os.ReadFile(file); err != nil || string(data) != plain {
		t.Errorf("a file has another text (%v):\n%s", err, data)
	}
}

// TestMistakesFitTheTerminal breaks what is told at spaces, as wide as the terminal is.
func TestMistakesFitTheTerminal(t *testing.T) {
	for _, args := range [][]string{
		{"check", "testdata/gap.yaml", "testdata/gap.yaml", "--format", "pdf"},
		{"validate", "../../testdata/manifests/bad/id-unknown-beside-wrong-values.yaml"},
		{"validate", "../../testdata/manifests/bad/colon-in-text.yaml"},
	} {
		var told bytes.Buffer
		sys := system(&bytes.Buffer{}, &told)
		sys.Terminal, sys.Watched, sys.WatchedWidth = true, true, 40
		if code := cli.Main(args, sys); code != 2 {
			t.Errorf("%q: the exit code is %d", args, code)
		}
		for line := range strings.SplitSeq(told.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > 40 && strings.Contains(line, " ") {
				t.Errorf("%q: a line has %d columns: %s", args, n, line)
			}
		}
	}
	_, _, errs := onTerminal(true, "check", "testdata/gap.yaml", "testdata/gap.yaml", "--format", "pdf")
	if !strings.HasSuffix(errs, "to write a report of each as pdf, add --output-dir FOLDER\n") {
		t.Errorf("of many, a terminal is told %q", errs)
	}
}

// TestTerminalShowsText refuses to write to a terminal what is no text, and that alone.
func TestTerminalShowsText(t *testing.T) {
	for _, f := range report.Formats(text.Style{}, outline.Brand{}) {
		args := []string{"check", "testdata/gap.yaml", "--checklist-dir", "testdata/lists", "--format", f.Name}
		code, piped, errs := onTerminal(false, args...)
		if code != 1 {
			t.Fatalf("%s: the exit code is %d: %s", f.Name, code, errs)
		}
		code, shown, errs := onTerminal(true, args...)
		if utf8.ValidString(piped) && code == 1 && shown != "" {
			continue
		}
		want := "readiness: --format " + f.Name + ": a terminal can't show it; name a file for it: --format " + f.Name + "=report" + f.Ext + "\n"
		if code != 2 || shown != "" || errs != want {
			t.Errorf("%s on a terminal: exit code %d, standard error %q, want %q", f.Name, code, errs, want)
		}
	}
}
