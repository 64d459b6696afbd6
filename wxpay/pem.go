package wxpay

import (
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKeyFile bounds what is read from a key file: a certificate chain with its key is a few KB.
const maxKeyFile = 1 << 20

// ParsePrivateKey reads the merchant's RSA key (apiclient_key.pem) in PKCS#8 or PKCS#1 form, ready to sign: PEM in whatever spelling, as with
// line breaks written as \n, base64 alone, or DER. Its errors, like those of its siblings, are of type [*KeyError], say what is there
// instead, and show none of it.
func ParsePrivateKey(data []byte) (*rsa.PrivateKey, error) { return asKeyError(parsePrivateKey(data)) }

func parsePrivateKey(data []byte) (*rsa.PrivateKey, error) {
	block, err := findBlock(data, kindPKCS8, kindPKCS1)
	if err != nil {
		return nil, err
	}
	key, err := decodePrivate(block)
	if err != nil {
		return nil, err
	}
	if err := checkPublicKey(&key.PublicKey); err != nil {
		return nil, err
	}
	key.Precompute() // signing without costs almost twice as much
	return key, nil
}

func decodePrivate(block *keyBlock) (*rsa.PrivateKey, error) {
	if block.kind == kindPKCS8 {
		return parsePKCS8(block)
	}
	key, err := x509.ParsePKCS1PrivateKey(block.der)
	if err != nil {
		return nil, block.invalid("PKCS#1 key")
	}
	return key, nil
}

func (b *keyBlock) invalid(kind string) error {
	return fmt.Errorf("%s does not hold a valid %s", b.place, kind)
}

// oidRSA is the algorithm of RSA keys in PKCS#8.
var oidRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}

// parsePKCS8 unwraps an RSA key. x509.ParsePKCS8PrivateKey does too, but makes every program carry ECDSA and Ed25519 keys.
func parsePKCS8(block *keyBlock) (*rsa.PrivateKey, error) {
	var outer struct {
		Version    int
		Algorithm  pkix.AlgorithmIdentifier
		PrivateKey []byte
	}
	if _, err := asn1.Unmarshal(block.der, &outer); err != nil {
		return nil, block.invalid("PKCS#8 key")
	}
	if oid := outer.Algorithm.Algorithm; !oid.Equal(oidRSA) {
		return nil, fmt.Errorf("%s holds a key of algorithm %v; want an RSA key (%v)", block.place, oid, oidRSA)
	}
	key, err := x509.ParsePKCS1PrivateKey(outer.PrivateKey)
	if err != nil {
		return nil, block.invalid("PKCS#8 key")
	}
	return key, nil
}

// LoadPrivateKey reads a file for [ParsePrivateKey].
func LoadPrivateKey(file string) (*rsa.PrivateKey, error) { return load(file, parsePrivateKey) }

// ParsePublicKey reads WeChat Pay's public key (pub_key.pem) in PKIX or PKCS#1 form.
func ParsePublicKey(data []byte) (*rsa.PublicKey, error) { return asKeyError(parsePublicKey(data)) }

func parsePublicKey(data []byte) (*rsa.PublicKey, error) {
	block, err := findBlock(data, kindPKIX, kindPublic)
	if err != nil {
		return nil, err
	}
	if block.kind == kindPublic {
		pub, err := x509.ParsePKCS1PublicKey(block.der)
		if err != nil {
			return nil, block.invalid("PKCS#1 key")
		}
		return pub, checkPublicKey(pub)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.der)
	if err != nil {
		return nil, block.invalid("PKIX key")
	}
	pub, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("%s holds a %T; want an RSA key", block.place, parsed)
	}
	return pub, checkPublicKey(pub)
}

// LoadPublicKey reads a file for [ParsePublicKey].
func LoadPublicKey(file string) (*rsa.PublicKey, error) { return load(file, parsePublicKey) }

// ParseCertificate reads a certificate: a platform certificate, or the merchant's own (apiclient_cert.pem).
func ParseCertificate(data []byte) (*x509.Certificate, error) {
	return asKeyError(parseCertificate(data))
}

func parseCertificate(data []byte) (*x509.Certificate, error) {
	block, err := findBlock(data, kindCertificate)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(block.der)
	if err != nil {
		return nil, block.invalid("X.509 certificate")
	}
	return cert, nil
}

// LoadCertificate reads a file for [ParseCertificate].
func LoadCertificate(file string) (*x509.Certificate, error) { return load(file, parseCertificate) }

// CertificateSerial returns the serial number in the form WeChat Pay uses: upper case hexadecimal, as in Config.SerialNo and in
// the Wechatpay-Serial header. It is empty for nil.
func CertificateSerial(cert *x509.Certificate) string {
	if cert == nil || cert.SerialNumber == nil {
		return ""
	}
	return serialText(cert.SerialNumber)
}

func serialText(n *big.Int) string {
	s := strings.ToUpper(n.Text(16))
	if len(s)%2 == 1 { // whole bytes, as certificates are shown
		s = "0" + s
	}
	return s
}

// certificateKey takes the key out of a platform certificate.
func certificateKey(cert *x509.Certificate) (*platformKey, error) {
	if cert == nil {
		return nil, &KeyError{Err: errors.New("nil certificate")}
	}
	serial := CertificateSerial(cert)
	pub, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, &KeyError{Serial: serial, Err: fmt.Errorf("certificate %s: holds a %T; want an RSA key", serial, cert.PublicKey)}
	}
	if err := checkPublicKey(pub); err != nil {
		return nil, &KeyError{Serial: serial, Err: fmt.Errorf("certificate %s: %w", serial, err)}
	}
	return &platformKey{serial: serial, pub: pub, certificate: true, from: cert.NotBefore, until: cert.NotAfter}, nil
}

// load reads and parses a file. Its errors name the file; errors.Is tells one that is not there by fs.ErrNotExist.
func load[T any](file string, parse func([]byte) (*T, error)) (*T, error) {
	info, err := os.Stat(file)
	if err != nil && isKeyText(file) {
		return nil, &KeyError{Err: errKeyText}
	}
	if err != nil {
		return nil, unreadable(file, err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, &KeyError{File: file, Err: fmt.Errorf("not a file of at most %d bytes; want a PEM file", maxKeyFile)}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	v, err := parse(data)
	if err != nil {
		return nil, &KeyError{File: file, Err: err}
	}
	return v, nil
}

var errKeyText = errors.New("the text of a key, not the name of a file; ParsePrivateKey and its siblings read text")

// isKeyText reports whether what was given as the name of a file is rather the key itself, which must not be shown.
func isKeyText(name string) bool {
	if strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) || strings.Contains(name, "BEGIN") {
		return true
	}
	start := strings.TrimLeft(name, "\"' ")
	return len(name) > 100 && (strings.HasPrefix(start, "MI") || strings.HasPrefix(start, "LS0t"))
}

// unreadable leaves out the name that an error of package os has, too.
func unreadable(file string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return &KeyError{File: file, Err: fmt.Errorf("cannot be read: %w", err)}
}

// asKeyError types the error of a parser, and gives no key beside one.
func asKeyError[T any](v *T, err error) (*T, error) {
	if err != nil {
		return nil, &KeyError{Err: err}
	}
	return v, nil
}
