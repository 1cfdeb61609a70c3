package flow

import (
	"time"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// riskNames are the derived risks, by rank.
var riskNames = [...]string{"minimal", "low", "moderate", "high", "critical"}

// tierRanks are the ranks of the risk tiers a practice can declare.
var tierRanks = map[string]int64{"low": 1, "moderate": 2, "high": 3, "critical": 4}

// reviewNeeded says who must review each kind of output before it takes effect. A kind that is not here needs a
// licensed clinician.
var reviewNeeded = map[string]string{
	"coding_support":       "staff",
	"insurance_precheck":   "staff",
	"appointment_reminder": "none",
	"scheduling":           "none",
	"patient_survey":       "none",
}

func (g *graph) deriveUseCases() {
	for i := range g.doc.UseCases {
		u := &g.doc.UseCases[i]
		u.RiskRank = riskRank(u)
		if rank, ok := u.RiskRank.Get(); ok {
			u.DerivedRisk = source.Derive(riskNames[rank], u.RiskRank.Basis().Rests)
		} else {
			u.DerivedRisk = source.Unsettled[string](u.RiskRank.Basis().Missing, u.RiskRank.Basis().Rests)
		}
		tier := path("use_cases", u.ID, "risk_tier")
		if name, ok := u.RiskTier.Get(); ok {
			u.TierRank = source.Derive(tierRanks[name], []string{tier})
		} else {
			u.TierRank = source.Unsettled[int64]([]string{tier}, nil)
		}
		u.ReviewNeeded = neededReview(u)
	}
}

func neededReview(u *manifest.UseCase) source.Text {
	at := []string{path("use_cases", u.ID, "kind")}
	kind, ok := u.Kind.Get()
	if !ok {
		return source.Unsettled[string](at, nil)
	}
	if who, ok := reviewNeeded[kind]; ok {
		return source.Derive(who, at)
	}
	return source.Derive("licensed_clinician", at)
}

// riskRank derives the risk of a use from who sees the output first, what it can influence, how much the model does by
// itself, whether PHI goes in, and who reviews.
func riskRank(u *manifest.UseCase) source.Int {
	var rests, missing []string
	read := func(key string, leaf source.Leaf) {
		at := path("use_cases", u.ID, key)
		if leaf.Declared() {
			rests = append(rests, at)
		} else {
			missing = append(missing, at)
		}
	}
	read("audience", u.Audience)
	read("autonomy", u.Autonomy)
	read("influence", u.Influence)
	read("phi", u.PHI)
	read("review.required", u.Review.Required)
	if u.Review.Required.Or(true) {
		read("review.by", u.Review.By)
	}
	if len(missing) > 0 {
		return source.Unsettled[int64](missing, rests)
	}
	return source.Derive(rank(u), rests)
}

// rank is the scale itself. Every fact it reads is declared.
func rank(u *manifest.UseCase) int64 {
	influence, phi := u.Influence.Or(""), u.PHI.Or(true)
	licensed := u.Review.Required.Or(false) && u.Review.By.Or("") == "licensed_clinician"
	toPatient := u.Audience.Or("") == "patient"
	clinical := influence == "documentation" || influence == "diagnosis" || influence == "treatment" || influence == "triage"
	switch {
	case influence == "triage", clinical && !licensed && (toPatient || u.Autonomy.Or("") == "act"):
		return 4
	case clinical, toPatient && influence == "informational":
		return 3
	case influence == "coverage", phi && influence == "informational":
		return 2
	case phi, influence != "none":
		return 1
	}
	return 0
}

// deriveDeployment sums the use cases and flows up.
func (g *graph) deriveDeployment() {
	d := &g.doc.Deployment
	var phi, facing, care fact
	if g.doc.UseCases == nil {
		for _, f := range []*fact{&phi, &facing, &care} {
			f.say(false, false, "use_cases")
		}
	}
	if g.doc.DataFlows == nil {
		phi.say(false, false, "data_flows")
	}
	for i := range g.doc.DataFlows {
		hop := &g.doc.DataFlows[i]
		yes, declared := carriesPHI(hop)
		phi.say(yes, declared, path("data_flows", hop.ID, "phi"))
	}
	for i := range g.doc.UseCases {
		u := &g.doc.UseCases[i]
		if u.Status.Or("") == "retired" {
			continue
		}
		yes, declared := u.PHI.Get()
		phi.say(yes, declared, path("use_cases", u.ID, "phi"))
		audience, declared := u.Audience.Get()
		facing.say(audience == "patient", declared, path("use_cases", u.ID, "audience"))
		influence, declared := u.Influence.Get()
		care.say(influence != "none" && influence != "informational" && influence != "coverage", declared, path("use_cases", u.ID, "influence"))
	}
	d.PHIInUse, d.PatientFacing, d.InfluencesCare = phi.flag(), facing.flag(), care.flag()
	d.FirstPHI = g.firstPHI()
}

// firstPHI is the earliest day PHI is sent. It is known only when the deployment and each use case with PHI say when.
func (g *graph) firstPHI() source.Date {
	var first time.Time
	var rests, missing []string
	read := func(at string, c source.Date) {
		day, ok := c.Get()
		if !ok {
			missing = append(missing, at)
			return
		}
		rests = append(rests, at)
		if first.IsZero() || day.Before(first) {
			first = day
		}
	}
	read("deployment.first_phi_on", g.doc.Deployment.FirstPHIOn)
	for i := range g.doc.UseCases {
		u := &g.doc.UseCases[i]
		if phi, declared := u.PHI.Get(); !declared || phi {
			read(path("use_cases", u.ID, "first_phi_on"), u.FirstPHIOn)
		}
	}
	if len(missing) > 0 {
		return source.Unsettled[time.Time](missing, rests)
	}
	return source.Derive(first, rests)
}
