package assess_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"readiness/checklists"
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/manifest"
)

// TestPenaltiesAreInformation reports the shipped table whole, warns once its review is overdue, and lets no outcome
// depend on it.
func TestPenaltiesAreInformation(t *testing.T) {
	data, err := fs.ReadFile(checklists.FS(), "hipaa/"+checklist.PenaltiesFile)
	if err != nil {
		t.Fatal(err)
	}
	table, err := checklist.ReadPenalties("penalties.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := manifest.Decode("readiness.yaml", []byte("readiness: 1\npractice: {name: Elm Street}\n"))
	if err != nil {
		t.Fatal(err)
	}
	report := func(day time.Time, tables ...*checklist.Penalties) *assess.Report {
		r, err := assess.Run(assess.Input{Doc: doc, Penalties: tables, Profile: "core", AsOf: day})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	in, late := report(table.ReviewBy, table), report(table.ReviewBy.AddDate(0, 0, 1), table)
	p := in.Penalties[0]
	if len(p.Tiers) != 4 || p.Year != 2025 || p.Confidence.YearlyCapDiscretion != "medium" || p.Overdue {
		t.Errorf("the report has %+v", p)
	}
	if first := p.Tiers[0]; first.Minimum != 145 || first.YearlyCap != 2190294 || first.YearlyCapDiscretion != 36505 {
		t.Errorf("the first tier is %+v", first)
	}
	if !late.Penalties[0].Overdue || !strings.Contains(strings.Join(late.Notices, "\n"), "The amounts may be out of date.") {
		t.Errorf("nothing warns of amounts past their review: %q", late.Notices)
	}
	without := report(table.ReviewBy)
	if len(without.Penalties) != 0 || without.Counts != in.Counts {
		t.Errorf("counts %+v without the table, %+v with it", without.Counts, in.Counts)
	}
}
