package reporttest

import (
	"readiness/internal/assess"
	"readiness/internal/source"
)

// inventory is what the practice declares, with one of everything.
func inventory() assess.Inventory {
	return assess.Inventory{
		Systems: []assess.System{
			{ID: "scribe", Name: "Scribe", Kind: "model", Vendor: "scribewell", Model: "claude", ReceivesPHI: "true", Pos: pos(90, 9)},
			{ID: "openchart", Name: "OpenChart", Kind: "ehr", ReceivesPHI: "undeclared", Pos: pos(96, 9)},
		},
		Flows: []assess.Flow{
			{ID: "summary-draft", From: "openchart", To: "scribe", UseCase: "visit-summary", PHI: "identified", Elements: []string{"names", "free_text"},
				Purpose: "drafting", Protocol: "https", Encrypted: "true", Authentication: "sso", Features: []string{"messages"}, Pos: pos(210, 9)},
			{ID: "summary-to-patient", From: "scribe", To: "patient", UseCase: "visit-summary", PHI: "identified", Elements: []string{},
				Encrypted: "undeclared", Features: []string{}, ReviewedBy: "physician", Writes: "draft", Pos: pos(224, 9)},
		},
		Vendors: []assess.Vendor{{ID: "scribewell", Name: "Scribewell", Role: "transcription", Plan: "Clinic", Tier: "business", BAA: "executed", ReceivesPHI: "true",
			PHIFlows: []string{"summary-draft"}, FeaturesInUse: []string{"messages"}, ModelsInUse: []string{"claude"},
			Facts: []assess.Fact{{Path: "vendors[scribewell].baa.status", Value: "executed", Pos: pos(141, 15)}},
			Verified: []assess.Verification{{Fact: "retention", By: "osei", Date: "2026-09-30", Method: "read the settings page",
				Source: "a picture of the page"}}, Pos: pos(118, 9)}},
		People: []assess.Person{{ID: "osei", Name: "Dr. A. Osei", Role: "physician owner", Licensed: "true", Status: "active", HasAccess: "true",
			Access:   []string{"scribe (clinician) since 2026-03-01"},
			Training: []assess.Training{{Course: "privacy", On: "2026-02-01", Until: "2027-02-01", Valid: true}, {Course: "ai"}}, Pos: pos(70, 9)}},
		UseCases: []assess.UseCase{{ID: "visit-summary", Name: "Visit summary", Status: "live", Purpose: "A summary for the patient", Owner: "osei",
			RiskTier: "medium", DerivedRisk: "high", Review: "physician", Pos: pos(180, 9)}},
		Outputs: []assess.Output{{ID: "scribe/visit-summary/patient", Model: "scribe", UseCase: "visit-summary", To: "patient", Needs: "licensed_clinician", Reviewed: "false",
			Path: []string{"summary-draft", "summary-to-patient"}, Cut: []string{"summary-to-patient"}}},
		Problems: []assess.Problem{
			{ID: "unreviewed/scribe/visit-summary/patient", Kind: "unreviewed", Certain: "true", Subject: "scribe/visit-summary/patient",
				Message: "Scribe's draft reaches the patient by summary-to-patient; nobody licensed reviews it on the way",
				Path:    []string{"summary-to-patient"}, At: []source.Pos{pos(224, 9)}, Missing: []string{}},
			{ID: "no_vendor/summary-draft", Kind: "no_vendor", Certain: "undeclared", Subject: "summary-draft",
				Message: "too little is declared to say whether PHI goes to Scribe by summary-draft, and no vendor is declared for it",
				Path:    []string{"summary-draft"}, At: []source.Pos{pos(210, 9)}, Missing: []string{"systems[scribe].vendor"}},
		},
		Remarks: []assess.Fact{{Path: "security.encryption_at_rest.rationale", Value: "The disks stay in a locked room.", Pos: pos(612, 16)}},
	}
}
