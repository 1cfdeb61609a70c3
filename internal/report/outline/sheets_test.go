package outline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

// columns takes some columns of a sheet.
func columns(s outline.Sheet, titles ...string) [][]string {
	var rows [][]string
	for _, row := range s.Rows {
		var cells []string
		for i, c := range s.Columns {
			if slices.Contains(titles, c.Title) {
				cells = append(cells, row[i].Text)
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestPlan(t *testing.T) {
	named := reporttest.Undeclared()
	named.Requirements[0].Checks[0].Results[0].Facts = []assess.Fact{{Path: "practice.privacy_officer", Value: "osei"}}
	later := reporttest.Gaps()
	later.Requirements[0].EffectiveOn = "2027-03-01"
	for _, c := range []struct {
		name    string
		report  *assess.Report
		columns []string
		want    [][]string
	}{
		{"clean", reporttest.Clean(), []string{"ID"}, nil},
		{"gates first, then weight; accepted and proposed last", reporttest.Gaps(), []string{"ID", "Severity", "Gate"}, [][]string{
			{"hipaa/164.308(b)(1)", "Critical", "Before any PHI"}, {"hipaa/164.312(b)", "High", "Before any PHI"}, {"nist-ai-rmf/MAP-3.5", "Low", "Before any PHI"},
			{"nist-ai-rmf/MEASURE-2.4", "Medium", "While operating"}, {"hipaa/nprm-inventory", "High", "While operating"}}},
		{"what is wrong, each on a line", reporttest.Gaps(), []string{"Finding"}, [][]string{
			{"Gap. Should be: A business associate agreement before any PHI is sent\n• Scribewell receives PHI (audio-to-transcriber), and its BAA is requested (line 141)\n" +
				"• Not declared: vendors[scribewell].baa.effective_on. Whether the agreement is in force. (executed, requested, none) (line 140)"},
			{"Gap. Should be: Every call is logged\n• Calls of Scribe are not logged (line 141)"},
			{"Gap. Should be: A licensed person reviews what reaches a patient\n• A visit summary can reach the patient without a licensed person on the way (line 141)"},
			{"Gap. Should be: The log is read\n• Nobody has read the log since 2026-06-01 (line 141)"},
			{"Gap. Should be: An inventory of technology\n• No inventory of AI tools is kept (line 141)"}}},
		{"due when the exceptions to all of it end, and who accepted it", reporttest.Accepted(), []string{"ID", "Due", "Status", "Notes"}, [][]string{
			{"hipaa/164.312(a)(2)(iv)", "", "To do", "Exception in force: accepted until 2027-01-15 by Dr. A. Osei (line 771)\n" +
				"Reason: The laptops hold no files and are replaced in spring\nDone instead: double review of each note"},
			{"nist-ai-rmf/MEASURE-2.4", "2027-01-15", "Accepted", "Exception in force: planned until 2027-01-15 by Dr. A. Osei (line 771)\n" +
				"Reason: A second reader starts in December\nDone instead: double review of each note\nJudged by common practice."}}},
		{"due when the rule takes effect", later, []string{"Due"}, [][]string{{"2027-03-01"}, {""}, {""}, {""}, {""}}},
		{"nobody is named", reporttest.Gaps(), []string{"Owner"}, [][]string{{"Privacy officer"}, {"Privacy officer"}, {"Privacy officer"}, {"Privacy officer"}, {"Privacy officer"}}},
		{"the officer is named", named, []string{"Owner"}, [][]string{{"Dr. A. Osei, privacy officer"}, {"Dr. A. Osei, privacy officer"}, {"Dr. A. Osei, privacy officer"}, {"Dr. A. Osei, privacy officer"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, columns(outline.Plan(c.report), c.columns...)); diff != "" {
				t.Errorf("Plan() mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

// TestSheetsFit checks what a spreadsheet asks: names of sheets, a cell for each column, and printable text.
func TestSheetsFit(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		names := map[string]bool{}
		for _, sheet := range outline.Sheets(s.Report, outline.Brand{}) {
			if n := len(sheet.Name); n == 0 || n > 31 || names[sheet.Name] || len(sheet.Columns) > 26 {
				t.Errorf("%s: the sheet %q with %d columns", s.Name, sheet.Name, len(sheet.Columns))
			}
			names[sheet.Name] = true
			for _, row := range sheet.Rows {
				if len(row) != len(sheet.Columns) {
					t.Fatalf("%s: a row of %s has %d cells", s.Name, sheet.Name, len(row))
				}
				for _, cell := range row {
					if plain := strings.ReplaceAll(cell.Text, "\n", ""); plain != source.Printable(plain) {
						t.Errorf("%s: %s holds %q", s.Name, sheet.Name, cell.Text)
					}
				}
			}
		}
	}
}

// TestSheetsLackNothing checks that each requirement, vendor, flow and person has its row.
func TestSheetsLackNothing(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		sheets := map[string]outline.Sheet{}
		for _, sheet := range outline.Sheets(s.Report, outline.Brand{}) {
			sheets[sheet.Name] = sheet
		}
		inv := &s.Report.Inventory
		want := map[string]int{"Action plan": s.Report.Counts.Gap + s.Report.Counts.Undeclared, "All requirements": len(s.Report.Requirements),
			"Vendors": len(inv.Vendors), "Flows": len(inv.Flows), "People and training": len(inv.People)}
		for _, q := range s.Report.Requirements {
			if q.Outcome.Open() && q.Designation == "proposed" {
				want["Action plan"]++
			}
		}
		for name, n := range want {
			if got := len(sheets[name].Rows); got != n {
				t.Errorf("%s: %s has %d rows, want %d", s.Name, name, got, n)
			}
		}
		if len(sheets["About"].Rows) < 12 {
			t.Errorf("%s: About has %d rows", s.Name, len(sheets["About"].Rows))
		}
	}
}

func TestMeansFormula(t *testing.T) {
	for s, want := range map[string]bool{
		"=1+1": true, "+1": true, "-1": true, "@SUM(A1)": true, "\t=1": true, "\r=1": true, "  =1": true, "\u00a0=1": true, "＝1": true, "－1": true,
		"": false, "a=1": false, "• =1": false, "’=1": false, "2026-01-31": false, "–": false,
	} {
		if got := outline.MeansFormula(s); got != want {
			t.Errorf("MeansFormula(%q) = %v", s, got)
		}
	}
}
