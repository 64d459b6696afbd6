package wxpay_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/internal/quickkey"
	"github.com/wxgen/wxgen/wxpay"
)

// boxed encrypts as the platform does, with the APIv3 key.
func boxed(t testing.TB, key, nonce, clear string) map[string]string {
	t.Helper()
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	sealed := gcm.Seal(nil, []byte(nonce), []byte(clear), []byte("certificate"))
	return map[string]string{
		"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": "certificate",
		"ciphertext": base64.StdEncoding.EncodeToString(sealed),
	}
}

func listed(t testing.TB, cert *x509.Certificate) map[string]any {
	return map[string]any{
		"serial_no":           wxpay.CertificateSerial(cert),
		"encrypt_certificate": boxed(t, apiV3Key, "0123456789ab", string(certPEM(cert))),
	}
}

func listing(t testing.TB, entries ...map[string]any) []byte {
	b, err := json.Marshal(map[string]any{"data": entries})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rotating is a platform whose certificate changes.
type rotating struct {
	*platform
	mu      sync.Mutex
	entries []map[string]any
	fetches atomic.Int64
}

func newRotating(t testing.TB) *rotating {
	r := new(rotating)
	r.platform = newPlatform(t, func(req request, out *reply) {
		out.body = []byte(`{"id":"42"}`)
		if req.URI == "/v3/certificates" {
			r.fetches.Add(1)
			r.mu.Lock()
			out.body = listing(t, r.entries...)
			r.mu.Unlock()
		}
	})
	return r
}

// use makes the platform sign with the certificate's key, and lists it with others.
func (r *rotating) use(t testing.TB, key *quickkey.Key, serial int64, others ...map[string]any) {
	cert := newCert(t, key, &key.PublicKey, serial, time.Now().Add(-time.Hour),
		time.Now().Add(time.Hour))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.key, r.serial = key, wxpay.CertificateSerial(cert)
	r.entries = append([]map[string]any{listed(t, cert)}, others...)
}

func (r *rotating) bootstrap(t testing.TB, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	cfg := testConfig()
	cfg.PlatformKeys = nil
	c, err := wxpay.New(cfg,
		append([]wxpay.Option{wxpay.WithBaseURL(r.start().URL), wxpay.WithCertificates()},
			opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func TestCertificatesBootstrapAndRotate(t *testing.T) {
	r := newRotating(t)
	r.use(t, platformKey(), 0xA1)
	var shift atomic.Int64
	c := r.bootstrap(t, wxpay.WithConcurrency(1), wxpay.WithClock(func() time.Time {
		return time.Now().Add(time.Duration(shift.Load()))
	}), wxpay.WithClockSkew(time.Hour))
	r.now = func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	if _, err := postOrder(t.Context(), c, anOrder()); !errors.Is(err, wxpay.ErrNoKey) ||
		!strings.Contains(err.Error(), "call Client.Certificates().Refresh first") {
		t.Errorf("sealing before the first download: %v", err)
	}
	// The first reply names an unknown serial, so the client downloads the certificates.
	if _, err := getOrder(t.Context(), c, "1"); err != nil {
		t.Fatal(err)
	}
	if _, err := postOrder(t.Context(), c, anOrder()); err != nil ||
		r.requests()[len(r.requests())-1].Serial != "A1" {
		t.Errorf("sealing: %v", err)
	}
	// The client ignores a rotation within a minute of that download. It follows a later one, and
	// drops certificates that are no longer listed.
	r.use(t, otherKey(), 0xA2)
	_, err := getOrder(t.Context(), c, "1")
	if !errors.Is(err, wxpay.ErrUnknownSerial) || !errors.Is(err, wxpay.ErrRefreshedRecently) ||
		r.fetches.Load() != 1 {
		t.Errorf("rate limit: %v, %d downloads", err, r.fetches.Load())
	}
	shift.Store(int64(2 * time.Minute))
	if _, err := getOrder(t.Context(), c, "1"); err != nil || r.fetches.Load() != 2 {
		t.Errorf("rotation: %v, %d downloads", err, r.fetches.Load())
	}
	if got := c.Keys().Serials(); len(got) != 1 || got[0] != "A2" {
		t.Errorf("ring %v", got)
	}
	// A signed error reply with an unknown serial causes a download, too.
	if err := c.Certificates().Refresh(t.Context()); err != nil || r.fetches.Load() != 3 {
		t.Errorf("on demand: %v", err)
	}
}

func TestCertificatesSingleFlight(t *testing.T) {
	r := newRotating(t)
	r.use(t, platformKey(), 0xA1)
	c := r.bootstrap(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := getOrder(t.Context(), c, "1"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := r.fetches.Load(); n != 1 {
		t.Errorf("%d downloads", n)
	}
}

// A caller whose context ends does not fail the others.
func TestCertificatesAbandoned(t *testing.T) {
	r := newRotating(t)
	r.use(t, platformKey(), 0xA1)
	answer, arrived, proceed := r.answer, make(chan struct{}, 2), make(chan struct{})
	r.answer = func(req request, out *reply) {
		arrived <- struct{}{}
		<-proceed
		answer(req, out)
	}
	c := r.bootstrap(t)
	ctx, cancel := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { first <- c.Certificates().Refresh(ctx) }()
	<-arrived
	go func() { second <- c.Certificates().Refresh(t.Context()) }()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first: %v", err)
	}
	close(proceed)
	if err := <-second; err != nil {
		t.Errorf("second: %v", err)
	}
}

// Two keys under one serial cannot both be right: the first of the list stays, and the error names
// the other.
func TestCertificatesOfOneSerial(t *testing.T) {
	now := time.Now()
	r := newRotating(t)
	r.use(t, platformKey(), 0xB1,
		listed(t, newCert(t, otherKey(), &otherKey().PublicKey, 0xB1, now.Add(-time.Hour),
			now.Add(time.Hour))))
	c := r.bootstrap(t)
	err := c.Certificates().Refresh(t.Context())
	if !errors.As(err, new(*wxpay.CertificateError)) ||
		!strings.Contains(err.Error(), "another one with this serial has another key") {
		t.Errorf("got %v", err)
	}
	if _, err := getOrder(t.Context(), c, "1"); err != nil {
		t.Errorf("the first does not verify: %v", err)
	}
}

func TestCertificatesReplyIsVerified(t *testing.T) {
	for name, spoil := range map[string]func(*reply){
		"unsigned": without("Wechatpay-Signature"),
		"forged": func(r *reply) {
			signReply(merchantKey(), "A1", r.header.Get("Wechatpay-Timestamp"), "n", r)
		},
		"stale":   func(r *reply) { signReply(platformKey(), "A1", "1700000000", "n", r) },
		"unknown": func(r *reply) { r.header.Set("Wechatpay-Serial", "A9") },
	} {
		r := newRotating(t)
		r.use(t, platformKey(), 0xA1)
		answer := r.answer
		r.answer = func(req request, out *reply) { answer(req, out); out.spoil = spoil }
		c := r.bootstrap(t)
		if err := c.Certificates().Refresh(t.Context()); !errors.As(err, new(*wxpay.VerifyError)) ||
			len(c.Keys().Serials()) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := newRotating(t)
	answer := r.answer
	r.answer = func(req request, out *reply) { answer(req, out); out.status = 403 }
	// Only a download could explain the serial of this reply, and the download must not wait for
	// itself.
	if err := r.bootstrap(t).Certificates().Refresh(t.Context()); !errors.As(err,
		new(*wxpay.Error)) || !errors.As(err, new(*wxpay.VerifyError)) {
		t.Errorf("error reply: %v", err)
	}
}

func TestCertificatesRun(t *testing.T) {
	cert := newCert(t, platformKey(), &platformKey().PublicKey, 0xA1,
		time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	synctest.Test(t, func(t *testing.T) {
		fetches := 0
		transport := inProcessPlatform(t, func(_ request, out *reply) {
			if fetches++; fetches == 2 {
				out.status, out.unsigned = 502, true
				return
			}
			out.body = listing(t, listed(t, cert))
		})
		transport.p.serial = "A1"
		cfg := testConfig()
		cfg.PlatformKeys = nil
		c, err := wxpay.New(cfg, wxpay.WithHTTPClient(transport.client()), wxpay.WithCertificates(),
			wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1}))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 25*time.Hour)
		defer cancel()
		start := time.Now()
		if err := c.Certificates().Run(ctx); !errors.Is(err, context.DeadlineExceeded) ||
			time.Since(start) != 25*time.Hour {
			t.Errorf("Run: %v after %v", err, time.Since(start))
		}
		if fetches != 4 { // at 0, 12 h (fails), 12 h 1 min, 24 h 1 min
			t.Errorf("%d downloads", fetches)
		}

		// Run does not refresh again right after a refresh.
		if err := c.Certificates().Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), 11*time.Hour)
		defer cancel()
		if err := c.Certificates().Run(ctx); !errors.Is(err, context.DeadlineExceeded) ||
			fetches != 5 {
			t.Errorf("Run: %v, %d downloads", err, fetches)
		}
	})
}

// An unusable certificate does not hide the certificate beside it, which signs.
func TestUnknownSerialIsFollowedPastUnusableCertificates(t *testing.T) {
	now := time.Now()
	expired := listed(t, newCert(t, otherKey(), &otherKey().PublicKey, 0xE1, now.Add(-2*time.Hour),
		now.Add(-time.Hour)))
	foreign := listed(t, newCert(t, otherKey(), &otherKey().PublicKey, 0xF1, now.Add(-time.Hour),
		now.Add(time.Hour)))
	foreign["encrypt_certificate"] = boxed(t, strings.Repeat("k", 32), "0123456789ab",
		"of another merchant")
	for name, entry := range map[string]map[string]any{"expired": expired, "foreign": foreign} {
		n := newNotification("TRANSACTION.SUCCESS", transaction)
		n.serial = "A1"
		header, body := n.sign()
		for what, do := range map[string]func(*wxpay.Client) error{
			"reply": func(c *wxpay.Client) error {
				_, err := getOrder(t.Context(), c, "1")
				return err
			},
			"notification": func(c *wxpay.Client) error {
				_, err := c.ParseNotification(t.Context(), header, body)
				return err
			},
		} {
			r := newRotating(t)
			r.use(t, platformKey(), 0xA1, entry)
			if err := do(r.bootstrap(t)); err != nil || r.fetches.Load() != 1 {
				t.Errorf("%s beside an %s certificate: %v, %d downloads", what, name, err,
					r.fetches.Load())
			}
		}
	}
}

// A download removes downloaded certificates that WeChat Pay no longer lists, and nothing else: a
// ring without the signing key refuses every reply.
func TestWhatADownloadLeavesOnTheRing(t *testing.T) {
	now := time.Now()
	cert := func(serial int64) *x509.Certificate {
		return newCert(t, otherKey(), &otherKey().PublicKey, serial, now.Add(-time.Hour),
			now.Add(time.Hour))
	}
	r := newRotating(t)
	c := r.bootstrap(t)
	for _, serial := range []int64{0xC1, 0xC2} { // as Config.PlatformCerts are
		if err := c.Keys().AddCertificate(cert(serial)); err != nil {
			t.Fatal(err)
		}
	}
	listedOnce := listed(t, cert(0xC1))
	r.use(t, platformKey(), 0xA1, listed(t, cert(0xB1)), listed(t, cert(0xD1)), listedOnce)
	if err := c.Certificates().Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	unreadable := listed(t, cert(0xB1))
	unreadable["encrypt_certificate"].(map[string]string)["ciphertext"] = "!"
	r.use(t, platformKey(), 0xA2, unreadable)
	if err := c.Certificates().Refresh(t.Context()); !errors.As(err, new(*wxpay.CertificateError)) {
		t.Errorf("an unreadable certificate: %v", err)
	}
	got := c.Keys().Serials()
	slices.Sort(got)
	if want := []string{"A2", "B1", "C1", "C2"}; !slices.Equal(got, want) {
		t.Errorf("ring %v, want %v", got, want)
	}
}

// One expired certificate, which WeChat Pay may list for weeks, does not make Run download every
// minute.
func TestCertificatesRunPastAnExpiredOne(t *testing.T) {
	from, until := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	cert := newCert(t, platformKey(), &platformKey().PublicKey, 0xA1, from, until)
	expired := newCert(t, otherKey(), &otherKey().PublicKey, 0xE1, from,
		time.Date(1999, 6, 1, 0, 0, 0, 0, time.UTC))
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		start := time.Now()
		transport := inProcessPlatform(t, func(_ request, out *reply) {
			at = append(at, time.Since(start))
			out.body = listing(t, listed(t, expired), listed(t, cert))
		})
		transport.p.serial = "A1"
		ctx, cancel := context.WithTimeout(t.Context(), 25*time.Hour)
		defer cancel()
		_ = direct(t, transport, wxpay.WithCertificates()).Certificates().Run(ctx)
		if want := []time.Duration{0, 12 * time.Hour, 24 * time.Hour}; !slices.Equal(at, want) {
			t.Errorf("downloads at %v, want %v", at, want)
		}
	})
}
