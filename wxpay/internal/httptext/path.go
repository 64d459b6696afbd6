package httptext

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// Fault says why a path cannot be sent.
type Fault struct {
	Name    string // of the parameter, with its braces; "" for the template as a whole
	Problem string // never the value
}

// Expand replaces the {names} of template by args, in order. It returns the path in clear and, if
// the two differ, as sent. Values are escaped per RFC 3986 and otherwise left alone.
func Expand(template string, args []string) (path, raw string, problem *Fault) {
	if strings.Contains(template, "://") {
		return "", "",
			&Fault{Problem: "the path is a URL; want the path alone, as /v3/certificates; " +
				"WithBaseURL sets the host"}
	}
	if c := strayByte(template); c != 0 {
		return "", "", &Fault{Problem: "path template holds " + strconv.QuoteRune(rune(c)) +
			"; pass the query apart, and escape nothing"}
	}
	if len(args) == 0 && strings.IndexByte(template, '{') < 0 {
		return template, "", nil
	}
	var clearBuf, sentBuf [192]byte // most paths fit, and then only the strings are allocated
	clear, sent := clearBuf[:0], sentBuf[:0]
	rest := template
	for {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(rest[open:], '}')
		if end < 0 {
			return "", "", &Fault{Problem: "path template with an unclosed {"}
		}
		name := rest[open : open+end+1]
		if len(args) == 0 {
			return "", "", &Fault{name, "path value missing"}
		}
		if p := pathProblem(args[0]); p != "" {
			return "", "", &Fault{name, p}
		}
		clear = append(append(clear, rest[:open]...), args[0]...)
		sent = AppendEscaped(append(sent, rest[:open]...), args[0])
		args, rest = args[1:], rest[open+end+1:]
	}
	if len(args) > 0 {
		return "", "", &Fault{Problem: "more path values than the path has parameters"}
	}
	clear, sent = append(clear, rest...), append(sent, rest...)
	if len(clear) == len(sent) {
		return string(clear), "", nil
	}
	return string(clear), string(sent), nil
}

// strayByte returns a byte of the template that net/url would escape, so that it differs from the
// signed one; 0 if there is none.
func strayByte(template string) byte {
	for i := range len(template) {
		if c := template[i]; !isAlphanumeric(c) &&
			strings.IndexByte("/-_.~{}:@!$&'()*+,;=", c) < 0 {
			return c
		}
	}
	return 0
}

// pathProblem names what is wrong with a path value; "" if nothing is.
func pathProblem(v string) string {
	switch v {
	case "":
		return "path value is empty"
	case ".", "..":
		return `path value is "." or "..", which would leave the path`
	}
	if !utf8.ValidString(v) {
		return fault.ErrNotUTF8.Error()
	}
	return ""
}

const upperHex = "0123456789ABCDEF"

// AppendEscaped percent-encodes everything but the unreserved characters of RFC 3986.
func AppendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if isAlphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '~' {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}
