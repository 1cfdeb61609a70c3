package evidence_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/evidence"
	"readiness/internal/manifest"
)

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

func decode(t *testing.T, text string) *manifest.Doc {
	t.Helper()
	doc, err := manifest.Decode("m.yaml", []byte("readiness: 1\npractice: {name: P}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// folder makes a manifest's folder beside a secret it must not reach.
func folder(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "practice")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(dir, "evidence"), 0o755))
	must(os.WriteFile(filepath.Join(dir, "evidence", "baa.pdf"), []byte("the agreement"), 0o644))
	must(os.WriteFile(filepath.Join(dir, "evidence", "empty"), nil, 0o644))
	must(os.WriteFile(filepath.Join(top, "secret"), []byte("secret"), 0o644))
	must(os.Symlink("../../secret", filepath.Join(dir, "evidence", "out")))
	must(os.Symlink("baa.pdf", filepath.Join(dir, "evidence", "in")))
	must(syscall.Mkfifo(filepath.Join(dir, "evidence", "pipe"), 0o644))
	return dir
}

func TestInspect(t *testing.T) {
	dir := folder(t)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	secret := filepath.Join(filepath.Dir(dir), "secret")
	tests := []struct{ name, entry, state, note string }{
		{"the file that was meant", `file: evidence/baa.pdf, sha256: "` + sum("the agreement") + `"`, "matches", ""},
		{"in capitals", `file: evidence/baa.pdf, sha256: "` + strings.ToUpper(sum("the agreement")) + `"`, "matches", ""},
		{"another file", `file: evidence/baa.pdf, sha256: "` + sum("another") + `"`, "differs", ""},
		{"no such file", `file: evidence/none.pdf, sha256: "` + sum("x") + `"`, "missing", ""},
		{"no digest", `file: evidence/baa.pdf`, "undeclared", ""},
		{"kept elsewhere", `location: a shelf`, "elsewhere", ""},
		{"kept nowhere", `location: none`, "undeclared", ""},
		{"kept, but nobody knows where", `location: TBD`, "undeclared", ""},
		{"nothing in it", `file: evidence/empty, sha256: "` + sum("") + `"`, "missing", "it is empty"},
		{"a digest without its file", `location: a shelf, sha256: "` + sum("x") + `"`, "undeclared", ""},
		{"nothing", `title: x`, "undeclared", ""},
		{"up and out", `file: ../secret, sha256: "` + sum("secret") + `"`, "missing", "it is outside the manifest's folder"},
		{"down, up and out", `file: evidence/../../secret, sha256: "` + sum("secret") + `"`, "missing", "it is outside the manifest's folder"},
		{"absolute", `file: ` + secret + `, sha256: "` + sum("secret") + `"`, "missing", "it is outside the manifest's folder"},
		{"a link that leaves", `file: evidence/out, sha256: "` + sum("secret") + `"`, "missing", "path escapes from parent"},
		{"a link that stays", `file: evidence/in, sha256: "` + sum("the agreement") + `"`, "matches", ""},
		{"a folder", `file: evidence, sha256: "` + sum("x") + `"`, "missing", "it is not a plain file"},
		{"a pipe", `file: evidence/pipe, sha256: "` + sum("x") + `"`, "missing", "it is not a plain file"},
		{"roundabout", `file: ./evidence/./baa.pdf, sha256: "` + sum("the agreement") + `"`, "matches", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := decode(t, "evidence: [{id: d, "+tt.entry+"}]\n")
			notes := evidence.Inspect(doc, root.FS())
			if got := doc.Evidence[0].State.Or("undeclared"); got != tt.state {
				t.Errorf("state %s, want %s", got, tt.state)
			}
			if got := strings.Join(notes, ""); !strings.Contains(got, tt.note) || tt.note == "" && got != "" {
				t.Errorf("notes %q, want %q", got, tt.note)
			}
		})
	}
}

func TestInspectNothing(t *testing.T) {
	doc := decode(t, `evidence:
  - {id: a, file: a.pdf, sha256: "`+sum("x")+`"}
  - {id: b, file: b.pdf}
prompts:
  - {id: p, file: p.md, sha256: "`+sum("x")+`"}
  - {id: q}
`)
	if notes := evidence.Inspect(doc, nil); len(notes) > 0 {
		t.Errorf("notes: %v", notes)
	}
	got := []string{doc.Evidence[0].State.Or("undeclared"), doc.Evidence[1].State.Or("undeclared"), doc.Prompts[0].State.Or("undeclared"), doc.Prompts[1].State.Or("undeclared")}
	if diff := cmp.Diff([]string{"not_looked_at", "undeclared", "not_looked_at", "undeclared"}, got); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"prompts[q].file"}, doc.Prompts[1].State.Basis().Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

// counting is a folder that counts how often a file is opened.
type counting struct {
	fs.FS
	opened map[string]int
}

func (c counting) Open(name string) (fs.File, error) {
	c.opened[name]++
	return c.FS.Open(name)
}

// TestOnce reads a file once, however many documents and prompts name it, and however they write its name.
func TestOnce(t *testing.T) {
	doc, err := manifest.Decode("readiness.yaml", []byte(`readiness: 1
practice: {name: P}
evidence: [{id: a, file: doc.txt}, {id: b, file: ./doc.txt}, {id: c, file: 'x\..\doc.txt'}]
prompts: [{id: p, file: doc.txt}]
`))
	if err != nil {
		t.Fatal(err)
	}
	folder := counting{fstest.MapFS{"doc.txt": {Data: []byte("text")}}, map[string]int{}}
	evidence.Inspect(doc, folder)
	if n := folder.opened["doc.txt"]; n != 2 { // one of them is stat's
		t.Errorf("it was opened %d times", n)
	}
	for _, d := range doc.Evidence {
		if d.Actual.Or("") != doc.Prompts[0].Actual.Or("none") {
			t.Errorf("%s: SHA-256 %s", d.ID, d.Actual)
		}
	}
}
