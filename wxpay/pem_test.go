package wxpay_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func pkcs8(t testing.TB, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// newCert makes a platform certificate.
func newCert(t testing.TB, key any, pub any, serial int64,
	from, until time.Time) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "Tenpay.com sign"},
		NotBefore: from, NotAfter: until,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, pub, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func certPEM(cert *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
}

func TestParsePrivateKey(t *testing.T) {
	key := merchantKey()
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY",
		Bytes: x509.MarshalPKCS1PrivateKey(key)})
	cert := newCert(t, key, &key.PublicKey, 1, time.Now(), time.Now().Add(time.Hour))
	for name, data := range map[string][]byte{
		"PKCS#8": pkcs8(t, key), "PKCS#1": pkcs1,
		"after a certificate": append(certPEM(cert), pkcs1...),
		"CRLF and a comment": []byte("Bag Attributes\r\n" + strings.ReplaceAll(string(pkcs1), "\n",
			"\r\n")),
	} {
		got, err := wxpay.ParsePrivateKey(data)
		if err != nil || !got.Equal(key) || got.Precomputed.Dp == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseKeyFaults(t *testing.T) {
	key := merchantKey()
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	// This even modulus of 1024 bits is no usable key, but it has a size.
	weak := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 1023), E: 65537}
	weakDER, err := x509.MarshalPKIXPublicKey(weak)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	cert := certPEM(newCert(t, key, &key.PublicKey, 1, now, now.Add(time.Hour)))
	block := func(kind, body string) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte(body)})
	}
	private := func(b []byte) error { _, err := wxpay.ParsePrivateKey(b); return err }
	public := func(b []byte) error { _, err := wxpay.ParsePublicKey(b); return err }
	certificate := func(b []byte) error { _, err := wxpay.ParseCertificate(b); return err }
	for _, c := range []struct {
		parse func([]byte) error
		data  []byte
		want  string
	}{
		{private, nil, "empty; want a PEM block PRIVATE KEY or RSA PRIVATE KEY"},
		{private, []byte("hello"), "text without a PEM block; want PRIVATE KEY or RSA PRIVATE KEY"},
		{private, cert, "PEM block is CERTIFICATE; want PRIVATE KEY or RSA PRIVATE KEY"},
		{private, block("ENCRYPTED PRIVATE KEY", "x"),
			"the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT"},
		{
			private, []byte("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" +
				"DEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"),
			"the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT",
		},
		{private, block("PRIVATE KEY", "junk"), "PEM block PRIVATE KEY holds something that is " +
			"no key and no certificate; want PRIVATE KEY or RSA PRIVATE KEY"},
		{
			private, block("PRIVATE KEY",
				"\x30\x12\x02\x01\x00\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x04\x00"),
			"PEM block PRIVATE KEY does not hold a valid PKCS#8 key",
		},
		{private, block("RSA PRIVATE KEY", "\x30\x09\x02\x01\x00\x02\x01\x01\x02\x01\x03"),
			"PEM block RSA PRIVATE KEY does not hold a valid PKCS#1 key"},
		{private, pkcs8(t, ec), "PEM block PRIVATE KEY holds a key of algorithm " +
			"1.2.840.10045.2.1; want an RSA key (1.2.840.113549.1.1.1)"},
		{public, pkcs8(t, key), "PEM block is PRIVATE KEY; want PUBLIC KEY or RSA PUBLIC KEY"},
		{public, block("PUBLIC KEY", "\x30\x04\x30\x00\x03\x00"),
			"PEM block PUBLIC KEY does not hold a valid PKIX key"},
		{public, block("PUBLIC KEY", string(weakDER)), "1024 bit RSA key; want at least 2048 bits"},
		{certificate, block("CERTIFICATE", "\x30\x06\x30\x00\x30\x00\x03\x00"),
			"PEM block CERTIFICATE does not hold a valid X.509 certificate"},
		{certificate, pkcs8(t, key), "PEM block is PRIVATE KEY; want CERTIFICATE"},
	} {
		if err := c.parse(c.data); err == nil || err.Error() != c.want ||
			!errors.As(err, new(*wxpay.KeyError)) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key.pem")
	key := merchantKey()
	now := time.Now()
	cert := newCert(t, key, &key.PublicKey, 0xABCDEF, now, now.Add(time.Hour))
	if err := os.WriteFile(file, certPEM(cert), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := wxpay.LoadPrivateKey(file); err == nil ||
		!strings.HasSuffix(err.Error(),
			"key.pem: PEM block is CERTIFICATE; want PRIVATE KEY or RSA PRIVATE KEY") {
		t.Error(err)
	}
	var ke *wxpay.KeyError
	if _, err := wxpay.LoadPrivateKey(file); !errors.As(err, &ke) || ke.File != file {
		t.Errorf("%#v", err)
	}
	if _, err := wxpay.LoadPublicKey(filepath.Join(dir, "none.pem")); !errors.Is(err,
		fs.ErrNotExist) || !errors.As(err, &ke) ||
		!strings.HasSuffix(err.Error(), "none.pem: cannot be read: no such file or directory") {
		t.Error(err)
	}
	if _, err := wxpay.LoadPrivateKey(dir); err == nil ||
		!strings.Contains(err.Error(), "not a file") {
		t.Error(err)
	}
	got, err := wxpay.LoadCertificate(file)
	if err != nil || wxpay.CertificateSerial(got) != "ABCDEF" {
		t.Error(wxpay.CertificateSerial(got), err)
	}
	if wxpay.CertificateSerial(nil) != "" {
		t.Error("serial of nil")
	}
}

// The parsers read what openssl writes.
func TestKeysOfOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed; the forms it writes are covered by TestParsePrivateKey")
	}
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	for _, args := range [][]string{
		{"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out",
			file("key.pem")},
		{"pkey", "-in", file("key.pem"), "-pubout", "-out", file("pub.pem")},
		{"req", "-x509", "-key", file("key.pem"), "-subj", "/CN=merchant", "-set_serial",
			"0x5157F09EFDC096DE15EBE81A47057A7232F1B8E1", "-out", file("cert.pem")},
		{"pkcs8", "-topk8", "-in", file("key.pem"), "-passout", "pass:1234", "-out",
			file("locked.pem")},
	} {
		if out, err := exec.CommandContext(t.Context(), openssl, args...).
			CombinedOutput(); err != nil {
			t.Fatalf("openssl %s: %v\n%s", args[0], err, out)
		}
	}
	key, err := wxpay.LoadPrivateKey(file("key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if pub, err := wxpay.LoadPublicKey(file("pub.pem")); err != nil || !pub.Equal(&key.PublicKey) {
		t.Error(err)
	}
	if cert, err := wxpay.LoadCertificate(file("cert.pem")); err != nil ||
		wxpay.CertificateSerial(cert) != serialNo {
		t.Error(err)
	}
	if _, err := wxpay.LoadPrivateKey(file("locked.pem")); err == nil ||
		!strings.Contains(err.Error(), "encrypted") {
		t.Error(err)
	}
}

func FuzzPEM(f *testing.F) {
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
	f.Add(pkcs8(f, merchantKey()))
	f.Fuzz(func(t *testing.T, data []byte) {
		if key, err := wxpay.ParsePrivateKey(data); err == nil && key.N.BitLen() < 2048 {
			t.Error("weak key accepted")
		}
		_, _ = wxpay.ParsePublicKey(data)
		if cert, err := wxpay.ParseCertificate(data); err == nil {
			_ = wxpay.CertificateSerial(cert)
		}
	})
}
