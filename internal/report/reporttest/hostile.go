package reporttest

import (
	"hash/crc32"
	"reflect"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// HostileTexts are what a manifest may hold to steer, break or disguise a format: markup, terminal escapes, bidirectional
// overrides, line breaks, workflow commands, formulas, quotes, placeholders, links, very long and East Asian text.
func HostileTexts() []string {
	return []string{
		`<script>alert("x")</script><img src=x onerror=alert(1)>`,
		"red \x1b[31m\x1b]8;;https://evil.example\x07text\x1b[0m \u009b31m",
		"evil\u202etxt.exe\u2066 \u200bzero\ufeff",
		"one\ntwo\r\n::error file=x::three\n\n# four\n- five\u2028six",
		`=cmd|'/C calc'!A0`,
		`"double", 'single', 100% of ; a:b`,
		"]]> --> `code` **bold** | cell | [click](javascript:alert(1)) {0} {{x}} ${y} @osei #1",
		"\x00\x01\x7f\ufffe\uffff",
		"診療所の\u3000電子カルテ 🩺 ñ ü",
		strings.Repeat("A very long name ", 20),
		"##[set-env name=PATH]evil ::stop-commands::x",
		"  ",
	}
}

// kept are the fields that other fields refer to, or that a program rather than a person wrote, as Field or Type.Field.
var kept = []string{"Schema", "AsOf", "ID", "Designation", "Requirement", "Step.Requirements", "Checklist", "Subject", "Fingerprint", "SHA256", "State",
	"ReceivesPHI", "Encrypted", "Licensed", "HasAccess", "Reviewed", "On", "EffectiveOn", "ExpiresOn", "ApprovedOn", "SignedOn"}

// Hostile is a report with gaps, undeclared facts and exceptions in which every text that a person wrote is hostile.
// Ids, days and digests stay, so that what refers to what still holds. Each field goes through the texts by itself, so
// that a new one leaves the others as they are.
func Hostile() *assess.Report {
	texts, next := HostileTexts(), map[string]uint32{}
	return replace(mixed(), func(field string) string {
		if next[field] == 0 {
			next[field] = crc32.ChecksumIEEE([]byte(field))
		}
		next[field]++
		return texts[next[field]%uint32(len(texts))]
	}, kept)
}

// Arbitrary is a report like that of Hostile, in which every text, ids included, is a or b in turn. The day of the report
// stays, because a report always has one.
func Arbitrary(a, b string) *assess.Report {
	n := 0
	return replace(mixed(), func(string) string {
		n++
		return []string{a, b}[n%2]
	}, []string{"Schema", "AsOf"})
}

// mixed has something of everything.
func mixed() *assess.Report {
	r := Accepted()
	setGap(r, "hipaa/164.308(b)(1)", "its BAA is requested")
	way := &find(r, "hipaa/164.308(b)(1)").Checks[0].Results[0]
	way.Path = []assess.Place{place(210, 9, "  - id: summary-draft"), place(224, 9, "  - id: summary-to-patient")}
	setUndeclared(r, "hipaa/164.312(b)", undeclaredResult("", "", "logging", 1))
	setGap(r, "hipaa/nprm-inventory", "no inventory of AI tools is kept")
	r.First = Gaps().First
	r.Verdicts = verdicts()
	for i := range r.Checklists {
		r.Checklists[i].Counts = assess.Counts{}
	}
	return sumUp(r)
}

// replace puts what text gives for a Type.Field in place of every text of r, but for the fields in keep. Words of a closed
// list, such as outcomes, have types of their own and stay.
func replace(r *assess.Report, text func(field string) string, keep []string) *assess.Report {
	walk(reflect.ValueOf(r).Elem(), "Report", text, keep)
	return r
}

func walk(v reflect.Value, field string, text func(field string) string, keep []string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(text(field))
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), field, text, keep)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			inside := v.Type().Name() + "." + name
			if !slices.Contains(keep, name) && !slices.Contains(keep, inside) {
				walk(v.Field(i), inside, text, keep)
			}
		}
	}
}
