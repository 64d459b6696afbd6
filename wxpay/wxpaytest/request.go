package wxpaytest

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/wxgen/wxgen/internal/mock"
)

// Request is a request that the server received. Sealed fields are in clear text.
type Request struct {
	Method   string
	Path     string            // without escapes
	Template string            // of the planned reply or of the description
	Args     map[string]string // of the template's parameters
	Query    url.Values
	Header   http.Header
	Body     []byte  // JSON; the meta part of an upload
	RawBody  []byte  // as sent
	Upload   *Upload // nil if there is none

	escaped string
	sealed  bool
}

// Upload is the file of a request.
type Upload struct {
	Part        string // "file"
	Name        string
	ContentType string
	Content     []byte
}

// Decode reads the body into v, a pointer.
func (r *Request) Decode(v any) error { return json.Unmarshal(r.Body, v) }

func newRequest(in *mock.Received) *Request {
	u := in.HTTP.URL
	req := &Request{
		Method: in.Method, Path: u.Path, Query: u.Query(), Header: in.Header,
		Args: make(map[string]string), Body: in.Body, RawBody: in.Raw,
		escaped: u.EscapedPath(),
	}
	if f := in.File; f != nil {
		req.Upload = &Upload{f.Part, f.Name, f.ContentType, f.Content}
	}
	return req
}
