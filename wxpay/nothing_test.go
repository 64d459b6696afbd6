package wxpay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// everyCall holds every method of a client that can fail.
func everyCall(ctx context.Context, c *wxpay.Client) map[string]func() error {
	one := func(_ any, err error) error { return err }
	call := gen.Call{Name: "test.Call", Method: "GET", Path: "/v3/x", Unsigned: true}
	prepaid := wxpay.Prepaid{PrepayID: "wx1", AppID: "wx8888888888888888"}
	file := func() *wxpay.File {
		return &wxpay.File{Name: "a.png", Content: strings.NewReader("x")}
	}
	return map[string]func() error{
		"Do":       func() error { return c.Do(ctx, call, nil) },
		"Get":      func() error { return c.Chain("v3/x").Get(ctx, nil, nil) },
		"Post":     func() error { return c.Chain("v3/x").Post(ctx, nil, nil) },
		"Raw":      func() error { return one(c.Raw(ctx, "GET", "/v3/x", nil, nil)) },
		"Download": func() error { return c.Download(ctx, call, io.Discard) },
		"DownloadURL": func() error {
			return c.DownloadURL(ctx, "https://api.mch.weixin.qq.com/v3/x", io.Discard)
		},
		"Describe": func() error { return c.Describe(ctx, "test.Upload", file(), "", nil, nil) },
		"upload": func() error {
			return c.Do(ctx, gen.Call{Name: "test.Upload", Method: "POST", Path: "/v3/x",
				File: file()}, nil)
		},
		"generated":    func() error { return one(postOrder(ctx, c, anOrder())) },
		"notification": func() error { return one(c.ParseNotification(ctx, nil, nil)) },
		"Seal": func() error {
			s := wxpay.NewSecret("x")
			return c.Seal(&gen.Call{Name: "test.Seal"}, func(w *gen.Secrets) { w.Field("x", &s) })
		},
		"Encrypt":      func() error { return one(c.Encrypt("x")) },
		"Decrypt":      func() error { return one(c.Decrypt("x")) },
		"JSAPIPayment": func() error { return one(c.JSAPIPayment(prepaid)) },
		"APPPayment":   func() error { return one(c.APPPayment(prepaid)) },
		"Refresh":      func() error { return c.Certificates().Refresh(ctx) },
		"Run":          func() error { return c.Certificates().Run(ctx) },
	}
}

// withoutContext are the methods without a context.
var withoutContext = []string{"Seal", "Encrypt", "Decrypt", "JSAPIPayment", "APPPayment"}

// A nil or zero client, as after an ignored error of New, gives an error and no panic.
func TestNoClient(t *testing.T) {
	for name, c := range map[string]*wxpay.Client{"nil": nil, "zero": new(wxpay.Client)} {
		for how, call := range everyCall(t.Context(), c) {
			if err := call(); !errors.As(err, new(*wxpay.InvalidError)) ||
				!strings.Contains(err.Error(), "made by New") && how != "Refresh" && how != "Run" {
				t.Errorf("%s, %s: %v", name, how, err)
			}
		}
		if c.MchID() != "" || c.BrandID() != "" || c.Keys() != nil || c.Certificates() != nil {
			t.Errorf("%s: %v", name, c)
		}
		c.CloseIdleConnections()
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/notify", nil)
		r.Header, _ = newNotification("A", "{}").sign()
		var seen faults
		c.NotificationHandler(new(wxpay.NotificationMux),
			wxpay.WithNotificationErrors(seen.report)).ServeHTTP(w, r)
		if w.Code != http.StatusInternalServerError ||
			!errors.As(seen.last(), new(*wxpay.InvalidError)) {
			t.Errorf("%s: HTTP %d, %v", name, w.Code, seen.last())
		}
	}
}

func TestNoContext(t *testing.T) {
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}),
		wxpay.WithCertificates())
	//lint:ignore SA1012 a nil context is what is tested
	calls := everyCall(nil, c)
	for _, how := range withoutContext {
		delete(calls, how)
	}
	for how, call := range calls {
		if err := call(); !errors.As(err, new(*wxpay.InvalidError)) ||
			!strings.Contains(err.Error(), "nil context; pass context.Background()") {
			t.Errorf("%s: %v", how, err)
		}
	}
	f := wxpay.Async(func() (int, error) { return 42, nil })
	//lint:ignore SA1012 a nil context is what is tested
	if _, err := f.WaitContext(nil); !errors.As(err, new(*wxpay.InvalidError)) {
		t.Errorf("WaitContext: %v", err)
	}
}

// A client made without WithCertificates says so when its source is used.
func TestNoCertificateSource(t *testing.T) {
	err := offlineClient(t).Certificates().Refresh(t.Context())
	if !errors.As(err, new(*wxpay.InvalidError)) ||
		!strings.Contains(err.Error(), "WithCertificates") {
		t.Errorf("%v", err)
	}
}

func TestNotificationHandlerOfNothing(t *testing.T) {
	for name, f := range map[string]func(){
		"mux":    func() { offlineClient(t).NotificationHandler(nil) },
		"typed":  func() { offlineClient(t).NotificationHandler((*wxpay.NotificationMux)(nil)) },
		"option": func() { offlineClient(t).NotificationHandler(new(wxpay.NotificationMux), nil) },
	} {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.HasPrefix(text,
					"wxpay: NotificationHandler: nil ") {
					t.Errorf("%s: %q", name, text)
				}
			}()
			f()
		}()
	}
}

// A URL is refused as a path. It would be sent as a path to WeChat Pay's host.
func TestChainOfAURL(t *testing.T) {
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	for _, path := range []string{"https://api.mch.weixin.qq.com/v3/x", "/https://x/v3/x",
		"http://x", "HTTPS://x/{a}", "ftp://x/"} {
		err := c.Chain(path).Get(t.Context(), nil, nil)
		if !errors.As(err, new(*wxpay.InvalidError)) ||
			!strings.Contains(err.Error(),
				"a URL; want the path alone, as /v3/certificates; WithBaseURL sets the host") {
			t.Errorf("%s: %v", path, err)
		}
		if err := c.Do(t.Context(), gen.Call{Name: "x", Method: "GET", Path: path},
			nil); !errors.As(err, new(*wxpay.InvalidError)) {
			t.Errorf("Do of %s: %v", path, err)
		}
	}
}

// A prepay_id may have the prefix of a payment's package.
func TestPrepayIDWithItsPrefix(t *testing.T) {
	c := offlineClient(t)
	for _, id := range []string{"wx201410272009395522657a690389285100",
		"prepay_id=wx201410272009395522657a690389285100"} {
		order := wxpay.Prepaid{PrepayID: id, AppID: "wx8888888888888888"}
		page, err := c.JSAPIPayment(order)
		if err != nil || page.Package != "prepay_id=wx201410272009395522657a690389285100" {
			t.Errorf("%+v, %v", page, err)
		}
		app, err := c.APPPayment(order)
		if err != nil || app.PrepayID != "wx201410272009395522657a690389285100" {
			t.Errorf("%+v, %v", app, err)
		}
	}
	if _, err := c.JSAPIPayment(wxpay.Prepaid{PrepayID: "prepay_id=", AppID: "wx8"}); !errors.As(
		err, new(*wxpay.InvalidError)) {
		t.Errorf("a prefix alone: %v", err)
	}
}
