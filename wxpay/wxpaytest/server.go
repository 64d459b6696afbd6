package wxpaytest

import (
	"crypto/x509"
	"net/http"
	"sync"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/wxpay"
)

// The merchant, or brand, that the server knows.
const (
	MchID    = "1900000001"
	BrandID  = "120344" // see [WithBrand]
	SerialNo = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
	APIv3Key = "wxpaytest-APIv3-key-of-32-bytes."
	// PublicKeyID is the serial of the platform's public key.
	PublicKeyID = "PUB_KEY_ID_0119000000012024010100000000"
)

// TB is the part of [testing.TB] that the server needs.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Server is a WeChat Pay that knows one merchant, or one brand. Make it with [New].
type Server struct {
	// URL is the base URL, as "http://127.0.0.1:35465".
	URL string

	t       TB
	now     func() time.Time
	keys    testKeys
	account *keys.Account
	engine  *mock.Engine
	strict  bool
	invent  bool

	mu        sync.Mutex
	routes    []*route
	requests  []*Request
	overrides map[string]any // overrides by "METHOD template"
	fault     Fault
	faulty    int // the number of replies still to come with the fault
}

// Option configures a [Server].
type Option func(*Server)

// WithClock replaces time.Now, for the server and for the clients that [Server.Options] configures.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithCertificate makes the server sign with its platform certificate instead of the public key.
// [Server.Config] then has the certificate.
func WithCertificate() Option { return func(s *Server) { s.account.Certificates = true } }

// WithBrand makes the server serve a brand that signs for itself instead of a merchant.
// [Server.Config] is the brand's.
func WithBrand() Option {
	return func(s *Server) { s.account.Role, s.account.ID = keys.Brand, BrandID }
}

// WithStrictReplies checks the answers of [Server.Reply] and [Server.Handle], and their requests,
// against the description. A difference fails the test. The server's own replies are always as
// described.
func WithStrictReplies() Option { return func(s *Server) { s.strict = true } }

// WithInvention makes the server make up objects that were never created, such as an order, instead
// of refusing to return them.
func WithInvention() Option { return func(s *Server) { s.invent = true } }

// serial returns the serial of the key that signs and seals.
func (s *Server) serial() string {
	if s.account.Certificates {
		return wxpay.CertificateSerial(s.keys.certificate)
	}
	return PublicKeyID
}

// Config returns the configuration of the merchant or brand.
func (s *Server) Config() wxpay.Config {
	cfg := wxpay.Config{MchID: MchID, SerialNo: SerialNo, PrivateKey: s.keys.merchant,
		APIv3Key: APIv3Key}
	if s.account.Role == keys.Brand {
		cfg.MchID, cfg.BrandID = "", BrandID
	}
	if s.account.Certificates {
		cfg.PlatformCerts = []*x509.Certificate{s.keys.certificate}
	} else {
		cfg.PlatformKeys = wxpay.PlatformKeys{PublicKeyID: &s.keys.platform.PublicKey}
	}
	return cfg
}

// Options returns what a client needs to find the server: its base URL, its clock, and retries
// without long waits. Later options in a call of wxpay.New override them.
func (s *Server) Options() []wxpay.Option {
	return []wxpay.Option{
		wxpay.WithBaseURL(s.URL), wxpay.WithClock(s.now),
		wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: time.Millisecond,
			MaxDelay: 5 * time.Millisecond}),
	}
}

// Client returns a client of the server, with further options.
func (s *Server) Client(opts ...wxpay.Option) *wxpay.Client {
	s.t.Helper()
	c, err := wxpay.New(s.Config(), append(s.Options(), opts...)...)
	if err != nil {
		s.t.Fatalf("wxpaytest: %v", err)
		return nil
	}
	s.t.Cleanup(c.CloseIdleConnections)
	return c
}

// Certificate returns the platform certificate, which /v3/certificates serves.
func (s *Server) Certificate() *x509.Certificate { return s.keys.certificate }

// Requests returns all requests with a valid signature, in the order of their arrival.
func (s *Server) Requests() []*Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*Request(nil), s.requests...)
}

// ServeHTTP serves the server of [New].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.engine.ServeHTTP(w, r) }

// Seal encrypts a field of a reply, or of a notification's resource, for the merchant.
func (s *Server) Seal(clear string) string {
	sealed, err := keys.Seal(&s.keys.merchant.PublicKey, clear)
	if err != nil {
		s.t.Errorf("wxpaytest: Seal: %v", err)
	}
	return sealed
}
