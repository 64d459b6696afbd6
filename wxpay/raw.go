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

// Raw sends body as it stands to path and query as they stand ("/v3/certificates?limit=1"), signed,
// and returns the verified reply. An error reply is returned together with its [*Error]. Header and
// body may be nil; a body is sent as application/json. Whether the path is for a merchant or for a
// brand is not asked.
func (c *Client) Raw(ctx context.Context, method, pathAndQuery string, header http.Header,
	body []byte, opts ...CallOption) (*RawResponse, error) {
	// the path has values in it
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

// garbledPart names what of a URL stands for text that is not UTF-8; "" for nothing.
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
