package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// parse reads data into the root node of its one document.
func parse(name string, data []byte) (*File, *yaml.Node, error) {
	f := &File{Name: name, Data: data, where: map[string]place{}, inside: map[string]bool{}}
	if len(data) > MaxBytes {
		return f, nil, f.whole("the file is larger than 1 MiB", "a document has a few hundred lines; is this the right file?")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return f, nil, f.notText(data)
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	f.lines = strings.Split(string(data), "\n")
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return f, nil, f.at(data, i, "a NUL byte", "save the file as UTF-8 text")
	}
	if line, ok := tooDeep(f.lines); ok {
		return f, nil, f.problems(Pos{name, line, 1}, fmt.Sprintf("nested more than %d levels deep", MaxDepth), "a document needs far fewer; simplify this part")
	}
	node, err := f.root(data)
	return f, node, err
}

// root returns the top node of the one document in data.
func (f *File) root(data []byte) (node *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil { // yaml.v3 is known to panic on some malformed input
			err = f.whole("the file can't be read as YAML", "look for unbalanced quotes and brackets")
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, f.whole("the file is empty", "an empty file declares nothing")
	case err != nil:
		return nil, f.syntax(err)
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) && doc.Content[0].Style&yaml.TaggedStyle == 0 {
		return nil, f.whole("the file is empty", "an empty file declares nothing")
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF):
		return doc.Content[0], nil
	case err != nil:
		return nil, f.syntax(err)
	}
	return nil, f.problems(Pos{f.Name, max(second.Line, 1), 1}, "a second document begins here", "keep one document a file; remove the line ---")
}

func (f *File) problems(pos Pos, message, hint string) error {
	return Problems{f.Problem(pos, message, hint)}
}

// whole is a problem of the file as a whole.
func (f *File) whole(message, hint string) error {
	return Problems{{Pos: Pos{File: f.Name}, Message: message, Hint: hint}}
}

func (f *File) notText(data []byte) error {
	bad := 0
	for bad < len(data) {
		r, size := utf8.DecodeRune(data[bad:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		bad += size
	}
	f.lines = strings.Split(strings.ToValidUTF8(string(data), "\uFFFD"), "\n")
	return f.at(data, bad, "not UTF-8 text", "save the file as UTF-8")
}

// at is a problem at a byte offset.
func (f *File) at(data []byte, offset int, message, hint string) error {
	before := data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	pos := Pos{f.Name, bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1}
	return f.problems(pos, message, hint)
}

// tooDeep finds a line that nests deeper than any document may, cheaply and before the YAML library sees it: by
// indentation and by brackets opened. Brackets inside text count too, so the limit is generous; the exact one is
// checked while decoding.
func tooDeep(lines []string) (int, bool) {
	for i, line := range lines {
		open := 0
		for _, c := range []byte(line) {
			switch c {
			case '[', '{':
				if open++; open > 4*MaxDepth {
					return i + 1, true
				}
			case ']', '}':
				open = max(open-1, 0)
			}
		}
		if len(line)-len(strings.TrimLeft(line, " -?")) > 16*MaxDepth {
			return i + 1, true
		}
	}
	return 0, false
}

var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// plainWords says what the YAML library's messages mean. The first that is part of a message applies.
var plainWords = []struct{ part, message, hint string }{
	{"found character that cannot start any token", "this character can't begin a value", "indent with spaces, not tabs; put text that begins with @ ` or % in quotes"},
	{"mapping values are not allowed", "a colon where none can be", "put text that holds \": \" in quotes; check the indentation of this line and the one before"},
	{"did not find expected ',' or ']'", "a list [ ... ] is not closed", "add the missing ] or comma"},
	{"did not find expected ',' or '}'", "a group { ... } is not closed", "add the missing } or comma; put text with commas in quotes"},
	{"did not find expected '-' indicator", "this line is not part of the list above", "check its indentation; items of one list begin in the same column"},
	{"did not find expected key", "this line is not part of the group above", "check its indentation; keys of one group begin in the same column"},
	{"could not find expected ':'", "a key without a colon", "write key: value"},
	{"found unexpected end of stream", "a quoted text is not closed", "add the missing quote"},
	{"found unknown escape character", "an unknown \\ escape in double quotes", "use single quotes for text that holds \\"},
	{"unknown anchor", "an alias (*) stands in for a value", "write the value out; put text that begins with * in quotes"},
	{"exceeded max depth", "nested too deep", "simplify this part"},
	{"control characters are not allowed", "a control character", "remove it; save the file as plain UTF-8 text"},
}

// syntax turns an error of the YAML library into a problem with a place.
func (f *File) syntax(err error) error {
	m := yamlError.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return f.whole("the file can't be read as YAML", "look for unbalanced quotes and brackets")
	}
	line, _ := strconv.Atoi(m[1])
	message, hint := "the file can't be read as YAML: "+m[2], ""
	for _, w := range plainWords {
		if strings.Contains(m[2], w.part) {
			message, hint = w.message, w.hint
			break
		}
	}
	pos := f.locate(line, m[2])
	return f.problems(pos, message, hint)
}

// locate corrects the line the YAML library names: it counts from 0 in some messages and names the line after the
// mistake in others. Tabs in the indentation are looked for first, as the commonest cause.
func (f *File) locate(line int, message string) Pos {
	for i, text := range f.lines {
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 && strings.Contains(message, "cannot start any token") {
			return Pos{f.Name, i + 1, tab + 1}
		}
	}
	line = min(max(line, 1), max(len(f.lines), 1))
	for line > 1 && strings.TrimSpace(f.lines[line-1]) == "" {
		line--
	}
	text := f.lines[line-1]
	return Pos{f.Name, line, utf8.RuneCountInString(text[:len(text)-len(strings.TrimLeft(text, " "))]) + 1}
}
