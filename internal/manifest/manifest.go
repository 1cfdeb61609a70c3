// Package manifest is what a practice declares about its use of language models: the types, their JSON Schema, and
// the references between ids.
//
// A field is one struct line. Its tags are all there is to know of it (see source.Field): strict keys, positions, the
// types that rules are checked against and the JSON Schema follow by reflection. No field has a default: what is not
// written is undeclared. Fields tagged derived are computed by package flow and can't be written.
package manifest

import "readiness/internal/source"

// Manifest is a practice's whole declaration.
type Manifest struct {
	Readiness  source.Int    `yaml:"readiness" required:"true" doc:"The manifest format. Write 1."`
	Checklists []source.Text `yaml:"checklists" doc:"The checklists to check against, as id@version. A major version alone means its newest release."`
	Profile    source.Text   `yaml:"profile" enum:"core standard full" doc:"How much of each checklist is asked: core before any PHI is sent, standard within the first year, full for everything."`

	Practice   Practice   `yaml:"practice" required:"true" doc:"Who is being checked."`
	People     []Person   `yaml:"people" most:"400" doc:"Everyone who decides, reviews or has access. Named persons, never roles."`
	Deployment Deployment `yaml:"deployment" doc:"The use of the language model that this manifest is about."`
	Vendors    []Vendor   `yaml:"vendors" most:"60" doc:"Every outside party that could receive PHI."`
	Systems    []System   `yaml:"systems" most:"60" doc:"Every place a data flow can touch. patient, workforce, payer and other_provider exist without being declared."`
	Inventory  Inventory  `yaml:"inventory" doc:"How complete the list of AI tools is."`
	UseCases   []UseCase  `yaml:"use_cases" most:"40" doc:"What the model is used for, one entry per use."`
	DataFlows  []DataFlow `yaml:"data_flows" most:"150" doc:"Where data goes, one entry per hop."`

	Access     Access     `yaml:"access" doc:"Who may use what, and how they sign in."`
	Logging    []Log      `yaml:"logging" most:"60" doc:"What each system records about the calls to a model."`
	Prompts    []Prompt   `yaml:"prompts" most:"60" doc:"The standing instructions given to a model."`
	Governance Governance `yaml:"governance" doc:"Policies, roles, reviews and decisions."`
	Training   Training   `yaml:"training" doc:"The courses that people take before they get access."`

	Monitoring Monitoring `yaml:"monitoring" doc:"What is watched while the model is in use."`
	Evaluation Evaluation `yaml:"evaluation" doc:"How outputs are tested."`
	Feedback   Feedback   `yaml:"feedback" doc:"How staff and patients report problems."`
	Incidents  Incidents  `yaml:"incidents" doc:"What happens when something goes wrong."`
	Fallback   Fallback   `yaml:"fallback" doc:"How work goes on without the model."`
	ShutOff    ShutOff    `yaml:"shut_off" doc:"How the model is switched off."`

	Risks        []Risk        `yaml:"risks" doc:"The register of AI risks."`
	Safeguards   Safeguards    `yaml:"safeguards" doc:"The practice's HIPAA programme: one line per standard or specification that the other sections don't already show."`
	Evidence     []Document    `yaml:"evidence" most:"200" doc:"The documents that support what is declared here, and the export behind each fact that was checked by export_attached."`
	Attestations []Attestation `yaml:"attestations" doc:"Statements by named persons, for requirements that no declared fact can decide."`
	Exceptions   []Exception   `yaml:"exceptions" doc:"Findings someone has accepted until a date. They never change an outcome."`

	Outputs      []Output      `yaml:"-" derived:"outputs" doc:"Each place a model's output can arrive."`
	FlowProblems []FlowProblem `yaml:"-" derived:"flow_problems" doc:"What the data flows show to be wrong, or don't say enough to rule out. For each kind of problem at least one entry."`
}

// Practice is the organisation that is being checked.
type Practice struct {
	Name                 source.Text   `yaml:"name" required:"true" doc:"The name of the practice."`
	Kind                 source.Text   `yaml:"kind" enum:"physician_practice clinic dental behavioral_health hospital other" doc:"What kind of practice it is."`
	HIPAARole            source.Text   `yaml:"hipaa_role" enum:"covered_entity business_associate hybrid_entity" doc:"What the practice is under HIPAA."`
	States               []source.Text `yaml:"states" enum:"AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI" doc:"The states in which patients are treated, DC and the territories included, as two letters."`
	Part2Program         source.Flag   `yaml:"part2_program" doc:"Whether the practice holds substance use disorder records under 42 CFR Part 2."`
	DevelopsOrTunesModel source.Flag   `yaml:"develops_or_tunes_models" doc:"Whether the practice trains or fine-tunes models itself."`
	DataRegions          []source.Text `yaml:"data_regions" doc:"The regions in which the practice lets patient data be processed and stored, such as us."`
	PrivacyOfficer       source.Text   `yaml:"privacy_officer" ref:"people" doc:"The person responsible for privacy."`
	SecurityOfficer      source.Text   `yaml:"security_officer" ref:"people" doc:"The person responsible for security."`
	AccountableOwner     source.Text   `yaml:"accountable_owner" ref:"people" doc:"The owner or physician leader who answers for the use of AI."`
}

// Person is someone who decides, reviews or has access.
type Person struct {
	ID       source.Text            `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	Name     source.Text            `yaml:"name" doc:"The person's name."`
	Role     source.Text            `yaml:"role" doc:"What the person does, in your words."`
	Licensed source.Flag            `yaml:"licensed" doc:"Whether this is a licensed health professional."`
	Status   source.Text            `yaml:"status" enum:"active leave ended" doc:"Whether the person works here now."`
	Trained  map[string]source.Date `yaml:"trained" most:"30" keyref:"training.courses" doc:"The day each course was last finished, as course: date."`

	HasAccess source.Flag `yaml:"-" derived:"has_access" doc:"Whether the person has a grant or owns a key."`
}

// Deployment is the use of a language model that the manifest is about.
type Deployment struct {
	Name           source.Text `yaml:"name" doc:"What you call this use of AI."`
	Stage          source.Text `yaml:"stage" enum:"planning pilot production retired" doc:"How far it has come. It decides which requirements are due."`
	Path           source.Text `yaml:"path" enum:"direct_api cloud_platform managed_platform ehr_embedded consumer_app" doc:"How the model is reached."`
	FirstPHIOn     source.Date `yaml:"first_phi_on" doc:"The day the first PHI was sent, or will be."`
	BuildOrBuy     BuildOrBuy  `yaml:"build_or_buy" doc:"The decision between the ways to get the service."`
	EHRIntegration source.Text `yaml:"ehr_integration" enum:"api copy_paste none" doc:"How text gets into and out of the EHR."`
	Pilot          Pilot       `yaml:"pilot" doc:"The trial on one workflow before others."`

	PHIInUse       source.Flag `yaml:"-" derived:"phi_in_use" doc:"Whether any flow or use case holds PHI."`
	PatientFacing  source.Flag `yaml:"-" derived:"patient_facing" doc:"Whether patients see output of a use case first."`
	InfluencesCare source.Flag `yaml:"-" derived:"influences_care" doc:"Whether any use case feeds documentation or care decisions."`
	FirstPHI       source.Date `yaml:"-" derived:"first_phi_on" doc:"The earliest day PHI is sent, over the deployment and its use cases."`
}

// BuildOrBuy is the decision between building, buying and embedding.
type BuildOrBuy struct {
	EvaluatedOn source.Date `yaml:"evaluated_on" doc:"The day the options were compared."`
	Document    source.Text `yaml:"document" ref:"evidence" doc:"The comparison, as an evidence id."`
}

// Pilot is the trial before launch.
type Pilot struct {
	UseCase          source.Text              `yaml:"use_case" ref:"use_cases" doc:"The one use case that was tried first."`
	StartedOn        source.Date              `yaml:"started_on" doc:"The first day of the pilot."`
	EndedOn          source.Date              `yaml:"ended_on" doc:"The last day of the pilot."`
	Cases            source.Int               `yaml:"cases" range:"0" doc:"How many cases were looked at."`
	Setting          source.Text              `yaml:"setting" doc:"Where and with whom the pilot ran."`
	Metrics          []source.Text            `yaml:"metrics" doc:"What was measured."`
	Thresholds       map[string]source.Number `yaml:"thresholds" doc:"The highest acceptable value of each metric."`
	Results          map[string]source.Number `yaml:"results" doc:"What was found for each metric."`
	Model            source.Text              `yaml:"model" doc:"The exact model that was tested."`
	PromptVersion    source.Text              `yaml:"prompt_version" doc:"The version of the prompt that was tested, in quotes."`
	Reviewers        []source.Text            `yaml:"reviewers" ref:"people" doc:"The persons who judged the outputs."`
	FailuresSeen     []source.Text            `yaml:"failures_seen" doc:"The mistakes that were seen. An empty list says none were."`
	PopulationSlices []source.Text            `yaml:"population_slices" doc:"Groups of patients whose results were looked at apart."`
	Report           source.Text              `yaml:"report" ref:"evidence" doc:"The pilot report, as an evidence id."`
}

// Inventory says how complete the list of AI tools is.
type Inventory struct {
	CompleteAsOf               source.Date `yaml:"complete_as_of" doc:"The day the list was last checked to be complete."`
	IncludesEmbeddedFeatures   source.Flag `yaml:"includes_embedded_features" doc:"Whether AI features inside other products were looked for."`
	IncludesUnapprovedUseCheck source.Flag `yaml:"includes_unapproved_use_check" doc:"Whether tools that staff use on their own were looked for."`
}

// Document is something that supports what the manifest says.
type Document struct {
	ID          source.Text `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	Title       source.Text `yaml:"title" doc:"What the document is."`
	File        source.Text `yaml:"file" doc:"The file, relative to the manifest. Leave it out for a document kept elsewhere."`
	Location    source.Text `yaml:"location" doc:"Where a document that is not beside the manifest is kept."`
	SHA256      source.Text `yaml:"sha256" doc:"The file's SHA-256, 64 hexadecimal digits in quotes. It shows that the file is the one that was meant."`
	Format      source.Text `yaml:"format" doc:"For an export: the system and report it came from, such as anthropic.organization_settings. One that is known is read, and what it shows is compared with what is declared."`
	CollectedOn source.Date `yaml:"collected_on" doc:"The day the document was collected."`
	CollectedBy source.Text `yaml:"collected_by" ref:"people" doc:"The person who collected it."`

	State  source.Text `yaml:"-" derived:"state" doc:"matches, differs or missing, as the file compares with its SHA-256; elsewhere; not_looked_at."`
	Actual source.Text `yaml:"-" derived:"actual_sha256" doc:"The SHA-256 that the file has."`
	Claims []Claim     `yaml:"-" derived:"claims" doc:"For an export that could be read: what it shows of declared facts."`
}

// Claim is what an export shows of one declared fact. It is derived.
type Claim struct {
	Path  source.Text `yaml:"-" derived:"path" doc:"The fact's place in the manifest."`
	Shown source.Flag `yaml:"-" derived:"shown" doc:"true: the export shows it. false: the export shows otherwise. Undeclared: the manifest doesn't say enough to tell."`
	Says  source.Text `yaml:"-" derived:"says" doc:"What the export says."`
}

// Attestation is a statement by a named person.
type Attestation struct {
	Requirement source.Text `yaml:"requirement" required:"true" doc:"The requirement, as checklist/id."`
	Statement   source.Text `yaml:"statement" required:"true" doc:"What is stated."`
	By          source.Text `yaml:"by" required:"true" ref:"people" doc:"The person who states it."`
	Role        source.Text `yaml:"role" doc:"The role in which the person states it."`
	SignedOn    source.Date `yaml:"signed_on" required:"true" doc:"The day it was signed."`
	ExpiresOn   source.Date `yaml:"expires_on" required:"true" doc:"The last day it counts, at most a year after it was signed."`
	Document    source.Text `yaml:"document" ref:"evidence" doc:"The signed statement, as an evidence id."`
}

// Exception is a finding that someone has accepted until a date.
type Exception struct {
	Requirement  source.Text `yaml:"requirement" required:"true" doc:"The requirement, as checklist/id."`
	Subject      source.Text `yaml:"subject" doc:"The id of the vendor, flow, person or other subject, to accept no more than that."`
	Kind         source.Text `yaml:"kind" enum:"accepted planned" doc:"accepted: the risk is borne; planned: it is being mended."`
	Reason       source.Text `yaml:"reason" required:"true" doc:"Why it is accepted."`
	Compensating source.Text `yaml:"compensating" doc:"What is done instead, until then."`
	ApprovedBy   source.Text `yaml:"approved_by" required:"true" ref:"people" doc:"The person who accepted it."`
	ApprovedOn   source.Date `yaml:"approved_on" doc:"The day it was accepted. Without it the exception doesn't count."`
	ExpiresOn    source.Date `yaml:"expires_on" required:"true" doc:"The last day it counts, at most a year after it was accepted."`
}
