package wxpay_test

import (
	"bufio"
	"bytes"
	"crypto"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

const probe = "WECHATPAY/SIGNTEST/x"

// A probe asks whether a wrong signature is refused. The client repeats a probed query, and does
// not repeat a call that changes something.
func TestProbedReplyIsRepeated(t *testing.T) {
	for _, test := range []struct {
		status int
		ask    string
		sent   int
		ok     bool
	}{{200, "Do", 2, true}, {404, "Do", 2, true}, {200, "Raw", 2, true}, {200, "POST", 1, false},
		{400, "POST", 1, false}} {
		synctest.Test(t, func(t *testing.T) {
			sent := 0
			d := inProcessPlatform(t, func(_ request, out *reply) {
				out.body = []byte(`{"id":"42"}`)
				if sent++; sent == 1 {
					out.status, out.spoil = test.status, func(r *reply) {
						r.header.Set("Wechatpay-Signature", probe)
					}
				}
			})
			err := asked[test.ask](t.Context(), direct(t, d))
			if (err == nil) != test.ok || sent != test.sent {
				t.Errorf("%s, HTTP %d: sent %d times, %v", test.ask, test.status, sent, err)
			}
			if err != nil && (!errors.Is(err, wxpay.ErrSignatureProbe) ||
				!errors.Is(err, wxpay.ErrRetryable) || !errors.Is(err, wxpay.ErrOutcomeUnknown)) {
				t.Errorf("class of %v", err)
			}
		})
	}
}

func TestProbedCertificatesAreAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRotating(t)
		r.use(t, platformKey(), 0xA1)
		answer, sent := r.answer, 0
		r.answer = func(req request, out *reply) {
			answer(req, out)
			if sent++; sent == 1 {
				out.spoil = func(r *reply) { r.header.Set("Wechatpay-Signature", probe) }
			}
		}
		cfg := testConfig()
		cfg.PlatformKeys = nil
		c, err := wxpay.New(cfg, wxpay.WithCertificates(),
			wxpay.WithHTTPClient(&http.Client{Transport: &directTransport{r.platform}}))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Certificates().Refresh(t.Context()); err != nil || sent != 2 {
			t.Errorf("sent %d times: %v", sent, err)
		}
	})
}

// The error of a call with several attempts says how many there were, however the call ends.
func TestEveryErrorCountsItsAttempts(t *testing.T) {
	const gone = "gone"
	last := map[string]func(*reply){
		"*wxpay.Error": func(r *reply) {
			r.status, r.body = 400, []byte(`{"code":"PARAM_ERROR"}`)
		},
		"*wxpay.VerifyError":    func(r *reply) { r.spoil = without("Wechatpay-Signature") },
		"*wxpay.DecodeError":    func(r *reply) { r.body = []byte(`{"id":"42","amount":5}`) },
		"*wxpay.BodySizeError":  func(r *reply) { r.body = bytes.Repeat([]byte(" "), 100) },
		"*wxpay.DownloadError":  func(r *reply) { r.status = 206 },
		"*wxpay.TransportError": func(r *reply) { r.header.Set(gone, gone) },
	}
	for kind, answer := range last {
		synctest.Test(t, func(t *testing.T) {
			sent := 0
			d := inProcessPlatform(t, func(_ request, out *reply) {
				if sent++; sent < 3 {
					out.status, out.body = 503, []byte(`{"code":"SYSTEM_ERROR"}`)
					return
				}
				out.body = []byte(`{"id":"42"}`)
				answer(out)
			})
			c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
				resp, err := d.RoundTrip(r)
				if err == nil && resp.Header.Get(gone) != "" {
					return nil, io.ErrUnexpectedEOF
				}
				return resp, err
			}), wxpay.WithMaxBody(99))
			var err error
			if kind == "*wxpay.DownloadError" {
				err = asked["Download"](t.Context(), c)
			} else {
				_, err = getOrder(t.Context(), c, "1")
			}
			if fmt.Sprintf("%T", err) != kind ||
				strings.Count(err.Error(), "(after 3 attempts)") != 1 {
				t.Errorf("%T: %v; want a %s", err, err, kind)
			}
			if n := attemptsOf(err); n != 3 {
				t.Errorf("%s: Attempts is %d", kind, n)
			}
		})
	}
}

func attemptsOf(err error) int {
	switch e := err.(type) {
	case *wxpay.Error:
		return e.Attempts
	case *wxpay.VerifyError:
		return e.Attempts
	case *wxpay.DecodeError:
		return e.Attempts
	case *wxpay.BodySizeError:
		return e.Attempts
	case *wxpay.DownloadError:
		return e.Attempts
	case *wxpay.TransportError:
		return e.Attempts
	case *wxpay.SignError:
		return e.Attempts
	case *wxpay.CertificateError:
		return e.Attempts
	}
	return 0
}

func TestOneAttemptIsNotCounted(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body = 400, []byte(`{"code":"PARAM_ERROR"}`)
	})
	_, err := getOrder(t.Context(), p.client(), "1")
	if attemptsOf(err) != 1 || strings.Contains(err.Error(), "attempts") {
		t.Errorf("%v", err)
	}
}

// The signer fails at the third attempt. A download of certificates without any certificate follows
// two failures.
func TestSignersAndCertificatesCountAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := testConfig()
		signs := 0
		cfg.PrivateKey = tiring{signer{pub: &merchantKey().PublicKey, key: merchantKey()}, &signs}
		d := inProcessPlatform(t, func(_ request, out *reply) {
			out.status, out.body = 503, []byte(`{}`)
		})
		c, err := wxpay.New(cfg, wxpay.WithHTTPClient(d.client()))
		if err != nil {
			t.Fatal(err)
		}
		_, err = getOrder(t.Context(), c, "1")
		if !errors.As(err, new(*wxpay.SignError)) || attemptsOf(err) != 3 ||
			!strings.Contains(err.Error(), "(after 3 attempts)") {
			t.Errorf("%v", err)
		}
		sent := 0
		d = inProcessPlatform(t, func(_ request, out *reply) {
			if out.status, out.body = 503, []byte(`{}`); sent == 2 {
				out.status = 200
			}
			sent++
		})
		err = direct(t, d, wxpay.WithCertificates()).Certificates().Refresh(t.Context())
		if !errors.As(err, new(*wxpay.CertificateError)) || attemptsOf(err) != 3 ||
			!strings.Contains(err.Error(), "(after 3 attempts)") {
			t.Errorf("%v", err)
		}
	})
}

// tiring signs twice.
type tiring struct {
	signer
	signs *int
}

func (s tiring) Sign(r io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if *s.signs++; *s.signs > 2 {
		return nil, errors.New("HSM is tired")
	}
	return s.signer.Sign(r, digest, opts)
}

// The number at the end of a Request-Id tells apart errors with the same code.
func TestReasonOfReplies(t *testing.T) {
	for id, want := range map[string]wxpay.Reason{
		"08F0A2B3C4-268435461": wxpay.ReasonIllegalParameter,
		"A-270924358":          wxpay.ReasonUnknownParameter,
		"A-B-268512771":        wxpay.ReasonNoSuchOrder,
		"-268449538":           wxpay.ReasonPaidAlready, "A-268447840": wxpay.ReasonTooManyRequests,
		"A-268447843": wxpay.ReasonAnotherMerchant,
		"A-268498688": wxpay.ReasonOtherParameters, "A-123456789": 123456789,
		"A": 0, "": 0, "A-": 0, "A-0": 0, "A-12x": 0, "A-99999999999999999999": 0, "A-+5": 0,
		"A--5": 5,
	} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.status, out.body = 400, []byte(`{"code":"X"}`)
			out.spoil = func(r *reply) { r.header.Set("Request-Id", id) }
		})
		_, err := getOrder(t.Context(), p.client(), "1")
		var e *wxpay.Error
		if !errors.As(err, &e) || e.Reason != want {
			t.Errorf("%q: reason %d", id, e.Reason)
		}
		if e.Reason != 0 && !strings.Contains(err.Error(), "(request id "+id+": "+want.String()+
			")") && want > 200_000_000 {
			t.Errorf("%q: %v", id, err)
		}
	}
	if s := wxpay.ReasonPaidAlready.String() + ", " +
		wxpay.Reason(123456789).String(); s != "the order is paid already, 123456789" {
		t.Error(s)
	}
}

// File names travel as browsers write them.
func TestQuotesInFileNames(t *testing.T) {
	for name, want := range map[string]string{`a"b.png`: `filename="a%22b.png"`,
		`a\b.png`: `filename="a\b.png"`, "营业执照.png": `filename="营业执照.png"`,
		`a%22.png`: `filename="a%22.png"`} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"media_id":"1"}`) })
		err := p.client().Do(t.Context(), gen.Call{
			Name: "test.Upload", Method: "POST", Path: "/v3/x",
			Body: map[string]string{"filename": name},
			File: &wxpay.File{Name: name, Content: strings.NewReader("x")},
		}, nil)
		if err != nil || !bytes.Contains(p.requests()[0].Body, []byte(want+"\r\n")) {
			t.Errorf("%s: %v, %s", name, err, p.requests()[0].Body)
		}
	}
}

// A transport with DisableCompression returns a compressed body. The error says that this is why
// the signature does not match.
func TestCompressedReplyIsTold(t *testing.T) {
	packed := gzipped(t, []byte(`{"id":"42"}`))
	for name, test := range map[string]struct {
		status int
		ask    func(c *wxpay.Client) error
	}{
		"success": {200, func(c *wxpay.Client) error {
			_, err := getOrder(t.Context(), c, "1")
			return err
		}},
		"error": {400, func(c *wxpay.Client) error {
			_, err := getOrder(t.Context(), c, "1")
			return err
		}},
		"unsigned": {200, func(c *wxpay.Client) error {
			_, err := getOrder(t.Context(), c, "1", wxpay.WithUnsigned())
			return err
		}},
	} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.status, out.body, out.unsigned = test.status, []byte(`{"id":"42"}`),
				name == "unsigned"
			out.spoil = func(r *reply) { r.body = packed; r.header.Set("Content-Encoding", "gzip") }
		})
		base := p.start().URL
		if err := test.ask(newClient(t, base)); err != nil && test.status == 200 {
			t.Errorf("%s, unpacked: %v", name, err)
		}
		err := test.ask(newClient(t, base,
			wxpay.WithHTTPClient(&http.Client{
				Transport: &http.Transport{DisableCompression: true},
			})))
		if err == nil ||
			!strings.Contains(err.Error(),
				`the reply is compressed (Content-Encoding "gzip"), and the HTTP transport does not unpack it; leave DisableCompression and Accept-Encoding alone`) {
			t.Errorf("%s: %v", name, err)
		}
		if test.status == 200 && name == "success" && !errors.As(err, new(*wxpay.VerifyError)) {
			t.Errorf("%s: %T", name, err)
		}
	}
}

// Unrequested bytes on an idle connection close it. net/http would write them to the log of the
// whole program.
func TestUnsolicitedBytesAreNotLogged(t *testing.T) {
	var logged lockedBuffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	for name, stray := range map[string]string{
		"interim": "HTTP/1.1 103 Early Hints\r\n\r\n", "reply": "HTTP/1.1 200 OK\r\n" +
			"Content-Length: 0\r\n\r\n", "text": "hello", "line break": "\r\n",
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		answered, ended := make(chan struct{}), make(chan error)
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				_, _ = http.ReadRequest(bufio.NewReader(conn))
				_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
				<-answered
				_, _ = io.WriteString(conn, stray)
				_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
				_, err = conn.Read(make([]byte, 1))
				_ = conn.Close()
				ended <- err
			}
		}()
		c := newClient(t, "http://"+l.Addr().String())
		for range 3 {
			if err := c.Chain("v3/x").Get(t.Context(), nil, nil, wxpay.WithUnsigned()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			answered <- struct{}{}
			if err := <-ended; errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s: the connection is kept", name)
			}
		}
		_ = l.Close()
	}
	if logged.String() != "" {
		t.Errorf("logged: %s", logged.String())
	}
}

// Connections without stray bytes are kept.
func TestConnectionsAreKept(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	s := httptest.NewUnstartedServer(p)
	var opened atomic.Int32
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	c := newClient(t, s.URL)
	for range 5 {
		if _, err := getOrder(t.Context(), c, "1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections for 5 calls", opened.Load())
	}
}

// lockedBuffer is written to by goroutines of net/http.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
