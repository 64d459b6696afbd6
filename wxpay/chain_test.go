package wxpay_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

func TestChain(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	c := p.client()
	ctx := t.Context()
	body := map[string]any{"a": "<x>", "n": 1}
	var out orderResponse
	for _, call := range []struct {
		do   func() error
		want string
	}{
		{func() error {
			return c.Chain("v3/pay/transactions/out-trade-no/{out_trade_no}", "A/b").Get(ctx,
				url.Values{"mchid": {"1"}, "b": {"y z", "2"}, "a": {"x"}}, &out)
		}, "GET /v3/pay/transactions/out-trade-no/A%2Fb?a=x&b=y%20z&b=2&mchid=1 "},
		{func() error { return c.Chain("/v3/x/").Get(ctx, nil, &out) }, "GET /v3/x/ "},
		{func() error { return c.Chain("v3/x/{a}/y/{b}", "1", "2").Post(ctx, body, &out) },
			`POST /v3/x/1/y/2 {"a":"<x>","n":1}`},
		{func() error {
			return c.Chain("v3/x").Put(ctx, body, &out)
		}, `PUT /v3/x {"a":"<x>","n":1}`},
		{func() error {
			return c.Chain("v3/x").Patch(ctx, body, &out)
		}, `PATCH /v3/x {"a":"<x>","n":1}`},
		{func() error { return c.Chain("v3/x").Delete(ctx, nil, nil) }, `DELETE /v3/x `},
		{func() error {
			return c.Chain("v3/x").Post(ctx, struct{}{}, nil, wxpay.WithField("later", []int{1}),
				wxpay.WithField("more", "<b>"), wxpay.WithQuery("q", "ü"),
				wxpay.WithHeader("Idempotency-Key", "k"))
		}, `POST /v3/x?q=%C3%BC {"later":[1],"more":"<b>"}`},
		{func() error {
			return c.Chain("v3/x").Post(ctx, amount{1, "CNY"}, nil, wxpay.WithField("later", nil))
		}, `POST /v3/x {"total":1,"currency":"CNY","later":null}`},
		{func() error {
			return c.Chain("v3/x").Post(ctx, nil, nil, wxpay.WithField("later", true))
		}, `POST /v3/x {"later":true}`},
	} {
		out = orderResponse{}
		if err := call.do(); err != nil {
			t.Errorf("%s: %v", call.want, err)
			continue
		}
		got := p.requests()[len(p.requests())-1]
		if text := got.Method + " " + got.URI + " " + string(got.Body); text != call.want {
			t.Errorf("got  %s\nwant %s", text, call.want)
		}
		if kind := got.Header.Get("Content-Type"); (kind == "application/json") !=
			(len(got.Body) > 0) || got.Header.Get("Accept") != "application/json" ||
			got.Header.Get("User-Agent") == "" {
			t.Errorf("%s: headers %v", call.want, got.Header)
		}
	}
	if p.requests()[6].Header.Get("Idempotency-Key") != "k" {
		t.Error("WithHeader")
	}
}

func TestChainFaults(t *testing.T) {
	c := newClient(t, "http://127.0.0.1:1")
	ctx := t.Context()
	for _, f := range []struct {
		err  error
		want string
	}{
		{c.Chain("v3/x/{no}").Get(ctx, nil, nil), "wxpay: wxpay.Chain: {no}: path value missing"},
		{c.Chain("v3/x/{no}", "").Get(ctx, nil, nil),
			"wxpay: wxpay.Chain: {no}: path value is empty"},
		{c.Chain("v3/x/{no}", "..").Get(ctx, nil, nil),
			`wxpay: wxpay.Chain: {no}: path value is "." or "..", which would leave the path`},
		{c.Chain("v3/x/{no}", ".").Get(ctx, nil, nil),
			`wxpay: wxpay.Chain: {no}: path value is "." or "..", which would leave the path`},
		{c.Chain("v3/x", "1").Get(ctx, nil, nil),
			"wxpay: wxpay.Chain: more path values than the path has parameters"},
		{c.Chain("v3/x/{no", "1").Get(ctx, nil, nil),
			"wxpay: wxpay.Chain: path template with an unclosed {"},
		{c.Chain("v3/x?a=b").Get(ctx, nil, nil), "wxpay: wxpay.Chain: path template holds '?'; " +
			"pass the query apart, and escape nothing"},
		{c.Chain("v3/a b").Get(ctx, nil, nil), "wxpay: wxpay.Chain: path template holds ' '; " +
			"pass the query apart, and escape nothing"},
		{c.Chain("v3/x").Post(ctx, amount{}, nil, wxpay.WithField("total", 1)),
			"wxpay: wxpay.Chain: call option: WithField: the body already has total"},
		{c.Chain("v3/x").Post(ctx, nil, nil, wxpay.WithField("x", 1), wxpay.WithField("x", 2)),
			"wxpay: wxpay.Chain: call option: WithField: the body already has x"},
		{c.Chain("v3/x").Post(ctx, []int{1}, nil, wxpay.WithField("x", 1)),
			"wxpay: wxpay.Chain: call option: WithField: the body is no JSON object"},
		{c.Chain("v3/x").Post(ctx, []int{}, nil, wxpay.WithField("x", 1)),
			"wxpay: wxpay.Chain: call option: WithField: the body is no JSON object"},
		{c.Chain("v3/x").Post(ctx, "", nil, wxpay.WithField("x", 1)),
			"wxpay: wxpay.Chain: call option: WithField: the body is no JSON object"},
		{c.Chain("v3/x").Post(ctx, "{}", nil, wxpay.WithField("x", 1)),
			"wxpay: wxpay.Chain: call option: WithField: the body is no JSON object"},
		{c.Chain("v3/x").Post(ctx, nil, nil, wxpay.WithField("x", make(chan int))),
			"wxpay: wxpay.Chain: call option: WithField: x does not encode as JSON"},
	} {
		if !errors.As(f.err, new(*wxpay.InvalidError)) || f.err.Error() != f.want ||
			!errors.Is(f.err, wxpay.ErrBadRequest) {
			t.Errorf("got  %v\nwant %s", f.err, f.want)
		}
	}
	for _, out := range []any{orderResponse{}, (*orderResponse)(nil), "x"} {
		if err := c.Chain("v3/x").Get(ctx, nil, out); !errors.As(err, new(*wxpay.InvalidError)) ||
			!strings.Contains(err.Error(), "want a pointer") {
			t.Errorf("%T: %v", out, err)
		}
	}
	if err := c.Chain("v3/x").Post(ctx, make(chan int), nil); !errors.As(err,
		new(*wxpay.InvalidError)) {
		t.Errorf("a body that does not encode: %v", err)
	}
	if err := c.Chain("v3/x").Post(ctx, wxpay.NewSecret("x"), nil); !errors.As(err,
		new(*wxpay.SealError)) {
		t.Errorf("an unsealed body: %v", err)
	}
}

func TestEncryptForAChain(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	name, err := c.Encrypt(aName)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Chain("v3/x").Post(t.Context(), map[string]any{"name": name}, nil,
		wxpay.WithSerial(name.Serial())); err != nil {
		t.Fatal(err)
	}
	var body struct{ Name string }
	if err := json.Unmarshal(p.requests()[0].Body, &body); err != nil ||
		unseal(t, platformKey(), body.Name) != aName || p.requests()[0].Serial != publicID {
		t.Error(err)
	}
	if s, err := c.Encrypt(""); err != nil || !s.IsZero() {
		t.Error(err)
	}
	if _, err := c.Decrypt("!"); !errors.As(err, new(*wxpay.DecodeError)) {
		t.Error(err)
	}
}

func TestBaseURLs(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	base := p.start().URL
	call := gen.Call{Name: "t", Method: "GET", Path: "/v3/{x}", Args: []string{"a b"}}
	abroad := call
	abroad.Server = "https://apihk.mch.weixin.qq.com/global"
	for _, c := range []struct {
		client, perCall string
		call            gen.Call
		want            string
	}{
		{base, "", call, "/v3/a%20b"},
		{base + "/", "", call, "/v3/a%20b"},
		{base + "/prefix/%41/", "", call, "/prefix/%41/v3/a%20b"},
		{"https://127.0.0.1:1", base, call, "/v3/a%20b"},
		{base, "", abroad, "/global/v3/a%20b"},
		{base + "/p", "", abroad, "/p/global/v3/a%20b"},
	} {
		client := newClient(t, c.client)
		var opts []wxpay.CallOption
		if c.perCall != "" {
			opts = append(opts, wxpay.WithBaseURL(c.perCall))
		}
		if err := client.Do(t.Context(), c.call, nil, opts...); err != nil {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		if got := p.requests()[len(p.requests())-1].URI; got != c.want {
			t.Errorf("sent %s, want %s", got, c.want)
		}
	}
	abroad.Server = "nonsense"
	if err := newClient(t, base).Do(t.Context(), abroad, nil); !errors.As(err,
		new(*wxpay.InvalidError)) {
		t.Error(err)
	}
	// Without a base URL, a call goes to the server of its operation.
	var asked []string
	direct := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		return nil, errors.New("offline")
	}), wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1}))
	_ = direct.Do(t.Context(), call, nil)
	abroad.Server = "https://apihk.mch.weixin.qq.com"
	_ = direct.Do(t.Context(), abroad, nil)
	if strings.Join(asked, " ") != "https://api.mch.weixin.qq.com/v3/a%20b "+
		"https://apihk.mch.weixin.qq.com/v3/a%20b" {
		t.Error(asked)
	}
}

func TestUnsigned(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body, out.unsigned = []byte(`{"id":"42"}`), true
	})
	if resp, err := getOrder(t.Context(), p.client(), "1", wxpay.WithUnsigned()); err != nil ||
		resp.ID != "42" {
		t.Error(err)
	}
}

// WeChat Pay decrypts fields with the key that the header names. The header must name the key that
// sealed them.
func TestChainNamesTheKeyThatSealed(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	name, err := c.Encrypt(aName)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Keys().Add("PUB_KEY_ID_99", &otherKey().PublicKey),
		c.Keys().Prefer("PUB_KEY_ID_99")); err != nil {
		t.Fatal(err)
	}
	other, err := c.Encrypt(aName)
	if err != nil || name.Serial() != publicID || other.Serial() != "PUB_KEY_ID_99" {
		t.Fatal(name.Serial(), other.Serial(), err)
	}
	ctx := t.Context()
	type deep struct {
		List []map[string]*wxpay.Secret `json:"list"`
	}
	for i, err := range []error{
		c.Chain("v3/x").Post(ctx, map[string]any{"name": name}, nil),
		c.Chain("v3/x").Post(ctx, deep{[]map[string]*wxpay.Secret{{"name": &name}}}, nil),
		c.Chain("v3/x").Post(ctx, nil, nil, wxpay.WithField("name", name)),
		c.Chain("v3/x").Post(ctx, map[string]any{"name": name, "phone": name}, nil,
			wxpay.WithSerial(publicID)),
	} {
		if err != nil || p.requests()[i].Serial != publicID {
			t.Errorf("%d: %v, Wechatpay-Serial %q", i, err, p.requests()[i].Serial)
		}
	}
	sent := len(p.requests())
	for what, err := range map[string]error{
		"two keys": c.Chain("v3/x").Post(ctx, []any{name, other}, nil),
		"two keys, by WithField": c.Chain("v3/x").Post(ctx, map[string]any{"name": name}, nil,
			wxpay.WithField("phone", other)),
		"WithSerial": c.Chain("v3/x").Post(ctx, map[string]any{"name": name}, nil,
			wxpay.WithSerial("PUB_KEY_ID_99")),
	} {
		if !errors.As(err, new(*wxpay.InvalidError)) || len(p.requests()) != sent {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TLS alone protects an unsigned operation. A wrong signature is refused all the same, since it
// shows an attack.
func TestUnsignedRefusesAWrongSignature(t *testing.T) {
	var spoil func(*reply)
	p := newPlatform(t, func(_ request, out *reply) {
		out.body, out.spoil = []byte(`{"id":"42"}`), spoil
	})
	c := p.client()
	marked := gen.Call{Name: "test.Unsigned", Method: "GET", Path: "/v3/x", Unsigned: true}
	calls := map[string]func() (string, error){
		"WithUnsigned": func() (string, error) {
			resp, err := getOrder(t.Context(), c, "1", wxpay.WithUnsigned())
			return resp.ID, err
		},
		"an unsigned operation": func() (string, error) {
			var resp orderResponse
			err := c.Do(t.Context(), marked, &resp)
			return resp.ID, err
		},
		"Download": func() (string, error) {
			return "", c.Download(t.Context(), marked, io.Discard)
		},
	}
	for _, test := range []struct {
		name  string
		spoil func(*reply)
		step  wxpay.VerifyStep // empty: accepted
	}{
		{"signed", nil, ""},
		{"unsigned", func(r *reply) { r.header = make(http.Header) }, ""},
		{"forged body", func(r *reply) { r.body = []byte(`{"id":"666"}`) }, wxpay.StepSignature},
		{"forged signature", func(r *reply) {
			signReply(otherKey(), publicID, r.header.Get("Wechatpay-Timestamp"), "n", r)
		}, wxpay.StepSignature},
		{"half a signature", without("Wechatpay-Signature"), wxpay.StepHeaders},
	} {
		spoil = test.spoil
		for name, call := range calls {
			id, err := call()
			var v *wxpay.VerifyError
			switch refused := errors.As(err, &v); {
			case test.step == "" && (err != nil || id != "42" && name != "Download"):
				t.Errorf("%s, %s: %v", name, test.name, err)
			case test.step != "" && (!refused || v.Step != test.step || id != ""):
				t.Errorf("%s, %s: %v, got %q", name, test.name, err, id)
			}
		}
	}
}
