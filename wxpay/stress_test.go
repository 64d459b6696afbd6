package wxpay_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/quickkey"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// chaos is a platform that rotates its keys and misbehaves at random. A verified success echoes the
// caller's ticket.
type chaos struct {
	t         *testing.T
	merchants map[string]*quickkey.Key // by number
	keys      []*quickkey.Key          // the platform's, by index
	serials   []string
	listing   []byte
	current   atomic.Int64 // index of the key that signs
}

func (c *chaos) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	merchant, ok := c.admit(r)
	if !ok {
		return
	}
	out := &reply{status: 200, header: make(http.Header),
		body: []byte(`{"id":"` + merchant + "-" + r.URL.Query().Get("ticket") + `"}`)}
	if r.URL.Path == "/v3/certificates" {
		out.body = c.listing
	}
	if !c.misbehave(w, r, out) {
		return
	}
	for name, v := range out.header {
		w.Header()[name] = v
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// admit checks the signature of a request, and returns the merchant that sent it.
func (c *chaos) admit(r *http.Request) (merchant string, ok bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", false
	}
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil || c.merchants[m[1]] == nil {
		c.t.Errorf("Authorization %q", r.Header.Get("Authorization"))
		return "", false
	}
	digest := sha256.Sum256([]byte(r.Method + "\n" + r.RequestURI + "\n" + m[3] + "\n" + m[2] +
		"\n" + string(body) + "\n"))
	signature, _ := base64.StdEncoding.DecodeString(m[5])
	if err := rsa.VerifyPKCS1v15(&c.merchants[m[1]].PublicKey, crypto.SHA256, digest[:],
		signature); err != nil {
		c.t.Errorf("request of merchant %s: %v", m[1], err)
	}
	return m[1], true
}

// misbehave signs a reply, and spoils about every second one. It reports whether to send it.
func (c *chaos) misbehave(w http.ResponseWriter, r *http.Request, out *reply) bool {
	i := c.current.Load()
	sign := func() {
		signReply(c.keys[i], c.serials[i], strconv.FormatInt(time.Now().Unix(), 10),
			rand.Text(), out)
	}
	sign()
	switch mrand.IntN(20) {
	case 0: // forged
		out.body = []byte(`{"id":"forged"}`)
	case 1: // unsigned
		out.header = make(http.Header)
	case 2:
		signReply(c.keys[i], "UNKNOWN", strconv.FormatInt(time.Now().Unix(), 10), "n", out)
	case 3:
		out.status, out.body, out.header = 502, []byte("<html>"), make(http.Header)
	case 4:
		out.status, out.body = 429, []byte(`{"code":"FREQUENCY_LIMITED"}`)
		sign()
	case 5:
		out.status, out.body = 500, []byte(`{"code":"SYSTEM_ERROR"}`)
		sign()
	case 6: // cut off before the reply
		panic(http.ErrAbortHandler)
	case 7: // cut off within the body
		w.Header().Set("Content-Length", "100000")
	case 8: // sometimes too slow
		if mrand.IntN(10) == 0 {
			<-r.Context().Done()
			return false
		}
	case 9:
		out.body = []byte(`{"id":[5]}`)
		sign()
	}
	return true
}

// stressing reports whether make stress is running: it runs the long form of tests.
func stressing() bool { return os.Getenv("WXPAY_STRESS") != "" }

// stressFor is how long to keep it up: 1 s, or WXPAY_STRESS (a duration).
func stressFor(t *testing.T) time.Duration {
	text := os.Getenv("WXPAY_STRESS")
	if text == "" {
		return time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("WXPAY_STRESS: %v; want a duration such as 30s", err)
	}
	return d
}

func newChaos(t *testing.T, merchants int) *chaos {
	c := &chaos{t: t, merchants: make(map[string]*quickkey.Key),
		keys: []*quickkey.Key{platformKey(), otherKey(), platformKey(), otherKey()}}
	keys := []*quickkey.Key{quickKey(), quickKey()}
	for i := range merchants {
		c.merchants[strconv.Itoa(1900000000+i)] = keys[i%len(keys)]
	}
	now := time.Now()
	var entries []map[string]any
	for i, key := range c.keys {
		if i < 2 {
			c.serials = append(c.serials, fmt.Sprintf("PUB_KEY_ID_%d", i))
			continue
		}
		cert := newCert(t, key, &key.PublicKey, int64(0xA0+i), now.Add(-time.Hour),
			now.Add(time.Hour))
		c.serials = append(c.serials, wxpay.CertificateSerial(cert))
		entries = append(entries, listed(t, cert))
	}
	c.listing = listing(t, entries...)
	return c
}

func (c *chaos) client(number, base string, h *http.Client) *wxpay.Client {
	cfg := testConfig()
	cfg.MchID, cfg.PrivateKey = number, c.merchants[number]
	cfg.PlatformKeys = wxpay.PlatformKeys{c.serials[0]: &c.keys[0].PublicKey,
		c.serials[1]: &c.keys[1].PublicKey}
	client, err := wxpay.New(cfg, wxpay.WithBaseURL(base), wxpay.WithHTTPClient(h),
		wxpay.WithCertificates(), wxpay.WithConcurrency(8),
		wxpay.WithTimeout(time.Second),
		wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 2, MinDelay: time.Millisecond}))
	if err != nil {
		c.t.Fatal(err)
	}
	return client
}

// rotate changes keys on both sides until ctx ends.
func (c *chaos) rotate(ctx context.Context, clients []*wxpay.Client) {
	for ctx.Err() == nil {
		c.current.Store(int64(mrand.IntN(len(c.keys))))
		ring := clients[mrand.IntN(len(clients))].Keys()
		i := mrand.IntN(2)
		ring.Remove(c.serials[i])
		_ = ring.Prefer(c.serials[mrand.IntN(len(c.serials))]) // may be unknown right now
		_ = ring.Serials()
		time.Sleep(time.Millisecond)
		if err := ring.Add(c.serials[i], &c.keys[i].PublicKey); err != nil {
			c.t.Error(err)
		}
		_ = clients[mrand.IntN(len(clients))].Certificates().Refresh(ctx)
	}
}

// call makes one call and reports whether it succeeded. It fails the test unless the reply was
// verified or the error is a documented type.
func (c *chaos) call(ctx context.Context, client *wxpay.Client, ticket string) bool {
	var out orderResponse
	var err error
	want := client.MchID() + "-" + ticket
	if mrand.IntN(2) == 0 {
		err = client.Chain("v3/x").Get(ctx, map[string][]string{"ticket": {ticket}}, &out)
	} else {
		req := anOrder()
		call := gen.Call{Name: "stress", Method: "POST", Path: "/v3/x"}
		call.Query.String("ticket", ticket)
		if err = client.Seal(&call, req.secrets); err == nil {
			call.Body = &req
			err = client.Do(ctx, call, &out)
		}
	}
	if err == nil {
		if out.ID != want {
			c.t.Errorf("got %q, want %q", out.ID, want)
		}
		return true
	}
	if !typed(err) || strings.Contains(err.Error(), aName) {
		c.t.Errorf("untyped: %T %v", err, err)
	}
	return false
}

// typed reports whether err is one of the errors that the package documents.
func typed(err error) bool {
	return errors.As(err, new(*wxpay.Error)) || errors.As(err, new(*wxpay.TransportError)) ||
		errors.As(err, new(*wxpay.VerifyError)) ||
		errors.As(err, new(*wxpay.DecodeError)) || errors.As(err, new(*wxpay.SealError)) ||
		errors.As(err, new(*wxpay.InvalidError)) ||
		errors.As(err, new(*wxpay.SignError)) || errors.As(err, new(*wxpay.BodySizeError))
}

// Every call of 64 goroutines for 100 merchants ends in a verified success or a typed error, while
// keys rotate on both sides, certificates refresh, and the server fails at random. No goroutine or
// connection is left.
func TestStress(t *testing.T) {
	const merchants, workers = 100, 64
	before := runtime.NumGoroutine()
	c := newChaos(t, merchants)
	heap := heapInUse()
	server := httptest.NewUnstartedServer(c)
	server.Config.ErrorLog = nil
	server.Start()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = workers
	shared := &http.Client{Transport: transport}
	var clients []*wxpay.Client
	for number := range c.merchants {
		clients = append(clients, c.client(number, server.URL, shared))
	}
	ctx, cancel := context.WithTimeout(t.Context(), stressFor(t))
	defer cancel()
	var wg sync.WaitGroup
	var good, bad atomic.Int64
	wg.Go(func() { c.rotate(ctx, clients) })
	for w := range workers {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				callCtx, done := context.WithTimeout(t.Context(), 5*time.Second)
				if c.call(callCtx, clients[mrand.IntN(len(clients))], fmt.Sprintf("%d-%d", w, n)) {
					good.Add(1)
				} else {
					bad.Add(1)
				}
				done()
			}
		})
	}
	wg.Wait()
	t.Logf("%d successes, %d typed errors", good.Load(), bad.Load())
	if good.Load() == 0 || bad.Load() == 0 {
		t.Error("want both")
	}
	transport.CloseIdleConnections()
	server.Close()
	noGoroutinesLeft(t, before) // an open connection needs some, too
	if grown := heapInUse() - heap; grown > 16<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
	runtime.KeepAlive(clients)
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // pools take two
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func noGoroutinesLeft(t *testing.T, before int) {
	t.Helper()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	buf := make([]byte, 1<<20)
	t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(),
		buf[:runtime.Stack(buf, true)])
}

// Constructing, calling and closing leaves no goroutine, whatever the outcome.
func TestNoGoroutineIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	p := newPlatform(t, func(req request, out *reply) {
		if out.body = []byte(`{"id":"42"}`); strings.Contains(req.URI, "/bad") {
			out.unsigned = true
		}
	})
	server := httptest.NewServer(p)
	cfg := testConfig()
	c, err := wxpay.New(cfg, wxpay.WithBaseURL(server.URL), wxpay.WithCertificates())
	if err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"good", "bad"} {
		_, _ = getOrder(t.Context(), c, no)
		_, _ = postOrder(t.Context(), c, anOrder())
	}
	c.CloseIdleConnections()
	server.Close()
	noGoroutinesLeft(t, before)
}

// Goroutines share one client, and its sealed copies never change the caller's requests.
func TestSharedRequestIsNotTouched(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	shared := anOrder()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if _, err := postOrder(t.Context(), c, shared); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if _, err := json.Marshal(shared); err == nil {
		t.Error("the shared request was sealed")
	}
}
