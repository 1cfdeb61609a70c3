package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fuzzCheck runs check in a folder with the files given. It must end with a code that says what is wrong with them:
// never with that of an internal error.
func fuzzCheck(t *testing.T, lists string, files map[string][]byte, args ...string) {
	t.Helper()
	folder := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	manifest, err := os.ReadFile(filepath.Join(filepath.Dir(lists), "gap.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "readiness.yaml"), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	code, out, errs := run(t, append([]string{"check", "--checklist-dir", lists, "--checklist", "mini"}, args...)...)
	if !slices.Contains([]int{0, 1, 2, 4}, code) || strings.Contains(errs, "internal error") {
		t.Errorf("the exit code is %d:\n%s", code, errs)
	}
	if wrote := out != ""; wrote == (code == 2) {
		t.Errorf("exit code %d with %d bytes of report", code, len(out))
	}
	if strings.ContainsAny(errs, "\x1b\x00\u202e") {
		t.Errorf("not fit to read: %q", errs)
	}
}

// FuzzSettings puts anything in .readiness.yaml.
func FuzzSettings(f *testing.F) {
	lists, err := filepath.Abs("testdata/lists")
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		"", "# nothing\n", "profile: full\nas-of: 2026-11-22\nhorizon: 90\n", "fail-on: critical\ngate: [before_phi, operating]\ncolor: never\n",
		"checklist: [hipaa@1]\nchecklist-dir: [lists]\n", "profile: ful\n", "horizon: -1\n", "as-of: unknown\n", "gate: []\n", "profile: [full]\n", "? x\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzCheck(t, lists, map[string][]byte{".readiness.yaml": data})
	})
}

// FuzzBrand puts anything in a brand file and in the logo beside it.
func FuzzBrand(f *testing.F) {
	lists, err := filepath.Abs("testdata/lists")
	if err != nil {
		f.Fatal(err)
	}
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\xdac\xfc\xcf\xc0P\x0f\x00\x04\x85\x01\x80\x84\xa9\x8c!\x00\x00\x00\x00IEND\xaeB`\x82"
	f.Add([]byte("firm: Alder & Finch\nauthor: Robin\naccent: \"#1d4f63\"\nlogo: logo\n"), []byte(png))
	f.Add([]byte("firm: Alder\nlogo: logo\n"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>`))
	f.Add([]byte("firm: Alder\nlogo: ../../etc/passwd\n"), []byte("GIF89a"))
	f.Add([]byte("firm: ''\nfooter: \"\\u202e\"\n"), []byte("\xff\xd8\xff\xe0"))
	f.Fuzz(func(t *testing.T, brand, logo []byte) {
		fuzzCheck(t, lists, map[string][]byte{"brand.yaml": brand, "logo": logo}, "--brand", "brand.yaml", "--format", "html")
	})
}
