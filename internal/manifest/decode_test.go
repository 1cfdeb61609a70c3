package manifest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"readiness/internal/manifest"
)

// TestGoodManifests reads every manifest of the good corpus and every example: they must be read in silence.
func TestGoodManifests(t *testing.T) {
	for _, file := range append(corpus(t, "ok"), examples(t)...) {
		if _, err := manifest.Decode(filepath.Base(file), readFile(t, file)); err != nil {
			t.Errorf("%s:\n%v", file, err)
		}
	}
}

// TestBadManifests compares the messages about every manifest of the bad corpus with what stands beside it.
func TestBadManifests(t *testing.T) {
	for _, file := range corpus(t, "bad") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := manifest.Decode(filepath.Base(file), readFile(t, file))
			if err == nil {
				t.Fatal("it is read in silence")
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".out", err.Error()+"\n")
		})
	}
}

func corpus(t testing.TB, name string) []string {
	t.Helper()
	return glob(t, "../../testdata/manifests/"+name+"/*.yaml")
}

func examples(t testing.TB) []string {
	t.Helper()
	return glob(t, "../../examples/*/readiness.yaml")
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return files
}
