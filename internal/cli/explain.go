package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/checklist"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

func newExplain(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "explain REQUIREMENT",
		GroupID: "more",
		Short:   "Explain a requirement: the question, why it is asked, what to do",
		Example: `  readiness explain "164.308(b)(1)"
  readiness explain nist-ai-rmf/GOVERN-6.1`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := readSettings(sys, cmd)
			if err != nil {
				return err
			}
			lists, err := openAll(library(set.list("checklist-dir")))
			if err != nil {
				return exitCode{exitUsage, err}
			}
			c, r, err := findRequirement(lists, args[0])
			if err != nil {
				return err
			}
			style, err := textStyle(sys, set)
			if err != nil {
				return err
			}
			return write(sys, "", text.Explain(c, r, mappedFrom(lists, c.ID+"/"+r.ID), style))
		},
	}
	cmd.Flags().StringArray("checklist-dir", nil, "folder with checklists of your own")
	cmd.Flags().String("color", "auto", "colour: auto, always, never")
	return cmd
}

// findRequirement finds a requirement by its id, with or without its checklist, written in any common way.
func findRequirement(lists []*checklist.Checklist, want string) (*checklist.Checklist, *checklist.Requirement, error) {
	var ids []string
	for _, c := range lists {
		for _, r := range c.All() {
			if simplify(want) == simplify(r.ID) || simplify(want) == simplify(c.ID+"/"+r.ID) {
				return c, r, nil
			}
			ids = append(ids, r.ID, c.ID+"/"+r.ID)
		}
	}
	hint := source.Suggest(want, ids)
	if hint == "" {
		hint = "readiness checklists show hipaa lists them"
	}
	return nil, nil, usage("there is no requirement %q; %s", want, hint)
}

// simplify folds the ways a citation is commonly written.
func simplify(id string) string {
	id = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(id), "§"))
	id = strings.TrimPrefix(strings.TrimSpace(id), "45 cfr ")
	return strings.NewReplacer(" ", "", "-", "", "_", "", "§", "").Replace(id)
}

// mappedFrom lists the requirements that map to id.
func mappedFrom(lists []*checklist.Checklist, id string) []string {
	var from []string
	for _, c := range lists {
		for _, r := range c.All() {
			for _, m := range r.Maps {
				if m == id {
					from = append(from, c.ID+"/"+r.ID)
				}
			}
		}
	}
	return from
}

func newChecklists(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "checklists",
		GroupID: "more",
		Short:   "List and show the checklists",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the checklists that can be checked against", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := readSettings(sys, cmd)
			if err != nil {
				return err
			}
			lists, err := openAll(library(set.list("checklist-dir")))
			if err != nil {
				return exitCode{exitUsage, err}
			}
			for _, c := range lists {
				fmt.Fprintf(sys.Stdout, "%-24s %s (%s), %d requirements\n", c.ID+"@"+c.Version, c.Title, c.Source.Status, len(c.All()))
			}
			return nil
		},
	}
	show := &cobra.Command{
		Use: "show CHECKLIST", Short: "Show a checklist's requirements and where it comes from", Args: cobra.ExactArgs(1),
		Example: "  readiness checklists show hipaa\n  readiness checklists show nist-ai-rmf@1.0.0",
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := readSettings(sys, cmd)
			if err != nil {
				return err
			}
			lib := library(set.list("checklist-dir"))
			ref, err := lib.Resolve(args[0])
			if err != nil {
				return usage("%s", err)
			}
			c, err := lib.Open(ref)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			style, err := textStyle(sys, set)
			if err != nil {
				return err
			}
			return write(sys, "", text.Checklist(c, style))
		},
	}
	for _, c := range []*cobra.Command{list, show} {
		c.Flags().StringArray("checklist-dir", nil, "folder with checklists of your own")
	}
	show.Flags().String("color", "auto", "colour: auto, always, never")
	cmd.AddCommand(list, show)
	return cmd
}
