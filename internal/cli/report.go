package cli

import (
	"github.com/spf13/cobra"

	"readiness/internal/report"
)

func newReport(sys System) *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use:     "report FILE | -",
		GroupID: "main",
		Short:   "Write a saved JSON report again, in other formats",
		Long: `Write a saved JSON report again, in other formats.

FILE is what readiness check --format json=FILE wrote; - reads standard input. Nothing is
checked anew: the day, the outcomes and every other format are those of the saved report,
byte for byte. The exit code is 0 when the report could be written; check tells whether
something is open.`,
		Example: `  readiness check --format json=report.json
  readiness report report.json --format pdf=report.pdf --format html=report.html
  readiness report report.json --redact --brand brand.yaml --format html --output-dir handover`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := readSettings(sys, cmd)
			if err != nil {
				return err
			}
			if err := d.prepare(sys, set); err != nil {
				return err
			}
			name, data, err := readSaved(sys, args[0])
			if err != nil {
				return exitCode{exitUsage, err}
			}
			if err := d.spares([]string{name}); err != nil {
				return err
			}
			r, err := report.Read(name, data)
			if err != nil {
				return exitCode{exitUsage, err}
			}
			r = d.shown(r)
			if err := d.write(sys.Stdout, rendered(r)); err != nil {
				return exitCode{exitInternal, err}
			}
			return nil
		},
	}
	d.flags(cmd)
	colorFlag(cmd)
	completeWords(cmd)
	return cmd
}

// readSaved reads a saved report.
func readSaved(sys System, arg string) (string, []byte, error) {
	if arg == "-" {
		return readStdin(sys, report.MaxBytes)
	}
	data, err := readFile(arg, report.MaxBytes)
	return arg, data, err
}
