package markdown

import (
	"testing"

	"readiness/internal/report/outline"
)

func TestBold(t *testing.T) {
	for in, want := range map[string]string{"a b": "**a b**", "1. ": "<strong>1.</strong> ", " a": " **a**", "(a)": "<strong>(a)</strong>", "": ""} {
		if got := bold(in); got != want {
			t.Errorf("bold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinkStaysInItsBrackets(t *testing.T) {
	got := span(outline.Span{Text: "a", Link: "https://x.example/(b)|c>\\"}, true)
	if want := "[a](https://x.example/%28b%29%7Cc%3E%5C)"; got != want {
		t.Errorf("span() = %q, want %q", got, want)
	}
}
