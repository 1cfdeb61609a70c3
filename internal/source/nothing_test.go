package source

import "testing"

func TestSaysNothing(t *testing.T) {
	for _, text := range []string{
		"unknown", "Unknown", "UNKNOWN.", "TBD", "(tbd)", "t.b.d.", "To be determined", "to  be\tdecided", "todo", "n/a", "N/A", "n.a.", "None", "-", "—", "?", "???", "...", " ",
		"\u200b", "\u3164", "\u00ad", "\u2060", "\u2800", "\u115f", "\ufe0f", "\u200btbd",
	} {
		if !saysNothing(text) {
			t.Errorf("%q says something", text)
		}
	}
	for _, text := range []string{
		"", "none", "Dana", "Na", "7", "no", "Xu", "none of them", "to be determined by the board in May", "TBD Medical Group", "unknown senders are refused", "Müller", "李", "½", "null", "The list is kept by the privacy officer, and unknown to others",
	} {
		if saysNothing(text) {
			t.Errorf("%q says nothing", text)
		}
	}
}
