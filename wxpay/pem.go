package wxpay

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strings"
)

// maxKeyFile bounds what is read from a key file: a certificate chain with its key is a few KB.
const maxKeyFile = 1 << 20

// ParsePrivateKey reads the merchant's RSA key (apiclient_key.pem) in PKCS#8 or PKCS#1 form, ready to sign. Its
// errors, like those of its siblings, are of type [*KeyError].
func ParsePrivateKey(data []byte) (*rsa.PrivateKey, error) { return asKeyError(parsePrivateKey(data)) }

func parsePrivateKey(data []byte) (*rsa.PrivateKey, error) {
	block, err := findBlock(data, "PRIVATE KEY", "RSA PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	if strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		return nil, errEncryptedKey
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

var errEncryptedKey = errors.New("the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT")

func decodePrivate(block *pem.Block) (*rsa.PrivateKey, error) {
	if block.Type == "RSA PRIVATE KEY" {
		key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
		if err != nil {
			return nil, errors.New("PEM block RSA PRIVATE KEY does not hold a valid PKCS#1 key")
		}
		return key, nil
	}
	return parsePKCS8(block.Bytes)
}

// oidRSA is the algorithm of RSA keys in PKCS#8.
var oidRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}

// parsePKCS8 unwraps an RSA key. x509.ParsePKCS8PrivateKey does too, but makes every program carry ECDSA and Ed25519 keys.
func parsePKCS8(der []byte) (*rsa.PrivateKey, error) {
	var outer struct {
		Version    int
		Algorithm  pkix.AlgorithmIdentifier
		PrivateKey []byte
	}
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return nil, errPKCS8
	}
	if oid := outer.Algorithm.Algorithm; !oid.Equal(oidRSA) {
		return nil, fmt.Errorf("PEM block PRIVATE KEY holds a key of algorithm %v; want an RSA key (%v)", oid, oidRSA)
	}
	key, err := x509.ParsePKCS1PrivateKey(outer.PrivateKey)
	if err != nil {
		return nil, errPKCS8
	}
	return key, nil
}

var errPKCS8 = errors.New("PEM block PRIVATE KEY does not hold a valid PKCS#8 key")

// LoadPrivateKey reads a file for [ParsePrivateKey].
func LoadPrivateKey(file string) (*rsa.PrivateKey, error) { return load(file, parsePrivateKey) }

// ParsePublicKey reads WeChat Pay's public key (pub_key.pem) in PKIX or PKCS#1 form.
func ParsePublicKey(data []byte) (*rsa.PublicKey, error) { return asKeyError(parsePublicKey(data)) }

func parsePublicKey(data []byte) (*rsa.PublicKey, error) {
	block, err := findBlock(data, "PUBLIC KEY", "RSA PUBLIC KEY")
	if err != nil {
		return nil, err
	}
	if block.Type == "RSA PUBLIC KEY" {
		pub, err := x509.ParsePKCS1PublicKey(block.Bytes)
		if err != nil {
			return nil, errors.New("PEM block RSA PUBLIC KEY does not hold a valid PKCS#1 key")
		}
		return pub, checkPublicKey(pub)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("PEM block PUBLIC KEY does not hold a valid PKIX key")
	}
	pub, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("PEM block PUBLIC KEY holds a %T; want an RSA key", parsed)
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
	block, err := findBlock(data, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, errors.New("PEM block CERTIFICATE does not hold a valid X.509 certificate")
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

// findBlock returns the first PEM block of a wanted type. Its errors name what was found instead.
func findBlock(data []byte, want ...string) (*pem.Block, error) {
	var found []string
	for rest := data; ; {
		block, more := pem.Decode(rest)
		if block == nil {
			break
		}
		for _, w := range want {
			if block.Type == w {
				return block, nil
			}
		}
		if block.Type == "ENCRYPTED PRIVATE KEY" && want[0] == "PRIVATE KEY" {
			return nil, errEncryptedKey
		}
		found, rest = append(found, fmt.Sprintf("%.40s", block.Type)), more
	}
	wanted := strings.Join(want, " or ")
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fmt.Errorf("empty; want a PEM block %s", wanted)
	case len(found) == 0:
		return nil, fmt.Errorf("no PEM block; want %s", wanted)
	}
	return nil, fmt.Errorf("PEM block is %s; want %s", strings.Join(found, ", "), wanted)
}

// load reads and parses a file. Its errors name the file; errors.Is tells one that is not there by fs.ErrNotExist.
func load[T any](file string, parse func([]byte) (*T, error)) (*T, error) {
	info, err := os.Stat(file)
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
