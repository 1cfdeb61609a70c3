package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// line is the one straight line of packages. A package may import those before it.
var line = []string{
	"checklists", "internal/packed", "internal/source", "internal/manifest", "internal/manifest/manifesttest", "internal/flow", "internal/rule", "internal/checklist",
	"internal/evidence", "internal/assess", "internal/diff", "internal/redact", "internal/report/reporttest", "internal/report/*", "internal/report", "internal/cli", "cmd/readiness", "internal/bench/*",
}

// reserved are the packages that only one of ours may import, besides tests and what helps them.
var reserved = map[string]string{
	"gopkg.in/yaml.v3":                "internal/source",
	"go.yaml.in/yaml/v3":              "",
	"cel.dev/cel-go":                  "", // the tests compare with it; linking it would double the time of a start
	"github.com/spf13/cobra":          "internal/cli",
	"github.com/spf13/viper":          "internal/cli",
	"github.com/spf13/pflag":          "internal/cli",
	"github.com/charmbracelet/x/term": "internal/cli",
	"log":                             "",
	"log/slog":                        "internal/cli",
	"net/http":                        "",
	"os/exec":                         "internal/cli",
}

// helpers help tests and benchmarks, and are in no program that is handed out.
var helpers = []string{"internal/report/reporttest", "internal/bench/compare", "internal/bench/hostile"}

// rank is the place of one of our packages in the line, or -1.
func rank(pkg string) int {
	for i, p := range line {
		if ok, _ := filepath.Match(p, pkg); ok {
			return i
		}
	}
	return -1
}

// TestImports holds the line: every import of ours points to its left, and the reserved packages stay where they are.
func TestImports(t *testing.T) {
	seen := 0
	walkGo(t, func(pkg, file string, imports []string) {
		if strings.HasSuffix(file, "_test.go") || forValidators(t, file) {
			return
		}
		seen++
		for _, imp := range imports {
			if ours, ok := strings.CutPrefix(imp, "readiness/"); ok {
				checkEdge(t, file, pkg, ours)
			}
			for path, owner := range reserved {
				if (imp == path || strings.HasPrefix(imp, path+"/")) && pkg != owner && !slices.Contains(helpers, pkg) {
					t.Errorf("%s imports %s, which only %q may", file, imp, owner)
				}
			}
		}
	})
	if seen < 20 {
		t.Fatalf("only %d files were looked at", seen)
	}
}

// forValidators reports whether only tests that run validators build a file. No program does.
func forValidators(t *testing.T, file string) bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.HasPrefix(string(data), "//go:build validators\n")
}

func checkEdge(t *testing.T, file, from, to string) {
	t.Helper()
	a, b := rank(from), rank(to)
	sibling := a == b && line[max(a, 0)] == "internal/report/*" // formats share the outline
	if a < 0 || b < 0 || b >= a && !sibling {
		t.Errorf("%s: %s imports %s, which is not to its left", file, from, to)
	}
}

// TestClock keeps the clock, the environment and exits out of everything but cli and main.
func TestClock(t *testing.T) {
	for _, word := range []string{`time\.Now\(`, `os\.Getenv`, `os\.LookupEnv`, `os\.Exit`, `\brand\.`} {
		out, err := exec.Command("grep", "-rnE", "--include=*.go", "--exclude=*_test.go", "--exclude-dir=cli", "--exclude-dir=cmd", "--exclude-dir=bench", "--exclude-dir=manifesttest", "--exclude-dir=reporttest", word, "../../internal", "../../checklists").CombinedOutput()
		if len(out) > 0 {
			t.Errorf("%s outside cli:\n%s", word, out)
		} else if code := err.(*exec.ExitError).ExitCode(); code != 1 {
			t.Fatalf("grep: %v", err)
		}
	}
}

// TestNoNetwork shows that the program can't speak to a network: no package that does is linked in.
func TestNoNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "readiness/cmd/readiness").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "readiness/internal/assess") {
		t.Fatal("the list of packages is not that of the program")
	}
	for _, banned := range []string{"net/http", "net/rpc", "net/smtp", "crypto/tls"} {
		if slices.Contains(deps, banned) {
			t.Errorf("%s is linked in", banned)
		}
	}
}

// walkGo visits every Go file of the module that is not under testdata.
func walkGo(t *testing.T, visit func(pkg, file string, imports []string)) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			imports = append(imports, p)
		}
		pkg, _ := filepath.Rel(root, filepath.Dir(path))
		visit(filepath.ToSlash(pkg), filepath.ToSlash(path), imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
