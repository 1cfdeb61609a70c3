package cli

import (
	"github.com/spf13/cobra"
)

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND | TOPIC]",
		GroupID: "tool",
		Short:   "Show help about a command or a topic",
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil {
				return usage("%s", err)
			}
			if err := knownCommand(target, rest); err != nil {
				return err
			}
			target.InitDefaultHelpFlag()
			target.InitDefaultVersionFlag()
			return target.Help()
		},
	}
}

// shells are those that newCompletion knows.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion(sys System) *cobra.Command {
	return &cobra.Command{
		Use:     "completion SHELL",
		GroupID: "tool",
		Short:   "Print a script that completes commands and flags in a shell",
		Long: `Print a script that lets your shell complete commands and flags when you press Tab.
Shells: bash, zsh, fish, powershell.`,
		Example:   "  source <(readiness completion bash)",
		ValidArgs: shells,
		Args:      takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch root := cmd.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(sys.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(sys.Stdout)
			case "fish":
				return root.GenFishCompletion(sys.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(sys.Stdout)
			}
			return usage("there is no script for the shell %q; %s", args[0], choose(args[0], shells))
		},
	}
}

// helpTopics are pages of help that are not commands.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: `Exit codes of readiness. They never depend on the format.

  0  nothing due at or above --fail-on is open
  1  something is
  2  bad usage, or a manifest, checklist or setting that can't be read or is invalid
  3  an internal error, or a report that could not be written
  4  nothing was assessed: no requirement applies

--exit-zero turns 1 into 0. What is due follows from deployment.stage: planning and
pilot, the requirements that come before any PHI; production, all. With --gate, only
the gates it names count; reports say what is due beside them and not judged. A finding under an exception in force doesn't count; --no-exceptions counts it.
Proposed rules never count. With --baseline, only what is new or worse counts. diff
exits with 1 under --fail-on-new only, when something that counts is new or worse.
When the reader of a pipe stops early, as head does, the code is 3 without a message;
files that were asked for are written all the same.

readiness flows shows and doesn't judge: it ends with 0, 2 or 3.`},
		{Use: "outcomes", Short: "What the outcomes of a requirement mean", Long: `Outcomes of a requirement.

  met             every fact it needs is declared, and good
  attested        a named person stated it, in date
  gap             a declared fact contradicts it, is out of date, or is contradicted
                  by an evidence file
  undeclared      the manifest doesn't say; the report names what would settle it
  not applicable  declared facts show that it doesn't apply
  not selected    outside the chosen profile

Only the first two count as ready. A requirement takes the worst outcome of its
checks. The word unknown and an empty value are undeclared, and so is text that
says nothing, like TBD, n/a, ? or -.`},
		{Use: "environment", Short: "Settings in variables and in .readiness.yaml", Long: `Settings come from flags, then from these variables, then from .readiness.yaml in the
current folder, then from the manifest. A report names each setting that came from a
variable or a file.

  READINESS_CHECKLIST      checklist       checklists, separated by commas
  READINESS_CHECKLIST_DIR  checklist-dir   folders with checklists of your own
  READINESS_PROFILE        profile         core, standard, full
  READINESS_AS_OF          as-of           the day to check as of
  READINESS_HORIZON        horizon         days ahead in which due dates are listed
  READINESS_FAIL_ON        fail-on         critical, high, medium, low
  READINESS_GATE           gate            before_phi, before_launch, operating
  READINESS_COLOR          color           auto, always, never

In .readiness.yaml a setting is written by the name in the middle: "profile: full". A
setting of several values is a list: "gate: [before_phi, before_launch]".
NO_COLOR turns colour off. SOURCE_DATE_EPOCH sets the day when as-of doesn't.`},
	}
}
