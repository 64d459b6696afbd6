package wxpay

import (
	"context"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// Do sends the call and decodes the verified reply into out, a pointer; nil if no body is expected.
// See the package documentation for its errors. After a [*DecodeError] out holds what could be
// read. Generated methods call it. Use [Client.Chain] for a path without generated code.
func (c *Client) Do(ctx context.Context, call gen.Call, out any, opts ...CallOption) error {
	x := exchange{p: prepared{c: c, call: call, out: out}}
	if err := x.p.prepare(ctx, opts); err != nil {
		return err
	}
	return x.run(ctx)
}
