package cli_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"readiness/internal/cli"
	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

var update = flag.Bool("update", false, "rewrite what the pages and golden files expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"readiness": func() { os.Exit(cli.Main(os.Args[1:], cli.OS())) },
	})
}

// TestScript runs the pages in testdata/script: one behaviour of the command line each.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               setup,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "formats": formats, "follows": follows},
		Condition:           condition,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
	})
}

// condition knows [root]: whoever is root may write and read everywhere.
func condition(name string) (bool, error) {
	if name == "root" {
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("there is no condition %q", name)
}

// setup gives pages the day, the examples and a small checklist. They only read those.
func setup(env *testscript.Env) error {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		return err
	}
	lists, err := filepath.Abs("testdata/lists")
	env.Setenv("EXAMPLES", examples)
	env.Setenv("LISTS", lists)
	env.Setenv("SOURCE_DATE_EPOCH", "1795305600") // 2026-11-22
	return err
}

// exits is the command "exits CODE PROGRAM ARGUMENT...": it runs a program, which must end with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &failed):
		got = failed.ExitCode()
	default:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("the exit code is %d, want %d", got, want)
	}
}

// formats is the command "formats CODE PROGRAM ARGUMENT...": like exits, with every format in place of FORMAT. A report
// goes to standard output unless nothing could be checked or written.
func formats(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	for _, f := range report.Formats(text.Style{}, outline.Brand{}) {
		with := make([]string, len(args))
		for i, arg := range args {
			with[i] = strings.ReplaceAll(arg, "FORMAT", f.Name)
			if with[i] != arg {
				n++
			}
		}
		ts.Logf("%s", f.Name)
		exits(ts, neg, with)
		if wrote, due := ts.ReadFile("stdout") != "", args[0] != "2" && args[0] != "3"; wrote != due {
			ts.Fatalf("%s: a report on standard output: %t, want %t", f.Name, wrote, due)
		}
	}
	if n == 0 {
		ts.Fatalf("no argument says FORMAT")
	}
}

// follows is the command "follows SCHEMA FILE...": it validates JSON files against a published schema: report, summary or
// diff.
func follows(ts *testscript.TestScript, neg bool, args []string) {
	schemas := map[string]func() []byte{"report": report.Schema, "summary": report.SummarySchema, "diff": report.DiffSchema}
	if neg || len(args) < 2 || schemas[args[0]] == nil {
		ts.Fatalf("usage: follows SCHEMA FILE...")
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemas[args[0]]()))
	ts.Check(err)
	c := jsonschema.NewCompiler()
	ts.Check(c.AddResource("schema.json", doc))
	schema, err := c.Compile("schema.json")
	ts.Check(err)
	for _, file := range args[1:] {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(file)))
		ts.Check(err)
		ts.Check(schema.Validate(doc))
	}
}
