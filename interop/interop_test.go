package interop

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/cipher/decryptors"
	"github.com/wechatpay-apiv3/wechatpay-go/core/cipher/encryptors"
	"github.com/wechatpay-apiv3/wechatpay-go/core/downloader"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/fileuploader"
	theirjsapi "github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	theirpayroll "github.com/wechatpay-apiv3/wechatpay-go/services/payrollcard"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

const (
	clearName = "张三"
	clearID   = "11010119900307763X"
)

// reroute sends WeChat Pay's requests to a server of wxpaytest, since the official SDK has no
// option for a base URL.
type reroute struct{ host string }

func (r reroute) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = "http", r.host
	return http.DefaultTransport.RoundTrip(req)
}

func merchantKey(srv *wxpaytest.Server) *rsa.PrivateKey {
	return srv.Config().PrivateKey.(*rsa.PrivateKey)
}

// official returns a client of the official SDK for the server.
func official(t testing.TB, srv *wxpaytest.Server) *core.Client {
	t.Helper()
	hc := &http.Client{Transport: reroute{strings.TrimPrefix(srv.URL, "http://")}}
	c, err := core.NewClient(t.Context(),
		option.WithWechatPayPublicKeyAuthCipher(wxpaytest.MchID, wxpaytest.SerialNo,
			merchantKey(srv),
			wxpaytest.PublicKeyID, srv.Config().PlatformKeys[wxpaytest.PublicKeyID]),
		option.WithHTTPClient(hc))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// compare compares two requests byte for byte after normalising.
func compare(t *testing.T, got []*wxpaytest.Request) {
	t.Helper()
	if len(got) != 2 {
		t.Fatalf("%d requests", len(got))
	}
	ours, theirs := normal(t, got[0]), normal(t, got[1])
	if !reflect.DeepEqual(ours, theirs) {
		t.Errorf("ours:\n%s\ntheirs:\n%s", strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
	}
}

var fresh = regexp.MustCompile(`(nonce_str|timestamp|signature)="[^"]+"`)

// normal prints a request without allowed differences: JSON members are sorted, sealed fields are
// in clear, and the fresh values of a signature are blank.
func normal(t *testing.T, r *wxpaytest.Request) []string {
	t.Helper()
	body := r.Body
	if len(body) > 0 {
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatal(err)
		}
		body, _ = json.Marshal(v)
	}
	lines := []string{r.Method, r.Path, r.Query.Encode(), string(body),
		fresh.ReplaceAllString(r.Header.Get("Authorization"), `$1=""`)}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";") // the boundary is random
	if r.Method == http.MethodGet {
		kind = "" // theirs sends a type without a body
	}
	lines = append(lines, kind, r.Header.Get("Wechatpay-Serial"))
	if u := r.Upload; u != nil {
		lines = append(lines, u.Part, u.Name, u.ContentType, fmt.Sprintf("%x", u.Content))
	}
	return lines
}

func TestSameSealedRequest(t *testing.T) {
	srv := wxpaytest.New(t)
	reply :=
		`{"authenticate_number":"mcdhehfgisdhfjghed39384564i83","openid":"o","mchid":"1900000001","sub_mchid":"1111111","token":"abc","expires_in":5000}`
	srv.Reply("POST", "/v3/payroll-card/authentications/pre-order-with-auth", reply)
	ours, err := payrollcard.New(srv.Client()).Authentications().PreOrderWithAuth().
		Post(t.Context(), ourSealed())
	if err != nil {
		t.Fatal(err)
	}
	service := theirpayroll.AuthenticationsApiService{Client: official(t, srv)}
	theirs, _, err := service.PreOrderAuthenticationWithAuth(t.Context(), theirSealed())
	if err != nil {
		t.Fatal(err)
	}
	if ours.Token != *theirs.Token || ours.ExpiresIn != *theirs.ExpiresIn {
		t.Errorf("%+v, %v", ours, theirs)
	}
	compare(t, srv.Requests())
	for _, r := range srv.Requests() {
		if !bytes.Contains(r.Body, []byte(clearName)) ||
			bytes.Contains(r.RawBody, []byte(clearName)) ||
			bytes.Contains(r.RawBody, []byte(clearID)) {
			t.Errorf("not sealed, or not for the platform: %s", r.RawBody)
		}
	}
}

func ourSealed() payrollcard.PreOrderWithAuthRequest {
	return payrollcard.PreOrderWithAuthRequest{
		OpenID: "onqOjjmo8wmTOOtSKwXtGjg9Gb58", SubMchID: "1111111", AppID: "wxa1111111",
		AuthenticateNumber: "mcdhehfgisdhfjghed39384564i83",
		ProjectName:        "某项目", EmployerName: "某单位名称", UserName: wxpay.NewSecret(clearName),
		IDCardNumber:     wxpay.NewSecret(clearID),
		EmploymentType:   payrollcard.EmploymentTypeLongTermEmployment,
		AuthenticateType: payrollcard.AuthenticateTypeSignIn,
	}
}

func theirSealed() theirpayroll.PreOrderAuthenticationWithAuthRequest {
	return theirpayroll.PreOrderAuthenticationWithAuthRequest{
		Openid: core.String("onqOjjmo8wmTOOtSKwXtGjg9Gb58"), SubMchid: core.String("1111111"),
		Appid:              core.String("wxa1111111"),
		AuthenticateNumber: core.String("mcdhehfgisdhfjghed39384564i83"),
		ProjectName:        core.String("某项目"), EmployerName: core.String("某单位名称"),
		UserName: core.String(clearName), IdCardNumber: core.String(clearID),
		EmploymentType:   theirpayroll.EMPLOYMENTTYPE_LONG_TERM_EMPLOYMENT.Ptr(),
		AuthenticateType: theirpayroll.AUTHENTICATIONTYPE_SIGN_IN.Ptr(),
	}
}

func TestSamePrepayAndQuery(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi",
		`{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)
	if resp, err := ourPrepay(t.Context(), srv.Client()); err != nil || resp.PrepayID == "" {
		t.Fatalf("%v, %+v", err, resp)
	}
	service := theirjsapi.JsapiApiService{Client: official(t, srv)}
	if _, _, err := service.Prepay(t.Context(), theirPrepay()); err != nil {
		t.Fatal(err)
	}
	compare(t, srv.Requests())

	srv = wxpaytest.New(t)
	srv.Reply("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}", transaction)
	ours, err := ourQuery(t.Context(), srv.Client())
	if err != nil {
		t.Fatal(err)
	}
	service = theirjsapi.JsapiApiService{Client: official(t, srv)}
	theirs, _, err := service.QueryOrderByOutTradeNo(t.Context(), theirQuery())
	if err != nil || string(ours.TradeState) != *theirs.TradeState ||
		ours.Amount.Total != *theirs.Amount.Total {
		t.Fatalf("%v, %+v, %v", err, ours, theirs)
	}
	compare(t, srv.Requests())
}

func TestSameUpload(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/merchant/media/upload", `{"media_id":"m"}`)
	content := []byte("\xff\xd8 not really a picture\r\n--")
	c := srv.Client()
	var meta struct {
		Filename string `json:"filename"`
		SHA256   string `json:"sha256"`
	}
	file := wxpay.File{Name: "file_test.jpg", Content: bytes.NewReader(content)}
	if err := c.Describe(t.Context(), "interop.Upload", &file, "SHA256", &meta.Filename,
		&meta.SHA256); err != nil {
		t.Fatal(err)
	}
	call := gen.Call{Name: "upload", Method: "POST", Path: "/v3/merchant/media/upload", Body: &meta,
		File: &file}
	if err := c.Do(t.Context(), call, nil); err != nil {
		t.Fatal(err)
	}
	up := fileuploader.ImageUploader{Client: official(t, srv)}
	if _, _, err := up.Upload(t.Context(), bytes.NewReader(content), "file_test.jpg",
		"image/jpeg"); err != nil {
		t.Fatal(err)
	}
	compare(t, srv.Requests())
}

var authorization = regexp.MustCompile(
	`nonce_str="([^"]+)",timestamp="([^"]+)",serial_no="([^"]+)",signature="([^"]+)"`)

func TestOurRequestVerifiedByTheirs(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi", `{"prepay_id":"x"}`)
	if _, err := ourPrepay(t.Context(), srv.Client()); err != nil {
		t.Fatal(err)
	}
	r := srv.Requests()[0]
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	message := r.Method + "\n" + r.Path + "\n" + m[2] + "\n" + m[1] + "\n" +
		string(r.RawBody) + "\n"
	v := verifiers.NewSHA256WithRSAPubkeyVerifier(m[3], merchantKey(srv).PublicKey)
	if err := v.Verify(t.Context(), m[3], message, m[4]); err != nil {
		t.Error(err)
	}
	if v.Verify(t.Context(), m[3], message+" ", m[4]) == nil {
		t.Error("the verifier verifies anything")
	}
}

// keys are the private keys of a platform and a merchant.
var keys = sync.OnceValues(func() (platform, merchant *rsa.PrivateKey) {
	var err1, err2 error
	platform, err1 = rsa.GenerateKey(rand.Reader, 2048)
	merchant, err2 = rsa.GenerateKey(rand.Reader, 2048)
	if err1 != nil || err2 != nil {
		panic("no keys")
	}
	return platform, merchant
})

func ourClient(t testing.TB, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	platform, merchant := keys()
	c, err := wxpay.New(wxpay.Config{
		MchID: wxpaytest.MchID, SerialNo: wxpaytest.SerialNo, PrivateKey: merchant,
		APIv3Key:     wxpaytest.APIv3Key,
		PlatformKeys: wxpay.PlatformKeys{wxpaytest.PublicKeyID: &platform.PublicKey},
	}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheirSignatureVerifiedByOurs(t *testing.T) {
	platform, _ := keys()
	const body, nonce = `{"prepay_id":"x"}`, "nonce"
	at := strconv.FormatInt(time.Now().Unix(), 10)
	signature, err := utils.SignSHA256WithRSA(at+"\n"+nonce+"\n"+body+"\n", platform)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Wechatpay-Serial", wxpaytest.PublicKeyID)
		h.Set("Wechatpay-Timestamp", at)
		h.Set("Wechatpay-Nonce", nonce)
		h.Set("Wechatpay-Signature", signature)
		_, _ = w.Write([]byte(body))
	}))
	defer srv.Close()
	c := ourClient(t, wxpay.WithBaseURL(srv.URL))
	defer c.CloseIdleConnections()
	if resp, err := ourPrepay(t.Context(), c); err != nil || resp.PrepayID != "x" {
		t.Errorf("%v, %+v", err, resp)
	}
}

func TestCiphertextBothWays(t *testing.T) {
	platform, merchant := keys()
	c := ourClient(t)
	sealed, err := c.Encrypt(clearName)
	if err != nil {
		t.Fatal(err)
	}
	if clear, err := decryptors.NewWechatPayDecryptor(platform).Decrypt(t.Context(),
		sealed.Sealed()); err != nil || clear != clearName {
		t.Errorf("theirs opens ours: %q, %v", clear, err)
	}
	theirs, err := encryptors.NewWechatPayPubKeyEncryptor("x", merchant.PublicKey).
		Encrypt(t.Context(), "x", clearName)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := c.Decrypt(theirs); err != nil || opened.Reveal() != clearName {
		t.Errorf("ours opens theirs: %v, %v", opened, err)
	}
}

func TestSamePaySign(t *testing.T) {
	srv := wxpaytest.New(t)
	p, err := srv.Client().JSAPIPayment(wxpay.Prepaid{AppID: "wx8888888888888888",
		PrepayID: "wx26112221580621e9b071c00d9e093b0000"})
	if err != nil {
		t.Fatal(err)
	}
	message := p.AppID + "\n" + p.TimeStamp + "\n" + p.NonceStr + "\n" + p.Package + "\n"
	// PKCS #1 v1.5 has no randomness
	theirs, err := utils.SignSHA256WithRSA(message, merchantKey(srv))
	if err != nil || p.PaySign != theirs {
		t.Errorf("%v: ours %s, theirs %s", err, p.PaySign, theirs)
	}
}

func TestCertificatesDownloadedByBoth(t *testing.T) {
	srv := wxpaytest.New(t, wxpaytest.WithCertificate())
	hc := &http.Client{Transport: reroute{strings.TrimPrefix(srv.URL, "http://")}}
	bare, err := core.NewClient(t.Context(),
		option.WithMerchantCredential(wxpaytest.MchID, wxpaytest.SerialNo, merchantKey(srv)),
		option.WithHTTPClient(hc), option.WithoutValidator())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := downloader.NewCertificateDownloaderWithClient(t.Context(), bare,
		wxpaytest.APIv3Key)
	if err != nil {
		t.Fatal(err)
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
	if got := c.Keys().Serials(); len(got) != 1 || got[0] != theirs.GetNewestSerial(t.Context()) {
		t.Errorf("ours %v, theirs %s", got, theirs.GetNewestSerial(t.Context()))
	}
}
