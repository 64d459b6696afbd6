package wxpaytest

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"

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

	t           TB
	now         func() time.Time
	merchant    *rsa.PrivateKey
	platform    *rsa.PrivateKey
	certificate *x509.Certificate
	serial      string // that signs
	caller      caller

	mu       sync.Mutex
	routes   []*route
	requests []*Request
	fault    Fault
	faulty   int // replies to come that have the fault
	events   int
}

// Option configures a [Server].
type Option func(*Server)

// WithClock replaces time.Now, for the server and for the clients that [Server.Options] configures.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithCertificate makes the server sign with its platform certificate, and [Server.Config] name that, instead of the public key.
func WithCertificate() Option {
	return func(s *Server) { s.serial = wxpay.CertificateSerial(s.certificate) }
}

// WithBrand makes the server know a brand that signs for itself instead of a merchant: [Server.Config] is the brand's.
func WithBrand() Option { return func(s *Server) { s.caller = brand } }

// New starts a server that ends with the test.
func New(t TB, opts ...Option) *Server {
	t.Helper()
	keys := madeKeys()
	s := &Server{
		t: t, now: time.Now, merchant: keys.merchant, platform: keys.platform, certificate: keys.certificate, serial: PublicKeyID,
		caller: merchant,
	}
	for _, o := range opts {
		o(s)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Config returns the configuration of the merchant or brand.
func (s *Server) Config() wxpay.Config {
	cfg := wxpay.Config{MchID: MchID, SerialNo: SerialNo, PrivateKey: s.merchant, APIv3Key: APIv3Key}
	if s.caller.role == brand.role {
		cfg.MchID, cfg.BrandID = "", BrandID
	}
	if s.serial == PublicKeyID {
		cfg.PlatformKeys = wxpay.PlatformKeys{PublicKeyID: &s.platform.PublicKey}
	} else {
		cfg.PlatformCerts = []*x509.Certificate{s.certificate}
	}
	return cfg
}

// Options returns what a client needs to find the server: its base URL, its clock, and retries without long waits. Options
// that follow them in a call of wxpay.New win.
func (s *Server) Options() []wxpay.Option {
	return []wxpay.Option{
		wxpay.WithBaseURL(s.URL), wxpay.WithClock(s.now),
		wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: time.Millisecond, MaxDelay: 5 * time.Millisecond}),
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
func (s *Server) Certificate() *x509.Certificate { return s.certificate }

// Response is what a handler answers.
type Response struct {
	Status int // 200 if 0, or 204 without a body
	// Body is JSON as string, []byte or json.RawMessage, or any value to marshal. Fields that the client will open come from [Server.Seal].
	Body     any
	Header   http.Header // further headers
	Unsigned bool        // as replies that are files
}

// route is a planned reply.
type route struct {
	method  string
	parts   []string // of the path template
	respond func(*Request) Response
}

// Handle answers requests by a function. The template is as in documentation, "/v3/pay/transactions/id/{transaction_id}"; a
// literal segment goes before a parameter, and the last of equal templates wins.
func (s *Server) Handle(method, template string, respond func(*Request) Response) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.routes = append(s.routes, &route{method, strings.Split(template, "/"), respond})
}

// Reply answers requests with a JSON body, see [Response]; nil stands for 204.
func (s *Server) Reply(method, template string, body any) {
	s.Handle(method, template, func(*Request) Response { return Response{Body: body} })
}

// ReplyError answers requests with an error, as (404, "ORDER_NOT_EXIST", "订单不存在").
func (s *Server) ReplyError(method, template string, status int, code, message string) {
	body := map[string]string{"code": code, "message": message}
	s.Handle(method, template, func(*Request) Response { return Response{Status: status, Body: body} })
}

// ReplyFile answers requests with a file, which is not signed.
func (s *Server) ReplyFile(method, template string, content []byte) {
	s.Handle(method, template, func(*Request) Response {
		return Response{Body: content, Unsigned: true, Header: http.Header{"Content-Type": {"application/octet-stream"}}}
	})
}

// Requests returns all requests whose signature was right, in the order in which they came.
func (s *Server) Requests() []*Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*Request(nil), s.requests...)
}

// Misbehave spoils the next replies, as many as times says.
func (s *Server) Misbehave(f Fault, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.faulty = f, times
}

// ServeHTTP is for the server of [New].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req, err := s.read(r)
	if err != nil {
		s.answer(w, refuse(http.StatusUnauthorized, "SIGN_ERROR", err.Error()))
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, req)
	found := s.find(req)
	s.mu.Unlock()
	switch {
	case found != nil:
		s.answer(w, found.respond(req))
	case r.Method == http.MethodGet && req.Path == "/v3/certificates":
		s.answer(w, Response{Body: s.certificates()})
	default:
		text := fmt.Sprintf("no reply planned for %s %s; plan one with Server.Reply", req.Method, req.Path)
		s.t.Errorf("wxpaytest: %s", text)
		s.answer(w, refuse(http.StatusNotImplemented, "NO_REPLY_PLANNED", text))
	}
}

func refuse(status int, code, message string) Response {
	return Response{Status: status, Body: map[string]string{"code": code, "message": message}}
}

// find returns the best route and sets the request's parameters by it.
func (s *Server) find(req *Request) *route {
	var best *route
	path := strings.Split(req.escaped, "/")
	for _, r := range s.routes {
		if r.method == req.Method && r.match(path) && (best == nil || !best.literalBefore(r)) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	req.Template = strings.Join(best.parts, "/")
	for i, p := range best.parts {
		if name, ok := parameter(p); ok {
			req.Args[name], _ = url.PathUnescape(path[i])
		}
	}
	return best
}

func (r *route) match(path []string) bool {
	if len(path) != len(r.parts) {
		return false
	}
	for i, p := range r.parts {
		if _, ok := parameter(p); !ok && p != path[i] || ok && path[i] == "" {
			return false
		}
	}
	return true
}

// literalBefore reports whether r has a literal where other, which matches the same path, has a parameter first.
func (r *route) literalBefore(other *route) bool {
	for i, p := range r.parts {
		_, mine := parameter(p)
		_, theirs := parameter(other.parts[i])
		if mine != theirs {
			return !mine
		}
	}
	return false
}

func parameter(part string) (name string, ok bool) {
	if strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}") {
		return part[1 : len(part)-1], true
	}
	return "", false
}

// encode turns what tests write into a body.
func encode(body any) ([]byte, error) {
	switch b := body.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(b), nil
	case []byte:
		return b, nil
	case json.RawMessage:
		return b, nil
	}
	return json.Marshal(body)
}
