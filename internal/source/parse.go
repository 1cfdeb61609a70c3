package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// MaxBytes is the largest document that is read.
const MaxBytes = 512 << 10

// Parse reads the one YAML document of data without decoding it.
func Parse(name string, data []byte) (*Tree, error) {
	f := &File{Name: name, Data: data}
	text, err := f.text()
	if err != nil {
		return nil, stops(err)
	}
	root, err := f.root(text)
	if err != nil {
		return nil, stops(err)
	}
	f.comments = comments(f.lines, root)
	return &Tree{file: f, root: root, refused: refuse(f, root)}, nil
}

// stops marks the mistake in a line that kept the document from being read.
func stops(err error) error {
	var problems Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].Stops = problems[i].Pos.IsValid()
		}
	}
	return err
}

// text returns the file's text without a byte order mark and with \n as its line ends. A character that YAML forbids,
// or that would end a line where no reader sees one, is refused here, because only here its place is known.
func (f *File) text() (string, error) {
	switch {
	case len(f.Data) > MaxBytes:
		return "", f.whole("the file is larger than 512 KiB", "a document has a few hundred lines; is this the right file?")
	case bytes.HasPrefix(f.Data, []byte("\xff\xfe")), bytes.HasPrefix(f.Data, []byte("\xfe\xff")):
		return "", f.whole("the file is UTF-16 text", "save it as UTF-8")
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(f.Data), "\ufeff"), "\r\n", "\n")
	f.lines = strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n")
	for i, r := range text {
		if ' ' <= r && r <= '~' || r == '\n' {
			continue // nearly all are
		}
		if message, hint := forbidden(r, text[i:]); message != "" {
			return "", Problems{f.Problem(f.behind(text[:i]), message, hint)}
		}
	}
	return text, nil
}

// behind is the place behind the beginning of the file's text.
func (f *File) behind(text string) Pos {
	line := text[strings.LastIndex(text, "\n")+1:]
	return Pos{f.Name, strings.Count(text, "\n") + 1, utf8.RuneCountInString(line) + 1}
}

// forbidden says what is wrong with the character r at the beginning of rest, if anything (YAML 1.2.2, section 5.1).
// A lone CR, NEL, LS and PS are allowed, but YAML versions and editors disagree on whether they end a line.
func forbidden(r rune, rest string) (message, hint string) {
	switch {
	case r == utf8.RuneError && !strings.HasPrefix(rest, "\uFFFD"):
		return "not UTF-8 text", "save the file as UTF-8"
	case r == 0:
		return "a NUL byte", "save the file as UTF-8 text; this may be UTF-16, or no text at all"
	case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
		return fmt.Sprintf("an invisible line break (U+%04X)", r), "delete it, and press Enter if the line should end here"
	case r != '\n' && r != '\t' && unicode.IsControl(r), r == '\ufeff', r == '\ufffe', r == '\uffff':
		return fmt.Sprintf("an invisible control character (U+%04X)", r), "delete it"
	}
	return "", ""
}

// root returns the top node of the one document in text.
func (f *File) root(text string) (*yaml.Node, error) {
	docs, err := documents(text)
	switch {
	case err != nil:
		return nil, f.syntax(err)
	case len(docs) > 1:
		return nil, Problems{f.Problem(Pos{f.Name, docs[1].Line, 1}, "a second document begins here", "keep one document in a file; remove the line ---")}
	case len(docs) == 0 || isNull(docs[0].Content[0]):
		return nil, f.whole("nothing is written in this file", "it is empty or holds only comments")
	}
	return docs[0].Content[0], nil
}

// documents parses text, as far as a second document. The YAML library is known to panic on some malformed input;
// that is an error here.
func documents(text string) (docs []*yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("unbalanced quotes or brackets")
		}
	}()
	dec := yaml.NewDecoder(strings.NewReader(text))
	for len(docs) < 2 {
		var doc yaml.Node
		switch err := dec.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return docs, err
		}
		docs = append(docs, &doc)
	}
	return docs, nil
}

// whole is a problem of the file as a whole.
func (f *File) whole(message, hint string) error {
	return Problems{{Pos: Pos{File: f.Name}, Message: message, Hint: hint}}
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || strings.TrimSpace(n.Value) == "")
}
