package checklist

import "readiness/internal/source"

// The types of this file are what a checklist's author may write. docs/checklists.md explains them.

type file struct {
	Checklist  source.Text `yaml:"checklist" required:"true" doc:"The id of the checklist."`
	Version    source.Text `yaml:"version" required:"true" doc:"major.minor.patch, in quotes or not."`
	Title      source.Text `yaml:"title" required:"true" doc:"What the checklist is."`
	Source     origin      `yaml:"source" required:"true" doc:"The authority's text that it follows."`
	ReviewedOn source.Date `yaml:"reviewed_on" required:"true" doc:"The day a person last compared it with its source."`
	ReviewBy   source.Date `yaml:"review_by" required:"true" doc:"The day by which someone should do so again."`
	Extends    extension   `yaml:"extends" doc:"A checklist that this one builds on."`
	Sections   []section   `yaml:"sections" doc:"The requirements, in groups."`
	NotCovered []omission  `yaml:"not_covered" most:"500" doc:"Provisions of the source that no requirement covers, each with the reason."`
	LookInto   []pointer   `yaml:"look_into" doc:"Rules that may apply and of which too little is certain to check them."`
}

type extension struct {
	Of       source.Text  `yaml:"of" required:"true" doc:"The checklist, as id@version."`
	LeaveOut []leftOut    `yaml:"leave_out" most:"500" doc:"Its requirements that don't count here. Every report shows them with the reason."`
	Tighten  []tightening `yaml:"tighten" most:"500" doc:"Its requirements that weigh more, or are due earlier, here."`
}

type leftOut struct {
	ID     source.Text `yaml:"id" required:"true" doc:"The requirement."`
	Reason source.Text `yaml:"reason" required:"true" doc:"Why it is left out."`
}

type tightening struct {
	ID       source.Text `yaml:"id" required:"true" doc:"The requirement."`
	Severity source.Text `yaml:"severity" enum:"critical high medium low" doc:"At least as severe as it was."`
	Gate     source.Text `yaml:"gate" enum:"before_phi before_launch operating" doc:"No later than it was."`
	Profile  source.Text `yaml:"profile" enum:"core standard full" doc:"No larger a profile than it was."`
}

type omission struct {
	Cite   source.Text `yaml:"cite" required:"true" doc:"The citation."`
	Title  source.Text `yaml:"title" required:"true" doc:"What it is, in a few words."`
	Reason source.Text `yaml:"reason" required:"true" doc:"Why it is left out."`
}

type pointer struct {
	ID    source.Text `yaml:"id" required:"true" doc:"A short name."`
	Title source.Text `yaml:"title" required:"true" doc:"The rule."`
	When  source.Code `yaml:"when" doc:"Where it may apply."`
	Why   source.Text `yaml:"why" required:"true" doc:"Why it is worth a look, and what is uncertain."`
}

type origin struct {
	Name      source.Text `yaml:"name" required:"true" doc:"The name of the text."`
	Edition   source.Text `yaml:"edition" required:"true" doc:"Which edition."`
	URL       source.Text `yaml:"url" doc:"Where it is published."`
	Retrieved source.Date `yaml:"retrieved" doc:"The day it was read."`
	Status    source.Text `yaml:"status" required:"true" enum:"final voluntary proposed under_revision" doc:"How binding it is."`
}

type section struct {
	ID           source.Text `yaml:"id" required:"true" doc:"A short name."`
	Title        source.Text `yaml:"title" required:"true" doc:"What the group is about."`
	Requirements []item      `yaml:"requirements" most:"500" required:"true" doc:"The requirements."`
}

type item struct {
	ID             source.Text   `yaml:"id" required:"true" doc:"The authority's own citation."`
	Title          source.Text   `yaml:"title" required:"true" doc:"What is required, in a few words."`
	Also           []source.Text `yaml:"also" doc:"Other citations it rests on."`
	Designation    source.Text   `yaml:"designation" required:"true" enum:"required addressable standard voluntary proposed" doc:"How the authority designates it."`
	Severity       source.Text   `yaml:"severity" required:"true" enum:"critical high medium low" doc:"How much a gap matters."`
	SeverityReason source.Text   `yaml:"severity_reason" required:"true" doc:"Why it matters that much."`
	Gate           source.Text   `yaml:"gate" required:"true" enum:"before_phi before_launch operating" doc:"When it must hold."`
	Profile        source.Text   `yaml:"profile" required:"true" enum:"core standard full" doc:"The smallest profile that asks for it."`
	EffectiveOn    source.Date   `yaml:"effective_on" doc:"The day from which it is in effect. Before that it does not apply, and the report says from when it will."`
	Confidence     source.Text   `yaml:"confidence" enum:"high medium" doc:"How sure the research behind it is. Leave it out where the official text itself was read."`
	Guide          []source.Text `yaml:"guide" doc:"Rows of the practice guide it covers."`
	Question       source.Text   `yaml:"question" required:"true" doc:"The question it asks."`
	Why            source.Text   `yaml:"why" required:"true" doc:"Why it is asked."`
	Checks         []rawCheck    `yaml:"checks" doc:"How it is answered."`
	Attested       source.Flag   `yaml:"attested" doc:"Whether a named person must state it."`
	Fix            fix           `yaml:"fix" required:"true" doc:"What to do about a gap."`
	Evidence       []source.Text `yaml:"evidence" doc:"What would show it."`
	DoesNotShow    source.Text   `yaml:"does_not_show" doc:"What a met requirement doesn't prove."`
	Maps           []source.Text `yaml:"maps" doc:"Requirements of other checklists that ask for similar things."`
	GAI            []source.Text `yaml:"gai" doc:"Action ids of NIST AI 600-1."`
	Note           source.Text   `yaml:"note" doc:"Anything a reader should know."`
}

type rawCheck struct {
	ID        source.Text `yaml:"id" required:"true" doc:"A short name."`
	Each      source.Code `yaml:"each" doc:"The list whose items are asked."`
	When      source.Code `yaml:"when" doc:"Where the check applies."`
	Assert    source.Code `yaml:"assert" doc:"What must hold."`
	Safeguard source.Text `yaml:"safeguard" doc:"A key of safeguards that must be answered."`
	Gap       source.Text `yaml:"gap" required:"true" doc:"What is wrong when it doesn't hold."`
	Basis     source.Text `yaml:"basis" enum:"rule practice" doc:"Whether the source says so or practice does."`
}

type fix struct {
	Do     source.Text `yaml:"do" required:"true" doc:"What to do."`
	Who    source.Text `yaml:"who" required:"true" enum:"privacy_officer security_officer practice_owner clinical_lead it vendor_manager" doc:"Who does it."`
	Effort source.Text `yaml:"effort" required:"true" enum:"hours days weeks" doc:"How long it takes."`
}
