package source

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
)

// A File is a document that has been read, with the places of its values.
type File struct {
	Name  string
	Data  []byte
	lines []string
	// where each line's comment begins, if it has one
	comments map[int]int
	where    map[string]place
	said     []Said
}

type place struct {
	line, col int
	declared  bool // false for a key that was written without a value or as unknown
	inside    bool // whether a key or an item is written below
}

// Said is a single value that a document declares.
type Said struct {
	Path  string
	Field *Field // the one it belongs to
	Leaf  Leaf
}

// Said are the values that the file declares: as they follow each other in it and, in groups of names and values, by
// name.
func (f *File) Said() []Said { return f.said }

// Declares reports whether path was written and is not empty. Paths look like vendors[anthropic].baa.status; see
// ItemNames for what stands in brackets.
func (f *File) Declares(path string) bool { return f.where[path].declared }

// Mentions reports whether path was written, with or without a value.
func (f *File) Mentions(path string) bool {
	_, ok := f.where[path]
	return ok
}

// HasInside reports whether a key or an item is written below path.
func (f *File) HasInside(path string) bool { return f.where[path].inside }

// Pos returns where path was written. If it was not, Pos returns its nearest written ancestor, so that a report
// always points to a place its reader can act on.
func (f *File) Pos(path string) Pos {
	for path != "" {
		if p, ok := f.where[path]; ok {
			return Pos{f.Name, p.line, p.col}
		}
		path = Parent(path)
	}
	return Pos{f.Name, 1, 1}
}

// Lines is how many lines the file has.
func (f *File) Lines() int { return len(f.lines) }

// Line returns the text of a line, from 1; "" outside the file. Reports show it as Shown does.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return f.lines[n-1]
}

// Problem returns a problem at pos, with the source line to show.
func (f *File) Problem(pos Pos, message, hint string) Problem {
	return Problem{Pos: pos, Message: message, Hint: hint, Excerpt: f.Line(pos.Line)}
}

// Parent is the path of the object or list that holds path; "" at the top.
func Parent(path string) string {
	end := "."
	if strings.HasSuffix(path, "]") {
		end = "["
	}
	return path[:max(strings.LastIndex(path, end), 0)]
}

// Cause is the reason in an error of the operating system, in plain words and without the operation and the path again.
func Cause(err error) string {
	var number syscall.Errno
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or folder"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case errors.Is(err, syscall.ENOTDIR):
		return "a file stands where a folder should be"
	case errors.Is(err, syscall.ELOOP):
		return "its links lead in a circle"
	case errors.As(err, &number):
		return strings.ToLower(number.Error())
	}
	return err.Error()
}

// Join is the path of an object's key.
func Join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// split cuts vendors[a.b].baa.status into vendors, [a.b], baa, status.
func split(path string) []string {
	parts := make([]string, 0, 8)
	for path != "" {
		part, rest := cut(path)
		if part != "" {
			parts = append(parts, part)
		}
		path = rest
	}
	return parts
}

// cut takes the first part off a path.
func cut(path string) (part, rest string) {
	if path[0] == '[' {
		if end := strings.IndexByte(path, ']'); end >= 0 {
			return path[:end+1], path[end+1:]
		}
		return "", path[1:]
	}
	end := strings.IndexAny(path, ".[")
	switch {
	case end < 0:
		return path, ""
	case path[end] == '.':
		return path[:end], path[end+1:]
	}
	return path[:end], path[end:]
}
