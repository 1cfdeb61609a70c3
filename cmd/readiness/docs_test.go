//go:build !validators

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocs runs what the README and the pages in docs tell a reader to type: every block marked sh, line by line, in a
// copy of the project with the program beside it. Output, other files and other programs' settings are marked otherwise.
func TestDocs(t *testing.T) {
	program := filepath.Join(t.TempDir(), "readiness")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 4 {
		t.Fatalf("there are %d pages in docs, %v", len(pages), err)
	}
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		script := script(commands(string(text)))
		if script == "" {
			continue
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			folder := workplace(t, program)
			cmd := exec.Command("sh", "-u")
			cmd.Dir, cmd.Stdin = folder, strings.NewReader(script)
			cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795305600", "GOFLAGS=-buildvcs=false -trimpath") // so that a copy is compiled no more than once
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestReadme holds the output that the README shows against what the program prints.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "```text\n")
	block, _, found := strings.Cut(block, "\n```")
	if !found {
		t.Fatal("the README shows no output")
	}
	cmd := exec.Command("go", "run", "./cmd/readiness", "check", "examples/riverbend", "--as-of", "2026-11-22")
	cmd.Dir = "../.."
	out, _ := cmd.Output() // it finds gaps
	for shown := range strings.SplitSeq(block, "\n\n") {
		if !strings.Contains(string(out), shown) {
			t.Errorf("this is not what it prints:\n%s", shown)
		}
	}
}

// commands are the lines of the blocks marked sh. One that ends in a backslash goes on.
func commands(page string) []string {
	var lines []string
	inside, open := false, false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```sh"
		case inside && open:
			lines[len(lines)-1] += "\n" + line
		case inside && strings.TrimSpace(line) != "":
			lines = append(lines, line)
		}
		open = inside && strings.HasSuffix(line, `\`)
	}
	return lines
}

// script runs commands one after the other and stops at the first that goes wrong. What checks a practice may find gaps;
// the tests are running already.
func script(commands []string) string {
	var b strings.Builder
	for _, c := range commands {
		if strings.HasPrefix(c, "go test ./...") {
			continue
		}
		allowed := "0"
		if strings.Contains(c, "readiness check ") || strings.Contains(c, "readiness diff ") {
			allowed = "[01]"
		}
		fmt.Fprintf(&b, "%s\ncode=$?\ncase $code in %s) ;; *) printf 'exit code %%s of: %%s\\n' $code %s; exit 1;; esac\n", c, allowed, quote(c))
	}
	return b.String()
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// workplace is a copy of the project, as a repository, in which a practice's files lie too, in the folder itself and as
// clients/riverbend and clients/elm, beside the brand of a firm.
func workplace(t *testing.T, program string) string {
	t.Helper()
	folder := t.TempDir()
	copyTree(t, "../..", folder)
	for _, to := range []string{".", "clients/riverbend", "clients/elm"} {
		copyTree(t, "../../examples/riverbend", filepath.Join(folder, to))
	}
	if err := os.WriteFile(filepath.Join(folder, "brand.yaml"), []byte("firm: Alder and Finch\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "readiness"), data, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"}, {"add", "-A"}, {"-c", "user.name=Elm", "-c", "user.email=elm@example.org", "commit", "-q", "-m", "all"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
	return folder
}

// TestCommands holds what commands makes of a page.
func TestCommands(t *testing.T) {
	got := commands("a\n```sh\none\ntwo \\\n  more\n\n```\nb\n```yaml\nno: 1\n```\n```sh\nthree\n```\n")
	want := []string{"one", "two \\\n  more", "three"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the commands are %q, want %q", got, want)
	}
	var out bytes.Buffer
	cmd := exec.Command("sh")
	cmd.Stdin, cmd.Stdout = strings.NewReader(script([]string{"true", "false", "echo never"})), &out
	if err := cmd.Run(); err == nil || out.String() != "exit code 1 of: false\n" {
		t.Errorf("a command that fails is passed over: %v %s", err, &out)
	}
}
