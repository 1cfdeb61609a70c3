package cli

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"readiness/checklists"
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/report"
)

func newValidate(sys System) *cobra.Command {
	return &cobra.Command{
		Use:     "validate [FILE | FOLDER | -]",
		GroupID: "main",
		Short:   "Read a manifest and report every mistake in it, without checking anything",
		Example: "  readiness validate\n  readiness validate clients/riverbend/readiness.yaml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			in, err := readManifest(sys, strings.Join(args, ""))
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(sys.Stdout, "%s reads well. That says nothing about what it declares: run readiness check.\n", in.doc.File.Name)
			return err
		},
	}
}

func newSchema(sys System) *cobra.Command {
	return &cobra.Command{
		Use:     "schema [manifest | report]",
		GroupID: "more",
		Short:   "Print the JSON Schema of manifests or of JSON reports",
		Long: `Print the JSON Schema (2020-12) of manifests, for completion and hover text in an
editor, or of the reports that --format json writes.`,
		Example:   "  readiness schema > readiness.schema.json",
		ValidArgs: []string{"manifest", "report"},
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		RunE: func(_ *cobra.Command, args []string) error {
			data := manifest.Schema()
			if len(args) == 1 && args[0] == "report" {
				data = report.Schema()
			}
			return write(sys, "", data)
		},
	}
}

// newTool describes this program, from what the Go toolchain recorded when it was built.
func newTool() assess.Tool {
	tool := assess.Tool{Name: "readiness", Version: "devel"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return tool
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		tool.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			tool.Commit = s.Value
		}
	}
	return tool
}

func newVersion(sys System) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "version",
		GroupID: "tool",
		Short:   "Print the version of the tool, and the versions and digests of its checklists",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			lists, err := shipped()
			if err != nil {
				return exitCode{exitInternal, err}
			}
			if asJSON {
				return printVersionJSON(sys, lists)
			}
			tool := newTool()
			fmt.Fprintf(sys.Stdout, "readiness %s", tool.Version)
			if tool.Commit != "" {
				fmt.Fprintf(sys.Stdout, " (%.12s)", tool.Commit)
			}
			fmt.Fprintln(sys.Stdout)
			for _, c := range lists {
				fmt.Fprintf(sys.Stdout, "  %s@%s  sha256 %s\n", c.ID, c.Version, c.Digest)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return cmd
}

func printVersionJSON(sys System, lists []*checklist.Checklist) error {
	type entry struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		SHA256  string `json:"sha256"`
	}
	out := struct {
		assess.Tool
		Checklists []entry `json:"checklists"`
	}{newTool(), []entry{}}
	for _, c := range lists {
		out.Checklists = append(out.Checklists, entry{c.ID, c.Version, c.Digest})
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return exitCode{exitInternal, err}
	}
	return write(sys, "", append(data, '\n'))
}

// shipped reads every checklist that ships with the tool.
func shipped() ([]*checklist.Checklist, error) {
	return openAll(checklist.NewLibrary(checklists.FS()))
}

func openAll(library checklist.Library) ([]*checklist.Checklist, error) {
	refs, err := library.List()
	if err != nil {
		return nil, err
	}
	var lists []*checklist.Checklist
	for _, ref := range refs {
		c, err := library.Open(ref)
		if err != nil {
			return nil, err
		}
		lists = append(lists, c)
	}
	return lists, nil
}

// helpTopics are pages of help that are not commands.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: `Exit codes of readiness. They never depend on the format.

  0  nothing due at or above --fail-on is open
  1  something is
  2  bad usage, or a manifest, checklist or setting that can't be read or is invalid
  3  an internal error, or a report that could not be written
  4  nothing was assessed: no requirement applies

--exit-zero turns 1 into 0. What is due follows from deployment.stage: planning and
pilot, the requirements that come before any PHI; production, all. --gate overrides
it. A finding under an exception in force doesn't count; --no-exceptions counts it.
Proposed rules never count.`},
		{Use: "outcomes", Short: "What the outcomes of a requirement mean", Long: `Outcomes of a requirement.

  met             every fact it needs is declared, and good
  attested        a named person stated it, in date
  gap             a declared fact contradicts it, is out of date, or is contradicted
                  by an evidence file
  undeclared      the manifest doesn't say; the report names what would settle it
  not applicable  declared facts show that it doesn't apply
  not selected    outside the chosen profile

Only the first two count as ready. A requirement takes the worst outcome of its
checks. The word unknown, and an empty value, are undeclared.`},
		{Use: "environment", Short: "Settings in variables and in .readiness.yaml", Long: `Settings come from flags, then from these variables, then from .readiness.yaml in the
current folder, then from the manifest. A report names each setting that came from a
variable or a file.

  READINESS_CHECKLIST      checklist       checklists, separated by commas
  READINESS_CHECKLIST_DIR  checklist-dir   folders with checklists of your own
  READINESS_PROFILE        profile         core, standard, full
  READINESS_AS_OF          as-of           the day to check as of
  READINESS_HORIZON        horizon         days ahead in which due dates are listed
  READINESS_FAIL_ON        fail-on         critical, high, medium, low
  READINESS_GATE           gate            before_phi, before_launch, operating
  READINESS_COLOR          color           auto, always, never

NO_COLOR turns colour off. SOURCE_DATE_EPOCH sets the day when as-of doesn't.`},
	}
}
