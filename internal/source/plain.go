package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxDepth is how deep mappings and lists may nest.
const maxDepth = 64

const (
	tooDeep     = "nested more than 64 levels deep"
	tooDeepHint = "a document needs far fewer; simplify this part"
)

// refuse finds what is YAML, but would make a document mean something else than its reader sees: aliases and anchors,
// tags, merge keys, keys that are not words or are written twice, and nesting no person writes.
func refuse(f *File, root *yaml.Node) Problems {
	p := plainness{file: f}
	p.node(root, 0)
	return p.problems
}

type plainness struct {
	file     *File
	problems Problems
	deep     bool // whether nesting was reported: once is enough
}

func (p *plainness) report(n *yaml.Node, message, hint string) {
	p.problems = append(p.problems, p.file.Problem(p.file.place(n), message, hint))
}

func (p *plainness) node(n *yaml.Node, depth int) {
	if p.deep || p.problems.Full() {
		return
	}
	if p.deep = depth > maxDepth; p.deep {
		p.report(n, tooDeep, tooDeepHint)
		return
	}
	switch {
	case n.Kind == yaml.AliasNode:
		p.report(n, "an alias (*"+n.Value+") stands in for a value", "write the value out; put text that begins with * in quotes")
	case n.Anchor != "":
		p.report(n, "an anchor (&"+n.Anchor+") is not read", "remove it; put text that begins with & in quotes")
	case n.Style&yaml.TaggedStyle != 0 || p.bang(n):
		p.report(n, "a YAML tag (!) is not read", "remove it; put text that begins with ! in quotes")
	}
	if n.Kind == yaml.MappingNode {
		p.keys(n)
	}
	for _, inner := range n.Content {
		p.node(inner, depth+1)
	}
}

// bang reports whether a ! stands before the value. The library drops a lone one without a trace.
func (p *plainness) bang(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || strings.HasPrefix(n.Value, "!") {
		return false
	}
	line := p.file.Line(n.Line)
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return strings.HasPrefix(line, "!")
}

func (p *plainness) keys(n *yaml.Node) {
	first := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !p.problems.Full(); i += 2 {
		key := n.Content[i]
		line, twice := first[key.Value]
		switch {
		case key.Tag == "!!merge":
			p.report(key, "a merge key (<<) is not read", "write the keys out")
		case key.Kind == yaml.MappingNode, key.Kind == yaml.SequenceNode:
			p.report(key, "a key must be a word, and this is "+found(key), "write it as key: value; put text that begins with [ or { in quotes")
		case key.Kind != yaml.ScalarNode:
		case twice:
			p.report(key, fmt.Sprintf("%q is written twice; the first is in line %d", clip(key.Value), line), "keep one of them")
		default:
			first[key.Value] = key.Line
		}
	}
}
