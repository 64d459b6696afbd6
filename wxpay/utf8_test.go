package wxpay_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// gbk is 张 as older systems encode it. WeChat Pay would read it as another text.
const gbk = "\xd5\xc5"

type gbkText struct{}

func (gbkText) MarshalText() ([]byte, error) { return []byte(gbk), nil }

type gbkJSON struct{}

func (gbkJSON) MarshalJSON() ([]byte, error) { return []byte(`{"a":"` + gbk + `"}`), nil }

type gbkHolder struct {
	Inner inString `json:"inner"`
}

// A sender sends texts in every place of a request.
type sender struct {
	ctx context.Context
	c   *wxpay.Client
}

func (s sender) post(body any, opts ...wxpay.CallOption) error {
	return s.c.Chain("v3/x").Post(s.ctx, body, nil, opts...)
}

func (s sender) get(no string) error {
	_, err := getOrder(s.ctx, s.c, no)
	return err
}

func (s sender) order(spoil func(*orderRequest)) error {
	req := anOrder()
	spoil(&req)
	_, err := postOrder(s.ctx, s.c, req)
	return err
}

func (s sender) query(fill func(*gen.Query)) error {
	call := gen.Call{Name: "test.Query", Method: "GET", Path: "/v3/x"}
	fill(&call.Query)
	return s.c.Do(s.ctx, call, nil)
}

func (s sender) header(value string) error {
	call := gen.Call{Name: "test.Header", Method: "GET", Path: "/v3/x"}
	call.SetHeader("X-Name", value)
	return s.c.Do(s.ctx, call, nil)
}

func (s sender) upload(f wxpay.File) error {
	call := gen.Call{Name: "test.Upload", Method: "POST", Path: "/v3/x", Body: struct{}{}, File: &f}
	return s.c.Do(s.ctx, call, nil)
}

func (s sender) raw(path string, body []byte, opts ...wxpay.CallOption) error {
	_, err := s.c.Raw(s.ctx, "POST", path, nil, body, opts...)
	return err
}

// A refusal is the error of a call, and the field that it should name: "" if an option names
// itself.
type refusal struct {
	err   error
	field string
}

func (s sender) bodies() map[string]refusal {
	return map[string]refusal{
		"body": {s.order(func(r *orderRequest) { r.OpenID = gbk }), "openid"},
		"body, after text": {s.order(func(r *orderRequest) { r.Note = "支付 \u2028 \" " + gbk }),
			"note"},
		"body, cut off":   {s.order(func(r *orderRequest) { r.Note = "支付"[:5] }), "note"},
		"body, surrogate": {s.order(func(r *orderRequest) { r.Note = "\xed\xa0\x80" }), "note"},
		"nested": {s.order(func(r *orderRequest) { r.Details[1].Name = gbk }),
			"details[1].name"},
		"pointer": {s.order(func(r *orderRequest) { r.Contact.Name = gbk }),
			"contact.name"},
		"list":            {s.post([]any{"a", []string{"b", gbk}}), "[1][1]"},
		"body alone":      {s.post(gbk), "body"},
		"map":             {s.post(map[string]any{"a": map[string]string{"b": gbk}}), "*.*"},
		"map key":         {s.post(map[string]any{"a": map[string]int{gbk: 1}}), "*.*"},
		"map key as text": {s.post(struct{ M map[gbkText]int }{map[gbkText]int{{}: 1}}), "M.*"},
		"MarshalText":     {s.post(struct{ T gbkText }{}), "T"},
		"MarshalJSON":     {s.post(struct{ J gbkJSON }{}), "J"},
		"RawMessage": {
			s.post(map[string]json.RawMessage{"a": json.RawMessage(`"` + gbk + `"`)}), "*",
		},
		"JSON in a string": {
			s.post(struct{ Outer []gbkHolder }{[]gbkHolder{{Inner: inString{Currency: gbk}}}}),
			"Outer[0].inner.currency",
		},
		"quoted": {s.post(struct {
			Q string `json:"q,string"`
		}{gbk}), "q"},
		"ciphertext": {s.post(struct{ S wxpay.Secret }{wxpay.SealedSecret(gbk)}), "S"},
		"Secret": {s.order(func(r *orderRequest) { r.Name = wxpay.NewSecret(gbk) }),
			"user_name"},
		"Secret in a list": {s.order(func(r *orderRequest) {
			r.Details[1].Phone = wxpay.NewSecret("1" + gbk)
		}), "details[1].phone"},
	}
}

func (s sender) addressesAndHeaders() map[string]refusal {
	return map[string]refusal{
		"path": {s.get(gbk), "{out_trade_no}"},
		"query": {s.query(func(q *gen.Query) {
			q.Int("a", 1)
			q.String("name", gbk)
			q.Int("b", 1)
		}), "name"},
		"query, optional": {s.query(func(q *gen.Query) { q.OptString("name", gbk) }), "name"},
		"query, list": {s.query(func(q *gen.Query) { q.Strings("name", []string{"a", gbk}) }),
			"name"},
		"query, name": {s.query(func(q *gen.Query) { q.Int(gbk, 1) }), "query"},
		"query, JSON": {s.query(func(q *gen.Query) {
			q.JSON("inner", inString{Currency: gbk})
		}), "inner.currency"},
		"query of a chain": {s.c.Chain("v3/x").Get(s.ctx, url.Values{"name": {gbk}}, nil), "name"},
		"WithQuery":        {s.post(nil, wxpay.WithQuery("name", gbk)), "name"},
		"header":           {s.header(gbk), "X-Name"},
		"WithHeader":       {s.post(nil, wxpay.WithHeader("X-Name", gbk)), "X-Name"},
		"WithField":        {s.post(nil, wxpay.WithField("a", []string{gbk})), "a[0]"},
		"WithField, name":  {s.post(nil, wxpay.WithField(gbk, 1)), "WithField"},
		"file name": {
			s.upload(wxpay.File{Name: gbk + ".jpg", Content: strings.NewReader("x")}), "file",
		},
		"file type": {
			s.upload(wxpay.File{Name: "a.jpg", ContentType: "image/" + gbk,
				Content: strings.NewReader("x")}), "file",
		},
		"raw body":  {s.raw("/v3/x", []byte(`{"a":"`+gbk+`"}`)), "body"},
		"raw path":  {s.raw("/v3/%d5%C5", nil), "path"},
		"raw query": {s.raw("/v3/x?a=1&b=%D5%c5", nil), "query"},
	}
}

// payments are the functions that send nothing.
func (s sender) payments() map[string]refusal {
	_, sealing := s.c.Encrypt(gbk)
	_, jsapi := s.c.JSAPIPayment(wxpay.Prepaid{PrepayID: gbk, AppID: "wx1"})
	_, app := s.c.APPPayment(wxpay.Prepaid{PrepayID: "wx2", AppID: "wx1" + gbk})
	_, partner := s.c.APPPayment(wxpay.Prepaid{PrepayID: "wx2", AppID: "wx1", PartnerID: gbk})
	_, h5 := wxpay.H5PaymentURL("https://wx.tenpay.com/x?y=1", "https://example.com/"+gbk)
	return map[string]refusal{
		"Encrypt":             {sealing, "value"},
		"JSAPIPayment":        {jsapi, "prepay_id"},
		"APPPayment":          {app, "appid"},
		"H5PaymentURL":        {h5, "redirect_url"},
		"APPPayment, partner": {partner, "partnerid"},
	}
}

// Text that is not UTF-8 is refused before anything is sent, by the name of its field.
func TestTextThatIsNoUTF8(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	s := sender{t.Context(), p.client()}
	for _, refusals := range []map[string]refusal{s.bodies(), s.addressesAndHeaders(),
		s.payments()} {
		for name, r := range refusals {
			e, ok := errors.AsType[*wxpay.InvalidError](r.err)
			if !ok || !slices.Equal(e.Fields, []string{r.field}) ||
				!strings.Contains(e.Problem, "UTF-8") {
				t.Errorf("%s: %v (%T); want field %s", name, r.err, r.err, r.field)
			} else if strings.Contains(e.Error(), gbk) || !errors.Is(e, wxpay.ErrBadRequest) {
				t.Errorf("%s: %q", name, e.Error())
			}
		}
	}
	if sent := p.requests(); len(sent) > 0 {
		t.Errorf("%d were sent, first %s %s", len(sent), sent[0].URI, sent[0].Body)
	}
}

func TestOptionsThatAreNoUTF8(t *testing.T) {
	if _, err := wxpay.New(testConfig(), wxpay.WithUserAgent(gbk)); !errors.As(err,
		new(*wxpay.ConfigError)) {
		t.Errorf("WithUserAgent: %v", err)
	}
	if _, err := wxpay.New(testConfig(),
		wxpay.WithBaseURL("https://example.com/"+gbk)); !errors.As(err, new(*wxpay.ConfigError)) {
		t.Errorf("WithBaseURL: %v", err)
	}
}

// Every Unicode character passes unchanged.
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
