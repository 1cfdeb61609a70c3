package oscal

import (
	"cmp"
	"slices"
	"strings"

	types "github.com/defenseunicorns/go-oscal/src/types/oscal-1-2-2"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/outline"
)

// content is what a document says of one requirement, or of several.
type content struct {
	observations []types.Observation
	findings     []types.Finding
	risks        []types.Risk
}

func (c *content) add(more content) {
	c.observations = append(c.observations, more.observations...)
	c.findings = append(c.findings, more.findings...)
	c.risks = append(c.risks, more.risks...)
}

func (b *builder) content(q *assess.Requirement) content {
	var c content
	observed := map[*assess.Result]string{}
	for i := range q.Checks {
		for n := range q.Checks[i].Results {
			x := &q.Checks[i].Results[n]
			o := b.observation(q, &q.Checks[i], x)
			observed[x] = o.UUID
			c.observations = append(c.observations, o)
		}
	}
	if q.Outcome == assess.NotApplicable || q.Outcome == assess.NotSelected {
		return c
	}
	c.risks = b.risks(q, observed)
	c.findings = []types.Finding{b.finding(q, c)}
	return c
}

// observation is one result: what was examined, or whom somebody asked.
func (b *builder) observation(q *assess.Requirement, c *assess.Check, x *assess.Result) types.Observation {
	o := types.Observation{
		UUID: b.uuid("observation", q.ID, c.ID, x.Subject), Title: markup(strings.Join([]string{q.ID, c.ID, x.Name}, " ")), Description: markup(seen(q, c, x)),
		Methods: []string{"EXAMINE"}, Types: &[]string{"control-objective"}, Collected: b.asOf, RelevantEvidence: some(b.evidence(x)),
		Props: props("outcome", string(x.Outcome), "check", c.ID, "subject", x.Subject, "assurance", string(x.Assurance), "accepted", flag(x.Accepted),
			"common-practice", flag(c.Practice), "place", finding.Place(b.r, x.Place.Pos).String(), "fingerprint", x.Fingerprint),
	}
	if x.Answer != "" {
		o.Remarks = markup("Answered otherwise, as 45 CFR 164.306(d)(3) allows: " + x.Answer)
	}
	if c.ID == "attestation" {
		o.Methods = []string{"INTERVIEW"}
		for _, a := range b.r.Attestations {
			if a.InForce && a.Requirement == q.ID {
				o.Expires = endOf(a.ExpiresOn)
			}
		}
	}
	return o
}

// seen says what a result comes to.
func seen(q *assess.Requirement, c *assess.Check, x *assess.Result) string {
	if words := closed(x.Outcome); words != "" {
		return words
	}
	return finding.Finding{Requirement: q, Check: c, Result: x}.Message()
}

// closed says what an outcome means; nothing for an open one, of which there is more to say.
func closed(o assess.Outcome) string {
	switch o {
	case assess.Met:
		return "Every fact it needs is declared, and good."
	case assess.Attested:
		return "A named person stated it, in date."
	case assess.NotApplicable:
		return "It doesn't apply."
	}
	return ""
}

// evidence is the facts a result rests on, and the flows of the way that data takes.
func (b *builder) evidence(x *assess.Result) []types.RelevantEvidence {
	var list []types.RelevantEvidence
	for _, f := range x.Facts {
		list = append(list, types.RelevantEvidence{Href: "#" + b.manifest, Description: markup(f.Path + ": " + f.Value),
			Props: props("place", finding.Place(b.r, f.Pos).String())})
	}
	for _, p := range x.Path {
		list = append(list, types.RelevantEvidence{Href: "#" + b.manifest, Description: markup("On the way: " + p.Excerpt),
			Props: props("place", finding.Place(b.r, p.Pos).String())})
	}
	return list
}

func (b *builder) finding(q *assess.Requirement, c content) types.Finding {
	f := types.Finding{
		UUID: b.uuid("finding", q.ID), Title: markup(q.ID + " " + q.Title), Description: cmp.Or(closed(q.Outcome), messages(b.open[q])),
		Target: types.FindingTarget{Type: "objective-id", TargetId: objective(b.controls[q]), Title: markup(q.Title), Status: status(q.Outcome)},
		Props: props("outcome", string(q.Outcome), "assurance", string(q.Assurance), "accepted", yes(q.Accepted), "requirement", q.ID,
			"severity", string(q.Severity), "severity-reason", q.SeverityReason, "gate", string(q.Gate), "designation", q.Designation),
		RelatedObservations: related(c.observations),
	}
	if q.DoesNotShow != "" {
		f.Remarks = markup("It does not show " + q.DoesNotShow + ".")
	}
	var risks []types.AssociatedRisk
	for _, k := range c.risks {
		risks = append(risks, types.AssociatedRisk{RiskUuid: k.UUID})
	}
	f.RelatedRisks = some(risks)
	return f
}

func related(observations []types.Observation) *[]types.RelatedObservation {
	var list []types.RelatedObservation
	for _, o := range observations {
		list = append(list, types.RelatedObservation{ObservationUuid: o.UUID})
	}
	return some(list)
}

// status maps an outcome onto the two states there are.
func status(o assess.Outcome) types.ObjectiveStatus {
	switch o {
	case assess.Met:
		return types.ObjectiveStatus{State: "satisfied", Reason: "pass"}
	case assess.Attested:
		return types.ObjectiveStatus{State: "satisfied", Reason: "other", Remarks: "Attested: a named person stated it, in date."}
	case assess.Gap:
		return types.ObjectiveStatus{State: "not-satisfied", Reason: "fail"}
	}
	return types.ObjectiveStatus{State: "not-satisfied", Reason: "other", Remarks: "Undeclared: the manifest does not say."}
}

// risks are one for what is open of a requirement and one for each exception that covers some of it. A proposed rule makes
// no risk.
func (b *builder) risks(q *assess.Requirement, observed map[*assess.Result]string) []types.Risk {
	if q.Designation == "proposed" {
		return nil
	}
	var open []finding.Finding
	var exceptions []*assess.Exception
	covered := map[*assess.Exception][]finding.Finding{}
	for _, f := range b.open[q] {
		if f.Exception == nil {
			open = append(open, f)
			continue
		}
		if covered[f.Exception] == nil {
			exceptions = append(exceptions, f.Exception)
		}
		covered[f.Exception] = append(covered[f.Exception], f)
	}
	var list []types.Risk
	if len(open) > 0 {
		list = append(list, b.openRisk(q, open, observed))
	}
	for _, e := range exceptions {
		list = append(list, b.deviation(q, e, covered[e], observed))
	}
	return list
}

func (b *builder) openRisk(q *assess.Requirement, open []finding.Finding, observed map[*assess.Result]string) types.Risk {
	k := b.risk(q, "risk", open, observed)
	k.Title, k.Description, k.Status = markup(outline.Aim(q)), messages(open), "open"
	k.Props = props("requirement", q.ID, "severity", string(q.Severity), "gate", string(q.Gate), "due", yes(open[0].Due))
	k.Remediations = &[]types.Response{b.response(q, "recommendation", "What to do")}
	return k
}

// deviation is the risk that an exception accepts, until the last day it counts.
func (b *builder) deviation(q *assess.Requirement, e *assess.Exception, covered []finding.Finding, observed map[*assess.Result]string) types.Risk {
	k := b.risk(q, "deviation "+e.Subject, covered, observed)
	k.Title, k.Description, k.Status, k.Deadline = markup("Accepted: "+q.Title), messages(covered), "deviation-approved", endOf(e.ExpiresOn)
	k.Props = props("requirement", q.ID, "subject", e.Subject, "severity", string(q.Severity), "gate", string(q.Gate), "kind", e.Kind, "reason", e.Reason,
		"approved-by", e.ApprovedBy, "approved-on", e.ApprovedOn, "expires-on", e.ExpiresOn)
	if e.Compensating != "" {
		k.MitigatingFactors = &[]types.MitigatingFactor{{UUID: b.uuid("mitigation", q.ID, e.Subject), Description: markup(e.Compensating)}}
	}
	if end := endOf(e.ExpiresOn); e.Kind == "planned" && end != nil {
		planned := b.response(q, "planned", "What is planned")
		planned.Tasks = &[]types.Task{{UUID: b.uuid("milestone", q.ID, e.Subject), Type: "milestone", Title: "The exception runs out",
			Timing: &types.EventTiming{OnDate: &types.OnDateCondition{Date: *end}}}}
		k.Remediations = &[]types.Response{planned}
	}
	return k
}

func (b *builder) risk(q *assess.Requirement, kind string, list []finding.Finding, observed map[*assess.Result]string) types.Risk {
	var observations []types.RelatedObservation
	for _, f := range list {
		observations = append(observations, types.RelatedObservation{ObservationUuid: observed[f.Result]})
	}
	return types.Risk{UUID: b.uuid(kind, q.ID), Statement: cmp.Or(paragraphs(q.SeverityReason, q.Why), "-"), RelatedObservations: some(observations)}
}

func (b *builder) response(q *assess.Requirement, lifecycle, title string) types.Response {
	return types.Response{UUID: b.uuid(lifecycle, q.ID), Lifecycle: lifecycle, Title: title, Description: markup(q.Fix.Do),
		Props: props("owner-role", outline.Role(q.Fix.Who), "effort", q.Fix.Effort)}
}

func messages(list []finding.Finding) string {
	var all []string
	for _, f := range list {
		if words := f.Message(); !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	return cmp.Or(paragraphs(all...), "-")
}
