package wxpay

import (
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strings"
)

// publicKeyPrefix is the prefix of the ids of WeChat Pay's public keys.
const publicKeyPrefix = "PUB_KEY_ID_"

// owner is the merchant or brand of a ring. The ring refuses the owner's own keys.
type owner struct {
	role, number, serialNo string
	pub                    *rsa.PublicKey // nil unless it is an RSA key
}

func (cfg *Config) owner() owner {
	o := owner{role: cfg.role(), number: cfg.number(), serialNo: cfg.SerialNo}
	if !isNil(cfg.PrivateKey) {
		o.pub, _ = cfg.PrivateKey.Public().(*rsa.PublicKey)
	}
	return o
}

func (o *owner) holds(pub any) bool { return o.pub != nil && o.pub.N != nil && o.pub.Equal(pub) }

// certified reports whether cert is one of the owner's own certificates, current or former.
func (o *owner) certified(cert *x509.Certificate) bool {
	return cert != nil &&
		(o.holds(cert.PublicKey) || o.number != "" && cert.Subject.CommonName == o.number)
}

// refuses returns why a public key cannot be WeChat Pay's.
func (o *owner) refuses(serial string, pub *rsa.PublicKey) error {
	const want = "; want the id of WeChat Pay's key, as PUB_KEY_ID_…"
	switch {
	case o.holds(pub):
		return fmt.Errorf("that is the %s's own key, the public half of Config.PrivateKey; want "+
			"WeChat Pay's (pub_key.pem of the merchant platform)", o.role)
	case strings.HasPrefix(serial, publicKeyPrefix):
		return nil
	case strings.EqualFold(serial, o.serialNo):
		return fmt.Errorf("that is Config.SerialNo, of the %s's own certificate"+want, o.role)
	case serial == o.number:
		return fmt.Errorf("that is the %s number"+want, o.role)
	}
	return nil
}

// refusesCertificate returns why a certificate cannot be the platform's.
func (o *owner) refusesCertificate(cert *x509.Certificate) error {
	if o.certified(cert) {
		return fmt.Errorf("that is the %s's own (apiclient_cert.pem); want a platform "+
			"certificate of WeChat Pay's", o.role)
	}
	return nil
}
