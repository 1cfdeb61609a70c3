package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"readiness/internal/source"
)

// The command-line library's own messages are for developers. These say the same for everyone else, and what to do.

// takes accepts from least to most arguments. An empty one is refused: it is most likely a variable of a script that
// was never set, and would otherwise mean this folder.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		write := strings.TrimSuffix(cmd.CommandPath(), cmd.Name()) + cmd.Use
		for i, arg := range args {
			switch {
			case i >= most:
				return usage("%q is one argument too many; write: %s", arg, write)
			case arg == "":
				return usage("an argument is empty; write: %s", write)
			}
		}
		if len(args) < least {
			return usage("an argument is missing; write: %s", write)
		}
		return nil
	}
}

// knownCommand refuses a word that is none of cmd's commands.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	hint := source.Suggest(args[0], names)
	if _, err := os.Stat(args[0]); err == nil && hint == "" && !cmd.HasParent() {
		hint = "to check the practice there: readiness check " + args[0]
	}
	if hint == "" {
		hint = cmd.CommandPath() + " --help lists the commands"
	}
	return usage("there is no command %q; %s", args[0], hint)
}

// plainFlagError words the flag library's complaints.
func plainFlagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	see := cmd.CommandPath() + " --help"
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return usage("there is no flag -%s; %s lists the flags", unknown.GetSpecifiedName(), see)
	case errors.As(err, &unknown):
		hint := see + " lists the flags"
		if near := source.Nearest(unknown.GetSpecifiedName(), flagNames(cmd)); near != "" {
			hint = "did you mean --" + near + "?"
		}
		return usage("there is no flag --%s; %s", unknown.GetSpecifiedName(), hint)
	case errors.As(err, &valueless):
		return usage("--%s needs a value; see %s", valueless.GetFlag().Name, see)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return usage("--%s takes no value; leave out =%s", invalid.GetFlag().Name, invalid.GetValue())
	}
	return usage("%s; see %s", err, see)
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
