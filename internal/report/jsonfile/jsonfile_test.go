package jsonfile_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/report/jsonfile"
)

func TestWrite(t *testing.T) {
	for _, test := range []struct {
		name string
		v    any
		want string
	}{
		{"indented", map[string]any{"a": []string{}, "b": "<&>"}, "{\n  \"a\": [],\n  \"b\": \"<&>\"\n}\n"},
		{"what can't be seen", "a\u202eb\u200b\u0085é\U000e0041\u0000", `"a\u202eb\u200b\u0085é\udb40\udc41\u0000"` + "\n"},
		{"not UTF-8", "a\xffb", `"a\ufffdb"` + "\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := jsonfile.Write(&out, test.v); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Errorf("mismatch (-want +got)\n%s", diff)
			}
		})
	}
}

// A file that nobody will read is written without indentation, and holds the same.
func TestWriteLarge(t *testing.T) {
	v := []string{strings.Repeat("x", 9<<20), "a\u202eb"}
	var out bytes.Buffer
	if err := jsonfile.Write(&out, v); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 1 {
		t.Errorf("it has %d lines", n)
	}
	var got []string
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(v, got); diff != "" {
		t.Error("it holds something else")
	}
}
