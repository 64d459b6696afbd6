package wxpay_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

func TestWithoutValidation(t *testing.T) {
	invalid := anOrder()
	invalid.OpenID, invalid.Amount.Currency = "", ""
	for name, c := range map[string]struct {
		client []wxpay.Option
		call   []wxpay.CallOption
		sent   bool
	}{
		"neither":        {},
		"another option": {call: []wxpay.CallOption{wxpay.WithIdempotent(), nil}},
		"the call": {
			call: []wxpay.CallOption{wxpay.WithIdempotent(), wxpay.WithoutValidation()}, sent: true,
		},
		"the client": {client: []wxpay.Option{wxpay.WithoutValidation()}, sent: true},
		"client and call": {client: []wxpay.Option{wxpay.WithoutValidation()},
			call: []wxpay.CallOption{wxpay.WithoutValidation()}, sent: true},
		"a call with faults": {call: []wxpay.CallOption{wxpay.WithTimeout(-1)}},
	} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		_, err := postOrder(t.Context(), p.client(c.client...), invalid, c.call...)
		refused, _ := errors.AsType[*wxpay.InvalidError](err)
		if c.sent {
			if err != nil || !strings.HasPrefix(string(p.requests()[0].Body), `{"openid":"",`) {
				t.Errorf("%s: %v", name, err)
			}
		} else if refused == nil || len(refused.Faults) != 2 || len(p.requests()) > 0 {
			t.Errorf("%s: %v, %d requests", name, err, len(p.requests()))
		}
	}
}

func TestWithoutValidationStillRefuses(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client(wxpay.WithoutValidation())
	for _, no := range []string{"", ".", ".."} {
		if _, err := getOrder(t.Context(), c, no); !errors.Is(err, wxpay.ErrBadRequest) {
			t.Errorf("path value %q: %v", no, err)
		}
	}
	if err := anOrder().Validate(); err != nil {
		t.Errorf("valid: %v", err)
	}
	if err := (orderRequest{}).Validate(); !errors.Is(err, wxpay.ErrBadRequest) {
		t.Errorf("Validate itself: %v", err)
	}
	if len(p.requests()) > 0 {
		t.Error("sent")
	}
}

func TestCheckedCostsNothing(t *testing.T) {
	c := newClient(t, "http://127.0.0.1:1")
	opts := []wxpay.CallOption{wxpay.WithIdempotent()}
	if n := testing.AllocsPerRun(100, func() {
		if c.Checked(nil, opts...) != nil {
			t.Error("found something")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
