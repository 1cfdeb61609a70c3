package manifest

import "readiness/internal/source"

// Safeguard is the practice's answer to one standard or specification of its HIPAA programme.
type Safeguard struct {
	Status       source.Text `yaml:"status" enum:"implemented alternative not_reasonable planned not_implemented not_applicable" doc:"Where it stands. alternative and not_reasonable are for addressable specifications only and need a rationale and a document (45 CFR 164.306(d)(3))."`
	DoneOn       source.Date `yaml:"done_on" doc:"The day it was last done."`
	NextDue      source.Date `yaml:"next_due" doc:"The day it is next due."`
	ReviewedOn   source.Date `yaml:"reviewed_on" doc:"The day it was last looked at."`
	IncludesAI   source.Flag `yaml:"includes_ai" doc:"Whether it takes in the use of AI and names its vendor."`
	OpenFindings source.Int  `yaml:"open_findings" range:"0" doc:"How many findings are open."`
	Rationale    source.Text `yaml:"rationale" doc:"Why this answer was chosen."`
	Alternative  source.Text `yaml:"alternative" doc:"For status alternative: what is done instead."`
	Document     source.Text `yaml:"document" ref:"evidence" doc:"The policy, procedure or record, as an evidence id."`
	Note         source.Text `yaml:"note" doc:"Anything a reader should know."`
}

// Safeguards has one key per standard and labelled specification of the Security Rule, 45 CFR Part 164 Subpart C,
// and per programme duty of the Privacy and Breach Notification Rules.
type Safeguards struct {
	SecurityManagementProcess Safeguard `yaml:"security_management_process" doc:"Security management process: 164.308(a)(1)(i), standard."`
	RiskAnalysis              Safeguard `yaml:"risk_analysis" doc:"Risk analysis: 164.308(a)(1)(ii)(A), required."`
	RiskManagement            Safeguard `yaml:"risk_management" doc:"Risk management: 164.308(a)(1)(ii)(B), required."`
	SanctionPolicy            Safeguard `yaml:"sanction_policy" doc:"Sanction policy: 164.308(a)(1)(ii)(C), required."`
	ActivityReview            Safeguard `yaml:"activity_review" doc:"Information system activity review: 164.308(a)(1)(ii)(D), required."`
	SecurityResponsibility    Safeguard `yaml:"security_responsibility" doc:"Assigned security responsibility: 164.308(a)(2), standard, required."`
	WorkforceSecurity         Safeguard `yaml:"workforce_security" doc:"Workforce security: 164.308(a)(3)(i), standard."`
	WorkforceSupervision      Safeguard `yaml:"workforce_supervision" doc:"Authorization and/or supervision: 164.308(a)(3)(ii)(A), addressable."`
	WorkforceClearance        Safeguard `yaml:"workforce_clearance" doc:"Workforce clearance procedure: 164.308(a)(3)(ii)(B), addressable."`
	TerminationProcedures     Safeguard `yaml:"termination_procedures" doc:"Termination procedures: 164.308(a)(3)(ii)(C), addressable."`
	AccessManagement          Safeguard `yaml:"access_management" doc:"Information access management: 164.308(a)(4)(i), standard."`
	ClearinghouseIsolation    Safeguard `yaml:"clearinghouse_isolation" doc:"Isolating health care clearinghouse functions: 164.308(a)(4)(ii)(A), required."`
	AccessAuthorization       Safeguard `yaml:"access_authorization" doc:"Access authorization: 164.308(a)(4)(ii)(B), addressable."`
	AccessModification        Safeguard `yaml:"access_modification" doc:"Access establishment and modification: 164.308(a)(4)(ii)(C), addressable."`
	AwarenessTraining         Safeguard `yaml:"awareness_training" doc:"Security awareness and training: 164.308(a)(5)(i), standard."`
	SecurityReminders         Safeguard `yaml:"security_reminders" doc:"Security reminders: 164.308(a)(5)(ii)(A), addressable."`
	MalwareProtection         Safeguard `yaml:"malware_protection" doc:"Protection from malicious software: 164.308(a)(5)(ii)(B), addressable."`
	LoginMonitoring           Safeguard `yaml:"login_monitoring" doc:"Log-in monitoring: 164.308(a)(5)(ii)(C), addressable."`
	PasswordManagement        Safeguard `yaml:"password_management" doc:"Password management: 164.308(a)(5)(ii)(D), addressable."`
	IncidentProcedures        Safeguard `yaml:"incident_procedures" doc:"Security incident procedures: 164.308(a)(6)(i), standard."`
	IncidentResponse          Safeguard `yaml:"incident_response" doc:"Response and reporting: 164.308(a)(6)(ii), required."`
	ContingencyPlan           Safeguard `yaml:"contingency_plan" doc:"Contingency plan: 164.308(a)(7)(i), standard."`
	DataBackup                Safeguard `yaml:"data_backup" doc:"Data backup plan: 164.308(a)(7)(ii)(A), required."`
	DisasterRecovery          Safeguard `yaml:"disaster_recovery" doc:"Disaster recovery plan: 164.308(a)(7)(ii)(B), required."`
	EmergencyMode             Safeguard `yaml:"emergency_mode" doc:"Emergency mode operation plan: 164.308(a)(7)(ii)(C), required."`
	ContingencyTesting        Safeguard `yaml:"contingency_testing" doc:"Testing and revision procedures: 164.308(a)(7)(ii)(D), addressable."`
	CriticalityAnalysis       Safeguard `yaml:"criticality_analysis" doc:"Applications and data criticality analysis: 164.308(a)(7)(ii)(E), addressable."`
	Evaluation                Safeguard `yaml:"evaluation" doc:"Evaluation: 164.308(a)(8), standard, required."`
	BAContracts               Safeguard `yaml:"ba_contracts" doc:"Business associate contracts and other arrangements: 164.308(b)(1), standard."`
	BAWrittenContract         Safeguard `yaml:"ba_written_contract" doc:"Written contract or other arrangement: 164.308(b)(3), required."`
	FacilityAccess            Safeguard `yaml:"facility_access" doc:"Facility access controls: 164.310(a)(1), standard."`
	ContingencyOperations     Safeguard `yaml:"contingency_operations" doc:"Contingency operations: 164.310(a)(2)(i), addressable."`
	FacilitySecurity          Safeguard `yaml:"facility_security" doc:"Facility security plan: 164.310(a)(2)(ii), addressable."`
	FacilityValidation        Safeguard `yaml:"facility_validation" doc:"Access control and validation procedures: 164.310(a)(2)(iii), addressable."`
	MaintenanceRecords        Safeguard `yaml:"maintenance_records" doc:"Maintenance records: 164.310(a)(2)(iv), addressable."`
	WorkstationUse            Safeguard `yaml:"workstation_use" doc:"Workstation use: 164.310(b), standard, required."`
	WorkstationSecurity       Safeguard `yaml:"workstation_security" doc:"Workstation security: 164.310(c), standard, required."`
	MediaControls             Safeguard `yaml:"media_controls" doc:"Device and media controls: 164.310(d)(1), standard."`
	MediaDisposal             Safeguard `yaml:"media_disposal" doc:"Disposal: 164.310(d)(2)(i), required."`
	MediaReuse                Safeguard `yaml:"media_reuse" doc:"Media re-use: 164.310(d)(2)(ii), required."`
	MediaAccountability       Safeguard `yaml:"media_accountability" doc:"Accountability: 164.310(d)(2)(iii), addressable."`
	MediaBackup               Safeguard `yaml:"media_backup" doc:"Data backup and storage: 164.310(d)(2)(iv), addressable."`
	AccessControl             Safeguard `yaml:"access_control" doc:"Access control: 164.312(a)(1), standard."`
	UniqueUserID              Safeguard `yaml:"unique_user_id" doc:"Unique user identification: 164.312(a)(2)(i), required."`
	EmergencyAccess           Safeguard `yaml:"emergency_access" doc:"Emergency access procedure: 164.312(a)(2)(ii), required."`
	AutomaticLogoff           Safeguard `yaml:"automatic_logoff" doc:"Automatic logoff: 164.312(a)(2)(iii), addressable."`
	EncryptionAtRest          Safeguard `yaml:"encryption_at_rest" doc:"Encryption and decryption: 164.312(a)(2)(iv), addressable."`
	AuditControls             Safeguard `yaml:"audit_controls" doc:"Audit controls: 164.312(b), standard, required."`
	Integrity                 Safeguard `yaml:"integrity" doc:"Integrity: 164.312(c)(1), standard."`
	IntegrityAuthentication   Safeguard `yaml:"integrity_authentication" doc:"Mechanism to authenticate electronic protected health information: 164.312(c)(2), addressable."`
	PersonAuthentication      Safeguard `yaml:"person_authentication" doc:"Person or entity authentication: 164.312(d), standard, required."`
	TransmissionSecurity      Safeguard `yaml:"transmission_security" doc:"Transmission security: 164.312(e)(1), standard."`
	TransmissionIntegrity     Safeguard `yaml:"transmission_integrity" doc:"Integrity controls: 164.312(e)(2)(i), addressable."`
	TransmissionEncryption    Safeguard `yaml:"transmission_encryption" doc:"Encryption: 164.312(e)(2)(ii), addressable."`
	BAArrangements            Safeguard `yaml:"ba_arrangements" doc:"Business associate contracts or other arrangements: 164.314(a)(1), standard."`
	BAContractContent         Safeguard `yaml:"ba_contract_content" doc:"Implementation specifications: 164.314(a)(2), required."`
	GroupHealthPlan           Safeguard `yaml:"group_health_plan" doc:"Requirements for group health plans: 164.314(b)(1), standard."`
	GroupHealthPlanDocuments  Safeguard `yaml:"group_health_plan_documents" doc:"Implementation specifications: 164.314(b)(2), required."`
	PoliciesProcedures        Safeguard `yaml:"policies_procedures" doc:"Policies and procedures: 164.316(a), standard."`
	Documentation             Safeguard `yaml:"documentation" doc:"Documentation: 164.316(b)(1), standard."`
	DocumentationRetention    Safeguard `yaml:"documentation_retention" doc:"Time limit: 164.316(b)(2)(i), required."`
	DocumentationAvailability Safeguard `yaml:"documentation_availability" doc:"Availability: 164.316(b)(2)(ii), required."`
	DocumentationUpdates      Safeguard `yaml:"documentation_updates" doc:"Updates: 164.316(b)(2)(iii), required."`
	BreachAssessment          Safeguard `yaml:"breach_assessment" doc:"Breach risk assessment: 164.402(2), Breach Notification Rule."`
	BreachIndividualNotice    Safeguard `yaml:"breach_individual_notice" doc:"Notification to individuals: 164.404(a), Breach Notification Rule."`
	BreachTimeliness          Safeguard `yaml:"breach_timeliness" doc:"Timeliness of notification: 164.404(b), Breach Notification Rule."`
	BreachNoticeContent       Safeguard `yaml:"breach_notice_content" doc:"Content of notification: 164.404(c), Breach Notification Rule."`
	BreachNoticeMethods       Safeguard `yaml:"breach_notice_methods" doc:"Methods of individual notification: 164.404(d), Breach Notification Rule."`
	BreachMediaNotice         Safeguard `yaml:"breach_media_notice" doc:"Notification to the media: 164.406(a), Breach Notification Rule."`
	BreachHHSNotice           Safeguard `yaml:"breach_hhs_notice" doc:"Notification to the Secretary: 164.408(a), Breach Notification Rule."`
	BreachLog                 Safeguard `yaml:"breach_log" doc:"Breaches involving less than 500 individuals: 164.408(c), Breach Notification Rule."`
	BreachBANotice            Safeguard `yaml:"breach_ba_notice" doc:"Notification by a business associate: 164.410(a), Breach Notification Rule."`
	BreachBurdenOfProof       Safeguard `yaml:"breach_burden_of_proof" doc:"Burden of proof: 164.414(b), Breach Notification Rule."`
	HybridDesignation         Safeguard `yaml:"hybrid_designation" doc:"Health care component of a hybrid entity: 164.105(a)(1)."`
	UsesDisclosures           Safeguard `yaml:"uses_disclosures" doc:"Rules for uses and disclosures: 164.502(a), Privacy Rule."`
	PersonalRepresentatives   Safeguard `yaml:"personal_representatives" doc:"Personal representatives: 164.502(g)(1), Privacy Rule."`
	BAViolations              Safeguard `yaml:"ba_violations" doc:"Acting on a business associate's known violations: 164.504(e)(1)(ii), Privacy Rule."`
	BAPrivacyTerms            Safeguard `yaml:"ba_privacy_terms" doc:"What a business associate contract must provide: 164.504(e)(2)(ii), Privacy Rule."`
	Authorizations            Safeguard `yaml:"authorizations" doc:"Authorizations: 164.508(a), Privacy Rule."`
	PermittedDisclosures      Safeguard `yaml:"permitted_disclosures" doc:"Disclosures required by law, to agencies and to courts: 164.512(a) to (l), Privacy Rule."`
	ResearchDisclosures       Safeguard `yaml:"research_disclosures" doc:"Uses and disclosures for research: 164.512(i), Privacy Rule."`
	MinimumNecessaryUses      Safeguard `yaml:"minimum_necessary_uses" doc:"Minimum necessary uses: 164.514(d)(2), Privacy Rule."`
	MinimumNecessaryRequests  Safeguard `yaml:"minimum_necessary_requests" doc:"Minimum necessary requests: 164.514(d)(4), Privacy Rule."`
	Verification              Safeguard `yaml:"verification" doc:"Verification of identity and authority: 164.514(h)(1), Privacy Rule."`
	PrivacyNotice             Safeguard `yaml:"privacy_notice" doc:"Notice of privacy practices: 164.520(a), Privacy Rule."`
	Part2Notice               Safeguard `yaml:"part2_notice" doc:"Notice for substance use disorder records: 164.520(a)(2), Privacy Rule."`
	NoticeProvision           Safeguard `yaml:"notice_provision" doc:"Provision of notice: 164.520(c), Privacy Rule."`
	RestrictionRequests       Safeguard `yaml:"restriction_requests" doc:"Requests to restrict uses and disclosures: 164.522(a)(1), Privacy Rule."`
	ConfidentialCommunication Safeguard `yaml:"confidential_communication" doc:"Confidential communications: 164.522(b)(1), Privacy Rule."`
	PatientAccess             Safeguard `yaml:"patient_access" doc:"Patients' access to their PHI: 164.524(a), Privacy Rule."`
	PatientAmendment          Safeguard `yaml:"patient_amendment" doc:"Patients' right to amend: 164.526(a), Privacy Rule."`
	DisclosureAccounting      Safeguard `yaml:"disclosure_accounting" doc:"Accounting of disclosures: 164.528(a), Privacy Rule."`
	PrivacyTraining           Safeguard `yaml:"privacy_training" doc:"Privacy training: 164.530(b)(2), Privacy Rule."`
	Complaints                Safeguard `yaml:"complaints" doc:"Complaints: 164.530(d)(1), Privacy Rule."`
	PrivacySanctions          Safeguard `yaml:"privacy_sanctions" doc:"Sanctions and their record: 164.530(e)(1), Privacy Rule."`
	Mitigation                Safeguard `yaml:"mitigation" doc:"Mitigation: 164.530(f), Privacy Rule."`
	NonRetaliation            Safeguard `yaml:"non_retaliation" doc:"Refraining from intimidating or retaliatory acts: 164.530(g), Privacy Rule."`
	NoWaiver                  Safeguard `yaml:"no_waiver" doc:"No waiver of rights: 164.530(h), Privacy Rule."`
	PrivacyPolicyChanges      Safeguard `yaml:"privacy_policy_changes" doc:"Changes to privacy policies and procedures: 164.530(i)(2), Privacy Rule."`
	PrivacyDocumentation      Safeguard `yaml:"privacy_documentation" doc:"Documentation and its retention: 164.530(j)(1), Privacy Rule."`
}
