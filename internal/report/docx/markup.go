package docx

import (
	"bytes"
	"encoding/xml"
)

// node is an element with its attributes and what is in it. All text goes through write, which escapes it.
type node struct {
	name  string
	attrs []string // names and values in turn
	kids  []node
	text  string
}

func el(name string, kids ...node) node { return node{name: name, kids: kids} }

// val is an element whose one attribute says it all.
func val(name, value string) node { return el(name).set("w:val", value) }

// words is an element that holds text, blanks included.
func words(name, s string) node {
	n := el(name).set("xml:space", "preserve")
	n.text = s
	return n
}

// set adds attributes: names and values in turn.
func (n node) set(pairs ...string) node {
	n.attrs = append(n.attrs[:len(n.attrs):len(n.attrs)], pairs...)
	return n
}

func (n node) write(out *bytes.Buffer) {
	out.WriteString("<" + n.name)
	for i := 0; i+1 < len(n.attrs); i += 2 {
		out.WriteString(" " + n.attrs[i] + `="`)
		xml.EscapeText(out, []byte(n.attrs[i+1]))
		out.WriteString(`"`)
	}
	if n.text == "" && len(n.kids) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	xml.EscapeText(out, []byte(n.text))
	for _, k := range n.kids {
		k.write(out)
	}
	out.WriteString("</" + n.name + ">")
}

// document is a part of the file with root as its element.
func document(root node) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	root.write(&out)
	return out.Bytes()
}
