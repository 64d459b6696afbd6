package interop

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// javaForm sends requests byte by byte like wechatpay-java 0.2.17 with OkHttp, for machines without
// the SDK: the order of headers and of the fields of Authorization, a Content-Type on GET,
// java.net.URLEncoder's escapes, lengths within the parts of an upload.
type javaForm struct {
	t    *testing.T
	srv  *wxpaytest.Server
	conn net.Conn
	in   *bufio.Reader
}

func (f *javaForm) call(method, uri, accept, kind, signed, body string) (int, []byte) {
	f.t.Helper()
	nonce, timestamp := rand.Text(), fmt.Sprint(time.Now().Unix())
	message := method + "\n" + uri + "\n" + timestamp + "\n" + nonce + "\n" + signed + "\n"
	sum := sha256.Sum256([]byte(message))
	signature, err := rsa.SignPKCS1v15(nil, merchantKey(f.srv), crypto.SHA256, sum[:])
	if err != nil {
		f.t.Fatal(err)
	}
	lines := []string{
		method + " " + uri + " HTTP/1.1",
		fmt.Sprintf(
			`Authorization: WECHATPAY2-SHA256-RSA2048 mchid="%s",nonce_str="%s",timestamp="%s",serial_no="%s",signature="%s"`,
			wxpaytest.MchID, nonce, timestamp, wxpaytest.SerialNo,
			base64.StdEncoding.EncodeToString(signature)),
		"User-Agent: WechatPay-Java/0.2.17 (Linux/6.1.0) Java/17.0.15 " +
			"Credential/WechatPay2Credential " +
			"Validator/WechatPay2Validator okhttp3/4.10.0",
		"Accept: " + accept,
	}
	if method == http.MethodGet && kind != "" {
		lines = append(lines, "Content-Type: "+kind)
	}
	lines = append(lines, "Wechatpay-Serial: "+wxpaytest.PublicKeyID)
	if method == http.MethodPost {
		lines = append(lines, "Content-Type: "+kind, fmt.Sprint("Content-Length: ", len(body)))
	}
	lines = append(lines, "Host: "+strings.TrimPrefix(f.srv.URL, "http://"),
		"Connection: Keep-Alive", "Accept-Encoding: gzip", "", body)
	if _, err := io.WriteString(f.conn, strings.Join(lines, "\r\n")); err != nil {
		f.t.Fatal(err)
	}
	resp, err := http.ReadResponse(f.in, &http.Request{Method: method})
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	text := readAll(f.t, resp)
	if accept != "*/*" || method == http.MethodPost {
		f.verify(uri, resp, text)
	}
	return resp.StatusCode, text
}

// verify checks a reply as the SDK does: it needs a signature, even with an empty body, and a
// Content-Type that begins with application/json.
func (f *javaForm) verify(uri string, resp *http.Response, body []byte) {
	f.t.Helper()
	h := resp.Header
	sum := sha256.Sum256([]byte(h.Get("Wechatpay-Timestamp") + "\n" + h.Get("Wechatpay-Nonce") +
		"\n" + string(body) + "\n"))
	signature, err := base64.StdEncoding.DecodeString(h.Get("Wechatpay-Signature"))
	key := f.srv.Config().PlatformKeys[wxpaytest.PublicKeyID]
	if err != nil || rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) != nil {
		f.t.Errorf("%s: the reply is not signed: %v", uri, h)
	}
	if len(body) > 0 && !strings.HasPrefix(h.Get("Content-Type"), "application/json") {
		f.t.Errorf("%s: Content-Type %q", uri, h.Get("Content-Type"))
	}
}

// ok makes a call that must succeed, and reads the reply.
func (f *javaForm) ok(method, uri, body string) (reply struct {
	CodeURL     string `json:"code_url"`
	TradeState  string `json:"trade_state"`
	Status      string `json:"status"`
	Token       string `json:"token"`
	MediaID     string `json:"media_id"`
	DownloadURL string `json:"download_url"`
	HashValue   string `json:"hash_value"`
}) {
	f.t.Helper()
	kind := "application/json"
	if method == http.MethodPost {
		kind += "; charset=utf-8"
	}
	status, text := f.call(method, uri, "application/json", kind, body, body)
	if status >= 300 {
		f.t.Errorf("%s %s: HTTP %d %s", method, uri, status, text)
	}
	if len(text) > 0 && json.Unmarshal(text, &reply) != nil {
		f.t.Errorf("%s %s: %s", method, uri, text)
	}
	return reply
}

func TestJavaForm(t *testing.T) {
	srv := wxpaytest.New(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &javaForm{t, srv, conn, bufio.NewReader(conn)}
	f.orders()
	if got := f.ok("POST", "/v3/refund/domestic/refunds",
		`{"out_trade_no":"J*0|0001","out_refund_no":"R|1",`+
			`"amount":{"refund":30,"total":100,"currency":"CNY"}}`); got.Status != "PROCESSING" {
		t.Errorf("the refund is %s", got.Status)
	}
	srv.Advance(time.Second)
	if got := f.ok("GET", "/v3/refund/domestic/refunds/R%7C1", ""); got.Status != "SUCCESS" {
		t.Errorf("the refund is %s", got.Status)
	}
	f.sealed()
	f.upload()
	f.bill()
	covers(t, srv)
}

func (f *javaForm) orders() {
	f.t.Helper()
	place := func(number string) {
		if got := f.ok("POST", "/v3/pay/transactions/native",
			`{"appid":"wx8888888888888888","mchid":"`+wxpaytest.MchID+
				`","description":"测试","out_trade_no":"`+number+
				`","notify_url":"http://127.0.0.1:9/n","amount":{"total":100}}`); got.CodeURL ==
			"" {
			f.t.Error("no code_url")
		}
	}
	const paid, closed = "/v3/pay/transactions/out-trade-no/J*0%7C0001",
		"/v3/pay/transactions/out-trade-no/J0000002"
	place("J*0|0001")
	f.srv.Pay("J*0|0001")
	if got := f.ok("GET", paid+"?mchid="+wxpaytest.MchID, ""); got.TradeState != "SUCCESS" {
		f.t.Errorf("trade_state is %s", got.TradeState)
	}
	place("J0000002")
	f.ok("POST", closed+"/close", `{"mchid":"`+wxpaytest.MchID+`"}`)
	if got := f.ok("GET", closed+"?mchid="+wxpaytest.MchID, ""); got.TradeState != "CLOSED" {
		f.t.Errorf("trade_state is %s", got.TradeState)
	}
}

func (f *javaForm) sealed() {
	f.t.Helper()
	seal := func(text string) string {
		sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader,
			f.srv.Config().PlatformKeys[wxpaytest.PublicKeyID], []byte(text), nil)
		if err != nil {
			f.t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(sealed)
	}
	if got := f.ok("POST", "/v3/payroll-card/tokens",
		`{"openid":"o-1","sub_mchid":"1900000109","user_name":"`+seal(clearName)+
			`","id_card_number":"`+seal(clearID)+
			`","employment_type":"LONG_TERM_EMPLOYMENT"}`); got.Token == "" {
		f.t.Error("no token")
	}
}

func (f *javaForm) upload() {
	f.t.Helper()
	const boundary, image = "1559e94e-ee79-402a-b6f3-6d3c5493715b", "\x89PNG"
	sum := sha256.Sum256([]byte(image))
	meta := `{"filename":"a.png","sha256":"` + hex.EncodeToString(sum[:]) + `"}`
	body := strings.Join([]string{
		"--" + boundary, `Content-Disposition: form-data; name="meta"`,
		fmt.Sprint("Content-Length: ", len(meta)), "", meta,
		"--" + boundary, `Content-Disposition: form-data; name="file"; filename="a.png"`,
		"Content-Type: image/png",
		fmt.Sprint("Content-Length: ", len(image)), "", image, "--" + boundary + "--", "",
	}, "\r\n")
	const uri = "/v3/merchant/media/upload"
	status, text := f.call("POST", uri, "*/*", "multipart/form-data; boundary="+boundary, meta,
		body)
	if status != http.StatusOK || !bytes.Contains(text, []byte(`"media_id"`)) {
		f.t.Errorf("HTTP %d %s", status, text)
	}
}

func (f *javaForm) bill() {
	f.t.Helper()
	f.srv.Advance(48 * time.Hour)
	said := f.ok("GET", "/v3/bill/tradebill?bill_date="+today(), "")
	uri, ok := strings.CutPrefix(said.DownloadURL, f.srv.URL)
	if !ok {
		f.t.Fatalf("download_url %q", said.DownloadURL)
	}
	status, file := f.call("GET", uri, "*/*", "", "", "")
	if sum := sha1.Sum(file); status != http.StatusOK ||
		hex.EncodeToString(sum[:]) != said.HashValue {
		f.t.Errorf("HTTP %d, digest %x, said %s", status, sum, said.HashValue)
	}
}
