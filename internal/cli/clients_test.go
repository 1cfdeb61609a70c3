package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestClientNames(t *testing.T) {
	for _, test := range []struct {
		name       string
		args, want []string
	}{
		{"folders", []string{"/c/elm", "/c/oak/"}, []string{"elm", "oak"}},
		{"manifests", []string{"/c/elm/readiness.yaml", "/c/oak/pilot.yaml", "/c/oak/pilot.yml.yaml"}, []string{"elm", "pilot", "pilot-yml"}},
		{"words", []string{"/c/St. Mary's (new)", "/c/Clínica del Río"}, []string{"St-Mary-s-new", "Clínica-del-Río"}},
		{"accents by themselves", []string{"/c/Cli\u0301nica"}, []string{"Clinica"}},
		{"one name", []string{"/n/elm", "/s/ELM", "/s/oak"}, []string{"n-elm", "s-ELM", "oak"}},
		{"a name made of two", []string{"/n/elm", "/s/elm", "/x/n-elm"}, []string{"elm-20cb53dc", "s-elm", "x-n-elm"}},
		{"nothing to name it by", []string{"/", "/c/...", "/c/\u202e"}, []string{"practice-practice", "practice-25af25a4", "practice-66d2e416"}},
		{"devices", []string{"/c/NUL", "/c/com1"}, []string{"c-NUL", "c-com1"}},
		{"the summary's", []string{"/c/Readiness-Summary"}, []string{"c-Readiness-Summary"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := clientNames(test.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("names mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzClientNames holds what a folder with many files relies on, whatever the folders are called: a name is one plain
// file in it, and no two are the same.
func FuzzClientNames(f *testing.F) {
	f.Add("elm\x00oak")
	f.Add("n/elm\x00s/ELM\x00n-elm\x00x/n-elm")
	f.Add("../..\x00/\x00.\x00a b\x00a-b\x00-x")
	f.Add("\u0301 a")
	f.Add("\xff\x00e\u0301\x00\u202e" + strings.Repeat("語", 100))
	f.Fuzz(func(t *testing.T, joined string) {
		names, err := clientNames(strings.Split(joined, "\x00"))
		if err != nil {
			return
		}
		seen := map[string]bool{"readiness-summary": true}
		for _, name := range names {
			file := name + ".poam.json"
			if !filepath.IsLocal(file) || file != filepath.Base(file) || strings.ContainsAny(name, `./\:`) || strings.HasPrefix(name, "-") || len(file) > 255 || !utf8.ValidString(file) {
				t.Errorf("%q is no plain name", name)
			}
			if seen[strings.ToLower(name)] {
				t.Errorf("%q is there twice", name)
			}
			seen[strings.ToLower(name)] = true
		}
	})
}
