package wxpay_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// A certificateFault is an entry of the list of certificates, and why it is refused.
type certificateFault struct {
	name  string
	entry func(testing.TB) map[string]any
	text  string
}

func certificateFaults() []certificateFault {
	now := time.Now()
	good := func(t testing.TB) map[string]any {
		return listed(t, newCert(t, platformKey(), &platformKey().PublicKey, 0xA1,
			now.Add(-time.Hour), now.Add(time.Hour)))
	}
	edit := func(name, value string) func(testing.TB) map[string]any {
		return func(t testing.TB) map[string]any {
			e := good(t)
			e["encrypt_certificate"].(map[string]string)[name] = value
			return e
		}
	}

	return []certificateFault{
		{"another algorithm", edit("algorithm", "AEAD_SM4_GCM"),
			`algorithm "AEAD_SM4_GCM"; want AEAD_AES_256_GCM`},
		{"nonce too short", edit("nonce", "short"), "nonce of 5 bytes; want 12"},
		{"no base64", edit("ciphertext", "!"), "ciphertext is not base64"},
		{"another key", edit("nonce", "ba9876543210"), "is APIv3Key this merchant's current key?"},
		{"empty", edit("ciphertext", ""), "does not authenticate"},
		{"expired", func(t testing.TB) map[string]any {
			return listed(t, newCert(t, platformKey(), &platformKey().PublicKey, 0xA1,
				now.Add(-2*time.Hour), now.Add(-time.Hour)))
		}, "platform certificate has expired"},
		{"elliptic curve", func(t testing.TB) map[string]any {
			ec := ellipticKey()
			return listed(t,
				newCert(t, ec, &ec.PublicKey, 0xA1, now.Add(-time.Hour), now.Add(time.Hour)))
		}, "certificate A1: holds a *ecdsa.PublicKey; want an RSA key"},
		{"weak key", func(t testing.TB) map[string]any {
			weak, err := rsa.GenerateKey(rand.Reader, 1024)
			if err != nil {
				t.Fatal(err)
			}
			return listed(t, newCert(t, weak, &weak.PublicKey, 0xA1, now.Add(-time.Hour),
				now.Add(time.Hour)))
		}, "certificate A1: 1024 bit RSA key; want at least 2048 bits"},
		{"listed under another serial", func(t testing.TB) map[string]any {
			e := good(t)
			e["serial_no"] = "a1"
			return e
		}, "certificate A1 is listed under another serial"},
		{"no certificate", func(t testing.TB) map[string]any {
			return map[string]any{"serial_no": "A1",
				"encrypt_certificate": boxed(t, apiV3Key, "0123456789ab", "hello")}
		}, "text without a PEM block; want CERTIFICATE"},
	}
}

// A list of certificates with a refused one fails. A good one beside it is installed all the same.
func TestCertificateFaults(t *testing.T) {
	for _, c := range certificateFaults() {
		t.Run(c.name, func(t *testing.T) {
			r := newRotating(t)
			r.serial = "A1"
			r.entries = []map[string]any{c.entry(t)}
			client := r.bootstrap(t)
			err := client.Certificates().Refresh(t.Context())
			var ce *wxpay.CertificateError
			if !errors.As(err, &ce) || ce.RequestID != requestID ||
				!strings.Contains(err.Error(), c.text) || len(client.Keys().Serials()) != 0 {
				t.Errorf("got %v", err)
			}
			r.use(t, otherKey(), 0xB1, c.entry(t))
			if err := client.Certificates().Refresh(t.Context()); !errors.As(err, &ce) ||
				len(client.Keys().Serials()) != 1 {
				t.Errorf("beside a good one: %v", err)
			}
		})
	}
}

// The observers learn of a download without certificates, even if its reply is good.
func TestCertificateFailuresAreObserved(t *testing.T) {
	from, until := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	cert := newCert(t, platformKey(), &platformKey().PublicKey, 0xA1, from, until)
	expired := newCert(t, otherKey(), &otherKey().PublicKey, 0xE1, from,
		time.Date(1999, 6, 1, 0, 0, 0, 0, time.UTC))
	sealed := listed(t, cert)
	sealed["encrypt_certificate"] = boxed(t, strings.Repeat("k", 32), "0123456789ab",
		string(certPEM(cert)))
	for _, test := range []struct {
		name      string
		body      []byte
		spoil     func(*reply)
		as        any
		downloads int // in an hour less a second
	}{
		{"another APIv3 key", listing(t, sealed), nil, new(*wxpay.CertificateError), 60},
		{"empty", listing(t), nil, new(*wxpay.CertificateError), 60},
		{"bad signature", listing(t, listed(t, cert)), without("Wechatpay-Signature"),
			new(*wxpay.VerifyError), 60},
		{"one expired", listing(t, listed(t, cert), listed(t, expired)), nil,
			new(*wxpay.CertificateError), 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			transport := inProcessPlatform(t, func(_ request, out *reply) {
				out.body, out.spoil = test.body, test.spoil
			})
			transport.p.serial = "A1"
			var outcomes []wxpay.Outcome
			c := direct(t, transport, wxpay.WithCertificates(),
				wxpay.WithObserver(watcher(func(o wxpay.Outcome) {
					outcomes = append(outcomes, o)
				})))
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour-time.Second)
			defer cancel()
			if err := c.Certificates().Run(ctx); !errors.Is(err, context.DeadlineExceeded) ||
				len(outcomes) != test.downloads {
				t.Errorf("%s: %v, %d downloads", test.name, err, len(outcomes))
			}
			for _, o := range outcomes {
				if o.StatusCode != 200 || !errors.As(o.Err, test.as) {
					t.Fatalf("%s: observed HTTP %d, %v", test.name, o.StatusCode, o.Err)
				}
			}
		})
	}
}

// The download runs in a goroutine of its own. A panic of an observer there must neither end the
// program nor block the waiting calls.
func TestPanicInADownloadFailsIt(t *testing.T) {
	cert := newCert(t, platformKey(), &platformKey().PublicKey, 0xA1,
		time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	synctest.Test(t, func(t *testing.T) {
		transport := inProcessPlatform(t, func(_ request, out *reply) {
			time.Sleep(time.Second)
			out.body = listing(t, listed(t, cert))
		})
		transport.p.serial = "A1"
		panics := true
		c := direct(t, transport, wxpay.WithCertificates(),
			wxpay.WithObserver(watcher(func(wxpay.Outcome) {
				if panics {
					panic("observer")
				}
			})))
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				defer func() {
					if v := recover(); v != nil {
						t.Errorf("a caller panicked: %v", v)
					}
				}()
				if err := c.Certificates().Refresh(t.Context()); !errors.As(err,
					new(*wxpay.PanicError)) {
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		panics = false
		if err := c.Certificates().Refresh(t.Context()); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

// A transport that ends its goroutine, as a failing test does, does not block later downloads.
func TestDownloadOfCertificatesSurvivesGoexit(t *testing.T) {
	cfg := testConfig()
	n := 0
	c, err := wxpay.New(cfg, wxpay.WithCertificates(),
		wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1}), wxpay.WithHTTPClient(&http.Client{
			Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				if n++; n == 1 {
					runtime.Goexit()
				}
				return nil, errors.New("refused")
			})}))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Certificates().Refresh(t.Context()); !errors.As(err, new(*wxpay.PanicError)) ||
		!strings.Contains(err.Error(), "ended its goroutine") {
		t.Error(err)
	}
	if err := c.Certificates().Refresh(t.Context()); !errors.As(err, new(*wxpay.TransportError)) ||
		n != 2 {
		t.Errorf("%v after %d downloads", err, n)
	}
}
