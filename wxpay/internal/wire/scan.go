package wire

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxJSONDepth bounds the nesting of lists and objects, as in encoding/json.
const maxJSONDepth = 10000

// scanner reads JSON. The methods called skip check the text; raw and text read what skip has
// accepted.
type scanner struct {
	b []byte
	i int
}

// valid reports whether all of b is one JSON value. If not, s.i is the position of the fault.
func (s *scanner) valid() bool { return s.skip(maxJSONDepth) && s.end() }

// skip passes over one value.
func (s *scanner) skip(depth int) bool {
	switch s.peek() {
	case '{':
		return s.skipItems('}', depth)
	case '[':
		return s.skipItems(']', depth)
	case '"':
		return s.skipString()
	case 't':
		return s.skipWord("true")
	case 'f':
		return s.skipWord("false")
	case 'n':
		return s.skipWord("null")
	}
	return s.skipNumber()
}

// skipItems passes over an object or a list.
func (s *scanner) skipItems(end byte, depth int) bool {
	if depth == 0 {
		return false
	}
	s.i++
	if s.next(end) {
		return true
	}
	for {
		if end == '}' && (s.peek() != '"' || !s.skipString() || !s.next(':')) {
			return false
		}
		switch {
		case !s.skip(depth - 1):
			return false
		case s.next(end):
			return true
		case !s.next(','):
			return false
		}
	}
}

func (s *scanner) skipString() bool {
	for s.i++; ; s.i++ {
		n, _ := ordinary(s.b[s.i:])
		s.i += n
		switch {
		case s.i == len(s.b):
			return false
		case s.b[s.i] == '"':
			s.i++
			return true
		case s.b[s.i] != '\\' || !s.skipEscape():
			return false
		}
	}
}

// ordinary counts the bytes at the beginning of b without controls, quotes and backslashes, and
// reports whether all of them are ASCII. It looks at eight at a time.
func ordinary(b []byte) (n int, ascii bool) {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	var seen uint64
	for ; n+8 <= len(b); n += 8 {
		x := binary.LittleEndian.Uint64(b[n:])
		quote, backslash := x^('"'*ones), x^('\\'*ones)
		if ((x-' '*ones)&^x|(quote-ones)&^quote|(backslash-ones)&^backslash)&tops != 0 {
			break
		}
		seen |= x
	}
	for n < len(b) && b[n] >= ' ' && b[n] != '"' && b[n] != '\\' {
		seen |= uint64(b[n])
		n++
	}
	return n, seen&tops == 0
}

// skipEscape moves from a backslash to the last byte of the escape.
func (s *scanner) skipEscape() bool {
	if s.i++; s.i == len(s.b) {
		return false
	}
	if s.b[s.i] != 'u' {
		return strings.IndexByte(`"\/bfnrt`, s.b[s.i]) >= 0
	}
	_, ok := hex4(s.b[s.i+1:])
	s.i += 4
	return ok
}

func (s *scanner) skipWord(word string) bool {
	if !bytes.HasPrefix(s.b[s.i:], []byte(word)) {
		return false
	}
	s.i += len(word)
	return true
}

func (s *scanner) skipNumber() bool {
	s.accept('-')
	if !s.accept('0') && !s.skipDigits() {
		return false
	}
	if s.accept('.') && !s.skipDigits() {
		return false
	}
	if s.accept('e') || s.accept('E') {
		if !s.accept('+') {
			s.accept('-')
		}
		return s.skipDigits()
	}
	return true
}

func (s *scanner) skipDigits() bool {
	start := s.i
	for s.i < len(s.b) && '0' <= s.b[s.i] && s.b[s.i] <= '9' {
		s.i++
	}
	return s.i > start
}

// accept passes over c if it comes next.
func (s *scanner) accept(c byte) bool {
	if s.i == len(s.b) || s.b[s.i] != c {
		return false
	}
	s.i++
	return true
}

// peek passes over white space and returns what follows; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// next passes over white space and c, if it comes next.
func (s *scanner) next(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.i++
	return true
}

func (s *scanner) end() bool { return s.peek() == 0 && s.i == len(s.b) }

// raw returns the text of one value.
func (s *scanner) raw() []byte {
	s.peek()
	start := s.i
	s.skip(maxJSONDepth)
	return s.b[start:s.i:s.i] // an append to it must not write into the bytes behind
}

// text returns the content of a string: a part of b, unless there are escapes or bytes that are not
// UTF-8.
func (s *scanner) text() []byte {
	start := s.i + 1
	n, ascii := ordinary(s.b[start:])
	end := start + n
	if content := s.b[start:end:end]; s.b[end] == '"' && (ascii || utf8.Valid(content)) {
		s.i = end + 1
		return content
	}
	s.skipString()
	return unescape(s.b[start : s.i-1])
}

// Unquote returns the content of a JSON string, and whether b is one.
func Unquote(b []byte) (text []byte, ok bool) {
	s := scanner{b: b}
	if len(b) == 0 || b[0] != '"' || !s.skipString() || s.i != len(b) {
		return nil, false
	}
	s.i = 0
	return s.text(), true
}

// unescape decodes the escapes of a string. Halves of surrogate pairs, and bytes that are not
// UTF-8, become U+FFFD.
func unescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == '\\' {
			r, size = unescapeRune(b)
		}
		out, b = utf8.AppendRune(out, r), b[size:]
	}
	return out
}

// unescapeRune decodes the escape at the beginning of b, and returns its length.
func unescapeRune(b []byte) (r rune, size int) {
	switch b[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, _ := hex4(b[2:])
		if !utf16.IsSurrogate(r) {
			return r, 6
		}
		if b = b[6:]; len(b) > 1 && b[0] == '\\' && b[1] == 'u' {
			low, _ := hex4(b[2:])
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return utf8.RuneError, 6
	}
	return rune(b[1]), 2
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 4 {
		return 0, false
	}
	for _, c := range b[:4] {
		r <<= 4
		switch {
		case '0' <= c && c <= '9':
			r |= rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r |= rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
	}
	return r, true
}
