package source_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readiness/internal/source"
)

// TestValues reads single values of every kind; nil is undeclared. What is not read is in testdata/manifests/bad.
func TestValues(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for doc, want := range map[string]any{
		"name: text":             "text",
		"name: 'quoted'":         "quoted",
		`name: "a\tb"`:           "a\tb",
		"name: |\n  a\n  b":      "a\nb\n",
		"name: >-\n  a\n  b":     "a b",
		"name: \"7\"":            "7",
		"name: unknown":          nil,
		"name: unknown to us":    "unknown to us",
		"name: yes":              "yes",
		"name: 2026-01-31":       "2026-01-31",
		"name: 12:30":            "12:30",
		"name: 1.2.3":            "1.2.3",
		"name: null":             nil,
		"name: \"null\"":         "null",
		"name: \"\"":             nil,
		"name: '  '":             nil,
		"name:":                  nil,
		"word: one":              "one",
		"word: unknown":          nil,
		"who: someone":           "someone",
		"who: unknown":           nil,
		"flag: true":             true,
		"flag: false":            false,
		"flag: unknown":          nil,
		"flag: 'unknown'":        nil,
		"int: 0":                 int64(0),
		"int: -12":               int64(-12),
		"int: 999999999999999":   int64(999999999999999),
		"int: unknown":           nil,
		"number: 0.25":           0.25,
		"number: 3":              3.0,
		"number: -0.5":           -0.5,
		"number: unknown":        nil,
		"date: 2026-01-31":       day(2026, 1, 31),
		"date: '2028-02-29'":     day(2028, 2, 29),
		"date: 1900-01-01":       day(1900, 1, 1),
		"date: 2199-12-31":       day(2199, 12, 31),
		"date: unknown":          nil,
		"span: none":             source.Days(0),
		"span: 0d":               source.Days(0),
		"span: 30d":              source.Days(30),
		"span: 6m":               source.Days(180),
		"span: 7y":               source.Days(2555),
		"span: 999999d":          source.Days(999999),
		"span: until_deleted":    source.Unlimited,
		"span: indefinite":       source.Unlimited,
		"span: unknown":          nil,
		"code: a && b":           "a && b",
		"code: |\n  a &&\n    b": "a &&\n  b",
	} {
		t.Run(doc, func(t *testing.T) {
			s, _ := decode(t, doc+"\nitem: {id: x}\n") // so that something is declared
			var got any
			for _, leaf := range []source.Leaf{s.Name, s.Word, s.Who, s.Flag, s.Int, s.Number, s.Date, s.Span, s.Code} {
				if leaf.Declared() {
					got = leaf.Any()
				}
			}
			if script, ok := got.(source.Script); ok {
				got = script.Text
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestIDs reads ids with each character, and of each length: those are read that the schema's pattern allows, but for the
// word unknown.
func TestIDs(t *testing.T) {
	var schema struct {
		Defs struct {
			Item struct {
				Properties struct{ ID struct{ Pattern string } }
			} `json:"item"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(source.Schema(sampleType, "", "", ""), &schema); err != nil {
		t.Fatal(err)
	}
	allowed := regexp.MustCompile(schema.Defs.Item.Properties.ID.Pattern)
	ids := []string{"known", "é", "a\u00e9", strings.Repeat("a", 64), strings.Repeat("a", 65)}
	for c := ' '; c <= '~'; c++ {
		ids = append(ids, string(c), "a"+string(c)+"b", "a"+string(c), string(c)+"b")
	}
	read := 0
	for _, id := range ids {
		if strings.TrimSpace(id) == "" {
			continue // says nothing
		}
		_, err := source.Decode("s.yaml", []byte("items: [{id: "+strconv.Quote(id)+"}]"), sampleType, &sample{})
		if want := allowed.MatchString(id); want != (err == nil) {
			t.Errorf("%q: allowed: %t, and %v", id, want, err)
		}
		if err == nil {
			read++
		}
	}
	if read < 200 || read == len(ids) {
		t.Errorf("%d of %d ids are read", read, len(ids))
	}
	if _, err := source.Decode("s.yaml", []byte("items: [{id: unknown}]"), sampleType, &sample{}); err == nil {
		t.Error("unknown is an id")
	}
}
