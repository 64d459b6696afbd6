package wxpay_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// fuzzed answers with the fuzzer's input.
type fuzzed struct {
	inProcess
	status int
}

func (z *fuzzed) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := z.inProcess.RoundTrip(r)
	resp.StatusCode = z.status
	return resp, err
}

// fuzzClient answers every call with the fuzzer's input in transport.
func fuzzClient(f *testing.F) (*wxpay.Client, *fuzzed) {
	transport := &fuzzed{status: 200}
	cfg := testConfig()
	cfg.PrivateKey = noSigner{&merchantKey().PublicKey}
	c, err := wxpay.New(cfg, wxpay.WithHTTPClient(&http.Client{Transport: transport}),
		wxpay.WithClock(func() time.Time { return time.Unix(1764300000, 0) }))
	if err != nil {
		f.Fatal(err)
	}
	return c, transport
}

// No reply makes decoding panic. JSON that encoding/json reads in full is read in the same way.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"first":"a","amount":{"total":1},"list":[{"name":"x"}],"time":"2026-11-22T10:34:56+08:00","secret":"eA==","inner":"{\"total\":1}","map":{"a":1},"text":"5"}`,
		`{"amount":{"total":"1"},"list":[1,{"name":2}],"time":5,"secret":{},"inner":"{","object":[],"map":{"a":"b"},"flag":0,"text":"x"}`,
		`[]`, `null`, `"`, `{"FIRST":"a","first":1}`, `{"list":null,"inner":null,"time":null}`,
	} {
		f.Add([]byte(seed))
	}
	c, transport := fuzzClient(f)
	transport.header = make(http.Header)
	f.Fuzz(func(t *testing.T, data []byte) {
		transport.body = data
		var got, want mixed
		err := c.Chain("v3/x").Get(t.Context(), nil, &got, wxpay.WithUnsigned())
		if e, ok := errors.AsType[*wxpay.Error](err); ok && e.Code != "" {
			return // the error holds a code
		}
		if err != nil && !errors.As(err, new(*wxpay.DecodeError)) {
			t.Fatalf("%T %v", err, err)
		}
		if plain := json.Unmarshal(data, &want); plain == nil && err != nil &&
			!errors.Is(err, wxpay.ErrEmptyBody) {
			t.Errorf("encoding/json reads it, wxpay says %v", err)
		}
		if err != nil {
			_ = err.Error()
		}
	})
}

// No headers make a reply verified without the platform's key.
func FuzzHeaders(f *testing.F) {
	f.Add(publicID, "1764300000", "nonce", "QUJD", `{"id":"1"}`, uint8(0))
	f.Add(strings.ToLower(publicID), "-1", "", "", ``, uint8(1))
	f.Add(publicID, "1764300000", "nonce", "QUJD", `{"code":"ORDER_NOT_EXIST"}`, uint8(2))
	f.Add("", "", "nonce", "", `{"code":"ORDER_NOT_EXIST"}`, uint8(2))
	f.Add(publicID, "", "", "", `{"code":"SYSTEM_ERROR"}`, uint8(3))
	c, transport := fuzzClient(f)
	f.Fuzz(func(t *testing.T, serial, timestamp, nonce, signature, body string, status uint8) {
		transport.status = 200 + int(status%4)*100
		transport.header = http.Header{"Request-Id": {nonce}, "Retry-After": {timestamp}}
		for name, v := range map[string]string{
			"Wechatpay-Serial": serial, "Wechatpay-Timestamp": timestamp, "Wechatpay-Nonce": nonce,
			"Wechatpay-Signature": signature,
		} {
			if v != "" {
				transport.header.Set(name, v)
			}
		}
		transport.body = []byte(body)
		var out orderResponse
		err := c.Do(t.Context(), gen.Call{Name: "fuzz", Method: "POST", Path: "/v3/x"}, &out)
		refused := errors.As(err, new(*wxpay.VerifyError))
		switch claimed := timestamp+nonce+signature != ""; {
		case transport.status == 200 && !refused, out.ID != "":
			t.Fatalf("believed: %v", err)
		case transport.status != 200 && !errors.As(err, new(*wxpay.Error)):
			t.Fatalf("HTTP %d: %T %v", transport.status, err, err)
		case transport.status != 200 && refused != claimed,
			claimed && errors.Is(err, wxpay.ErrNotFound):
			t.Fatalf("HTTP %d, signature claimed %v: %v", transport.status, claimed, err)
		}
		if strings.ContainsAny(err.Error(), "\r\n") {
			t.Errorf("a forged line: %q", err.Error())
		}
	})
}

// Every error reply becomes an *Error of one line.
func FuzzErrorReply(f *testing.F) {
	f.Add(`{"code":"PARAM_ERROR","message":"m","detail":{"field":"/a","issue":"i","value":1}}`)
	f.Add(`{"code":5,"detail":[[]]}`)
	f.Add("<html>")
	c, transport := fuzzClient(f)
	transport.status = 400
	f.Fuzz(func(t *testing.T, body string) {
		transport.header, transport.body = make(http.Header), []byte(body)
		err := c.Do(t.Context(), gen.Call{Name: "fuzz", Method: "POST", Path: "/v3/x"}, nil)
		var e *wxpay.Error
		if !errors.As(err, &e) || e.Verified || strings.ContainsAny(err.Error(), "\r\n") {
			t.Errorf("%T %q", err, err)
		}
	})
}
