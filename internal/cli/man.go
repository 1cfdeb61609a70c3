package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"readiness/internal/source"
)

func newMan() *cobra.Command {
	return &cobra.Command{
		Use:    "man FOLDER",
		Short:  "Write the manual pages of every command into a folder",
		Hidden: true,
		Args:   takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, c := range documented(cmd.Root()) {
				if err := writeFile(filepath.Join(args[0], pageName(c)+".1"), page(c)); err != nil {
					return exitCode{exitInternal, fmt.Errorf("the manual page could not be written: %s", source.Cause(err))}
				}
			}
			return nil
		},
	}
}

// documented lists a command and all below it, but for hidden ones.
func documented(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			list = append(list, documented(c)...)
		}
	}
	return list
}

// pageName is readiness-checklists-show for the command readiness checklists show.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// roff are the characters that mean something in a manual page.
var roff = strings.NewReplacer(`\`, `\e`, "-", `\-`)

// plain is a line of text in a manual page. A dot or an apostrophe at its beginning would be a request.
func plain(s string) string {
	s = roff.Replace(source.Printable(s))
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// page is the manual page of a command, in the language of man(7). It has no date, so that it is the same from every
// build of one version.
func page(cmd *cobra.Command) []byte {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	var b strings.Builder
	section := func(title string) { fmt.Fprintf(&b, ".SH %s\n", title) }
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"readiness %s\" \"readiness\"\n", strings.ToUpper(plain(pageName(cmd))), plain(cmd.Root().Version))
	section("NAME")
	fmt.Fprintf(&b, "%s \\- %s\n", plain(pageName(cmd)), plain(lowerFirst(cmd.Short)))
	if cmd.Runnable() {
		section("SYNOPSIS")
		fmt.Fprintf(&b, ".B %s\n", plain(cmd.UseLine()))
	}
	section("DESCRIPTION")
	description := cmd.Long
	if description == "" {
		description = cmd.Short + "."
	}
	paragraphs(&b, description)
	if cmd.HasAvailableFlags() {
		section("OPTIONS")
		cmd.Flags().VisitAll(func(f *pflag.Flag) { option(&b, f) })
	}
	if cmd.Example != "" {
		section("EXAMPLES")
		paragraphs(&b, cmd.Example)
	}
	if others := related(cmd); len(others) > 0 {
		section("SEE ALSO")
		fmt.Fprintf(&b, "%s\n", strings.Join(others, ",\n"))
	}
	return []byte(b.String())
}

// paragraphs writes text. A paragraph with a line that is set in stays as it is, like a table.
func paragraphs(b *strings.Builder, text string) {
	for i, p := range strings.Split(strings.TrimRight(text, "\n"), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		kept := strings.HasPrefix(p, " ") || strings.Contains(p, "\n ")
		if kept {
			b.WriteString(".nf\n")
		}
		for line := range strings.SplitSeq(p, "\n") {
			b.WriteString(plain(line) + "\n")
		}
		if kept {
			b.WriteString(".fi\n")
		}
	}
}

func option(b *strings.Builder, f *pflag.Flag) {
	if f.Hidden {
		return
	}
	value, words := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	fmt.Fprintf(b, ".TP\n\\fB%s\\fR", plain(name))
	if value != "" {
		fmt.Fprintf(b, " \\fI%s\\fR", plain(value))
	}
	fmt.Fprintf(b, "\n%s\n", plain(words))
}

// related are the pages of the command above and of those below.
func related(cmd *cobra.Command) []string {
	var list []string
	if cmd.HasParent() {
		list = append(list, fmt.Sprintf("\\fB%s\\fR(1)", plain(pageName(cmd.Parent()))))
	}
	for _, c := range documented(cmd)[1:] {
		if c.Parent() == cmd {
			list = append(list, fmt.Sprintf("\\fB%s\\fR(1)", plain(pageName(c))))
		}
	}
	return list
}

// lowerFirst begins a sentence as a part of another.
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
