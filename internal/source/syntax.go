package source

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// syntax turns an error of the YAML library into a problem at the line that has to be mended.
func (f *File) syntax(err error) error {
	line, reason := f.broken(err)
	for _, n := range []int{line, line - 1} {
		if at := specialSpace(f.Line(n)); at >= 0 {
			pos := Pos{f.Name, n, utf8.RuneCountInString(f.Line(n)[:at]) + 1}
			return Problems{f.Problem(pos, specialSpaceHere, specialSpaceHint)}
		}
	}
	text := f.Line(line)
	message, hint, col := explain(reason, text)
	if strings.Contains(reason, "mapping values are not allowed") && line > 1 && lacksColon(f.Line(line-1), text) {
		line, text = line-1, f.Line(line-1)
		message, hint, col = "a key without a colon and a space", "write it as key: value", indentation(text)
	}
	pos := Pos{f.Name, line, utf8.RuneCountInString(text[:col]) + 1}
	return Problems{f.Problem(pos, message, hint)}
}

// broken returns the line with the mistake and the library's reason.
//
// The library can't be trusted with the line: for a missing quote it names the last line of the file, for a wrong
// indentation the beginning of the group. So it is asked again, about ever longer beginnings of the smallest part of
// the document that fails by itself. The mistake is in the line after the longest beginning that can be read.
func (f *File) broken(err error) (line int, reason string) {
	r := rereader{left: MaxBytes}
	from, to := r.narrow(f.lines, 0, len(f.lines), 0, 0)
	good := from
	for n := from + 1; n < to && r.left > 0; n++ {
		if r.unreadable(f.lines[from:n]) == nil {
			good = n
		}
	}
	if r.left <= 0 { // after all that, the library's word has to do
		line, reason := libraryError(err)
		return min(max(line, 1), len(f.lines)), reason
	}
	if e := r.unreadable(f.lines[from : good+1]); e != nil {
		err = e
	}
	_, reason = libraryError(err)
	return good + 1, reason
}

// libraryError takes a message of the YAML library apart; without a line it has line 0.
func libraryError(err error) (line int, reason string) {
	m := errorForm().FindStringSubmatch(err.Error())
	line, _ = strconv.Atoi(m[1])
	return line, m[2]
}

var errorForm = Pattern(`(?s)^(?:yaml: )?(?:line (\d+): )?(.*)$`)

// A rereader reads parts of a document again, but no more than so many bytes of them.
type rereader struct{ left int }

func (r *rereader) unreadable(lines []string) error {
	text := strings.Join(lines, "\n")
	if r.left -= len(text) + 1; r.left <= 0 {
		return errors.New("too much to read again")
	}
	_, err := documents(text)
	return err
}

// narrow cuts the lines from:to wherever one is indented by indent, looks for the first part that can't be read by
// itself, and looks on in that part. If there is none, what is wrong is how the parts stand together.
func (r *rereader) narrow(lines []string, from, to, indent, depth int) (int, int) {
	parts := []int{from}
	for i := from + 1; i < to; i++ {
		if begins(lines[i], indent) {
			parts = append(parts, i)
		}
	}
	lo, hi := 0, len(parts)
	parts = append(parts, to)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; r.unreadable(lines[parts[lo]:parts[mid]]) != nil {
			hi = mid
		} else {
			lo = mid
		}
	}
	start, end := parts[lo], parts[hi]
	if r.unreadable(lines[start:end]) == nil {
		return from, to
	}
	if next := inner(lines[start:end]); next > indent && depth < 10 {
		return r.narrow(lines, start, end, next, depth+1)
	}
	return start, end
}

// begins reports whether a part of a document can begin with line, at indent.
func begins(line string, indent int) bool {
	at := indentation(line)
	return at == indent && at < len(line) && !strings.ContainsRune("#]}", rune(line[at])) && line != "..."
}

// inner is the column at which the group begins that the first line opens.
func inner(lines []string) int {
	if rest := strings.TrimLeft(lines[0], " -"); strings.HasPrefix(strings.TrimLeft(lines[0], " "), "- ") {
		return len(lines[0]) - len(rest)
	}
	for _, line := range lines[1:] {
		if text := strings.TrimLeft(line, " "); text != "" && text[0] != '#' {
			return len(line) - len(text)
		}
	}
	return 0
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// lacksColon reports whether a line is a lone word, so that a key in the line below it, in the same column, is one too
// many.
func lacksColon(line, below string) bool {
	return indentation(line) == indentation(below) && strings.TrimSpace(line) != "" &&
		!strings.Contains(line, ": ") && !strings.HasSuffix(line, ":")
}

// A mistake is what a message of the YAML library means to its reader. The first that fits applies.
type mistake struct {
	reason  string                // part of the library's message
	line    func() *regexp.Regexp // what the line looks like; its group is what the caret points at
	message string
	hint    string
}

const quoted = `(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')`

var mistakes = []mistake{
	{"", Pattern(`^ *(\t)`), "a tab in the indentation", "indent with spaces"},
	{"did not find expected", Pattern(`(?:^ *|: +|- +|[\[{,] *)` + quoted + ` *([^\s:#,\]}].*)$`), "more text after the closing quote",
		"put the whole text in quotes, or a comma between; inside '...' write '' for an apostrophe"},
	{"did not find expected key", Pattern(`(?:^ *|: +|- +)(?:\[.*\]|\{.*\}) *([^\s:#].*)$`), "more text after the closing bracket",
		"remove it, or put the whole text in quotes"},
	{"did not find expected key", nil, "this line is not part of the group above", "check its indentation; keys of one group begin in the same column"},
	{"did not find expected '-' indicator", nil, "this line is not part of the list above", "check its indentation; items of one list begin in the same column"},
	{"mapping values are not allowed", Pattern(`: +([` + curlyQuotes + `])`), "a curly quote doesn't begin a quoted text", straightHint},
	{"mapping values are not allowed", Pattern(`: +[^\s"'#|>\[{].*?(:)(?: |$)`), "a colon in text without quotes", "put the text in quotes"},
	{"mapping values are not allowed", nil, "this line is indented too far", "keys of one group begin in the same column; or the line above lacks its colon"},
	{"could not find expected ':'", nil, "a key without a colon and a space", "write it as key: value"},
	{"unexpected end of stream", Pattern(`^.*(?:^|[\s\[{,])(["'])`), "a quoted text is not closed", "add the missing quote"},
	{"expected ',' or ']'", Pattern(`^.*(\[)[^\]]*$`), "a list [ ... ] is not closed", "add the missing ] or comma"},
	{"expected ',' or ']'", nil, "a comma is missing in a list [ ... ]", "write a comma after each item; put text with brackets in quotes"},
	{"expected ',' or '}'", Pattern(`^.*(\{)[^}]*$`), "a group { ... } is not closed", "add the missing } or comma; put text with commas in quotes"},
	{"expected ',' or '}'", nil, "a comma is missing in a group { ... }", "write a comma after each value; put text with brackets in quotes"},
	{"expected node content", Pattern(`^.*([\[{])[^\]}]*$`), "a list or group is not closed", "add the missing ] or }, or the missing comma between its lines"},
	{"expected node content", Pattern(`(,)\s*[,\]}]`), "a value is missing before or after this comma", "write the value or remove the comma"},
	{"unknown escape", Pattern(`(\\[^0abt\tnvfre "/\\N_LPxuU])`), `a \ that means nothing here`, `use single quotes for text that holds \`},
	{"unknown anchor", Pattern(`(?:^|\s)(\*)`), "an alias (*) stands in for a value", "write the value out; put text that begins with * in quotes"},
	{"expected alphabetic or numeric", Pattern(`(?:^|\s)([*&])`), "text can't begin with * or &", "put the text in quotes"},
	{"cannot start any token", Pattern("(?:^|\\s)([@`%])"), "text can't begin with @, ` or %", "put the text in quotes"},
	{"expected comment or line break", Pattern(`([|>])`), "text can't begin with | or >", "put the text in quotes, or begin it in the next line"},
	{"incompatible YAML document", nil, "a %YAML line is not read", "remove it"},
	{"expected <document start>", nil, "more text after the end of the document", "remove the line ... above"},
	{"exceeded max depth", nil, tooDeep, tooDeepHint},
	{"", nil, "this can't be read as YAML", "look for unbalanced quotes and brackets, and check the indentation"},
}

// maxLooked is how long a line may be that is looked into. A person writes no longer one.
const maxLooked = 4000

// explain says what is wrong with a line that the library refused for a reason, and at which byte.
func explain(reason, line string) (message, hint string, at int) {
	for _, m := range mistakes {
		if !strings.Contains(reason, m.reason) || m.line != nil && len(line) > maxLooked {
			continue
		}
		if m.line == nil {
			return m.message, m.hint, indentation(line)
		}
		if found := m.line().FindStringSubmatchIndex(line); found != nil {
			return m.message, m.hint, found[2]
		}
	}
	panic("source: the last mistake fits everything")
}
