package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"readiness/internal/assess"
	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/reporttest"
	"readiness/internal/report/text"
)

func saved(t testing.TB, r *assess.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.JSON(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestReadGivesTheSameBytes renders each scenario directly and from its saved JSON.
func TestReadGivesTheSameBytes(t *testing.T) {
	brand := outline.Brand{Firm: "Alder & Finch"}
	for _, s := range append(reporttest.Scenarios(), reporttest.Scenario{Name: "empty lists", Report: &assess.Report{Schema: assess.Schema, AsOf: "2026-11-22"}}) {
		read, err := report.Read("saved.json", saved(t, s.Report))
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		for _, f := range report.Formats(text.Style{}, brand) {
			var want, got bytes.Buffer
			if err := f.Render(&want, s.Report); err != nil {
				t.Fatal(err)
			}
			if err := f.Render(&got, read); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want.Bytes(), got.Bytes()) && (s.Name != "empty lists" || f.Name != "json") {
				t.Errorf("%s: %s differs when it's made from the saved report", s.Name, f.Name)
			}
		}
	}
}

// TestReadLaterMinorVersion reads a report that has more than this version knows, and less than it writes.
func TestReadLaterMinorVersion(t *testing.T) {
	var tree map[string]any
	if err := json.Unmarshal(saved(t, reporttest.Gaps()), &tree); err != nil {
		t.Fatal(err)
	}
	tree["schema"] = assess.Schema + ".7"
	tree["weather"] = map[string]any{"sun": []int{1, 2}}
	tree["requirements"].([]any)[0].(map[string]any)["colour"] = "green"
	delete(tree, "look_into")
	delete(tree["inventory"].(map[string]any), "remarks")
	data, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Read("saved.json", data)
	if err != nil {
		t.Fatal(err)
	}
	if r.LookInto == nil || r.Inventory.Remarks == nil || r.Schema != assess.Schema {
		t.Error("what the file leaves out is not empty")
	}
	for _, f := range report.Formats(text.Style{}, outline.Brand{}) {
		if err := f.Render(&bytes.Buffer{}, r); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	good := string(saved(t, reporttest.Gaps()))
	for _, test := range []struct{ name, data, want string }{
		{"empty", "", "saved.json:1:1: the file ends too early; save the report again"},
		{"cut off", good[:len(good)/2], "the file ends too early"},
		{"not JSON", "readiness: 1", "saved.json:1:1: this is not JSON; give a report that was saved with --format json"},
		{"second line", "{\n  \"schema\": x}", "saved.json:2:13: this is not JSON"},
		{"a list", "[]", "saved.json:1:1: the report can't be a JSON array"},
		{"no report", `{"runs": []}`, `saved.json is not a report of readiness: it has no "schema"`},
		{"major version", `{"schema": "urn:readiness:report:2"}`, `saved.json has the format "urn:readiness:report:2"`},
		{"another schema", `{"schema": "urn:readiness:summary:1\u001b[1m"}`, `saved.json has the format "urn:readiness:summary:1`},
		{"two reports", good + good, "something follows the report"},
		{"wrong type", strings.Replace(good, `"horizon_days": 60`, `"horizon_days": "x"`, 1), "horizon_days can't be a JSON string"},
		{"no day", strings.Replace(good, `"as_of": "2026-11-22"`, `"as_of": "today"`, 1), `as_of "today" is no day; the file was changed or is damaged`},
		{"no outcome", strings.Replace(good, `"outcome": "gap"`, `"outcome": "fine"`, 1), `"fine" is no outcome of`},
		{"no severity", strings.Replace(good, `"severity": "critical",`+"\n      \"severity_reason", `"severity": "mild",`+"\n      \"severity_reason", 1), `"mild" is no severity of`},
		{"deep", `{"schema": "urn:readiness:report:1", "x": ` + strings.Repeat("[", 100_000), "more objects here than a report of readiness has"},
		{"many", `{"schema": "urn:readiness:report:1", "requirements": [` + strings.Repeat("{},", 500_000) + "{}]}", "more objects here than a report of readiness has"},
		{"long text", `{"schema": "urn:readiness:report:1", "practice": "` + strings.Repeat("x", 2<<20) + `"}`, "saved.json:1:50: this text is longer than a manifest may be"},
		{"large", `{"schema": "` + strings.Repeat("x", report.MaxBytes), "saved.json is larger than 64 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := report.Read("saved.json", []byte(test.data))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Read() = %v, want %s", err, test.want)
			}
			if err != nil && strings.ContainsAny(err.Error(), "\x1b") {
				t.Errorf("the message has an escape: %q", err)
			}
		})
	}
}

// FuzzRead shows that whatever Read accepts, every format can write.
func FuzzRead(f *testing.F) {
	f.Add(saved(f, reporttest.Gaps()))
	f.Add(saved(f, reporttest.Hostile()))
	f.Add([]byte(`{"schema": "urn:readiness:report:1", "as_of": "2026-11-22", "requirements": [{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 200_000 {
			t.Skip("too slow to write in every format")
		}
		r, err := report.Read("saved.json", data)
		if err != nil {
			return
		}
		for _, format := range report.Formats(text.Style{}, outline.Brand{}) {
			if err := format.Render(&bytes.Buffer{}, r); err != nil {
				t.Errorf("%s: %v", format.Name, err)
			}
		}
	})
}
