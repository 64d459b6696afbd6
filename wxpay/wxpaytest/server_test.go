package wxpaytest_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

func TestReplyAndRequests(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi", map[string]string{"prepay_id": "wx26"})
	srv.Reply("GET", "/v3/pay/transactions/id/{transaction_id}",
		`{"user_name":"`+srv.Seal("张三")+`"}`)
	srv.Reply("GET", "/v3/pay/transactions/id/special", []byte(`{}`))
	srv.Reply("POST", "/v3/pay/transactions/id/{transaction_id}/close", nil)
	c := srv.Client()

	name, err := c.Encrypt(`李"四`)
	if err != nil {
		t.Fatal(err)
	}
	var prepay struct {
		PrepayID string `json:"prepay_id"`
	}
	body := map[string]any{"user_name": name, "inner": `{"user_name":"` + name.Sealed() + `"}`,
		"n": 1}
	err = c.Chain("v3/pay/transactions/jsapi").Post(t.Context(), body, &prepay,
		wxpay.WithSerial(name.Serial()))
	if err != nil || prepay.PrepayID != "wx26" {
		t.Errorf("%v, %+v", err, prepay)
	}
	var order struct {
		Name wxpay.Secret `json:"user_name"`
	}
	query := url.Values{"mchid": {wxpaytest.MchID}, "id_card": {name.Sealed()}}
	if err := c.Chain("v3/pay/transactions/id/{id}", "a/b c").Get(t.Context(), query,
		&order); err != nil {
		t.Error(err)
	}
	if opened, err := c.Decrypt(order.Name.Sealed()); err != nil || opened.Reveal() != "张三" {
		t.Errorf("%v, %v", opened.Reveal(), err)
	}
	if err := c.Chain("v3/pay/transactions/id/special").Get(t.Context(), nil, &order); err != nil {
		t.Error(err)
	}
	if err := c.Chain("v3/pay/transactions/id/{id}/close", "7").Post(t.Context(), nil,
		nil); err != nil {
		t.Error(err)
	}
	checkRequests(t, srv.Requests())
}

func checkRequests(t *testing.T, got []*wxpaytest.Request) {
	t.Helper()
	if len(got) != 4 {
		t.Fatalf("%d requests", len(got))
	}
	var sent struct {
		Name string `json:"user_name"`
		N    int    `json:"n"`
	}
	if err := got[0].Decode(&sent); err != nil || sent.Name != `李"四` || sent.N != 1 {
		t.Errorf("%v, %s", err, got[0].Body)
	}
	if bytes.Contains(got[0].RawBody, []byte("李")) {
		t.Errorf("sent in clear: %s", got[0].RawBody)
	}
	get := got[1]
	if get.Template != "/v3/pay/transactions/id/{transaction_id}" ||
		get.Args["transaction_id"] != "a/b c" ||
		get.Path != "/v3/pay/transactions/id/a/b c" || get.Query.Get("mchid") != wxpaytest.MchID ||
		get.Query.Get("id_card") != `李"四` {
		t.Errorf("%+v", get)
	}
	if got[2].Template != "/v3/pay/transactions/id/special" ||
		got[3].Args["transaction_id"] != "7" {
		t.Errorf("%+v, %+v", got[2], got[3])
	}
}

func TestReplyErrorAndHandle(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.ReplyError("GET", "/v3/x", 404, "ORDER_NOT_EXIST", "订单不存在")
	calls := 0
	srv.Handle("GET", "/v3/y", func(*wxpaytest.Request) wxpaytest.Response {
		if calls++; calls == 1 {
			return wxpaytest.Response{Status: 429, Body: `{"code":"FREQUENCY_LIMITED"}`,
				Header: http.Header{"Retry-After": {"0"}}}
		}
		return wxpaytest.Response{Body: `{}`}
	})
	c := srv.Client()
	err := c.Chain("/v3/x").Get(t.Context(), nil, nil)
	var e *wxpay.Error
	if !errors.As(err, &e) || !errors.Is(err, wxpay.ErrNotFound) || !e.Verified ||
		e.Message != "订单不存在" {
		t.Errorf("%v", err)
	}
	if err := c.Chain("/v3/y").Get(t.Context(), nil, nil); err != nil || calls != 2 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestUploadAndDownload(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/upload", `{"media_id":"m"}`)
	srv.ReplyFile("GET", "/v3/billdownload/file", []byte("bill"))
	c := srv.Client()
	file := wxpay.File{Name: "a.jpg", Content: strings.NewReader("content")}
	call := gen.Call{Name: "upload", Method: "POST", Path: "/v3/upload",
		Body: map[string]string{"filename": "a.jpg"}, File: &file}
	var out struct {
		MediaID string `json:"media_id"`
	}
	if err := c.Do(t.Context(), call, &out); err != nil || out.MediaID != "m" {
		t.Fatalf("%v, %+v", err, out)
	}
	up := srv.Requests()[0].Upload
	if string(srv.Requests()[0].Body) != `{"filename":"a.jpg"}` || up.Name != "a.jpg" ||
		string(up.Content) != "content" || up.ContentType != "image/jpeg" || up.Part != "file" {
		t.Errorf("%+v", up)
	}
	var dst bytes.Buffer
	if err := c.DownloadURL(t.Context(),
		"https://api.mch.weixin.qq.com/v3/billdownload/file?token=x", &dst); err != nil ||
		dst.String() != "bill" {
		t.Errorf("%v, %q", err, &dst)
	}
}

func TestMisbehave(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/x", `{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)
	c := srv.Client()
	for fault, want := range map[wxpaytest.Fault]error{
		wxpaytest.WrongSignature: &wxpay.VerifyError{Step: wxpay.StepSignature},
		wxpaytest.Unsigned:       &wxpay.VerifyError{Step: wxpay.StepHeaders},
		wxpaytest.OldTimestamp:   &wxpay.VerifyError{Step: wxpay.StepTimestamp},
		wxpaytest.UnknownSerial:  &wxpay.VerifyError{Step: wxpay.StepKey},
		wxpaytest.SignatureProbe: &wxpay.VerifyError{Step: wxpay.StepSignature},
		wxpaytest.MalformedJSON:  new(wxpay.DecodeError),
		wxpaytest.CutOff:         new(wxpay.TransportError),
		wxpaytest.Unavailable:    new(wxpay.Error),
	} {
		srv.Misbehave(fault, 1)
		var out map[string]string
		err := c.Chain("/v3/x").Post(t.Context(), nil, &out)
		if fmt.Sprintf("%T", err) != fmt.Sprintf("%T", want) {
			t.Errorf("fault %d: %v; want a %T", fault, err, want)
		}
		var got, step *wxpay.VerifyError
		if errors.As(want, &step) && errors.As(err, &got) && got.Step != step.Step {
			t.Errorf("fault %d: step %s; want %s", fault, got.Step, step.Step)
		}
		if errors.Is(err, wxpay.ErrSignatureProbe) != (fault == wxpaytest.SignatureProbe) {
			t.Errorf("fault %d: %v", fault, err)
		}
		if err := c.Chain("/v3/x").Post(t.Context(), nil, &out); err != nil {
			t.Errorf("after fault %d: %v", fault, err)
		}
	}
}

func TestCertificates(t *testing.T) {
	srv := wxpaytest.New(t, wxpaytest.WithCertificate())
	srv.Reply("GET", "/v3/x", `{}`)
	serial := wxpay.CertificateSerial(srv.Certificate())
	if err := srv.Client().Chain("/v3/x").Get(t.Context(), nil, nil); err != nil {
		t.Error(err)
	}
	cfg := srv.Config()
	cfg.PlatformCerts = nil
	c, err := wxpay.New(cfg, append(srv.Options(), wxpay.WithCertificates())...)
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdleConnections()
	if err := c.Certificates().Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := c.Keys().Serials(); len(got) != 1 || got[0] != serial {
		t.Errorf("serials %v; want %s", got, serial)
	}
	if err := c.Chain("/v3/x").Get(t.Context(), nil, nil); err != nil {
		t.Error(err)
	}
	// A notification with an unknown serial makes the client download the certificates.
	fresh, err := wxpay.New(cfg, append(srv.Options(), wxpay.WithCertificates())...)
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.CloseIdleConnections()
	header, body := srv.Notify("TRANSACTION.SUCCESS", `{}`)
	if ev, err := fresh.ParseNotification(t.Context(), header, body); err != nil ||
		ev.Serial != serial {
		t.Errorf("%v, %v", ev, err)
	}
}

func TestNotify(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	srv := wxpaytest.New(t, wxpaytest.WithClock(func() time.Time { return at }))
	c := srv.Client()
	header, body := srv.Notify("TRANSACTION.SUCCESS",
		map[string]any{"trade_state": "SUCCESS", "user_name": srv.Seal("张三")})
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err != nil {
		t.Fatal(err)
	}
	var resource struct {
		State string       `json:"trade_state"`
		Name  wxpay.Secret `json:"user_name"`
	}
	if err := ev.Decode(&resource, func(s *gen.Secrets) {
		s.Field("user_name", &resource.Name)
	}); err != nil {
		t.Fatal(err)
	}
	if resource.State != "SUCCESS" || resource.Name.Reveal() != "张三" || !ev.CreateTime.Equal(at) {
		t.Errorf("%+v, %v", resource, ev)
	}
	header2, body2 := srv.Notify("TRANSACTION.SUCCESS", `{}`)
	if ev2, err := c.ParseNotification(t.Context(), header2, body2); err != nil || ev2.ID == ev.ID {
		t.Errorf("%v, %v", ev2, err)
	}
	for fault, step := range map[wxpaytest.Fault]wxpay.VerifyStep{
		wxpaytest.WrongSignature: wxpay.StepSignature, wxpaytest.Unsigned: wxpay.StepHeaders,
		wxpaytest.OldTimestamp:  wxpay.StepTimestamp,
		wxpaytest.UnknownSerial: wxpay.StepKey, wxpaytest.SignatureProbe: wxpay.StepSignature,
	} {
		header, body := srv.Notify("TRANSACTION.SUCCESS", `{}`, fault)
		_, err := c.ParseNotification(t.Context(), header, body)
		var n *wxpay.NotificationError
		if !errors.As(err, &n) || n.Step != step {
			t.Errorf("fault %d: %v; want step %s", fault, err, step)
		}
	}
	var mux wxpay.NotificationMux
	h := c.NotificationHandler(&mux, wxpay.WithNotificationErrors(nil))
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, srv.NotifyRequest("X", `{}`)); w.Code != http.StatusNotImplemented {
		t.Errorf("HTTP %d", w.Code)
	}
}

// fakeT records the failures that the server reports.
type fakeT struct {
	testing.TB
	mu     sync.Mutex
	errors []string
}

func (f *fakeT) Errorf(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}

func TestServerRefuses(t *testing.T) {
	ft := &fakeT{TB: t}
	srv := wxpaytest.New(ft)
	srv.Reply("POST", "/v3/x", `{}`)
	cfg := srv.Config()
	cfg.SerialNo = "00"
	stranger, err := wxpay.New(cfg, srv.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.CloseIdleConnections()
	var e *wxpay.Error
	if err := stranger.Chain("/v3/x").Post(t.Context(), nil, nil); !errors.As(err, &e) ||
		e.Code != "SIGN_ERROR" || !e.Verified {
		t.Errorf("%v", err)
	}
	if err := srv.Client().Chain("/v3/unplanned").Post(t.Context(), nil, nil); !errors.As(err,
		&e) || e.StatusCode != 501 {
		t.Errorf("%v", err)
	}
	if len(ft.errors) != 1 ||
		!strings.Contains(ft.errors[0], "no reply planned for POST /v3/unplanned") {
		t.Errorf("errors %q", ft.errors)
	}
	if len(srv.Requests()) != 1 {
		t.Errorf("%d requests", len(srv.Requests()))
	}
	resp, err := http.Post(srv.URL+"/v3/x", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != 401 ||
		!strings.Contains(string(body), "Authorization") {
		t.Errorf("HTTP %d %s", resp.StatusCode, body)
	}
	secret, err := srv.Client().Encrypt("x")
	if err != nil {
		t.Fatal(err)
	}
	noSerial := gen.Call{Method: "POST", Path: "/v3/x",
		Body: map[string]string{"a": secret.Sealed()}}
	other := srv.Client()
	if err := other.Keys().Add("PUB_KEY_ID_0", cfg.PlatformKeys[wxpaytest.PublicKeyID]); err !=
		nil {
		t.Fatal(err)
	}
	if err := other.Do(t.Context(), noSerial, nil,
		wxpay.WithSerial("PUB_KEY_ID_0")); !errors.As(err, &e) ||
		!strings.Contains(e.Message, "PUB_KEY_ID_0") {
		t.Errorf("%v", err)
	}
}

// A server of a brand knows the brand, and refuses a merchant's signature.
func TestBrand(t *testing.T) {
	srv := wxpaytest.New(t, wxpaytest.WithBrand())
	srv.Reply("POST", "/brand/marketing/product-coupon/users/{openid}/coupons/{coupon_code}/use",
		`{"state":"USED"}`)
	srv.Reply("GET", "/x", nil)
	var out struct{ State string }
	use := srv.Client().
		Chain("brand/marketing/product-coupon/users/{openid}/coupons/{coupon_code}/use", "o", "c")
	if err := use.Post(t.Context(), map[string]string{"stock_id": "1"}, &out); err != nil ||
		out.State != "USED" {
		t.Errorf("%v, %v", out, err)
	}
	header, body := srv.Notify("PRODUCT_COUPON.SEND", `{"brand_id":"`+wxpaytest.BrandID+`"}`)
	if ev, err := srv.Client().ParseNotification(t.Context(), header, body); err != nil ||
		ev.EventType != "PRODUCT_COUPON.SEND" {
		t.Error(err)
	}
	cfg := srv.Config()
	cfg.MchID, cfg.BrandID = wxpaytest.MchID, ""
	merchant, err := wxpay.New(cfg, srv.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	defer merchant.CloseIdleConnections()
	var refused *wxpay.Error
	if err := merchant.Chain("x").Get(t.Context(), nil, nil); !errors.As(err, &refused) ||
		refused.Code != "SIGN_ERROR" {
		t.Error(err)
	}
}
