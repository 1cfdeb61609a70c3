package sarif

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"readiness/internal/source"
)

// line is text of one line in which nothing steers a terminal. It is made so when it is written.
type line string

// MarshalText is the line as it is written.
func (l line) MarshalText() ([]byte, error) { return []byte(source.Printable(string(l))), nil }

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

// clip cuts s to at most n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// drive matches a Windows path such as C:/clients.
var drive = regexp.MustCompile(`^[A-Za-z]:/`)

// reference is the URI of a file: a relative reference for a relative path, so that the output is the same on every
// machine and GitHub finds the file in the repository.
func reference(file string) string {
	file = path.Clean(file)
	if drive.MatchString(file) {
		file = "/" + file
	}
	u := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

// absolute reports whether s is an absolute http or https URI, the only kind worth a link.
func absolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.String() == s
}
