package cli

import (
	"bytes"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"readiness/checklists"
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
	"readiness/internal/report"
	"readiness/internal/report/text"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// defaultChecklists are checked when neither a setting nor the manifest names any.
var defaultChecklists = []string{"hipaa@1", "nist-ai-rmf@1"}

func newCheck(sys System) *cobra.Command {
	var formats []string
	var exitZero, noExceptions bool
	cmd := &cobra.Command{
		Use:     "check [FILE | FOLDER | -]",
		GroupID: "main",
		Short:   "Check a manifest and write a gap report",
		Long: `Check a manifest and write a gap report.

Without an argument it reads readiness.yaml in this folder; - reads standard input.
The report goes to standard output as text. Ask for other formats, or files, with
--format, as often as you like:

  readiness check --format text --format json=report.json

Settings come from flags, then READINESS_ variables, then .readiness.yaml in this
folder, then the manifest. The exit code says whether something is open; see
readiness help exit-codes.`,
		Example: `  readiness check
  readiness check clients/riverbend --as-of 2026-11-22
  readiness check --profile standard --fail-on high
  readiness check - --format json < readiness.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := newChecker(sys, cmd, formats)
			if err != nil {
				return err
			}
			if exitZero && c.set.from["fail-on"] == "--fail-on" {
				return usage("--fail-on has no effect beside --exit-zero; leave one of them out")
			}
			r, err := c.run(strings.Join(args, ""), noExceptions)
			if err != nil {
				return err
			}
			return c.finish(r, exitZero)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&formats, "format", []string{"text"}, "format of the report: text, json; NAME=FILE writes a file")
	flags.StringArray("checklist", nil, "checklist to check against, as id@version (default: what the manifest names)")
	flags.StringArray("checklist-dir", nil, "folder with checklists of your own")
	flags.String("profile", "", "how much is asked: core, standard, full (default: the manifest's, or core)")
	flags.String("as-of", "", "day to check as of, like 2026-01-31 (default: today)")
	flags.String("horizon", "60", "list what falls due within so many days")
	flags.String("fail-on", "low", "lowest severity that fails the run: critical, high, medium, low")
	flags.StringArray("gate", nil, "judge this gate whatever the stage: before_phi, before_launch, operating")
	flags.BoolVar(&exitZero, "exit-zero", false, "exit with 0 even when something is open")
	flags.BoolVar(&noExceptions, "no-exceptions", false, "leave the manifest's exceptions out")
	flags.String("color", "auto", "colour in text: auto, always, never")
	return cmd
}

// A checker is one run of check, ready to go.
type checker struct {
	sys     System
	set     *settings
	sinks   []sink
	gates   []checklist.Gate
	failOn  checklist.Severity
	library checklist.Library
}

// A sink is a format and where it goes.
type sink struct {
	report.Format
	file string // "" for standard output
}

func newChecker(sys System, cmd *cobra.Command, formats []string) (*checker, error) {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return nil, err
	}
	c := &checker{sys: sys, set: set, library: library(set.list("checklist-dir"))}
	if c.gates, err = set.gates(); err != nil {
		return nil, err
	}
	failOn, err := set.word("fail-on", "low", "critical", "high", "medium", "low")
	if err != nil {
		return nil, err
	}
	c.failOn = checklist.Severity(failOn)
	style, err := textStyle(sys, set)
	if err != nil {
		return nil, err
	}
	if c.sinks, err = parseSinks(formats, report.Formats(style)); err != nil {
		return nil, err
	}
	if set.from["color"] == "--color" && !toTerminal(c.sinks) {
		return nil, usage("--color has no effect: no text goes to standard output")
	}
	return c, nil
}

func library(folders []string) checklist.Library {
	all := checklist.Library{}
	for _, folder := range folders {
		all = all.With(os.DirFS(folder))
	}
	return all.With(checklists.FS())
}

// parseSinks reads NAME and NAME=FILE.
func parseSinks(args []string, formats []report.Format) ([]sink, error) {
	var sinks []sink
	used := map[string]bool{}
	for _, arg := range args {
		name, file, named := strings.Cut(arg, "=")
		f, err := report.Find(formats, name)
		if err != nil {
			return nil, usage("--format: %s", err)
		}
		if named && file == "" {
			return nil, usage("--format %s: name a file after the =", arg)
		}
		if used[file] {
			if file == "" {
				return nil, usage("--format: only one format can go to standard output; write the others to files, as %s=FILE", name)
			}
			return nil, usage("--format: two formats can't go to the file %s", file)
		}
		used[file] = true
		sinks = append(sinks, sink{f, file})
	}
	return sinks, nil
}

func toTerminal(sinks []sink) bool {
	for _, s := range sinks {
		if s.Name == "text" && s.file == "" {
			return true
		}
	}
	return false
}

// textStyle decides on colour: a setting, then NO_COLOR and the terminal (no-color.org).
func textStyle(sys System, set *settings) (text.Style, error) {
	choice, err := set.word("color", "auto", "auto", "always", "never")
	if err != nil {
		return text.Style{}, err
	}
	noColor, _ := sys.Env("NO_COLOR")
	term, _ := sys.Env("TERM")
	auto := sys.Terminal && noColor == "" && term != "dumb"
	return text.Style{Width: sys.Width, Color: choice == "always" || choice == "auto" && auto}, nil
}

// run reads, derives and assesses.
func (c *checker) run(arg string, noExceptions bool) (*assess.Report, error) {
	asOf, err := c.set.asOf(c.sys)
	if err != nil {
		return nil, err
	}
	horizon, err := c.set.horizon()
	if err != nil {
		return nil, err
	}
	in, err := readManifest(c.sys, arg)
	if err != nil {
		return nil, err
	}
	if err := c.sparesInput(in); err != nil {
		return nil, err
	}
	if err := in.derive(); err != nil {
		return nil, err
	}
	profile, err := c.set.word("profile", in.doc.Profile.Or("core"), "core", "standard", "full")
	if err != nil {
		return nil, err
	}
	lists, err := c.checklists(in.doc, checklist.Profile(profile))
	if err != nil {
		return nil, err
	}
	r, err := assess.Run(assess.Input{
		Doc: in.doc, Checklists: lists, Profile: checklist.Profile(profile), AsOf: asOf, Horizon: horizon,
		NoExceptions: noExceptions, Gates: c.gates, Tool: newTool(), Notices: c.set.notices(), NotAssessed: in.notes,
	})
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return r, nil
}

// checklists opens and compiles what a setting names, else the manifest, else the default.
func (c *checker) checklists(doc *manifest.Doc, profile checklist.Profile) ([]*checklist.Checklist, error) {
	wanted := c.set.list("checklist")
	at := map[string]source.Pos{}
	if wanted == nil {
		for _, cell := range doc.Checklists {
			wanted = append(wanted, cell.Or(""))
			at[cell.Or("")] = cell.Pos()
		}
	}
	if wanted == nil {
		wanted = defaultChecklists
	}
	language, err := rule.NewLanguage(manifest.Type())
	if err != nil {
		return nil, exitCode{exitInternal, err}
	}
	var lists []*checklist.Checklist
	seen := map[string]bool{}
	for _, want := range wanted {
		ref, err := c.library.Resolve(want)
		switch pos, ok := at[want]; {
		case err != nil && ok:
			return nil, exitCode{exitUsage, source.Problems{doc.File.Problem(pos, err.Error(), "")}}
		case err != nil:
			return nil, usage("--checklist: %s", err)
		case seen[ref.ID]:
			return nil, usage("the checklist %s is named twice", ref.ID)
		}
		seen[ref.ID] = true
		list, err := c.library.Open(ref)
		if err == nil {
			err = list.Compile(language, profile)
		}
		if err != nil {
			return nil, exitCode{exitUsage, err}
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// finish writes the report and turns it into an exit code, which no format can change.
func (c *checker) finish(r *assess.Report, exitZero bool) error {
	for _, s := range c.sinks {
		var buf bytes.Buffer
		if err := s.Render(&buf, r); err != nil {
			return exitCode{exitInternal, err}
		}
		if err := write(c.sys, s.file, buf.Bytes()); err != nil {
			return exitCode{exitInternal, err}
		}
	}
	switch {
	case !r.Assessed():
		return exitCode{exitNothing, errors.New("nothing was assessed: no requirement applies to this manifest")}
	case r.Fails(c.failOn, c.gates) && !exitZero:
		return exitCode{code: exitGaps}
	}
	return nil
}
