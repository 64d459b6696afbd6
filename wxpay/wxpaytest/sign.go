package wxpaytest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Fault is a way to misbehave.
type Fault int

// The faults. Of a reply with status 2xx, the first five give a *wxpay.VerifyError; of a
// notification, a *wxpay.NotificationError.
const (
	WrongSignature Fault = iota + 1 // made with another key
	Unsigned                        // no Wechatpay-… header at all
	OldTimestamp                    // an hour old
	UnknownSerial                   // a key that the client does not have
	SignatureProbe                  // WECHATPAY/SIGNTEST/…, as WeChat Pay sends now and then
	MalformedJSON                   // signed, but cut in half; of a notification, its resource
	CutOff                          // the connection closes within the body; replies only
	// HTTP 503 of a gateway, without signature and JSON; replies only
	Unavailable
	// the request takes effect, and the connection is reset without a reply; replies only
	LostReply
)

var kinds = map[Fault]fault.Kind{
	WrongSignature: fault.WrongSignature, Unsigned: fault.Unsigned,
	OldTimestamp: fault.OldTimestamp, UnknownSerial: fault.UnknownSerial,
	SignatureProbe: fault.Probe, MalformedJSON: fault.Malformed, CutOff: fault.Truncated,
	Unavailable: fault.Unavailable, LostReply: fault.LostReply,
}

// Misbehave spoils the next replies, as many as times says.
func (s *Server) Misbehave(f Fault, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.faulty = f, times
}

func (s *Server) takeFault() fault.Kind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faulty == 0 {
		return ""
	}
	s.faulty--
	return kinds[s.fault]
}

// madeKeys makes the keys of a process once, since that takes a while.
var madeKeys = sync.OnceValue(func() testKeys {
	k := testKeys{merchant: newKey(), platform: newKey(), stranger: newKey()}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(0x7132D72A03E93C),
		Subject:      pkix.Name{CommonName: "Tenpay.com Root CA, for tests of wxgen"},
		NotBefore:    time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &k.platform.PublicKey,
		k.platform)
	if err != nil {
		panic(err)
	}
	if k.certificate, err = x509.ParseCertificate(der); err != nil {
		panic(err)
	}
	return k
})

func newKey() *rsa.PrivateKey {
	key, err := keys.NewKey()
	if err != nil {
		panic(err)
	}
	return key
}

// Seal encrypts a field of a reply, or of a notification's resource, for the merchant.
func (s *Server) Seal(clear string) string {
	sealed, err := keys.Seal(&s.keys.merchant.PublicKey, clear)
	if err != nil {
		s.t.Errorf("wxpaytest: Seal: %v", err)
	}
	return sealed
}
