package wxpay_test

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// A keyMistake is a text that is not a key of the wanted form, and the error for it.
type keyMistake struct {
	name string
	form int // the index in forms of the parser
	text string
	want string
}

const (
	wantPrivate     = "; want PRIVATE KEY or RSA PRIVATE KEY"
	wantPublic      = "; want PUBLIC KEY or RSA PUBLIC KEY"
	wantCertificate = "; want CERTIFICATE"
)

// keyDER holds the keys from which the mistakes are made.
type keyDER struct{ pkcs8, pkix, cert []byte }

func pemText(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

// noKeys are texts without any key.
func noKeys() []keyMistake {
	return []keyMistake{
		{"nothing", 0, "", "empty; want a PEM block PRIVATE KEY or RSA PRIVATE KEY"},
		{"blanks", 4, " \ufeff\r\n ", "empty; want a PEM block PUBLIC KEY or RSA PUBLIC KEY"},
		{"a word", 0, "hello", "text without a PEM block" + wantPrivate},
		{"the name of a file", 0, "certs/apiclient_key.pem",
			"the name of a file, not its content; LoadPrivateKey and its siblings read files"},
		{"random base64", 0, base64.StdEncoding.EncodeToString(merchantKey().D.Bytes()),
			"base64 of something that is no key and no certificate" + wantPrivate},
		{"random bytes", 0, "\x01\x02\xff\xfe\x80\x00\x01\x02",
			"bytes that are no text and no DER" + wantPrivate},
		{"valid, but no key", 0, pemText("PRIVATE KEY", []byte{0x30, 3, 2, 1, 5}),
			"PEM block PRIVATE KEY holds something that is no key and no certificate" +
				wantPrivate},
	}
}

// otherKeys are keys and certificates of another kind than the wanted one.
func otherKeys(k keyDER) []keyMistake {
	return []keyMistake{
		{"a certificate", 0, pemText("CERTIFICATE", k.cert), "PEM block is CERTIFICATE" +
			wantPrivate},
		{"bare certificate", 0, base64.StdEncoding.EncodeToString(k.cert),
			"base64 of a CERTIFICATE" +
				wantPrivate},
		{"a certificate in DER", 0, string(k.cert), "DER of a CERTIFICATE" + wantPrivate},
		{"a public key", 0, pemText("PUBLIC KEY", k.pkix), "PEM block is PUBLIC KEY" + wantPrivate},
		{"a private key", 4, pemText("PRIVATE KEY", k.pkcs8), "PEM block is PRIVATE KEY" +
			wantPublic},
		{"a private key called a certificate", 7, pemText("CERTIFICATE", k.pkcs8),
			"PEM block CERTIFICATE holds a PRIVATE KEY" + wantCertificate},
		{"a certificate called a public key", 4, pemText("PUBLIC KEY", k.cert),
			"PEM block PUBLIC KEY holds a CERTIFICATE" + wantPublic},
		{"a request", 7, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n" +
			"-----END CERTIFICATE REQUEST-----\n", "PEM block is CERTIFICATE REQUEST" +
			wantCertificate},
		{"unknown label", 0, "-----BEGIN " + strings.Repeat("SECRET", 20) + "-----\nAAAA\n" +
			"-----END X-----\n", "PEM block is of an unknown kind" + wantPrivate},
	}
}

// damagedKeys are keys with missing parts.
func damagedKeys(k keyDER) []keyMistake {
	return []keyMistake{
		{"cut off", 0, pemText("PRIVATE KEY", k.pkcs8[:800]),
			fmt.Sprintf("PEM block PRIVATE KEY is cut off: 800 of %d bytes are there",
				len(k.pkcs8))},
		{"bare, cut off", 0, base64.StdEncoding.EncodeToString(k.pkcs8[:600]),
			fmt.Sprintf("base64 is cut off: 600 of %d bytes are there", len(k.pkcs8))},
		{"DER, cut off", 0, string(k.pkcs8[:600]),
			fmt.Sprintf("DER is cut off: 600 of %d bytes are there", len(k.pkcs8))},
		{"a hole", 0, pemText("PRIVATE KEY", k.pkcs8)[:40] + pemText("PRIVATE KEY", k.pkcs8)[44:],
			fmt.Sprintf("PEM block PRIVATE KEY is cut off: %d of %d bytes are there",
				len(k.pkcs8)-3,
				len(k.pkcs8))},
		{"no base64", 0, "-----BEGIN PRIVATE KEY-----\nMIIE…XXX\n-----END PRIVATE KEY-----\n",
			"PEM block PRIVATE KEY is not base64: dots in place of the key, or a character " +
				"missing?"},
		{"stars", 0, "-----BEGIN PRIVATE KEY-----\n********\n-----END PRIVATE KEY-----\n",
			"PEM block PRIVATE KEY is not base64: dots in place of the key, or a character " +
				"missing?"},
		{"empty block", 0, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
			"PEM block PRIVATE KEY is empty"},
	}
}

// otherFormats are keys that must be converted first, and files without keys.
func otherFormats(t *testing.T, k keyDER) []keyMistake {
	t.Helper()
	sec1, err := x509.MarshalECPrivateKey(ellipticKey())
	if err != nil {
		t.Fatal(err)
	}
	return []keyMistake{
		{"encrypted", 0, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n" +
			"-----END ENCRYPTED PRIVATE KEY-----\n",
			"the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT"},
		{"encrypted, as of old", 0, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" +
			"DEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
			"the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT"},
		{"OpenSSH", 0, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n" +
			"-----END OPENSSH PRIVATE KEY-----\n",
			"a key of OpenSSH; WeChat Pay's is apiclient_key.pem, or convert it with: ssh-keygen " +
				"-p -m PEM -f FILE"},
		{"ssh-rsa", 4, "ssh-rsa AAAAB3NzaC1yc2E user@host",
			"a public key of OpenSSH; convert it with: ssh-keygen -e -m PKCS8 -f FILE"},
		{"EC", 0, pemText("EC PRIVATE KEY", sec1), "PEM block is EC PRIVATE KEY" + wantPrivate},
		{"PKCS#12", 0, string(p12(t, k.pkcs8)),
			"a PKCS#12 file (.p12); use the .pem beside it, or convert it with: openssl pkcs12 " +
				"-in IN -nodes -clcerts -out OUT (WeChat Pay's password is the merchant number; " +
				"OpenSSL 3 wants -legacy, too)"},
		{"PKCS#12 in base64", 7, base64.StdEncoding.EncodeToString(p12(t, k.pkcs8)),
			"a PKCS#12 file (.p12); use the .pem beside it, or convert it with: openssl pkcs12 " +
				"-in IN -nodes -clcerts -out OUT (WeChat Pay's password is the merchant number; " +
				"OpenSSL 3 wants -legacy, too)"},
		{"Java", 0, "\xfe\xed\xfe\xed\x00\x00\x00\x02",
			"a Java key store; convert it with: keytool -importkeystore -srckeystore IN " +
				"-destkeystore OUT.p12 -deststoretype PKCS12, then openssl pkcs12 -in OUT.p12 " +
				"-nodes -out OUT.pem"},
		{"ZIP", 0, zipOf(t, "apiclient_key.pem", pemText("PRIVATE KEY", k.pkcs8)),
			"a ZIP archive; unpack it, the .pem files are in it"},
		{"HTML", 0, "<!DOCTYPE html><html>",
			"an HTML or XML page; was it downloaded by the right address?"},
		{"JSON", 0, `{"kty":"RSA","n":"AQAB"}`,
			"JSON; want a PEM block PRIVATE KEY or RSA PRIVATE KEY"},
	}
}

// zipOf is a ZIP archive of one file.
func zipOf(t *testing.T, name, content string) string {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return archive.String()
}

// Every mistake has an error of its own, which names a mend.
func TestKeysThatAreSomethingElse(t *testing.T) {
	all := forms(t)
	k := keyDER{pkcs8: all[0].der, pkix: all[4].der, cert: all[7].der}
	seen := make(map[string]string)
	for _, c := range slices.Concat(noKeys(), otherKeys(k), damagedKeys(k),
		otherFormats(t, k)) {
		_, err := all[c.form].parse([]byte(c.text))
		if !errors.As(err, new(*wxpay.KeyError)) || c.want != "" && err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.name, err, c.want)
			continue
		}
		holdsNothing(t, err, k.pkcs8, c.text)
		seen[err.Error()] = c.name
	}
	if len(seen) < 30 {
		t.Errorf("%d different messages", len(seen))
	}
}

// p12 has the outer form of a PKCS#12 file.
func p12(t testing.TB, content []byte) []byte {
	t.Helper()
	wrap := func(tag byte, parts ...[]byte) []byte {
		all := bytes.Join(parts, nil)
		return append([]byte{tag, 0x82, byte(len(all) >> 8), byte(len(all))}, all...)
	}
	data := []byte{6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1} // pkcs7-data
	return wrap(0x30, []byte{2, 1, 3}, wrap(0x30, data, wrap(0xa0, wrap(4, content))),
		wrap(0x30, []byte{5, 0}))
}
