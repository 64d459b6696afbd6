package wxpay_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

func TestCallSealsSignsVerifiesOpens(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42","user_name":"` + sealFor(t, &merchantKey().PublicKey, aName) +
			`",
			"details":[{"name":"x","phone":"` + sealFor(t, &merchantKey().PublicKey, aPhone) + `"}],
			"amount":{"total":100,"currency":"CNY"},"create_time":"2026-11-22T10:34:56+08:00","new_field":{"a":[1]}}`)
	})
	c := p.client()
	req := anOrder()
	resp, err := postOrder(t.Context(), c, req)
	if err != nil {
		t.Fatal(err)
	}
	if resp.ID != "42" || resp.Name.Reveal() != aName || resp.Details[0].Phone.Reveal() != aPhone ||
		resp.Created.Unix() != 1795314896 {
		t.Errorf("response %+v", resp)
	}
	if req.Name.Sealed() != "" || req.Details[1].Phone.Sealed() != "" ||
		req.Contact.Phone.Sealed() != "" || req.Phones[0].Sealed() != "" {
		t.Error("the caller's request was changed")
	}
	sent := p.requests()[0]
	if sent.Serial != publicID {
		t.Errorf("Wechatpay-Serial %q", sent.Serial)
	}
	if strings.Contains(string(sent.Body), aName) || strings.Contains(string(sent.Body), aPhone) {
		t.Errorf("clear text left: %s", sent.Body)
	}
	if !strings.Contains(string(sent.Body), "a<b>&c") {
		t.Errorf("HTML-escaped: %s", sent.Body)
	}
	var body struct {
		Name    string `json:"user_name"`
		Details []struct{ Phone string }
		Phones  []string
		Contact struct{ Phone string }
	}
	if err := json.Unmarshal(sent.Body, &body); err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct{ got, want string }{
		{body.Name, aName}, {body.Details[1].Phone, aPhone}, {body.Phones[0], aPhone},
		{body.Contact.Phone, aPhone},
	} {
		if clear := unseal(t, platformKey(), f.got); clear != f.want {
			t.Errorf("sealed %q, want %q", clear, f.want)
		}
	}
}

func TestGetSendsPathAndQueryAsSigned(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	for no, want := range map[string]string{
		"AbC-1":     "/v3/test/orders/AbC-1?mchid=1900000001",
		"a/b c?d#e": "/v3/test/orders/a%2Fb%20c%3Fd%23e?mchid=1900000001",
		"订单+%&=":    "/v3/test/orders/%E8%AE%A2%E5%8D%95%2B%25%26%3D?mchid=1900000001",
	} {
		if _, err := getOrder(t.Context(), c, no); err != nil {
			t.Errorf("%s: %v", no, err)
		}
		if got := p.requests()[len(p.requests())-1]; got.URI != want ||
			got.Header.Get("Content-Type") != "" {
			t.Errorf("sent %s, want %s", got.URI, want)
		}
	}
}

func TestHeaderParameters(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	call := gen.Call{Name: "t", Method: "POST", Path: "/v3/x"}
	call.SetHeader("Idempotency-Key", "k-1")
	call.SetHeader("X-Left-Out", "")
	if err := p.client().Do(t.Context(), call, nil); err != nil {
		t.Fatal(err)
	}
	sent := p.requests()[0].Header
	if sent.Get("Idempotency-Key") != "k-1" || sent.Values("X-Left-Out") != nil {
		t.Errorf("sent %v", sent)
	}
}

// A call that seals nothing names the preferred key all the same; without any key the header is
// left out.
func TestSerialIsAlwaysSent(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	_, _ = getOrder(t.Context(), c, "1")
	c.Keys().Remove(publicID)
	if _, err := getOrder(t.Context(), c, "1"); !errors.As(err, new(*wxpay.VerifyError)) {
		t.Error(err)
	}
	seen := p.requests()
	if seen[0].Serial != publicID || seen[1].Serial != "" {
		t.Errorf("sent %q, %q", seen[0].Serial, seen[1].Serial)
	}
}
