// Package cli is the command line: commands, configuration, files and exit codes. It is the only package with a clock,
// an environment, or files to write; cobra and viper live here only.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
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
	Env            func(string) (string, bool)
	Now            func() time.Time
	Terminal       bool // whether Stdout is a terminal
	Width          int  // of the terminal; 0 when unknown
}

// OS is the operating system's.
func OS() System {
	return System{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.LookupEnv, Now: time.Now,
		Terminal: isTerminal(os.Stdout), Width: terminalWidth(os.Stdout),
	}
}

// Main runs the command line and returns the exit code.
func Main(args []string, sys System) int {
	root := newRoot(sys)
	root.SetArgs(args)
	err := root.Execute()
	if err == nil {
		return exitReady
	}
	var code exitCode
	if errors.As(err, &code) {
		if code.err != nil {
			complain(sys.Stderr, code.err)
		}
		return code.code
	}
	complain(sys.Stderr, err)
	return exitUsage
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

// complain tells the reader what went wrong.
func complain(w io.Writer, err error) {
	var problems source.Problems
	if errors.As(err, &problems) {
		fmt.Fprintln(w, problems.Error())
		noun := "problems"
		if len(problems) == 1 {
			noun = "problem"
		}
		fmt.Fprintf(w, "\n%d %s. Nothing was checked.\n", len(problems), noun)
		return
	}
	fmt.Fprintf(w, "readiness: %s\n", source.Printable(err.Error()))
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
  readiness explain 164.308(b)(1)      what a requirement asks, and what to do`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		Version: newTool().Version,
	}
	root.SetIn(sys.Stdin)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	root.SetVersionTemplate("readiness {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%s; see %s --help", plainFlagError(cmd, err), cmd.CommandPath())
	})
	root.AddGroup(
		&cobra.Group{ID: "main", Title: "Check a practice:"},
		&cobra.Group{ID: "more", Title: "Understand and write:"},
		&cobra.Group{ID: "tool", Title: "About the tool:"},
	)
	root.SetHelpCommandGroupID("tool")
	root.SetCompletionCommandGroupID("tool")
	root.AddCommand(newCheck(sys), newValidate(sys), newInit(sys), newExplain(sys), newChecklists(sys), newSchema(sys), newVersion(sys))
	root.AddCommand(helpTopics()...)
	return root
}

// plainFlagError adds a suggestion to cobra's message about an unknown flag.
func plainFlagError(cmd *cobra.Command, err error) string {
	message := err.Error()
	name, ok := strings.CutPrefix(message, "unknown flag: --")
	if !ok {
		return message
	}
	if near := source.Suggest(name, flagNames(cmd)); near != "" {
		message += "; " + near
	}
	return message
}
