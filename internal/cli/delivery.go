package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readiness/internal/assess"
	"readiness/internal/redact"
	"readiness/internal/report"
	"readiness/internal/report/github"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
	"readiness/internal/source"
)

// A delivery is how a report is handed over: the formats, where each goes, in whose name, and whether people are in it.
type delivery struct {
	pictures  bool // whether the formats are those of the data flows alone
	formats   []string
	folder    string // for the formats that name no file; "" for standard output
	brandFile string // "" for none
	redact    bool
	brand     brand
	style     text.Style // of standard output
	sinks     []sink
	many      bool   // whether there are several manifests: the sinks are those of their summary
	reports   []sink // of each of several manifests; see client
	targets   targets
}

// A sink is a format and where it goes.
type sink struct {
	report.Format
	file   string // "" for standard output
	append bool   // whether the file keeps what it holds
	folder bool   // whether the file has its name from us
	ending string // of such a name
}

// shown reports whether the sink is text for standard output.
func (s sink) shown() bool { return s.Name == "text" && s.file == "" }

// lacksSVG reports whether the format can't hold a vector drawing as a logo.
func (s sink) lacksSVG() bool { return s.Name == "pdf" || s.Name == "docx" }

// flags are those of every command that writes reports.
func (d *delivery) flags(cmd *cobra.Command) {
	d.formatFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&d.folder, "output-dir", "", "write each format that names no file into this `FOLDER`, as "+baseName+".html and so on")
	flags.StringVar(&d.brandFile, "brand", "", "show the firm of this `FILE` on reports to hand over: name, logo, colour, note, footer")
	d.redactFlag(cmd)
}

func (d *delivery) redactFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&d.redact, "redact", false, "show people as P01, P02 and leave e-mail addresses out")
}

// formatFlag is the flag for the formats, which a shell can complete.
func (d *delivery) formatFlag(cmd *cobra.Command) {
	names := d.names()
	cmd.Flags().StringArrayVar(&d.formats, "format", []string{"text"}, "write the report in this `FORMAT`: "+strings.Join(names, ", ")+"; FORMAT=FILE writes a file")
	// It fails only for a flag that isn't there.
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// known are the formats there are.
func (d *delivery) known(style text.Style) []report.Format {
	if d.pictures {
		return report.Pictures(style)
	}
	return report.Formats(style, d.brand.Brand)
}

func (d *delivery) names() []string {
	var names []string
	for _, f := range d.known(text.Style{}) {
		names = append(names, f.Name)
	}
	return names
}

// prepare reads the brand and decides where each format goes.
func (d *delivery) prepare(sys System, set *settings) error {
	var err error
	if d.style, err = textStyle(sys, set); err != nil {
		return err
	}
	if d.style.Scrolls = sys.Terminal; sys.Terminal {
		d.style.Full = sys.fullReport()
	}
	if d.brandFile != "" {
		if d.brand, err = readBrand(d.brandFile); err != nil {
			return err
		}
	}
	if err := d.parse(d.style); err != nil {
		return err
	}
	if d.many && d.folder != "" {
		d.separate()
	}
	d.jobSummary(sys)
	for _, s := range d.sinks {
		if s.Binary() && s.file == "" && sys.Terminal && !d.many {
			return usage("--format %s: a terminal can't show it; name a file for it: --format %s=report%s", s.Name, s.Name, s.Ext)
		}
		if err := d.targets.add(s); err != nil {
			return err
		}
	}
	if err := d.spares(append(set.files(), d.brand.files...)); err != nil {
		return err
	}
	if set.from["color"] == "--color" && !slices.ContainsFunc(d.sinks, sink.shown) {
		return usage("--color has no effect: no text goes to standard output")
	}
	if d.brand.LogoType == outline.SVG && slices.ContainsFunc(slices.Concat(d.sinks, d.reports), sink.lacksSVG) {
		say(sys.Stderr, "readiness: PDF and Word files can't hold the SVG logo of %s; they show the firm's name. Give a PNG to have it in both.", d.brandFile)
	}
	return nil
}

// fullReport is the command that also writes a report to read or share; "" where the line does so already, or can't be
// repeated as it reads standard input.
func (sys System) fullReport() string {
	for _, word := range sys.line {
		if word == "-" || word == "--" || strings.Contains(word, "html=") || strings.Contains(word, "pdf=") {
			return ""
		}
	}
	return text.Command(slices.Concat([]string{cmp.Or(sys.Invoked, "readiness")}, sys.line, []string{"--format", "html=report.html"})...)
}

// summaryVariable names the file in which GitHub Actions takes a job's summary.
const summaryVariable = "GITHUB_STEP_SUMMARY"

// jobSummary adds the summary of the job to the format github, where the runner takes one.
func (d *delivery) jobSummary(sys System) {
	file, ok := sys.env(summaryVariable)
	if ok && slices.ContainsFunc(slices.Concat(d.sinks, d.reports), func(s sink) bool { return s.Name == "github" }) {
		d.sinks = append(d.sinks, sink{Format: report.Format{Name: "github", Render: github.Summary}, file: filepath.Clean(file), append: true})
	}
}

// parse reads NAME and NAME=FILE. The style is standard output's; a file is written plain.
func (d *delivery) parse(style text.Style) error {
	used := map[string]bool{}
	for _, arg := range d.formats {
		name, file, named := strings.Cut(arg, "=")
		known := d.known(style)
		if named || d.folder != "" {
			known = d.known(text.Style{})
		}
		f, ok := report.Find(known, name)
		switch {
		case !ok:
			return usage("--format: there is no format %q; %s", name, choose(name, d.names()))
		case named && file == "":
			return usage("--format %s: name a file after the =", arg)
		case named:
			file = filepath.Clean(file)
		case d.folder != "":
			file = filepath.Join(d.folder, baseName+ending(known, f))
		}
		switch {
		case used[file] && file != "":
			return usage("--format: two formats can't go to the file %s", file)
		case used[file]:
			return usage("--format: only one format can go to standard output; write the others to files, as %s=FILE, or all with --output-dir FOLDER", name)
		}
		used[file] = true
		d.sinks = append(d.sinks, sink{Format: f, file: file, folder: !named && d.folder != "", ending: ending(known, f)})
	}
	return nil
}

// baseName begins the names of files in --output-dir.
const baseName = "readiness-report"

// ending ends the name of a format's file. Of formats with one, all but the first have their name in it.
func ending(formats []report.Format, f report.Format) string {
	for _, other := range formats {
		if other.Ext == f.Ext && other.Name != f.Name {
			return "." + f.Name + f.Ext
		}
		if other.Name == f.Name {
			break
		}
	}
	return f.Ext
}

// shown is the report as it may be seen.
func (d *delivery) shown(r *assess.Report) *assess.Report {
	if d.redact {
		return redact.Report(r)
	}
	return r
}

// styleOf is how text for a sink looks: a file is written plain.
func (d *delivery) styleOf(to sink) text.Style {
	if to.file != "" {
		return text.Style{}
	}
	return d.style
}

// write writes what render gives for every format asked for. Nothing is written before all are ready, and one that
// can't be written doesn't keep back the others.
func (d *delivery) write(stdout io.Writer, render func(io.Writer, sink) error) error {
	ready := make([]bytes.Buffer, len(d.sinks))
	for i, s := range d.sinks {
		if err := render(&ready[i], s); err != nil {
			return fmt.Errorf("the report could not be written as %s: %w", s.Name, err)
		}
	}
	if err := d.makeFolder(); err != nil {
		return err
	}
	var failed []error
	for i, s := range d.sinks {
		if s.file == "" {
			stdout.Write(ready[i].Bytes()) // an output: it remembers the error
		} else if err := s.put(ready[i].Bytes()); err != nil {
			failed = append(failed, fmt.Errorf("the report could not be written to %s: %s", s.file, source.Cause(err)))
		}
	}
	return errors.Join(failed...)
}

// makeFolder makes the folder for the formats that name no file, if there is to be one.
func (d *delivery) makeFolder() error {
	if d.folder == "" {
		return nil
	}
	if err := os.Mkdir(d.folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the folder %s could not be made: %s", d.folder, source.Cause(err))
	}
	return nil
}

// rendered writes a report in the format of each sink.
func rendered(r *assess.Report) func(io.Writer, sink) error {
	return func(w io.Writer, to sink) error { return to.Render(w, r) }
}

// put writes the sink's file.
func (s sink) put(data []byte) error {
	if s.append {
		return appendFile(s.file, data)
	}
	return writeFile(s.file, data)
}

// spares refuses to write a report over a file that is part of what was read, by whatever name.
func (d *delivery) spares(inputs []string) error {
	for _, name := range inputs {
		if s, hit := d.targets.find(name); hit {
			return exitCode{exitUsage, overwrite{s, name}}
		}
	}
	return nil
}

// An overwrite is a report that would take the place of what it reports on.
type overwrite struct {
	sink  sink
	input string
}

func (o overwrite) Error() string {
	if o.sink.append {
		return fmt.Sprintf("%s names %s, which is part of what is checked", summaryVariable, o.input)
	}
	return fmt.Sprintf("--format %s=%s would overwrite %s, which is part of what is checked", o.sink.Name, o.sink.file, o.input)
}
