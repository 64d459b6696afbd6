package mock

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// refusal is the reply for an error.
func refusal(e *refuse.Error) *Reply {
	return &Reply{Status: e.Status, Body: encoded(e), Number: e.Number}
}

// encoded writes JSON as WeChat Pay does: without escapes for HTML.
func encoded(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // parsed or made documents always marshal
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Reply is a reply before its signature.
type Reply struct {
	Status   int
	Header   http.Header
	Body     []byte // with sealed fields
	Clear    []byte // with fields in clear, if that differs
	Unsigned bool
	Number   int64 // at the end of the Request-Id
}

// broken is the reply for a fault of the server itself.
func broken(err error) *Reply {
	return refusal(refuse.State(500, "SYSTEM_ERROR", refuse.NumberIllegal, "wxgen mock: %v", err))
}

// fileKind is the content type of an operation's files.
func fileKind(op *desc.Operation) http.Header {
	kind := "application/octet-stream"
	if strings.Contains(op.Path, "bill") {
		kind = "text/plain; charset=utf-8"
	}
	return http.Header{"Content-Type": {kind}}
}
