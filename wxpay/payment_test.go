package wxpay_test

import (
	"crypto"
	"crypto/md5"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

const prepayID = "wx201410272009395522657a690389285100"

// checkPaySign verifies with crypto/rsa and, if it is installed, with openssl.
func checkPaySign(t *testing.T, message, signature string) {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte(message))
	if err := rsa.VerifyPKCS1v15(&merchantKey().PublicKey, crypto.SHA256, digest[:],
		b); err != nil {
		t.Errorf("%q: %v", message, err)
	}
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Log("openssl is not installed; verified with crypto/rsa alone")
		return
	}
	der, err := x509.MarshalPKIXPublicKey(&merchantKey().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pub, sig := filepath.Join(dir, "pub.pem"), filepath.Join(dir, "sig")
	if err := errors.Join(os.WriteFile(sig, b, 0o600),
		os.WriteFile(pub, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
			0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(openssl, "dgst", "-sha256", "-verify", pub, "-signature", sig)
	cmd.Stdin = strings.NewReader(message)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("openssl: %v: %s", err, out)
	}
}

func TestJSAPIPayment(t *testing.T) {
	c := offlineClient(t, wxpay.WithClock(func() time.Time { return time.Unix(1414561699, 0) }))
	for _, test := range []struct {
		order wxpay.Prepaid
		appID string
	}{
		{wxpay.Prepaid{PrepayID: prepayID, AppID: "wx2421b1c4370ec43b"}, "wx2421b1c4370ec43b"},
		{wxpay.Prepaid{PrepayID: prepayID, AppID: "wx2421b1c4370ec43b",
			SubAppID: "wxd678efh567hg6787"}, "wxd678efh567hg6787"},
	} {
		p, err := c.JSAPIPayment(test.order)
		if err != nil {
			t.Fatal(err)
		}
		checkPaySign(t, test.appID+"\n1414561699\n"+p.NonceStr+"\nprepay_id="+prepayID+"\n",
			p.PaySign)
		if len(p.NonceStr) < 16 || len(p.NonceStr) > 32 {
			t.Errorf("nonce %q", p.NonceStr)
		}
		want := `{"appId":"` + test.appID + `","timeStamp":"1414561699","nonceStr":"` + p.NonceStr +
			`","package":"prepay_id=` + prepayID + `","signType":"RSA","paySign":"` +
			p.PaySign + `"}`
		if got, _ := json.Marshal(p); string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestAPPPayment(t *testing.T) {
	c := offlineClient(t, wxpay.WithClock(func() time.Time { return time.Unix(1414561699, 0) }))
	for _, test := range []struct {
		order            wxpay.Prepaid
		appID, partnerID string
	}{
		{wxpay.Prepaid{PrepayID: prepayID, AppID: "wx1"}, "wx1", mchID},
		{wxpay.Prepaid{PrepayID: prepayID, AppID: "wx1", SubAppID: "wx2"}, "wx2", mchID},
		{wxpay.Prepaid{PrepayID: prepayID, AppID: "wx1", SubAppID: "wx2", PartnerID: "1230000109"},
			"wx2", "1230000109"},
	} {
		p, err := c.APPPayment(test.order)
		if err != nil {
			t.Fatal(err)
		}
		checkPaySign(t, test.appID+"\n1414561699\n"+p.NonceStr+"\n"+prepayID+"\n", p.Sign)
		want := `{"appid":"` + test.appID + `","partnerid":"` + test.partnerID + `","prepayid":"` +
			prepayID +
			`","package":"Sign=WXPay","noncestr":"` + p.NonceStr +
			`","timestamp":"1414561699","sign":"` + p.Sign + `"}`
		if got, _ := json.Marshal(p); string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestPaymentIncomplete(t *testing.T) {
	c := offlineClient(t)
	for _, test := range []struct {
		order wxpay.Prepaid
		text  string
	}{
		{wxpay.Prepaid{}, "prepay_id, appid"},
		{wxpay.Prepaid{PrepayID: prepayID}, "appid"},
		{wxpay.Prepaid{AppID: "wx1", PrepayID: "a\nb"}, "line feed"},
	} {
		_, err1 := c.JSAPIPayment(test.order)
		_, err2 := c.APPPayment(test.order)
		for _, err := range []error{err1, err2} {
			var invalid *wxpay.InvalidError
			if !errors.As(err, &invalid) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("%v; want %q", err, test.text)
			}
		}
	}
}

// brokenSigner is an HSM that is down.
type brokenSigner struct{ crypto.Signer }

func (brokenSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, errors.New("HSM is down")
}

func TestPaymentOfABrokenSigner(t *testing.T) {
	cfg := testConfig()
	cfg.PrivateKey = brokenSigner{merchantKey()}
	c, err := wxpay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, err1 := c.JSAPIPayment(wxpay.Prepaid{PrepayID: prepayID, AppID: "wx1"})
	_, err2 := c.APPPayment(wxpay.Prepaid{PrepayID: prepayID, AppID: "wx1"})
	for _, err := range []error{err1, err2} {
		if err == nil || !strings.Contains(err.Error(), "HSM is down") {
			t.Error(err)
		}
	}
}

func TestH5PaymentURL(t *testing.T) {
	const h5 = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&" +
		"package=2150917749"
	for _, test := range []struct{ h5, redirect, want, fault string }{
		{h5, "https://www.wechatpay.com.cn/a?b=c&d",
			h5 + "&redirect_url=https%3A%2F%2Fwww.wechatpay.com.cn%2Fa%3Fb%3Dc%26d", ""},
		{"https://x.com/a?", "https://y.com", "https://x.com/a?redirect_url=https%3A%2F%2Fy.com",
			""},
		{"weixin://x", "https://y.com", "", "h5_url"},
		{"", "https://y.com", "", "h5_url"},
		{h5, "y.com/back", "", "redirect_url"},
		{h5, "javascript:alert(1)", "", "redirect_url"},
		{h5 + "&redirect_url=x", "https://y.com", "", "already"},
	} {
		got, err := wxpay.H5PaymentURL(test.h5, test.redirect)
		if got != test.want || (err != nil) != (test.fault != "") || err != nil &&
			!strings.Contains(err.Error(), test.fault) {
			t.Errorf("%s, %s: %s, %v", test.h5, test.redirect, got, err)
		}
	}
}

func TestScanPaymentURL(t *testing.T) {
	const key = "192006250b4c09247ec02edce69f6a2d"
	c := offlineClient(t, wxpay.WithClock(func() time.Time { return time.Unix(1414488825, 0) }))
	got, err := c.ScanPaymentURL(key,
		wxpay.ScanPayment{AppID: "wx8888888888888888", ProductID: "88888"})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(got)
	if err != nil || u.Scheme != "weixin" || u.Host != "wxpay" || u.Path != "/bizpayurl" {
		t.Fatalf("%s: %v", got, err)
	}
	q := u.Query()
	for name, want := range map[string]string{"appid": "wx8888888888888888", "mch_id": mchID,
		"product_id": "88888", "time_stamp": "1414488825"} {
		if q.Get(name) != want {
			t.Errorf("%s: %s is not %s", got, name, want)
		}
	}
	if n := len(q.Get("nonce_str")); n < 16 || n > 32 || len(q) != 6 {
		t.Errorf("%s: nonce of %d", got, n)
	}
	sign := q.Get("sign")
	q.Del("sign")
	message := q.Encode() + "&key=" + key // sorted by name
	if want := fmt.Sprintf("%X", md5.Sum([]byte(message))); sign != want {
		t.Errorf("signed %s, want %s", sign, want)
	}
	if bin, err := exec.LookPath("openssl"); err == nil {
		cmd := exec.Command(bin, "dgst", "-md5", "-r")
		cmd.Stdin = strings.NewReader(message)
		if out, err := cmd.Output(); err != nil || !strings.EqualFold(sign, string(out[:32])) {
			t.Errorf("openssl: %s, %v; signed %s", out, err, sign)
		}
	}
	if again, _ := c.ScanPaymentURL(key,
		wxpay.ScanPayment{AppID: "wx8888888888888888", ProductID: "88888"}); again == got {
		t.Error("the same nonce twice")
	}
}

func TestScanPaymentFaults(t *testing.T) {
	c := offlineClient(t)
	key := strings.Repeat("k", 32)
	for _, test := range []struct {
		key     string
		product wxpay.ScanPayment
		text    string
	}{
		{key, wxpay.ScanPayment{}, "appid, product_id: required"},
		{"short", wxpay.ScanPayment{AppID: "wx1", ProductID: "1"}, "apiKey: 5 bytes"},
		{key, wxpay.ScanPayment{AppID: "wx1&x=1", ProductID: "1"}, "appid: holds"},
		{key, wxpay.ScanPayment{AppID: "wx1", ProductID: "1&mch_id=2"}, "product_id: want"},
		{key, wxpay.ScanPayment{AppID: "wx1", ProductID: strings.Repeat("1", 33)},
			"product_id: want"},
	} {
		_, err := c.ScanPaymentURL(test.key, test.product)
		var invalid *wxpay.InvalidError
		if !errors.As(err, &invalid) || !strings.Contains(err.Error(), test.text) ||
			strings.Contains(err.Error(), test.key) {
			t.Errorf("%v; want %q", err, test.text)
		}
	}
}
