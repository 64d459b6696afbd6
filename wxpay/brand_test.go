package wxpay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

const brandID = "120344"

// brandKey is of the brand, whose certificate is another one than the merchant's.
var brandKey = sync.OnceValue(newKey)

var brandAuthorization = regexp.MustCompile(
	`^WECHATPAY-BRAND-SHA256-RSA2048 brand_id="([0-9]+)",nonce_str="([0-9A-Za-z]{32})",timestamp="([0-9]+)",serial_no="([0-9A-F]+)",signature="([0-9A-Za-z+/=]+)"$`)

func brandConfig() wxpay.Config {
	cfg := testConfig()
	cfg.MchID, cfg.BrandID, cfg.PrivateKey = "", brandID, brandKey()
	return cfg
}

// newBrand returns a client of a platform that knows one brand and no merchant.
func newBrand(t *testing.T, answer func(request, *reply), opts ...wxpay.Option) (*platform,
	*wxpay.Client) {
	t.Helper()
	p := newPlatform(t, answer)
	p.caller = caller{brandAuthorization, brandID, &brandKey().PublicKey}
	cfg := brandConfig()
	cfg.PrivateKey = opener{signer{pub: &brandKey().PublicKey, key: brandKey()}} // as in an HSM
	opts = append([]wxpay.Option{wxpay.WithBaseURL(p.start().URL),
		wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})}, opts...)
	c, err := wxpay.New(cfg, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return p, c
}

// The platform verifies with crypto/rsa, over the bytes that it received, that a brand signs every
// kind of request.
func TestBrandSigns(t *testing.T) {
	p, c := newBrand(t, func(r request, out *reply) {
		if out.body = []byte(`{"id":"42"}`); strings.HasSuffix(r.URI, "/deactivate") {
			out.status, out.body = http.StatusNoContent, nil
		}
	})
	if c.BrandID() != brandID || c.MchID() != "" {
		t.Errorf("brand %q, merchant %q", c.BrandID(), c.MchID())
	}
	var got struct{ ID string }
	coupons := c.Chain("brand/marketing/product-coupon/users/{openid}/coupons", "o/张三")
	err := errors.Join(
		coupons.Get(t.Context(), map[string][]string{"user_coupon_state": {"a b&c"}}, &got),
		c.Chain("brand/marketing/product-coupon/product-coupons").Post(t.Context(),
			map[string]any{"scope": "ALL"}, &got),
		c.Chain("brand/marketing/product-coupon/product-coupons/{id}/deactivate", "1").
			Post(t.Context(), nil, nil))
	if err != nil || got.ID != "42" {
		t.Errorf("%v, %v", got, err)
	}
	raw, err := c.Raw(t.Context(), "GET", "/brand/marketing/product-coupon/notify-configs?a=%2F",
		nil, nil)
	if err != nil || string(raw.Body) != `{"id":"42"}` {
		t.Errorf("%v, %v", raw, err)
	}
	if n := len(p.requests()); n != 4 {
		t.Errorf("%d requests were signed as they should", n)
	}
	for _, r := range p.requests() {
		if r.Serial != publicID {
			t.Errorf("Wechatpay-Serial %q of %s", r.Serial, r.URI)
		}
	}
}

// A brand signs the meta part of an upload alone, as a merchant does.
func TestBrandUploads(t *testing.T) {
	const content = "\x89PNG"
	p, c := newBrand(t, func(_ request, out *reply) {
		out.body = []byte(`{"media_url":"https://x"}`)
	})
	meta := struct{ Filename, SHA256 string }{}
	file := &wxpay.File{Name: "a.png", Content: strings.NewReader(content)}
	err := errors.Join(
		c.Describe(t.Context(), "test.Upload", file, "SHA256", &meta.Filename, &meta.SHA256),
		c.Do(t.Context(), gen.Call{
			Name: "test.Upload", Method: "POST",
			Path: "/brand/marketing/product-coupon/media/upload-image", Body: meta, File: file,
		}, nil))
	if err != nil || len(p.requests()) != 1 ||
		!bytes.Contains(p.requests()[0].Body, []byte(content)) {
		t.Error(err)
	}
}

// WeChat Pay does not document which of the two names of its scheme it uses in replies to brands.
// Both name one algorithm.
func TestBrandReadsEitherScheme(t *testing.T) {
	for name, believed := range map[string]bool{
		"WECHATPAY-BRAND-SHA256-RSA2048": true, "WECHATPAY2-SHA256-RSA2048": true,
		"WECHATPAY-BRAND-SM2-WITH-SM3": false,
	} {
		_, c := newBrand(t, func(_ request, out *reply) {
			out.body = []byte(`{}`)
			out.header.Set("Wechatpay-Signature-Type", name)
		})
		if err := c.Chain("brand/x").Get(t.Context(), nil, nil); (err == nil) != believed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The client verifies every reply and every notification for a brand.
func TestBrandVerifies(t *testing.T) {
	stranger := quickKey()
	for name, c := range map[string]struct {
		spoil func(*reply)
		step  wxpay.VerifyStep
	}{
		"body":     {func(r *reply) { r.body = []byte(`{"id":"43"}`) }, wxpay.StepSignature},
		"unsigned": {func(r *reply) { r.header.Del("Wechatpay-Signature") }, wxpay.StepHeaders},
		"stranger": {func(r *reply) {
			signReply(stranger, publicID, r.header.Get("Wechatpay-Timestamp"), "n", r)
		}, wxpay.StepSignature},
		"brand key": {func(r *reply) {
			signReply(brandKey(), serialNo, r.header.Get("Wechatpay-Timestamp"), "n", r)
		}, wxpay.StepKey},
	} {
		_, client := newBrand(t, func(_ request, out *reply) {
			out.body, out.spoil = []byte(`{"id":"42"}`), c.spoil
		})
		var got struct{ ID string }
		err := client.Chain("brand/x").Get(t.Context(), nil, &got)
		var v *wxpay.VerifyError
		if !errors.As(err, &v) || v.Step != c.step || got.ID != "" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Sensitive fields are sealed for WeChat Pay, and opened with the brand's own key.
func TestBrandSeals(t *testing.T) {
	_, c := newBrand(t, nil)
	sealed, err := c.Encrypt(aName)
	if err != nil || unseal(t, platformKey(), sealed.Sealed()) != aName {
		t.Error(err)
	}
	opened, err := c.Decrypt(sealFor(t, &brandKey().PublicKey, aName))
	if err != nil || opened.Reveal() != aName {
		t.Error(err)
	}
}

// A brand has an APIv3 key of its own. WeChat Pay signs the brand's notifications with the same
// platform key.
func TestBrandNotification(t *testing.T) {
	const own = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	cfg := brandConfig()
	cfg.APIv3Key = own
	c, err := wxpay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	const resource = `{"brand_id":"120344","openid":"oh-394z-6CGkNoJrsDLTTUKiAnp4"}`
	n := newNotification("PRODUCT_COUPON.SEND", resource)
	header, body := n.sign()
	var refused *wxpay.NotificationError
	if _, err := c.ParseNotification(t.Context(), header, body); !errors.As(err, &refused) ||
		refused.Step != wxpay.StepDecrypt {
		t.Errorf("encrypted with the merchant's key: %v", err)
	}
	n.apiV3Key = own
	n.body["resource"] = n.box(resource)
	header, body = n.sign()
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err != nil || ev.EventType != "PRODUCT_COUPON.SEND" || string(ev.Plaintext()) != resource {
		t.Errorf("%v, %v", ev, err)
	}
	header.Set("Wechatpay-Nonce", "another")
	if _, err := c.ParseNotification(t.Context(), header, body); !errors.As(err, &refused) ||
		refused.Step != wxpay.StepSignature {
		t.Errorf("forged: %v", err)
	}
}

func TestBrandConfigFaults(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*wxpay.Config)
		opts []wxpay.Option
		want string
	}{
		"both": {func(c *wxpay.Config) { c.MchID = mchID }, nil,
			"wxpay: Config.BrandID: set beside MchID; a client signs for a merchant or for a " +
				"brand: make one for each"},
		"quote": {func(c *wxpay.Config) { c.BrandID = `1",x="` }, nil,
			"wxpay: Config.BrandID: holds a character that is no letter, digit, '-' or '_'"},
		"serial": {func(c *wxpay.Config) { c.SerialNo = "" }, nil,
			"wxpay: Config.SerialNo: empty; set the serial number of the brand's API certificate"},
		"certificates": {func(*wxpay.Config) {}, []wxpay.Option{wxpay.WithCertificates()},
			"wxpay: Config.BrandID: set with WithCertificates, which downloads for merchants " +
				"alone; set PlatformKeys to WeChat Pay's public key"},
	} {
		cfg := brandConfig()
		c.edit(&cfg)
		_, err := wxpay.New(cfg, c.opts...)
		if err == nil || err.Error() != c.want || !errors.As(err, new(*wxpay.ConfigError)) {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

// The client refuses a brand's call of a merchant's path, and the reverse. WeChat Pay would only
// say that the signature is wrong.
func TestBrandAndMerchantPathsAreToldApart(t *testing.T) {
	nothing := wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}})
	brand, err := wxpay.New(brandConfig(), nothing)
	if err != nil {
		t.Fatal(err)
	}
	const forMerchants = "the client signs for a brand, and paths below /v3/ are for merchants; " +
		"use a client with Config.MchID"
	const forBrands = "the client signs for a merchant, and paths below /brand/ are for brands; " +
		"use a client with Config.BrandID"
	for _, test := range []struct {
		c          *wxpay.Client
		path, want string
	}{{brand, "/v3/x", forMerchants}, {offlineClient(t, nothing), "/brand/x", forBrands}} {
		for name, err := range map[string]error{
			"Do":    test.c.Do(t.Context(), gen.Call{Method: "GET", Path: test.path}, nil),
			"Chain": test.c.Chain(test.path).Get(t.Context(), nil, nil),
			"Download": test.c.Download(t.Context(), gen.Call{Method: "GET", Path: test.path},
				io.Discard),
		} {
			var invalid *wxpay.InvalidError
			if !errors.As(err, &invalid) || invalid.Problem != test.want {
				t.Errorf("%s of %s: %v", name, test.path, err)
			}
		}
	}
}

// Raw and DownloadURL take any path: the caller of a whole path may know more than the rule.
func TestBrandSendsWholePaths(t *testing.T) {
	p, c := newBrand(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	if _, err := c.Raw(t.Context(), "GET", "/v3/x", nil, nil); err != nil {
		t.Error(err)
	}
	if err := c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x?token=1", io.Discard,
		wxpay.WithBaseURL(p.start().URL)); err != nil {
		t.Error(err)
	}
	if n := len(p.requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// A payment goes to a merchant: WeChat would refuse payment parameters that a brand signed.
func TestBrandSignsNoPayment(t *testing.T) {
	_, c := newBrand(t, nil)
	_, jsapi := c.JSAPIPayment(wxpay.Prepaid{PrepayID: "wx26", AppID: "wx1"})
	_, app := c.APPPayment(wxpay.Prepaid{PrepayID: "wx26", AppID: "wx1", PartnerID: mchID})
	_, scan := c.ScanPaymentURL(strings.Repeat("k", 32),
		wxpay.ScanPayment{AppID: "wx1", ProductID: "p"})
	for name, err := range map[string]error{"JSAPI": jsapi, "APP": app, "scan": scan} {
		var invalid *wxpay.InvalidError
		if !errors.As(err, &invalid) || invalid.Problem != "the client signs for a brand, and "+
			"payments go to a merchant; use a client with Config.MchID" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A printed client or configuration of a brand shows the brand's number alone.
func TestBrandIsQuiet(t *testing.T) {
	var log bytes.Buffer
	observer := wxpay.NewSlogObserver(
		slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	_, c := newBrand(t, func(_ request, out *reply) {
		out.body = []byte(`{}`)
	}, wxpay.WithObserver(observer))
	cfg := brandConfig()
	assertQuiet(t, apiV3Key, cfg, &cfg, c)
	assertQuiet(t, fmt.Sprint(brandKey().D), cfg, &cfg, c)
	encoded, err := json.Marshal(cfg)
	if err != nil || string(encoded) != `{"BrandID":"120344","SerialNo":"`+serialNo+`"}` {
		t.Errorf("%s, %v", encoded, err)
	}
	if fmt.Sprint(cfg) != "wxpay.Config(brand 120344)" ||
		fmt.Sprint(c) != "wxpay.Client(brand 120344)" {
		t.Errorf("%v, %v", cfg, c)
	}
	if err := c.Chain("brand/x").Get(t.Context(), nil, nil); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), `"brand_id":"120344"`) ||
		strings.Contains(log.String(), "mchid") {
		t.Error(log.String())
	}
}
