package manifest

import "readiness/internal/source"

// UseCase is one thing the model is used for.
type UseCase struct {
	ID            source.Text   `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	Kind          source.Text   `yaml:"kind" enum:"visit_note referral_letter prior_authorization discharge_instructions coding_support appointment_reminder portal_reply intake_summary insurance_precheck scheduling patient_survey patient_education clinical_question other" doc:"What kind of use it is."`
	Name          source.Text   `yaml:"name" doc:"What you call it."`
	System        source.Text   `yaml:"system" ref:"systems" doc:"The model or system that does it."`
	Owner         source.Text   `yaml:"owner" ref:"people" doc:"The person who answers for it."`
	Status        source.Text   `yaml:"status" enum:"proposed pilot live paused retired" doc:"Whether it is in use."`
	Purpose       source.Text   `yaml:"purpose" doc:"What it is for, in a sentence."`
	Task          source.Text   `yaml:"task" enum:"drafting summarization extraction classification coding answering triage translation transcription scheduling other" doc:"What the model does."`
	Setting       source.Text   `yaml:"setting" doc:"Where it is used."`
	Users         []source.Text `yaml:"users" most:"300" ref:"people" doc:"The persons who use it."`
	Affected      []source.Text `yaml:"affected" doc:"Whom the output affects."`
	Audience      source.Text   `yaml:"audience" enum:"workforce patient payer other_provider" doc:"Who sees the output first."`
	Autonomy      source.Text   `yaml:"autonomy" enum:"assist draft suggest act" doc:"How much the model does by itself."`
	Influence     source.Text   `yaml:"influence" enum:"none informational documentation diagnosis treatment triage coverage" doc:"What the output can influence."`
	PHI           source.Flag   `yaml:"phi" doc:"Whether PHI goes in."`
	FirstPHIOn    source.Date   `yaml:"first_phi_on" doc:"The day the first PHI was sent for this use, or will be."`
	InScope       source.Text   `yaml:"in_scope" doc:"Where it may be used."`
	Prohibited    []source.Text `yaml:"prohibited" doc:"What it must not be used for, such as diagnosis, treatment_advice, autonomous_filing."`
	Limits        source.Text   `yaml:"limits" doc:"What it gets wrong or doesn't know."`
	Goals         source.Text   `yaml:"goals" doc:"What the practice wants from it."`
	Benefits      source.Text   `yaml:"benefits" doc:"What you expect to gain, with its measure."`
	BusinessValue source.Text   `yaml:"business_value" doc:"What it is worth to the practice."`
	ErrorCosts    source.Text   `yaml:"error_costs" doc:"What a wrong output could cost."`
	Alternatives  []source.Text `yaml:"alternatives" doc:"Other ways to do it, without AI too."`
	Requirements  []source.Text `yaml:"requirements" doc:"What the tool had to offer, agreed before it was bought."`
	Consulted     []source.Text `yaml:"consulted" doc:"Whose view was asked for, such as clinical, front_desk, it, privacy."`
	RiskTier      source.Text   `yaml:"risk_tier" enum:"low moderate high critical" doc:"How risky the practice says it is."`
	Review        Review        `yaml:"review" doc:"How a person checks the output."`
	Disclosure    Disclosure    `yaml:"disclosure" doc:"What patients are told."`
	Consent       Consent       `yaml:"consent" doc:"What patients agree to."`
	Guardrails    []source.Text `yaml:"guardrails" doc:"Limits built into it, such as never_diagnose, defer_clinical_questions, flag_uncertainty, escalate_sensitive_topics, emergency_script, output_format."`
	Decision      Decision      `yaml:"decision" doc:"The decision to use it."`

	DerivedRisk  source.Text `yaml:"-" derived:"derived_risk" doc:"The risk that follows from audience, autonomy, influence, PHI and review: minimal, low, moderate, high or critical."`
	RiskRank     source.Int  `yaml:"-" derived:"risk_rank" doc:"The derived risk as a number, minimal 0 to critical 4."`
	TierRank     source.Int  `yaml:"-" derived:"tier_rank" doc:"The declared risk tier as a number, low 1 to critical 4."`
	ReviewNeeded source.Text `yaml:"-" derived:"review_needed" doc:"Who must review outputs of this kind of use: licensed_clinician, staff or none."`
}

// Review is a person's check of an output.
type Review struct {
	Required      source.Flag   `yaml:"required" doc:"Whether every output is checked before it is used."`
	By            source.Text   `yaml:"by" enum:"licensed_clinician staff none" doc:"Who checks."`
	Before        source.Text   `yaml:"before" enum:"record send bill use" doc:"What can't happen before the check."`
	CanOverride   source.Flag   `yaml:"can_override" doc:"Whether the reviewer may change or reject the output."`
	Recorded      source.Flag   `yaml:"recorded" doc:"Whether it is recorded who checked."`
	LastAuditedOn source.Date   `yaml:"last_audited_on" doc:"The day someone last tested that the check works."`
	EditRate      source.Number `yaml:"edit_rate" range:"0 1" doc:"The share of outputs that reviewers change, from 0 to 1."`
}

// Disclosure is what patients are told.
type Disclosure struct {
	ToPatient    source.Text `yaml:"to_patient" enum:"none general_notice per_message verbal" doc:"How patients are told that AI is used."`
	HumanContact source.Flag `yaml:"human_contact" doc:"Whether patients are told how to reach a person."`
}

// Consent is what patients agree to.
type Consent struct {
	Recording source.Text `yaml:"recording" enum:"not_recorded written verbal none" doc:"How patients agree to being recorded."`
}

// Decision is the choice to use, or not.
type Decision struct {
	Outcome    source.Text `yaml:"outcome" enum:"approved approved_with_conditions rejected deferred" doc:"What was decided."`
	By         source.Text `yaml:"by" ref:"people" doc:"The person who decided."`
	Date       source.Date `yaml:"date" doc:"The day of the decision."`
	Conditions source.Text `yaml:"conditions" doc:"Under what conditions."`
	Basis      source.Text `yaml:"basis" doc:"What the decision rests on."`
}

// DataFlow is one hop that data takes.
type DataFlow struct {
	ID               source.Text      `yaml:"id" required:"true" doc:"A short name used in the rest of the manifest."`
	From             source.Text      `yaml:"from" required:"true" ref:"systems =patient =workforce =payer =other_provider" doc:"Where the data comes from."`
	To               source.Text      `yaml:"to" required:"true" ref:"systems =patient =workforce =payer =other_provider" doc:"Where the data goes."`
	UseCase          source.Text      `yaml:"use_case" ref:"use_cases" doc:"The use case it belongs to."`
	PHI              source.Text      `yaml:"phi" enum:"none deidentified limited_data_set identified" doc:"What kind of patient data it carries."`
	Elements         []source.Text    `yaml:"elements" enum:"name geo_sub_state date_elements phone fax email ssn mrn health_plan_id account_no license_no vehicle_id device_id url ip biometric photo other_unique clinical_note audio transcript diagnosis medication allergy lab_result imaging_report image vitals procedure history plan insurance billing_code claim appointment portal_message survey_response consent_record sud_part2 psychotherapy_notes hiv reproductive genetic minor abuse" doc:"The identifiers and clinical contents it carries. The first eighteen words are the Safe Harbor identifiers, 45 CFR 164.514(b)(2)(i)."`
	Purpose          source.Text      `yaml:"purpose" enum:"treatment payment operations patient_request research marketing training other" doc:"What the data is used for."`
	MinimumNecessary MinimumNecessary `yaml:"minimum_necessary" doc:"How the data is cut to what the task needs."`
	Deidentification Deidentification `yaml:"deidentification" doc:"For de-identified data: how it was de-identified."`
	Transport        Transport        `yaml:"transport" doc:"How the data travels."`
	Authentication   source.Text      `yaml:"authentication" enum:"named_user sso service_account api_key shared none" doc:"How the sender signs in."`
	Features         []source.Text    `yaml:"features" most:"20" doc:"The vendor's features that are used on this hop."`
	Writes           source.Text      `yaml:"writes" enum:"draft final" doc:"For a flow into a record: whether it writes a draft or the final text."`
	ReviewedBy       source.Text      `yaml:"reviewed_by" enum:"licensed_clinician staff none" doc:"Who reviews before this hop."`
	UntrustedInput   source.Flag      `yaml:"untrusted_input" doc:"Whether it carries text that outsiders wrote, such as patient messages, mail or web pages."`
}

// MinimumNecessary is how data is cut to what the task needs (45 CFR 164.502(b), 164.514(d)).
type MinimumNecessary struct {
	Method     source.Text `yaml:"method" enum:"field_allowlist template redaction role_limit none" doc:"How it is cut."`
	Rationale  source.Text `yaml:"rationale" doc:"Why this is what the task needs."`
	ReviewedOn source.Date `yaml:"reviewed_on" doc:"The day it was last looked at."`
}

// Deidentification is how identifiers were removed (45 CFR 164.514(a)-(c)).
type Deidentification struct {
	Method           source.Text `yaml:"method" enum:"safe_harbor expert_determination" doc:"Which of the two methods."`
	By               source.Text `yaml:"by" doc:"Who or what removes the identifiers."`
	DoneOn           source.Date `yaml:"done_on" doc:"The day the method was last applied or checked."`
	Expert           source.Text `yaml:"expert" doc:"For expert determination: the expert's name."`
	Document         source.Text `yaml:"document" ref:"evidence" doc:"The determination or procedure, as an evidence id."`
	ReidentifyInside source.Flag `yaml:"reidentify_inside" doc:"Whether the key that links back to patients stays inside the practice."`
}

// Transport is how data travels.
type Transport struct {
	Protocol  source.Text `yaml:"protocol" enum:"https fhir sftp email sms fax voice copy_paste removable_media" doc:"By what means."`
	Encrypted source.Flag `yaml:"encrypted" doc:"Whether it is encrypted on the way."`
}

// Access is who may use what, and how they sign in.
type Access struct {
	Authentication     Authentication `yaml:"authentication" doc:"How people sign in."`
	Roles              []Role         `yaml:"roles" doc:"What each role may do."`
	Grants             []Grant        `yaml:"grants" most:"600" doc:"Who has access to which system, in which role."`
	Keys               []Key          `yaml:"keys" most:"60" doc:"API keys and other secrets."`
	ReviewedOn         source.Date    `yaml:"reviewed_on" doc:"The day the access list was last checked."`
	ReviewEvery        source.Span    `yaml:"review_every" doc:"How often it is checked, such as 90d."`
	RemovalWithinHours source.Int     `yaml:"removal_within_hours" range:"0" doc:"How soon access ends when someone leaves."`
}

// Authentication is how people sign in.
type Authentication struct {
	SSO source.Flag `yaml:"sso" doc:"Whether people sign in through one central account."`
	MFA source.Text `yaml:"mfa" enum:"required optional none" doc:"Whether a second factor is needed."`
}

// Role is a set of things someone may do.
type Role struct {
	ID  source.Text   `yaml:"id" required:"true" doc:"A short name used in grants."`
	May []source.Text `yaml:"may" doc:"What the role may do."`
}

// Grant is one person's access to one system.
type Grant struct {
	Person    source.Text `yaml:"person" required:"true" ref:"people" doc:"The person."`
	System    source.Text `yaml:"system" required:"true" ref:"systems" doc:"The system."`
	Role      source.Text `yaml:"role" ref:"access.roles" doc:"The role."`
	GrantedOn source.Date `yaml:"granted_on" doc:"The day access was given."`
}

// Key is an API key or another secret that gives access.
type Key struct {
	ID        source.Text `yaml:"id" required:"true" doc:"What you call the key. Never the key itself."`
	System    source.Text `yaml:"system" ref:"systems" doc:"The system it opens."`
	Owner     source.Text `yaml:"owner" ref:"people" doc:"The person who answers for it."`
	StoredIn  source.Text `yaml:"stored_in" enum:"secrets_manager environment file source_code" doc:"Where it is kept."`
	CreatedOn source.Date `yaml:"created_on" doc:"The day it was made."`
	RotatedOn source.Date `yaml:"rotated_on" doc:"The day it was last replaced."`
}

// Log is what a system records about calls to a model.
type Log struct {
	System           source.Text   `yaml:"system" required:"true" ref:"systems" doc:"The system that keeps the log."`
	Enabled          source.Flag   `yaml:"enabled" doc:"Whether logging is on."`
	Covers           source.Text   `yaml:"covers" enum:"all_phi_calls some none" doc:"Which calls are recorded."`
	Records          []source.Text `yaml:"records" doc:"What is recorded, such as user, time, use_case, model, request_id, outcome."`
	Content          source.Text   `yaml:"content" enum:"none metadata redacted full" doc:"How much of the text is recorded. full and redacted make the store a PHI store."`
	StoredIn         source.Text   `yaml:"stored_in" ref:"systems" doc:"The system that stores it."`
	Retention        source.Span   `yaml:"retention" doc:"How long it is kept, such as 6y."`
	Encrypted        source.Flag   `yaml:"encrypted" doc:"Whether it is encrypted."`
	TamperProtection source.Flag   `yaml:"tamper_protection" doc:"Whether entries can't be changed unnoticed."`
	ReviewedBy       source.Text   `yaml:"reviewed_by" ref:"people" doc:"The person who reads it."`
	ReviewEvery      source.Span   `yaml:"review_every" doc:"How often, such as 30d."`
	LastReviewedOn   source.Date   `yaml:"last_reviewed_on" doc:"The day it was last read."`
}

// Prompt is a standing instruction to a model.
type Prompt struct {
	ID         source.Text   `yaml:"id" required:"true" doc:"A short name."`
	UseCase    source.Text   `yaml:"use_case" ref:"use_cases" doc:"The use case it belongs to."`
	Version    source.Text   `yaml:"version" doc:"The version in use, in quotes."`
	Owner      source.Text   `yaml:"owner" ref:"people" doc:"The person who answers for it. A person, not a role."`
	ApprovedBy source.Text   `yaml:"approved_by" ref:"people" doc:"The person who approved it."`
	ApprovedOn source.Date   `yaml:"approved_on" doc:"The day this version was approved."`
	ChangedOn  source.Date   `yaml:"changed_on" doc:"The day it was last changed."`
	File       source.Text   `yaml:"file" doc:"The prompt's file, relative to the manifest."`
	SHA256     source.Text   `yaml:"sha256" doc:"The file's SHA-256, 64 hexadecimal digits in quotes."`
	Guardrails []source.Text `yaml:"guardrails" doc:"What it tells the model, such as role, never_diagnose, defer_clinical_questions, flag_uncertainty, output_format, escalate_sensitive_topics, minimum_phi, untrusted_input."`
	ChangeLog  source.Text   `yaml:"change_log" ref:"evidence" doc:"The record of changes, as an evidence id."`

	State  source.Text `yaml:"-" derived:"state" doc:"matches, differs or missing, as the file compares with its SHA-256; not_looked_at."`
	Actual source.Text `yaml:"-" derived:"actual_sha256" doc:"The SHA-256 that the file has."`
}

// Output is one place a model's output can arrive, for one use case. It is derived from the flows.
type Output struct {
	ID       source.Text  `yaml:"-" derived:"id" doc:"model/use-case/destination."`
	Model    source.Text  `yaml:"-" derived:"model" doc:"The system that writes the output."`
	UseCase  source.Text  `yaml:"-" derived:"use_case" doc:"The use case."`
	To       source.Text  `yaml:"-" derived:"to" doc:"Where it arrives: record, patient, payer, other_provider, or workforce when it goes no further than that."`
	Needs    source.Text  `yaml:"-" derived:"needs" doc:"Whose review this output needs: licensed_clinician, staff or none."`
	Reviewed source.Flag  `yaml:"-" derived:"reviewed" doc:"Whether someone fit to do so reviews on every way there."`
	Path     source.Words `yaml:"-" derived:"path" doc:"The flows it takes: the shortest way without review or, if there is none, the shortest way."`
	Cut      source.Words `yaml:"-" derived:"cut" doc:"For a reviewed output, the proof: the reviewed flows, and the drafts that someone signs, of which every way there takes one. Empty when no review is needed, or one is missing."`
}

// FlowProblem is one thing that the data flows show to be wrong, or don't say enough to rule out. It is derived. Of a
// kind of problem that was looked for and not found, there is one entry whose certain is false.
type FlowProblem struct {
	ID      source.Text  `yaml:"-" derived:"id" doc:"kind/subject, with more where one subject can have several."`
	Kind    source.Text  `yaml:"-" derived:"kind" doc:"What is wrong, such as relabelled, not_covered or one_way."`
	Certain source.Flag  `yaml:"-" derived:"certain" doc:"true: the manifest shows it. false: it was looked for in every flow, and there is none. Undeclared: the manifest doesn't say enough to rule it out."`
	Subject source.Text  `yaml:"-" derived:"subject" doc:"The id of the flow, system, vendor, use case or output it is about."`
	Message source.Text  `yaml:"-" derived:"message" doc:"What is wrong, in a sentence that names the flows in order."`
	Path    source.Words `yaml:"-" derived:"path" doc:"The flows it is about, in order."`
}
