package wxpaytest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// madeKeys makes the keys once per process, since that takes a while.
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

// testKeys are the keys of a process.
type testKeys struct {
	merchant, platform, stranger *rsa.PrivateKey
	certificate                  *x509.Certificate
}
