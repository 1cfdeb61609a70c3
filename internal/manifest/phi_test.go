package manifest_test

import (
	"strings"
	"testing"

	"readiness/internal/manifest"
)

// TestLooksLikePHI finds what looks like a patient's, with its place, and never repeats it.
func TestLooksLikePHI(t *testing.T) {
	const head = "readiness: 1\npractice: {name: Elm Street}\n"
	for _, test := range []struct {
		name, line string
		want       string // how the notice begins; empty for none
	}{
		{"SSN", `deployment: {name: "for 219-09-9999"}`, "f.yaml:3:25 looks like a Social Security number."},
		{"SSN in a comment", "# John Roe, 219-09-9999", "f.yaml:3:13 looks like a Social Security number."},
		{"SSN nobody has", `deployment: {name: "666-12-3456 and 900-12-3456, 000-12-3456, 123-00-4567, 123-45-0000"}`, ""},
		{"phone number", `deployment: {name: "call 555-219-0999 or 219-555-1234"}`, ""},
		{"part of an id", `deployment: {name: "a3f0-219-09-9999-bb12"}`, ""},
		{"part of a path", `deployment: {name: "219-09-9999.pdf"}`, "f.yaml:3:21 looks like a Social Security number."},
		{"MRN", `deployment: {name: "audit of MRN 00482913"}`, "f.yaml:3:34 looks like a medical record number."},
		{"MRN with a colon", "# mrn: A-4829131", "f.yaml:3:8 looks like a medical record number."},
		{"record number in words", "# medical record number #482913", "f.yaml:3:26 looks like a medical record number."},
		{"the word MRN", `deployment: {name: "the MRN is never sent"}`, ""},
		{"the element", "data_flows: [{id: a, from: patient, to: workforce, elements: [mrn, ssn, date_elements]}]", ""},
		{"date of birth", `deployment: {name: "Jane Roe, DOB 04/02/1961"}`, "f.yaml:3:35 looks like a date of birth."},
		{"born", "# Jane Roe, born April 2, 1961", "f.yaml:3:18 looks like a date of birth."},
		{"date of birth, ISO", "# date of birth: 1961-04-02", "f.yaml:3:18 looks like a date of birth."},
		{"another date", "inventory: {complete_as_of: 2026-10-01}", ""},
		{"a digest", `prompts: [{id: a, sha256: "` + strings.Repeat("0123456789", 6) + `abcd"}]`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := manifest.Decode("f.yaml", []byte(head+test.line+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(doc.LooksLikePHI(), "\n")
			if !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, test.want)
			}
			for _, secret := range []string{"219-09-9999", "482913", "1961"} {
				if strings.Contains(got, secret) {
					t.Errorf("the notice repeats it: %s", got)
				}
			}
		})
	}
}

// TestExamplesHoldNoPHI also shows that the patterns are precise enough.
func TestExamplesHoldNoPHI(t *testing.T) {
	for _, file := range append(examples(t), corpus(t, "ok")...) {
		doc, err := manifest.Decode(file, readFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, notice := range doc.LooksLikePHI() {
			t.Error(notice)
		}
	}
}

func TestManySuspicions(t *testing.T) {
	doc, err := manifest.Decode("f.yaml", []byte("readiness: 1\npractice: {name: Elm Street}\n"+strings.Repeat("# MRN 482913\n", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(doc.LooksLikePHI()); n != 11 {
		t.Errorf("%d notices", n)
	}
}
