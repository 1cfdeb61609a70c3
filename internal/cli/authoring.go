package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/report/text"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// An authored is a checklist whose author works on it, with what stands beside it.
type authored struct {
	*checklist.Checklist
	name     string // its file; "" for one that ships with the tool
	library  checklist.Library
	language *rule.Language
}

// openAuthored opens a checklist by its file, or by its id from the library, and compiles it in full.
func openAuthored(library checklist.Library, arg string) (*authored, error) {
	library = library.FromFiles()
	a := &authored{library: library}
	var ref checklist.Ref
	if info, err := os.Stat(arg); err == nil && info.Mode().IsRegular() {
		a.name = arg
		folder := filepath.Dir(filepath.Dir(arg))
		ref = checklist.Ref{ID: filepath.Base(filepath.Dir(arg)), Version: strings.TrimSuffix(filepath.Base(arg), ".yaml")}
		a.library = checklist.Library{}.With(os.DirFS(folder), filepath.ToSlash(folder)).Join(library)
	} else if ref, err = library.Resolve(arg); err != nil {
		return nil, usage("%s", err)
	}
	var err error
	if a.Checklist, err = a.library.Open(ref); err != nil {
		return nil, exitCode{exitUsage, err}
	}
	if a.language, err = rule.NewLanguage(manifest.Type()); err != nil {
		return nil, exitCode{exitInternal, err}
	}
	if err := a.Compile(a.language, "full"); err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return a, nil
}

// requirementIDs are the requirements of every checklist in the library, as checklist/id.
func requirementIDs(library checklist.Library) ([]string, error) {
	lists, err := openAll(library)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	var ids []string
	for _, c := range lists {
		for _, r := range c.All() {
			ids = append(ids, c.ID+"/"+r.ID)
		}
	}
	return ids, nil
}

func newChecklistsLint(sys System) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint FILE | CHECKLIST",
		Short: "Report what is wrong or doubtful in a checklist you write",
		Long: `Report what is wrong or doubtful in a checklist you write: mistakes in its form and its
expressions, rules that read nothing, conditions that can never hold, references that lead
nowhere, checks that no case
shows met, gap and undeclared, a review that is overdue. Exits with 1 when there
is something.`,
		Example: "  readiness checklists lint checklists/acme/1.0.0.yaml",
		Args:    takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, a, err := author(sys, cmd, args[0])
			if err != nil {
				return err
			}
			asOf, err := set.asOf(sys)
			if err != nil {
				return err
			}
			known, err := requirementIDs(a.library)
			if err != nil {
				return err
			}
			cites, err := a.library.Citations(a.Checklist)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			problems, err := a.Lint(a.language, asOf, known, cites)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			if a.name != "" {
				unseen, err := unseenIfCases(a)
				if err != nil {
					return err
				}
				problems = append(problems, unseen...)
			}
			if len(problems) == 0 {
				_, err := fmt.Fprintf(sys.Stdout, "%s@%s: nothing to object to in %d requirements.\n", a.ID, a.Version, len(a.All()))
				return err
			}
			fmt.Fprintln(sys.Stdout, problems.Error())
			return exitCode{code: exitGaps}
		},
	}
	folderFlag(cmd)
	cmd.Flags().String("as-of", "", "day of the lint, like 2026-01-31 (default: today)")
	return cmd
}

// author reads the settings and opens the checklist a command is about.
func author(sys System, cmd *cobra.Command, arg string) (*settings, *authored, error) {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return nil, nil, err
	}
	library, err := set.library()
	if err != nil {
		return nil, nil, err
	}
	a, err := openAuthored(library, arg)
	return set, a, err
}

// A bench is the cases of a checklist with the manifest they start from.
type bench struct {
	cases  *checklist.Cases
	base   *source.Tree
	folder fs.FS
}

// readBench reads the cases beside a checklist's file.
func readBench(a *authored) (*bench, error) {
	if a.name == "" {
		return nil, usage("the cases of %s are not part of the program; name the checklist's file, beside which they stand", a.ID)
	}
	name := casesName(a.name)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, usage("the cases %s can't be read: %s", name, cause(err))
	}
	cases, err := checklist.ReadCases(filepath.ToSlash(name), data)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	file := filepath.Join(filepath.Dir(a.name), filepath.FromSlash(cases.Base))
	data, err = os.ReadFile(file)
	if err != nil {
		return nil, usage("the manifest %s that the cases start from can't be read: %s", file, cause(err))
	}
	base, err := source.Parse(filepath.ToSlash(file), data)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return &bench{cases, base, os.DirFS(filepath.Dir(file))}, nil
}

// casesName is the file of the cases beside a checklist's file.
func casesName(file string) string { return strings.TrimSuffix(file, ".yaml") + ".cases.yaml" }

// unseenChecks reports the checks that no case shows met, gap and undeclared.
func unseenChecks(a *authored) (source.Problems, error) {
	b, err := readBench(a)
	if err != nil {
		return nil, err
	}
	trial, err := assess.Try(a.Checklist, b.cases, b.base, b.folder)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return append(trial.Failures, trial.Unseen(a.Checklist)...), nil
}

// unseenIfCases is unseenChecks that reports it when the cases are missing.
func unseenIfCases(a *authored) (source.Problems, error) {
	name := casesName(a.name)
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		return unseenChecks(a)
	}
	return source.Problems{{Pos: source.Pos{File: filepath.ToSlash(a.name), Line: 1, Col: 1},
		Message: "there are no cases beside it, so no check is shown to work", Hint: "write " + filepath.ToSlash(name)}}, nil
}

func newChecklistsTest(sys System) *cobra.Command {
	var mutate bool
	cmd := &cobra.Command{
		Use:   "test FILE",
		Short: "Run the cases beside a checklist you write",
		Long: `Run the cases beside a checklist you write (1.0.0.cases.yaml beside 1.0.0.yaml). With
--mutate every rule is spoilt in turn, negated and dropped, and some case must notice.
Exits with 1 when a case fails, a check is not shown, or a spoilt rule goes unnoticed.`,
		Example: "  readiness checklists test checklists/acme/1.0.0.yaml --mutate",
		Args:    takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, a, err := author(sys, cmd, args[0])
			if err != nil {
				return err
			}
			problems, err := unseenChecks(a)
			if err != nil {
				return err
			}
			if mutate && len(problems) == 0 {
				if problems, err = survivors(a); err != nil {
					return err
				}
			}
			if len(problems) > 0 {
				fmt.Fprintln(sys.Stdout, problems.Error())
				return exitCode{code: exitGaps}
			}
			_, err = fmt.Fprintf(sys.Stdout, "%s@%s: every case comes out as written, and shows every check met, gap and undeclared.\n", a.ID, a.Version)
			return err
		},
	}
	folderFlag(cmd)
	cmd.Flags().BoolVar(&mutate, "mutate", false, "spoil every rule in turn; some case must notice")
	return cmd
}

func survivors(a *authored) (source.Problems, error) {
	b, err := readBench(a)
	if err != nil {
		return nil, err
	}
	mutants, err := assess.Survivors(a.Checklist, b.cases, b.base, b.folder, a.language)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	var problems source.Problems
	for _, m := range mutants {
		problems = append(problems, source.Problem{Pos: m.Requirement.Pos, Message: fmt.Sprintf("no case notices %s/%s with its %s", m.Requirement.ID, m.Check, m.What),
			Hint: "add a case whose outcome depends on it"})
	}
	return problems, nil
}

func newChecklistsDiff(sys System) *cobra.Command {
	var manifestArg string
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changed between two checklists, and what that changes for a practice",
		Example: `  readiness checklists diff hipaa@1.0.0 hipaa@1.1.0
  readiness checklists diff hipaa@1.0.0 hipaa@1.1.0 --manifest clients/riverbend`,
		Args: takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, before, err := author(sys, cmd, args[0])
			if err != nil {
				return err
			}
			_, after, err := author(sys, cmd, args[1])
			if err != nil {
				return err
			}
			var moves []text.Move
			if manifestArg != "" {
				if moves, err = moved(sys, set, manifestArg, before, after); err != nil {
					return err
				}
			}
			_, err = sys.Stdout.Write(text.Changes(before.Checklist, after.Checklist, checklist.Diff(before.Checklist, after.Checklist), moves, manifestArg != ""))
			return err
		},
	}
	folderFlag(cmd)
	cmd.Flags().StringVar(&manifestArg, "manifest", "", "also show which outcomes of this practice change")
	cmd.Flags().String("as-of", "", "with --manifest: day to check as of, like 2026-01-31 (default: today)")
	return cmd
}

// moved lists the requirements of a practice whose outcome differs between two checklists.
func moved(sys System, set *settings, arg string, before, after *authored) ([]text.Move, error) {
	asOf, err := set.asOf(sys)
	if err != nil {
		return nil, err
	}
	in, err := readManifest(sys, arg)
	if err != nil {
		return nil, err
	}
	if err := in.derive(); err != nil {
		return nil, err
	}
	outcomes := func(c *checklist.Checklist) (map[string]assess.Outcome, error) {
		r, err := assess.Run(assess.Input{Doc: in.doc, Checklists: []*checklist.Checklist{c}, Profile: "full", AsOf: asOf})
		if err != nil {
			return nil, exitCode{exitUsage, err}
		}
		out := map[string]assess.Outcome{}
		for i := range r.Requirements {
			out[r.Requirements[i].Citation] = r.Requirements[i].Outcome
		}
		return out, nil
	}
	was, err := outcomes(before.Checklist)
	if err != nil {
		return nil, err
	}
	is, err := outcomes(after.Checklist)
	if err != nil {
		return nil, err
	}
	var moves []text.Move
	for _, r := range after.All() {
		if was[r.ID] != is[r.ID] {
			moves = append(moves, text.Move{ID: r.ID, Was: was[r.ID], Is: is[r.ID]})
		}
	}
	return moves, nil
}

func newChecklistsCoverage(sys System) *cobra.Command {
	var guide bool
	cmd := &cobra.Command{
		Use:   "coverage [CHECKLIST]",
		Short: "Show what covers each provision, or each row of the practice guide",
		Example: `  readiness checklists coverage hipaa
  readiness checklists coverage --guide`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			library, style, err := browse(sys, cmd)
			if err != nil {
				return err
			}
			switch {
			case guide && len(args) > 0:
				return usage("--guide is about all checklists; leave %s out", args[0])
			case guide:
				return coverGuide(sys, library, style)
			case len(args) == 0:
				return usage("name a checklist, or write --guide")
			}
			ref, err := library.Resolve(args[0])
			if err != nil {
				return usage("%s", err)
			}
			c, err := library.Open(ref)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			_, err = sys.Stdout.Write(text.Coverage(c, style))
			return err
		},
	}
	browseFlags(cmd)
	cmd.Flags().BoolVar(&guide, "guide", false, "show the rows of the practice guide and what covers each")
	return cmd
}

func coverGuide(sys System, library checklist.Library, style text.Style) error {
	data, err := library.ReadFile(checklist.GuideFile)
	if err != nil {
		return exitCode{exitInternal, err}
	}
	rows, err := checklist.ReadGuide(path.Base(checklist.GuideFile), data)
	if err != nil {
		return exitCode{exitInternal, err}
	}
	lists, err := openAll(library)
	if err != nil {
		return exitCode{exitUsage, err}
	}
	_, err = sys.Stdout.Write(text.Guide(rows, lists, style))
	return err
}
