package mock_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/caller"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/quickkey"
)

const query = "/v3/pay/transactions/out-trade-no/T0000001?mchid=1900000001"

// authorization signs any message.
func authorization(t *testing.T, a *keys.Account,
	message func(timestamp, nonce string) string) string {
	t.Helper()
	timestamp, nonce := strconv.FormatInt(time.Now().Unix(), 10), rand.Text()
	signature, err := keys.Sign(a.Key, message(timestamp, nonce))
	if err != nil {
		t.Fatal(err)
	}
	return header("WECHATPAY2-SHA256-RSA2048", a.ID, nonce, timestamp, a.SerialNo, signature)
}

func header(scheme, id, nonce, timestamp, serial, signature string) string {
	return fmt.Sprintf(`%s mchid="%s",nonce_str="%s",timestamp="%s",serial_no="%s",signature="%s"`,
		scheme, id, nonce, timestamp, serial, signature)
}

func request(t *testing.T, e *mock.Engine, method, uri, body string) *http.Request {
	t.Helper()
	var sent []byte
	if body != "" {
		sent = []byte(body)
	}
	req, err := e.Caller(e.Accounts()[0], "").Raw(t.Context(), method, uri, sent, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// TestAuthorization spoils the authorization of a request in every way.
func TestAuthorization(t *testing.T) {
	e := newEngine(t, nil)
	good := request(t, e, "GET", query, "").Header.Get("Authorization")
	swap := func(old, now string) string { return strings.Replace(good, old, now, 1) }
	for name, c := range map[string]struct{ value, code, want string }{
		"good":             {good, "ORDER_NOT_EXIST", ""},
		"replayed":         {good, "SIGN_ERROR", "nonce_str was used before"},
		"missing":          {"", "SIGN_ERROR", "header is missing"},
		"garbage":          {"\x00\xff", "SIGN_ERROR", "scheme"},
		"scheme alone":     {"WECHATPAY2-SHA256-RSA2048", "SIGN_ERROR", "mchid is missing"},
		"other scheme":     {swap("RSA2048", "RSA4096"), "SIGN_ERROR", "scheme is not"},
		"no quotes":        {strings.ReplaceAll(good, `"`, ""), "SIGN_ERROR", "want name="},
		"twice":            {good + `,mchid="1"`, "SIGN_ERROR", "mchid is there twice"},
		"unknown merchant": {swap(keys.MchID, "1"), "SIGN_ERROR", "is unknown to this test server"},
		"other merchant": {swap(keys.MchID, keys.SecondID), "SIGN_ERROR",
			"is not that of the merchant's certificate"},
		"brand's scheme": {strings.Replace(good, "WECHATPAY2", "WECHATPAY-BRAND", 1), "SIGN_ERROR",
			"brand_id is missing"},
		"wrong serial": {swap(e.Accounts()[0].SerialNo, "00"), "SIGN_ERROR",
			"is not that of the merchant's certificate"},
		"no base64":       {swap(`signature="`, `signature="*`), "SIGN_ERROR", "no base64"},
		"wrong signature": {swap(`nonce_str="`, `nonce_str="A`), "SIGN_ERROR", "sign not match"},
	} {
		if name == "replayed" {
			continue
		}
		req := request(t, e, "GET", query, "")
		req.Header.Set("Authorization", c.value)
		w := do(t, e, req)
		var said struct{ Code string }
		if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || said.Code != c.code ||
			!strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: HTTP %d %s; want %s with %q", name, w.Code, w.Body, c.code, c.want)
		}
	}
	req := request(t, e, "GET", query, "")
	req.Header.Set("Authorization", good)
	if w := do(t, e, req); !strings.Contains(w.Body.String(), "nonce_str was used before") {
		t.Errorf("sent again: HTTP %d %s", w.Code, w.Body)
	}
	for off, want := range map[time.Duration]int{-301 * time.Second: 401, -290 * time.Second: 404,
		290 * time.Second: 404, 302 * time.Second: 401} {
		c := e.Caller(e.Accounts()[0], "")
		c.Now = func() time.Time { return time.Now().Add(off) }
		req, err := c.Raw(t.Context(), "GET", query, nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if w := do(t, e, req); w.Code != want {
			t.Errorf("%v off: HTTP %d %s; want %d", off, w.Code, w.Body, want)
		}
	}
}

// A signingMistake is a request with the string that was signed by mistake.
type signingMistake struct {
	method, uri, body string
	sign              func(timestamp, nonce string) string
}

const nativePath, spaced = "/v3/pay/transactions/native", `{"b": 1, "a": "<x>"}`

// signingMistakes maps the server's texts to mistakes.
var signingMistakes = map[string]signingMistake{
	"query is missing": {"GET", query, "", func(at, n string) string {
		return "GET\n" + query[:strings.Index(query, "?")] + "\n" + at + "\n" + n + "\n\n"
	}},
	"host is part": {"GET", query, "", func(at, n string) string {
		return "GET\nhttps://api.mch.weixin.qq.com" + query + "\n" + at + "\n" + n + "\n\n"
	}},
	"body was not signed": {"POST", nativePath, spaced, func(at, n string) string {
		return "POST\n" + nativePath + "\n" + at + "\n" + n + "\n\n"
	}},
	"without blanks": {"POST", nativePath, spaced, func(at, n string) string {
		return "POST\n" + nativePath + "\n" + at + "\n" + n + "\n" + `{"b":1,"a":"<x>"}` + "\n"
	}},
	"another order": {"POST", nativePath, spaced, func(at, n string) string {
		return "POST\n" + nativePath + "\n" + at + "\n" + n + "\n" + `{"a":"<x>","b":1}` + "\n"
	}},
	"last line end": {"GET", query, "", func(at, n string) string {
		return "GET\n" + query + "\n" + at + "\n" + n + "\n"
	}},
	"lower case": {"GET", query, "", func(at, n string) string {
		return "get\n" + query + "\n" + at + "\n" + n + "\n\n"
	}},
	"are swapped": {"GET", query, "", func(at, n string) string {
		return "GET\n" + query + "\n" + n + "\n" + at + "\n\n"
	}},
	"come first": {"GET", query, "", func(at, n string) string {
		return at + "\n" + n + "\nGET\n" + query + "\n\n"
	}},
	"backslash": {"GET", query, "", func(at, n string) string {
		return `GET\n` + query + `\n` + at + `\n` + n + `\n\n`
	}},
	"none of this account's": {"GET", query, "", func(string, string) string {
		return "something else"
	}},
}

// TestMistakes checks that the server names the mistake.
func TestMistakes(t *testing.T) {
	e := newEngine(t, nil)
	a := e.Accounts()[0]
	for want, c := range signingMistakes {
		req := request(t, e, c.method, c.uri, c.body)
		req.Header.Set("Authorization", authorization(t, a, c.sign))
		if w := do(t, e, req); w.Code != http.StatusUnauthorized ||
			!strings.Contains(w.Body.String(), "truncated_sign_message") {
			t.Errorf("%s: HTTP %d %s", want, w.Code, w.Body)
		}
		x := e.Exchanges(mock.Filter{Most: 1})[0]
		if !strings.Contains(x.Mistake, want) ||
			(x.Signed == "") == (want != "none of this account's") ||
			!strings.HasPrefix(x.Expected, c.method+"\n"+c.uri+"\n") {
			t.Errorf("%s: it says %q; signed %q, expected %q", want, x.Mistake, x.Signed,
				x.Expected)
		}
	}
}

func TestSignedWithTheKeyOfAnother(t *testing.T) {
	e := newEngine(t, nil)
	req := request(t, e, "GET", query, "")
	a, second := e.Accounts()[0], e.Accounts()[1]
	auth, err := (&caller.Caller{Account: second, Now: time.Now}).Authorization("GET", query, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization",
		strings.NewReplacer(second.ID, a.ID, second.SerialNo, a.SerialNo).Replace(auth))
	do(t, e, req)
	if x := e.Exchanges(mock.Filter{Most: 1})[0]; !strings.Contains(x.Mistake,
		"with the key of merchant "+second.ID) {
		t.Errorf("signed with another's key: %q", x.Mistake)
	}
}

// TestBadInput sends malformed requests.
func TestBadInput(t *testing.T) {
	e := newEngine(t, nil)
	const post = "/v3/pay/transactions/native"
	deep := strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000)
	for name, c := range map[string]struct {
		method, uri, body string
		status            int
		want              string
	}{
		"unknown path": {"POST", "/v3/pay/transaction/native", `{}`, 404,
			"最接近的是 POST /v3/pay/transactions/native"},
		"unknown prefix": {"GET", "/v9/x", "", 404, "最接近的是"},
		"long path":      {"GET", "/v3/" + strings.Repeat("x/", 30_000), "", 404, "最接近的是"},
		"wrong method":   {"DELETE", post, "", 405, "支持POST"},
		"traversal": {
			"GET", "/v3/pay/transactions/out-trade-no/..%2f..%2fetc?mchid=1900000001", "", 404,
			"ORDER_NOT_EXIST",
		},
		"dots":       {"GET", "/v3/pay/../../etc/passwd", "", 404, "最接近的是"},
		"no JSON":    {"POST", post, `{"appid"`, 400, "不是合法的JSON"},
		"two values": {"POST", post, `{} {}`, 400, "不是合法的JSON"},
		"a list":     {"POST", post, `[]`, 400, "对象"},
		"null":       {"POST", post, `null`, 400, "对象"},
		"deep":       {"POST", post, deep, 400, "不是合法的JSON"},
		"no UTF-8":   {"POST", post, "{\"appid\":\"\xff\"}", 400, "UTF-8"},
		"empty":      {"POST", post, "", 400, "请求体为空"},
		"bad query": {"GET", "/v3/pay/transactions/out-trade-no/T1?mchid=%zz", "", 400,
			"URL查询参数格式错误"},
		"query twice": {"GET", query + "&mchid=1900000001", "", 400, "重复"},
		"huge number": {"POST", post, native("T0000001", 1, "")[:20] +
			`,"amount":{"total":1e400}}`, 400, "PARAM_ERROR"},
		"escaped path": {"GET", "/v3/pay/transactions/out-trade-no/%ff?mchid=1900000001", "", 400,
			"UTF-8"},
	} {
		w := do(t, e, request(t, e, c.method, c.uri, c.body))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) ||
			!json.Valid(w.Body.Bytes()) || w.Header().Get(mock.Header) == "" {
			t.Errorf("%s: HTTP %d %.300s; want %d with %s", name, w.Code, w.Body, c.status, c.want)
		}
	}
	for name, want := range map[string]string{"Accept": "Http头缺少Accept",
		"User-Agent": "Http头缺少Accept", "Content-Type": "Content-Type不正确"} {
		req := request(t, e, "POST", post, native("T0000001", 1, ""))
		req.Header.Del(name)
		if w := do(t, e, req); w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("without %s: HTTP %d %s", name, w.Code, w.Body)
		}
	}
	req := request(t, e, "POST", post, strings.Repeat("x", mock.MaxBody+1))
	if w := do(t, e, req); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body beyond MaxBody: HTTP %d %s", w.Code, w.Body)
	}
	req = request(t, e, "GET", query, "")
	req.Header.Set("Wechatpay-Serial", "PUB_KEY_ID_0")
	if w := do(t, e, req); w.Code != 400 ||
		!strings.Contains(w.Body.String(), "Wechatpay-Serial错误") {
		t.Errorf("an unknown Wechatpay-Serial: HTTP %d %s", w.Code, w.Body)
	}
}

// An upload whose meta does not fit its file is refused.
func TestUploadDigest(t *testing.T) {
	e := newEngine(t, nil)
	op, err := e.Operation("POST", "/v3/merchant/media/upload")
	if err != nil || op == nil {
		t.Fatal(err)
	}
	for old, now := range map[string]string{caller.FileText: "other",
		`filename="` + caller.FileName: `filename="b.png`} {
		req, err := e.Caller(e.Accounts()[0], "").Request(t.Context(),
			e.Example(op, e.Accounts()[0]))
		if err != nil {
			t.Fatal(err)
		}
		if w := do(t, e, replaced(t, req, old, old)); w.Code != 200 {
			t.Errorf("as it is: HTTP %d %s", w.Code, w.Body)
		}
		e.Reset()
		if w := do(t, e, replaced(t, req, old, now)); w.Code != 400 ||
			!strings.Contains(w.Body.String(), "与上传的文件不一致") {
			t.Errorf("with %q: HTTP %d %s", now, w.Code, w.Body)
		}
	}
}

// replaced is a request with another file, which the signature does not cover.
func replaced(t *testing.T, req *http.Request, old, now string) *http.Request {
	t.Helper()
	body, err := req.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := body.Read(buf)
		text.Write(buf[:n])
		if err != nil {
			break
		}
	}
	out, err := http.NewRequestWithContext(t.Context(), req.Method, req.URL.String(),
		strings.NewReader(strings.ReplaceAll(text.String(), old, now)))
	if err != nil {
		t.Fatal(err)
	}
	out.Header = req.Header
	return out
}

func TestCertificatesRotate(t *testing.T) {
	own, err := keys.MakeOf(quickkey.New)
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t, func(c *mock.Config) { c.Ring = own })
	second := e.Accounts()[1] // it uses certificates
	ask := func() (body, serial string) {
		c := e.Caller(second, "")
		req, err := c.Raw(t.Context(), "GET", "/v3/certificates", nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Del("Wechatpay-Serial")
		w := do(t, e, req)
		return w.Body.String(), w.Header().Get("Wechatpay-Serial")
	}
	body, first := ask()
	if strings.Count(body, "serial_no") != 1 || !strings.Contains(body, first) {
		t.Errorf("%s signed by %s", body, first)
	}
	serial, err := e.RotateCertificate()
	if err != nil {
		t.Fatal(err)
	}
	if body, now := ask(); now != serial || strings.Count(body, "serial_no") != 2 {
		t.Errorf("after rotating to %s: signed by %s: %s", serial, now, body)
	}
}
