package outline_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/assess"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/source"
)

// texts visits every text of a document with its place in it, by reflection, so that no block is forgotten.
func texts(v reflect.Value, path string, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Interface:
		texts(v.Elem(), path, visit)
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}

var separators = strings.NewReplacer("_", " ", "-", " ")

// folded is text as it is compared: whatever case, hyphens, underscores or blanks.
func folded(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(separators.Replace(source.Printable(s)))), " ")
}

// unseen are the fields of a report that hold no words for people, or that a document shows in words of its own.
var unseen = []string{
	".Schema", ".Fingerprint", // for programs
	".Kind", ".Outcome", ".Designation", ".Severity", ".Gate", ".State", ".Status", ".Applies", // shown as status words
	".ReceivesPHI", ".Encrypted", ".Licensed", ".HasAccess", ".Reviewed", // shown as yes or no
	".Section", ".AsOf", ".File", // a heading; a day; the manifest's name
	".Subject", ".Profile", // shown by its name; shown where it leaves something out
}

// ofClosed are the checklist's words that help with an open requirement. The appendix leaves them out for others, and
// ofOthers besides for those outside the profile.
var (
	ofClosed = []string{".ID", ".SeverityReason", ".Why", ".Do", ".Evidence", ".Maps", ".Also", ".Note", ".Excerpt", ".Who", ".Effort"}
	ofOthers = []string{".Question", ".DoesNotShow", ".Confidence", ".EffectiveOn"}
)

// leftOut reports whether a text of a report is one that a document may leave out.
func leftOut(r *assess.Report, path string) bool {
	ends := unseen
	var i int
	if n, err := fmt.Sscanf(path, ".Requirements[%d]", &i); n == 1 && err == nil && !r.Requirements[i].Outcome.Open() {
		ends = append(slices.Clone(unseen), ofClosed...)
		if r.Requirements[i].Outcome == assess.NotSelected {
			ends = append(ends, ofOthers...)
		}
	}
	name := strings.TrimRight(path, "0123456789[]")
	if strings.Contains(path, ".Path[") {
		return true // a flow on a way is shown by its id, not by its line
	}
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(name, end) })
}

// TestNothingIsLost holds the promise that what a practice wrote, and what became of it, reaches the reader.
func TestNothingIsLost(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			var all strings.Builder
			texts(reflect.ValueOf(outline.Build(s.Report, outline.Brand{})), "", func(_, s string) { all.WriteString(" " + s) })
			shown := folded(all.String())
			checked := 0
			texts(reflect.ValueOf(s.Report), "", func(path, text string) {
				if folded(text) == "" || leftOut(s.Report, path) {
					return
				}
				checked++
				if strings.HasSuffix(path, ".Path") { // shown in two parts: the object, and what is declared of it
					object, key, ok := strings.Cut(text, "].")
					if !ok {
						object, key, _ = strings.Cut(text, ".")
					}
					if strings.Contains(shown, folded(object)) && strings.Contains(shown, folded(key)) {
						return
					}
				}
				if !strings.Contains(shown, folded(text)) && !strings.Contains(shown, folded(personName(s.Report, text))) {
					t.Errorf("%s is lost: %q", path, text)
				}
			})
			if checked < 150 {
				t.Errorf("checked only %d texts", checked)
			}
		})
	}
}

func personName(r *assess.Report, id string) string {
	for _, p := range r.Inventory.People {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

func TestBuildChangesNoReport(t *testing.T) {
	r := reporttest.Hostile()
	before, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	outline.Build(r, outline.Brand{})
	after, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), string(after)); diff != "" {
		t.Errorf("Build() changes the report (-before +after)\n%s", diff)
	}
}

func TestSameDocumentTwice(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		if diff := cmp.Diff(outline.Build(s.Report, outline.Brand{}), outline.Build(s.Report, outline.Brand{})); diff != "" {
			t.Errorf("%s: Build() differs from call to call\n%s", s.Name, diff)
		}
	}
}

// TestLinksLead checks that anchors are unique and well formed, and that every link leads somewhere.
func TestLinksLead(t *testing.T) {
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "arbitrary", Report: reporttest.Arbitrary("é", "A/b")}) {
		anchors, links := map[string]bool{}, []string{}
		texts(reflect.ValueOf(outline.Build(s.Report, outline.Brand{})), "", func(path, text string) {
			switch {
			case text == "":
			case strings.HasSuffix(path, ".Anchor"):
				if anchors[text] || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
					t.Errorf("%s: the anchor %q is used twice or malformed", s.Name, text)
				}
				anchors[text] = true
			case strings.HasSuffix(path, ".Link"):
				links = append(links, text)
			}
		})
		for _, link := range links {
			target, inside := strings.CutPrefix(link, "#")
			if inside && !anchors[target] || !inside && !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
				t.Errorf("%s: the link %q leads nowhere", s.Name, link)
			}
		}
		if len(links) < 10 {
			t.Errorf("%s: found only %d links", s.Name, len(links))
		}
	}
}

// TestTablesFit checks that each row has a cell for each column, and that the widths make a whole table.
func TestTablesFit(t *testing.T) {
	tables := 0
	for _, s := range reporttest.Scenarios() {
		for _, b := range outline.Build(s.Report, outline.Brand{}).Blocks {
			table, ok := b.(outline.Table)
			if !ok {
				continue
			}
			tables++
			width := 0
			for _, c := range table.Columns {
				width += c.Width
			}
			if width != 100 {
				t.Errorf("%s: the columns of %q are %d wide", s.Name, table.Caption, width)
			}
			for _, row := range table.Rows {
				if len(row.Cells) != len(table.Columns) {
					t.Errorf("%s: a row of %q has %d cells of %d", s.Name, table.Caption, len(row.Cells), len(table.Columns))
				}
			}
		}
	}
	if tables < 50 {
		t.Errorf("found only %d tables", tables)
	}
}

// TestEveryOpenRequirementIsAFinding checks that none is missing, double, or among those that count when only proposed.
func TestEveryOpenRequirementIsAFinding(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		want, got := map[string]bool{}, map[string]bool{}
		for i := range s.Report.Requirements {
			if q := &s.Report.Requirements[i]; q.Outcome.Open() {
				want[q.ID] = true
			}
		}
		part := ""
		for _, b := range outline.Build(s.Report, outline.Brand{}).Blocks {
			switch b := b.(type) {
			case outline.Heading:
				if b.Level == 2 {
					part = b.Anchor
				}
			case outline.Finding:
				if got[b.ID] {
					t.Errorf("%s: %s is there twice", s.Name, b.ID)
				}
				got[b.ID] = true
				if b.Proposed != (part == "proposed") {
					t.Errorf("%s: %s stands under %s", s.Name, b.ID, part)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: findings mismatch (-want +got)\n%s", s.Name, diff)
		}
	}
}

// TestCountsAddUp checks the table on page one, row by row and column by column.
func TestCountsAddUp(t *testing.T) {
	for _, s := range reporttest.Scenarios() {
		var table outline.Table
		for _, b := range outline.Build(s.Report, outline.Brand{}).Blocks {
			if tb, ok := b.(outline.Table); ok && tb.Caption == "Requirements by outcome" {
				table = tb
			}
		}
		columns := make([]int, len(table.Columns))
		for _, row := range table.Rows {
			sum := 0
			for i, c := range row.Cells[1:] {
				n := number(t, c)
				if i+2 < len(row.Cells) {
					sum += n
				}
				switch {
				case row.Total && columns[i] != n:
					t.Errorf("%s: column %q adds up to %d, and the total is %d", s.Name, table.Columns[i+1].Title, columns[i], n)
				case !row.Total:
					columns[i] += n
				}
			}
			if total := number(t, row.Cells[len(row.Cells)-1]); sum != total || total == 0 {
				t.Errorf("%s: the row %q adds up to %d of %d", s.Name, row.Cells[0][0], sum, total)
			}
		}
		if len(table.Rows) < 3 {
			t.Errorf("%s: the table has %d rows, want the checklists, their total and the proposed rules", s.Name, len(table.Rows))
		}
	}
}

func number(t *testing.T, l outline.Lines) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(l[0].String(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEverythingIsPrintable(t *testing.T) {
	brand := outline.Brand{Firm: "A\x1b[1mB", Note: "c\u202ed", Footer: "e\nf"}
	texts(reflect.ValueOf(outline.Build(reporttest.Hostile(), brand)), "", func(path, text string) {
		if text != source.Printable(text) {
			t.Errorf("%s holds %q", path, text)
		}
	})
}
