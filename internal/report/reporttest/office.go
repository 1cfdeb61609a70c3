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
	file := save(t, name, data)
	out := filepath.Join(filepath.Dir(file), "out")
	Run(t, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--norestore", "--convert-to", to, "--outdir", out, file)
	return out
}

// Printed is the text on the pages of a file as LibreOffice prints it.
func Printed(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := strings.TrimSuffix(name, filepath.Ext(name)) + ".pdf"
	return Run(t, "pdftotext", "-raw", filepath.Join(Office(t, name, data, "pdf"), file), "-")
}

// OpenXML shows that xmllint finds every part of a file of Office Open XML well-formed, and that Microsoft's Open XML SDK
// finds the whole valid.
func OpenXML(t *testing.T, name string, data []byte) {
	t.Helper()
	args := []string{"--noout", "--nonet"}
	for part, body := range Parts(t, data) {
		if !strings.Contains(part, "/media/") {
			args = append(args, save(t, strings.ReplaceAll(part, "/", "-"), []byte(body)))
		}
	}
	Run(t, "xmllint", args...)
	Run(t, filepath.Join(os.Getenv("READINESS_NODE"), "node_modules", ".bin", "ooxml-validator"), save(t, name, data))
}

func save(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
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
