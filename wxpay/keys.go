package wxpay

import (
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// ParsePrivateKey reads the merchant's RSA key (apiclient_key.pem) in PKCS#8 or PKCS#1 form, ready
// to sign: PEM in any spelling (such as line breaks written as \n), bare base64, or DER. Its
// errors, like those of its siblings, are of type [*KeyError], say what the text is instead, and
// show none of it.
func ParsePrivateKey(data []byte) (*rsa.PrivateKey, error) {
	key, err := keyfile.PrivateKey(data)
	return key, keyError("", err)
}

// LoadPrivateKey reads a file for [ParsePrivateKey].
func LoadPrivateKey(file string) (*rsa.PrivateKey, error) {
	data, err := keyfile.Read(file)
	if err != nil {
		return nil, keyError(file, err)
	}
	key, err := keyfile.PrivateKey(data)
	return key, keyError(file, err)
}

// ParsePublicKey reads WeChat Pay's public key (pub_key.pem) in PKIX or PKCS#1 form.
func ParsePublicKey(data []byte) (*rsa.PublicKey, error) {
	pub, err := keyfile.PublicKey(data)
	return pub, keyError("", err)
}

// LoadPublicKey reads a file for [ParsePublicKey].
func LoadPublicKey(file string) (*rsa.PublicKey, error) {
	data, err := keyfile.Read(file)
	if err != nil {
		return nil, keyError(file, err)
	}
	pub, err := keyfile.PublicKey(data)
	return pub, keyError(file, err)
}

// ParseCertificate reads a certificate: a platform certificate, or the merchant's own
// (apiclient_cert.pem).
func ParseCertificate(data []byte) (*x509.Certificate, error) {
	cert, err := keyfile.Certificate(data)
	return cert, keyError("", err)
}

// LoadCertificate reads a file for [ParseCertificate].
func LoadCertificate(file string) (*x509.Certificate, error) {
	data, err := keyfile.Read(file)
	if err != nil {
		return nil, keyError(file, err)
	}
	cert, err := keyfile.Certificate(data)
	return cert, keyError(file, err)
}

// keyError makes a reader's error a *KeyError.
func keyError(file string, err error) error {
	switch {
	case err == nil:
		return nil
	case err == keyfile.ErrText:
		file = ""
	}
	return &KeyError{File: file, Err: err}
}

// CertificateSerial returns the serial number in the form WeChat Pay uses: upper case hexadecimal,
// as in Config.SerialNo and in the Wechatpay-Serial header. It is empty for nil.
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
