package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/report"
	"readiness/internal/source"
)

func newValidate(sys System) *cobra.Command {
	return &cobra.Command{
		Use:     "validate [FILE | FOLDER | -]...",
		GroupID: "main",
		Short:   "Read a manifest and report every mistake in it, without checking anything",
		Example: "  readiness validate\n  readiness validate clients/riverbend/readiness.yaml\n  readiness validate clients/*/",
		Args:    takes(0, math.MaxInt),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{""}
			}
			var problems source.Problems
			unread := false
			for _, arg := range args {
				in, err := readManifest(sys, arg)
				var found source.Problems
				switch {
				case errors.As(err, &found):
					problems = append(problems, found...)
				case err != nil:
					complain(sys, err)
					unread = true
				default:
					for _, notice := range in.doc.LooksLikePHI() {
						say(sys.Stderr, "readiness: %s", notice)
					}
					say(sys.Stdout, "%s reads well. That says nothing about what it declares: run %s check.", in.doc.File.Name, sys.command())
					if !in.doc.Practice.Name.Declared() {
						say(sys.Stdout, "It doesn't name the practice yet: %s.", in.doc.File.Pos("practice.name"))
					}
				}
			}
			if len(problems) > 0 {
				return exitCode{exitUsage, problems}
			}
			if unread {
				return exitCode{code: exitUsage}
			}
			return nil
		},
	}
}

func newSchema(sys System) *cobra.Command {
	return &cobra.Command{
		Use:     "schema [manifest | report | summary | diff]",
		GroupID: "more",
		Short:   "Print the JSON Schema of manifests or of what is written as JSON",
		Long: `Print the JSON Schema (2020-12) of manifests, for completion and hover text in an
editor, or of what --format json writes: the report of a practice, the summary of
several, and what readiness diff shows.`,
		Example:   "  readiness schema > readiness.schema.json",
		ValidArgs: []string{"manifest", "report", "summary", "diff"},
		Args:      takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var data []byte
			switch strings.Join(args, "") {
			case "", "manifest":
				data = manifest.Schema()
			case "report":
				data = report.Schema()
			case "summary":
				data = report.SummarySchema()
			case "diff":
				data = report.DiffSchema()
			default:
				return usage("there is no schema %q; %s", args[0], choose(args[0], cmd.ValidArgs))
			}
			_, err := sys.Stdout.Write(data)
			return err
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
		Args:    takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			lists, err := checklist.ShippedDigests()
			if err != nil {
				return exitCode{exitInternal, err}
			}
			if asJSON {
				return printVersionJSON(sys, lists)
			}
			tool := newTool()
			commit := ""
			if tool.Commit != "" {
				commit = fmt.Sprintf(" (%.12s)", tool.Commit)
			}
			say(sys.Stdout, "readiness %s%s", tool.Version, commit)
			for _, l := range lists {
				say(sys.Stdout, "  %s  sha256 %s", l.Ref, l.SHA256)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return cmd
}

func printVersionJSON(sys System, lists []checklist.Digest) error {
	out := struct {
		assess.Tool
		Checklists []checklist.Digest `json:"checklists"`
	}{newTool(), lists}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return exitCode{exitInternal, err}
	}
	_, err = sys.Stdout.Write(append(data, '\n'))
	return err
}

// openNamed opens the checklist that someone names.
func openNamed(library checklist.Library, want string) (*checklist.Checklist, error) {
	ref, err := library.Resolve(want)
	if err != nil {
		return nil, usage("%s", err)
	}
	c, err := library.Open(ref)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return c, nil
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
