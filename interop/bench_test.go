package interop

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	theirjsapi "github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	theirpayroll "github.com/wechatpay-apiv3/wechatpay-go/services/payrollcard"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// inProcess answers every request with the same signed reply, so that no network disturbs the
// measurement.
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

func signedReply(t testing.TB, platform *rsa.PrivateKey, body string) *inProcess {
	t.Helper()
	at := strconv.FormatInt(time.Now().Unix(), 10)
	signature, err := utils.SignSHA256WithRSA(at+"\nnonce\n"+body+"\n", platform)
	if err != nil {
		t.Fatal(err)
	}
	return &inProcess{http.Header{
		"Content-Type": {"application/json"}, "Wechatpay-Serial": {wxpaytest.PublicKeyID},
		"Wechatpay-Timestamp": {at},
		"Wechatpay-Nonce":     {"nonce"}, "Wechatpay-Signature": {signature},
		"Request-Id": {"08F0"},
	}, []byte(body)}
}

// pair is the same work, done by both sides.
type pair struct {
	name string
	// limits for ours as a part of theirs; time excludes the cryptography
	allocs, bytes, time float64
	ours, theirs        func() error
	message             []byte // the message of the verified signature
	sealed              int    // number of sealed fields
	incoming            bool   // a notification: it signs nothing, and opens a resource
	platform            *rsa.PrivateKey
}

// whole is the limit for our time as a multiple of the cryptography's.
func (p pair) whole() float64 {
	if p.incoming {
		return 1.4
	}
	return 1.03
}

// pairs are the calls with targets. Both sides sign with signer of the merchant's key.
func pairs(t testing.TB, platform *rsa.PrivateKey,
	signer func(crypto.Signer) crypto.Signer) []pair {
	ctx := context.Background()
	ourBench := func(t testing.TB, reply *inProcess) *wxpay.Client {
		return ourBench(t, reply, platform, signer)
	}
	theirBench := func(t testing.TB, reply *inProcess) *core.Client {
		return theirBench(t, reply, platform, signer)
	}
	prepay := signedReply(t, platform, `{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)
	query := signedReply(t, platform, transaction)
	sealed := signedReply(t, platform,
		`{"authenticate_number":"mcdhehfgisdhfjghed39384564i83","openid":"o","mchid":"1900000001","sub_mchid":"1111111","token":"abc","expires_in":5000}`)
	sealedPath := payrollcard.New(ourBench(t, sealed)).Authentications().PreOrderWithAuth()
	sealedService := theirpayroll.AuthenticationsApiService{Client: theirBench(t, sealed)}
	prepayClient, prepayService := ourBench(t, prepay),
		theirjsapi.JsapiApiService{Client: theirBench(t, prepay)}
	queryClient, queryService := ourBench(t, query),
		theirjsapi.JsapiApiService{Client: theirBench(t, query)}
	return []pair{
		{"sealed", 0.45, 0.50, 0.35,
			func() error { _, err := sealedPath.Post(ctx, ourSealed()); return err },
			func() error {
				_, _, err := sealedService.PreOrderAuthenticationWithAuth(ctx, theirSealed())
				return err
			}, sealed.body, 2, false, platform},
		{"prepay", 0.25, 0.35, 0.30,
			func() error { _, err := ourPrepay(ctx, prepayClient); return err },
			func() error { _, _, err := prepayService.Prepay(ctx, theirPrepay()); return err },
			prepay.body, 0, false, platform},
		{"query", 0.45, 0.45, 0.65,
			func() error { _, err := ourQuery(ctx, queryClient); return err },
			func() error {
				_, _, err := queryService.QueryOrderByOutTradeNo(ctx, theirQuery())
				return err
			}, query.body, 0, false, platform},
		notificationPair(t),
	}
}

func ordinaryKey() *rsa.PrivateKey { platform, _ := keys(); return platform }

// asIs signs with the key itself.
func asIs(key crypto.Signer) crypto.Signer { return key }

func ourBench(t testing.TB, reply *inProcess, platform *rsa.PrivateKey,
	signer func(crypto.Signer) crypto.Signer) *wxpay.Client {
	t.Helper()
	_, merchant := keys()
	c, err := wxpay.New(wxpay.Config{
		MchID: wxpaytest.MchID, SerialNo: wxpaytest.SerialNo, PrivateKey: signer(merchant),
		PlatformKeys: wxpay.PlatformKeys{wxpaytest.PublicKeyID: &platform.PublicKey},
	}, wxpay.WithHTTPClient(&http.Client{Transport: reply}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func theirBench(t testing.TB, reply *inProcess, platform *rsa.PrivateKey,
	signer func(crypto.Signer) crypto.Signer) *core.Client {
	t.Helper()
	_, merchant := keys()
	opts := []core.ClientOption{
		option.WithWechatPayPublicKeyAuthCipher(wxpaytest.MchID, wxpaytest.SerialNo, merchant,
			wxpaytest.PublicKeyID, &platform.PublicKey),
		option.WithHTTPClient(&http.Client{Transport: reply}),
	}
	if s := signer(merchant); s != crypto.Signer(merchant) {
		opts = append(opts, option.WithSigner(theirSigner{s}))
	}
	c, err := core.NewClient(context.Background(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func notificationPair(t testing.TB) pair {
	srv := wxpaytest.New(t)
	c := srv.Client()
	header, body := srv.Notify("TRANSACTION.SUCCESS", transaction)
	verifier := verifiers.NewSHA256WithRSAPubkeyVerifier(wxpaytest.PublicKeyID,
		*srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	handler, err := notify.NewRSANotifyHandler(wxpaytest.APIv3Key, verifier)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	request := incoming(header, body)
	return pair{"notification", 0.55, 0.30, 0.75,
		func() error {
			// their side reads a body, so ours copies one, as NotificationHandler does
			body := bytes.Clone(body)
			ev, err := c.ParseNotification(ctx, header, body)
			if err != nil {
				return err
			}
			return ev.Decode(new(ourTransaction), nil)
		},
		func() error {
			request.Body = io.NopCloser(bytes.NewReader(body))
			_, err := handler.ParseNotifyRequest(ctx, request, new(payments.Transaction))
			return err
		}, body, 0, true,
		merchantKey(srv)} // as long as the platform's key, which the server does not show
}

// memory returns allocations and bytes of one run of f. No garbage collection empties the pools
// meanwhile.
func memory(t *testing.T, f func() error) (allocs, bytes float64) {
	t.Helper()
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	if err := f(); err != nil { // also warms up
		t.Fatal(err)
	}
	const runs = 100
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		_ = f()
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / runs,
		float64(after.TotalAlloc-before.TotalAlloc) / runs
}

// TestMemoryBesideOfficialSDK checks the figures that do not depend on the machine.
func TestMemoryBesideOfficialSDK(t *testing.T) {
	for _, p := range pairs(t, ordinaryKey(), asIs) {
		ourAllocs, ourBytes := memory(t, p.ours)
		theirAllocs, theirBytes := memory(t, p.theirs)
		t.Logf("%-12s %4.0f of %4.0f allocations (%.2f), %6.0f of %6.0f bytes (%.2f)", p.name,
			ourAllocs, theirAllocs, ourAllocs/theirAllocs, ourBytes, theirBytes,
			ourBytes/theirBytes)
		if ourAllocs > p.allocs*theirAllocs {
			t.Errorf("%s: %.0f allocations; want at most %.2f of the official SDK's %.0f", p.name,
				ourAllocs, p.allocs, theirAllocs)
		}
		if ourBytes > p.bytes*theirBytes {
			t.Errorf("%s: %.0f bytes; want at most %.2f of the official SDK's %.0f", p.name,
				ourBytes, p.bytes, theirBytes)
		}
	}
}

func BenchmarkBeside(b *testing.B) {
	for _, p := range pairs(b, ordinaryKey(), asIs) {
		for _, side := range []struct {
			name string
			f    func() error
		}{{"wxpay", p.ours}, {"official", p.theirs}} {
			b.Run(p.name+"/"+side.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := side.f(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
