package wxpay

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay/gen"
)

const (
	certificatesName = "wxpay.Certificates"
	certificatesPath = "/v3/certificates"
	// refreshEvery is how often Run downloads.
	refreshEvery = 12 * time.Hour
	// refreshAfterFailure is how soon Run tries again.
	refreshAfterFailure = time.Minute
	// refreshOnUnknown is how often an unknown serial may cause a download. Anyone can send a
	// notification with one.
	refreshOnUnknown = time.Minute
	// maxRefresh bounds a download with all its attempts.
	maxRefresh = 2 * time.Minute
)

// ErrRefreshedRecently says that an unknown serial did not cause a download, because the last one
// began less than a minute ago.
var ErrRefreshedRecently = errors.New("certificates were downloaded less than a minute ago")

// CertificateSource downloads the platform's certificates (GET /v3/certificates) onto the client's
// [KeyRing]. They are trusted because they are encrypted with the APIv3 key; the reply's signature
// is verified with them on top.
//
// Concurrent calls share one download. It runs in a goroutine of its own, for two minutes at most,
// and goes on when the calls that wait for it give up. Otherwise a client that sends notifications
// with made-up serials and hangs up could stop every download.
type CertificateSource struct {
	client *Client
	mu     sync.Mutex
	flight *flight   // the download under way
	fresh  time.Time // when the last one brought certificates
	tried  time.Time // when the last one began
}

// flight is a download with the callers that wait for it.
type flight struct {
	done chan struct{}
	err  error
}

// Refresh downloads the certificates. It removes downloaded certificates that WeChat Pay no longer
// lists, and keeps those of Config. If some of those listed are unusable, the others are kept and
// the [*CertificateError] names the unusable ones. Its other errors are those of a call.
func (s *CertificateSource) Refresh(ctx context.Context) error { return s.refresh(ctx, 0) }

// refreshUnknown refreshes for a serial that is not on the ring, at most once a minute.
func (s *CertificateSource) refreshUnknown(ctx context.Context) error {
	return s.refresh(ctx, refreshOnUnknown)
}

func (s *CertificateSource) refresh(ctx context.Context, pause time.Duration) error {
	if err := s.unready(ctx); err != nil {
		return err
	}
	x := s.exchange()
	if ctx.Err() != nil {
		return x.p.notBegun(ctx.Err())
	}
	f := s.join(ctx, pause)
	if f == nil {
		return ErrRefreshedRecently
	}
	select {
	case <-f.done:
		return f.err
	case <-ctx.Done():
		return x.p.notBegun(ctx.Err())
	}
}

// Run refreshes the certificates whenever the last refresh is 12 hours old, at once if there was
// none, and after a failure every minute, until ctx ends; it returns ctx's error. Failures, and
// unusable certificates, are seen by the client's observers.
func (s *CertificateSource) Run(ctx context.Context) error {
	if err := s.unready(ctx); err != nil {
		return err
	}
	for {
		wait := s.due()
		if wait <= 0 {
			_ = s.Refresh(ctx) // for the observers
			wait = max(s.due(), refreshAfterFailure)
		}
		if !sleep(ctx, wait) {
			<-ctx.Done()
			return ctx.Err()
		}
	}
}

// due returns how long the certificates are still fresh.
func (s *CertificateSource) due() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Until(s.fresh.Add(refreshEvery))
}

// join returns the download under way, or a new one, or nil if the last one began less than pause
// ago.
func (s *CertificateSource) join(ctx context.Context, pause time.Duration) *flight {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flight != nil {
		return s.flight
	}
	now := s.client.now()
	if pause > 0 && !s.tried.IsZero() && now.Sub(s.tried) < pause {
		return nil
	}
	s.flight, s.tried = &flight{done: make(chan struct{})}, now
	go s.fly(ctx, s.flight)
	return s.flight
}

// fly downloads for all waiting calls. It goes on when the first caller gives up, and ends cleanly
// if an observer or a transport panics.
func (s *CertificateSource) fly(ctx context.Context, f *flight) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), maxRefresh)
	f.err = newPanicError(errGoexit, nil) // remains if the goroutine ends
	defer func() {
		stop()
		s.mu.Lock()
		s.flight = nil
		s.mu.Unlock()
		close(f.done)
	}()
	_, f.err = guard(func() (struct{}, error) { return struct{}{}, s.fetch(ctx) })
}

func (s *CertificateSource) exchange() *exchange {
	call := gen.Call{Name: certificatesName, Method: http.MethodGet, Path: certificatesPath,
		Unsigned: true}
	return &exchange{p: prepared{c: s.client, call: call, exempt: true}}
}

// fetch downloads, decrypts, checks and installs the certificates. The observers see all of it.
func (s *CertificateSource) fetch(ctx context.Context) error {
	var raw RawResponse
	x := s.exchange()
	if err := x.p.prepare(ctx, []CallOption{WithRawResponse(&raw)}); err != nil {
		return err
	}
	x.p.judge = func() error { return s.install(x, &raw) }
	return x.run(ctx)
}

// install puts the certificates of a reply on the ring.
func (s *CertificateSource) install(x *exchange, raw *RawResponse) error {
	id := raw.Header.Get(headerRequestID)
	keys, listed, err := s.client.openCertificates(raw.Body)
	if len(keys) == 0 {
		return &CertificateError{RequestID: id, Err: errors.Join(err, errNoCertificates)}
	}
	if fault := s.client.verifyWith(keys, raw); fault != nil {
		fault.Operation, fault.StatusCode, fault.RequestID = x.p.call.Name, raw.StatusCode, id
		return fault
	}
	s.client.keys.replaceFetched(keys, listed)
	s.mu.Lock()
	s.fresh = time.Now()
	s.mu.Unlock()
	if err != nil {
		return &CertificateError{RequestID: id, Err: err}
	}
	return nil
}

var errNoCertificates = errors.New("no usable certificate in the reply")

// openCertificates decrypts the reply of /v3/certificates. It returns the usable keys, the serials
// of all, and what is wrong with the others.
func (c *Client) openCertificates(body []byte) (keys []*platformKey, listed []string, _ error) {
	var reply struct {
		Data []struct {
			SerialNo string    `json:"serial_no"`
			Box      sealedBox `json:"encrypt_certificate"`
		} `json:"data"`
	}
	var errs []error
	if fault := decode(body, &reply); fault != nil {
		errs = append(errs, fault)
	}
	for _, d := range reply.Data {
		listed = append(listed, d.SerialNo)
		k, err := c.openCertificate(&d.Box)
		if err == nil && k.serial != d.SerialNo {
			err = fmt.Errorf("certificate %s is listed under another serial", k.serial)
		}
		if err == nil && contradicts(keys, k) {
			err = errOtherKey
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%.64q: %w", d.SerialNo, err))
			continue
		}
		k.fetched = true
		keys = append(keys, k)
	}
	return keys, listed, errors.Join(errs...)
}

func contradicts(keys []*platformKey, k *platformKey) bool {
	for _, other := range keys {
		if other.serial == k.serial && !other.pub.Equal(k.pub) {
			return true
		}
	}
	return false
}

func (c *Client) openCertificate(box *sealedBox) (*platformKey, error) {
	data, err := c.private.Load().aead.open(box)
	if err != nil {
		return nil, err
	}
	cert, err := ParseCertificate(data)
	if err != nil {
		return nil, err
	}
	k, err := certificateKey(cert)
	if err != nil {
		return nil, err
	}
	if now := c.now(); now.After(k.until) {
		return nil, ErrKeyExpired
	}
	return k, nil
}

// verifyWith verifies a reply with the downloaded keys, or with a key of the ring.
func (c *Client) verifyWith(keys []*platformKey, raw *RawResponse) *VerifyError {
	sig, fault := readSigned(raw.Header, c.now(), c.skew)
	if fault != nil {
		return fault
	}
	if strings.HasPrefix(sig.signature, probePrefix) {
		return sig.fault(StepSignature, ErrSignatureProbe)
	}
	key, err := c.keys.verifier(sig.serial, c.now)
	for _, k := range keys {
		if k.serial == sig.serial {
			key, err = k, k.usable(c.now)
		}
	}
	if err != nil {
		return sig.fault(StepKey, err)
	}
	message := append(append(sig.appendHead(nil), raw.Body...), '\n')
	if err := key.verify(sha256.Sum256(message), sig.signature); err != nil {
		return sig.fault(StepSignature, err)
	}
	return nil
}

// CertificateError says that a download of the platform's certificates returned none, or some that
// cannot be used.
type CertificateError struct {
	RequestID string
	Attempts  int   // how often the request was tried
	Err       error // one per certificate, joined
}

// Error names every unusable certificate and why.
func (e *CertificateError) Error() string {
	s := "wxpay: wxpay.Certificates: " + strings.ReplaceAll(e.Err.Error(), "\n", "; ")
	return s + origins("", e.RequestID, 0, e.Attempts)
}

// Unwrap returns the reasons.
func (e *CertificateError) Unwrap() error { return e.Err }

// Certificates returns the source of platform certificates; nil unless the client was made with
// [WithCertificates].
func (c *Client) Certificates() *CertificateSource {
	if c == nil {
		return nil
	}
	s, _ := c.certificates.(*CertificateSource)
	return s
}

// unready refuses a source that does not exist, and a nil context.
func (s *CertificateSource) unready(ctx context.Context) error {
	if s == nil || s.client == nil {
		return &InvalidError{Operation: certificatesName,
			Problem: "the client was made without WithCertificates"}
	}
	return noContext(ctx, certificatesName)
}

// WithCertificates makes the client download the platform's certificates: on
// [CertificateSource.Refresh], in [CertificateSource.Run], and when a reply or a notification names
// an unknown serial. Config may then lack platform keys. Call Refresh once before you seal
// anything: sealing does no I/O, and fails with [ErrNoKey] until then.
func WithCertificates() Option {
	return clientOption(func(s *settings) {
		s.source = func(c *Client) refresher { return &CertificateSource{client: c} }
	})
}

func (e *CertificateError) count(n int) { e.Attempts = n }
