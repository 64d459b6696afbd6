package wxpay_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// A successWithError is a reply of HTTP 200 with a code and a message.
type successWithError struct {
	body string
	out  any
	want string // code; "" for a success
}

type coded struct {
	ID   string `json:"id"`
	Code string `json:"code"`
}

type spoken struct{ Message string }

var successesWithErrors = []successWithError{
	{`{"code":"PARAM_ERROR","message":"金额无效"}`, new(orderResponse), "PARAM_ERROR"},
	{`{"message":"m","detail":{"field":"/a"},"code":"SYSTEM_ERROR"}`, new(orderResponse),
		"SYSTEM_ERROR"},
	{` { "code" : -1 , "message" : "" } `, new(orderResponse), "-1"},
	{`{"code":"PARAM_ERROR","message":"m"}`, nil, "PARAM_ERROR"},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(*orderResponse), "PARAM_ERROR"},
	{`{"code":"PARAM_ERROR","message":"m","id":"42"}`, new(orderResponse), ""},
	{`{"code":"PARAM_ERROR","message":"m","ID":"42"}`, new(orderResponse), ""},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(coded), ""},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(spoken), ""},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(map[string]string), ""},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(any), ""},
	{`{"code":"PARAM_ERROR","message":"m"}`, new(json.RawMessage), ""},
	{`{"code":"SUCCESS","message":"m"}`, new(orderResponse), ""},
	{`{"code":"ok","message":"m"}`, new(orderResponse), ""},
	{`{"code":0,"message":"m"}`, new(orderResponse), ""},
	{`{"code":"","message":"m"}`, new(orderResponse), ""},
	{`{"code":null,"message":"m"}`, new(orderResponse), ""},
	{`{"code":{},"message":"m"}`, new(orderResponse), ""},
	{`{"code":"PARAM_ERROR"}`, new(orderResponse), ""},
	{`{"data":{"code":"PARAM_ERROR","message":"m"}}`, new(orderResponse), ""},
	{`{"new":"\"code\" \"message\""}`, new(orderResponse), ""},
}

// A success whose body is an error is an error, unless the reply has fields of these names.
func TestErrorInASuccess(t *testing.T) {
	for _, c := range successesWithErrors {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(c.body) })
		err := p.client().Chain("v3/x").Post(t.Context(), nil, c.out)
		e, is := errors.AsType[*wxpay.Error](err)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s into %T: %v", c.body, c.out, err)
		case c.want != "" && (!is || e.Code != c.want || e.StatusCode != 200 || !e.Verified ||
			e.RequestID == "" || !strings.Contains(string(e.Body()), "code")):
			t.Errorf("%s into %T: %v", c.body, c.out, err)
		case c.want == "SYSTEM_ERROR" && (!errors.Is(err, wxpay.ErrOutcomeUnknown) ||
			!errors.Is(err, wxpay.ErrRetryable) || e.Detail.Field != "/a"):
			t.Errorf("%s: class of %v", c.body, err)
		case c.want == "PARAM_ERROR" &&
			(!errors.Is(err, wxpay.ErrBadRequest) || errors.Is(err, wxpay.ErrOutcomeUnknown)):
			t.Errorf("%s: class of %v", c.body, err)
		}
	}
}

// An unsigned error in a success is refused, unless the caller allows unsigned replies.
func TestUnsignedErrorInASuccess(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body, out.unsigned = []byte(`{"code":"PARAM_ERROR","message":"m"}`), true
	})
	c := p.client()
	if err := c.Chain("v3/x").Post(t.Context(), nil, nil); !errors.As(err,
		new(*wxpay.VerifyError)) {
		t.Errorf("unsigned: %v", err)
	}
	var e *wxpay.Error
	if err := c.Chain("v3/x").Post(t.Context(), nil, nil, wxpay.WithUnsigned()); !errors.As(err,
		&e) || e.Verified {
		t.Errorf("unsigned, as allowed: %v", err)
	}
	if reply, err := p.client().Raw(t.Context(), "GET", "/v3/x", nil, nil,
		wxpay.WithUnsigned()); err != nil || len(reply.Body) == 0 {
		t.Errorf("of a raw call nobody knows what it should be: %v", err)
	}
}
