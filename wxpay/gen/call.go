package gen

import "net/http"

// Call is one operation with its arguments. Generated methods pass it to wxpay.Client.Do.
type Call struct {
	Name       string   // for errors and observers, as "payrollcard.PreOrderWithAuth"
	Method     string   // "POST"
	Path       string   // template, as "/v3/pay/transactions/out-trade-no/{out_trade_no}/close"
	Args       []string // values of the template's parameters, in order
	Query      Query
	Body       any    // encoded as JSON; the meta part if there is a File; nil for none
	File       Upload // of a multipart body: a *wxpay.File
	FilePart   string // name of the file's part; "file" if empty
	MetaPart   string // name of the JSON part; "meta" if empty
	Server     string // where the operation lives, if not on api.mch.weixin.qq.com
	Unsigned   bool   // the reply carries no signature
	Idempotent bool   // safe to retry; GET is anyway
	Open       func(*Secrets)

	Header http.Header // of SetHeader
	// of the key that sealed the request, for the Wechatpay-Serial header; Seal sets it
	Serial string
}

// Upload is a *wxpay.File. It is an interface, so that programs without uploads do not link it.
type Upload any

// SetHeader adds a header to the request; an empty value leaves it out.
func (call *Call) SetHeader(name, value string) {
	if value == "" {
		return
	}
	if call.Header == nil {
		call.Header = make(http.Header)
	}
	call.Header.Set(name, value)
}
