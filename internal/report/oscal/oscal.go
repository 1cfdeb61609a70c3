// Package oscal writes a report as OSCAL 1.2.2 of NIST: assessment results, and a plan of action and milestones.
//
// OSCAL knows two states of an objective, satisfied and not satisfied. Our own words for outcomes stand in properties of
// the namespace urn:readiness:oscal. A requirement that doesn't apply has observations but no finding, and one outside the
// profile has neither; both are listed as excluded.
package oscal

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	types "github.com/defenseunicorns/go-oscal/src/types/oscal-1-2-2"

	"readiness/internal/assess"
	"readiness/internal/report/finding"
	"readiness/internal/report/jsonfile"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// A builder makes the parts of one document.
type builder struct {
	*ids
	r        *assess.Report
	asOf     time.Time
	open     map[*assess.Requirement][]finding.Finding
	controls map[*assess.Requirement]string // tokens
	manifest string                         // the UUID of its resource
	plan     string                         // of the resource that stands for the plan there is none of
}

func newBuilder(r *assess.Report) (*builder, error) {
	asOf, ok := day(r.AsOf)
	if !ok {
		return nil, fmt.Errorf("the report says no day: as_of is %q", r.AsOf)
	}
	b := &builder{ids: newIDs(r.Practice, r.Deployment), r: r, asOf: asOf,
		open: finding.ByRequirement(finding.All(r)), controls: map[*assess.Requirement]string{}}
	for i := range r.Requirements {
		b.controls[&r.Requirements[i]] = b.token(r.Requirements[i].ID)
	}
	b.manifest, b.plan = b.uuid("manifest"), b.uuid("no assessment plan")
	return b, nil
}

// Render writes the report as assessment results.
func Render(w io.Writer, r *assess.Report) error {
	b, err := newBuilder(r)
	if err != nil {
		return err
	}
	doc := &types.AssessmentResults{
		Metadata:         b.metadata("Gap check of "),
		ImportAp:         types.ImportAp{Href: "#" + b.plan, Remarks: "There is no assessment plan."},
		LocalDefinitions: b.objectives(),
		Results:          []types.Result{b.result()},
		BackMatter: b.backMatter(types.Resource{UUID: b.plan, Title: "No assessment plan",
			Description: "There is no assessment plan. The checklists named here say what was assessed."}),
	}
	if doc.UUID, err = b.version("assessment-results", doc); err != nil {
		return err
	}
	doc.Results[0].UUID = b.uuid("result", doc.UUID)
	return write(w, document{Results: doc})
}

// version is the identifier of a document, which has another one as soon as its content is another.
func (b *builder) version(kind string, doc any) (string, error) {
	data, err := json.Marshal(doc)
	if err != nil {
		return "", fmt.Errorf("identify document: %w", err)
	}
	return b.uuid(kind, string(data)), nil
}

// document is what a file holds, one of the two. types.OscalModels would link every other kind of document too.
type document struct {
	Results *types.AssessmentResults         `json:"assessment-results,omitempty"`
	Plan    *types.PlanOfActionAndMilestones `json:"plan-of-action-and-milestones,omitempty"`
}

func write(w io.Writer, d document) error {
	return jsonfile.Write(w, d)
}

func (b *builder) metadata(kind string) types.Metadata {
	r := b.r
	title := outline.Named(r.Practice)
	if r.Deployment != "" {
		title += ": " + r.Deployment
	}
	m := types.Metadata{
		Title: markup(kind + title), LastModified: b.asOf, Version: b.asOf.Format(time.DateOnly), OscalVersion: types.Version,
		Props:   props("tool", r.Tool.Name, "tool-version", r.Tool.Version, "tool-commit", r.Tool.Commit, "manifest-sha256", r.Manifest.SHA256),
		Remarks: markup(r.Disclaimer),
	}
	if name := plain(r.Practice); name != "" {
		m.Parties = &[]types.Party{{UUID: b.uuid("practice"), Type: "organization", Name: name}}
	}
	return m
}

// objectives defines what was asked. It stands in for a catalog, which these checklists don't have.
func (b *builder) objectives() *types.LocalDefinitions {
	var list []types.LocalObjective
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		list = append(list, types.LocalObjective{
			ControlId: b.controls[q], Description: markup(q.Title),
			Props: props("requirement", q.ID, "citation", q.Citation, "designation", q.Designation, "severity", string(q.Severity), "gate", string(q.Gate),
				"profile", string(q.Profile), "effective-on", q.EffectiveOn, "confidence", q.Confidence, "outcome", string(q.Outcome)),
			Parts: []types.Part{{ID: objective(b.controls[q]), Name: "assessment-objective", Prose: markup(q.Question)}},
		})
	}
	if len(list) == 0 {
		return nil
	}
	return &types.LocalDefinitions{ObjectivesAndMethods: &list, Remarks: "No OSCAL catalog holds these requirements, so they are defined here."}
}

// objective is the id of a control's only objective.
func objective(control string) string { return control + "_obj" }

func (b *builder) result() types.Result {
	r := b.r
	out := types.Result{
		Title: markup("Gap check as of " + r.AsOf), Start: b.asOf, End: &b.asOf,
		Description: markup(outline.Summary(r.Counts)), Props: b.verdicts(), ReviewedControls: b.reviewed(), Attestations: b.attestations(), Remarks: b.remarks(),
	}
	var all content
	for i := range r.Requirements {
		all.add(b.content(&r.Requirements[i]))
	}
	out.Observations, out.Findings, out.Risks = some(all.observations), some(all.findings), some(all.risks)
	return out
}

func (b *builder) verdicts() *[]types.Property {
	pairs := []string{"profile", b.r.Profile, "stage", b.r.Stage}
	if len(b.r.Gates) > 0 {
		pairs = append(pairs, "gates", outline.OnlyGates(b.r.Gates))
	}
	for _, v := range b.r.Verdicts {
		pairs = append(pairs, "verdict-"+strings.ReplaceAll(string(v.Gate), "_", "-"), outline.GateStatus(v).Word)
	}
	return props(pairs...)
}

// remarks say what a reader should know of the run and what it leaves open.
func (b *builder) remarks() string {
	list := append([]string{}, b.r.Notices...)
	for _, e := range b.r.Exceptions {
		if !e.InForce {
			list = append(list, "The exception for "+e.Requirement+" doesn't count: "+e.Note+".")
		}
	}
	for _, p := range b.r.LookInto {
		list = append(list, "May apply: "+p.Title+". "+p.Why)
	}
	for _, n := range b.r.NotAssessed {
		list = append(list, "Not checked: "+n)
	}
	for _, o := range b.r.NotCovered {
		list = append(list, "Not covered: "+o.Checklist+"/"+o.Cite+" "+o.Title+". "+o.Reason)
	}
	return paragraphs(list...)
}

// reviewed lists what was assessed, checklist by checklist, and what was not.
func (b *builder) reviewed() types.ReviewedControls {
	var out types.ReviewedControls
	for _, l := range b.r.Checklists {
		s := types.AssessedControls{Description: markup(l.ID + "@" + l.Version + " " + l.Title)}
		var in, not []types.AssessedControlsSelectControlById
		for i := range b.r.Requirements {
			q := &b.r.Requirements[i]
			control := types.AssessedControlsSelectControlById{ControlId: b.controls[q]}
			switch {
			case q.Checklist != l.ID:
			case q.Outcome == assess.NotApplicable || q.Outcome == assess.NotSelected:
				not = append(not, control)
			default:
				in = append(in, control)
			}
		}
		s.IncludeControls, s.ExcludeControls = some(in), some(not)
		if len(in) == 0 { // the schema wants to be told what is included
			s.IncludeAll = &types.IncludeAll{}
		}
		if len(not) > 0 {
			s.Remarks = "The excluded ones don't apply or are outside the profile. The property outcome of each says which."
		}
		out.ControlSelections = append(out.ControlSelections, s)
	}
	if len(out.ControlSelections) == 0 {
		out.ControlSelections = []types.AssessedControls{{IncludeAll: &types.IncludeAll{}, Description: "No checklist was named."}}
	}
	return out
}

func (b *builder) attestations() *[]types.AttestationStatements {
	var list []types.AttestationStatements
	for _, a := range b.r.Attestations {
		list = append(list, types.AttestationStatements{Parts: []types.AssessmentPart{{
			UUID: b.uuid("attestation", a.Requirement, a.By, a.SignedOn), Name: "attestation", Ns: namespace, Prose: markup(a.Statement),
			Props: props("requirement", a.Requirement, "by", a.By, "role", a.Role, "signed-on", a.SignedOn, "expires-on", a.ExpiresOn,
				"document", a.Document, "in-force", yes(a.InForce), "note", a.Note),
		}}})
	}
	return some(list)
}

// backMatter names the manifest, the checklists and the evidence, after what comes first.
func (b *builder) backMatter(first ...types.Resource) *types.BackMatter {
	r := b.r
	manifest := finding.Place(r, source.Pos{}).File
	list := append(first, types.Resource{UUID: b.manifest, Title: "The manifest", Description: "What the practice declares.",
		Rlinks: rlinks(manifest, r.Manifest.SHA256)})
	for _, l := range r.Checklists {
		c := types.Resource{UUID: b.uuid("checklist", l.ID, l.Version), Title: markup(l.Title), Description: markup(l.Source + ", edition " + l.Edition),
			Props: props("checklist", l.ID, "version", l.Version, "sha256", l.SHA256, "status", l.Status, "retrieved", l.Retrieved, "reviewed-on", l.ReviewedOn, "review-by", l.ReviewBy)}
		if finding.Link(l.URL) {
			c.Rlinks = &[]types.ResourceLink{{Href: l.URL}}
		}
		list = append(list, c)
	}
	for _, d := range r.Documents {
		e := types.Resource{UUID: b.uuid("document", d.ID), Title: markup(d.Title), Props: props("document", d.ID, "state", d.State, "location", d.Location)}
		if d.File != "" {
			e.Rlinks = rlinks(path.Join(path.Dir(manifest), d.File), d.SHA256)
		}
		list = append(list, e)
	}
	return &types.BackMatter{Resources: &list}
}

func rlinks(file, sum string) *[]types.ResourceLink {
	link := types.ResourceLink{Href: finding.URI(file)}
	if sum = plain(sum); sum != "" {
		link.Hashes = &[]types.Hash{{Algorithm: "SHA-256", Value: sum}}
	}
	return &[]types.ResourceLink{link}
}
