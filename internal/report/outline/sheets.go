package outline

import (
	"fmt"
	"slices"
	"strings"

	"readiness/internal/assess"
)

// Sheet is a part of the report to work with in a spreadsheet: one thing in a row, one fact in a column. Cells may hold
// line breaks; apart from them they are as printable as a Document.
type Sheet struct {
	Name    string // fit for a spreadsheet: short, and of letters and spaces
	Columns []SheetColumn
	Rows    [][]Span // a cell for each column
	Empty   string   // what to say when there are no rows
	Prose   bool     // whether it is to be read, rather than sorted and filtered
}

// SheetColumn is a column of a Sheet.
type SheetColumn struct {
	Title string
	Width float64  // in characters
	Words []string // the words to choose from for those who work with the sheet; none for any text
	Day   bool     // whether it holds days, as 2026-01-31
	Count bool     // whether it holds numbers
}

// Sheets are the sheets of a workbook: what it is, the action plan, and what that rests on.
func Sheets(r *assess.Report, brand Brand) []Sheet {
	b := newBuilder(r, brand)
	return []Sheet{b.aboutSheet(), b.plan(), b.requirementSheet(), b.vendorSheet(), b.flowSheet(), b.peopleSheet()}
}

// MeansFormula reports whether a spreadsheet could take a text for a formula, typed or read from CSV. The full-width
// signs are those that some of them take for the plain ones.
func MeansFormula(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\u3000")
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0])
}

// below puts texts below each other, leaving out empty ones.
func below(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}

// inLines is what paragraphs say, each on a line.
func inLines(paragraphs Lines) string {
	lines := make([]string, len(paragraphs))
	for i, t := range paragraphs {
		lines[i] = t.String()
	}
	return below(lines...)
}

func lineNumber(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func (b *builder) requirementSheet() Sheet {
	s := Sheet{Name: "All requirements", Columns: []SheetColumn{
		{Title: "ID", Width: 23}, {Title: "Section", Width: 17}, {Title: "Requirement", Width: 38}, {Title: "Outcome", Width: 12}, {Title: "Assurance", Width: 12},
		{Title: "Severity", Width: 9}, {Title: "Gate", Width: 10}, {Title: "Designation", Width: 12}, {Title: "Profile", Width: 9},
		{Title: "Checks, and the lines they rest on", Width: 56}, {Title: "What would show it", Width: 32}, {Title: "What meeting it does not show", Width: 32},
		{Title: "In effect from", Width: 10.5, Day: true}, {Title: "Also", Width: 18}, {Title: "Source", Width: 28},
	}}
	for i := range b.r.Requirements {
		q := &b.r.Requirements[i]
		outcome := Outcome(q.Outcome).Span()
		if q.Accepted {
			outcome = Span{Text: outcome.Text + ", accepted", Mark: Waived}
		}
		s.Rows = append(s.Rows, []Span{
			{Text: q.ID}, {Text: q.Section}, {Text: below(q.Title, q.Question)}, outcome, {Text: Upper(string(q.Assurance))},
			{Text: SeverityTitle(q.Severity)}, {Text: q.Gate.Title()}, {Text: Upper(q.Designation)}, {Text: Upper(string(q.Profile))},
			{Text: inLines(b.checkLines(q))}, {Text: below(q.Evidence...)}, {Text: q.DoesNotShow},
			{Text: q.EffectiveOn}, {Text: strings.Join(q.Also, ", ")}, b.sourceOf(q),
		})
	}
	return s
}

// sourceOf names the text a requirement comes from.
func (b *builder) sourceOf(q *assess.Requirement) Span {
	for _, l := range b.r.Checklists {
		if l.ID == q.Checklist {
			return Span{Text: l.Source, Link: webLink(l.URL)}
		}
	}
	return Span{Text: q.Checklist}
}

func (b *builder) vendorSheet() Sheet {
	s := Sheet{Name: "Vendors", Empty: "No vendor is declared.", Columns: []SheetColumn{
		{Title: "Vendor", Width: 22}, {Title: "ID", Width: 14}, {Title: "Role", Width: 16}, {Title: "Plan", Width: 20}, {Title: "PHI reaches it", Width: 24},
		{Title: "BAA", Width: 14}, {Title: "In use, against the agreement", Width: 38}, {Title: "What is declared", Width: 56},
		{Title: "What was verified", Width: 50}, {Title: "Open findings", Width: 30}, {Title: "Line", Width: 7, Count: true},
	}}
	for i := range b.r.Inventory.Vendors {
		v := &b.r.Inventory.Vendors[i]
		s.Rows = append(s.Rows, []Span{
			{Text: or(v.Name, v.ID)}, {Text: v.ID}, {Text: or(Words(v.Role), notDeclared)}, {Text: planOf(v)}, {Text: b.receives(v)},
			{Text: Words(or(fact(v, "baa.status"), notDeclared))}, {Text: below(inUse(v)...)}, {Text: below(toldOf(v)...)},
			{Text: below(b.verifiedOf(v)...)}, {Text: strings.Join(b.about("vendors", v.ID), "\n")}, {Text: lineNumber(v.Pos.Line)},
		})
	}
	return s
}

func planOf(v *assess.Vendor) string {
	return or(strings.Trim(v.Plan+", "+Words(v.Tier), ", "), notDeclared)
}

// inUse holds each feature and model in use against the agreement.
func inUse(v *assess.Vendor) []string {
	var lines []string
	for _, f := range v.FeaturesInUse {
		lines = append(lines, "feature "+f+": "+coverOf(v, "features", f).Word)
	}
	for _, m := range v.ModelsInUse {
		lines = append(lines, "model "+m+": "+coverOf(v, "models", m).Word)
	}
	return lines
}

// toldOf lists what is declared of a vendor, each topic on a line.
func toldOf(v *assess.Vendor) []string {
	var lines []string
	for _, d := range declarations(v) {
		lines = append(lines, d.topic+": "+d.said.String())
	}
	return lines
}

func (b *builder) verifiedOf(v *assess.Vendor) []string {
	var lines []string
	for _, x := range v.Verified {
		lines = append(lines, fmt.Sprintf("%s: on %s by %s, %s, %s", Upper(factWords(x.Fact)), or(x.Date, "a day "+notDeclared),
			or(b.person(x.By), "a person "+notDeclared), or(Words(x.Method), "how "+notDeclared), or(x.Source, "source "+notDeclared)))
	}
	return lines
}

func (b *builder) flowSheet() Sheet {
	s := Sheet{Name: "Flows", Empty: "No data flow is declared.", Columns: []SheetColumn{
		{Title: "Number", Width: 8, Count: true}, {Title: "Flow", Width: 24}, {Title: "Use case", Width: 22}, {Title: "From", Width: 20}, {Title: "To", Width: 20},
		{Title: "PHI", Width: 18}, {Title: "Elements", Width: 34}, {Title: "Purpose", Width: 22}, {Title: "By", Width: 12}, {Title: "Encrypted", Width: 12},
		{Title: "Sign-in", Width: 16}, {Title: "Features", Width: 18}, {Title: "Reviewed by", Width: 16}, {Title: "Writes", Width: 10},
		{Title: "On the way of a finding", Width: 12}, {Title: "Open findings", Width: 30}, {Title: "Line", Width: 7, Count: true},
	}}
	problem := b.problemFlows()
	for i := range b.r.Inventory.Flows {
		f := &b.r.Inventory.Flows[i]
		onWay := Span{Text: "no"}
		if problem[f.ID] {
			onWay = Span{Text: "yes", Mark: Bad}
		}
		s.Rows = append(s.Rows, []Span{
			{Text: fmt.Sprint(i + 1)}, {Text: f.ID}, {Text: b.r.Inventory.UseName(f.UseCase)}, {Text: b.r.Inventory.EndName(f.From)}, {Text: b.r.Inventory.EndName(f.To)},
			{Text: Upper(phiWords(f.PHI))}, {Text: Words(strings.Join(f.Elements, ", "))}, {Text: f.Purpose}, {Text: or(f.Protocol, notDeclared)}, {Text: yesNo(f.Encrypted)},
			{Text: Words(f.Authentication)}, {Text: strings.Join(f.Features, ", ")}, {Text: Words(f.ReviewedBy)}, {Text: Words(f.Writes)},
			onWay, {Text: strings.Join(b.about("data_flows", f.ID), "\n")}, {Text: lineNumber(f.Pos.Line)},
		})
	}
	return s
}

func (b *builder) peopleSheet() Sheet {
	s := Sheet{Name: "People and training", Empty: "No person is declared.", Columns: []SheetColumn{
		{Title: "Person", Width: 24}, {Title: "ID", Width: 14}, {Title: "Role", Width: 30}, {Title: "Status", Width: 12}, {Title: "Licensed", Width: 12},
		{Title: "Has access", Width: 12}, {Title: "Access", Width: 44}, {Title: "Training", Width: 56}, {Title: "Line", Width: 7, Count: true},
	}}
	for i := range b.r.Inventory.People {
		p := &b.r.Inventory.People[i]
		s.Rows = append(s.Rows, []Span{
			{Text: or(p.Name, p.ID)}, {Text: p.ID}, {Text: p.Role}, {Text: Upper(or(Words(p.Status), notDeclared))}, {Text: yesNo(p.Licensed)},
			{Text: yesNo(p.HasAccess)}, {Text: inLines(access(p))}, {Text: inLines(training(p))}, {Text: lineNumber(p.Pos.Line)},
		})
	}
	return s
}
