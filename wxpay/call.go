package wxpay

import (
	"context"
	"net/http"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// RawResponse is a reply as it was received.
type RawResponse struct {
	StatusCode int
	Header     http.Header
	Body       []byte // nil for downloads
}

// Do sends the call and decodes the verified reply into out, a pointer; nil if no body is expected. See the package
// documentation for its errors. After a [*DecodeError] out holds what could be read. Generated methods call it; for a path that
// generated code lacks there is [Client.Chain].
func (c *Client) Do(ctx context.Context, call gen.Call, out any, opts ...CallOption) error {
	x := exchange{prepared: prepared{c: c, call: call, out: out}}
	if err := x.prepare(ctx, opts); err != nil {
		return err
	}
	return x.run(ctx)
}

// upload is what a *[File] does for a call. It is an interface, so that only programs that upload link it.
type upload interface {
	// frame makes the body of p but for the file, and attach that of one request.
	frame(ctx context.Context, p *prepared) error
	attach(p *prepared, req *http.Request)
}
