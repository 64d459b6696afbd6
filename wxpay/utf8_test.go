package wxpay_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// gbk is 张 as older systems hand it over. It would arrive as another text, or as that of another
// order.
const gbk = "\xd5\xc5"

type gbkText struct{}

func (gbkText) MarshalText() ([]byte, error) { return []byte(gbk), nil }

type gbkJSON struct{}

func (gbkJSON) MarshalJSON() ([]byte, error) { return []byte(`{"a":"` + gbk + `"}`), nil }

type gbkHolder struct {
	Inner inString `json:"inner"`
}

// Text that is no UTF-8 is refused before anything is sent, by the name of the field, wherever it
// stands.
func TestTextThatIsNoUTF8(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	ctx := t.Context()
	post := func(body any, opts ...wxpay.CallOption) error {
		return c.Chain("v3/x").Post(ctx, body, nil, opts...)
	}
	order := func(spoil func(*orderRequest)) error {
		req := anOrder()
		spoil(&req)
		_, err := postOrder(ctx, c, req)
		return err
	}
	query := func(fill func(*gen.Query)) error {
		call := gen.Call{Name: "test.Query", Method: "GET", Path: "/v3/x"}
		fill(&call.Query)
		return c.Do(ctx, call, nil)
	}
	header := func(value string) error {
		call := gen.Call{Name: "test.Header", Method: "GET", Path: "/v3/x"}
		call.SetHeader("X-Name", value)
		return c.Do(ctx, call, nil)
	}
	upload := func(f wxpay.File) error {
		call := gen.Call{Name: "test.Upload", Method: "POST", Path: "/v3/x", Body: struct{}{},
			File: &f}
		return c.Do(ctx, call, nil)
	}
	raw := func(path string, body []byte, opts ...wxpay.CallOption) error {
		_, err := c.Raw(ctx, "POST", path, nil, body, opts...)
		return err
	}
	_, sealing := c.Encrypt(gbk)
	_, jsapi := c.JSAPIPayment(wxpay.Prepaid{PrepayID: gbk, AppID: "wx1"})
	_, app := c.APPPayment(wxpay.Prepaid{PrepayID: "wx2", AppID: "wx1" + gbk})
	_, partner := c.APPPayment(wxpay.Prepaid{PrepayID: "wx2", AppID: "wx1", PartnerID: gbk})
	_, h5 := wxpay.H5PaymentURL("https://wx.tenpay.com/x?y=1", "https://example.com/"+gbk)
	_, path := getOrder(ctx, c, gbk)
	for name, test := range map[string]struct {
		err   error
		field string // "" where an option names itself
	}{
		"body": {order(func(r *orderRequest) { r.OpenID = gbk }), "openid"},
		"body, after text": {order(func(r *orderRequest) { r.Note = "支付 \u2028 \" " + gbk }),
			"note"},
		"body, cut off":   {order(func(r *orderRequest) { r.Note = "支付"[:5] }), "note"},
		"body, surrogate": {order(func(r *orderRequest) { r.Note = "\xed\xa0\x80" }), "note"},
		"nested": {order(func(r *orderRequest) { r.Details[1].Name = gbk }),
			"details[1].name"},
		"pointer":         {order(func(r *orderRequest) { r.Contact.Name = gbk }), "contact.name"},
		"list":            {post([]any{"a", []string{"b", gbk}}), "[1][1]"},
		"body alone":      {post(gbk), "body"},
		"map":             {post(map[string]any{"a": map[string]string{"b": gbk}}), "*.*"},
		"map key":         {post(map[string]any{"a": map[string]int{gbk: 1}}), "*.*"},
		"map key as text": {post(struct{ M map[gbkText]int }{map[gbkText]int{{}: 1}}), "M.*"},
		"MarshalText":     {post(struct{ T gbkText }{}), "T"},
		"MarshalJSON":     {post(struct{ J gbkJSON }{}), "J"},
		"RawMessage": {
			post(map[string]json.RawMessage{"a": json.RawMessage(`"` + gbk + `"`)}), "*",
		},
		"JSON in a string": {
			post(struct{ Outer []gbkHolder }{[]gbkHolder{{Inner: inString{Currency: gbk}}}}),
			"Outer[0].inner.currency",
		},
		"quoted": {post(struct {
			Q string `json:"q,string"`
		}{gbk}), "q"},
		"ciphertext": {post(struct{ S wxpay.Secret }{wxpay.SealedSecret(gbk)}), "S"},
		"Secret": {order(func(r *orderRequest) { r.Name = wxpay.NewSecret(gbk) }),
			"user_name"},
		"Secret in a list": {order(func(r *orderRequest) {
			r.Details[1].Phone = wxpay.NewSecret("1" + gbk)
		}), "details[1].phone"},
		"Encrypt": {sealing, "value"},
		"path":    {path, "{out_trade_no}"},
		"query": {query(func(q *gen.Query) {
			q.Int("a", 1)
			q.String("name", gbk)
			q.Int("b", 1)
		}), "name"},
		"query, optional": {query(func(q *gen.Query) { q.OptString("name", gbk) }), "name"},
		"query, list": {query(func(q *gen.Query) { q.Strings("name", []string{"a", gbk}) }),
			"name"},
		"query, name": {query(func(q *gen.Query) { q.Int(gbk, 1) }), "query"},
		"query, JSON": {query(func(q *gen.Query) {
			q.JSON("inner", inString{Currency: gbk})
		}), "inner.currency"},
		"query of a chain": {c.Chain("v3/x").Get(ctx, url.Values{"name": {gbk}}, nil), "name"},
		"WithQuery":        {post(nil, wxpay.WithQuery("name", gbk)), "name"},
		"header":           {header(gbk), "X-Name"},
		"WithHeader":       {post(nil, wxpay.WithHeader("X-Name", gbk)), "X-Name"},
		"WithField":        {post(nil, wxpay.WithField("a", []string{gbk})), "a[0]"},
		"WithField, name":  {post(nil, wxpay.WithField(gbk, 1)), "WithField"},
		"file name": {
			upload(wxpay.File{Name: gbk + ".jpg", Content: strings.NewReader("x")}), "file",
		},
		"file type": {
			upload(wxpay.File{Name: "a.jpg", ContentType: "image/" + gbk,
				Content: strings.NewReader("x")}), "file",
		},
		"raw body":            {raw("/v3/x", []byte(`{"a":"`+gbk+`"}`)), "body"},
		"raw path":            {raw("/v3/%d5%C5", nil), "path"},
		"raw query":           {raw("/v3/x?a=1&b=%D5%c5", nil), "query"},
		"JSAPIPayment":        {jsapi, "prepay_id"},
		"APPPayment":          {app, "appid"},
		"H5PaymentURL":        {h5, "redirect_url"},
		"APPPayment, partner": {partner, "partnerid"},
	} {
		e, ok := errors.AsType[*wxpay.InvalidError](test.err)
		if !ok || !slices.Equal(e.Fields, []string{test.field}) ||
			!strings.Contains(e.Problem, "UTF-8") {
			t.Errorf("%s: %v (%T); want field %s", name, test.err, test.err, test.field)
		} else if strings.Contains(e.Error(), gbk) || !errors.Is(e, wxpay.ErrBadRequest) {
			t.Errorf("%s: %q", name, e.Error())
		}
	}
	if sent := p.requests(); len(sent) > 0 {
		t.Errorf("%d were sent, first %s %s", len(sent), sent[0].URI, sent[0].Body)
	}
	if _, err := wxpay.New(testConfig(), wxpay.WithUserAgent(gbk)); !errors.As(err,
		new(*wxpay.ConfigError)) {
		t.Errorf("WithUserAgent: %v", err)
	}
	if _, err := wxpay.New(testConfig(),
		wxpay.WithBaseURL("https://example.com/"+gbk)); !errors.As(err, new(*wxpay.ConfigError)) {
		t.Errorf("WithBaseURL: %v", err)
	}
}

// All of Unicode passes as it is.
func TestTextOfAllUnicode(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r <= '\U0010FFFF'; r++ {
		if r < 0xd800 || 0xdfff < r {
			all.WriteRune(r)
		}
	}
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	if err := p.client().Chain("v3/x").Post(t.Context(), map[string]string{"all": all.String()},
		nil); err != nil {
		t.Fatal(err)
	}
	var back map[string]string
	if err := json.Unmarshal(p.requests()[0].Body, &back); err != nil ||
		back["all"] != all.String() {
		t.Errorf("%d bytes came back as %d: %v", all.Len(), len(back["all"]), err)
	}
}
