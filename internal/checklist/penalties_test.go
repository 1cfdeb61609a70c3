package checklist_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"readiness/checklists"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// amounts are the figures of a penalty table as the research found them.
type amounts struct {
	Document     string
	Effective    string
	PerViolation map[string]struct{ Min, Max int64 } `yaml:"per_violation"`
	Regulation   map[string]int64                    `yaml:"annual_cap_regulation"`
	Discretion   map[string]int64                    `yaml:"annual_cap_ned"`
	Confidence   map[string]string
	Tiers        map[string]string
	Notice       struct{ Citation, Published string } `yaml:"discretion"`
}

func shippedPenalties(t *testing.T) []byte {
	t.Helper()
	data, err := fs.ReadFile(checklists.FS(), path.Join("hipaa", checklist.PenaltiesFile))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestPenaltiesOfHIPAA compares each figure of the shipped table with the research.
func TestPenaltiesOfHIPAA(t *testing.T) {
	data, err := os.ReadFile("../../testdata/penalties/hipaa.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var want amounts
	if err := yaml.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	p, err := checklist.ReadPenalties("penalties.yaml", shippedPenalties(t))
	if err != nil {
		t.Fatal(err)
	}
	got := amounts{
		Document: p.Adjustment.Citation, Effective: p.Adjustment.EffectiveOn.Format(time.DateOnly),
		PerViolation: map[string]struct{ Min, Max int64 }{}, Regulation: map[string]int64{}, Discretion: map[string]int64{},
		Confidence: map[string]string{"per_violation": p.Confidence.PerViolation,
			"annual_cap_regulation": p.Confidence.YearlyCap, "annual_cap_ned": p.Confidence.YearlyCapDiscretion},
		Tiers: map[string]string{},
	}
	got.Notice.Citation, got.Notice.Published = p.Discretion.Citation, p.Discretion.PublishedOn.Format(time.DateOnly)
	for _, tier := range p.Tiers {
		id := strings.ReplaceAll(tier.ID, "-", "_")
		got.PerViolation[id] = struct{ Min, Max int64 }{tier.Minimum, tier.Maximum}
		got.Regulation[id], got.Discretion[id], got.Tiers[id] = tier.YearlyCap, tier.YearlyCapDiscretion, tier.Cite
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table differs from the research (-research +table):\n%s", diff)
	}
	if p.Checklist != "hipaa" || p.Adjustment.Year != 2025 || p.Source == "" {
		t.Errorf("checklist %q, year %d, source %q", p.Checklist, p.Adjustment.Year, p.Source)
	}
	for _, word := range []string{"predicts nothing", "no legal advice"} {
		if !strings.Contains(p.Disclaimer, word) {
			t.Errorf("the disclaimer does not say %q: %s", word, p.Disclaimer)
		}
	}
}

// TestPenaltiesAreNoChecklist makes sure that the table is embedded, and that the library doesn't take it for a checklist.
func TestPenaltiesAreNoChecklist(t *testing.T) {
	shippedPenalties(t)
	refs, err := checklist.NewLibrary(checklists.FS()).List()
	if err != nil || len(refs) == 0 {
		t.Fatalf("no checklists: %v", err)
	}
	for _, ref := range refs {
		if ref.Version == strings.TrimSuffix(checklist.PenaltiesFile, ".yaml") {
			t.Errorf("%s is listed", ref)
		}
	}
}

// TestPenaltiesMistakes shows that each kind of mistake is found where it was made.
func TestPenaltiesMistakes(t *testing.T) {
	tests := []struct{ name, old, new, message, line string }{
		{"minimum above maximum", "minimum: 14602", "minimum: 73012", "the minimum is above the maximum", "maximum: 73011"},
		{"maximum above the yearly limit", "maximum: 2190294", "maximum: 2190295", "the maximum is above the yearly limit", "yearly_cap: 2190294"},
		{"notice above the regulation", "yearly_cap_discretion: 365052", "yearly_cap_discretion: 2190295", "the notice's yearly limit is above",
			"yearly_cap_discretion: 2190295"},
		{"tiers out of order", "minimum: 145 ", "minimum: 1462 ", "the tier before has a higher minimum", "minimum: 1461"},
		{"notice out of order", "yearly_cap_discretion: 36505 ", "yearly_cap_discretion: 146054 ", "the tier before has a higher yearly limit",
			"yearly_cap_discretion: 146053"},
		{"no minimum at all", "minimum: 145 ", "minimum: 0 ", "at least one dollar", "minimum: 0"},
		{"an amount that is no number", "maximum: 73011 ", "maximum: 73,011 ", "73,011", "maximum: 73,011"},
		{"an unknown key", "notes:", "note:", "note", "note:"},
		{"no disclaimer", "disclaimer:", "#", "disclaimer", ""},
	}
	valid := strings.ReplaceAll(string(shippedPenalties(t)), "\n", " \n")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(valid, test.old, test.new, 1)
			if text == valid {
				t.Fatalf("the table has no %q", test.old)
			}
			_, err := checklist.ReadPenalties("penalties.yaml", []byte(text))
			var problems source.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("no problems, but %v", err)
			}
			for _, p := range problems {
				if strings.Contains(p.Message, test.message) && strings.Contains(p.Excerpt, test.line) && p.Pos.Line > 0 {
					return
				}
			}
			t.Errorf("%q is not reported at %q: %v", test.message, test.line, err)
		})
	}
}
