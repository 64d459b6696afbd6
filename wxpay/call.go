package wxpay

import (
	"context"
	"net/http"
)

// Call is one operation with its arguments: what generated methods hand to [Client.Do].
type Call struct {
	Name       string   // for errors and observers, as "payrollcard.PreOrderWithAuth"
	Method     string   // "POST"
	Path       string   // template, as "/v3/pay/transactions/out-trade-no/{out_trade_no}/close"
	Args       []string // values of the template's parameters, in order
	Query      Query
	Body       any    // encoded as JSON; the meta part if there is a File; nil for none
	File       Upload // of a multipart body: a *File
	FilePart   string // name of the file's part; "file" if empty
	MetaPart   string // name of the JSON part; "meta" if empty
	Server     string // where the operation lives, if not on api.mch.weixin.qq.com
	Unsigned   bool   // the reply carries no signature
	Idempotent bool   // safe to retry; GET is anyway
	Open       func(*Secrets)

	header http.Header
	serial string // of the key that sealed the request, for the Wechatpay-Serial header
}

// Upload is a [*File]. [Call] holds it as an interface, so that only programs that upload link what does.
type Upload interface {
	// frame makes the body of x but for the file, and attach that of one request.
	frame(ctx context.Context, x *exchange) error
	attach(x *exchange, req *http.Request)
}

// SetHeader adds a header to the request; an empty value leaves it out.
func (call *Call) SetHeader(name, value string) {
	if value == "" {
		return
	}
	if call.header == nil {
		call.header = make(http.Header)
	}
	call.header.Set(name, value)
}

// RawResponse is a reply as it was received.
type RawResponse struct {
	StatusCode int
	Header     http.Header
	Body       []byte // nil for downloads
}

// Do sends the call and decodes the verified reply into out, a pointer; nil if no body is expected. See the package
// documentation for its errors. After a [*DecodeError] out holds what could be read.
func (c *Client) Do(ctx context.Context, call Call, out any, opts ...CallOption) error {
	x := exchange{c: c, call: call, out: out}
	if err := x.prepare(ctx, opts); err != nil {
		return err
	}
	return x.run(ctx)
}
