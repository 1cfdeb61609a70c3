// Package cli is the command line: commands, configuration, files and exit codes. It is the only package with a clock,
// an environment, or files to write; cobra and viper live here only.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"readiness/internal/source"
)

// Exit codes. readiness help exit-codes explains them.
const (
	exitReady    = 0 // nothing due at or above --fail-on is open
	exitGaps     = 1 // something is
	exitUsage    = 2 // bad usage, or a file that can't be read or is invalid
	exitInternal = 3 // an internal error, or a report that could not be written
	exitNothing  = 4 // nothing was assessed
)

// System is everything the program takes from outside.
type System struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // variables, as NAME=value
	Now            func() time.Time
	Terminal       bool     // whether Stdout is a terminal
	Width          int      // of the terminal; 0 when unknown
	Watched        bool     // whether Stderr is a terminal
	WatchedWidth   int      // of that; 0 when unknown
	line           []string // the arguments, as Main got them
	Invoked        string   // the program as it was called, such as ./readiness; empty when unknown
}

// command is what to type to run the program again.
func (sys System) command() string {
	if sys.Invoked == "" || strings.Contains(sys.Invoked, " ") { // which would need quotes that depend on the shell
		return "readiness"
	}
	return sys.Invoked
}

// OS is the operating system's. A reader that closes the pipe early becomes an error of writing, so that the files
// asked for are still written and the exit code is still ours.
func OS() System {
	signal.Ignore(syscall.SIGPIPE)
	return System{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Now: time.Now,
		Terminal: isTerminal(os.Stdout), Width: terminalWidth(os.Stdout), Watched: isTerminal(os.Stderr), WatchedWidth: terminalWidth(os.Stderr),
		Invoked: os.Args[0],
	}
}

// env returns the value of a variable. One that is empty counts as unset.
func (sys System) env(name string) (string, bool) {
	value := ""
	for _, pair := range sys.Environ {
		if v, ok := strings.CutPrefix(pair, name+"="); ok {
			value = v
		}
	}
	return value, value != ""
}

// Main runs the command line and returns the exit code.
func Main(args []string, sys System) (code int) {
	defer func() {
		if defect := recover(); defect != nil {
			say(sys.Stderr, "readiness: internal error: %v", defect)
			say(sys.Stderr, "This is a defect of readiness, not of your files. Please report it with these lines:")
			fmt.Fprintf(sys.Stderr, "\n%s", debug.Stack())
			code = exitInternal
		}
	}()
	out := &output{w: sys.Stdout}
	sys.Stdout = out
	sys.line = args
	root := newRoot(sys)
	root.SetArgs(args)
	code = conclude(sys, root.Execute())
	if out.err != nil {
		code = conclude(sys, exitCode{exitInternal, out.complaint()})
	}
	return code
}

// conclude tells the reader what went wrong, if anything did, and returns the exit code.
func conclude(sys System, err error) int {
	if err == nil {
		return exitReady
	}
	code := exitCode{exitUsage, err}
	errors.As(err, &code)
	if code.err != nil {
		complain(sys, code.err)
	}
	return code.code
}

// exitCode is an error that ends the program with a code. Without an err it says nothing.
type exitCode struct {
	code int
	err  error
}

func (e exitCode) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e exitCode) Unwrap() error { return e.err }

// usage is a mistake on the command line.
func usage(format string, args ...any) error {
	return exitCode{exitUsage, fmt.Errorf(format, args...)}
}

// complain writes an error for people.
func complain(sys System, err error) {
	var problems source.Problems
	if errors.As(err, &problems) {
		noun := "problems"
		if len(problems) == 1 {
			noun = "problem"
		}
		for _, p := range problems {
			fmt.Fprintln(sys.Stderr, p.In(sys.WatchedWidth))
		}
		fmt.Fprintf(sys.Stderr, "\n%d %s. Nothing was checked.\n", len(problems), noun)
		return
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		for _, part := range source.Fold("readiness: "+line, sys.WatchedWidth) {
			fmt.Fprintln(sys.Stderr, part)
		}
	}
}

// say writes a line for people. Nothing that it quotes, be it a file's name or what is in a file, can steer a terminal.
// On standard output an error of writing is remembered; see output.
func say(w io.Writer, format string, args ...any) {
	fmt.Fprintln(w, source.Printable(fmt.Sprintf(format, args...)))
}

func newRoot(sys System) *cobra.Command {
	root := &cobra.Command{
		Use:   "readiness",
		Short: "Check a practice's use of a language model before patient data meets it",
		Long: `readiness reads one file in which a medical practice declares how it uses a language
model (readiness.yaml), checks it against versioned checklists (HIPAA, NIST AI RMF)
and writes a gap report. What is not declared is not met.

It works offline: no network, no telemetry, no update check. It writes nothing but the
files you name. It is a gap check, not a risk analysis and not legal advice.`,
		Example: `  readiness init                       write a commented readiness.yaml to fill in
  readiness check                      check ./readiness.yaml
  readiness explain "164.308(b)(1)"    what a requirement asks, and what to do`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              knownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Version:           newTool().Version,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(sys.Stdin)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	root.SetVersionTemplate("readiness {{.Version}}\n")
	root.SetFlagErrorFunc(plainFlagError)
	root.AddGroup(
		&cobra.Group{ID: "main", Title: "Check a practice:"},
		&cobra.Group{ID: "more", Title: "Understand and write:"},
		&cobra.Group{ID: "tool", Title: "About the tool:"},
	)
	root.SetHelpCommand(newHelp())
	root.AddCommand(newCheck(sys), newFlows(sys), newDiff(sys), newReport(sys), newValidate(sys), newInit(sys), newExplain(sys), newChecklists(sys), newSchema(sys),
		newVersion(sys), newCompletion(sys), newMan())
	root.AddCommand(helpTopics()...)
	return root
}
