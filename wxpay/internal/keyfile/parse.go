package keyfile

import (
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math"
)

// PrivateKey reads an RSA key in PKCS#8 or PKCS#1 form, ready to sign.
func PrivateKey(data []byte) (*rsa.PrivateKey, error) {
	block, err := findBlock(data, kindPKCS8, kindPKCS1)
	if err != nil {
		return nil, err
	}
	key, err := decodePrivate(block)
	if err != nil {
		return nil, err
	}
	if err := CheckPublic(&key.PublicKey); err != nil {
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

// oidRSA is the algorithm of RSA keys in PKCS#8.
var oidRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}

// parsePKCS8 unwraps an RSA key. x509.ParsePKCS8PrivateKey does so, too, but links ECDSA and
// Ed25519.
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
		return nil, fmt.Errorf("%s holds a key of algorithm %v; want an RSA key (%v)", block.place,
			oid, oidRSA)
	}
	key, err := x509.ParsePKCS1PrivateKey(outer.PrivateKey)
	if err != nil {
		return nil, block.invalid("PKCS#8 key")
	}
	return key, nil
}

// PublicKey reads an RSA key in PKIX or PKCS#1 form.
func PublicKey(data []byte) (*rsa.PublicKey, error) {
	block, err := findBlock(data, kindPKIX, kindPublic)
	if err != nil {
		return nil, err
	}
	pub, err := decodePublic(block)
	if err != nil {
		return nil, err
	}
	if err := CheckPublic(pub); err != nil {
		return nil, err
	}
	return pub, nil
}

func decodePublic(block *keyBlock) (*rsa.PublicKey, error) {
	if block.kind == kindPublic {
		pub, err := x509.ParsePKCS1PublicKey(block.der)
		if err != nil {
			return nil, block.invalid("PKCS#1 key")
		}
		return pub, nil
	}
	parsed, err := x509.ParsePKIXPublicKey(block.der)
	if err != nil {
		return nil, block.invalid("PKIX key")
	}
	pub, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("%s holds a %T; want an RSA key", block.place, parsed)
	}
	return pub, nil
}

// Certificate reads an X.509 certificate.
func Certificate(data []byte) (*x509.Certificate, error) {
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

func (b *keyBlock) invalid(kind string) error {
	return fmt.Errorf("%s does not hold a valid %s", b.place, kind)
}

// MinBits and MaxBits bound the accepted RSA keys. Longer ones take seconds.
const (
	MinBits = 2048
	MaxBits = 8192
)

// CheckPublic refuses a key that is too short, too long, or impossible.
func CheckPublic(pub *rsa.PublicKey) error {
	if pub == nil || pub.N == nil {
		return errors.New("nil; want an RSA public key")
	}
	switch bits := pub.N.BitLen(); {
	case bits < MinBits:
		return fmt.Errorf("%d bit RSA key; want at least %d bits", bits, MinBits)
	case bits > MaxBits:
		return fmt.Errorf("%d bit RSA key; want at most %d bits", bits, MaxBits)
	case pub.N.Bit(0) == 0:
		return errors.New("RSA key with an even modulus; it is damaged")
	case pub.E < 3 || pub.E&1 == 0 || int64(pub.E) > math.MaxInt32:
		return errors.New("RSA key with an invalid exponent")
	}
	return nil
}
