package text

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/source"
)

// Flows writes the data flows of a report: a table, what is wrong with them, and where the models' text arrives.
func Flows(w io.Writer, r *assess.Report, style Style) error {
	p := newPrinter(style)
	p.styled("", "", "title", outline.Named(r.Practice)+": where data goes")
	p.para("", "", "Computed from "+r.Manifest.Name+". Flows have the numbers they have on the picture; problems are marked in words, by their number in the list below.")
	shown, open := outline.FlowProblems(r)
	if len(r.Inventory.Flows) == 0 {
		p.line("")
		p.para("", "", "No data flow is declared. Declare each way that data takes under data_flows.")
	} else {
		p.flowTable(&r.Inventory, shown, open)
	}
	p.flowProblems(shown, open)
	p.outputs(&r.Inventory)
	_, err := w.Write(p.out.Bytes())
	return err
}

// A column of a table is so wide, plus its share of the width beyond 80.
type column struct {
	title string
	width int
	share int // of 10
}

// flowColumns are 80 wide, with what is between them.
var flowColumns = [...]column{{"From", 13, 2}, {"To", 13, 2}, {"PHI", 10, 0}, {"Elements", 12, 4}, {"Review", 10, 0}, {"Protection", 10, 2}}

// columnGap is what is between columns, and before the first.
const columnGap = "  "

// flowTable is one row for each flow, with the problems it has part in.
func (p *printer) flowTable(inv *assess.Inventory, shown, open []assess.Problem) {
	var heads []string
	for _, c := range flowColumns {
		heads = append(heads, c.title)
	}
	p.line("")
	p.cells("title", heads)
	for i := range inv.Flows {
		f := &inv.Flows[i]
		p.styled(fmt.Sprintf("%2d. ", i+1), "    ", "dim", fmt.Sprintf("%s, line %d", f.ID, f.Pos.Line))
		p.cells("", []string{inv.EndName(f.From), inv.EndName(f.To), phiWord(f.PHI), outline.Words(strings.Join(f.Elements, ", ")),
			reviewWord(inv, f), protection(f)})
		p.mark("bad", "PROBLEM", f.ID, 1, shown)
		p.mark("warn", "CAN'T TELL", f.ID, 1+len(shown), open)
	}
}

// cells writes cells beside each other.
func (p *printer) cells(style string, words []string) {
	var lines [len(flowColumns)][]string
	height := 0
	for i, c := range flowColumns {
		lines[i] = source.Wrap(source.Printable(words[i]), p.columnWidth(c))
		height = max(height, len(lines[i]))
	}
	for n := range height {
		var b strings.Builder
		for i, c := range flowColumns {
			cell := ""
			if n < len(lines[i]) {
				cell = lines[i][n]
			}
			b.WriteString(columnGap + cell + strings.Repeat(" ", p.columnWidth(c)-ansi.StringWidth(cell)))
		}
		line := strings.TrimRight(b.String(), " ")
		if style != "" {
			line = p.style(style, line)
		}
		p.line("%s", line)
	}
}

// columnWidth gives each column its share of a wide terminal, and takes as much from each on a narrow one.
func (p *printer) columnWidth(c column) int {
	if p.width < 80 {
		return c.width * p.width / 84
	}
	return c.width + (p.width-80)*c.share/10
}

// mark names the problems that a flow has part in, with their numbers from first on.
func (p *printer) mark(style, word, flow string, first int, problems []assess.Problem) {
	var list []string
	for i, problem := range problems {
		if slices.Contains(problem.Path, flow) {
			list = append(list, fmt.Sprintf("%d (%s)", first+i, outline.Words(problem.Kind)))
		}
	}
	if len(list) > 0 {
		p.styled(columnGap, columnGap, style, word+" "+strings.Join(list, ", "))
	}
}

// phiWord is a class of data as a cell says it.
func phiWord(class string) string {
	switch class {
	case "none":
		return "no PHI"
	case "deidentified":
		return "de-identified"
	case "limited_data_set":
		return "PHI, limited data set"
	case "identified":
		return "PHI, identified"
	}
	return "PHI undeclared"
}

// reviewWord is who reviews what a flow carries. That nobody is named matters only on the way of text that has to be
// reviewed, and isn't.
func reviewWord(inv *assess.Inventory, f *assess.Flow) string {
	matters := slices.ContainsFunc(inv.Outputs, func(o assess.Output) bool { return o.Reviewed != "true" && slices.Contains(o.Path, f.ID) })
	if f.ReviewedBy == "" && !matters {
		return "-"
	}
	return cmp.Or(outline.Words(f.ReviewedBy), "undeclared")
}

// protection is how a flow is sent and signed for.
func protection(f *assess.Flow) string {
	encrypted := map[string]string{"true": "encrypted", "false": "NOT ENCRYPTED"}[f.Encrypted]
	return strings.Join([]string{cmp.Or(outline.Words(f.Protocol), "means undeclared"), cmp.Or(encrypted, "encryption undeclared"),
		"sign-in " + cmp.Or(outline.Words(f.Authentication), "undeclared")}, ", ")
}

// flowProblems lists what is wrong, and then what the manifest doesn't say enough to rule out.
func (p *printer) flowProblems(shown, open []assess.Problem) {
	p.heading(fmt.Sprintf("Problems (%d)", len(shown)))
	if len(shown) == 0 {
		p.para("", "", "The flows, as they are declared, show none.")
	}
	for i, problem := range shown {
		p.para(fmt.Sprintf("%2d. ", i+1), "    ", outline.ProblemSentence(problem))
	}
	if len(open) == 0 {
		return
	}
	p.heading(fmt.Sprintf("Not declared well enough to rule out (%d)", len(open)))
	for i, problem := range open {
		p.para(fmt.Sprintf("%2d. ", len(shown)+i+1), "    ", outline.ProblemSentence(problem))
		p.styled("    ", "    ", "dim", "Declare "+strings.Join(problem.Missing, ", "))
	}
}

// maxProblems is how many problems of the flows a report lists. The others are counted.
const maxProblems = 12

// shownByFlows lists, in a report, every problem that the data flows show, whether or not a requirement asks about it.
func (p *printer) shownByFlows(r *assess.Report) {
	shown, _ := outline.FlowProblems(r)
	if len(shown) == 0 {
		return
	}
	p.heading(fmt.Sprintf("What the data flows show (%d)", len(shown)))
	for _, problem := range shown[:min(len(shown), maxProblems)] {
		p.para("- ", "  ", outline.ProblemSentence(problem))
	}
	if more := len(shown) - maxProblems; more > 0 {
		p.line("  and %d more: readiness flows lists them", more)
	}
}

// leftOpenByFlows counts what the flows don't say enough to rule out.
func (p *printer) leftOpenByFlows(r *assess.Report) {
	if _, open := outline.FlowProblems(r); len(open) > 0 {
		p.para("- ", "  ", fmt.Sprintf("%s of the data flows that too little is declared to rule out: readiness flows lists what is missing.", outline.Upper(outline.Count(len(open), "problem"))))
	}
}

// outputs tells of each place a model's text can arrive whether it is reviewed on every way there, and by what proof.
func (p *printer) outputs(inv *assess.Inventory) {
	if len(inv.Outputs) == 0 {
		return
	}
	p.heading(fmt.Sprintf("Where the models' text arrives (%d)", len(inv.Outputs)))
	for i := range inv.Outputs {
		o := &inv.Outputs[i]
		word, style := "undeclared  ", "warn"
		switch o.Reviewed {
		case "true":
			word, style = "reviewed    ", "good"
		case "false":
			word, style = "NOT REVIEWED", "bad"
		}
		p.para(p.style(style, word)+"  ", "              ", outputSentence(inv, o))
	}
}

func outputSentence(inv *assess.Inventory, o *assess.Output) string {
	text := fmt.Sprintf("%s for %s", cmp.Or(inv.EndName(o.Model), "The model"), cmp.Or(inv.UseName(o.UseCase), "a use that no flow names"))
	to := cmp.Or(outline.Words(o.To), "a place nobody names")
	if len(o.Path) == 0 {
		return fmt.Sprintf("%s, to %s: where it goes is not declared.", text, to)
	}
	way := fmt.Sprintf("%s, to %s by %s", text, to, strings.Join(o.Path, ", "))
	switch {
	case len(o.Cut) > 0:
		return way + ". Every way there takes a review: " + strings.Join(o.Cut, ", ") + "."
	case o.Reviewed == "true":
		return way + ". No review is needed: " + reason(o) + "."
	case o.Reviewed == "false":
		return way + ". It needs the review of a " + cmp.Or(outline.Words(o.Needs), "licensed clinician") + "."
	}
	return way + ". Who reviews it is not declared."
}

// reason is why an output needs no review.
func reason(o *assess.Output) string {
	if o.To == "workforce" {
		return "it ends with the workforce, who read it"
	}
	return "this kind of text needs none"
}
