package wxpaytest

import (
	"net/http"
	"strings"
)

// Response is the answer of a handler.
type Response struct {
	Status int // 200 if 0, or 204 without a body
	// Body is JSON as string, []byte or json.RawMessage, or any value to marshal. Use [Server.Seal]
	// for fields that the client opens.
	Body     any
	Header   http.Header // further headers
	Unsigned bool        // without a signature, as files are
}

// route is a planned reply.
type route struct {
	method  string
	parts   []string // of the path template
	respond func(*Request) Response
}

func (r *route) match(path []string) bool {
	if len(path) != len(r.parts) {
		return false
	}
	for i, p := range r.parts {
		if _, ok := parameter(p); !ok && p != path[i] || ok && path[i] == "" {
			return false
		}
	}
	return true
}

// literalBefore reports whether r has a literal where other, which matches the same path, first has
// a parameter.
func (r *route) literalBefore(other *route) bool {
	for i, p := range r.parts {
		_, mine := parameter(p)
		_, theirs := parameter(other.parts[i])
		if mine != theirs {
			return !mine
		}
	}
	return false
}

func parameter(part string) (name string, ok bool) {
	if strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}") {
		return part[1 : len(part)-1], true
	}
	return "", false
}
