package assess

import (
	"time"

	"readiness/internal/checklist"
)

// Penalties is what the law allows an authority to ask for a violation. No outcome depends on it, and it predicts
// nothing.
type Penalties struct {
	Checklist   string        `json:"checklist" doc:"the checklist it stands beside"`
	Title       string        `json:"title" doc:"what the table is"`
	Regulation  string        `json:"regulation" doc:"the law that sets the penalties"`
	Year        int           `json:"year" doc:"the year of the adjustment to inflation that the amounts come from"`
	Citation    string        `json:"citation" doc:"where that adjustment was published"`
	EffectiveOn string        `json:"effective_on" doc:"the day it took effect"`
	Applies     string        `json:"applies" doc:"to which violations it applies"`
	Discretion  Discretion    `json:"discretion" doc:"the notice by which the authority says that it applies lower yearly limits"`
	Tiers       []PenaltyTier `json:"tiers" doc:"the tiers, lowest first"`
	Confidence  Confidence    `json:"confidence" doc:"how sure the research behind each kind of amount is"`
	Source      string        `json:"source" doc:"where the amounts were read"`
	ReviewedOn  string        `json:"reviewed_on" doc:"when a person last compared them with that source"`
	ReviewBy    string        `json:"review_by" doc:"when that is due again"`
	Overdue     bool          `json:"review_overdue" doc:"whether review_by has passed"`
	Notes       []PenaltyNote `json:"notes" doc:"what a reader of the amounts should know"`
	Disclaimer  string        `json:"disclaimer" doc:"what the table is not"`
}

// Discretion is a notice by which an authority says that it applies lower yearly limits than the regulation's.
type Discretion struct {
	Name        string `json:"name" doc:"the notice"`
	Citation    string `json:"citation" doc:"where it was published"`
	PublishedOn string `json:"published_on" doc:"when"`
	Standing    string `json:"standing" doc:"how binding it is"`
}

// PenaltyTier is the range for one degree of fault, in whole US dollars.
type PenaltyTier struct {
	Cite                string `json:"cite" doc:"the citation"`
	Culpability         string `json:"culpability" doc:"whom it is for"`
	Minimum             int    `json:"minimum" doc:"the least for one violation, in US dollars"`
	Maximum             int    `json:"maximum" doc:"the most for one violation, in US dollars"`
	YearlyCap           int    `json:"yearly_cap" doc:"the most in a calendar year for one rule, as the regulation reads, in US dollars"`
	YearlyCapDiscretion int    `json:"yearly_cap_discretion" doc:"the same, as the authority says it applies it, in US dollars"`
}

// Confidence is how sure the research behind amounts is: high, medium or low.
type Confidence struct {
	PerViolation        string `json:"per_violation" doc:"for minimum and maximum"`
	YearlyCap           string `json:"yearly_cap" doc:"for the regulation's yearly limit"`
	YearlyCapDiscretion string `json:"yearly_cap_discretion" doc:"for the notice's yearly limits"`
}

// PenaltyNote is what a reader of the amounts should know.
type PenaltyNote struct {
	Text string `json:"text" doc:"the note"`
	Cite string `json:"cite" doc:"the citation it rests on; may be empty"`
}

// penalties are the tables of the checklists that were checked.
func (a *assessor) penalties() []Penalties {
	list := []Penalties{}
	for _, p := range a.Input.Penalties {
		out := Penalties{
			Checklist: p.Checklist, Title: p.Title, Regulation: p.Regulation,
			Year: p.Adjustment.Year, Citation: p.Adjustment.Citation, EffectiveOn: day(p.Adjustment.EffectiveOn), Applies: p.Adjustment.Applies,
			Discretion: Discretion{p.Discretion.Name, p.Discretion.Citation, day(p.Discretion.PublishedOn), p.Discretion.Standing},
			Tiers:      penaltyTiers(p.Tiers), Confidence: Confidence(p.Confidence), Source: p.Source,
			ReviewedOn: day(p.ReviewedOn), ReviewBy: day(p.ReviewBy), Overdue: a.AsOf.After(p.ReviewBy),
			Notes: []PenaltyNote{}, Disclaimer: p.Disclaimer,
		}
		for _, n := range p.Notes {
			out.Notes = append(out.Notes, PenaltyNote(n))
		}
		if out.Overdue {
			a.notice("The penalties beside the checklist %s were to be compared with their source again by %s. The amounts may be out of date.",
				p.Checklist, p.ReviewBy.Format(time.DateOnly))
		}
		list = append(list, out)
	}
	return list
}

func penaltyTiers(tiers []checklist.Tier) []PenaltyTier {
	list := []PenaltyTier{}
	for _, t := range tiers {
		list = append(list, PenaltyTier{t.Cite, t.Culpability, int(t.Minimum), int(t.Maximum), int(t.YearlyCap), int(t.YearlyCapDiscretion)})
	}
	return list
}
