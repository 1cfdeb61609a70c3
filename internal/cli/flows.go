package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/flow"
)

func newFlows(sys System) *cobra.Command {
	d := delivery{pictures: true}
	cmd := &cobra.Command{
		Use:     "flows [FILE | FOLDER | -]",
		GroupID: "main",
		Short:   "Show where data goes: as a table, or as a picture",
		Long: `Show where data goes: as a table with what is wrong, or as a picture.

The table lists every data flow of the manifest, with what it carries, who reviews it
and how it is protected; then the problems, each with the flows on its way and their
lines; then where the models' text arrives, and the proof that it is reviewed.
svg is a picture that any browser shows; mermaid and dot are text that other programs
draw. Pictures hold names and ids of the manifest, so share them as you would it.

The exit code is 0 whatever the flows show: check judges them. It is 2 when the
manifest can't be read, and 3 when a file can't be written.`,
		Example: `  readiness flows
  readiness flows clients/riverbend --format svg=flows.svg
  readiness flows --format text --format mermaid=flows.mmd`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFlows(sys, cmd, &d, strings.Join(args, ""))
		},
	}
	d.formatFlag(cmd)
	cmd.Flags().String("as-of", "", "write this `DAY` on the picture, like 2026-01-31 (default: today)")
	colorFlag(cmd)
	completeWords(cmd)
	return cmd
}

// runFlows derives what follows from the flows, and asks no checklist.
func runFlows(sys System, cmd *cobra.Command, d *delivery, arg string) error {
	set, err := readSettings(sys, cmd)
	if err != nil {
		return err
	}
	if err := d.prepare(sys, set); err != nil {
		return err
	}
	asOf, err := set.asOf(sys)
	if err != nil {
		return err
	}
	in, err := readManifest(sys, arg)
	if err != nil {
		return err
	}
	if err := d.spares(in.files()); err != nil {
		return err
	}
	flow.Derive(in.doc)
	r, err := assess.Run(assess.Input{Doc: in.doc, AsOf: asOf, Tool: newTool()})
	if err == nil {
		err = d.write(sys.Stdout, rendered(r))
	}
	if err != nil {
		return exitCode{exitInternal, err}
	}
	return nil
}
