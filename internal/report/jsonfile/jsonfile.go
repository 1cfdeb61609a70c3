// Package jsonfile writes JSON files as every format that is JSON does.
package jsonfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxIndented is how large a file is indented for people. Nobody reads a larger one, and indented it has twice the size.
const maxIndented = 8 << 20

// Write writes v, indented unless it is very large. Control and format characters, which a terminal or an editor would
// obey rather than show, are escaped; the value stays the same.
func Write(w io.Writer, v any) error {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	if out.Len() <= maxIndented {
		var indented bytes.Buffer
		if err := json.Indent(&indented, out.Bytes(), "", "  "); err != nil {
			return err
		}
		out = indented
	}
	_, err := w.Write(visible(out.Bytes()))
	return err
}

// visible escapes characters that only texts of a JSON file can hold.
func visible(data []byte) []byte {
	var out bytes.Buffer
	for {
		i := bytes.IndexFunc(data, unseen)
		if i < 0 {
			break
		}
		r, n := utf8.DecodeRune(data[i:])
		out.Write(data[:i])
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&out, "\\u%04x", unit)
		}
		data = data[i+n:]
	}
	if out.Len() == 0 {
		return data
	}
	return append(out.Bytes(), data...)
}

func unseen(r rune) bool { return r >= utf8.RuneSelf && unicode.In(r, unicode.Cc, unicode.Cf) }
