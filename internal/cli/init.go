package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"readiness/internal/source"
)

//go:embed templates/*.yaml
var templates embed.FS

func newInit(sys System) *cobra.Command {
	var template string
	cmd := &cobra.Command{
		Use:     "init [FOLDER]",
		GroupID: "main",
		Short:   "Write a commented readiness.yaml to fill in",
		Long: `Write a commented readiness.yaml to fill in, in this folder or another. Nothing in it
is declared until you write it, so a fresh one shows what is left to do. An existing
file is never overwritten.

Templates: ` + strings.Join(templateNames(), ", ") + ".",
		Example: "  readiness init\n  readiness init clients/riverbend --template patient-messages",
		Args:    takes(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := templates.ReadFile("templates/" + template + ".yaml")
			if err != nil {
				return usage("there is no template %q; %s", template, choose(template, templateNames()))
			}
			folder := strings.Join(args, "")
			if ext := filepath.Ext(folder); ext == ".yaml" || ext == ".yml" {
				return usage("name a folder, not a file: the file is always called %s", manifestName)
			}
			name := filepath.Join(folder, manifestName)
			if err := writeNew(name, data); err != nil {
				return err
			}
			say(sys.Stdout, "Wrote %s. Open it in a text editor and fill it in from the top. Then run:", name)
			for _, command := range []string{"validate", "check"} {
				say(sys.Stdout, "  %s", strings.TrimSpace(sys.command()+" "+command+" "+folder))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&template, "template", "visit-notes", "what to begin with, by the `USE` of the model: "+strings.Join(templateNames(), ", "))
	completeWords(cmd)
	return cmd
}

func templateNames() []string {
	files, _ := fs.Glob(templates, "templates/*.yaml")
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

// writeNew writes a file that must not exist yet.
func writeNew(name string, data []byte) error {
	switch err := os.MkdirAll(filepath.Dir(name), 0o755); {
	case errors.Is(err, syscall.ENOTDIR):
		return usage("%s can't be a folder: there is a file of that name", filepath.Dir(name))
	case err != nil:
		return exitCode{exitInternal, fmt.Errorf("%s could not be made: %s", filepath.Dir(name), source.Cause(err))}
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usage("%s is there already and was left as it is", name)
	case err != nil:
		return exitCode{exitInternal, fmt.Errorf("%s could not be written: %s", name, source.Cause(err))}
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(name)
		return exitCode{exitInternal, fmt.Errorf("%s could not be written: %s", name, source.Cause(err))}
	}
	return nil
}
