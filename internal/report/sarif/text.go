package sarif

import (
	"bytes"
	"cmp"
	"strings"

	"readiness/internal/report/finding"
	"readiness/internal/source"
)

type line = finding.Line

// message is one line of a plain-text message (section 3.11.3). It is never empty, as the schema demands.
type message string

// meaningful are the characters that mean something in a message: braces stand for an argument and are doubled
// (section 3.11.5), and "](" makes a link, so it is broken up (section 3.11.6).
var meaningful = strings.NewReplacer("{", "{{", "}", "}}", "](", "] (")

// MarshalText is the message as it is written.
func (m message) MarshalText() ([]byte, error) {
	return []byte(meaningful.Replace(cmp.Or(strings.TrimSpace(source.Printable(string(m))), "-"))), nil
}

type text struct {
	Text message `json:"text"`
}

type help struct {
	Text     lines    `json:"text"`
	Markdown markdown `json:"markdown"`
}

// lines is a plain-text message of several lines.
type lines []message

// MarshalText is the message as it is written.
func (l lines) MarshalText() ([]byte, error) {
	var out [][]byte
	for _, m := range l {
		b, err := m.MarshalText()
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return bytes.Join(out, []byte("\n")), nil
}

// markdown is a formatted message (section 3.11.4) whose parts are escaped already. Braces are doubled here too.
type markdown string

// MarshalText is the message as it is written.
func (m markdown) MarshalText() ([]byte, error) {
	return []byte(strings.NewReplacer("{", "{{", "}", "}}").Replace(string(m))), nil
}
