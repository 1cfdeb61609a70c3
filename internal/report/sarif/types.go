package sarif

// The types are the part of SARIF 2.1.0 (OASIS standard, section 3) that Render writes. A list without omitempty is
// never nil, because null is no array.

type log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []run  `json:"runs"`
}

type run struct {
	Tool        tool          `json:"tool"`
	Invocations []invocation  `json:"invocations"`
	Automation  automation    `json:"automationDetails"`
	Artifacts   []artifact    `json:"artifacts"`
	Results     []result      `json:"results"`
	ColumnKind  string        `json:"columnKind"`
	Properties  runProperties `json:"properties"`
}

type tool struct {
	Driver driver `json:"driver"`
}

type driver struct {
	Name       line             `json:"name"`
	Version    line             `json:"version,omitempty"`
	Rules      []rule           `json:"rules"`
	Properties driverProperties `json:"properties"`
}

type driverProperties struct {
	Commit line `json:"commit,omitempty"`
}

type rule struct {
	ID            line           `json:"id"`
	Name          line           `json:"name"`
	Short         text           `json:"shortDescription"`
	Full          text           `json:"fullDescription"`
	HelpURI       string         `json:"helpUri,omitempty"`
	Help          help           `json:"help"`
	Configuration configuration  `json:"defaultConfiguration"`
	Properties    ruleProperties `json:"properties"`
}

type configuration struct {
	Level string `json:"level"`
}

type ruleProperties struct {
	Tags             []line `json:"tags"`
	SecuritySeverity string `json:"security-severity,omitempty"`
	Severity         line   `json:"severity"`
	SeverityReason   line   `json:"severityReason"`
	Gate             line   `json:"gate"`
	Designation      line   `json:"designation"`
	Profile          line   `json:"profile"`
}

type invocation struct {
	Successful    bool           `json:"executionSuccessful"`
	Notifications []notification `json:"toolExecutionNotifications"`
}

type notification struct {
	Level   string `json:"level"`
	Message text   `json:"message"`
}

type automation struct {
	ID string `json:"id"`
}

type artifact struct {
	Location artifactLocation `json:"location"`
	Roles    []string         `json:"roles"`
	Hashes   *hashes          `json:"hashes,omitempty"`
}

type hashes struct {
	SHA256 line `json:"sha-256"`
}

type artifactLocation struct {
	URI string `json:"uri"`
}

type result struct {
	RuleID       line             `json:"ruleId"`
	RuleIndex    int              `json:"ruleIndex"`
	Kind         string           `json:"kind"`
	Level        string           `json:"level"`
	Message      text             `json:"message"`
	Locations    []location       `json:"locations"`
	Related      []location       `json:"relatedLocations"`
	CodeFlows    []codeFlow       `json:"codeFlows,omitempty"`
	Fingerprints fingerprints     `json:"partialFingerprints"`
	Suppressions []suppression    `json:"suppressions"`
	Properties   resultProperties `json:"properties"`
}

type fingerprints struct {
	Readiness line `json:"readiness/v1"`
}

type suppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification line   `json:"justification"`
}

type resultProperties struct {
	Outcome        string        `json:"outcome"`
	Check          line          `json:"check"`
	Subject        line          `json:"subject"`
	Name           line          `json:"name"`
	Due            bool          `json:"due"`
	CommonPractice bool          `json:"commonPractice"`
	Missing        []missingPath `json:"missing"`
}

type missingPath struct {
	Path    line   `json:"path"`
	Means   line   `json:"means"`
	Allowed []line `json:"allowed"`
}

type location struct {
	ID       int              `json:"id,omitempty"`
	Physical physicalLocation `json:"physicalLocation"`
	Message  *text            `json:"message,omitempty"`
}

type physicalLocation struct {
	Artifact artifactLocation `json:"artifactLocation"`
	Region   region           `json:"region"`
}

// A region without an end goes to the end of its line (section 3.30.8). GitHub wants to be told all the same.
type region struct {
	StartLine   int      `json:"startLine"`
	StartColumn int      `json:"startColumn"`
	EndLine     int      `json:"endLine,omitempty"`
	EndColumn   int      `json:"endColumn,omitempty"`
	Snippet     *snippet `json:"snippet,omitempty"`
}

type snippet struct {
	Text line `json:"text"`
}

type codeFlow struct {
	ThreadFlows []threadFlow `json:"threadFlows"`
}

type threadFlow struct {
	Locations []threadFlowLocation `json:"locations"`
}

type threadFlowLocation struct {
	Location location `json:"location"`
}

type runProperties struct {
	AsOf       line        `json:"asOf"`
	Practice   line        `json:"practice"`
	Deployment line        `json:"deployment"`
	Stage      line        `json:"stage"`
	Profile    line        `json:"profile"`
	Gates      []line      `json:"gates"`
	Checklists []checklist `json:"checklists"`
	Verdicts   []verdict   `json:"verdicts"`
	Counts     any         `json:"counts"`
	NotCovered []line      `json:"notCovered"`
	Disclaimer line        `json:"disclaimer"`
}

type checklist struct {
	ID         line `json:"id"`
	Version    line `json:"version"`
	Title      line `json:"title"`
	SHA256     line `json:"sha256"`
	Source     line `json:"source"`
	Edition    line `json:"edition"`
	URL        line `json:"url"`
	Retrieved  line `json:"retrieved"`
	Status     line `json:"status"`
	ReviewedOn line `json:"reviewed_on"`
	ReviewBy   line `json:"review_by"`
}

type verdict struct {
	Gate   line `json:"gate"`
	Due    bool `json:"due"`
	Judged bool `json:"judged"`
	Ready  bool `json:"ready"`
}
