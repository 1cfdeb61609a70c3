package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/diff"
	"readiness/internal/redact"
	"readiness/internal/report"
	"readiness/internal/report/github"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

func newDiff(sys System) *cobra.Command {
	var o checkOptions
	var failOnNew bool
	cmd := &cobra.Command{
		Use:     "diff OLD NEW",
		GroupID: "main",
		Short:   "Show what was fixed, what is new and what is still open between two versions",
		Long: `Show what was fixed, what is new, what changed and what is still open between two
versions of a practice's manifest.

OLD and NEW are each a manifest or its folder, a report that was saved with
--format json=FILE.json, or git:REV[:PATH]: the manifest as it was at a revision of the
git repository here. Without a PATH that is the other argument's. Both manifests are
checked as of the same day. A saved report is taken as it is.

A finding is one check of one subject. It stays the same finding when its line or its
words change. With --fail-on-new the exit code is 1 when something is new or worse that
can fail a run: a gap instead of silence, a higher severity, or a finding that is due or
not accepted now and was before.`,
		Example: `  readiness diff last-quarter.json .
  readiness diff git:main . --fail-on-new
  readiness diff git:v1:clients/elm clients/elm --format markdown --redact`,
		Args: takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := newChecker(sys, cmd, o)
			if err != nil {
				return err
			}
			if !failOnNew && c.set.from["fail-on"] == "--fail-on" {
				return usage("--fail-on has no effect without --fail-on-new; add it, or leave --fail-on out")
			}
			return c.diff(args[0], args[1], failOnNew)
		},
	}
	cmd.Flags().StringArrayVar(&o.formats, "format", []string{"text"}, "write the comparison in this `FORMAT`: text, json, markdown; FORMAT=FILE writes a file")
	o.redactFlag(cmd)
	cmd.Flags().BoolVar(&failOnNew, "fail-on-new", false, "exit with 1 when something is new or worse")
	assessFlags(cmd, &o)
	colorFlag(cmd)
	completeWords(cmd)
	return cmd
}

// diff compares two versions and writes what changed.
func (c *checker) diff(old, now string, failOnNew bool) error {
	for _, s := range c.sinks {
		if s.Name != "text" && s.Name != "json" && s.Name != "markdown" {
			return usage("--format %s: a comparison is written as text, json or markdown", s.Name)
		}
	}
	if old == "-" && now == "-" {
		return usage("standard input can be one of the two versions, not both")
	}
	before, err := c.version(old, now)
	if err != nil {
		return err
	}
	after, err := c.version(now, old)
	if err != nil {
		return err
	}
	if err := diff.Comparable(before.report, after.report); err != nil && failOnNew {
		return usage("--fail-on-new can't judge by %s: %s", before.name, err)
	}
	d := between(before, after)
	d.Notices = append(slices.Clone(c.notices), d.Notices...)
	shown := d
	if c.redact {
		shown = redact.Diff(d, before.report, after.report)
	}
	if err := c.write(c.sys.Stdout, func(w io.Writer, to sink) error { return c.renderDiff(w, to, shown) }); err != nil {
		return exitCode{exitInternal, err}
	}
	if !failOnNew {
		return nil
	}
	c.since = d
	return c.conclude(after.report)
}

func (c *checker) renderDiff(w io.Writer, to sink, d *diff.Diff) error {
	switch to.Name {
	case "json":
		return jsonfile.Write(w, d)
	case "markdown":
		return github.Diff(w, d)
	}
	return text.Diff(w, d, c.styleOf(to))
}

// A version is a practice's report at one time.
type version struct {
	report *assess.Report
	name   string // of what was read
	sha256 string // of its bytes
}

// between compares two versions under the names by which they were read.
func between(before, after version) *diff.Diff {
	d := diff.Between(before.report, after.report)
	d.Old.Name, d.New.Name = before.name, after.name
	return d
}

// version reads a manifest and assesses it, or reads a saved report. other is the argument it is compared with.
func (c *checker) version(arg, other string) (version, error) {
	if rev, ok := strings.CutPrefix(arg, revisionPrefix); ok {
		return c.versionAt(rev, other)
	}
	if saved(arg) {
		data, err := readFile(arg, report.MaxBytes)
		if err != nil {
			return version{}, exitCode{exitUsage, err}
		}
		if err := c.spares([]string{arg}); err != nil {
			return version{}, err
		}
		return readVersion(filepath.ToSlash(arg), data)
	}
	r, err := c.run(arg)
	if err != nil {
		return version{}, err
	}
	return version{r, r.Manifest.Name, r.Manifest.SHA256}, nil
}

// saved reports whether a name is that of a saved report.
func saved(name string) bool { return strings.EqualFold(filepath.Ext(name), ".json") }

func readVersion(name string, data []byte) (version, error) {
	r, err := report.Read(name, data)
	if err != nil {
		return version{}, exitCode{exitUsage, err}
	}
	sum := sha256.Sum256(data)
	return version{r, name, hex.EncodeToString(sum[:])}, nil
}

// maxTold is how many findings the notices about a baseline name.
const maxTold = 10

// compare holds a report against the baseline, and says in the report what the baseline was and what fails by it.
// Nothing is left out of the report.
func (c *checker) compare(r *assess.Report, arg string) error {
	base, err := c.version(c.baseline, arg)
	if err != nil {
		return err
	}
	if err := diff.Comparable(base.report, r); err != nil {
		return usage("--baseline %s can't be used: %s; save a new one with: readiness check --format json=FILE", c.baseline, err)
	}
	c.since = between(base, version{r, r.Manifest.Name, r.Manifest.SHA256})
	note := func(format string, args ...any) { r.Notices = append(r.Notices, fmt.Sprintf(format, args...)) }
	note("Only what is new or worse than in the baseline fails this run. The baseline is %s, sha256 %s, as of %s, %s. All that is open is listed here all the same.",
		base.name, base.sha256, c.since.Old.AsOf, strings.Join(c.since.Old.Checklists, " and "))
	for _, n := range c.since.Notices {
		note("Baseline: %s", n)
	}
	failing := c.since.Failing(c.failOn)
	note("Since the baseline: %s. %s. %s.", outline.StillOpen(c.since.Counts), outline.Changes(c.since.Counts), outline.Failing(len(failing)))
	for _, f := range failing[:min(len(failing), maxTold)] {
		note("%s since the baseline: %s", f.Novelty(), f.Words())
	}
	if more := len(failing) - maxTold; more > 0 {
		note("And %d more; readiness diff lists them all.", more)
	}
	return nil
}
