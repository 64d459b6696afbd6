package control_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/control"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/quickkey"
)

var ring = sync.OnceValue(func() *keys.Ring {
	r, err := keys.MakeOf(quickkey.New)
	if err != nil {
		panic(err)
	}
	return r
})

func newServer(t testing.TB) http.Handler {
	t.Helper()
	e, err := mock.New(mock.Config{Ring: ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return control.Guard((&control.Server{Engine: e}).Handler())
}

func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:8466"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/json")
	return r
}

// A page of another site, or another machine, cannot steer the server.
func TestGuard(t *testing.T) {
	h := newServer(t)
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"plain":     {func(*http.Request) {}, 200},
		"localhost": {func(r *http.Request) { r.Host = "localhost:8466" }, 200},
		"ipv6": {func(r *http.Request) {
			r.Host, r.RemoteAddr = "[::1]:8466", "[::1]:40000"
		}, 200},
		"own page": {func(r *http.Request) {
			r.Header.Set("Origin", "http://127.0.0.1:8466")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}, 200},
		"other machine":      {func(r *http.Request) { r.RemoteAddr = "192.0.2.1:40000" }, 403},
		"garbage address":    {func(r *http.Request) { r.RemoteAddr = "" }, 403},
		"rebound name":       {func(r *http.Request) { r.Host = "evil.example:8466" }, 403},
		"name with loopback": {func(r *http.Request) { r.Host = "127.0.0.1.evil.example" }, 403},
		"other origin": {func(r *http.Request) {
			r.Header.Set("Origin", "https://evil.example")
		}, 403},
		"other port": {func(r *http.Request) {
			r.Header.Set("Origin", "http://127.0.0.1:9999")
		}, 403},
		"null origin": {func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"cross-site fetch": {func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}, 403},
		"same-site fetch": {func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "same-site")
		}, 403},
		"form": {func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}, 403},
		"text": {func(r *http.Request) {
			r.Header.Set("Content-Type", "text/plain")
		}, 403},
		"no content type": {func(r *http.Request) { r.Header.Del("Content-Type") }, 403},
		"json with a charset": {func(r *http.Request) {
			r.Header.Set("Content-Type", "application/json; charset=utf-8")
		}, 200},
	} {
		r := request("POST", "/_mock/clock", `{"advance":"0s"}`)
		c.change(r)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != c.status {
			t.Errorf("%s: HTTP %d %s; want %d", name, w.Code, w.Body, c.status)
		}
	}
}

func TestControl(t *testing.T) {
	h := newServer(t)
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "/_mock/info", "", `"id":"1900000001"`},
		{"GET", "/_mock/requests", "", `[]`},
		{"GET", "/_mock/objects", "", `[]`},
		{"GET", "/_mock/deliveries", "", `[]`},
		{"GET", "/_mock/operations?text=preorderwithauth", "",
			`"/v3/payroll-card/authentications/pre-order-with-auth"`},
		{"GET", "/_mock/example?method=post&path=/v3/pay/transactions/jsapi", "",
			`"mchid":"1900000001"`},
		{"GET", "/_mock/events", "", `"TRANSACTION.SUCCESS"`},
		{"POST", "/_mock/clock", `{"advance":"+3h"}`, `"ahead":"3h0m0s"`},
		{"POST", "/_mock/clock", `{"advance":"-3h"}`, `is no time to put the clock forward by`},
		{"POST", "/_mock/clock", `{"advance":"900000h"}`, `is no time to put the clock forward by`},
		{"POST", "/_mock/clock", `{"forward":"3h"}`, `unknown field`},
		{"POST", "/_mock/faults", `{"kind":"latency","latency":"2s"}`, `"id":1`},
		{"POST", "/_mock/faults", `{"kind":"earthquake"}`,
			`fault \"earthquake\" is unknown; known are latency`},
		{"DELETE", "/_mock/faults/9", ``, `fault 9 is not in force`},
		{"DELETE", "/_mock/faults", ``, `[]`},
		{"POST", "/_mock/pay", `{"number":"7"}`, `nothing has the number \"7\"`},
		{"POST", "/_mock/notify", `{"event":"NO.SUCH","url":"http://127.0.0.1:9/"}`,
			`event \"NO.SUCH\" is unknown`},
		{"POST", "/_mock/notify", `{"event":"TRANSACTION.SUCCESS","url":"ftp://x"}`,
			`is no http or https URL`},
		{"POST", "/_mock/certificates", ``, `"serial":"`},
		{"GET", "/_mock/snapshot", ``, `"version":1`},
		{"POST", "/_mock/restore", `{"version":9}`, `snapshot has version 9`},
		{"POST", "/_mock/reset", ``, `"ahead":"0s"`},
		{"GET", "/_mock/requests/1", ``, `request 1 is unknown`},
		{"GET", "/_mock/objects/x", ``, `\"x\" is no number`},
		{"GET", "/_mock/nothing", ``, `there is no GET /_mock/nothing`},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request(c.method, c.path, c.body))
		if !strings.Contains(w.Body.String(), c.want) || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %s %s: HTTP %d %.300s; want %s", c.method, c.path, c.body, w.Code, w.Body,
				c.want)
		}
	}
}

func FuzzControl(f *testing.F) {
	h := newServer(f)
	for _, seed := range []string{"faults", "clock", "notify", "pay", "restore"} {
		f.Add(seed, `{"number":"1"}`)
	}
	f.Add("restore",
		`{"version":1,"clock_ahead":"1h","objects":[{"serial":1,"kind":"order","doc":{}}]}`)
	f.Add("faults", `{"kind":"latency","latency":"1s","path":"["}`)
	f.Fuzz(func(t *testing.T, path, body string) {
		if strings.ContainsAny(path, " ?#%\r\n/") || !json.Valid([]byte(body)) || path == "try" ||
			path == "notify" || path == "certificates" {
			return
		}
		for _, r := range path {
			if r < 0x21 || r > 0x7e {
				return
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("POST", "/_mock/"+path, body))
		if w.Code >= 500 {
			t.Errorf("%s %s: HTTP %d", path, body, w.Code)
		}
		w = httptest.NewRecorder()
		if h.ServeHTTP(w, request("GET", "/_mock/objects", "")); w.Code != 200 {
			t.Errorf("objects after %s %s: HTTP %d %s", path, body, w.Code, w.Body)
		}
	})
}
