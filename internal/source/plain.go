package source

import (
	"fmt"
	"strings"

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
	r := refuser{file: f}
	r.node(root, 0)
	return r.problems
}

type refuser struct {
	file     *File
	problems Problems
	deep     bool // whether nesting was reported: once is enough
	line     int
	runes    []rune // of the line, if it has a !
}

func (r *refuser) report(n *yaml.Node, message, hint string) {
	r.problems = append(r.problems, r.file.Problem(r.file.at(n), message, hint))
}

func (r *refuser) node(n *yaml.Node, depth int) {
	if r.deep || r.problems.Full() {
		return
	}
	if r.deep = depth > maxDepth; r.deep {
		r.report(n, tooDeep, tooDeepHint)
		return
	}
	switch {
	case n.Kind == yaml.AliasNode:
		r.report(n, "an alias (*"+n.Value+") stands in for a value", "write the value out; put text that begins with * in quotes")
	case n.Anchor != "":
		r.report(n, "an anchor (&"+n.Anchor+") is not read", "remove it; put text that begins with & in quotes")
	case n.Style&yaml.TaggedStyle != 0 || r.bang(n):
		r.report(n, "a YAML tag (!) is not read", "remove it; put text that begins with ! in quotes")
	}
	if n.Kind == yaml.MappingNode {
		r.keys(n)
	}
	for _, inner := range n.Content {
		r.node(inner, depth+1)
	}
}

// bang reports whether a ! stands before the value. The library drops a lone one without a trace.
func (r *refuser) bang(n *yaml.Node) bool {
	if n.Line != r.line { // lines come in order, and can be long
		r.line, r.runes = n.Line, nil
		if line := r.file.Line(n.Line); strings.Contains(line, "!") {
			r.runes = []rune(line)
		}
	}
	return n.Kind == yaml.ScalarNode && n.Style == 0 && n.Column <= len(r.runes) && r.runes[n.Column-1] == '!'
}

func (r *refuser) keys(n *yaml.Node) {
	first := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !r.problems.Full(); i += 2 {
		key := n.Content[i]
		line, twice := first[key.Value]
		switch {
		case key.Tag == "!!merge":
			r.report(key, "a merge key (<<) is not read", "write the keys out")
		case key.Kind == yaml.MappingNode, key.Kind == yaml.SequenceNode:
			r.report(key, "a key must be a word, and this is "+found(key), "write it as key: value; put text that begins with [ or { in quotes")
		case key.Kind != yaml.ScalarNode:
		case twice:
			r.report(key, fmt.Sprintf("%q is written twice; the first is in line %d", clip(key.Value), line), "keep one of them")
		default:
			first[key.Value] = key.Line
		}
	}
}
