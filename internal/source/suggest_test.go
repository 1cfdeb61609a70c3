package source_test

import (
	"strings"
	"testing"

	"readiness/internal/source"
)

func TestNearest(t *testing.T) {
	words := []string{"receives_phi", "residency", "role", "baa", "id", "Covers"}
	for got, want := range map[string]string{
		"recieves_phi":            "receives_phi", // neighbours swapped
		"receives_ph":             "receives_phi", // a letter missing
		"receives__phi":           "receives_phi", // one too many
		"Receives-PHI":            "receives_phi", // another spelling
		"rolle":                   "role",
		"covers":                  "Covers",
		"ba":                      "baa",
		"bab":                     "baa",
		"xyz":                     "",
		"":                        "",
		"ROLE":                    "role",
		"residence":               "residency",
		"blockchain":              "",
		strings.Repeat("a", 1000): "",
	} {
		if near := source.Nearest(got, words); near != want {
			t.Errorf("Nearest(%q) = %q, want %q", got, near, want)
		}
	}
	if near := source.Nearest("a", nil); near != "" {
		t.Errorf("Nearest among no words is %q", near)
	}
}

func TestSuggest(t *testing.T) {
	if got, want := source.Suggest("rol", []string{"role"}), `did you mean "role"?`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := source.Suggest("blockchain", []string{"role"}); got != "" {
		t.Errorf("%q for a word that is far", got)
	}
}

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Messages", "messages", true},
		{"prompt-caching", "Prompt_Caching", true},
		{" code  execution", "code_execution", true},
		{"claude-opus-4-7", "claude opus 4 7", true},
		{"claude-opus-4-7", "claude-opus-47", false},
		{"files", "file", false},
	} {
		if got := source.Alike(tt.a, tt.b); got != tt.want {
			t.Errorf("Alike(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}
