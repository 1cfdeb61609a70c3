package reporttest

import (
	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

const manifest = "clients/river bend/readiness.yaml"

func pos(line, col int) source.Pos { return source.Pos{File: manifest, Line: line, Col: col} }

func place(line, col int, excerpt string) assess.Place {
	return assess.Place{Pos: pos(line, col), Excerpt: excerpt}
}

// practice is the report of a practice at which nothing is open. Its outcomes are not summed up yet.
func practice() *assess.Report {
	age := 47
	return &assess.Report{
		Schema: assess.Schema, Tool: assess.Tool{Name: "readiness", Version: "1.0.0", Commit: "0123abc"}, AsOf: "2026-11-22",
		Manifest: assess.File{Name: manifest, SHA256: "a1f0000000000000000000000000000000000000000000000000000000000001"},
		Practice: "Riverbend Family Medicine", Deployment: "Visit notes", Stage: "production", Profile: "core", Horizon: 60,
		Gates: []checklist.Gate{}, Verdicts: verdicts(), First: []assess.Step{}, Checklists: lists(), Requirements: requirements(), Exceptions: []assess.Exception{},
		Attestations: []assess.Attestation{{Requirement: "nist-ai-rmf/MAP-1.2", Statement: "Clinical and privacy staff took part.", By: "osei",
			Role: "physician owner", SignedOn: "2026-10-05", ExpiresOn: "2027-10-05", Document: "q3-minutes", InForce: true, Pos: pos(837, 18)}},
		Documents: []assess.Document{
			{ID: "baa", Title: "Signed BAA", File: "evidence/baa scribewell.pdf", SHA256: "b2", State: "matches", AgeDays: &age, Claims: []assess.Claim{}},
			{ID: "minutes", Title: "Minutes", Location: "binder 3, front office", State: "elsewhere", Claims: []assess.Claim{}},
			{ID: "settings-export", Title: "Settings export", File: "evidence/settings.json", SHA256: "c3", State: "matches", Format: "scribewell.settings",
				Claims: []assess.Claim{{Path: "vendors[scribewell].baa.activation.done_on", Shown: "true", Says: "the agreement is switched on"}}},
		},
		Inventory: inventory(),
		Upcoming: []assess.Due{{On: "2026-12-01", What: "the check of Scribewell is due", Days: 9,
			Path: "vendors[scribewell].due_diligence.next_due", Pos: pos(150, 7)}},
		Notices: []string{overdue},
		LookInto: []assess.Pointer{{Checklist: "hipaa", ID: "part-2", Title: "Records of substance use treatment",
			Why: "The manifest names such a service. Too little is certain to check it.", Applies: "undeclared"}},
		NotCovered:  []assess.Omission{{Checklist: "hipaa", Cite: "164.530(h)", Title: "Waiver of rights", Reason: "A practice's forms settle it, not its use of a model."}},
		NotAssessed: []string{"18 requirements are outside the profile core.", "No file was looked at: the manifest was read from standard input."},
		Penalties:   []assess.Penalties{penalties()},
		Disclaimer:  assess.Disclaimer,
	}
}

const overdue = "The checklist hipaa@1.0.0 was to be compared with its source again by 2026-11-01. Its judgements may be out of date."

func lists() []assess.List {
	return []assess.List{
		{ID: "hipaa", Version: "1.0.0", Title: "HIPAA for language-model deployments", SHA256: "c3", Source: "45 CFR Parts 160 and 164",
			Edition: "2026-07-01", URL: "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164", Status: "final", Retrieved: "2026-04-30",
			ReviewedOn: "2026-05-01", ReviewBy: "2026-11-01", Overdue: true, Notices: []string{overdue}},
		{ID: "nist-ai-rmf", Version: "1.0.0", Title: "NIST AI Risk Management Framework", SHA256: "d4", Source: "NIST AI 100-1", Edition: "1.0",
			URL: "https://doi.org/10.6028/NIST.AI.100-1", Status: "voluntary", ReviewedOn: "2026-11-22", ReviewBy: "2027-05-22", Notices: []string{}},
	}
}

// penalties is a made-up table: its amounts are nobody's.
func penalties() assess.Penalties {
	return assess.Penalties{
		Checklist: "hipaa", Title: "Penalties of a made-up law", Regulation: "1 ABC 2.3", Year: 2025, Citation: "1 XY 23", EffectiveOn: "2026-01-02",
		Applies:    "Violations of last year.",
		Discretion: assess.Discretion{Name: "Notice of 2019", Citation: "2 XY 34", PublishedOn: "2019-05-06", Standing: "It binds nobody."},
		Tiers: []assess.PenaltyTier{
			{Cite: "2.3(i)", Culpability: "Nobody could know.", Minimum: 100, Maximum: 20000, YearlyCap: 3000000, YearlyCapDiscretion: 40000},
			{Cite: "2.3(ii)", Culpability: "Somebody knew.", Minimum: 5000, Maximum: 600000, YearlyCap: 3000000, YearlyCapDiscretion: 700000},
		},
		Confidence: assess.Confidence{PerViolation: "high", YearlyCap: "high", YearlyCapDiscretion: "medium"},
		Source:     "A copy of the table.", ReviewedOn: "2026-05-01", ReviewBy: "2026-11-01", Overdue: true,
		Notes:      []assess.PenaltyNote{{Text: "Each day counts again.", Cite: "1 ABC 4"}, {Text: "An adjustment is due.", Cite: ""}},
		Disclaimer: "This table shows what the law allows. It predicts nothing about any practice.",
	}
}

// requirements are one of each kind, all of them in order.
func requirements() []assess.Requirement {
	baa := requirement("hipaa", "164.308(b)(1)", "A business associate agreement before any PHI is sent", "required", "critical", "before_phi")
	baa.Also, baa.Maps, baa.Note = []string{"164.502(e)(1)"}, []string{"nist-ai-rmf/GOVERN-6.1"}, "The agreement may be part of the terms."
	baa.Assurance = assess.Documented
	baa.Checks[0].Results[0].Assurance = assess.Documented

	otherwise := requirement("hipaa", "164.312(a)(2)(iv)", "Encryption at rest", "addressable", "high", "before_phi")
	otherwise.Checks[0].Results[0].Answer = "alternative: the disks stay in a locked room"

	attested := requirement("nist-ai-rmf", "MAP-1.2", "Several disciplines took part", "voluntary", "medium", "before_launch")
	attested.Checks[0].ID, attested.Checks[0].Results[0].Outcome, attested.Checks[0].Results[0].Assurance = "attestation", assess.Attested, ""
	attested.Assurance = ""

	absent := requirement("hipaa", "164.308(a)(5)(i)", "Training of the workforce", "standard", "medium", "before_phi")
	absent.Checks[0].Results[0] = assess.Result{Outcome: assess.NotApplicable, Path: []assess.Place{}, Missing: []assess.Missing{},
		Facts: []assess.Fact{{Path: "people", Value: "none listed", Pos: pos(80, 1)}}, Fingerprint: "f0training"}
	absent.Assurance = ""

	absent.EffectiveOn, absent.Confidence = "2027-01-01", "medium"

	outside := requirement("nist-ai-rmf", "GOVERN-6.2", "A plan for failures of third parties", "voluntary", "low", "operating")
	outside.Profile, outside.Outcome, outside.Checks, outside.Assurance = "full", assess.NotSelected, []assess.Check{}, ""

	reading := requirement("nist-ai-rmf", "MEASURE-2.4", "The log is read", "voluntary", "medium", "operating")
	reading.Checks[0].Practice = true
	return []assess.Requirement{
		baa, otherwise, requirement("hipaa", "164.312(b)", "Every call is logged", "required", "high", "before_phi"), absent,
		requirement("hipaa", "nprm-inventory", "An inventory of technology", "proposed", "high", "operating"),
		requirement("nist-ai-rmf", "MAP-3.5", "A licensed person reviews what reaches a patient", "voluntary", "low", "before_phi"),
		attested, reading, outside,
	}
}

func requirement(list, citation, title, designation string, severity checklist.Severity, gate checklist.Gate) assess.Requirement {
	return assess.Requirement{
		ID: list + "/" + citation, Checklist: list, Citation: citation, Section: "Vendors and records", Title: title, Also: []string{},
		Designation: designation, Severity: severity, SeverityReason: "PHI may leave the practice", Gate: gate, Profile: "core",
		Question: title + ", isn't it?", Why: "Whoever receives PHI must be bound to protect it.",
		Fix:      assess.Fix{Do: "Ask for the BAA and send nothing until it is in force.", Who: "privacy_officer", Effort: "days"},
		Evidence: []string{"the signed agreement", "the vendor's confirmation"}, DoesNotShow: "that the vendor keeps its promises", Maps: []string{},
		Outcome: assess.Met, Assurance: assess.Declared,
		Checks: []assess.Check{{ID: "in-force", Outcome: assess.Met, Results: []assess.Result{metResult(citation)}}},
	}
}

func metResult(citation string) assess.Result {
	return assess.Result{Subject: "scribewell", Name: "Scribewell", Outcome: assess.Met, Assurance: assess.Declared,
		Place: place(141, 15, "      status: executed"), Path: []assess.Place{}, Missing: []assess.Missing{}, Fingerprint: "f0" + citation,
		Facts: []assess.Fact{{Path: "vendors[scribewell].baa.status", Value: "executed", Pos: pos(141, 15)}}}
}

func gapResult(subject, name, message string) assess.Result {
	return assess.Result{Subject: subject, Name: name, Outcome: assess.Gap, Message: message, Place: place(141, 15, "      status: requested"),
		Path: []assess.Place{}, Missing: []assess.Missing{}, Fingerprint: "f1" + subject,
		Facts: []assess.Fact{{Path: "vendors[scribewell].receives_phi", Value: "true", Pos: pos(120, 5)},
			{Path: "vendors[scribewell].baa.status", Value: "requested", Pos: pos(141, 15)}}}
}

func undeclaredResult(subject, name, path string, line int) assess.Result {
	return assess.Result{Subject: subject, Name: name, Outcome: assess.Undeclared, Place: place(line, 5, "    name: Scribewell"),
		Path: []assess.Place{}, Facts: []assess.Fact{}, Fingerprint: "f2" + path,
		Missing: []assess.Missing{{Path: path, Means: "Whether the agreement is in force.", Allowed: []string{"executed", "requested", "none"}, Pos: pos(line, 5)}}}
}

func setGap(r *assess.Report, id, message string) {
	x := gapResult("scribewell", "Scribewell", message)
	x.Fingerprint = "f1" + id
	find(r, id).Checks[0].Results = []assess.Result{x}
}

func setUndeclared(r *assess.Report, id string, x assess.Result) {
	x.Fingerprint = "f2" + id
	find(r, id).Checks[0].Results = []assess.Result{x}
}

func addResult(r *assess.Report, id string, x assess.Result) {
	c := &find(r, id).Checks[0]
	c.Results = append(c.Results, x)
}

func exception(requirement, subject, kind, reason string) assess.Exception {
	return assess.Exception{Requirement: requirement, Subject: subject, Kind: kind, Reason: reason, Compensating: "double review of each note",
		ApprovedBy: "osei", ApprovedOn: "2026-11-10", ExpiresOn: "2027-01-15", InForce: true, Pos: pos(771, 18)}
}
