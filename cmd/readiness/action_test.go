//go:build !validators

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAction runs the step of action.yml as a runner does, with inputs that are hostile too.
func TestAction(t *testing.T) {
	script, err := filepath.Abs("../../.ci/action")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		inputs []string
		code   int
		want   string // in the output
	}{
		{"defaults", nil, 1, "\n::error file=readiness.yaml,"},
		{"never", []string{"FAIL_ON=never"}, 0, "\n::error file=readiness.yaml,"},
		{"formats and a folder", []string{"PATH=.", "FORMAT=text\njson=out.json\n", "AS_OF=2026-11-22"}, 1, "Checked as of 2026-11-22"},
		{"a baseline", []string{"FORMAT=text", "BASELINE=readiness.yaml"}, 0, "Only what is new or worse"},
		{"a wrong word", []string{"FAIL_ON=urgent"}, 2, `"urgent" is not known`},
		{"commands in an input", []string{"PATH=$(touch pwned); `touch pwned`"}, 2, "there is no file or folder"},
		{"a flag in an input", []string{"PATH=--exit-zero"}, 2, "there is no file or folder --exit-zero"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			copyTree(t, "../../examples/riverbend", folder)
			output := filepath.Join(t.TempDir(), "output")
			cmd := exec.Command("bash", script)
			cmd.Dir, cmd.Env = folder, append(os.Environ(), "GITHUB_OUTPUT="+output, "SOURCE_DATE_EPOCH=1795305600", "GITHUB_STEP_SUMMARY=")
			for _, input := range test.inputs {
				cmd.Env = append(cmd.Env, "INPUT_"+input)
			}
			out, err := cmd.CombinedOutput()
			code := 0
			var failed *exec.ExitError
			if errors.As(err, &failed) {
				code = failed.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if code != test.code || !strings.Contains(string(out), test.want) {
				t.Errorf("the exit code is %d, want %d, and the output should hold %q:\n%s", code, test.code, test.want, out)
			}
			told, err := os.ReadFile(output)
			if want := "exit-code=" + string(rune('0'+test.code)) + "\n"; err != nil || string(told) != want {
				t.Errorf("the output is %q, want %q, %v", told, want, err)
			}
			if _, err := os.Stat(filepath.Join(folder, "pwned")); err == nil {
				t.Error("an input was run")
			}
		})
	}
}

// TestPinned wants every action that a workflow, the action or a page names to be named by the full hash of a commit, and
// wants no job to have more rights than it says.
func TestPinned(t *testing.T) {
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses: (\S+)`)
	pinned := regexp.MustCompile(`^(\./|[\w.-]+/[\w./-]+@([0-9a-f]{40}|FULL_COMMIT_HASH)$)`)
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no workflow, %v", err)
	}
	n := 0
	for _, file := range append(files, "../../action.yml", "../../docs/ci.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range uses.FindAllStringSubmatch(string(text), -1) {
			n++
			if !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s, which is not pinned", file, m[1])
			}
		}
		if strings.Contains(file, "workflows") && !strings.Contains(string(text), "\npermissions: {}\n") {
			t.Errorf("%s doesn't take all rights away before it gives some", file)
		}
	}
	if n < 10 {
		t.Errorf("only %d actions were looked at", n)
	}
}
