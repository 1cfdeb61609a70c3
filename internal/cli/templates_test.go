package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/cli"
	"readiness/internal/manifest"
	"readiness/internal/source"
)

// run runs the command line without a terminal, on 2026-11-22.
func run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = cli.Main(args, system(&out, &errs))
	return code, out.String(), errs.String()
}

func system(out, errs *bytes.Buffer) cli.System {
	return cli.System{
		Stdin: strings.NewReader(""), Stdout: out, Stderr: errs,
		Now: func() time.Time { return time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC) },
	}
}

func templateFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("templates/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	return files
}

func check(t *testing.T, file, profile string) *assess.Report {
	t.Helper()
	code, out, errs := run(t, "check", file, "--profile", profile, "--format", "json")
	if code != 1 {
		t.Fatalf("the exit code is %d, want 1: %s", code, errs)
	}
	var r assess.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

// A fresh template claims nothing: no requirement is met by it, and none is contradicted.
func TestTemplatesClaimNothing(t *testing.T) {
	for _, file := range templateFiles(t) {
		for _, profile := range []string{"core", "standard", "full"} {
			t.Run(filepath.Base(file)+"/"+profile, func(t *testing.T) {
				r := check(t, file, profile)
				if r.Counts.Met+r.Counts.Attested+r.Counts.Gap != 0 || r.Counts.Undeclared == 0 {
					t.Errorf("a fresh template comes to %+v, want undeclared ones only", r.Counts)
				}
			})
		}
	}
}

// Every fact that the profile core waits for has its line in a template, to be filled in.
func TestTemplatesAskForWhatCoreNeeds(t *testing.T) {
	// The second vendor's lines are to be copied from the first's, only data that is de-identified needs a method, and
	// only an answer other than implemented a rationale.
	elsewhere := regexp.MustCompile(`^vendors\[(ehr|schedule)-vendor\]\.|\.deidentification\.|^safeguards\..*\.rationale$`)
	for _, file := range templateFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc := decode(t, file)
			for _, path := range missing(check(t, file, "core")) {
				if doc.File.Pos(path) == doc.File.Pos(source.Parent(path)) && !elsewhere.MatchString(path) {
					t.Errorf("there is no line for %s", path)
				}
			}
		})
	}
}

// missing lists the paths that a report waits for.
func missing(r *assess.Report) []string {
	var paths []string
	for _, q := range r.Requirements {
		for _, c := range q.Checks {
			for _, result := range c.Results {
				for _, m := range result.Missing {
					paths = append(paths, m.Path)
				}
			}
		}
	}
	return paths
}

func decode(t *testing.T, file string) *manifest.Doc {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.Decode(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A template has every section of a manifest, in the order in which the manifest's type has them.
func TestTemplatesHaveEverySection(t *testing.T) {
	section := regexp.MustCompile(`(?m)^([a-z_]+):`)
	for _, file := range templateFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range section.FindAllSubmatch(data, -1) {
			got = append(got, string(m[1]))
		}
		if diff := cmp.Diff(manifest.Type().Keys(), got); diff != "" {
			t.Errorf("%s: sections mismatch (-want +got)\n%s", file, diff)
		}
	}
}
