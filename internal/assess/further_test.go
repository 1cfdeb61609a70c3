package assess_test

import (
	"strings"
	"testing"
)

// TestFurtherThanTheStage declares an early stage beside something that shows that things are further: every gate is due.
func TestFurtherThanTheStage(t *testing.T) {
	for _, tt := range []struct{ name, text, notice string }{
		{"planned, and nothing sent", "deployment: {stage: planning, first_phi_on: 2026-12-01}\n", ""},
		{"planned, and PHI was sent", "deployment: {stage: planning, first_phi_on: 2026-11-22}\n", "PHI has been sent since 2026-11-22"},
		{"a pilot that sends PHI", "deployment: {stage: pilot, first_phi_on: 2026-11-01, pilot: {ended_on: 2026-11-22}}\n", ""},
		{"a pilot that has ended", "deployment: {stage: pilot, pilot: {ended_on: 2026-11-21}}\n", "the pilot ended on 2026-11-21"},
		{"a use that is live", "deployment: {stage: pilot}\nuse_cases: [{id: notes, status: live}]\n", "the use case notes is live"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := assessSmall(t, tt.text, nil)
			for _, v := range r.Verdicts {
				if want := v.Gate == "before_phi" || tt.notice != ""; v.Due != want {
					t.Errorf("%s is due: %v, want %v", v.Gate, v.Due, want)
				}
			}
			notices := strings.Join(r.Notices, "\n")
			if strings.Contains(notices, "every gate is treated as due") != (tt.notice != "") || !strings.Contains(notices, tt.notice) {
				t.Errorf("notices are %q, want %q", notices, tt.notice)
			}
		})
	}
}
