package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/report/text"
)

func TestSplitList(t *testing.T) {
	for value, want := range map[string][]string{
		"hipaa":                      {"hipaa"},
		"hipaa,nist-ai-rmf@1":        {"hipaa", "nist-ai-rmf@1"},
		" hipaa , my lists/own ,":    {"hipaa", "my lists/own"},
		",, ,":                       nil,
		"folder with spaces, second": {"folder with spaces", "second"},
	} {
		if diff := cmp.Diff(want, splitList(value)); diff != "" {
			t.Errorf("splitList(%q) mismatch (-want +got)\n%s", value, diff)
		}
	}
}

func TestMisspelt(t *testing.T) {
	for pair, want := range map[string]bool{
		"READINESS_PROFILE=full":      false,
		"READINESS_PROFIEL=full":      true,
		"READINESS_FAILON=high":       true,
		"READINESS_GATES=operating":   true,
		"READINESS_PROFIEL=":          false, // unset, as far as anyone can tell
		"READINESS_PORT=tcp://10.0.0": false,
		"READINESS_SERVICE_HOST=x":    false,
		"PROFIEL=full":                false,
		"READINESS_=x":                false,
	} {
		if got := misspelt([]string{pair}) != nil; got != want {
			t.Errorf("misspelt(%q) = %t, want %t", pair, got, want)
		}
	}
}

func TestBlank(t *testing.T) {
	for data, want := range map[string]bool{
		"": true, "\n\n": true, "# profile: full\n": true, "  # indented\n\n": true, "profile: full # really\n": false, "\n\nx": false,
	} {
		if got := blank([]byte(data)); got != want {
			t.Errorf("blank(%q) = %t, want %t", data, got, want)
		}
	}
}

func TestParseFormats(t *testing.T) {
	type goes struct{ Format, File string }
	for _, test := range []struct {
		args []string
		want []goes
	}{
		{[]string{"text"}, []goes{{"text", ""}}},
		{[]string{"json=a.json"}, []goes{{"json", "a.json"}}},
		{[]string{"json=./b/../a.json", "text"}, []goes{{"json", "a.json"}, {"text", ""}}},
		{[]string{"text=a=b"}, []goes{{"text", "a=b"}}},
		{[]string{"text", "json"}, nil},
		{[]string{"text=a", "json=a"}, nil},
		{[]string{"text=a", "json=./a"}, nil},
		{[]string{"text="}, nil},
		{[]string{"=a"}, nil},
		{[]string{""}, nil},
		{[]string{"TEXT"}, nil},
		{[]string{"text "}, nil},
	} {
		d := delivery{formats: test.args}
		err := d.parse(text.Style{})
		if (err == nil) != (test.want != nil) {
			t.Errorf("parse(%q) = %v", test.args, err)
		}
		var got []goes
		for _, s := range d.sinks {
			if test.want == nil {
				break
			}
			got = append(got, goes{s.Name, s.file})
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("parse(%q) mismatch (-want +got)\n%s", test.args, diff)
		}
	}
}

// The ways people write a citation find the same requirement, and different requirements stay apart.
func TestSimplify(t *testing.T) {
	for _, written := range []string{"164.312(b)", "§164.312(b)", "§ 164.312(b)", "45 CFR 164.312(b)", "45 CFR § 164.312(b)",
		"45 C.F.R. §164.312 (b)", " 164.312(B) ", "45cfr164.312(b)"} {
		if got := simplify(written); got != "164.312(b)" {
			t.Errorf("simplify(%q) = %q", written, got)
		}
	}
	for _, pair := range [][2]string{{"164.312(b)", "164.312(b)(1)"}, {"MAP-1.1", "MAP-11"}, {"164.308(b)(1)", "164.308(b)(2)"}} {
		if simplify(pair[0]) == simplify(pair[1]) {
			t.Errorf("%q and %q are taken for the same", pair[0], pair[1])
		}
	}
}
