package finding

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// drive matches a Windows path such as C:/clients.
var drive = regexp.MustCompile(`^[A-Za-z]:/`)

// URI is the URI reference of a file: a relative one for a relative path, so that the output is the same on every machine
// and a file of a repository is found in it.
func URI(file string) string {
	file = path.Clean(filepath.ToSlash(file))
	if drive.MatchString(file) {
		file = "/" + file
	}
	u := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

// Link reports whether s is an absolute http or https URI as it must be written, the only kind worth a link.
func Link(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.String() == s
}
