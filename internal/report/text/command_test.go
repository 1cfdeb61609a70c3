package text_test

import (
	"os/exec"
	"strings"
	"testing"

	"readiness/internal/report/text"
)

func TestCommand(t *testing.T) {
	for _, tt := range []struct {
		words []string
		want  string
	}{
		{[]string{"readiness", "check", "clients/elm", "--as-of=2026-01-31"}, "readiness check clients/elm --as-of=2026-01-31"},
		{[]string{"readiness", "explain", "hipaa/164.308(b)(1)"}, `readiness explain "hipaa/164.308(b)(1)"`},
		{[]string{"check", "Elm Street", ""}, `check "Elm Street" ""`},
		{[]string{"O'Hara", `C:\elm`, "été"}, `"O'Hara" "C:\elm" "été"`},
		{[]string{"$HOME", "it's $5", `say "ah"`, "a!"}, `'$HOME' 'it'\''s $5' 'say "ah"' 'a!'`},
	} {
		got := text.Command(tt.words...)
		if got != tt.want {
			t.Errorf("Command(%q) is %s, want %s", tt.words, got, tt.want)
		}
		out, err := exec.Command("sh", "-c", "printf '%s|' "+got).Output()
		if want := strings.Join(tt.words, "|") + "|"; err != nil || string(out) != want {
			t.Errorf("a shell reads %s as %q (%v), want %q", got, out, err, want)
		}
	}
}
