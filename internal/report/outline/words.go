package outline

import (
	"fmt"
	"strings"
	"time"

	"readiness/internal/assess"
	"readiness/internal/checklist"
	"readiness/internal/source"
)

// GateStatus is the status of a gate's verdict.
func GateStatus(v assess.Verdict) Status {
	switch {
	case v.Total == 0:
		return Status{"Nothing", Idle}
	case !v.Due:
		return Status{"Not due", Idle}
	case v.Unjudged:
		return Status{"Not judged", Open}
	case v.Ready:
		return Status{"Ready", Good}
	}
	return Status{"Not ready", Bad}
}

// Openings tells what is open at a gate.
func Openings(v assess.Verdict) string {
	var parts []string
	gaps, undeclared := 0, 0
	for _, o := range v.Open {
		gaps, undeclared = gaps+o.Gap, undeclared+o.Undeclared
		parts = append(parts, fmt.Sprintf("%d %s", o.Gap+o.Undeclared, o.Severity))
	}
	aside := ""
	if v.Accepted > 0 {
		aside = fmt.Sprintf("; %d accepted by an exception", v.Accepted)
	}
	if v.Unjudged {
		aside += "; left out by --gate"
	}
	if v.Total == 0 {
		return "no requirement applies"
	}
	if gaps+undeclared == 0 {
		return fmt.Sprintf("nothing open of %s%s", Count(v.Total, "requirement"), aside)
	}
	return fmt.Sprintf("%s, %d undeclared of %d (%s)%s", Count(gaps, "gap"), undeclared, v.Total, strings.Join(parts, ", "), aside)
}

// Asked tells which profile was asked and, where --gate named any, which gates alone were judged.
func Asked(profile string, gates []checklist.Gate) string {
	if len(gates) == 0 {
		return "profile " + profile
	}
	return "profile " + profile + ", " + OnlyGates(gates)
}

// OnlyGates tells which gates alone are judged.
func OnlyGates(gates []checklist.Gate) string {
	names := make([]string, len(gates))
	for i, g := range gates {
		names[i] = string(g)
	}
	return "only " + verb(len(gates), "the gate ", "the gates ") + strings.Join(names, " and ")
}

// Count is a number with its noun, in the plural unless it is one.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// verb is the form of a verb that goes with a number.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Summary tells how many requirements have each outcome. The numbers add up.
func Summary(c assess.Counts) string {
	return fmt.Sprintf("%s: %d met, %d attested, %s, %d undeclared, %d not applicable, %d outside the profile",
		Count(c.Total, "requirement"), c.Met, c.Attested, Count(c.Gap, "gap"), c.Undeclared, c.NotApplicable, c.NotSelected)
}

// Binding tells how binding a requirement is and when it must hold.
func Binding(q *assess.Requirement) string {
	words := q.Designation
	if AllPractice(q) {
		words += ", judged by common practice"
	}
	return words + ", " + q.Gate.When()
}

// AllPractice reports whether the source's own words decide nothing of what is wrong.
func AllPractice(q *assess.Requirement) bool {
	for _, c := range q.Checks {
		if c.Outcome == assess.Gap && !c.Practice {
			return false
		}
	}
	return q.Outcome == assess.Gap
}

// maxAllowed is how many allowed words are worth listing.
const maxAllowed = 8

// Missing tells what to declare, and with which words.
func Missing(m assess.Missing) string {
	return missingLead(m) + m.Path + "." + missingRest(m)
}

// MoreMissing says how much is missing beside what is listed.
func MoreMissing(n int) string {
	return fmt.Sprintf("And %d more %s not declared.", n, verb(n, "fact is", "facts are"))
}

func missingLead(m assess.Missing) string {
	if m.Written {
		return "an entry is missing in "
	}
	return "not declared: "
}

func missingRest(m assess.Missing) string {
	words := ""
	if m.Means != "" {
		words = " " + m.Means
	}
	if n := len(m.Allowed); n > 0 && n <= maxAllowed {
		words += " (" + strings.Join(m.Allowed, ", ") + ")"
	}
	return words
}

// FlowProblems are the problems that the data flows show, and those that can't be ruled out.
func FlowProblems(r *assess.Report) (shown, open []assess.Problem) {
	for _, p := range r.Inventory.Problems {
		if p.Certain == "true" {
			shown = append(shown, p)
		} else {
			open = append(open, p)
		}
	}
	return shown, open
}

// ProblemSentence tells of a problem of the data flows, with the lines of the flows on its way.
func ProblemSentence(p assess.Problem) string {
	return fmt.Sprintf("%s (%s)", problemWords(p), Written(p.At))
}

// problemWords is a problem's message as a sentence. One that begins with an id begins as the id does.
func problemWords(p assess.Problem) string {
	if strings.HasPrefix(p.Message, p.Subject+" ") {
		return p.Message
	}
	return Upper(p.Message)
}

// Written names places that belong together, the file once: readiness.yaml:430, 441.
func Written(at []source.Pos) string {
	var b strings.Builder
	for i, pos := range at {
		switch {
		case i > 0 && pos.File == at[0].File:
			fmt.Fprintf(&b, ", %d", pos.Line)
		case i > 0:
			fmt.Fprintf(&b, ", %s:%d", pos.File, pos.Line)
		default:
			fmt.Fprintf(&b, "%s:%d", pos.File, pos.Line)
		}
	}
	return b.String()
}

// Waiting names the requirements that wait for a step when they are few, else how many they are.
func Waiting(ids []string) string {
	if len(ids) > 2 {
		return fmt.Sprintf("%d requirements wait for it", len(ids))
	}
	return strings.Join(ids, ", ")
}

// DueIn tells how far away a day is.
func DueIn(days int) string {
	switch {
	case days < 0:
		return Count(-days, "day") + " ago"
	case days == 0:
		return "today"
	}
	return "in " + Count(days, "day")
}

// Words shows a word of the manifest or a checklist as people write it.
func Words(word string) string { return strings.ReplaceAll(word, "_", " ") }

// Role names who mends a finding as people write it: privacy officer, IT.
func Role(who string) string { return initials(Words(who)) }

// Aim is the title of a requirement that is open. A title says how things should be, and read alone beside a gap it would
// seem to say that they are.
func Aim(q *assess.Requirement) string { return "Should be: " + q.Title }

// Named is what a practice calls itself, or words that say that it doesn't.
func Named(practice string) string { return or(practice, "Practice not named") }

// Declare says what to declare, then where: Say who checks: use_cases[notes].review.by
func Declare(s assess.Step) string {
	lead, rest := declareWords(s)
	return lead + s.Path + rest
}

// declareWords are the words of Declare before the path and behind it.
func declareWords(s assess.Step) (lead, rest string) {
	means, more, _ := strings.Cut(strings.TrimSuffix(s.What, "."), ". ")
	if more != "" {
		rest = ". " + more + "."
	}
	first, _, _ := strings.Cut(means, " ")
	switch first {
	case "":
		return "Write down ", rest
	case "What", "Whether", "Who", "Whose", "Whom", "Which", "How", "Where", "When", "Why":
		return "Say " + strings.ToLower(first) + means[len(first):] + ": ", rest
	case "A", "An", "The":
		return "Write down " + strings.ToLower(first) + means[len(first):] + ": ", rest
	}
	if strings.ToUpper(first) != first { // it is no abbreviation
		means = strings.ToLower(means[:1]) + means[1:]
	}
	return "Fill in " + means + ": ", rest
}

// initials writes abbreviations in capitals, as people do.
func initials(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		switch w {
		case "ai", "baa", "phi", "hipaa", "it", "mfa", "ehr", "sso":
			words[i] = strings.ToUpper(w)
		}
	}
	return strings.Join(words, " ")
}

// Upper is s with its first letter in upper case, if that's an ASCII one.
func Upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// SeverityTitle names a severity at the head of a list.
func SeverityTitle(s checklist.Severity) string { return Upper(string(s)) }

// Day is a day such as 2026-11-22 as people write it: November 22, 2026. Anything else stays as it is.
func Day(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return t.Format("January 2, 2006")
}

// Provenance tells which text a checklist follows, when a person last compared the two, and which file it is.
func Provenance(l assess.List) string {
	s := fmt.Sprintf("%s@%s follows %s, edition %s (%s", l.ID, l.Version, l.Source, l.Edition, Words(l.Status))
	if l.Retrieved != "" {
		s += ", retrieved " + l.Retrieved
	}
	if l.URL != "" {
		s += ", " + l.URL
	}
	s += fmt.Sprintf("). Compared with it on %s, due again by %s", l.ReviewedOn, l.ReviewBy)
	if l.Overdue {
		s += ", which has passed"
	}
	s += ". SHA-256 " + l.SHA256 + "."
	if base, digest, ok := strings.Cut(l.Extends, " sha256 "); ok {
		s += " It extends " + base + ", SHA-256 " + digest + "."
	}
	return s
}

// or is s, or what to say when it's empty.
func or(s, empty string) string {
	if strings.TrimSpace(s) == "" {
		return empty
	}
	return s
}

// notDeclared stands where the practice has said nothing.
const notDeclared = "not declared"

// yesNo shows a flag of the report: true, false or undeclared.
func yesNo(flag string) string {
	switch flag {
	case "true":
		return "yes"
	case "false":
		return "no"
	}
	return notDeclared
}
