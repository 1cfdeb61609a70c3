// Package assess turns a manifest, checklists and a date into a report. It is pure: the same inputs give the same
// report, and nothing is read from anywhere else. What outcomes rest on is looked up by a second goroutine, which ends
// before Run does.
//
// The report is the one value that crosses the middle of the program. Its JSON is the public format, and every other
// format renders it, also later, from the saved JSON.
package assess

import (
	"cmp"

	"readiness/internal/checklist"
	"readiness/internal/source"
)

// Schema names the version of the report format. A report of another major version can't be read.
const Schema = "urn:readiness:report:1"

// Outcome is what one check says of one subject, and what a requirement comes to.
type Outcome string

// The outcomes. The order of Outcomes is the order in which a requirement takes its worst.
const (
	Gap           Outcome = "gap"            // a declared fact contradicts it, is out of date, or is contradicted by evidence
	Undeclared    Outcome = "undeclared"     // the manifest doesn't say; the path that would settle it is named
	Attested      Outcome = "attested"       // a named person stated it, in date
	Met           Outcome = "met"            // every fact it needs is declared, and good
	NotApplicable Outcome = "not_applicable" // the facts that make it so are shown
	NotSelected   Outcome = "not_selected"   // outside the chosen profile
)

// Outcomes lists the outcomes, worst first.
var Outcomes = []Outcome{Gap, Undeclared, Attested, Met, NotApplicable, NotSelected}

// Open reports whether the outcome is not ready.
func (o Outcome) Open() bool { return o == Gap || o == Undeclared }

// Assurance is how well a met outcome is supported.
type Assurance string

// The assurances.
const (
	Declared   Assurance = "declared"   // the manifest says so
	Documented Assurance = "documented" // its document is there and has the declared hash
	Verified   Assurance = "verified"   // an export shows it
)

// Report is the result of one run.
type Report struct {
	Schema       string        `json:"schema" doc:"urn:readiness:report:1"`
	Tool         Tool          `json:"tool" doc:"the program that made the report"`
	AsOf         string        `json:"as_of" doc:"the day the practice was checked as of"`
	Manifest     File          `json:"manifest" doc:"the manifest that was read"`
	Practice     string        `json:"practice" doc:"the name of the practice"`
	Deployment   string        `json:"deployment" doc:"what the practice calls this use of AI; empty when undeclared"`
	Stage        string        `json:"stage" doc:"the stage of the deployment; empty when undeclared"`
	Profile      string        `json:"profile" doc:"how much of each checklist was asked: core, standard or full"`
	Horizon      int           `json:"horizon_days" doc:"how many days ahead due dates are listed"`
	Verdicts     []Verdict     `json:"verdicts" doc:"one per gate, earliest first"`
	Counts       Counts        `json:"counts" doc:"requirements of final and voluntary checklists by outcome"`
	First        []Step        `json:"do_first" doc:"critical gaps that are due, then the few facts and fixes that settle most requirements"`
	Checklists   []List        `json:"checklists" doc:"what was checked against"`
	Requirements []Requirement `json:"requirements" doc:"every requirement of the checklists, in their order"`
	Exceptions   []Exception   `json:"exceptions" doc:"findings someone has accepted, and what became of each exception"`
	Attestations []Attestation `json:"attestations" doc:"statements by named persons, and what became of each"`
	Documents    []Document    `json:"documents" doc:"the evidence the manifest names"`
	Inventory    Inventory     `json:"inventory" doc:"what the manifest declares, for tables and the data-flow picture"`
	Upcoming     []Due         `json:"upcoming" doc:"what has ended or falls due within the horizon, earliest first"`
	Notices      []string      `json:"notices" doc:"what a reader should know about this run"`
	LookInto     []Pointer     `json:"look_into" doc:"rules that may apply and of which too little is certain to check them; never gaps"`
	NotCovered   []Omission    `json:"not_covered" doc:"provisions of the checklists' sources that no requirement covers"`
	NotAssessed  []string      `json:"not_assessed" doc:"what was not checked, and why"`
	Penalties    []Penalties   `json:"penalties" doc:"what the law allows an authority to ask for a violation; information, never a prediction"`
	Disclaimer   string        `json:"disclaimer" doc:"what the report is not"`

	Gates []checklist.Gate `json:"gates" doc:"the only gates judged, as --gate asked; empty for those that are due"`
}

// Tool is the program that made the report.
type Tool struct {
	Name    string `json:"name" doc:"readiness"`
	Version string `json:"version" doc:"the version, or devel"`
	Commit  string `json:"commit" doc:"the source commit; empty when unknown"`
}

// Pointer is a rule that may apply to this practice.
type Pointer struct {
	Checklist string `json:"checklist" doc:"the checklist that names it"`
	ID        string `json:"id" doc:"its id there"`
	Title     string `json:"title" doc:"the rule"`
	Why       string `json:"why" doc:"why it is worth a look, and what is uncertain"`
	Applies   string `json:"applies" doc:"yes, or undeclared when the manifest doesn't say enough"`
}

// Omission is a provision that no requirement covers.
type Omission struct {
	Checklist string `json:"checklist" doc:"the checklist that leaves it out"`
	Cite      string `json:"cite" doc:"the citation"`
	Title     string `json:"title" doc:"what it is"`
	Reason    string `json:"reason" doc:"why it is left out"`
}

// File is a file and its digest.
type File struct {
	Name   string `json:"name" doc:"as it was named on the command line"`
	SHA256 string `json:"sha256" doc:"the digest of its bytes"`
}

// List is a checklist that was checked against.
type List struct {
	ID         string `json:"id" doc:"the checklist"`
	Version    string `json:"version" doc:"its version"`
	Title      string `json:"title" doc:"what it is"`
	SHA256     string `json:"sha256" doc:"the digest of its file"`
	Extends    string `json:"extends" doc:"the checklist it extends, as id@version, and the digest of that one's file; else empty"`
	Source     string `json:"source" doc:"the text it follows"`
	Edition    string `json:"edition" doc:"the edition of that text"`
	URL        string `json:"url" doc:"where the text is published"`
	Retrieved  string `json:"retrieved" doc:"the day the text was read; empty when the checklist doesn't say"`
	Status     string `json:"status" doc:"how binding the text is: final, voluntary, proposed or under_revision"`
	ReviewedOn string `json:"reviewed_on" doc:"when a person last compared the checklist with the text"`
	ReviewBy   string `json:"review_by" doc:"when that is due again"`
	Overdue    bool   `json:"review_overdue" doc:"whether review_by has passed"`
	Counts     Counts `json:"counts" doc:"its requirements by outcome"`

	Notices []string `json:"notices" doc:"what a reader should know about it; among the report's notices too"`
}

// Counts are numbers of requirements. All but Total add up to Total.
type Counts struct {
	Met           int `json:"met" doc:"met"`
	Attested      int `json:"attested" doc:"attested"`
	Gap           int `json:"gap" doc:"gaps"`
	Undeclared    int `json:"undeclared" doc:"undeclared"`
	NotApplicable int `json:"not_applicable" doc:"not applicable"`
	NotSelected   int `json:"not_selected" doc:"outside the profile"`
	Total         int `json:"total" doc:"all"`
}

// Verdict says whether a gate's requirements hold.
type Verdict struct {
	Gate     checklist.Gate `json:"gate" doc:"before_phi, before_launch or operating"`
	Due      bool           `json:"due" doc:"whether the gate is due at this stage, or --gate asked for it"`
	Unjudged bool           `json:"unjudged" doc:"whether it is due and --gate left it out: what is open of it can't fail the run"`
	Ready    bool           `json:"ready" doc:"whether nothing of it is open that isn't accepted"`
	Open     []Open         `json:"open" doc:"its open requirements by severity, most severe first; accepted ones left out"`
	Accepted int            `json:"accepted" doc:"how many open requirements are accepted by an exception"`
	Total    int            `json:"total" doc:"how many of its requirements apply"`
}

// Open counts open requirements of one severity.
type Open struct {
	Severity   checklist.Severity `json:"severity" doc:"critical, high, medium or low"`
	Gap        int                `json:"gap" doc:"gaps"`
	Undeclared int                `json:"undeclared" doc:"undeclared"`
}

// Step is a fact to declare or a thing to mend, with the requirements it bears on.
type Step struct {
	Kind         string     `json:"kind" doc:"declare or fix"`
	What         string     `json:"what" doc:"what to do"`
	Path         string     `json:"path" doc:"the place in the manifest"`
	Pos          source.Pos `json:"pos" doc:"where to begin"`
	Requirements []string   `json:"requirements" doc:"the requirements that wait for it"`
}

// Requirement is one requirement with its outcome. It repeats the checklist's words, so a report stands alone.
type Requirement struct {
	ID             string             `json:"id" doc:"checklist/citation"`
	Checklist      string             `json:"checklist" doc:"the checklist"`
	Citation       string             `json:"citation" doc:"the authority's own citation"`
	Section        string             `json:"section" doc:"the group it belongs to"`
	Title          string             `json:"title" doc:"what is required"`
	Also           []string           `json:"also" doc:"other citations it rests on"`
	Designation    string             `json:"designation" doc:"required, addressable, standard, voluntary or proposed"`
	Severity       checklist.Severity `json:"severity" doc:"how much a gap matters"`
	SeverityReason string             `json:"severity_reason" doc:"why it matters that much"`
	Gate           checklist.Gate     `json:"gate" doc:"when it must hold"`
	Profile        checklist.Profile  `json:"profile" doc:"the smallest profile that asks for it"`
	EffectiveOn    string             `json:"effective_on" doc:"the day from which it is in effect; empty where the checklist names none"`
	Confidence     string             `json:"confidence" doc:"how sure the research behind it is: high or medium; empty where the official text was read"`
	Question       string             `json:"question" doc:"the question"`
	Why            string             `json:"why" doc:"why it is asked"`
	Fix            Fix                `json:"fix" doc:"what to do about a gap"`
	Evidence       []string           `json:"evidence_wanted" doc:"what would show it"`
	DoesNotShow    string             `json:"does_not_show" doc:"what a met requirement doesn't prove"`
	Maps           []string           `json:"maps" doc:"requirements of other checklists that ask for similar things"`
	Note           string             `json:"note" doc:"anything a reader should know"`
	Outcome        Outcome            `json:"outcome" doc:"its worst check's outcome"`
	Assurance      Assurance          `json:"assurance" doc:"for met: the weakest of its checks; else empty"`
	Accepted       bool               `json:"accepted" doc:"whether exceptions in force cover all that is open"`
	Checks         []Check            `json:"checks" doc:"its checks; empty when not selected"`
}

// Fix says what to do about a gap.
type Fix struct {
	Do     string `json:"do" doc:"what to do"`
	Who    string `json:"who" doc:"who does it"`
	Effort string `json:"effort" doc:"hours, days or weeks"`
}

// Check is one check of a requirement with its results.
type Check struct {
	ID       string   `json:"id" doc:"the check"`
	Practice bool     `json:"practice" doc:"whether the source leaves this open and it is a common way to meet it"`
	Outcome  Outcome  `json:"outcome" doc:"its worst result's outcome"`
	Results  []Result `json:"results" doc:"one per subject"`
}

// Result is what a check says of one subject.
type Result struct {
	Subject     string    `json:"subject" doc:"the subject's id; empty for the practice itself"`
	Name        string    `json:"name" doc:"what people call it"`
	Outcome     Outcome   `json:"outcome" doc:"the outcome"`
	Assurance   Assurance `json:"assurance" doc:"for met: how well it is supported"`
	Message     string    `json:"message" doc:"for a gap: what is wrong"`
	Place       Place     `json:"place" doc:"where to look first"`
	Path        []Place   `json:"path" doc:"for a finding about a way data takes: its flows in order; else empty"`
	Facts       []Fact    `json:"facts" doc:"the declared facts it rests on; of many, the first"`
	MoreFacts   int       `json:"more_facts" doc:"how many more it rests on"`
	Missing     []Missing `json:"missing" doc:"for undeclared: what would settle it; of much, the first"`
	MoreMissing int       `json:"more_missing" doc:"how much more would have to be declared"`
	Answer      string    `json:"answer" doc:"for an addressable specification answered otherwise: alternative or not_reasonable, and why"`
	Accepted    bool      `json:"accepted" doc:"whether an exception in force covers it"`
	Fingerprint string    `json:"fingerprint" doc:"stable over line moves: of requirement, check and subject"`
}

// Place is a place in the manifest with its line.
type Place struct {
	Pos     source.Pos `json:"pos" doc:"the place"`
	Excerpt string     `json:"excerpt" doc:"the line that stands there, or its beginning; empty when the place lies behind that"`
}

// Fact is a declared value.
type Fact struct {
	Path  string     `json:"path" doc:"its place in the manifest"`
	Value string     `json:"value" doc:"the value, or the beginning of a long one"`
	Pos   source.Pos `json:"pos" doc:"where it is written"`
}

// Missing is a value that is not declared.
type Missing struct {
	Path    string     `json:"path" doc:"its place in the manifest"`
	Written bool       `json:"written" doc:"whether something stands there that doesn't say enough, such as a list that lacks an entry"`
	Means   string     `json:"means" doc:"what the value would say"`
	Allowed []string   `json:"allowed" doc:"the words allowed; empty when any text will do"`
	Pos     source.Pos `json:"pos" doc:"where it belongs: its nearest written neighbour"`
}

// Exception is an accepted finding.
type Exception struct {
	Requirement  string     `json:"requirement" doc:"checklist/citation"`
	Subject      string     `json:"subject" doc:"the subject it is limited to; empty for all"`
	Kind         string     `json:"kind" doc:"accepted or planned"`
	Reason       string     `json:"reason" doc:"why"`
	Compensating string     `json:"compensating" doc:"what is done instead"`
	ApprovedBy   string     `json:"approved_by" doc:"who accepted it"`
	ApprovedOn   string     `json:"approved_on" doc:"when"`
	ExpiresOn    string     `json:"expires_on" doc:"the last day it counts"`
	InForce      bool       `json:"in_force" doc:"whether it counts in this report"`
	Note         string     `json:"note" doc:"why it doesn't count, or what is odd about it"`
	Pos          source.Pos `json:"pos" doc:"where it is written"`
}

// Attestation is a statement by a named person.
type Attestation struct {
	Requirement string     `json:"requirement" doc:"checklist/citation"`
	Statement   string     `json:"statement" doc:"what is stated"`
	By          string     `json:"by" doc:"who states it"`
	Role        string     `json:"role" doc:"in which role"`
	SignedOn    string     `json:"signed_on" doc:"when"`
	ExpiresOn   string     `json:"expires_on" doc:"the last day it counts"`
	Document    string     `json:"document" doc:"the signed statement"`
	InForce     bool       `json:"in_force" doc:"whether it counts in this report"`
	Note        string     `json:"note" doc:"why it doesn't count, or why it counts for a requirement that its checklist took over from another"`
	Pos         source.Pos `json:"pos" doc:"where it is written"`
}

// Document is a piece of evidence.
type Document struct {
	ID       string `json:"id" doc:"its id"`
	Title    string `json:"title" doc:"what it is"`
	File     string `json:"file" doc:"the file; empty when kept elsewhere"`
	Location string `json:"location" doc:"where it is kept"`
	SHA256   string `json:"sha256" doc:"the declared digest"`
	State    string `json:"state" doc:"matches, differs, missing, elsewhere, not_looked_at, or undeclared when the manifest names no file or no digest"`
	AgeDays  *int   `json:"age_days" doc:"days since it was collected; absent when undeclared"`

	Format string  `json:"format" doc:"for an export: the system and report it came from"`
	Claims []Claim `json:"claims" doc:"what an export shows of declared facts"`
}

// Claim is what an export shows of one declared fact.
type Claim struct {
	Path  string `json:"path" doc:"the fact's place in the manifest"`
	Shown string `json:"shown" doc:"true, false when the export shows otherwise, or undeclared"`
	Says  string `json:"says" doc:"what the export says"`
}

// Due is something that ends or falls due.
type Due struct {
	On   string     `json:"on" doc:"the day"`
	What string     `json:"what" doc:"what ends or falls due"`
	Days int        `json:"days" doc:"days from the date of the report; negative when it has passed"`
	Path string     `json:"path" doc:"its place in the manifest"`
	Pos  source.Pos `json:"pos" doc:"where it is written"`
}

// outsiders are the parties outside, which flows name without their being declared.
var outsiders = map[string]string{"patient": "Patient", "workforce": "Workforce", "payer": "Payer", "other_provider": "Other provider"}

// EndName is what people call an end of a flow: the name of a system or of a party outside, or the id of any other.
func (n *Inventory) EndName(id string) string {
	for i := range n.Systems {
		if s := &n.Systems[i]; s.ID == id {
			return cmp.Or(s.Name, id)
		}
	}
	return cmp.Or(outsiders[id], id)
}

// UseName is what people call a use case: its name, or its id where it has none.
func (n *Inventory) UseName(id string) string {
	for i := range n.UseCases {
		if u := &n.UseCases[i]; u.ID == id {
			return cmp.Or(u.Name, id)
		}
	}
	return id
}

// Find returns the requirement with an id such as hipaa/164.312(b).
func (r *Report) Find(id string) (*Requirement, bool) {
	for i := range r.Requirements {
		if r.Requirements[i].ID == id {
			return &r.Requirements[i], true
		}
	}
	return nil, false
}

// Assessed reports whether anything was: whether some requirement applies.
func (r *Report) Assessed() bool {
	return r.Counts.Total > r.Counts.NotApplicable+r.Counts.NotSelected
}

// Fails reports whether something is open at or above a severity in a gate that is due and judged. Accepted findings and
// proposed rules don't count.
func (r *Report) Fails(atLeast checklist.Severity) bool {
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if q.Outcome.Open() && !q.Accepted && q.Designation != "proposed" && q.Severity.Rank() <= atLeast.Rank() && r.Judged(q.Gate) {
			return true
		}
	}
	return false
}

// Due reports whether a gate is due. One that the report has no verdict on is.
func (r *Report) Due(gate checklist.Gate) bool { return r.verdict(gate).Due }

// Judged reports whether what is open of a gate can fail the run: whether it is due, and --gate didn't leave it out.
func (r *Report) Judged(gate checklist.Gate) bool { return r.verdict(gate).Judged() }

func (r *Report) verdict(gate checklist.Gate) Verdict {
	for _, v := range r.Verdicts {
		if v.Gate == gate {
			return v
		}
	}
	return Verdict{Gate: gate, Due: true}
}

// Judged reports whether the gate is due, and --gate didn't leave it out.
func (v Verdict) Judged() bool { return v.Due && !v.Unjudged }

// Opened counts the open requirements of the gate that no exception accepts.
func (v Verdict) Opened() int {
	n := 0
	for _, o := range v.Open {
		n += o.Gap + o.Undeclared
	}
	return n
}

// Add counts one requirement.
func (c *Counts) Add(o Outcome) {
	c.Total++
	switch o {
	case Met:
		c.Met++
	case Attested:
		c.Attested++
	case Gap:
		c.Gap++
	case Undeclared:
		c.Undeclared++
	case NotApplicable:
		c.NotApplicable++
	case NotSelected:
		c.NotSelected++
	}
}
