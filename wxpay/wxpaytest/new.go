package wxpaytest

import (
	"net/http/httptest"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/wxpay"
)

// New starts a server that ends with the test.
func New(t TB, opts ...Option) *Server {
	t.Helper()
	s := &Server{
		t: t, now: time.Now, keys: madeKeys(), overrides: map[string]any{},
		account: &keys.Account{Role: keys.Merchant, ID: MchID, Name: "wxpaytest", AppID: keys.AppID,
			SerialNo: SerialNo, APIv3Key: APIv3Key},
	}
	s.account.Key = s.keys.merchant
	for _, o := range opts {
		o(s)
	}
	engine, err := mock.New(mock.Config{
		Ring: s.ring(), Now: s.now, Invent: s.invent, Planned: s.planned, Shape: s.shape,
		Hosts: []string{"*"},
	})
	if err != nil {
		t.Fatalf("wxpaytest: %v", err)
		return nil
	}
	s.engine = engine
	server := httptest.NewServer(s)
	t.Cleanup(engine.Close)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

func (s *Server) ring() *keys.Ring {
	r := &keys.Ring{
		Accounts: []*keys.Account{s.account}, Public: &keys.PlatformKey{Serial: PublicKeyID,
			Key: s.keys.platform}, Stranger: s.keys.stranger,
	}
	cert := s.keys.certificate
	r.AddCertificate(&keys.PlatformKey{Serial: wxpay.CertificateSerial(cert), Key: s.keys.platform,
		Certificate: cert})
	return r
}
