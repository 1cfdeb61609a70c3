package oscal

import (
	"io"
	"slices"

	types "github.com/defenseunicorns/go-oscal/src/types/oscal-1-2-2"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
)

// Poam writes a plan of action and milestones: one item per open requirement, accepted ones included, with what to do, who
// does it and, where an exception says so, until when. Proposed rules make no item.
func Poam(w io.Writer, r *assess.Report) error {
	b, err := newBuilder(r)
	if err != nil {
		return err
	}
	plan := &types.PlanOfActionAndMilestones{
		Metadata: b.metadata("Plan of action for "),
		SystemId: &types.SystemId{ID: b.space, IdentifierType: "https://ietf.org/rfc/rfc4122"}, BackMatter: b.backMatter(),
	}
	plan.Metadata.Remarks = paragraphs(append(slices.Clone(r.Notices), r.Disclaimer)...)
	var all content
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if !q.Outcome.Open() || q.Designation == "proposed" {
			continue
		}
		c := b.content(q)
		all.add(c)
		plan.PoamItems = append(plan.PoamItems, b.item(q, c))
	}
	if len(plan.PoamItems) == 0 { // the schema asks for one at least
		plan.PoamItems = []types.PoamItem{{UUID: b.uuid("nothing open"), Title: "Nothing is open",
			Description: "No requirement that was checked is open as of the date of this document."}}
	}
	plan.Observations, plan.Findings, plan.Risks = some(all.observations), some(all.findings), some(all.risks)
	if plan.UUID, err = b.version("plan-of-action-and-milestones", plan); err != nil {
		return err
	}
	return write(w, document{Plan: plan})
}

func (b *builder) item(q *assess.Requirement, c content) types.PoamItem {
	out := types.PoamItem{
		UUID: b.uuid("item", q.ID), Title: markup(q.ID + " " + outline.Aim(q)), Description: messages(b.open[q]) + "\n\n" + markup("To do: "+q.Fix.Do), RelatedObservations: related(c.observations),
		Props: props("outcome", string(q.Outcome), "severity", string(q.Severity), "gate", string(q.Gate), "designation", q.Designation,
			"owner-role", outline.Role(q.Fix.Who), "effort", q.Fix.Effort, "accepted", yes(q.Accepted), "due", yes(b.due(q))),
	}
	for _, f := range c.findings {
		out.RelatedFindings = &[]types.RelatedFinding{{FindingUuid: f.UUID}}
		out.RelatedRisks = f.RelatedRisks
	}
	return out
}

// due reports whether the gate of an open requirement is due.
func (b *builder) due(q *assess.Requirement) bool {
	list := b.open[q]
	return len(list) == 0 || list[0].Due
}
