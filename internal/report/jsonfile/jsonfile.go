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

// Write writes v, indented. Control and format characters, which a terminal or an editor would obey rather than show, are
// escaped; the value stays the same.
func Write(w io.Writer, v any) error {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(visible(out.Bytes()))
	return err
}

// visible escapes characters that only texts of a JSON file can hold.
func visible(data []byte) []byte {
	var out bytes.Buffer
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r >= utf8.RuneSelf && unicode.In(r, unicode.Cc, unicode.Cf) {
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&out, "\\u%04x", unit)
			}
		} else {
			out.Write(data[:n])
		}
		data = data[n:]
	}
	return out.Bytes()
}
