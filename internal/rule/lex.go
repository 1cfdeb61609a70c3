package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A token is one word or sign of an expression.
type token struct {
	kind tokenKind
	text string // as it is written; of a text, what it says
	at   int    // the byte it begins with
}

type tokenKind byte

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenInt
	tokenNumber
	tokenText
	tokenSign
)

// signs are those of two characters before those of one.
var signs = []string{"==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+", "*", "/", "%"}

// next takes the next token.
func (p *parser) next() {
	p.skip()
	rest := p.text[p.end:]
	p.tok = token{at: p.end}
	switch {
	case rest == "" || p.err != nil:
		return
	case isQuote(rest[0]), isRaw(rest):
		p.quoted(rest)
		return
	case isDigit(rest[0]) || rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]):
		p.numeral(rest)
		return
	}
	if n := leading(rest, isWord); n > 0 {
		p.take(tokenName, n)
		return
	}
	for _, sign := range signs {
		if strings.HasPrefix(rest, sign) {
			p.take(tokenSign, len(sign))
			return
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	hint := "text stands in quotes"
	if strings.ContainsRune("=&|", r) {
		hint = fmt.Sprintf("write %c%c", r, r)
	}
	p.fail(p.end, fmt.Sprintf("the character %q means nothing here", r), hint)
}

// take makes the next n bytes the token at hand.
func (p *parser) take(kind tokenKind, n int) {
	p.tok = token{kind, p.text[p.end : p.end+n], p.end}
	p.end += n
}

// skip leaves out space and comments.
func (p *parser) skip() {
	for {
		p.end += leading(p.text[p.end:], func(c byte) bool { return strings.IndexByte(" \t\r\n\f", c) >= 0 })
		if !strings.HasPrefix(p.text[p.end:], "//") {
			return
		}
		p.end += leading(p.text[p.end:], func(c byte) bool { return c != '\n' })
	}
}

// numeral takes a number: 12, 0x1f, 1.5, .5 or 1e3.
func (p *parser) numeral(rest string) {
	if strings.HasPrefix(rest, "0x") && leading(rest[2:], isHex) > 0 {
		p.take(tokenInt, 2+leading(rest[2:], isHex))
		return
	}
	kind, n := tokenInt, leading(rest, isDigit)
	if strings.HasPrefix(rest[n:], ".") {
		if digits := leading(rest[n+1:], isDigit); digits > 0 {
			kind, n = tokenNumber, n+1+digits
		}
	}
	if e := exponent(rest[n:]); e > 0 {
		kind, n = tokenNumber, n+e
	}
	p.take(kind, n)
}

// exponent is the length of the e-3 that s begins with.
func exponent(s string) int {
	n := 1
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0
	}
	if n < len(s) && (s[n] == '+' || s[n] == '-') {
		n++
	}
	digits := leading(s[n:], isDigit)
	if digits == 0 {
		return 0
	}
	return n + digits
}

// quoted takes a text: 'one line', "one line", with three quotes over several lines, and with r before as it stands.
func (p *parser) quoted(rest string) {
	begin, raw := p.end, !isQuote(rest[0])
	body := rest
	if raw {
		body = rest[1:]
	}
	quote := body[:1]
	if strings.HasPrefix(body, strings.Repeat(quote, 3)) {
		quote = body[:3]
	}
	body = body[len(quote):]
	n := closing(body, quote, raw)
	if n < 0 {
		p.fail(begin, "a text without its closing quote", "close it with "+quote)
		return
	}
	said, ok := body[:n], true
	if len(quote) == 3 {
		said = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(said)
	}
	if !raw {
		if said, ok = unescape(said); !ok {
			p.fail(begin, "a backslash in this text isn't followed by what it stands for", `write \\ for a backslash, or r before the quote`)
			return
		}
	}
	p.end += strings.Index(rest, quote) + len(quote) + n + len(quote)
	p.tok = token{tokenText, said, begin}
}

// closing is where the closing quote of a text is, or -1.
func closing(body, quote string, raw bool) int {
	for i := 0; i < len(body); i++ {
		switch {
		case strings.HasPrefix(body[i:], quote):
			return i
		case len(quote) == 1 && (body[i] == '\n' || body[i] == '\r'):
			return -1
		case body[i] == '\\' && !raw:
			i++
		}
	}
	return -1
}

// escapes are the characters a backslash before a letter stands for.
const escapes, escaped = "abfnrtv\\'\"`?", "\a\b\f\n\r\t\v\\'\"`?"

// unescape gives what a text with backslashes says.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, `\`)
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		if after == "" {
			return "", false
		}
		if i := strings.IndexByte(escapes, after[0]); i >= 0 {
			b.WriteByte(escaped[i])
			s = after[1:]
			continue
		}
		digits, base, from := 0, 16, 1
		switch after[0] {
		case 'x', 'X':
			digits = 2
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		case '0', '1', '2', '3':
			digits, base, from = 3, 8, 0
		}
		if digits == 0 || len(after) < from+digits {
			return "", false
		}
		code, err := strconv.ParseUint(after[from:from+digits], base, 32)
		if err != nil || !utf8.ValidRune(rune(code)) {
			return "", false
		}
		b.WriteRune(rune(code))
		s = after[from+digits:]
	}
}

// leading is how many bytes s begins with that are of a kind.
func leading(s string, of func(byte) bool) int {
	for i := range len(s) {
		if !of(s[i]) {
			return i
		}
	}
	return len(s)
}

func isQuote(c byte) bool { return c == '\'' || c == '"' }

// isRaw reports whether s begins with r and a quote.
func isRaw(s string) bool { return len(s) > 1 && (s[0] == 'r' || s[0] == 'R') && isQuote(s[1]) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isWord(c byte) bool { return isDigit(c) || c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }
