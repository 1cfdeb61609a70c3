package source

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Shown returns the text of a line, from 1, as others may see it: without its comment, which its author wrote for
// nobody else.
func (f *File) Shown(n int) string {
	line := f.Line(n)
	if at, ok := f.comments[n]; ok {
		return strings.TrimRight(line[:at], " \t")
	}
	return line
}

// comments finds the comments in lines, of which root was read: for the number of a line, the byte at which its comment
// begins. The YAML library knows where each value begins, so what is inside of one is never taken for a comment.
func comments(lines []string, root *yaml.Node) map[int]int {
	c := commentFinder{lines: lines, found: map[int]int{}}
	values := scalars(root, nil)
	for i, n := range values {
		switch {
		case !c.lookTo(n.Line-1, c.byteAt(n)):
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			c.skipBlock(values[i+1:])
		case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
			c.skipQuoted()
		case strings.HasPrefix(c.rest(), n.Value):
			c.at += len(n.Value)
		}
	}
	c.lookTo(len(lines), 0)
	return c.found
}

// scalars adds the single values below n that were written, as they follow each other.
func scalars(n *yaml.Node, list []*yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && (n.Value != "" || n.Style != 0) {
		return append(list, n)
	}
	for _, inner := range n.Content {
		list = scalars(inner, list)
	}
	return list
}

// A commentFinder has looked at lines, from 0, as far as a line and a byte in it.
type commentFinder struct {
	lines    []string
	line, at int
	found    map[int]int
	counted  Pos // the place that byteAt counted to, and at which byte that is
	bytes    int
}

func (c *commentFinder) rest() string {
	if c.line >= len(c.lines) {
		return ""
	}
	return c.lines[c.line][min(c.at, len(c.lines[c.line])):]
}

// byteAt is the byte of its line at which n begins. It counts on from the value before, as a line can be very long.
func (c *commentFinder) byteAt(n *yaml.Node) int {
	if n.Line > len(c.lines) {
		return 0
	}
	if n.Line != c.counted.Line || n.Column < c.counted.Col {
		c.counted, c.bytes = Pos{Line: n.Line, Col: 1}, 0
	}
	line := c.lines[n.Line-1]
	c.bytes = len(line) - len(skip(line[c.bytes:], n.Column-c.counted.Col))
	c.counted.Col = n.Column
	return c.bytes
}

// lookTo looks for comments up to a place with no value before it, and reports whether it came there. Only text that
// goes on from an earlier line can be on the way, and in it a # begins a comment after white space only.
func (c *commentFinder) lookTo(line, at int) bool {
	for ; c.line < min(line, len(c.lines)); c.line, c.at = c.line+1, 0 {
		c.look(c.rest())
	}
	if c.line != line || c.at > at || c.line == len(c.lines) {
		return false
	}
	c.look(c.rest()[:at-c.at])
	c.at = at
	return true
}

// look finds the comment in text, which is at the place looked at.
func (c *commentFinder) look(text string) {
	if _, known := c.found[c.line+1]; known {
		return
	}
	for i := range len(text) {
		if text[i] == '#' && (i == 0 || strings.IndexByte(" \t]},", text[i-1]) >= 0) {
			c.found[c.line+1] = c.at + i
			return
		}
	}
}

// skipQuoted goes behind the quoted text that begins here.
func (c *commentFinder) skipQuoted() {
	quote := c.rest()[:1]
	if quote != `"` && quote != "'" {
		return
	}
	for c.at++; c.line < len(c.lines); c.line, c.at = c.line+1, 0 {
		for rest := c.rest(); rest != ""; rest = c.rest() {
			switch {
			case rest[:1] != quote && (rest[0] != '\\' || quote != `"`):
				c.at++
			case rest[0] == '\\', strings.HasPrefix(rest, "''"):
				c.at += 2
			default:
				c.at++
				return
			}
		}
	}
}

// skipBlock goes to the value behind the text that begins in the line below.
func (c *commentFinder) skipBlock(behind []*yaml.Node) {
	c.look(c.rest())
	next := len(c.lines)
	for _, n := range behind {
		if n.Line-1 > c.line {
			next = n.Line - 1
			break
		}
	}
	c.line, c.at = next, 0
}
