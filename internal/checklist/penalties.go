package checklist

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"readiness/internal/source"
)

// The types of this file are what the author of a penalty table may write.

type penaltyFile struct {
	Penalties  source.Text       `yaml:"penalties" required:"true" doc:"The id of the checklist that the table stands beside."`
	Title      source.Text       `yaml:"title" required:"true" doc:"What the table is."`
	Regulation source.Text       `yaml:"regulation" required:"true" doc:"The law that sets the penalties."`
	Adjustment penaltyAdjustment `yaml:"adjustment" required:"true" doc:"The yearly adjustment to inflation that the amounts come from."`
	Discretion penaltyDiscretion `yaml:"discretion" required:"true" doc:"The notice by which the authority says that it applies lower yearly limits."`
	Tiers      []penaltyTier     `yaml:"tiers" required:"true" doc:"The tiers, lowest first."`
	Confidence penaltyConfidence `yaml:"confidence" required:"true" doc:"How sure the research behind the amounts is."`
	Source     source.Text       `yaml:"source" required:"true" doc:"Where the amounts were read."`
	ReviewedOn source.Date       `yaml:"reviewed_on" required:"true" doc:"The day a person last compared it with its source."`
	ReviewBy   source.Date       `yaml:"review_by" required:"true" doc:"The day by which someone should do so again."`
	Notes      []penaltyNote     `yaml:"notes" doc:"What a reader of the amounts should know."`
	Disclaimer source.Text       `yaml:"disclaimer" required:"true" doc:"What the table is not."`
}

type penaltyAdjustment struct {
	Year        source.Int  `yaml:"year" range:"1900 2199" required:"true" doc:"The year of the adjustment."`
	Citation    source.Text `yaml:"citation" required:"true" doc:"Where it was published."`
	EffectiveOn source.Date `yaml:"effective_on" required:"true" doc:"The day it took effect."`
	Applies     source.Text `yaml:"applies" required:"true" doc:"To what it applies."`
}

type penaltyDiscretion struct {
	Name        source.Text `yaml:"name" required:"true" doc:"The notice."`
	Citation    source.Text `yaml:"citation" required:"true" doc:"Where it was published."`
	PublishedOn source.Date `yaml:"published_on" required:"true" doc:"The day it was published."`
	Standing    source.Text `yaml:"standing" required:"true" doc:"How binding it is."`
}

type penaltyTier struct {
	ID                  source.Text `yaml:"id" required:"true" doc:"A short name."`
	Cite                source.Text `yaml:"cite" required:"true" doc:"The citation."`
	Culpability         source.Text `yaml:"culpability" required:"true" doc:"Whom it is for, in plain words."`
	Minimum             source.Int  `yaml:"minimum" required:"true" doc:"The least per violation, in US dollars."`
	Maximum             source.Int  `yaml:"maximum" required:"true" doc:"The most per violation, in US dollars."`
	YearlyCap           source.Int  `yaml:"yearly_cap" required:"true" doc:"The most in a calendar year for one rule, as the regulation reads."`
	YearlyCapDiscretion source.Int  `yaml:"yearly_cap_discretion" required:"true" doc:"The most in a calendar year for one rule, as the authority says it applies it."`
}

type penaltyConfidence struct {
	PerViolation        source.Text `yaml:"per_violation" required:"true" enum:"high medium low" doc:"For minimum and maximum."`
	YearlyCap           source.Text `yaml:"yearly_cap" required:"true" enum:"high medium low" doc:"For the regulation's yearly limit."`
	YearlyCapDiscretion source.Text `yaml:"yearly_cap_discretion" required:"true" enum:"high medium low" doc:"For the notice's yearly limits."`
}

type penaltyNote struct {
	Text source.Text `yaml:"text" required:"true" doc:"The note."`
	Cite source.Text `yaml:"cite" doc:"The citation it rests on."`
}

// Penalties is what the law allows an authority to ask for a violation. It is information beside a report: no outcome
// depends on it, and it predicts nothing.
type Penalties struct {
	Checklist  string // the id of the checklist it stands beside
	Title      string
	Regulation string // the law that sets the penalties
	Adjustment Adjustment
	Discretion Discretion
	Tiers      []Tier // lowest first
	Confidence PenaltyConfidence
	Source     string    // where the amounts were read
	ReviewedOn time.Time // when a person last compared it with its source
	ReviewBy   time.Time // past this day the amounts may be out of date
	Notes      []PenaltyNote
	Disclaimer string
}

// An Adjustment is the yearly adjustment to inflation that amounts come from.
type Adjustment struct {
	Year        int
	Citation    string
	EffectiveOn time.Time
	Applies     string // to what it applies, in a sentence
}

// Discretion is a notice by which the authority says that it applies lower yearly limits than the regulation's.
type Discretion struct {
	Name, Citation string
	PublishedOn    time.Time
	Standing       string // how binding it is, in a sentence
}

// A Tier is the range of penalties for one degree of culpability, in whole US dollars.
type Tier struct {
	ID, Cite, Culpability string
	Minimum, Maximum      int64 // per violation
	YearlyCap             int64 // for violations of one rule in a calendar year, as the regulation reads
	YearlyCapDiscretion   int64 // the same, as the notice says
}

// PenaltyConfidence is how sure the research behind each kind of amount is: high, medium or low.
type PenaltyConfidence struct{ PerViolation, YearlyCap, YearlyCapDiscretion string }

// A PenaltyNote is what a reader of the amounts should know. Cite may be empty.
type PenaltyNote struct{ Text, Cite string }

// PenaltiesFile is the name of a checklist's penalty table, in the checklist's folder.
const PenaltiesFile = "penalties.yaml"

// Penalties returns the penalty table that stands beside a checklist, or beside the one it extends; nil when there is
// none.
func (l Library) Penalties(c *Checklist) (*Penalties, error) {
	name := path.Join(c.ID, PenaltiesFile)
	for _, f := range l.folders {
		p := &Penalties{}
		if ok, err := f.thaw(c.ID+".penalties", p); ok || err != nil {
			return p, err
		}
		data, err := f.read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return ReadPenalties(f.path(name), data)
	}
	if c.Base != nil {
		return l.Penalties(c.Base)
	}
	return nil, nil
}

// ReadPenalties parses a penalty table. All of its mistakes are in the source.Problems it returns as the error.
func ReadPenalties(name string, data []byte) (*Penalties, error) {
	var raw penaltyFile
	f, err := source.Decode(name, data, source.TypeOf[penaltyFile](), &raw)
	if err != nil {
		return nil, err
	}
	a, d := &raw.Adjustment, &raw.Discretion
	p := &Penalties{
		Checklist: raw.Penalties.Or(""), Title: raw.Title.Or(""), Regulation: raw.Regulation.Or(""),
		Adjustment: Adjustment{int(a.Year.Or(0)), a.Citation.Or(""), a.EffectiveOn.Or(time.Time{}), a.Applies.Or("")},
		Discretion: Discretion{d.Name.Or(""), d.Citation.Or(""), d.PublishedOn.Or(time.Time{}), d.Standing.Or("")},
		Confidence: PenaltyConfidence{raw.Confidence.PerViolation.Or(""), raw.Confidence.YearlyCap.Or(""), raw.Confidence.YearlyCapDiscretion.Or("")},
		Source:     raw.Source.Or(""), ReviewedOn: raw.ReviewedOn.Or(time.Time{}), ReviewBy: raw.ReviewBy.Or(time.Time{}),
		Disclaimer: raw.Disclaimer.Or(""),
	}
	for i := range raw.Tiers {
		p.Tiers = append(p.Tiers, tier(&raw.Tiers[i]))
	}
	for _, n := range raw.Notes {
		p.Notes = append(p.Notes, PenaltyNote{n.Text.Or(""), n.Cite.Or("")})
	}
	return p, raw.consistent(f).Err()
}

func tier(t *penaltyTier) Tier {
	return Tier{t.ID.Or(""), t.Cite.Or(""), t.Culpability.Or(""), t.Minimum.Or(0), t.Maximum.Or(0),
		t.YearlyCap.Or(0), t.YearlyCapDiscretion.Or(0)}
}

// consistent reports amounts that can't be right. A tier's maximum may exceed the notice's yearly limit: it does so in
// the first tier.
func (raw *penaltyFile) consistent(f *source.File) source.Problems {
	var problems source.Problems
	var before Tier
	for i := range raw.Tiers {
		t, at := tier(&raw.Tiers[i]), &raw.Tiers[i]
		inOrder := func(cell source.Int, low, high int64, what string) {
			if low > high {
				problems = append(problems, f.Problem(cell.Pos(), fmt.Sprintf("%s: %d is more than %d", what, low, high), "compare both with the source"))
			}
		}
		inOrder(at.Minimum, 1, t.Minimum, "a minimum is at least one dollar")
		inOrder(at.Maximum, t.Minimum, t.Maximum, "the minimum is above the maximum")
		inOrder(at.YearlyCap, t.Maximum, t.YearlyCap, "the maximum is above the yearly limit")
		inOrder(at.YearlyCapDiscretion, t.YearlyCapDiscretion, t.YearlyCap, "the notice's yearly limit is above the regulation's")
		inOrder(at.Minimum, before.Minimum, t.Minimum, "the tier before has a higher minimum")
		inOrder(at.YearlyCapDiscretion, before.YearlyCapDiscretion, t.YearlyCapDiscretion, "the tier before has a higher yearly limit under the notice")
		before = t
	}
	return problems
}
