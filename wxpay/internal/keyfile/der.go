package keyfile

import (
	"encoding/asn1"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
)

// keyBlock is a key or a certificate that was found.
type keyBlock struct {
	place string // "PEM block PRIVATE KEY", "base64", "DER"
	label string // the label; "" if there is none
	kind  string // the label of what the content is; "" if that is unknown
	der   []byte
	fault error // why the block cannot be read
}

// knownLabels are the labels that an error may name. Others may hold anything.
var knownLabels = []string{
	kindPKCS8, kindPKCS1, kindPKIX, kindPublic, kindCertificate, kindEncrypted, kindEC, kindOpenSSH,
	"DSA PRIVATE KEY", "EC PARAMETERS",
	"X509 CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST",
	"PKCS7", "X509 CRL", "DH PARAMETERS",
	"PGP PRIVATE KEY BLOCK", "PGP PUBLIC KEY BLOCK", "SSH2 PUBLIC KEY",
}

const (
	kindPKCS8       = "PRIVATE KEY"
	kindPKCS1       = "RSA PRIVATE KEY"
	kindPKIX        = "PUBLIC KEY"
	kindPublic      = "RSA PUBLIC KEY"
	kindCertificate = "CERTIFICATE"
	kindEncrypted   = "ENCRYPTED PRIVATE KEY"
	kindEC          = "EC PRIVATE KEY"
	kindOpenSSH     = "OPENSSH PRIVATE KEY"
	kindPKCS12      = "PKCS#12"
	kindPKCS7       = "PKCS7"
)

// decodeKeyText reads base64 of either alphabet. It ignores blanks and punctuation between its
// characters.
func decodeKeyText(body string) ([]byte, bool) {
	body = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("\"'`\\,;>", r):
			return -1
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		}
		return r
	}, body)
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	return der, err == nil
}

// startsDER reports whether b begins with a SEQUENCE of at least 128 bytes, as every key does. Text
// does not.
func startsDER(b []byte) bool { return len(b) > 1 && b[0] == 0x30 && 0x81 <= b[1] && b[1] <= 0x84 }

// newBlockOf finds out from the content what a block is.
func newBlockOf(place, label string, der []byte) keyBlock {
	b := keyBlock{place: place, label: label, der: der}
	size := derSize(der)
	if size > len(der) {
		b.fault = fmt.Errorf("is cut off: %d of %d bytes are there", len(der), size)
		return b
	}
	if size > 0 {
		b.der = der[:size]
		b.kind = derKind(b.der)
	}
	return b
}

// derSize returns the size in the header of b; 0 if there is none.
func derSize(b []byte) int {
	if len(b) < 2 || b[0] != 0x30 {
		return 0
	}
	if b[1] < 0x80 {
		return 2 + int(b[1])
	}
	n := int(b[1] & 0x7f)
	if n < 1 || n > 3 || len(b) < 2+n {
		return 0
	}
	size := 0
	for _, c := range b[2 : 2+n] {
		size = size<<8 | int(c)
	}
	return 2 + n + size
}

// derKind finds out from the first parts of a SEQUENCE what it is.
func derKind(der []byte) string {
	var outer, part asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return ""
	}
	var parts string
	version := 0
	for rest := outer.Bytes; len(rest) > 0 && len(parts) < 3; {
		var err error
		if rest, err = asn1.Unmarshal(rest, &part); err != nil ||
			part.Class != asn1.ClassUniversal {
			break
		}
		if parts == "" && part.Tag == asn1.TagInteger && len(part.Bytes) == 1 {
			version = int(part.Bytes[0])
		}
		// integer, bit and octet string, object identifier, sequence
		parts += string("??ibo?d?????????s"[min(part.Tag, asn1.TagSequence)])
	}
	switch {
	case version == 3 && strings.HasPrefix(parts, "is"):
		return kindPKCS12
	case parts == "iso":
		return kindPKCS8
	case parts == "iii":
		return kindPKCS1
	case parts == "ii":
		return kindPublic
	case parts == "so":
		return kindEncrypted
	case parts == "sb":
		return kindPKIX
	case parts == "ssb":
		return kindCertificate
	case parts == "io":
		return kindEC
	case parts == "d":
		return kindPKCS7
	}
	return ""
}
