package evidence_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"readiness/internal/evidence"
	"readiness/internal/source"
)

// TestAtSource looks which checks of a vendor's facts count as learnt from the vendor itself. One by export does while an
// export shows the fact.
func TestAtSource(t *testing.T) {
	const method = "vendors[acme].verified[zero_data_retention].method"
	on, off := settings(row("api_zero_data_retention_enabled", "true")), settings(row("api_zero_data_retention_enabled", "false"))
	folder := func(content string) fs.FS { return fstest.MapFS{"settings.json": {Data: []byte(content)}} }
	for _, tt := range []struct {
		name, fact, method, evidence string
		folder                       fs.FS
		want                         string
	}{
		{"a contract that was read", "plan", "contract_read", "", nil, "yes"},
		{"a letter", "plan", "vendor_written_confirmation", "", nil, "yes"},
		{"the vendor's console", "plan", "admin_console_seen", "", nil, "yes"},
		{"a public page", "plan", "public_page_read", "", nil, "no"},
		{"the vendor's claim", "plan", "vendor_claim_only", "", nil, "no"},
		{"nothing", "plan", "assumed", "", nil, "no"},
		{"nobody knows how", "zero_data_retention", "unknown", "", nil, method},
		{"an export that shows it", "zero_data_retention", "export_attached", entry("", on), folder(on), "yes"},
		{"an export that shows otherwise", "zero_data_retention", "export_attached", entry("", off), folder(off), "no"},
		{"an export that shows something else", "retention", "export_attached", entry("", on), folder(on), "evidence"},
		{"no export", "zero_data_retention", "export_attached", "", folder(on), "evidence"},
		{"an export of a format that is not read", "zero_data_retention", "export_attached", entry("acme.console", "{}"), folder("{}"), "evidence"},
		{"an export without a hash", "zero_data_retention", "export_attached", entry("-sha256", on), folder(on), "evidence[export].sha256"},
		{"an export that was changed", "zero_data_retention", "export_attached", entry("", on), folder(on + " "), "evidence"},
		{"an export that is not there", "zero_data_retention", "export_attached", entry("", on), fstest.MapFS{}, "evidence"},
		{"an export that was not looked at", "zero_data_retention", "export_attached", entry("", on), nil, "yes"},
		{"another document that was not looked at", "zero_data_retention", "export_attached", entry("-format", on), nil, "evidence"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := decode(t, vendor+"    verified: [{fact: "+tt.fact+", method: "+tt.method+"}]\n"+tt.evidence)
			evidence.Inspect(doc, tt.folder)
			if got := answer(doc.Vendors[0].Verified[0].AtSource); got != tt.want {
				t.Errorf("at source: %s, want %s", got, tt.want)
			}
		})
	}
}

// answer is yes, no, or the paths that would settle it.
func answer(f source.Flag) string {
	yes, known := f.Get()
	switch {
	case !known:
		return strings.Join(f.Basis().Missing, " ")
	case yes:
		return "yes"
	}
	return "no"
}
