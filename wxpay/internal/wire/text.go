package wire

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// appendChecked appends s as a string, and refuses text that is not UTF-8. Most texts need no
// escapes.
func appendChecked(b, s []byte) ([]byte, error) {
	n, ascii := ordinary(s)
	switch {
	case n == len(s) && ascii:
		return append(append(append(b, '"'), s...), '"'), nil
	case !utf8.Valid(s):
		return nil, fault.ErrNotUTF8
	}
	return AppendText(b, s), nil
}

// AppendText appends s as a string. Bytes that are not UTF-8 become U+FFFD.
func AppendText(b, s []byte) []byte {
	b = append(b, '"')
	if n, _ := ordinary(s); n == len(s) && utf8.Valid(s) && !bytes.Contains(s, separators) {
		b = append(b, s...)
	} else {
		b = appendEscaping(b, s)
	}
	return append(b, '"')
}

// separators is the common prefix of U+2028 and U+2029, which old JavaScript takes for line ends.
var separators = []byte("\xe2\x80")

func appendEscaping(b, s []byte) []byte {
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError && size == 1:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return b
}

// Null is JSON's null.
var Null = []byte("null")
