//go:build validators

package html_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
)

// TestInABrowser opens the reports of the examples, a branded one and the hostile one in Chromium and runs axe-core on
// them. It needs node, Debian's chromium, and axe-core 4.14.1 and playwright-core 1.65.1 in $READINESS_NODE/node_modules.
func TestInABrowser(t *testing.T) {
	modules := filepath.Join(os.Getenv("READINESS_NODE"), "node_modules")
	if _, err := os.Stat(filepath.Join(modules, "axe-core")); os.Getenv("READINESS_NODE") == "" || err != nil {
		t.Fatal("set READINESS_NODE to a folder with axe-core 4.14.1 and playwright-core 1.65.1 in its node_modules")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("install Debian's package chromium")
	}
	folder := t.TempDir()
	pages := examples(t, folder)
	brand := outline.Brand{Firm: "Alder & Finch", Accent: "#ffd166", Note: "For the board.", Footer: "Privileged"}
	for name, page := range map[string]string{"hostile.html": render(t, reporttest.Hostile(), hostileBrand), "gaps.html": render(t, reporttest.Gaps(), brand)} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, file)
	}
	cmd := exec.Command("node", append([]string{"testdata/page.js"}, pages...)...)
	cmd.Env = append(os.Environ(), "NODE_PATH="+modules, "CHROMIUM="+chromium)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "5 pages, 0 complaints") {
		t.Errorf("%v\n%s", err, out)
	}
}

// examples writes the reports of the examples as the program does.
func examples(t *testing.T, folder string) []string {
	t.Helper()
	program := filepath.Join(folder, "readiness")
	root := filepath.Join("..", "..", "..")
	if out, err := exec.Command("go", "build", "-o", program, filepath.Join(root, "cmd", "readiness")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var pages []string
	for _, name := range []string{"ready", "riverbend", "first-day"} {
		file := filepath.Join(folder, name+".html")
		cmd := exec.Command(program, "check", filepath.Join(root, "examples", name), "--as-of", "2026-11-22", "--exit-zero", "--format", "html="+file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		pages = append(pages, file)
	}
	return pages
}
