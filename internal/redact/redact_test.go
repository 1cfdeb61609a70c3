package redact_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/diff"
	"readiness/internal/redact"
	"readiness/internal/report/reporttest"
)

// report is a report with people in every place that takes text.
func report(text string, people ...assess.Person) *assess.Report {
	r := reporttest.Accepted()
	r.Inventory.People = people
	r.Practice, r.Requirements[0].Checks[0].Results[0].Message = text, text
	return r
}

func TestText(t *testing.T) {
	people := []assess.Person{{ID: "osei", Name: "Dr. Akua Osei"}, {ID: "dana", Name: "Dana Whitfield-Jones"}, {ID: "yamada", Name: "山田太郎"}, {ID: "w", Name: "Wei Lin"}, {ID: "jose", Name: "José Whitfield"}}
	for _, test := range []struct{ name, in, want string }{
		{"name", "Dr. Akua Osei agreed", "P03 agreed"},
		{"part of a name", "Ask Osei, or AKUA.", "Ask P03, or P03."},
		{"title", "Ask Dr. Osei", "Ask Dr. P03"},
		{"id", "people[dana].trained", "people[P01].trained"},
		{"id among others", "access.grants[dana+scribe]", "access.grants[P01+scribe]"},
		{"short id", "people[w] saw a w", "people[P04] saw a w"},
		{"owner's s", "Dana's laptop", "P01's laptop"},
		{"file", "evidence/training_osei-2026.pdf", "evidence/training_P03-2026.pdf"},
		{"year", "osei2026.pdf", "P03" + "2026.pdf"},
		{"inside a word", "bandana, Danane", "bandana, Danane"},
		{"half of a double name", "Mrs. Jones", "Mrs. P01"},
		{"shared by two", "Whitfield", "P--"},
		{"no spaces", "山田太郎さん", "P05さん"},
		{"accents", "JOSÉ signed", "P02 signed"},
		{"e-mail", "write to d.whitfield+x@clinic.example.org, please", "write to [e-mail], please"},
		{"e-mail in a link", "mailto:dana@clinic.example", "mailto:[e-mail]"},
		{"e-mail, escaped", "dana%40clinic.example", "[e-mail]"},
		{"e-mail inside", "dana@clinic", "[e-mail]"},
		{"version", "hipaa@1.0.0 and nist-ai-rmf@1 and own@1.0.0-beta", "hipaa@1.0.0 and nist-ai-rmf@1 and own@1.0.0-beta"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := redact.Report(report(test.in, people...))
			if r.Practice != test.want || r.Requirements[0].Checks[0].Results[0].Message != test.want {
				t.Errorf("%q becomes %q and %q, want %q", test.in, r.Practice, r.Requirements[0].Checks[0].Results[0].Message, test.want)
			}
		})
	}
}

// What is told of several practices names nobody of any, and gives no number, which would be another's in the next.
func TestTexts(t *testing.T) {
	elm := redact.NamesIn(report("", assess.Person{ID: "dana", Name: "Dana Whitfield"}))
	oak := redact.NamesIn(report("", assess.Person{ID: "osei", Name: "Dr. Akua Osei"}, assess.Person{ID: "w", Name: "Wei Lin"}))
	texts := []string{"checklist-dir = jane.doe@x.org comes from lists.", "Akua's and people[dana]", "[w]", "hipaa@1.0.0"}
	want := []string{"checklist-dir = [e-mail] comes from lists.", "P--'s and people[P--]", "[P--]", "hipaa@1.0.0"}
	if diff := cmp.Diff(want, redact.Texts(texts, elm, oak)); diff != "" {
		t.Errorf("texts mismatch (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(want[:1], redact.Texts(texts[:1])); diff != "" {
		t.Errorf("texts without people mismatch (-want +got)\n%s", diff)
	}
}

func TestStrangers(t *testing.T) {
	r := report("Approved by J. Stranger", assess.Person{ID: "osei", Name: "Osei"}, assess.Person{ID: "b", Name: "Osei"})
	r.Exceptions[0].ApprovedBy = "J. Stranger"
	got := redact.Report(r)
	if got.Exceptions[0].ApprovedBy != "P03" || got.Practice != "Approved by P03" {
		t.Errorf("whoever is not among the people shows as %q, %q", got.Exceptions[0].ApprovedBy, got.Practice)
	}
	want := []assess.Person{{ID: "P02", Name: "P02"}, {ID: "P01", Name: "P01"}}
	if diff := cmp.Diff(want, got.Inventory.People); diff != "" {
		t.Errorf("people mismatch (-want +got)\n%s", diff)
	}
}

// TestChangesNothingElse checks what a program reads: outcomes, counts and fingerprints stay, and so does r itself.
func TestChangesNothingElse(t *testing.T) {
	r := reporttest.Accepted()
	before, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	got := redact.Report(r)
	after, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the report itself is changed")
	}
	if diff := cmp.Diff([]any{r.Counts, r.Verdicts, r.Checklists}, []any{got.Counts, got.Verdicts, got.Checklists}); diff != "" {
		t.Errorf("mismatch (-want +got)\n%s", diff)
	}
	for i, q := range got.Requirements {
		old := r.Requirements[i]
		if q.ID != old.ID || q.Outcome != old.Outcome || q.Title != old.Title {
			t.Errorf("%s becomes %s", old.ID, q.ID)
		}
		for n, c := range q.Checks {
			for m, x := range c.Results {
				if old := old.Checks[n].Results[m]; x.Fingerprint != old.Fingerprint || x.Outcome != old.Outcome {
					t.Errorf("a result of %s changes", q.ID)
				}
			}
		}
	}
	if diff := cmp.Diff(got, redact.Report(got)); diff != "" {
		t.Errorf("redacting twice makes a difference\n%s", diff)
	}
}

// TestEveryField puts a name into every text that can hold one and looks for it afterwards, by reflection, so that a new
// field of the report is redacted unless someone says otherwise.
func TestEveryField(t *testing.T) {
	r := reporttest.Arbitrary("see Akua Osei", "osei@clinic.example.org")
	r.Inventory.People = []assess.Person{{ID: "osei", Name: "Akua Osei"}}
	left := naming(redact.Report(r), "osei")
	for field := range left {
		typ, _, _ := strings.Cut(field, ".")
		if kept := strings.Fields(keptFields); !slices.Contains(kept, field) && !slices.Contains(kept, typ+".*") {
			t.Errorf("%s still names a person", field)
		}
	}
	if len(left) < 20 {
		t.Errorf("only %d fields are kept", len(left))
	}
}

// naming lists the fields of a value, as Type.Field, with a text that has a word in it.
func naming(v any, word string) map[string]bool {
	left := map[string]bool{}
	var visit func(v reflect.Value, field string)
	visit = func(v reflect.Value, field string) {
		switch v.Kind() {
		case reflect.String:
			if strings.Contains(strings.ToLower(v.String()), word) {
				left[field] = true
			}
		case reflect.Pointer:
			if !v.IsNil() {
				visit(v.Elem(), field)
			}
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i), field)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				visit(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name)
			}
		}
	}
	visit(reflect.ValueOf(v), "")
	return left
}

// versions are two reports of a practice that Dana Whitfield has left and Akua Osei has joined.
func versions() (before, after *assess.Report) {
	before = report("Dana Whitfield has no training", assess.Person{ID: "dana", Name: "Dana Whitfield"}, assess.Person{ID: "lin", Name: "Wei Lin"})
	after = report("Akua Osei has no training, and lin has", assess.Person{ID: "akua", Name: "Akua Osei"}, assess.Person{ID: "lin", Name: "Lin Wei-Ling"})
	for _, r := range []*assess.Report{before, after} {
		r.Requirements[0].Checks[0].Results[0].Outcome = assess.Gap
	}
	return before, after
}

// A number is one person in both reports, and what was said of whoever has left names nobody.
func TestDiff(t *testing.T) {
	before, after := versions()
	d := diff.Between(before, after)
	got := redact.Diff(d, before, after)
	i := slices.IndexFunc(got.Findings, func(f diff.Finding) bool { return f.Kind == diff.Changed })
	if i < 0 {
		t.Fatal("nothing has changed")
	}
	f := got.Findings[i]
	texts := []string{f.Old.Message, f.New.Message, f.What[0], got.Old.Practice, got.Notices[len(got.Notices)-1]}
	want := []string{"P02 has no training", "P01 has no training, and P03 has", "was gap: P02 has no training", "P02 has no training", redact.Notice}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts mismatch (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(d.Counts, got.Counts); diff != "" {
		t.Errorf("counts mismatch (-want +got)\n%s", diff)
	}
	if d.Old.Practice != "Dana Whitfield has no training" || d.Findings[i].New.Message == f.New.Message {
		t.Error("the comparison itself is changed")
	}
}

// TestEveryFieldOfDiff puts a name into every text of a comparison and looks for it afterwards, so that a new field is
// redacted unless someone says otherwise.
func TestEveryFieldOfDiff(t *testing.T) {
	before, after := reporttest.Arbitrary("see Akua Osei", "osei@clinic.example.org"), reporttest.Arbitrary("ask Dr. Osei", "a.osei@clinic.example.org")
	after.Inventory.People = nil
	before.Inventory.People = []assess.Person{{ID: "osei", Name: "Akua Osei"}}
	d := diff.Between(before, after)
	d.Findings = append(d.Findings, diff.Finding{Subject: "osei", Name: "Osei", What: []string{"was gap: osei"},
		Old: &diff.State{Message: "Osei", Missing: []string{"people[osei]"}, Place: "osei/readiness.yaml:1:2"}})
	d.Old.Name, d.New.Name, d.Notices = "clients/osei", "git:osei", append(d.Notices, "of Osei")
	if len(naming(d, "osei")) < 15 {
		t.Fatalf("only %d fields name her before", len(naming(d, "osei")))
	}
	kept := strings.Fields("Side.SHA256 Side.AsOf Side.Profile Side.Checklists Finding.Fingerprint Finding.Requirement Finding.Title Finding.Check Tool.Name Tool.Version Tool.Commit")
	for field := range naming(redact.Diff(d, before, after), "osei") {
		if !slices.Contains(kept, field) {
			t.Errorf("%s still names a person", field)
		}
	}
}

// keptFields hold nothing that a practice has typed: the tool's words, a checklist's, days, or words of a closed list.
const keptFields = ` Tool.* Pointer.* Omission.* List.* Requirement.* Fix.* Check.* Report.Stage Report.Profile Report.Disclaimer File.SHA256
 Step.Kind Step.What Step.Requirements Result.Fingerprint Missing.Means Missing.Allowed Exception.Requirement Exception.Kind Exception.ApprovedOn
 Exception.ExpiresOn Attestation.Requirement Attestation.SignedOn Attestation.ExpiresOn Document.State Due.On System.Kind System.ReceivesPHI
 Flow.PHI Flow.Elements Flow.Purpose Flow.Encrypted Flow.ReviewedBy Flow.Writes Vendor.Role Vendor.Tier Vendor.BAA Vendor.ReceivesPHI
 Verification.Fact Verification.Date Verification.Method UseCase.Status UseCase.RiskTier UseCase.DerivedRisk UseCase.Review Output.Needs
 Penalties.* Discretion.* PenaltyTier.* PenaltyNote.* Confidence.* Output.Reviewed Problem.Kind Problem.Certain `
