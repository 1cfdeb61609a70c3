package oscal

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"

	types "github.com/defenseunicorns/go-oscal/src/types/oscal-1-2-2"

	"readiness/internal/report/gfm"
	"readiness/internal/source"
)

// namespace is that of our property names. Names of NIST have none.
const namespace = "urn:readiness:oscal"

// plain is s as a string of OSCAL: one line, printable, without space at its ends. It may come out empty.
func plain(s string) string { return strings.TrimSpace(source.Printable(s)) }

// markup is s as markup of OSCAL, which is Markdown. It is never empty.
func markup(s string) string {
	if s = gfm.Escape(s); s != "" {
		return s
	}
	return "-"
}

// paragraphs is several texts as markup, without the empty ones.
func paragraphs(list ...string) string {
	var out []string
	for _, s := range list {
		if s = gfm.Escape(s); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n\n")
}

// props are properties in our namespace, given as names and values in turn. Those without a value are left out.
func props(pairs ...string) *[]types.Property {
	var list []types.Property
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := plain(pairs[i+1]); value != "" {
			list = append(list, types.Property{Name: pairs[i], Ns: namespace, Value: value})
		}
	}
	return some(list)
}

// some is a list of the schema, which may be absent but not empty.
func some[T any](list []T) *[]T {
	if len(list) == 0 {
		return nil
	}
	return &list
}

// flag is the value of a property that only stands where it is true.
func flag(b bool) string {
	if b {
		return "true"
	}
	return ""
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// day is a date of the report as the moment it begins, in UTC. The schema knows the years 1900 to 2999.
func day(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil && t.Year() >= 1900 && t.Year() < 3000
}

// endOf is the last second of a date of the report, or nil when it has none.
func endOf(s string) *time.Time {
	t, ok := day(s)
	if !ok {
		return nil
	}
	t = t.Add(24*time.Hour - time.Second)
	return &t
}

// ids makes the identifiers of one document. The same subject has the same one in every report on a deployment, as OSCAL
// asks for.
type ids struct {
	space  string
	uuids  map[string]bool
	tokens map[string]bool
}

// urls is the name space of URLs (RFC 9562, section 6.6).
const urls = "6ba7b811-9dad-11d1-80b4-00c04fd430c8"

func newIDs(practice, deployment string) *ids {
	return &ids{uuid(urls, "urn:readiness:"+practice+"\x00"+deployment), map[string]bool{}, map[string]bool{}}
}

// uuid is the identifier of a subject, which its words tell apart from others. Should they not, a number does.
func (s *ids) uuid(words ...string) string {
	name := strings.Join(words, "\x00")
	id := uuid(s.space, name)
	for n := 2; s.uuids[id]; n++ {
		id = uuid(s.space, fmt.Sprintf("%s\x00%d", name, n))
	}
	s.uuids[id] = true
	return id
}

// uuid is the UUID of version 5 of a name in a name space (RFC 9562, section 5.5).
func uuid(space, name string) string {
	raw, err := hex.DecodeString(strings.ReplaceAll(space, "-", ""))
	if err != nil {
		panic("oscal: " + err.Error()) // name spaces are UUIDs of this package
	}
	sum := sha1.Sum(append(raw, name...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// token is the id of a requirement as a token: hipaa/164.308(b)(1) is hipaa_164.308-b-1. No two are alike in a document.
func (s *ids) token(id string) string {
	var b strings.Builder
	for _, r := range id {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), strings.ContainsRune("._-", r):
			b.WriteRune(r)
		case r == '/':
			b.WriteByte('_')
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := strings.TrimRight(b.String(), "-")
	if first := []rune(base + " ")[0]; !unicode.IsLetter(first) && first != '_' {
		base = "_" + base
	}
	token := base
	for n := 2; s.tokens[token]; n++ {
		token = fmt.Sprintf("%s-%d", base, n)
	}
	s.tokens[token] = true
	return token
}
