package evidence_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/evidence"
	"readiness/internal/manifest"
)

// vendor is a manifest's vendor that relies on both settings.
const vendor = `
vendors:
  - id: acme
    name: Acme
    account: org-1
    baa: {activation: {required: true, done_on: 2026-01-02}}
    zero_data_retention: {status: active}
`

const (
	retention  = "vendors[acme].zero_data_retention.status"
	activation = "vendors[acme].baa.activation.done_on"
)

// settings is an export with rows, for the account org-1.
func settings(rows ...string) string {
	return `{"type": "effective_organization_settings", "organization_id": "org-1", "more": [1], "settings": [` + strings.Join(rows, ",") + `]}`
}

func row(name, value string) string {
	return `{"name": "` + name + `", "type": "boolean", "value": ` + value + `}`
}

// claimed are the claims of a manifest's only document, by path: yes, no, or the path that would settle it.
func claimed(doc *manifest.Doc) map[string]string {
	got := map[string]string{}
	for _, c := range doc.Evidence[0].Claims {
		switch shown, known := c.Shown.Get(); {
		case !known:
			got[c.Path.Or("")] = strings.Join(c.Shown.Basis().Missing, " ")
		case shown:
			got[c.Path.Or("")] = "yes"
		default:
			got[c.Path.Or("")] = "no"
		}
	}
	return got
}

func TestExport(t *testing.T) {
	on, off := row("api_zero_data_retention_enabled", "true"), row("api_zero_data_retention_enabled", "false")
	hipaa := row("hipaa_compliance_enabled", "true")
	tests := []struct {
		name, vendor, entry, content string
		want                         map[string]string
		note                         string
	}{
		{"both shown", vendor, "", settings(on, hipaa), map[string]string{retention: "yes", activation: "yes"}, ""},
		{"one shows otherwise", vendor, "", settings(off, hipaa), map[string]string{retention: "no", activation: "yes"}, ""},
		{"a row that isn't there shows nothing", vendor, "", settings(hipaa), map[string]string{activation: "yes"}, ""},
		{"rows that disagree show nothing", vendor, "", settings(on, off), map[string]string{}, ""},
		{"a row twice", vendor, "", settings(on, on), map[string]string{retention: "yes"}, ""},
		{"a value of another type", vendor, "", settings(row("api_zero_data_retention_enabled", `"yes"`)), map[string]string{}, ""},
		{"nothing declared rests on it", strings.Replace(vendor, "active", "none", 1), "", settings(off), map[string]string{}, ""},
		{"a switch that isn't needed", strings.Replace(vendor, "required: true", "required: false", 1), "", settings(hipaa), map[string]string{}, ""},
		{"a byte order mark", vendor, "", "\ufeff" + settings(on), map[string]string{retention: "yes"}, ""},
		{"the format needn't be named", vendor, "-format", settings(off), map[string]string{retention: "no"}, ""},
		{"another account", strings.Replace(vendor, "org-1", "org-2", 1), "", settings(off), map[string]string{}, "account org-1, which is no declared vendor's"},
		{"an account that isn't declared", strings.Replace(vendor, "    account: org-1\n", "", 1), "", settings(off),
			map[string]string{retention: "vendors[acme].account", activation: "vendors[acme].account"}, ""},
		{"no file named", vendor, "-file", settings(off), map[string]string{retention: "evidence[export].file", activation: "evidence[export].file"}, ""},
		{"no hash", vendor, "-sha256", settings(off), map[string]string{retention: "evidence[export].sha256", activation: "evidence[export].sha256"}, ""},
		{"no hash and no format", vendor, "-sha256 -format", settings(off), map[string]string{retention: "evidence[export].sha256", activation: "evidence[export].sha256"}, ""},
		{"no hash, of another account", strings.Replace(vendor, "org-1", "org-2", 1), "-sha256", settings(off), map[string]string{}, ""},
		{"a changed form", vendor, "", `{"kind": "settings"}`, map[string]string{}, "no such export, or one in a form that is not known"},
		{"not JSON", vendor, "", "settings: on", map[string]string{}, "no such export"},
		{"a list", vendor, "", "[]", map[string]string{}, "no such export"},
		{"an unknown format", vendor, "acme.console", "{}", map[string]string{}, "has the format acme.console, which is not read"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			doc := decode(t, c.vendor+entry(c.entry, c.content))
			notes := strings.Join(evidence.Inspect(doc, os.DirFS(dir)), "\n")
			if diff := cmp.Diff(c.want, claimed(doc)); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("notes are %q, want %q", notes, c.note)
			}
		})
	}
}

// entry is the export as the manifest names it: without keys (-key), or with another format.
func entry(change, content string) string {
	keys := map[string]string{"file": "settings.json", "sha256": sum(content), "format": evidence.OrganizationSettings}
	if strings.HasPrefix(change, "-") {
		for key := range strings.FieldsSeq(change) {
			delete(keys, key[1:])
		}
	} else if change != "" {
		keys["format"] = change
	}
	text := "evidence:\n  - id: export\n"
	for key, value := range keys {
		text += "    " + key + ": \"" + value + "\"\n"
	}
	return text
}

// TestChangedExport shows that an export which is not the file that was meant confirms nothing, and leaves open what it
// was named for.
func TestChangedExport(t *testing.T) {
	dir := t.TempDir()
	content := settings(row("api_zero_data_retention_enabled", "true"))
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(content+" "), 0o644); err != nil {
		t.Fatal(err)
	}
	doc := decode(t, vendor+entry("", content))
	evidence.Inspect(doc, os.DirFS(dir))
	if diff := cmp.Diff(map[string]string{retention: "", activation: ""}, claimed(doc)); diff != "" || doc.Evidence[0].State.Or("") != evidence.Differs {
		t.Errorf("state %s, claims (-want +got):\n%s", doc.Evidence[0].State, diff)
	}
}

// FuzzExport shows that no file makes reading it fail, or confirm a setting that it doesn't hold.
func FuzzExport(f *testing.F) {
	f.Add(settings(row("api_zero_data_retention_enabled", "true")))
	f.Add(settings(row("hipaa_compliance_enabled", "null")))
	f.Add("[[[[")
	f.Fuzz(func(t *testing.T, content string) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		doc := decode(t, vendor+entry("", content))
		evidence.Inspect(doc, os.DirFS(dir))
		for path, shown := range claimed(doc) {
			if shown == "yes" && !strings.Contains(content, "enabled") && !strings.Contains(content, `\u`) {
				t.Errorf("%s is confirmed by %q", path, content)
			}
		}
	})
}
