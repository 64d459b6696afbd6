package wxpay

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// Raw signs and sends body to path and query, all unchanged ("/v3/certificates?limit=1"), and
// returns the verified reply. An error reply is returned together with its [*Error]. Header and
// body may be nil; a body is sent as application/json. Raw does not check whether the path is for a
// merchant or a brand.
func (c *Client) Raw(ctx context.Context, method, pathAndQuery string, header http.Header,
	body []byte, opts ...CallOption) (*RawResponse, error) {
	// errors must not show the path, which holds values
	call := gen.Call{Name: "wxpay.Raw", Method: method, Path: "(raw path)"}
	x := exchange{p: prepared{c: c, call: call}}
	u, err := url.ParseRequestURI(pathAndQuery)
	if err != nil || !httptext.IsPrintable(pathAndQuery) || !strings.HasPrefix(pathAndQuery, "/") ||
		!httptext.IsToken(method) || method == "" {
		return nil, x.p.invalid("want a method, and an escaped path with query such as "+
			"/v3/certificates", nil)
	}
	if field := garbledPart(u); field != "" {
		return nil, garbled(call.Name, field)
	}
	if x.p.given = u; body != nil {
		x.p.call.Body = rawBody(body)
	}
	all := append([]CallOption{WithRawResponse(new(RawResponse))}, opts...)
	for name, values := range header {
		for _, v := range values {
			all = append(all, WithHeader(name, v))
		}
	}
	if err := x.p.prepare(ctx, all); err != nil {
		return nil, err
	}
	err = x.run(ctx)
	if reply, ok := errors.AsType[*Error](err); err == nil || ok && reply.Verification == nil {
		return x.p.opts.raw, err
	}
	return nil, err
}

// garbledPart names the part of a URL that is not UTF-8; "" if there is none.
func garbledPart(u *url.URL) string {
	query, _ := url.PathUnescape(u.RawQuery)
	switch {
	case !utf8.ValidString(u.Path):
		return "path"
	case !utf8.ValidString(query):
		return "query"
	}
	return ""
}
