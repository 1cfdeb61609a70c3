package ooxml

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"readiness/internal/report/outline"
)

// Node is an element. All text goes through write, which escapes it.
type Node struct {
	Name  string
	Attrs []string // names and values in turn
	Text  string
	Kids  []Node
}

// El is an element with others in it.
func El(name string, kids ...Node) Node { return Node{Name: name, Kids: kids} }

// Words is an element that holds text, blanks included.
func Words(name, s string) Node {
	n := El(name).Set("xml:space", "preserve")
	n.Text = s
	return n
}

// Set adds attributes: names and values in turn.
func (n Node) Set(pairs ...string) Node {
	n.Attrs = append(n.Attrs[:len(n.Attrs):len(n.Attrs)], pairs...)
	return n
}

// Num is a number as attributes hold it.
func Num(n int) string { return strconv.Itoa(n) }

// Hex is a colour as attributes hold it.
func Hex(c outline.Color) string { return strings.ToUpper(strings.TrimPrefix(c.String(), "#")) }

func (n Node) write(out *bytes.Buffer) {
	out.WriteString("<" + n.Name)
	for i := 0; i+1 < len(n.Attrs); i += 2 {
		out.WriteString(" " + n.Attrs[i] + `="`)
		xml.EscapeText(out, []byte(n.Attrs[i+1]))
		out.WriteString(`"`)
	}
	if n.Text == "" && len(n.Kids) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	xml.EscapeText(out, []byte(n.Text))
	for _, k := range n.Kids {
		k.write(out)
	}
	out.WriteString("</" + n.Name + ">")
}

// XML is a part of a file with root as its element.
func XML(root Node) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	root.write(&out)
	return out.Bytes()
}
