package rule_test

import (
	"testing"

	"readiness/internal/manifest"
	"readiness/internal/rule"
	"readiness/internal/source"
)

// vendorType is the type of what vendors lists.
func vendorType(t *testing.T) *source.Type {
	t.Helper()
	f, ok := manifest.Type().Field("vendors")
	if !ok {
		t.Fatal("the manifest lists no vendors")
	}
	return f.Type.Elem
}

func TestPossible(t *testing.T) {
	language := rule.NewLanguage(manifest.Type())
	yes := func(text string) rule.Want { return rule.Want{Text: text, Yes: true} }
	no := func(text string) rule.Want { return rule.Want{Text: text} }
	for _, test := range []struct {
		name  string
		wants []rule.Want
		want  bool
	}{
		{"a flag", []rule.Want{yes("it.receives_phi")}, true},
		{"a flag and its opposite", []rule.Want{yes("it.receives_phi && !it.receives_phi")}, false},
		{"the same, compared", []rule.Want{yes("it.receives_phi == true && it.receives_phi != true")}, false},
		{"two words at once", []rule.Want{yes("it.baa.status == 'none' && it.baa.status == 'executed'")}, false},
		{"a word and a list without it", []rule.Want{yes("it.baa.status == 'none'"), yes("it.baa.status in ['executed', 'requested']")}, false},
		{"a word and a list with it", []rule.Want{yes("it.baa.status == 'none'"), yes("it.baa.status in ['executed', 'none']")}, true},
		{"two vendors' words", []rule.Want{yes("it.baa.status == 'none' && vendors.exists(v, v.baa.status == 'executed')")}, true},
		{"every word excluded", []rule.Want{no("it.baa.status in ['executed', 'click_accepted', 'by_terms', 'requested', 'none', 'not_required']")}, false},
		{"a name excluded", []rule.Want{no("it.name in ['a', 'b']")}, true},
		{"a word that isn't one", []rule.Want{yes("it.baa.status == 'nosuch'")}, false},
		{"bounds that cross", []rule.Want{yes("days_since(it.baa.effective_on) > 90 && days_since(it.baa.effective_on) < 30")}, false},
		{"bounds that don't", []rule.Want{yes("days_since(it.baa.effective_on) < 90 && days_since(it.baa.effective_on) > 30")}, true},
		{"an or", []rule.Want{yes("(it.receives_phi && !it.receives_phi) || it.name == 'x'")}, true},
		{"an or of two dead ways", []rule.Want{yes("(it.receives_phi && !it.receives_phi) || (it.name == 'x' && it.name == 'y')")}, false},
		{"not an and", []rule.Want{no("it.receives_phi && it.name == 'x'"), yes("it.receives_phi"), yes("it.name == 'x'")}, false},
		{"not an or", []rule.Want{no("it.receives_phi || it.name == 'x'"), yes("it.name == 'x'")}, false},
		{"not below, and below", []rule.Want{no("days_since(it.baa.effective_on) < 90"), yes("days_since(it.baa.effective_on) < 30")}, false},
		{"a choice", []rule.Want{yes("it.receives_phi ? it.name == 'x' : it.name == 'y'"), yes("it.receives_phi && it.name == 'y'")}, false},
		{"what it doesn't understand", []rule.Want{yes("it.name.startsWith('a') && it.name.startsWith('b')")}, true},
		{"the same thing twice", []rule.Want{yes("it.name.startsWith('a')"), no("it.name.startsWith('a')")}, false},
		{"an answer written out", []rule.Want{yes("it.receives_phi && false")}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := language.Possible(vendorType(t), test.wants...)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("Possible() = %v", got)
			}
		})
	}
}

func TestUnknownWord(t *testing.T) {
	language := rule.NewLanguage(manifest.Type())
	for text, want := range map[string]string{
		"it.baa.status == 'executed'":                                 "",
		"it.baa.status == 'exectued'":                                 "exectued",
		"it.receives_phi && it.baa.status in ['executed', 'agreed']":  "agreed",
		"it.baa.status != 'agreed'":                                   "agreed",
		"vendors.exists(v, v.baa.status == 'agreed')":                 "agreed",
		"it.name == 'anything'":                                       "",
		"vendor('x').baa.status == 'signed' || it.name == 'anything'": "signed",
	} {
		got, allowed, err := language.UnknownWord(text, vendorType(t))
		if err != nil {
			t.Fatal(err)
		}
		if got != want || (got != "") != (len(allowed) > 0) {
			t.Errorf("UnknownWord(%s) = %q of %q, want %q", text, got, allowed, want)
		}
	}
}
