package interop

import (
	"bytes"
	"context"
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
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/fileuploader"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	theirjsapi "github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	theirpayroll "github.com/wechatpay-apiv3/wechatpay-go/services/payrollcard"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"github.com/wxgen/wxgen/generated/v3/pay"
	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

const (
	clearName = "张三"
	clearID   = "11010119900307763X"
)

// reroute sends what is meant for WeChat Pay to a server of wxpaytest: the official SDK has no base
// URL to set.
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
		option.WithWechatPayPublicKeyAuthCipher(wxpaytest.MchID, wxpaytest.SerialNo, merchantKey(srv),
			wxpaytest.PublicKeyID, srv.Config().PlatformKeys[wxpaytest.PublicKeyID]),
		option.WithHTTPClient(hc))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// compare holds two requests for the same thing against each other, byte for byte after
// normalising.
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

// normal spells a request so that what must be equal is equal: JSON members sorted, sealed fields
// in clear, and what is fresh in every signature blanked.
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
	lines := []string{r.Method, r.Path, r.Query.Encode(), string(body), fresh.ReplaceAllString(r.Header.Get("Authorization"), `$1=""`)}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";") // a boundary is random
	if r.Method == http.MethodGet {
		kind = "" // theirs gives bodies a type that they do not have
	}
	lines = append(lines, kind, r.Header.Get("Wechatpay-Serial"))
	if u := r.Upload; u != nil {
		lines = append(lines, u.Part, u.Name, u.ContentType, fmt.Sprintf("%x", u.Content))
	}
	return lines
}

func TestSameSealedRequest(t *testing.T) {
	srv := wxpaytest.New(t)
	reply := `{"authenticate_number":"mcdhehfgisdhfjghed39384564i83","openid":"o","mchid":"1900000001","sub_mchid":"1111111","token":"abc","expires_in":5000}`
	srv.Reply("POST", "/v3/payroll-card/authentications/pre-order-with-auth", reply)
	ours, err := payrollcard.New(srv.Client()).Authentications().PreOrderWithAuth().Post(t.Context(), ourSealed())
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
		if !bytes.Contains(r.Body, []byte(clearName)) || bytes.Contains(r.RawBody, []byte(clearName)) || bytes.Contains(r.RawBody, []byte(clearID)) {
			t.Errorf("not sealed, or not for the platform: %s", r.RawBody)
		}
	}
}

func ourSealed() payrollcard.PreOrderWithAuthRequest {
	return payrollcard.PreOrderWithAuthRequest{
		OpenID: "onqOjjmo8wmTOOtSKwXtGjg9Gb58", SubMchID: "1111111", AppID: "wxa1111111", AuthenticateNumber: "mcdhehfgisdhfjghed39384564i83",
		ProjectName: "某项目", EmployerName: "某单位名称", UserName: wxpay.NewSecret(clearName), IDCardNumber: wxpay.NewSecret(clearID),
		EmploymentType: payrollcard.EmploymentTypeLongTermEmployment, AuthenticateType: payrollcard.AuthenticateTypeSignIn,
	}
}

func theirSealed() theirpayroll.PreOrderAuthenticationWithAuthRequest {
	return theirpayroll.PreOrderAuthenticationWithAuthRequest{
		Openid: core.String("onqOjjmo8wmTOOtSKwXtGjg9Gb58"), SubMchid: core.String("1111111"), Appid: core.String("wxa1111111"),
		AuthenticateNumber: core.String("mcdhehfgisdhfjghed39384564i83"), ProjectName: core.String("某项目"), EmployerName: core.String("某单位名称"),
		UserName: core.String(clearName), IdCardNumber: core.String(clearID),
		EmploymentType:   theirpayroll.EMPLOYMENTTYPE_LONG_TERM_EMPLOYMENT.Ptr(),
		AuthenticateType: theirpayroll.AUTHENTICATIONTYPE_SIGN_IN.Ptr(),
	}
}

func TestSamePrepayAndQuery(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi", `{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)
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
	if err != nil || string(ours.TradeState) != *theirs.TradeState || ours.Amount.Total != *theirs.Amount.Total {
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
	if err := c.Describe(t.Context(), "interop.Upload", &file, "SHA256", &meta.Filename, &meta.SHA256); err != nil {
		t.Fatal(err)
	}
	call := gen.Call{Name: "upload", Method: "POST", Path: "/v3/merchant/media/upload", Body: &meta, File: &file}
	if err := c.Do(t.Context(), call, nil); err != nil {
		t.Fatal(err)
	}
	up := fileuploader.ImageUploader{Client: official(t, srv)}
	if _, _, err := up.Upload(t.Context(), bytes.NewReader(content), "file_test.jpg", "image/jpeg"); err != nil {
		t.Fatal(err)
	}
	compare(t, srv.Requests())
}

var authorization = regexp.MustCompile(`nonce_str="([^"]+)",timestamp="([^"]+)",serial_no="([^"]+)",signature="([^"]+)"`)

func TestOurRequestVerifiedByTheirs(t *testing.T) {
	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi", `{"prepay_id":"x"}`)
	if _, err := ourPrepay(t.Context(), srv.Client()); err != nil {
		t.Fatal(err)
	}
	r := srv.Requests()[0]
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	message := r.Method + "\n" + r.Path + "\n" + m[2] + "\n" + m[1] + "\n" + string(r.RawBody) + "\n"
	v := verifiers.NewSHA256WithRSAPubkeyVerifier(m[3], merchantKey(srv).PublicKey)
	if err := v.Verify(t.Context(), m[3], message, m[4]); err != nil {
		t.Error(err)
	}
	if v.Verify(t.Context(), m[3], message+" ", m[4]) == nil {
		t.Error("the verifier verifies anything")
	}
}

// keys are a platform's and a merchant's, both private halves in hand.
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
		MchID: wxpaytest.MchID, SerialNo: wxpaytest.SerialNo, PrivateKey: merchant, APIv3Key: wxpaytest.APIv3Key,
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
	if clear, err := decryptors.NewWechatPayDecryptor(platform).Decrypt(t.Context(), sealed.Sealed()); err != nil || clear != clearName {
		t.Errorf("theirs opens ours: %q, %v", clear, err)
	}
	theirs, err := encryptors.NewWechatPayPubKeyEncryptor("x", merchant.PublicKey).Encrypt(t.Context(), "x", clearName)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := c.Decrypt(theirs); err != nil || opened.Reveal() != clearName {
		t.Errorf("ours opens theirs: %v, %v", opened, err)
	}
}

func TestSamePaySign(t *testing.T) {
	srv := wxpaytest.New(t)
	p, err := srv.Client().JSAPIPayment(wxpay.Prepaid{AppID: "wx8888888888888888", PrepayID: "wx26112221580621e9b071c00d9e093b0000"})
	if err != nil {
		t.Fatal(err)
	}
	message := p.AppID + "\n" + p.TimeStamp + "\n" + p.NonceStr + "\n" + p.Package + "\n"
	theirs, err := utils.SignSHA256WithRSA(message, merchantKey(srv)) // PKCS #1 v1.5 has no randomness
	if err != nil || p.PaySign != theirs {
		t.Errorf("%v: ours %s, theirs %s", err, p.PaySign, theirs)
	}
}

func TestNotificationParsedByBoth(t *testing.T) {
	srv := wxpaytest.New(t)
	c := srv.Client()
	verifier := verifiers.NewSHA256WithRSAPubkeyVerifier(wxpaytest.PublicKeyID, *srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	handler, err := notify.NewRSANotifyHandler(wxpaytest.APIv3Key, verifier)
	if err != nil {
		t.Fatal(err)
	}
	header, body := srv.Notify("TRANSACTION.SUCCESS", transaction)
	ours, theirs := new(ourTransaction), new(payments.Transaction)
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err == nil {
		err = ev.Decode(ours, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	req, err := handler.ParseNotifyRequest(t.Context(), incoming(header, body), theirs)
	if err != nil {
		t.Fatal(err)
	}
	if ev.ID != req.ID || ev.EventType != req.EventType || !ev.CreateTime.Equal(*req.CreateTime) || string(ev.Plaintext()) != req.Resource.Plaintext {
		t.Errorf("envelopes differ: %v, %+v", ev, req)
	}
	if string(ours.TradeState) != *theirs.TradeState || ours.Amount.PayerTotal != *theirs.Amount.PayerTotal || ours.Payer.OpenID != *theirs.Payer.Openid {
		t.Errorf("%+v, %v", ours, theirs)
	}
	for _, fault := range []wxpaytest.Fault{wxpaytest.WrongSignature, wxpaytest.Unsigned, wxpaytest.OldTimestamp, wxpaytest.UnknownSerial, wxpaytest.SignatureProbe} {
		header, body := srv.Notify("TRANSACTION.SUCCESS", transaction, fault)
		_, ourErr := c.ParseNotification(t.Context(), header, body)
		_, theirErr := handler.ParseNotifyRequest(t.Context(), incoming(header, body), theirs)
		if ourErr == nil || theirErr == nil {
			t.Errorf("fault %d: ours %v, theirs %v", fault, ourErr, theirErr)
		}
	}
}

// TestTheirNotificationParsedByOurs has the official SDK's own functions sign, and check the
// encryption of, a notification.
func TestTheirNotificationParsedByOurs(t *testing.T) {
	srv := wxpaytest.New(t)
	platform, _ := keys()
	_, body := srv.Notify("TRANSACTION.SUCCESS", transaction)
	var env struct{ Resource map[string]string }
	if err := json.Unmarshal(body, &env); err != nil {
		t.Fatal(err)
	}
	r := env.Resource
	if clear, err := utils.DecryptAES256GCM(wxpaytest.APIv3Key, r["associated_data"], r["nonce"], r["ciphertext"]); err != nil || clear != transaction {
		t.Fatalf("%v, %s", err, clear)
	}
	at, nonce := strconv.FormatInt(time.Now().Unix(), 10), "nonce"
	signature, err := utils.SignSHA256WithRSA(at+"\n"+nonce+"\n"+string(body)+"\n", platform)
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{
		"Wechatpay-Serial": {wxpaytest.PublicKeyID}, "Wechatpay-Timestamp": {at}, "Wechatpay-Nonce": {nonce}, "Wechatpay-Signature": {signature},
		"Wechatpay-Signature-Type": {"WECHATPAY2-SHA256-RSA2048"},
	}
	ev, err := ourClient(t).ParseNotification(t.Context(), header, body)
	if err != nil || string(ev.Plaintext()) != transaction {
		t.Fatalf("%v, %v", ev, err)
	}
	var paid ourTransaction
	if err := ev.Decode(&paid, nil); err != nil || paid.TradeState != "SUCCESS" || paid.Amount.PayerTotal != 100 {
		t.Errorf("%v, %+v", err, paid)
	}
}

func incoming(header http.Header, body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/notify", bytes.NewReader(body))
	r.Header = header
	return r
}

func TestCertificatesDownloadedByBoth(t *testing.T) {
	srv := wxpaytest.New(t, wxpaytest.WithCertificate())
	hc := &http.Client{Transport: reroute{strings.TrimPrefix(srv.URL, "http://")}}
	bare, err := core.NewClient(t.Context(), option.WithMerchantCredential(wxpaytest.MchID, wxpaytest.SerialNo, merchantKey(srv)),
		option.WithHTTPClient(hc), option.WithoutValidator())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := downloader.NewCertificateDownloaderWithClient(t.Context(), bare, wxpaytest.APIv3Key)
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

// ourPrepay places the order of the official SDK's example, which sets every field.
func ourPrepay(ctx context.Context, c *wxpay.Client) (*pay.JSAPIResponse, error) {
	return pay.New(c).Transactions().JSAPI().Post(ctx, pay.JSAPIRequest{
		AppID: "wxd678efh567hg6787", MchID: wxpaytest.MchID, Description: "Image形象店-深圳腾大-QQ公仔", OutTradeNo: "1217752501201407033233368018",
		TimeExpire: wxpay.NewTime(expiry), Attach: "自定义数据说明", NotifyURL: "https://www.weixin.qq.com/wxpay/pay.php", GoodsTag: "WXG",
		LimitPay: []pay.LimitPay{pay.LimitPayNoCredit}, SupportFapiao: new(false), Amount: pay.Amount{Total: 100, Currency: "CNY"},
		Payer: pay.JSAPIRequestPayer{OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
		Detail: &pay.Detail{CostPrice: new(int64(608800)), InvoiceID: "wx123", GoodsDetail: []pay.GoodsDetail{
			{GoodsName: "iPhoneX 256G", MerchantGoodsID: "ABC", Quantity: 1, UnitPrice: 828800, WechatpayGoodsID: "1001"},
		}},
		SceneInfo: &pay.SceneInfo{DeviceID: "013467007045764", PayerClientIP: "14.23.150.211", StoreInfo: &pay.StoreInfo{
			Address: "广东省深圳市南山区科技中一道10000号", AreaCode: "440305", ID: "0001", Name: "腾讯大厦分店",
		}},
		SettleInfo: &pay.SettleInfo{ProfitSharing: new(false)},
	})
}

var expiry = time.Date(2026, 11, 22, 10, 34, 56, 0, time.FixedZone("", 8*60*60))

func theirPrepay() theirjsapi.PrepayRequest {
	return theirjsapi.PrepayRequest{
		Appid: core.String("wxd678efh567hg6787"), Mchid: core.String(wxpaytest.MchID), Description: core.String("Image形象店-深圳腾大-QQ公仔"),
		OutTradeNo: core.String("1217752501201407033233368018"), TimeExpire: core.Time(expiry), Attach: core.String("自定义数据说明"),
		NotifyUrl: core.String("https://www.weixin.qq.com/wxpay/pay.php"), GoodsTag: core.String("WXG"), LimitPay: []string{"no_credit"},
		SupportFapiao: core.Bool(false), Amount: &theirjsapi.Amount{Total: core.Int64(100), Currency: core.String("CNY")},
		Payer: &theirjsapi.Payer{Openid: core.String("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")},
		Detail: &theirjsapi.Detail{CostPrice: core.Int64(608800), InvoiceId: core.String("wx123"), GoodsDetail: []theirjsapi.GoodsDetail{{
			GoodsName: core.String("iPhoneX 256G"), MerchantGoodsId: core.String("ABC"), Quantity: core.Int64(1), UnitPrice: core.Int64(828800),
			WechatpayGoodsId: core.String("1001"),
		}}},
		SceneInfo: &theirjsapi.SceneInfo{DeviceId: core.String("013467007045764"), PayerClientIp: core.String("14.23.150.211"), StoreInfo: &theirjsapi.StoreInfo{
			Address: core.String("广东省深圳市南山区科技中一道10000号"), AreaCode: core.String("440305"), Id: core.String("0001"), Name: core.String("腾讯大厦分店"),
		}},
		SettleInfo: &theirjsapi.SettleInfo{ProfitSharing: core.Bool(false)},
	}
}

// transaction is a paid order as the documentation shows it.
const transaction = `{"transaction_id":"1217752501201407033233368018","amount":{"payer_total":100,"total":100,"currency":"CNY","payer_currency":"CNY"},` +
	`"mchid":"1900000001","trade_state":"SUCCESS","bank_type":"CMC","promotion_detail":[{"amount":100,"wechatpay_contribute":100,"coupon_id":"109519",` +
	`"scope":"GLOBAL","merchant_contribute":0,"name":"单品惠-6","other_contribute":0,"currency":"CNY","stock_id":"931386","goods_detail":[` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100},` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100}]}],` +
	`"success_time":"2018-06-08T10:34:56+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"out_trade_no":"1217752501201407033233368018",` +
	`"appid":"wxd678efh567hg6787","trade_state_desc":"支付成功","trade_type":"JSAPI","attach":"自定义数据"}`

// ourTransaction has what theirs has.
type ourTransaction = pay.GetTransactionByOutTradeNoResponse

func ourQuery(ctx context.Context, c *wxpay.Client) (*ourTransaction, error) {
	return pay.New(c).Transactions().OutTradeNo().ByOutTradeNo("1217752501201407033233368018").Get(ctx,
		pay.GetTransactionByOutTradeNoRequest{MchID: wxpaytest.MchID})
}

func theirQuery() theirjsapi.QueryOrderByOutTradeNoRequest {
	return theirjsapi.QueryOrderByOutTradeNoRequest{
		OutTradeNo: core.String("1217752501201407033233368018"), Mchid: core.String(wxpaytest.MchID),
	}
}
