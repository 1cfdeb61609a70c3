package cli

import (
	"errors"
	"fmt"
	"os"
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

// openAuthored opens a checklist by its file, or by its id from the library. Mistakes that leave something to work on
// are returned beside it.
func openAuthored(library checklist.Library, arg string) (*authored, source.Problems, error) {
	library = library.FromFiles()
	a := &authored{library: library}
	var ref checklist.Ref
	if info, err := os.Stat(arg); err == nil && info.Mode().IsRegular() {
		a.name = arg
		folder := filepath.Dir(filepath.Dir(arg))
		ref = checklist.Ref{ID: filepath.Base(filepath.Dir(arg)), Version: strings.TrimSuffix(filepath.Base(arg), ".yaml")}
		a.library = checklist.Library{}.With(os.DirFS(folder), filepath.ToSlash(folder)).Join(library)
	} else if ref, err = library.Resolve(arg); err != nil {
		return nil, nil, usage("%s", err)
	}
	var err error
	a.language = rule.NewLanguage(manifest.Type())
	var problems source.Problems
	if a.Checklist, err = a.library.Open(ref); err != nil && (a.Checklist == nil || !errors.As(err, &problems)) {
		return nil, nil, exitCode{exitUsage, err}
	}
	return a, problems, nil
}

// authorLibrary reads the settings and finds the checklists they name.
func authorLibrary(sys System, cmd *cobra.Command) (*settings, checklist.Library, error) {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return nil, checklist.Library{}, err
	}
	library, err := set.library()
	return set, library, err
}

// author reads the settings, and opens and compiles the checklist a command is about.
func author(sys System, cmd *cobra.Command, arg string) (*settings, *authored, error) {
	set, library, err := authorLibrary(sys, cmd)
	if err != nil {
		return nil, nil, err
	}
	a, problems, err := openAuthored(library, arg)
	if err != nil {
		return nil, nil, err
	}
	if err := problems.Err(); err != nil {
		return nil, nil, exitCode{exitUsage, err}
	}
	if err := a.Compile(a.language, "full"); err != nil {
		return nil, nil, exitCode{exitUsage, err}
	}
	return set, a, nil
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
			if a.name == "" {
				return usage("the cases of %s are not part of the program; name the checklist's file, beside which they stand", a.ID)
			}
			b, problems := readBench(a)
			if len(problems) > 0 {
				return exitCode{exitUsage, problems.Err()}
			}
			problems = unseenChecks(a, b)
			if mutate && len(problems) == 0 {
				if problems, err = survivors(a, b); err != nil {
					return err
				}
			}
			if len(problems) > 0 {
				fmt.Fprintln(sys.Stdout, problems.Error())
				return exitCode{code: exitGaps}
			}
			held := ""
			if mutate {
				held = " No rule can be spoilt without a case noticing."
			}
			say(sys.Stdout, "%s@%s: every case comes out as written, and shows every check met, gap and undeclared.%s", a.ID, a.Version, held)
			return nil
		},
	}
	folderFlag(cmd)
	cmd.Flags().BoolVar(&mutate, "mutate", false, "spoil every rule in turn; some case must notice")
	return cmd
}

func survivors(a *authored, b *bench) (source.Problems, error) {
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
			c, err := openNamed(library, args[0])
			if err != nil {
				return err
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
	name, data, err := library.ReadFile(checklist.GuideFile)
	if err != nil {
		return exitCode{exitUsage, err}
	}
	rows, err := checklist.ReadGuide(name, data)
	if err != nil {
		return exitCode{exitUsage, err}
	}
	lists, err := openAll(library)
	if err != nil {
		return exitCode{exitUsage, err}
	}
	_, err = sys.Stdout.Write(text.Guide(rows, lists, style))
	return err
}
