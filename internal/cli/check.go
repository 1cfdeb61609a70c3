package cli

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/diff"
	"readiness/internal/manifest"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

// defaultChecklists are checked when neither a setting nor the manifest names any.
var defaultChecklists = []string{"hipaa@1", "nist-ai-rmf@1"}

func newCheck(sys System) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:     "check [FILE | FOLDER | -]...",
		GroupID: "main",
		Short:   "Check a manifest and write a gap report",
		Long: `Check a manifest and write a gap report.

Without an argument it reads readiness.yaml in this folder; - reads standard input.
With several, it writes a summary with a line for each, and exits with the worst code.
--output-dir then takes a report of each as well, under the name of its folder.
The report is shown on the screen (standard output) as text. Ask for other formats, or
files, with --format, as often as you like:

  readiness check --format text --format json=report.json
  readiness check --format html --format pdf --output-dir handover --brand brand.yaml

Settings come from flags, then READINESS_ variables, then .readiness.yaml in this
folder, then the manifest. The exit code says whether something is open; see
readiness help exit-codes.`,
		Example: `  readiness check
  readiness check clients/riverbend --as-of 2026-11-22
  readiness check --profile standard --fail-on high
  readiness check clients/*/ --format pdf --format docx --output-dir handover
  readiness check - --format json < readiness.yaml
  readiness check --baseline readiness.json`,
		Args: takes(0, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.many = len(args) > 1
			c, err := newChecker(sys, cmd, o)
			if err != nil {
				return err
			}
			if c.many {
				return c.checkAll(args)
			}
			return c.one(strings.Join(args, ""))
		},
	}
	flags := cmd.Flags()
	o.flags(cmd)
	assessFlags(cmd, &o)
	flags.String("horizon", defaultHorizon, "list what falls due within so many `DAYS`")
	flags.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 even when something is open")
	flags.StringVar(&o.baseline, "baseline", "", "fail only on what is new or worse than in this `BASELINE`: a saved JSON report, a manifest, or git:REV[:PATH]")
	colorFlag(cmd)
	completeWords(cmd)
	return cmd
}

// assessFlags are the flags of every command that assesses manifests, besides those of the report.
func assessFlags(cmd *cobra.Command, o *checkOptions) {
	flags := cmd.Flags()
	flags.StringSlice("checklist", nil, "check against this `CHECKLIST`, as id@version (default: what the manifest names)")
	flags.String("profile", "", "ask as much as this `PROFILE` does: core, standard, full (default: the manifest's, or core)")
	flags.String("as-of", "", "check as of this `DAY`, like 2026-01-31 (default: today)")
	flags.String("fail-on", "low", "lowest `SEVERITY` that fails the run: critical, high, medium, low")
	flags.StringSlice("gate", nil, "judge this `GATE` (a point by which requirements must hold) alone, whatever the stage: before_phi, before_launch, operating")
	flags.BoolVar(&o.noExceptions, "no-exceptions", false, "leave the manifest's exceptions out")
	folderFlag(cmd)
}

// colorFlag is the flag of every command that writes text for a terminal.
func colorFlag(cmd *cobra.Command) {
	cmd.Flags().String("color", "auto", "show text in colour `WHEN`: auto, always, never")
}

// folderFlag is the flag of every command that reads checklists.
func folderFlag(cmd *cobra.Command) {
	cmd.Flags().StringArray("checklist-dir", nil, "look for checklists of your own in this `FOLDER` too")
}

// checkOptions are the flags of check that are not settings.
type checkOptions struct {
	delivery
	exitZero, noExceptions bool
	baseline               string // "" for none
}

// A checker is one run of check, ready to go. It is safe for concurrent use.
type checker struct {
	checkOptions
	sys     System
	tool    assess.Tool
	set     *settings
	gates   []checklist.Gate
	failOn  checklist.Severity
	asOf    time.Time
	horizon int
	notices []string // of settings
	shelf   *shelf
	since   *diff.Diff // what changed since the baseline; nil without one
}

func newChecker(sys System, cmd *cobra.Command, o checkOptions) (*checker, error) {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return nil, err
	}
	c := &checker{checkOptions: o, sys: sys, tool: newTool(), set: set}
	failOn, err := set.word("fail-on")
	if err != nil {
		return nil, err
	}
	c.failOn = checklist.Severity(failOn)
	if c.gates, err = set.gates(); err != nil {
		return nil, err
	}
	library, err := set.library()
	if err != nil {
		return nil, err
	}
	c.shelf = newShelf(library)
	if err := c.prepare(sys, set); err != nil {
		return nil, err
	}
	if c.exitZero && set.from["fail-on"] == "--fail-on" {
		return nil, usage("--fail-on has no effect beside --exit-zero; leave one of them out")
	}
	if c.asOf, err = set.asOf(sys); err != nil {
		return nil, err
	}
	set.v.SetDefault("horizon", defaultHorizon)
	if c.horizon, err = set.horizon(); err != nil {
		return nil, err
	}
	c.notices = set.notices()
	return c, nil
}

// textStyle decides on colour: a setting, then NO_COLOR and the terminal (no-color.org).
func textStyle(sys System, set *settings) (text.Style, error) {
	choice, err := set.word("color")
	if err != nil {
		return text.Style{}, err
	}
	_, noColor := sys.env("NO_COLOR")
	term, _ := sys.env("TERM")
	auto := sys.Terminal && !noColor && term != "dumb"
	return text.Style{Width: sys.Width, Color: choice == "always" || choice == "auto" && auto}, nil
}

// one checks one manifest, against a baseline if one is named, and writes the report.
func (c *checker) one(arg string) error {
	go c.openAhead()
	r, err := c.run(arg)
	if err != nil {
		return err
	}
	if c.baseline != "" {
		if err := c.compare(r, arg); err != nil {
			return err
		}
	}
	return c.finish(c.shown(r))
}

// run reads and assesses a manifest.
func (c *checker) run(arg string) (*assess.Report, error) {
	in, err := readManifest(c.sys, arg)
	if err != nil {
		return nil, err
	}
	return c.assess(in)
}

// assess derives what follows from a manifest and assesses it.
func (c *checker) assess(in *input) (*assess.Report, error) {
	if err := c.spares(in.files()); err != nil {
		return nil, err
	}
	if err := in.derive(); err != nil {
		return nil, err
	}
	profile, err := c.profile(in.doc)
	if err != nil {
		return nil, err
	}
	lists, err := c.checklists(in.doc, profile)
	if err != nil {
		return nil, err
	}
	penalties, err := c.shelf.penalties(lists)
	if err != nil {
		return nil, err
	}
	r, err := assess.Run(assess.Input{
		Doc: in.doc, Checklists: lists, Penalties: penalties, Profile: profile, AsOf: c.asOf, Horizon: c.horizon,
		NoExceptions: c.noExceptions, Brief: c.brief(), Gates: c.gates, Tool: c.tool, Notices: c.notices, NotAssessed: in.notes,
	})
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	return r, nil
}

// brief reports whether nothing but the rows of a summary is made of the reports. Taking people out needs their names.
func (c *checker) brief() bool { return c.many && len(c.reports) == 0 && !c.redact }

// openAhead opens, while the manifest is still being read, the checklists that most manifests ask for. Others are opened
// once they are known. A mistake in one, even a defect, is told where the checklist is needed.
func (c *checker) openAhead() {
	defer func() { _ = recover() }()
	silent := &manifest.Doc{}
	if profile, err := c.profile(silent); err == nil {
		_, _ = c.checklists(silent, profile)
	}
}

// profile is a setting's, else the manifest's, else core.
func (c *checker) profile(doc *manifest.Doc) (checklist.Profile, error) {
	if c.set.from["profile"] == "" {
		return checklist.Profile(doc.Profile.Or("core")), nil
	}
	word, err := c.set.word("profile")
	return checklist.Profile(word), err
}

// A wanted checklist is one that a setting or the manifest names.
type wanted struct {
	ref string
	pos source.Pos // in the manifest; no place when a setting names it
}

// wants lists the checklists that a setting names, else the manifest, else the default.
func (c *checker) wants(doc *manifest.Doc) []wanted {
	var list []wanted
	for _, ref := range c.set.list("checklist") {
		list = append(list, wanted{ref: ref})
	}
	if len(list) > 0 {
		return list
	}
	for _, cell := range doc.Checklists {
		list = append(list, wanted{cell.Or(""), cell.Pos()})
	}
	if len(list) > 0 {
		return list
	}
	for _, ref := range defaultChecklists {
		list = append(list, wanted{ref: ref})
	}
	return list
}

// checklists are those wanted, ready for profile.
func (c *checker) checklists(doc *manifest.Doc, profile checklist.Profile) ([]*checklist.Checklist, error) {
	var lists []*checklist.Checklist
	seen := map[string]bool{}
	for _, want := range c.wants(doc) {
		ref, err := c.shelf.resolve(want.ref)
		if err == nil && seen[ref.ID] {
			err = fmt.Errorf("the checklist %s is named twice; leave one out", ref.ID)
		}
		if err != nil && want.pos.IsValid() {
			return nil, exitCode{exitUsage, source.Problems{doc.File.Problem(want.pos, err.Error(), "")}}
		}
		if err != nil {
			return nil, usage("%s: %s", c.set.origin("checklist"), err)
		}
		seen[ref.ID] = true
		list, err := c.shelf.open(ref, profile)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// finish writes the report and turns it into an exit code, which no format can change.
func (c *checker) finish(r *assess.Report) error {
	if err := c.write(c.sys.Stdout, rendered(r)); err != nil {
		return exitCode{exitInternal, err}
	}
	return c.conclude(r)
}

// conclude is the exit code that a report gives.
func (c *checker) conclude(r *assess.Report) error {
	switch {
	case !r.Assessed():
		return exitCode{exitNothing, errors.New("nothing was assessed: no requirement applies to this manifest")}
	case c.fails(r) && !c.exitZero:
		return exitCode{code: exitGaps}
	}
	return nil
}

// fails reports whether the report fails the run: with a baseline, only by what is new or worse since.
func (c *checker) fails(r *assess.Report) bool {
	if c.since != nil {
		return len(c.since.Failing(c.failOn)) > 0
	}
	return r.Fails(c.failOn)
}
