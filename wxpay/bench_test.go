package wxpay_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// inProcess answers every request with the same reply, signed once.
type inProcess struct {
	header http.Header
	body   []byte
}

func (t *inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	return &http.Response{
		StatusCode: 200, Header: t.header, Body: io.NopCloser(bytes.NewReader(t.body)),
		ContentLength: int64(len(t.body)), Request: r,
	}, nil
}

// noSigner returns a fixed signature, so that a benchmark measures the rest of the call.
type noSigner struct{ pub *rsa.PublicKey }

var noSignature = make([]byte, 256)

func (s noSigner) Public() crypto.PublicKey { return s.pub }
func (s noSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return noSignature, nil
}

const benchReply = `{"prepay_id":"wx201410272009395522657a690389285100","id":"42","amount":{"total":100,"currency":"CNY"},"paid":true}`

// benchClient signs with signer. Its replies are signed if signed is true.
func benchClient(b *testing.B, signer crypto.Signer, signed bool) *wxpay.Client {
	b.Helper()
	out := &reply{header: make(http.Header), body: []byte(benchReply)}
	clock := time.Unix(1764300000, 0)
	if signed {
		signReply(platformKey(), publicID, "1764300000", "nonce", out)
	}
	cfg := testConfig()
	cfg.PrivateKey = signer
	c, err := wxpay.New(cfg,
		wxpay.WithHTTPClient(&http.Client{Transport: &inProcess{out.header, out.body}}),
		wxpay.WithClock(func() time.Time { return clock }))
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// plainOrder has nothing to seal.
type plainOrder struct {
	AppID       string `json:"appid"`
	MchID       string `json:"mchid"`
	Description string `json:"description"`
	OutTradeNo  string `json:"out_trade_no"`
	NotifyURL   string `json:"notify_url"`
	Amount      amount `json:"amount"`
	Payer       struct {
		OpenID string `json:"openid"`
	} `json:"payer"`
}

func aPlainOrder() plainOrder {
	o := plainOrder{
		AppID: "wxd678efh567hg6787", MchID: mchID, Description: "Image形象店-深圳腾大-QQ公仔",
		OutTradeNo: "1217752501201407033233368018",
		NotifyURL:  "https://www.weixin.qq.com/wxpay/pay.php", Amount: amount{100, "CNY"},
	}
	o.Payer.OpenID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
	return o
}

func (r plainOrder) Validate() error {
	var need gen.Required
	need.Field("appid", r.AppID != "")
	need.Field("out_trade_no", r.OutTradeNo != "")
	need.Enter("amount")
	need.Field("currency", r.Amount.Currency != "")
	need.Leave()
	return need.Err("bench.Prepay")
}

type plainResponse struct {
	PrepayID string `json:"prepay_id"`
}

func prepay(b *testing.B, c *wxpay.Client, req plainOrder) (*plainResponse, error) {
	if err := req.Validate(); err != nil {
		return nil, err
	}
	call := gen.Call{Name: "bench.Prepay", Method: "POST", Path: "/v3/pay/transactions/jsapi",
		Body: &req}
	resp := new(plainResponse)
	return resp, c.Do(b.Context(), call, resp)
}

func twoSecrets() orderRequest {
	return orderRequest{
		OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", Name: wxpay.NewSecret(aName),
		Amount:  amount{Total: 100, Currency: "CNY"},
		Contact: &detail{Name: "three", Phone: wxpay.NewSecret(aPhone)},
	}
}

func BenchmarkCall(b *testing.B) {
	c := benchClient(b, merchantKey(), true)
	b.Run("prepay", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if resp, err := prepay(b, c, aPlainOrder()); err != nil || resp.PrepayID == "" {
				b.Fatal(err)
			}
		}
	})
	b.Run("sealed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := postOrder(b.Context(), c, twoSecrets()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("query", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := getOrder(b.Context(), c, "1217752501201407033233368018"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := prepay(b, c, aPlainOrder()); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkRatio runs a call and its cryptography by turns, so that changes of the machine's speed
// affect both.
func BenchmarkRatio(b *testing.B) {
	c := benchClient(b, merchantKey(), true)
	digest := sha256.Sum256([]byte(benchReply))
	signature, err := platformKey().Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		b.Fatal(err)
	}
	var call, floor time.Duration
	for b.Loop() {
		start := time.Now()
		_, err := prepay(b, c, aPlainOrder())
		mid := time.Now()
		_, errSign := merchantKey().Sign(rand.Reader, digest[:], crypto.SHA256)
		errVerify := rsa.VerifyPKCS1v15(&platformKey().PublicKey, crypto.SHA256, digest[:],
			signature)
		call, floor = call+mid.Sub(start), floor+time.Since(mid)
		if err != nil || errSign != nil || errVerify != nil {
			b.Fatal(err, errSign, errVerify)
		}
	}
	b.ReportMetric(float64(call)/float64(floor), "x-crypto")
}

// TestCallAllocations bounds the allocations of a call without its cryptography. They do not depend
// on the machine.
func TestCallAllocations(t *testing.T) {
	transport := &inProcess{make(http.Header), []byte(benchReply)}
	cfg := testConfig()
	cfg.PrivateKey = noSigner{&merchantKey().PublicKey}
	c, err := wxpay.New(cfg, wxpay.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	got := testing.AllocsPerRun(200, func() {
		req := aPlainOrder()
		call := gen.Call{Name: "bench.Prepay", Method: "POST", Path: "/v3/pay/transactions/jsapi",
			Body: &req, Unsigned: true}
		if req.Validate() != nil || c.Do(t.Context(), call, new(plainResponse)) != nil {
			t.Fail()
		}
	})
	if got > 30 && !raceEnabled {
		t.Errorf("%v allocations; want at most 30", got)
	}
}

// BenchmarkFloor is the cryptography of a call alone: one signature, one verification, and two
// sealed fields.
func BenchmarkFloor(b *testing.B) {
	digest := sha256.Sum256([]byte(benchReply))
	merchant, platform := merchantKey(), platformKey()
	signature, err := platform.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		b.Fatal(err)
	}
	once := func(b *testing.B) {
		if _, err := merchant.Sign(rand.Reader, digest[:], crypto.SHA256); err != nil {
			b.Fatal(err)
		}
		if err := rsa.VerifyPKCS1v15(&platform.PublicKey, crypto.SHA256, digest[:],
			signature); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("prepay", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			once(b)
		}
	})
	b.Run("sealed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, clear := range []string{aName, aPhone} {
				if _, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, &platform.PublicKey,
					[]byte(clear), nil); err != nil {
					b.Fatal(err)
				}
			}
			once(b)
		}
	})
}

// BenchmarkOverhead runs a call without cryptography: nothing signs, and the reply is not signed.
func BenchmarkOverhead(b *testing.B) {
	c := benchClient(b, noSigner{&merchantKey().PublicKey}, false)
	b.Run("prepay", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			req := aPlainOrder()
			if err := req.Validate(); err != nil {
				b.Fatal(err)
			}
			call := gen.Call{Name: "bench.Prepay", Method: "POST",
				Path: "/v3/pay/transactions/jsapi", Body: &req, Unsigned: true}
			if err := c.Do(b.Context(), call, new(plainResponse)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("query", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			call := gen.Call{Name: "bench.Query", Method: "GET",
				Path: "/v3/pay/transactions/out-trade-no/{no}",
				Args: []string{"1217752501201407033233368018"}, Unsigned: true}
			call.Query.String("mchid", mchID)
			if err := c.Do(b.Context(), call, new(plainResponse)); err != nil {
				b.Fatal(err)
			}
		}
	})
	// net/http alone, for the same exchange.
	b.Run("nethttp", func(b *testing.B) {
		h := &http.Client{Transport: &inProcess{make(http.Header), []byte(benchReply)}}
		b.ReportAllocs()
		for b.Loop() {
			req, err := http.NewRequestWithContext(b.Context(), "POST",
				"https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi",
				strings.NewReader(benchReply))
			if err != nil {
				b.Fatal(err)
			}
			resp, err := h.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
}

func BenchmarkParsePrivateKey(b *testing.B) {
	data := pkcs8(b, merchantKey())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wxpay.ParsePrivateKey(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var v struct {
			A inString `json:"a"`
		}
		if err := v.A.UnmarshalJSON([]byte(`"{\"total\":1,\"currency\":\"CNY\"}"`)); err != nil {
			b.Fatal(err)
		}
	}
}
