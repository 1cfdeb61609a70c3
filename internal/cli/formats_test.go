package cli_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"readiness/internal/report"
	"readiness/internal/report/outline"
	"readiness/internal/report/text"
)

// allFormats are those the program knows. Every test here is for all of them, so that one that is added is tested too.
func allFormats() []report.Format { return report.Formats(text.Style{}, outline.Brand{}) }

// hostileNames are what a manifest may hold to steer, break or disguise a report, with what a reader must still see.
func hostileNames() map[string]struct{ name, seen string } {
	return map[string]struct{ name, seen string }{
		"script":        {`Elm</title></script><script>alert(1)</script><img src=x onerror=alert(1)>`, "Elm"},
		"formula":       {`=cmd|'/C calc'!A0`, "cmd|"},
		"other formula": {"@SUM(1+1)*cmd|' /C calc'!A0", "cmd|"},
		"escape":        {"Elm \x1b[31mred\x1b]0;title\x07", "Elm"},
		"override":      {"Elm \u202eteertS\u2066 evil", "evil"},
		"ten thousand":  {"Elm" + strings.Repeat("x", 9_997), "Elmxxxx"},
		"long":          {strings.Repeat("Elm Street ", 900), "Elm Street"},
		"right to left": {"عيادة الدردار", "عيادة"},
		"CJK":           {"榆樹街診所", "榆樹街診所"},
		"emoji":         {"Elm 🏥👩🏽‍⚕️ Street", "Elm"},
		"command":       {"Elm ::error file=x::y %0A##[set-env name=PATH]evil", "Elm"},
		"markdown":      {"[Elm](javascript:alert(1)) `x` | **b** @octocat #1 <b>", "Elm"},
	}
}

// manifestOf is a manifest in which a name stands wherever a practice may type.
func manifestOf(name string) string {
	quoted, err := json.Marshal(name)
	if err != nil {
		panic(err)
	}
	s := strings.NewReplacer("NAME", string(quoted), `\u003c`, "<", `\u003e`, ">").Replace
	return s(`readiness: 1
checklists: [mini@1]
practice: {name: NAME}
deployment: {name: NAME, stage: pilot}
people:
  - {id: a, name: NAME, role: NAME}
systems:
  - {id: s, name: NAME, kind: ehr}
  - {id: t, name: NAME, kind: model, vendor: v}
use_cases:
  - {id: u, name: NAME, purpose: NAME, owner: a}
data_flows:
  - {id: f, from: s, to: t, use_case: u, phi: identified}
vendors:
  - id: v
    name: NAME
    verified:
      - {fact: baa, by: a, date: 2026-01-01, method: contract_read, source: NAME}
evidence:
  - {id: e, title: NAME, location: NAME}
safeguards:
  automatic_logoff: {status: alternative, rationale: NAME, note: NAME}
attestations:
  - {requirement: mini/M-1, statement: NAME, by: a, signed_on: 2026-01-01, expires_on: 2026-12-31}
exceptions:
  - {requirement: mini/M-1, kind: accepted, reason: NAME, compensating: NAME, approved_by: a, approved_on: 2026-01-01, expires_on: 2026-12-31}
`)
}

func TestHostileManifestInEveryFormat(t *testing.T) {
	for label, hostile := range hostileNames() {
		t.Run(label, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "readiness.yaml")
			if err := os.WriteFile(file, []byte(manifestOf(hostile.name)), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"check", file, "--checklist-dir", "testdata/lists", "--exit-zero"}
			for _, f := range allFormats() {
				args = append(args, "--format", f.Name+"="+filepath.Join(folder, f.Name+f.Ext))
			}
			code, _, errs := run(t, args...)
			if refused := strings.Contains(errs, "control character"); refused && code == 2 {
				return // such a file is no manifest
			}
			if code != 0 {
				t.Fatalf("the exit code is %d: %s", code, errs)
			}
			for _, f := range allFormats() {
				t.Run(f.Name, func(t *testing.T) {
					data, err := os.ReadFile(filepath.Join(folder, f.Name+f.Ext))
					if err != nil {
						t.Fatal(err)
					}
					harmless(t, f.Ext, data)
					if all := readable(t, data); !strings.Contains(all, hostile.seen) && !few[f.Name] {
						t.Errorf("%q can't be read", hostile.seen)
					}
				})
			}
		})
	}
}

// few are formats that show no more of a practice than what is open, and may have nothing to show.
var few = map[string]bool{"github": true, "gitlab": true, "sarif": true, "junit": true, "csv": true}

// harmless checks what no format may hold: what ends a terminal's line of text, turns text around, runs, or counts.
func harmless(t *testing.T, ext string, data []byte) {
	t.Helper()
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		for name, part := range unzip(t, data) {
			if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
				continue
			}
			wellFormed(t, name, part)
			if regexp.MustCompile(`<f[ >/]`).Match(part) && strings.Contains(name, "sheet") || bytes.Contains(part, []byte("<script")) {
				t.Errorf("%s holds a formula or a script", name)
			}
			if strings.HasSuffix(name, ".rels") && regexp.MustCompile(`javascript:|file:|\\\\`).Match(part) {
				t.Errorf("%s leads somewhere it must not", name)
			}
		}
		return
	case bytes.HasPrefix(data, []byte("%PDF")):
		if regexp.MustCompile(`/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile)\b`).Match(stream.ReplaceAll(data, nil)) {
			t.Error("the PDF does something")
		}
		return
	}
	if !utf8.Valid(data) {
		t.Error("this is not UTF-8")
	}
	if i := bytes.IndexAny(data, "\x00\x07\x08\x1b\u009b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"); i >= 0 {
		t.Errorf("a control character is there as it is: %.60q", data[max(0, i-20):])
	}
	switch {
	case strings.HasSuffix(ext, "json") || ext == ".sarif":
		if !json.Valid(data) {
			t.Error("this is not JSON")
		}
	case ext == ".xml":
		wellFormed(t, "the file", data)
	case ext == ".html":
		if n := bytes.Count(data, []byte("<script")); n != 1 || bytes.Contains(data, []byte("<img")) {
			t.Errorf("there are %d scripts, or a picture", n)
		}
	case ext == ".csv":
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Error(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
					t.Errorf("a cell is a formula: %.40q", cell)
				}
			}
		}
	}
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(part); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

var (
	xmlTag    = regexp.MustCompile(`<[^<>]*>`)
	xmlValue  = regexp.MustCompile(`="([^"]*)"`)
	stream    = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	escaped   = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)
	spread    = regexp.MustCompile(`<br>|\\(.)`)
	hexString = regexp.MustCompile(`<FEFF([0-9A-F]*)>`)
)

// readable is all text of a file, whatever holds it: what a search in it would find, and what its other parts say.
func readable(t *testing.T, data []byte) string {
	t.Helper()
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		var all strings.Builder
		for name, part := range unzip(t, data) {
			fmt.Fprintln(&all, name, html.UnescapeString(xmlTag.ReplaceAllString(string(part), "")))
			for _, m := range xmlValue.FindAllStringSubmatch(string(part), -1) {
				fmt.Fprintln(&all, html.UnescapeString(m[1]))
			}
		}
		return all.String()
	case bytes.HasPrefix(data, []byte("%PDF")):
		all := string(stream.ReplaceAll(data, nil))
		for _, m := range stream.FindAllSubmatch(data, -1) {
			if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
				part, _ := io.ReadAll(z)
				all += "\n" + string(part)
			}
		}
		return all + "\n" + utf16Text(all)
	}
	s := html.UnescapeString(string(data))
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		var n rune
		fmt.Sscanf(e[2:], "%x", &n)
		return string(n)
	})
	return s + "\n" + spread.ReplaceAllString(s, "$1")
}

// utf16Text is the text that stands in a PDF in two bytes each, from either of both places.
func utf16Text(s string) string {
	var out strings.Builder
	for _, m := range hexString.FindAllStringSubmatch(s, -1) {
		var units []uint16
		for i := 0; i+4 <= len(m[1]); i += 4 {
			var u uint16
			fmt.Sscanf(m[1][i:i+4], "%x", &u)
			units = append(units, u)
		}
		out.WriteString(string(utf16.Decode(units)) + "\n")
	}
	for from := range 2 {
		var units []uint16
		for i := from; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		out.WriteString(string(utf16.Decode(units)) + "\n")
	}
	return out.String()
}

// TestRedactInEveryFormat puts names and addresses wherever riverbend has text, and looks for them in every output.
func TestRedactInEveryFormat(t *testing.T) {
	data, err := os.ReadFile("../../examples/riverbend/readiness.yaml")
	if err != nil {
		t.Fatal(err)
	}
	typed := regexp.MustCompile(`(?m)^( +(?:- )?(?:title|reason|compensating|statement|rationale|description|location|file|note|name): )([A-Za-z][^\n{}\[\]#:"]*?)( *#.*)?$`)
	lines := 0
	manifest := typed.ReplaceAllStringFunc(string(data), func(line string) string {
		m := typed.FindStringSubmatch(line)
		if strings.Contains(m[2], "Whitfield") || strings.Contains(m[1], "name:") && regexp.MustCompile(`^(Miguel|Dr|Priya|Tom|Dana|Jonah|Elena|Sam)`).MatchString(m[2]) {
			return line
		}
		lines++
		return m[1] + m[2] + " asked of Dana Whitfield and OSEI, dana.whitfield@riverbend.example" + m[3]
	})
	if lines < 20 {
		t.Fatalf("only %d lines name someone", lines)
	}
	folder := filepath.Join(t.TempDir(), "clients of dana")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "readiness.yaml")
	if err := os.WriteFile(file, []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"check", file, "--redact", "--exit-zero"}
	for _, f := range allFormats() {
		args = append(args, "--format", f.Name+"="+filepath.Join(folder, f.Name+f.Ext))
	}
	if code, _, errs := run(t, args...); code != 0 {
		t.Fatalf("the exit code is %d: %s", code, errs)
	}
	doc := decode(t, file)
	var names []string
	for i := range doc.People {
		names = append(names, doc.People[i].ID.Or(""))
		for _, part := range strings.Fields(doc.People[i].Name.Or("")) {
			if part != "Dr." {
				names = append(names, part)
			}
		}
	}
	for _, f := range allFormats() {
		t.Run(f.Name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, f.Name+f.Ext))
			if err != nil {
				t.Fatal(err)
			}
			all := readable(t, data)
			low := strings.ToLower(all)
			for _, name := range append(names, "@riverbend") {
				if at := wordIn(low, strings.ToLower(name)); at >= 0 {
					t.Errorf("someone is named: %q", low[max(0, at-80):min(len(low), at+40)])
				}
			}
			if !strings.Contains(all, "P01") {
				t.Error("nobody is shown at all")
			}
		})
	}
}

// wordIn is where a word stands by itself in a text, or -1.
func wordIn(text, word string) int {
	letter := func(c byte) bool { return 'a' <= c && c <= 'z' }
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		at, end := from+i, from+i+len(word)
		if (word[0] == '@' || at == 0 || !letter(text[at-1])) && (end == len(text) || !letter(text[end])) {
			return at
		}
		from = end
	}
}
