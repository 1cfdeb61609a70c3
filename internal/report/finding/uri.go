package finding

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// URI is the URI reference of a file: a relative one for a relative path, so that the output is the same on every machine
// and a file of a repository is found in it.
func URI(file string) string {
	file = path.Clean(filepath.ToSlash(file))
	if onDrive(file) {
		file = "/" + file
	}
	u := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

// onDrive reports whether a path begins as Windows paths do, such as C:/clients.
func onDrive(file string) bool {
	return len(file) > 2 && file[1:3] == ":/" && 'a' <= file[0]|0x20 && file[0]|0x20 <= 'z'
}

// Link reports whether s is an absolute http or https URI as it must be written, the only kind worth a link.
func Link(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.String() == s
}
