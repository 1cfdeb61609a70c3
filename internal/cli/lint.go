package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"readiness/internal/checklist"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

func newChecklistsLint(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint FILE | CHECKLIST",
		Short: "Report what is wrong or doubtful in a checklist you write",
		Long: `Report what is wrong or doubtful in a checklist you write: mistakes in its form and its
expressions, rules that read nothing, conditions that can never hold, references that lead
nowhere, citations that its source doesn't have, checks that no case shows met, gap and
undeclared, a review that is overdue. Exits with 1 when there is something.`,
		Example: "  readiness checklists lint checklists/acme/1.0.0.yaml",
		Args:    takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, library, err := authorLibrary(sys, cmd)
			if err != nil {
				return err
			}
			asOf, err := set.asOf(sys)
			if err != nil {
				return err
			}
			a, problems, err := openAuthored(library, args[0])
			if err != nil {
				return err
			}
			if problems, err = lint(a, problems, asOf); err != nil {
				return err
			}
			if len(problems) == 0 {
				say(sys.Stdout, "%s@%s: nothing to object to in %s.", a.ID, a.Version, outline.Count(len(a.All()), "requirement"))
				return nil
			}
			fmt.Fprintln(sys.Stdout, problems.Err())
			return exitCode{code: exitGaps}
		},
	}
	folderFlag(cmd)
	cmd.Flags().String("as-of", "", "day of the lint, like 2026-01-31 (default: today)")
	return cmd
}

// lint adds to the mistakes of a checklist what is wrong with its rules, its citations and its cases. Cases run only
// when there is no mistake in the checklist.
func lint(a *authored, problems source.Problems, asOf time.Time) (source.Problems, error) {
	known, err := requirementIDs(a.library)
	if err != nil {
		return nil, err
	}
	cites, err := a.library.Citations(a.Checklist)
	var listed source.Problems
	if err != nil && !errors.As(err, &listed) {
		return nil, exitCode{exitUsage, err}
	}
	problems = append(problems, listed...)
	found, sound, err := a.Lint(a.language, asOf, known, cites)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	sound = sound && len(problems) == 0
	problems = append(problems, found...)
	if a.name == "" {
		return problems, nil
	}
	b, mistakes := readBench(a)
	if sound && len(mistakes) == 0 {
		mistakes = unseenChecks(a, b)
	}
	return append(problems, mistakes...), nil
}

// requirementIDs are the requirements of every checklist in the library without a mistake, as checklist/id.
func requirementIDs(library checklist.Library) ([]string, error) {
	refs, err := library.List()
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	var ids []string
	for _, ref := range refs {
		if c, err := library.Open(ref); err == nil {
			for _, r := range c.All() {
				ids = append(ids, c.ID+"/"+r.ID)
			}
		}
	}
	return ids, nil
}
