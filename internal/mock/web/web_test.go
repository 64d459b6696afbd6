package web_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/control"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
	"github.com/wxgen/wxgen/internal/mock/web"
)

var ring = sync.OnceValues(keys.Make)

// server is a mock server with its pages.
type server struct {
	*mock.Engine
	t   *testing.T
	url string
}

type late struct{ http.Handler }

func newServer(t *testing.T, folder string) *server {
	t.Helper()
	r, err := ring()
	if err != nil {
		t.Fatal(err)
	}
	pages := &late{}
	e, err := mock.New(mock.Config{Ring: r, Pages: pages})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	pages.Handler = control.Guard(web.New(web.Config{
		Engine: e, Control: (&control.Server{Engine: e}).Handler(), Folder: folder,
		Guide: "how clients find it",
		Chain: func(method, path string) string { return "V3()." + method },
	}))
	srv := httptest.NewServer(e)
	t.Cleanup(srv.Close)
	return &server{e, t, srv.URL}
}

// try sends the example of an operation, changed.
func (s *server) try(method, path string, change func(*sample.Request)) *http.Response {
	s.t.Helper()
	op, err := s.Operation(method, path)
	if err != nil || op == nil {
		s.t.Fatalf("%s %s: %v, %v", method, path, op, err)
	}
	resp, err := s.Try(context.Background(), s.url, op, s.AccountFor(op),
		func(r *sample.Request) error {
			if change != nil {
				change(r)
			}
			return nil
		})
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp
}

// order places an order with a description, and an address without a server.
func (s *server) order(way, number, what string) {
	s.t.Helper()
	resp := s.try("POST", "/v3/pay/transactions/"+way, func(r *sample.Request) {
		body := r.Body.(map[string]any)
		body["out_trade_no"], body["description"], body["attach"], body["notify_url"] = number,
			what, what, "http://127.0.0.1:1/notify"
	})
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("the order was answered with %d", resp.StatusCode)
	}
}

// get fetches a page in a language.
func (s *server) get(path, lang string) (status int, page string, h http.Header) {
	s.t.Helper()
	req, err := http.NewRequest("GET", s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Accept-Language", lang)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

const evil = `</pre></textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&{{.}}`

// hostile sends requests with harmful text for the pages.
func (s *server) hostile() {
	s.t.Helper()
	s.order("native", "T2026001", evil)
	s.order("jsapi", "T2026002", evil)
	if err := s.Person("T2026002", "pay", evil); err != nil {
		s.t.Fatal(err)
	}
	for _, raw := range []struct{ method, path, kind, body string }{
		{"POST", "/v3/pay/transactions/native?x=" + "%3Cscript%3Ealert(1)%3C/script%3E",
			"application/json", evil},
		{"POST", "/v3/" + strings.Repeat("a", 3000), "text/html",
			"\xff\xfe\x00<script>alert(1)</script>"},
		{"<SCRIPT>"[1:7], "/v3/x", evil[:0] + "application/json", strings.Repeat("[", 9000) +
			strings.Repeat("]", 9000)},
		{"PUT", "/brand/x", "multipart/form-data; boundary=b",
			"--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{}\r\n--b\r\n" +
				"Content-Disposition: form-data; name=\"file\"; " +
				"filename=\"<script>alert(1)</script>\"\r\n\r\nx\r\n--b--"},
		{"POST", "/v3/certificates", "application/json", strings.Repeat("x", 3<<20)},
	} {
		req, err := http.NewRequest(raw.method, s.url+raw.path, strings.NewReader(raw.body))
		if err != nil {
			s.t.Fatal(err)
		}
		req.Header.Set("Content-Type", raw.kind)
		req.Header.Set("X-Evil", evil)
		req.Header.Set("Authorization",
			`WECHATPAY2-SHA256-RSA2048 mchid="<script>alert(1)</script>",nonce_str="1",timestamp="1",serial_no="1",signature="MQ=="`)
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			s.t.Fatal(err)
		}
		resp.Body.Close()
	}
}

// TestPages shows every page with text of a hostile client. The text stays text, and the pages have
// a policy that forbids inline code.
func TestPages(t *testing.T) {
	s := newServer(t, "/keys")
	s.hostile()
	s.try("POST", "/v3/payroll-card/authentications/pre-order-with-auth", nil)
	s.try("POST", "/v3/merchant/media/upload", nil)
	pages := map[string]int{
		"/": 200, "/?text=%3Cscript%3Ealert(1)%3C/script%3E": 200, "/?refused=1": 200,
		"/requests/99": 404, "/requests/x": 404, "/request?id=x": 404,
		"/objects": 200, "/objects?kind=order&text=weixin://wxpay/bizpayurl%3Fpr=1": 200,
		"/objects/1": 200, "/objects/2": 200, "/objects/9": 404,
		"/pay/T2026001": 200, "/pay/T2026002?redirect_url=javascript:alert(1)": 200,
		"/pay/%3Cscript%3Ealert(1)%3C%2Fscript%3E": 404, "/operations": 200,
		"/operations?service=pay": 200, "/operations?text=%E4%B8%8B%E5%8D%95+native": 200,
		"/operations?text=nothing+like+that":                             200,
		"/operation?method=post&path=/v3/pay/transactions/native&from=1": 200,
		"/operation?method=GET&path=/v3/nothing":                         404,
		"/operation?method=POST&path=/v3/merchant/media/upload":          200, "/deliveries": 200,
		"/deliveries?state=pending": 200, "/deliveries/1": 200, "/deliveries/7": 404,
		"/controls": 200, "/connect": 200, "/nowhere": 404,
	}
	for n := range 9 {
		pages[fmt.Sprintf("/requests/%d", n+1)] = 200
	}
	for path, want := range pages {
		for _, lang := range []string{"en", "zh-CN,zh;q=0.9"} {
			status, page, h := s.get(path, lang)
			if status != want {
				t.Errorf("%s: status %d, want %d\n%.300s", path, status, want, page)
			}
			if strings.Contains(strings.ToLower(page), "<script>") ||
				strings.Contains(page, "<img src=x") ||
				strings.Contains(page, `href="javascript:`) {
				t.Errorf("%s (%s) does not escape what a client sent", path, lang)
			}
			if !strings.HasPrefix(h.Get("Content-Security-Policy"),
				"default-src 'none'; script-src 'self';") ||
				!strings.Contains(page, `lang="`+lang[:2]+`"`) {
				t.Errorf("%s: policy %q, language %.40s", path, h.Get("Content-Security-Policy"),
					page)
			}
			if len(page) > 2<<20 {
				t.Errorf("%s has %d bytes", path, len(page))
			}
		}
	}
}

// TestShows looks for facts that people need on the pages.
func TestShows(t *testing.T) {
	s := newServer(t, "/keys")
	s.order("native", "T2026001", "咖啡")
	s.order("h5", "T2026002", "茶")
	s.try("POST", "/v3/payroll-card/authentications/pre-order-with-auth", nil)
	if err := s.Person("T2026002", "pay", "paid in a test"); err != nil {
		t.Fatal(err)
	}
	sealed := s.Exchange(3).Sealed[0]
	for path, wants := range map[string][]string{
		"/": {"/v3/pay/transactions/native", "Native下单", "200"},
		"/requests/1": {"signature",
			"openssl dgst -sha256 -sign '/keys/merchant-1900000001/apiclient_key.pem'",
			"client.Raw(ctx", "client.V3().POST"},
		"/requests/3": {`<span class="sealed">&#34;张三&#34;</span>`,
			sealed.Ciphertext},
		"/objects": {"T2026001", "T2026002", "NOTPAY", "SUCCESS"},
		"/objects/1": {"<svg", "weixin://wxpay/bizpayurl?pr=",
			`href="/pay/T2026001"`, `data-call="POST /_mock/pay"`},
		"/objects/2": {"paid in a test", `href="/deliveries/1"`, "4200"},
		"/pay/T2026001": {"测试商户", "1.00", "咖啡", "data-key", "/_mock/refuse",
			"/_mock/expire"},
		"/pay/T2026002?redirect_url=http://x/y": {"Paid", `href="http://x/y"`},
		"/deliveries/1": {"TRANSACTION.SUCCESS",
			"http://127.0.0.1:1/notify", "connection refused", "Send again"},
		"/deliveries":                   {"pending", "REFUND.SUCCESS"},
		"/connect":                      {"1900000100", "how clients find it", s.url},
		"/operations":                   {"payroll-card"},
		"/operations?text=out-trade-no": {"/v3/pay/transactions/out-trade-no/{out_trade_no}/close"},
		"/controls":                     {"callback-doubled", "+3h"},
		"/requests/1?lang=":             {"Checks"},
		"/operation?method=GET&path=/v3/pay/transactions/out-trade-no/{out_trade_no}": {
			`name="path:out_trade_no"`, `name="query:mchid" value="1900000001"`,
		},
	} {
		_, page, _ := s.get(path, "en")
		for _, want := range wants {
			if !strings.Contains(page, want) && !strings.Contains(html.UnescapeString(page), want) {
				t.Errorf("%s does not show %q", path, want)
			}
		}
	}
	if status, _, h := s.get("/request?id="+s.Exchange(2).ReplyHeader.Get("Request-Id"),
		"en"); status != 303 || h.Get("Location") != "/requests/2" {
		t.Errorf("a Request-Id leads to %d %s", status, h.Get("Location"))
	}
}

// TestChoices checks that language and colours are stored, and that no choice leads to another
// site.
func TestChoices(t *testing.T) {
	s := newServer(t, "")
	for path, want := range map[string]string{
		"/objects?lang=zh&text=a%26b": "/objects?text=a%26b", "/?theme=dark": "/",
		"/%5C%5Cevil.example/?lang=zh": "/evil.example/", "/?lang=en&theme=light": "/",
	} {
		status, _, h := s.get(path, "")
		if status != http.StatusSeeOther || h.Get("Location") != want {
			t.Errorf("%s leads to %d %q, want %q", path, status, h.Get("Location"), want)
		}
		if c := h.Get("Set-Cookie"); !strings.HasPrefix(c, "wxgen_mock_") ||
			!strings.Contains(c, "HttpOnly; SameSite=Lax") {
			t.Errorf("%s sets the cookie %q", path, c)
		}
	}
	for _, path := range []string{"//evil.example/?lang=zh", "/x//evil.example/..?lang=zh"} {
		if _, _, h := s.get(path, ""); strings.HasPrefix(h.Get("Location"), "//") ||
			strings.HasPrefix(h.Get("Location"), "http") {
			t.Errorf("%s leads to %q", path, h.Get("Location"))
		}
	}
	if status, page, _ := s.get("/?lang=fr", "fr, de;q=0.5"); status != 200 ||
		!strings.Contains(page, `lang="en"`) {
		t.Errorf("an unknown language: %d %.60s", status, page)
	}
}

// TestStrangers checks that pages of other sites are refused, and so are requests to another host
// name.
func TestStrangers(t *testing.T) {
	s := newServer(t, "")
	s.order("native", "T2026001", "咖啡")
	for name, change := range map[string]func(*http.Request){
		"another host": func(r *http.Request) { r.Host = "evil.example" },
		"another site": func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") },
		"a form": func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		},
		"plain text":    func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
		"a fetch":       func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"an opaque one": func(r *http.Request) { r.Header.Set("Origin", "null") },
	} {
		req, err := http.NewRequest("POST", s.url+"/_mock/pay",
			bytes.NewReader([]byte(`{"number":"T2026001"}`)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		change(req)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden || s.Numbered("T2026001").State != "NOTPAY" {
			t.Errorf("%s: status %d, the order is %s", name, resp.StatusCode,
				s.Numbered("T2026001").State)
		}
	}
	req, _ := http.NewRequest("POST", s.url+"/objects", strings.NewReader("{}"))
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a page takes a POST: %d", resp.StatusCode)
	}
}
