package manifest

import "readiness/internal/source"

// Vendor is an outside party that could receive PHI.
type Vendor struct {
	ID            source.Text            `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	Name          source.Text            `yaml:"name" doc:"The vendor's name."`
	Role          source.Text            `yaml:"role" enum:"model_provider cloud platform ehr gateway messaging log_store implementation_partner other" doc:"What the vendor does for you."`
	Plan          Plan                   `yaml:"plan" doc:"The plan or tier you use."`
	Account       source.Text            `yaml:"account" doc:"The account or organisation id at the vendor."`
	BAA           BAA                    `yaml:"baa" doc:"The business associate agreement with this vendor."`
	Retention     map[string]source.Span `yaml:"retention" doc:"How long the vendor keeps each kind of data, as artifact: duration (inputs, outputs, safety_flagged, feedback, records ...)."`
	ZDR           ZeroDataRetention      `yaml:"zero_data_retention" doc:"Whether the vendor keeps nothing after answering."`
	TrainingUse   source.Text            `yaml:"training_use" enum:"prohibited opted_out permitted unknown" doc:"Whether the vendor may train models on your data."`
	HumanReview   source.Text            `yaml:"human_review" enum:"none on_flag routine unknown" doc:"Whether the vendor's staff read content."`
	Residency     Residency              `yaml:"residency" doc:"Where data is processed and stored."`
	Subprocessors []Subprocessor         `yaml:"subprocessors" doc:"Other companies the vendor passes data to."`
	DueDiligence  DueDiligence           `yaml:"due_diligence" doc:"The check of this vendor before buying, and since."`
	Contract      Contract               `yaml:"contract" doc:"What the contract says apart from the BAA."`
	Documents     VendorDocuments        `yaml:"documents" doc:"What the vendor has given you to read."`
	Watch         Watch                  `yaml:"watch" doc:"Who keeps an eye on the vendor."`
	Verified      []Verification         `yaml:"verified" doc:"What was checked, when, by whom and how. Never a third party's word."`
	ReceivesPHI   source.Flag            `yaml:"-" derived:"receives_phi" doc:"Whether PHI reaches this vendor by any flow, hosting or log."`
	PHIFlows      source.Words           `yaml:"-" derived:"phi_flows" doc:"The flows by which PHI reaches this vendor, or that take out of its systems what was not brought in."`
	FeaturesInUse source.Words           `yaml:"-" derived:"features_in_use" doc:"The features named on PHI flows to this vendor."`
	ModelsInUse   source.Words           `yaml:"-" derived:"models_in_use" doc:"The models of this vendor that PHI flows reach."`
}

// Plan is what was bought.
type Plan struct {
	Name source.Text `yaml:"name" doc:"The name of the plan."`
	Tier source.Text `yaml:"tier" enum:"consumer team business enterprise api clinical_product" doc:"What kind of plan it is."`
}

// BAA is a business associate agreement (45 CFR 164.504(e), 164.314(a)).
type BAA struct {
	Status              source.Text `yaml:"status" enum:"executed click_accepted by_terms requested none not_required" doc:"Where the agreement stands."`
	Reason              source.Text `yaml:"reason" doc:"Why no agreement is required, if it is not_required."`
	SignedOn            source.Date `yaml:"signed_on" doc:"The day it was signed. May be absent for click_accepted and by_terms."`
	EffectiveOn         source.Date `yaml:"effective_on" doc:"The first day it applies."`
	Term                source.Text `yaml:"term" enum:"fixed coterminous evergreen" doc:"How long it runs: to a date, as long as the main contract, or until ended."`
	EndsOn              source.Date `yaml:"ends_on" doc:"The last day of a fixed term."`
	Activation          Activation  `yaml:"activation" doc:"The switch that some vendors need besides the signature."`
	Covers              Cover       `yaml:"covers" doc:"What the agreement names as covered."`
	Excludes            Exclusion   `yaml:"excludes" doc:"What the agreement leaves out."`
	SubcontractorsBound source.Flag `yaml:"subcontractors_bound" doc:"Whether the vendor must bind its subcontractors to the same duties."`
	BreachNoticeDays    source.Int  `yaml:"breach_notice_days" range:"0" doc:"How many days the vendor has to report a breach."`
	AtTermination       source.Text `yaml:"at_termination" enum:"return_or_destroy retain unstated" doc:"What happens to PHI when the agreement ends."`
	DeidentifiedUse     source.Text `yaml:"deidentified_use" enum:"prohibited permitted unstated" doc:"Whether the vendor may use data after de-identifying it."`
	Document            source.Text `yaml:"document" ref:"evidence" doc:"The agreement, as an evidence id."`
	InVendorFile        source.Flag `yaml:"in_vendor_file" doc:"Whether it is recorded in the practice's vendor management records."`
	ReviewedOn          source.Date `yaml:"reviewed_on" doc:"The day someone last read it."`
}

// Activation is a switch that an agreement needs to take effect.
type Activation struct {
	Required source.Flag `yaml:"required" doc:"Whether something must be switched on besides signing."`
	DoneOn   source.Date `yaml:"done_on" doc:"The day it was switched on."`
}

// Cover is what an agreement names as covered.
type Cover struct {
	Services []source.Text `yaml:"services" doc:"The services covered."`
	Features []source.Text `yaml:"features" doc:"The features covered."`
	Models   []source.Text `yaml:"models" doc:"The models covered."`
	Accounts []source.Text `yaml:"accounts" doc:"The accounts covered."`
}

// Exclusion is what an agreement leaves out.
type Exclusion struct {
	Features []source.Text `yaml:"features" doc:"The features left out."`
	Models   []source.Text `yaml:"models" doc:"The models left out."`
}

// ZeroDataRetention is a vendor's promise to keep nothing after answering.
type ZeroDataRetention struct {
	Status     source.Text   `yaml:"status" enum:"active requested none" doc:"Whether it is on."`
	Scope      source.Text   `yaml:"scope" doc:"What it applies to, such as organization or workspace."`
	Overrides  []source.Text `yaml:"overrides" doc:"Workspaces or features for which it is switched off. An empty list says there are none."`
	Exceptions []source.Text `yaml:"exceptions" doc:"What is kept all the same, such as safety_flagged. An empty list says nothing is."`
}

// Residency is where data is.
type Residency struct {
	Inference []source.Text `yaml:"inference" doc:"Regions in which data is processed, such as us."`
	Storage   []source.Text `yaml:"storage" doc:"Regions in which data is stored."`
}

// Subprocessor is a company a vendor passes data to.
type Subprocessor struct {
	Name        source.Text `yaml:"name" doc:"The company's name, or the id of a vendor declared here."`
	Role        source.Text `yaml:"role" doc:"What it does for the vendor."`
	ReceivesPHI source.Flag `yaml:"receives_phi" doc:"Whether PHI reaches it."`
	Bound       source.Flag `yaml:"bound" doc:"Whether the vendor has bound it to the BAA's duties."`
}

// DueDiligence is the check of a vendor.
type DueDiligence struct {
	DoneOn   source.Date   `yaml:"done_on" doc:"The day it was last done."`
	NextDue  source.Date   `yaml:"next_due" doc:"The day the next one is due."`
	Document source.Text   `yaml:"document" ref:"evidence" doc:"The record of it, as an evidence id."`
	Topics   []source.Text `yaml:"topics" doc:"What was looked at, such as security, privacy, training_use, subprocessors, ip, safety."`
}

// Contract is what was agreed apart from the BAA.
type Contract struct {
	IncidentNoticeHours source.Int  `yaml:"incident_notice_hours" range:"0" doc:"How many hours the vendor has to report a security incident."`
	ChangeNoticeDays    source.Int  `yaml:"change_notice_days" range:"0" doc:"How many days ahead the vendor announces changes."`
	OutputRights        source.Text `yaml:"output_rights" doc:"Who owns what the model writes: practice, vendor or shared."`
	ExitTerms           source.Text `yaml:"exit_terms" enum:"return_or_destroy retain unstated" doc:"What happens to data at the end."`
}

// VendorDocuments are what a vendor has given to read.
type VendorDocuments struct {
	SystemCard             source.Text `yaml:"system_card" ref:"evidence" doc:"The description of the model or system, as an evidence id."`
	SecurityReport         source.Text `yaml:"security_report" ref:"evidence" doc:"A security report such as a SOC 2, as an evidence id."`
	KnownLimits            source.Text `yaml:"known_limits" ref:"evidence" doc:"The vendor's own list of limits, as an evidence id."`
	SafetyEvaluation       source.Text `yaml:"safety_evaluation" ref:"evidence" doc:"The vendor's safety tests, as an evidence id."`
	BiasEvaluation         source.Text `yaml:"bias_evaluation" ref:"evidence" doc:"The vendor's comparison across groups of people, as an evidence id."`
	EnvironmentalStatement source.Text `yaml:"environmental_statement" ref:"evidence" doc:"The vendor's environmental statement, as an evidence id."`
}

// Watch is keeping an eye on a vendor.
type Watch struct {
	Owner                   source.Text   `yaml:"owner" ref:"people" doc:"The person who looks."`
	Every                   source.Span   `yaml:"every" doc:"How often, such as 90d."`
	LastDone                source.Date   `yaml:"last_done" doc:"The day it was last done."`
	SubprocessorsReviewedOn source.Date   `yaml:"subprocessors_reviewed_on" doc:"The day the vendor's list of subprocessors was last read."`
	ChangesSeen             []source.Text `yaml:"changes_seen" doc:"Changes at the vendor since the last look. An empty list says none."`
}

// Verification is one fact about a vendor that someone checked.
type Verification struct {
	Fact   source.Text `yaml:"fact" required:"true" enum:"baa plan retention zero_data_retention training_use human_review residency subprocessors" doc:"What was checked."`
	By     source.Text `yaml:"by" ref:"people" doc:"The person who checked."`
	Date   source.Date `yaml:"date" doc:"The day it was checked."`
	Method source.Text `yaml:"method" enum:"contract_read export_attached vendor_written_confirmation admin_console_seen public_page_read vendor_claim_only assumed" doc:"How it was checked. export_attached counts where an export listed under evidence shows the fact."`
	Source source.Text `yaml:"source" doc:"What exactly was looked at."`

	AtSource source.Flag `yaml:"-" derived:"at_source" doc:"Whether it was learnt from the vendor itself: from its contract, written word or console, or from an export in evidence that shows it."`
}

// System is a place a data flow can touch.
type System struct {
	ID               source.Text   `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	Name             source.Text   `yaml:"name" doc:"The system's name."`
	Kind             source.Text   `yaml:"kind" enum:"ehr model scribe application gateway log_store messaging scheduling workstation backup analytics clearinghouse" doc:"What kind of system it is."`
	Vendor           source.Text   `yaml:"vendor" ref:"vendors" doc:"Who runs it. A system without a vendor is run by the practice itself."`
	Owner            source.Text   `yaml:"owner" ref:"people" doc:"The person who answers for it."`
	Status           source.Text   `yaml:"status" enum:"planned live paused retired" doc:"Whether it is in use."`
	HoldsPHI         source.Flag   `yaml:"holds_phi" doc:"Whether PHI is stored in it."`
	EncryptedAtRest  source.Flag   `yaml:"encrypted_at_rest" doc:"Whether what it stores is encrypted."`
	Region           source.Text   `yaml:"region" doc:"Where it runs, such as us."`
	Model            source.Text   `yaml:"model" doc:"The exact name and version, at the vendor, of the model it is or runs."`
	Version          source.Text   `yaml:"version" doc:"The version in use, in quotes."`
	VersionPinned    source.Flag   `yaml:"version_pinned" doc:"Whether the version stays the same until you change it."`
	KnownIssues      []source.Text `yaml:"known_issues" doc:"What is known to go wrong. An empty list says nothing is."`
	Controls         []source.Text `yaml:"controls" doc:"What protects you if it misbehaves."`
	RetiredOn        source.Date   `yaml:"retired_on" doc:"For a retired system: the day it was switched off."`
	DestructionProof source.Text   `yaml:"destruction_proof" ref:"evidence" doc:"For a retired system: the proof that its data was destroyed, as an evidence id."`

	ReceivesPHI source.Flag `yaml:"-" derived:"receives_phi" doc:"Whether PHI is in this system, by any flow or log."`
}
