package wxpay

import (
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// publicKeyPrefix begins the ids of WeChat Pay's public keys.
const publicKeyPrefix = "PUB_KEY_ID_"

const plainCharacters = "holds a character that is no letter, digit, '-' or '_'"

// numberProblem names what is wrong with the number of a merchant or a brand; "" if nothing is. Numbers of any form pass that are none of
// what is commonly taken for one.
func numberProblem(id, role string) string {
	want := "; want the " + role + " number, which is digits"
	switch {
	case strings.TrimSpace(id) != id:
		return "blanks or line breaks around it; trim them"
	case !httptext.IsToken(id):
		return plainCharacters
	case strings.HasPrefix(id, publicKeyPrefix):
		return "that is the id of WeChat Pay's public key" + want
	case strings.HasPrefix(id, "wx"):
		return "that is an app id" + want
	}
	return ""
}

// serialProblem names what is wrong with Config.SerialNo; "" if nothing is.
func (cfg *Config) serialProblem() string {
	own := "the " + cfg.role() + "'s API certificate (apiclient_cert.pem)"
	switch serial := cfg.SerialNo; {
	case serial == "":
		return "empty; set the serial number of the " + cfg.role() + "'s API certificate"
	case strings.ContainsAny(serial, ": =") || strings.TrimSpace(serial) != serial:
		return "want hexadecimal digits alone: no colons, no blanks, no name before them"
	case !httptext.IsToken(serial):
		return plainCharacters
	case strings.HasPrefix(serial, publicKeyPrefix):
		return "that is the id of WeChat Pay's public key, which belongs into PlatformKeys; want the serial number of " + own
	case serial == cfg.number():
		return "that is the " + cfg.role() + " number; want the serial number of " + own
	}
	o := cfg.owner()
	for _, cert := range cfg.PlatformCerts {
		if strings.EqualFold(CertificateSerial(cert), cfg.SerialNo) && !o.certified(cert) {
			return "that is the serial number of a platform certificate; want that of " + own
		}
	}
	return ""
}

// owner is the merchant or brand whose ring it is: nothing of its own belongs on it.
type owner struct {
	role, number, serialNo string
	pub                    *rsa.PublicKey // nil if there is none
}

func (cfg *Config) owner() owner {
	o := owner{role: cfg.role(), number: cfg.number(), serialNo: cfg.SerialNo}
	if !isNil(cfg.PrivateKey) {
		o.pub, _ = cfg.PrivateKey.Public().(*rsa.PublicKey)
	}
	return o
}

func (o *owner) holds(pub any) bool { return o.pub != nil && o.pub.N != nil && o.pub.Equal(pub) }

// certified reports whether cert is the merchant's own, now or before.
func (o *owner) certified(cert *x509.Certificate) bool {
	return cert != nil && (o.holds(cert.PublicKey) || o.number != "" && cert.Subject.CommonName == o.number)
}

// refuses returns why a public key cannot be WeChat Pay's.
func (o *owner) refuses(serial string, pub *rsa.PublicKey) error {
	const want = "; want the id of WeChat Pay's key, as PUB_KEY_ID_…"
	switch {
	case o.holds(pub):
		return fmt.Errorf("that is the %s's own key, the public half of Config.PrivateKey; want WeChat Pay's (pub_key.pem of the merchant platform)", o.role)
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
		return fmt.Errorf("that is the %s's own (apiclient_cert.pem); want a platform certificate of WeChat Pay's", o.role)
	}
	return nil
}

// sizeProblem says how long an APIv3 key is, and why it may not be as long as it looks.
func sizeProblem(key string) string {
	s := fmt.Sprintf("%d bytes; want %d", len(key), apiV3KeySize)
	if strings.TrimSpace(key) != key {
		s += "; blanks or line breaks around it count, trim them"
	}
	return s
}
