package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"readiness/internal/manifest"
	"readiness/internal/source"
)

// OrganizationSettings is the format of the settings that Anthropic's compliance interface says are in effect for an
// organization (type effective_organization_settings).
const OrganizationSettings = "anthropic.organization_settings"

// Formats are the exports that are read. Any other document is only compared with its hash.
func Formats() []string { return []string{OrganizationSettings} }

// settingsFile is an export of organization settings. Rows and keys that are not asked for are passed over: the vendor
// adds some every few weeks.
type settingsFile struct {
	Type         string `json:"type"`
	Organization string `json:"organization_id"`
	Settings     []struct {
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
	} `json:"settings"`
}

// settings are what is asked of an export: of which account it is, and which of the switches are on or off. One that is
// not there tells nothing.
type settings struct {
	organization string
	on           map[string]bool
}

// settingsType is how an export of organization settings names itself.
const settingsType = "effective_organization_settings"

// A switchRow is a setting that is on or off, and the fact of a vendor that rests on it being on.
type switchRow struct {
	name string
	key  string
	// rests reports whether the vendor declares something that is true only while the setting is on.
	rests func(*manifest.Vendor) bool
}

// switches are the rows that say something about a declared fact. A row that isn't there was not controllable at that
// vendor, which is not the same as off, so it shows nothing.
var switches = [...]switchRow{
	{"api_zero_data_retention_enabled", "zero_data_retention.status", func(v *manifest.Vendor) bool {
		return v.ZDR.Status.Or("") == "active"
	}},
	{"hipaa_compliance_enabled", "baa.activation.done_on", func(v *manifest.Vendor) bool {
		return v.BAA.Activation.DoneOn.Declared() && v.BAA.Activation.Required.Or(true)
	}},
}

// claims sets what a document shows of the facts that are declared. f is its file, whether or not it is the one that was
// meant; nil when it wasn't read. While an export isn't sure to be that file, what it would show is open.
func (l *looker) claims(doc *manifest.Doc, d *manifest.Document, f *file) {
	format, declared := d.Format.Get()
	var export *settings
	if f != nil {
		export = f.export
	}
	state := d.State.Or("")
	switch {
	case state == Elsewhere || state == NotLookedAt:
	case state == Matches && export != nil:
		d.Claims = l.compare(doc, d, export)
	case state != Matches && (export != nil || format == OrganizationSettings):
		d.Claims = pending(doc, export, d.State.Basis().Missing)
	case f == nil || !f.json || state != Matches:
	case format == OrganizationSettings:
		l.note("The document %s is declared as %s, and its file is no such export, or one in a form that is not known. It confirms nothing.", d.ID.Or(""), format)
	case declared && !slices.Contains(Formats(), format):
		l.note("The document %s has the format %s, which is not read. It confirms nothing; exports that are read: %s.", d.ID.Or(""), format, strings.Join(Formats(), ", "))
	}
}

func (l *looker) note(format string, args ...any) {
	l.notes = append(l.notes, fmt.Sprintf(format, args...))
}

// readSettings reads an export of organization settings. It goes by what the file says it is, so that nothing changes
// when the manifest doesn't name the format. It returns nil for anything else.
func readSettings(content []byte) *settings {
	var f settingsFile
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if err := json.Unmarshal(content, &f); err != nil || f.Type != settingsType || f.Organization == "" || f.Settings == nil {
		return nil
	}
	s := &settings{f.Organization, map[string]bool{}}
	for _, row := range switches {
		if on, known := f.state(row.name); known {
			s.on[row.name] = on
		}
	}
	return s
}

// state is whether a setting is on. A row that isn't there, or is there twice with different values, tells nothing.
func (f *settingsFile) state(name string) (on, known bool) {
	for _, row := range f.Settings {
		if row.Name != name {
			continue
		}
		var value bool
		if json.Unmarshal(row.Value, &value) != nil || known && value != on {
			return false, false
		}
		on, known = value, true
	}
	return on, known
}

// compare holds an export against what is declared of the vendor whose account it is of.
func (l *looker) compare(doc *manifest.Doc, d *manifest.Document, s *settings) []manifest.Claim {
	var list []manifest.Claim
	var unknown []string
	matched := false
	for i := range doc.Vendors {
		v := &doc.Vendors[i]
		account, declared := v.Account.Get()
		switch {
		case !declared:
			unknown = append(unknown, vendorPath(v, "account"))
		case account == s.organization:
			matched = true
			list = append(list, shown(v, s)...)
		}
	}
	switch {
	case matched:
		return list
	case len(unknown) > 0:
		return pending(doc, s, unknown)
	}
	l.note("The export %s is of the account %s, which is no declared vendor's. It confirms nothing.", d.ID.Or(""), s.organization)
	return nil
}

// shown is what an export shows of one vendor's facts.
func shown(v *manifest.Vendor, export *settings) []manifest.Claim {
	var list []manifest.Claim
	for _, s := range switches {
		on, known := export.on[s.name]
		if !known || !s.rests(v) {
			continue
		}
		says := s.name + " is off"
		if on {
			says = s.name + " is on"
		}
		list = append(list, manifest.Claim{Path: source.Derive(vendorPath(v, s.key), nil), Shown: source.Derive(on, nil), Says: source.Derive(says, nil)})
	}
	return list
}

// pending are the claims of an export that can't be relied on, or not told whose it is, until something is declared. One
// that wasn't read, nil, may be of any account.
func pending(doc *manifest.Doc, export *settings, missing []string) []manifest.Claim {
	var list []manifest.Claim
	for i := range doc.Vendors {
		v := &doc.Vendors[i]
		if export != nil && v.Account.Or(export.organization) != export.organization {
			continue
		}
		for _, s := range switches {
			if s.rests(v) {
				list = append(list, manifest.Claim{Path: source.Derive(vendorPath(v, s.key), nil), Shown: source.Unsettled[bool](missing, nil)})
			}
		}
	}
	return list
}

func vendorPath(v *manifest.Vendor, key string) string { return "vendors[" + v.ID.Or("") + "]." + key }
