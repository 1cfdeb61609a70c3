package reporttest_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/reporttest"
)

// TestEveryFieldIsFilled keeps the scenarios complete: a field added to the report must be filled in one of them.
func TestEveryFieldIsFilled(t *testing.T) {
	filled := map[string]bool{}
	for _, s := range reporttest.Scenarios() {
		note(reflect.ValueOf(*s.Report), filled)
	}
	for field, ok := range filled {
		if !ok {
			t.Errorf("%s is empty in every scenario", field)
		}
	}
	if len(filled) < 150 {
		t.Errorf("found %d fields, want all of the report's", len(filled))
	}
}

// note records for each field of each struct inside v whether it holds something.
func note(v reflect.Value, filled map[string]bool) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			note(v.Index(i), filled)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().String() + "." + v.Type().Field(i).Name
			f := v.Field(i)
			filled[name] = filled[name] || !f.IsZero() && (f.Kind() != reflect.Slice || f.Len() > 0)
			note(f, filled)
		}
	}
}

func TestCountsAddUp(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		c := s.Report.Counts
		if sum := c.Met + c.Attested + c.Gap + c.Undeclared + c.NotApplicable + c.NotSelected; sum != c.Total || sum == 0 {
			t.Errorf("%s: counts add up to %d of %d", s.Name, sum, c.Total)
		}
	}
}

// TestListsAreNeverNil holds the scenarios to what assess promises: a list may be empty, but it is there.
func TestListsAreNeverNil(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		noNil(t, s.Name, reflect.ValueOf(*s.Report))
	}
}

func noNil(t *testing.T, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			t.Errorf("%s is nil", path)
		}
		for i := range v.Len() {
			noNil(t, path, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			noNil(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	}
}

func TestScenariosAreIndependent(t *testing.T) {
	first := reporttest.Gaps()
	first.Requirements[0].Checks[0].Results[0].Message = "changed"
	if diff := cmp.Diff(reporttest.Gaps(), reporttest.Gaps()); diff != "" {
		t.Errorf("Gaps() differs from call to call\n%s", diff)
	}
	if reporttest.Gaps().Requirements[0].Checks[0].Results[0].Message == "changed" {
		t.Error("Gaps() returns a report that another call has changed")
	}
}

func TestScenariosAreWhatTheySay(t *testing.T) {
	for name, want := range map[string]assess.Outcome{"clean": assess.Met, "gaps": assess.Gap, "undeclared": assess.Undeclared} {
		for _, s := range reporttest.Scenarios() {
			if q, ok := s.Report.Find("hipaa/164.308(b)(1)"); s.Name == name && (!ok || q.Outcome != want) {
				t.Errorf("%s: the outcome is %q, want %q", name, q.Outcome, want)
			}
		}
	}
}

// TestHostileIsHostile checks that each hostile text reaches what a format shows of a finding.
func TestHostileIsHostile(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range reporttest.Hostile().Requirements {
		for _, s := range []string{q.Title, q.Question, q.Why, q.Fix.Do, q.Section} {
			seen[s] = true
		}
		for _, c := range q.Checks {
			for _, x := range c.Results {
				seen[x.Message], seen[x.Name], seen[x.Place.Excerpt] = true, true, true
			}
		}
	}
	for _, s := range reporttest.HostileTexts() {
		if !seen[s] {
			t.Errorf("%q is in no requirement", s)
		}
	}
}
