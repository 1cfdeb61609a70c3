package manifest

import "readiness/internal/source"

// Governance is policies, roles, reviews and decisions.
type Governance struct {
	AIPolicy        Policy                 `yaml:"ai_policy" doc:"The practice's written AI policy."`
	AcceptableUse   Policy                 `yaml:"acceptable_use" doc:"What staff may and may not do with AI."`
	Retention       RetentionPolicy        `yaml:"retention" doc:"How long prompts, drafts, transcripts and logs may be kept, by you and by vendors."`
	LegalRegister   []Law                  `yaml:"legal_register" doc:"The laws and rules that apply to this use of AI."`
	RiskMethod      RiskMethod             `yaml:"risk_method" doc:"The written rule that sorts uses into risk tiers."`
	RiskTolerance   RiskTolerance          `yaml:"risk_tolerance" doc:"The errors and uses the practice won't accept."`
	Review          GovernanceReview       `yaml:"review" doc:"The regular review of the AI programme."`
	FrameworkReview map[string]source.Date `yaml:"framework_review" doc:"The day the programme was last compared with each framework, as framework: date."`
	Roles           []Duty                 `yaml:"roles" doc:"Who decides, watches and leads, with a stand-in for each."`
	SpeakUp         SpeakUp                `yaml:"speak_up" doc:"How staff raise concerns."`
	Decommission    Decommission           `yaml:"decommission" doc:"How the service is ended for good."`
	Transparency    Transparency           `yaml:"transparency" doc:"What patients and staff are told."`
	Improvement     Improvement            `yaml:"improvement" doc:"What was changed for the better."`
}

// Policy is a written, approved policy.
type Policy struct {
	Document   source.Text   `yaml:"document" ref:"evidence" doc:"The policy, as an evidence id."`
	Version    source.Text   `yaml:"version" doc:"Its version, in quotes."`
	ApprovedBy source.Text   `yaml:"approved_by" ref:"people" doc:"The person who approved it."`
	ApprovedOn source.Date   `yaml:"approved_on" doc:"The day it was approved."`
	NextDue    source.Date   `yaml:"next_due" doc:"The day its next review is due."`
	Covers     []source.Text `yaml:"covers" enum:"accuracy safety security privacy fairness explainability accountability" doc:"The topics it covers."`
	Prohibited []source.Text `yaml:"prohibited" doc:"What it forbids, such as consumer_chatbots_with_phi, autonomous_clinical_answers."`
	SharedOn   source.Date   `yaml:"shared_on" doc:"The day staff last received it."`
}

// RetentionPolicy is the practice's own limit on how long content is kept.
type RetentionPolicy struct {
	Document      source.Text            `yaml:"document" ref:"evidence" doc:"The retention policy, as an evidence id."`
	VendorContent source.Span            `yaml:"vendor_content" doc:"The longest a vendor may keep inputs and outputs, such as 30d."`
	VendorFlagged source.Span            `yaml:"vendor_flagged" doc:"The longest a vendor may keep content it flagged for safety, such as 2y."`
	Own           map[string]source.Span `yaml:"own" doc:"How long the practice keeps each kind of content, such as logs: 6y, drafts: 30d, transcripts: 7d."`
	ReviewedOn    source.Date            `yaml:"reviewed_on" doc:"The day it was last looked at."`
}

// Law is an entry of the legal register.
type Law struct {
	Law            source.Text `yaml:"law" required:"true" doc:"The law or rule."`
	AppliesBecause source.Text `yaml:"applies_because" doc:"Why it applies here."`
	Owner          source.Text `yaml:"owner" ref:"people" doc:"The person who keeps up with it."`
	ReviewedOn     source.Date `yaml:"reviewed_on" doc:"The day the entry was last checked."`
}

// RiskMethod is the rule that sorts uses into tiers.
type RiskMethod struct {
	Document source.Text   `yaml:"document" ref:"evidence" doc:"The method, as an evidence id."`
	Tiers    []source.Text `yaml:"tiers" doc:"The tiers, lowest first."`
	Factors  []source.Text `yaml:"factors" doc:"What decides the tier."`
}

// RiskTolerance is what the practice won't accept.
type RiskTolerance struct {
	Statement    source.Text   `yaml:"statement" doc:"The limit, in a sentence."`
	Unacceptable []source.Text `yaml:"unacceptable" doc:"Outcomes that are never accepted."`
	MaxResidual  source.Text   `yaml:"max_residual" enum:"low moderate high" doc:"The highest risk that may remain after treatment."`
	ApprovedBy   source.Text   `yaml:"approved_by" ref:"people" doc:"The person who approved it."`
	ApprovedOn   source.Date   `yaml:"approved_on" doc:"The day it was approved."`
}

// GovernanceReview is the regular review of the AI programme.
type GovernanceReview struct {
	Every    source.Span `yaml:"every" doc:"How often, such as 90d."`
	Owner    source.Text `yaml:"owner" ref:"people" doc:"The person who holds it."`
	LastDone source.Date `yaml:"last_done" doc:"The day it was last done."`
	NextDue  source.Date `yaml:"next_due" doc:"The day the next one is due."`
	Minutes  source.Text `yaml:"minutes" ref:"evidence" doc:"The minutes, as an evidence id."`
}

// Duty is a task of governance and who has it.
type Duty struct {
	Duty        source.Text `yaml:"duty" required:"true" enum:"decision_owner privacy security monitoring incident_lead clinical_lead training other" doc:"The task."`
	Person      source.Text `yaml:"person" ref:"people" doc:"The person who has it."`
	Backup      source.Text `yaml:"backup" ref:"people" doc:"The person who stands in."`
	EscalatesTo source.Text `yaml:"escalates_to" ref:"people" doc:"The person who is told when it matters."`
}

// SpeakUp is how staff raise concerns.
type SpeakUp struct {
	Route              source.Text `yaml:"route" doc:"How to raise a concern."`
	NonRetaliation     source.Flag `yaml:"non_retaliation" doc:"Whether staff are promised that no harm comes to them for it."`
	LastCommunicatedOn source.Date `yaml:"last_communicated_on" doc:"The day staff were last told."`
}

// Decommission is how the service is ended for good.
type Decommission struct {
	Plan    source.Text   `yaml:"plan" ref:"evidence" doc:"The plan, as an evidence id."`
	Covers  []source.Text `yaml:"covers" enum:"data_return record_keeping access_removal" doc:"What the plan covers."`
	Trigger source.Text   `yaml:"trigger" doc:"What sets it off."`
}

// Transparency is what patients and staff are told.
type Transparency struct {
	PatientNotice    source.Text `yaml:"patient_notice" ref:"evidence" doc:"The notice to patients, as an evidence id."`
	StaffNotice      source.Text `yaml:"staff_notice" ref:"evidence" doc:"The notice to staff, as an evidence id."`
	DraftsLabelled   source.Flag `yaml:"drafts_labelled" doc:"Whether text an AI drafted is labelled."`
	ExplanationRoute source.Text `yaml:"explanation_route" doc:"Whom patients and staff can ask."`
}

// Improvement is what was changed for the better.
type Improvement struct {
	Log          source.Text `yaml:"log" ref:"evidence" doc:"The log of changes, as an evidence id."`
	LastChangeOn source.Date `yaml:"last_change_on" doc:"The day of the last change."`
	EffectShown  source.Flag `yaml:"effect_shown" doc:"Whether the change was shown to help."`
}

// Training is what people learn before they get access.
type Training struct {
	Courses []Course `yaml:"courses" most:"30" doc:"The courses."`
}

// Course is one training course.
type Course struct {
	ID              source.Text `yaml:"id" required:"true" doc:"A short name, used under people as trained."`
	Title           source.Text `yaml:"title" doc:"What the course teaches."`
	ValidFor        source.Span `yaml:"valid_for" doc:"How long it counts, such as 365d."`
	CompetencyCheck source.Flag `yaml:"competency_check" doc:"Whether people show what they have learned."`
}

// Monitoring is what is watched while the model is in use.
type Monitoring struct {
	Plan       source.Text              `yaml:"plan" ref:"evidence" doc:"The plan, as an evidence id."`
	Signals    []source.Text            `yaml:"signals" doc:"What is counted, such as edit_rate, omission_rate, incidents, complaints."`
	Thresholds map[string]source.Number `yaml:"thresholds" doc:"The values at which you act, such as omission_rate_above: 0.1."`
	Owner      source.Text              `yaml:"owner" ref:"people" doc:"The person who looks."`
	Every      source.Span              `yaml:"every" doc:"How often, such as 30d."`
	LastDone   source.Date              `yaml:"last_done" doc:"The day someone last looked."`
	Actions    []source.Text            `yaml:"actions" doc:"What is done when a threshold is crossed."`
}

// Evaluation is how outputs are tested.
type Evaluation struct {
	Method              source.Text   `yaml:"method" doc:"How outputs are judged."`
	TestSet             source.Text   `yaml:"test_set" doc:"What cases are used."`
	TestDataPHI         source.Text   `yaml:"test_data_phi" enum:"none deidentified covered uncovered" doc:"Whether test cases hold PHI and, if so, whether they stay within a BAA."`
	Tools               []source.Text `yaml:"tools" doc:"With what tool or form."`
	IndependentReviewer source.Text   `yaml:"independent_reviewer" ref:"people" doc:"A person who checks and did not set the tool up."`
	LastRunOn           source.Date   `yaml:"last_run_on" doc:"The day it was last done."`
	NextDue             source.Date   `yaml:"next_due" doc:"The day the next one is due."`
	RetrospectiveOn     source.Date   `yaml:"retrospective_on" doc:"The day someone last asked whether tests caught what really went wrong."`
}

// Feedback is how staff and patients report problems.
type Feedback struct {
	StaffRoute     source.Text   `yaml:"staff_route" doc:"How staff report a bad output."`
	PatientRoute   source.Text   `yaml:"patient_route" doc:"How patients report a problem."`
	AppealRoute    source.Text   `yaml:"appeal_route" doc:"How someone asks for a person to decide instead."`
	Owner          source.Text   `yaml:"owner" ref:"people" doc:"The person who reads it."`
	LastReviewedOn source.Date   `yaml:"last_reviewed_on" doc:"The day it was last read."`
	Items          source.Int    `yaml:"items" range:"0" doc:"How many reports there were."`
	Actions        []source.Text `yaml:"actions" doc:"What was changed because of them."`
}

// Incidents is what happens when something goes wrong.
type Incidents struct {
	Plan             source.Text   `yaml:"plan" ref:"evidence" doc:"The plan, as an evidence id."`
	SeverityLevels   []source.Int  `yaml:"severity_levels" range:"0" doc:"The levels of severity, as numbers."`
	EscalatesTo      source.Text   `yaml:"escalates_to" ref:"people" doc:"The person who is told."`
	BreachAssessment source.Flag   `yaml:"breach_assessment" doc:"Whether the plan asks if an incident is a breach of PHI."`
	Notifies         []source.Text `yaml:"notifies" doc:"Who is told, such as vendor, patients, hhs."`
	Log              source.Text   `yaml:"log" ref:"evidence" doc:"The incident log, as an evidence id."`
	LastExercisedOn  source.Date   `yaml:"last_exercised_on" doc:"The day the plan was last tried."`
	Lessons          []source.Text `yaml:"lessons" doc:"What was learned."`
	Open             source.Int    `yaml:"open" range:"0" doc:"How many incidents are open."`
	Unassessed       source.Int    `yaml:"unassessed" range:"0" doc:"How many incidents with PHI have no breach assessment yet."`
}

// Fallback is how work goes on without the model.
type Fallback struct {
	ManualProcedure source.Text `yaml:"manual_procedure" ref:"evidence" doc:"The procedure, as an evidence id."`
	Trigger         source.Text `yaml:"trigger" doc:"When it is used."`
	TestedOn        source.Date `yaml:"tested_on" doc:"The day it was last tried."`
}

// ShutOff is how the model is switched off.
type ShutOff struct {
	By       []source.Text `yaml:"by" ref:"people" doc:"The persons who may do it."`
	How      source.Text   `yaml:"how" doc:"How it is done."`
	Criteria source.Text   `yaml:"criteria" doc:"On what signs."`
	TestedOn source.Date   `yaml:"tested_on" doc:"The day it was last tried."`
	Tells    []source.Text `yaml:"tells" doc:"Who is told."`
}

// Risk is an entry of the risk register.
type Risk struct {
	ID                source.Text `yaml:"id" required:"true" doc:"A short name."`
	UseCase           source.Text `yaml:"use_case" ref:"use_cases" doc:"The use case it belongs to."`
	Description       source.Text `yaml:"description" doc:"What could go wrong."`
	Characteristic    source.Text `yaml:"characteristic" enum:"valid_and_reliable safe secure_and_resilient accountable_and_transparent explainable_and_interpretable privacy_enhanced fair" doc:"Which quality of a trustworthy AI it touches (NIST AI 100-1, section 3)."`
	Likelihood        source.Text `yaml:"likelihood" enum:"rare unlikely possible likely almost_certain" doc:"How likely it is."`
	Severity          source.Text `yaml:"severity" enum:"low moderate high critical" doc:"How bad it would be."`
	Benefit           source.Text `yaml:"benefit" doc:"What stands on the other side."`
	Treatment         source.Text `yaml:"treatment" enum:"mitigate transfer avoid accept" doc:"What is done about it."`
	Control           source.Text `yaml:"control" doc:"How: the safeguard, the contract, the decision."`
	Owner             source.Text `yaml:"owner" ref:"people" doc:"The person who answers for it."`
	Due               source.Date `yaml:"due" doc:"The day the treatment is to be in place."`
	Status            source.Text `yaml:"status" enum:"open in_progress treated accepted closed" doc:"How far it has come."`
	Residual          source.Text `yaml:"residual" enum:"none low moderate high critical" doc:"The risk that is left after treatment."`
	AcceptedBy        source.Text `yaml:"accepted_by" ref:"people" doc:"The person who accepted what is left."`
	AcceptedOn        source.Date `yaml:"accepted_on" doc:"The day it was accepted."`
	AcceptedUntil     source.Date `yaml:"accepted_until" doc:"The last day the acceptance counts."`
	MeasuredBy        source.Text `yaml:"measured_by" doc:"The signal or metric that shows it."`
	NotMeasuredReason source.Text `yaml:"not_measured_reason" doc:"Why it is not measured."`
	ReviewedOn        source.Date `yaml:"reviewed_on" doc:"The day it was last looked at."`
}
