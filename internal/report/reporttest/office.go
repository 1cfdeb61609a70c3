//go:build validators

package reporttest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Office converts a file with LibreOffice, as a reader without any other program would open it, and returns the folder
// of what came out. to is what soffice's --convert-to takes, such as pdf.
func Office(t *testing.T, name string, data []byte, to string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "out")
	Run(t, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--norestore", "--convert-to", to, "--outdir", out, filepath.Join(folder, name))
	return out
}

// Run runs a validator and returns what it wrote. .ci/tools installs those that the tests need.
func Run(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is missing; .ci/tools installs it", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
