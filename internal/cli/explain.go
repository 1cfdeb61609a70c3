package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/checklist"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

func newExplain(sys System) *cobra.Command {
	rules := false
	cmd := &cobra.Command{
		Use:     "explain REQUIREMENT",
		GroupID: "more",
		Short:   "Explain a requirement: the question, why it is asked, what to do",
		Long: `Explain a requirement: the question, why it is asked, what to do.

Put an id with brackets in quotes, or leave the brackets out. --rules adds the expressions
by which the requirement is checked.`,
		Example: `  readiness explain "164.308(b)(1)"
  readiness explain 164.308b1 --rules
  readiness explain nist-ai-rmf/GOVERN-6.1`,
		Args: takes(1, 4), // a citation may have spaces
		RunE: func(cmd *cobra.Command, args []string) error {
			library, style, err := browse(sys, cmd)
			if err != nil {
				return err
			}
			lists, err := openAll(library)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			c, r, err := findRequirement(lists, strings.Join(args, " "))
			if err != nil {
				return err
			}
			_, err = sys.Stdout.Write(text.Explain(c, r, mappedFrom(lists, c.ID+"/"+r.ID), rules, style))
			return err
		},
	}
	browseFlags(cmd)
	cmd.Flags().BoolVar(&rules, "rules", false, "show the expressions of the checks too")
	return cmd
}

// browseFlags are the flags of commands that show checklists.
func browseFlags(cmd *cobra.Command) {
	folderFlag(cmd)
	colorFlag(cmd)
	completeWords(cmd)
}

// browse reads what browseFlags say.
func browse(sys System, cmd *cobra.Command) (checklist.Library, text.Style, error) {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return checklist.Library{}, text.Style{}, err
	}
	style, err := textStyle(sys, set)
	if err != nil {
		return checklist.Library{}, style, err
	}
	library, err := set.library()
	return library, style, err
}

// findRequirement finds a requirement by its id, with or without its checklist, written in any common way. Without its
// brackets it is found if it is the only such one of its checklist.
func findRequirement(lists []*checklist.Checklist, want string) (*checklist.Checklist, *checklist.Requirement, error) {
	var ids, near []string
	var list *checklist.Checklist
	var found *checklist.Requirement
	for _, c := range lists {
		for _, r := range c.All() {
			full := c.ID + "/" + r.ID
			if simplify(want) == simplify(r.ID) || simplify(want) == simplify(full) {
				return c, r, nil
			}
			if (list == nil || list == c) && (bare(want) == bare(r.ID) || bare(want) == bare(full)) {
				list, found, near = c, r, append(near, full)
			}
			ids = append(ids, r.ID, full)
		}
	}
	hint := source.Suggest(want, ids)
	switch {
	case len(near) == 1:
		return list, found, nil
	case len(near) > 1:
		hint = "it can be " + strings.Join(near, " or ")
	case hint == "":
		hint = "readiness checklists show CHECKLIST lists the ids"
	}
	return nil, nil, usage("there is no requirement %q; %s", want, hint)
}

// simplify folds the ways a citation is commonly written.
func simplify(id string) string {
	id = strings.NewReplacer("c.f.r.", "cfr", " ", "", "-", "", "_", "", "§", "", `"`, "", "'", "", "“", "", "”", "").Replace(strings.ToLower(id))
	return strings.TrimPrefix(id, "45cfr")
}

// bare is an id without what a shell takes for its own.
func bare(id string) string { return strings.NewReplacer("(", "", ")", "").Replace(simplify(id)) }

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
		Short:   "List, show, compare, lint and test checklists",
		Args:    knownCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newChecklistsList(sys), newChecklistsShow(sys), newChecklistsCoverage(sys), newChecklistsDiff(sys), newChecklistsLint(sys), newChecklistsTest(sys))
	return cmd
}

func newChecklistsList(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the checklists that can be checked against",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := readSettings(sys, cmd)
			if err != nil {
				return err
			}
			library, err := set.library()
			if err != nil {
				return err
			}
			lists, err := openAll(library)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			for _, c := range lists {
				say(sys.Stdout, "%-24s %s (%s), %s", c.ID+"@"+c.Version, c.Title, c.Source.Status, outline.Count(len(c.All()), "requirement"))
			}
			return nil
		},
	}
	folderFlag(cmd)
	return cmd
}

func newChecklistsShow(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show CHECKLIST",
		Short:   "Show a checklist's requirements and where it comes from",
		Args:    takes(1, 1),
		Example: "  readiness checklists show hipaa\n  readiness checklists show nist-ai-rmf@1.0.0",
		RunE: func(cmd *cobra.Command, args []string) error {
			library, style, err := browse(sys, cmd)
			if err != nil {
				return err
			}
			c, err := openNamed(library, args[0])
			if err != nil {
				return err
			}
			_, err = sys.Stdout.Write(text.Checklist(c, style))
			return err
		},
	}
	browseFlags(cmd)
	return cmd
}
