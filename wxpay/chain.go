package wxpay

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// Chain returns a path for calls without generated code. They are signed, verified and retried like
// others:
//
//	var order Order
//	path := "v3/pay/transactions/out-trade-no/{out_trade_no}"
//	err := client.Chain(path, no).Get(ctx, url.Values{"mchid": {mchID}}, &order)
//
// Each {name} takes one of values, in order, escaped. Seal the Secrets of a body first; see
// [Client.Encrypt].
func (c *Client) Chain(path string, values ...string) Chain {
	return Chain{c, "/" + strings.TrimPrefix(path, "/"), values}
}

// Chain is a path with its values; see [Client.Chain].
type Chain struct {
	c      *Client
	path   string
	values []string
}

// Get reads the resource. Query and out, a pointer, may be nil.
func (p Chain) Get(ctx context.Context, query url.Values, out any, opts ...CallOption) error {
	call := p.call(http.MethodGet, nil)
	call.Query.Values(query)
	return p.c.Do(ctx, call, out, opts...)
}

// Post sends body as JSON. Body and out, a pointer, may be nil.
func (p Chain) Post(ctx context.Context, body, out any, opts ...CallOption) error {
	return p.c.Do(ctx, p.call(http.MethodPost, body), out, opts...)
}

// Put sends body as JSON. Body and out, a pointer, may be nil.
func (p Chain) Put(ctx context.Context, body, out any, opts ...CallOption) error {
	return p.c.Do(ctx, p.call(http.MethodPut, body), out, opts...)
}

// Patch sends body as JSON. Body and out, a pointer, may be nil.
func (p Chain) Patch(ctx context.Context, body, out any, opts ...CallOption) error {
	return p.c.Do(ctx, p.call(http.MethodPatch, body), out, opts...)
}

// Delete sends body as JSON. Body and out, a pointer, may be nil.
func (p Chain) Delete(ctx context.Context, body, out any, opts ...CallOption) error {
	return p.c.Do(ctx, p.call(http.MethodDelete, body), out, opts...)
}

func (p Chain) call(method string, body any) gen.Call {
	return gen.Call{Name: "wxpay.Chain", Method: method, Path: p.path, Args: p.values, Body: body}
}
