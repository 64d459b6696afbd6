package wxpay

import (
	"bytes"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Keys come out of environments, vaults, spreadsheets and mails, and look like it. They are read wherever that is certain: what
// is taken off cannot be part of base64, and what is left has to be DER of exactly its own length. Otherwise the error says what is there
// instead, and never shows any of it.

// keyBlock is a key or a certificate that was found.
type keyBlock struct {
	place string // "PEM block PRIVATE KEY", "base64", "DER"
	label string // what it is called; "" if it has no name
	kind  string // what it is, as a label; "" if that is unknown
	der   []byte
	fault error // why it cannot be read
}

// knownLabels are what errors name; a label may hold anything.
var knownLabels = []string{
	kindPKCS8, kindPKCS1, kindPKIX, kindPublic, kindCertificate, kindEncrypted, kindEC, kindOpenSSH, "DSA PRIVATE KEY", "EC PARAMETERS",
	"X509 CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "PKCS7", "X509 CRL", "DH PARAMETERS",
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

var (
	errEncryptedKey = errors.New("the key is encrypted; decrypt it with: openssl pkey -in IN -out OUT")
	errPKCS12       = errors.New("a PKCS#12 file (.p12); use the .pem beside it, or convert it with: openssl pkcs12 -in IN -nodes -clcerts -out OUT" +
		" (WeChat Pay's password is the merchant number; OpenSSL 3 wants -legacy, too)")
	errOpenSSH = errors.New("a key of OpenSSH; WeChat Pay's is apiclient_key.pem, or convert it with: ssh-keygen -p -m PEM -f FILE")
	errSSHRSA  = errors.New("a public key of OpenSSH; convert it with: ssh-keygen -e -m PKCS8 -f FILE")
	errJava    = errors.New("a Java key store; convert it with: keytool -importkeystore -srckeystore IN -destkeystore OUT.p12 -deststoretype PKCS12," +
		" then openssl pkcs12 -in OUT.p12 -nodes -out OUT.pem")
	errZIP      = errors.New("a ZIP archive; unpack it, the .pem files are in it")
	errMarkup   = errors.New("an HTML or XML page; was it downloaded by the right address?")
	errFileName = errors.New("the name of a file, not its content; LoadPrivateKey and its siblings read files")
)

const noKey = "something that is no key and no certificate"

// findBlock returns the first key or certificate of a wanted kind.
func findBlock(data []byte, want ...string) (*keyBlock, error) {
	wanted := strings.Join(want, " or ")
	blocks, err := readKeys(data, wanted, true)
	if err != nil {
		return nil, err
	}
	var found []string
	for i := range blocks {
		b := &blocks[i]
		if b.fault == nil && slices.Contains(want, b.kind) {
			return b, nil
		}
		if err := b.refusal(want, wanted); err != nil {
			return nil, err
		}
		found = append(found, b.name())
	}
	return nil, fmt.Errorf("%s; want %s", strings.Join(found, ", "), wanted)
}

// refusal is the error for a block that is meant to be what is wanted, or can be made into it; nil for any other.
func (b *keyBlock) refusal(want []string, wanted string) error {
	switch private := slices.Contains(want, kindPKCS8); {
	case b.kind == kindPKCS12:
		return errPKCS12
	case private && b.kind == kindEncrypted:
		return errEncryptedKey
	case private && b.label == kindOpenSSH:
		return errOpenSSH
	case b.label == "" && b.fault != nil && !strings.HasPrefix(b.place, "PEM"):
		return fmt.Errorf("%s %w", b.place, b.fault)
	case !slices.Contains(want, b.label):
		return nil
	case b.fault != nil:
		return fmt.Errorf("%s %w", b.place, b.fault)
	case b.kind == "":
		return fmt.Errorf("%s holds %s; want %s", b.place, noKey, wanted)
	}
	return fmt.Errorf("%s holds a %s; want %s", b.place, b.kind, wanted)
}

// name says what was found instead.
func (b *keyBlock) name() string {
	switch {
	case strings.HasPrefix(b.place, "PEM") && b.label == "":
		return "PEM block is of an unknown kind"
	case strings.HasPrefix(b.place, "PEM"):
		return "PEM block is " + b.label
	case b.kind == "":
		return b.place + " of " + noKey
	}
	return b.place + " of a " + b.kind
}

// readKeys finds what data holds. Deep says that base64 may hold a PEM file.
func readKeys(data []byte, wanted string, deep bool) ([]keyBlock, error) {
	if startsDER(data) {
		return []keyBlock{newBlockOf("DER", "", data)}, nil
	}
	if err := knownFile(data); err != nil {
		return nil, err
	}
	text := plainKeyText(data)
	switch {
	case strings.TrimSpace(text) == "":
		return nil, errors.New("empty; want a PEM block " + wanted)
	case !utf8.ValidString(text):
		return nil, errors.New("bytes that are no text and no DER; want " + wanted)
	}
	if blocks := pemBlocks(text); len(blocks) > 0 {
		return blocks, nil
	}
	if i := marker(text, 0); i.ok { // the first line is lost
		text = text[:i.start]
	}
	return bareKey(text, wanted, deep)
}

// bareKey reads base64 without the lines around it.
func bareKey(text, wanted string, deep bool) ([]keyBlock, error) {
	der, ok := decodeKeyText(text)
	if !ok || len(der) < 48 { // shorter than any key: a word
		return nil, knownText(strings.TrimSpace(text), wanted)
	}
	if deep && bytes.Contains(der, []byte("BEGIN")) {
		return readKeys(der, wanted, false)
	}
	return []keyBlock{newBlockOf("base64", "", der)}, nil
}

// knownFile names what begins like a file of another kind.
func knownFile(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")):
		return errJava
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return errZIP
	}
	return nil
}

// knownText names what begins like text of another kind.
func knownText(text, wanted string) error {
	switch {
	case strings.HasPrefix(text, "ssh-rsa "):
		return errSSHRSA
	case strings.HasPrefix(text, "<"):
		return errMarkup
	case strings.HasPrefix(text, "{"):
		return errors.New("JSON; want a PEM block " + wanted)
	}
	for _, ext := range []string{".pem", ".key", ".p12", ".pfx", ".crt", ".cer", ".der", ".txt"} {
		if strings.HasSuffix(text, ext) && !strings.Contains(text, "\n") {
			return errFileName
		}
	}
	return errors.New("text without a PEM block; want " + wanted)
}

// keyEscapes are line breaks and characters of base64 as files of other kinds write them, blanks that cannot be seen, and dashes that a
// word processor has set.
var keyEscapes = strings.NewReplacer(
	`\\r`, "\n", `\\n`, "\n", `\r`, "\n", `\n`, "\n", `\t`, " ", `\u003d`, "=", `\u003D`, "=", `\u002b`, "+", `\u002B`, "+", `\u002f`, "/", `\u002F`, "/",
	"%0A", "\n", "%0a", "\n", "%0D", "\n", "%0d", "\n", "%20", " ", "%2B", "+", "%2b", "+", "%2F", "/", "%2f", "/", "%3D", "=", "%3d", "=",
	"\r", "\n", "\u00a0", " ", "\u200b", "", "\ufeff", "",
	"—", "-", "–", "-", "―", "-", "−", "-", "‐", "-", "‑", "-",
)

// plainKeyText undoes encodings of text, UTF-16 among them: a key has no character beyond ASCII.
func plainKeyText(data []byte) string {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		data = bytes.TrimPrefix(data, []byte(mark))
	}
	return keyEscapes.Replace(string(bytes.ReplaceAll(data, []byte{0}, nil)))
}

// decodeKeyText reads base64 of either alphabet, with whatever stands between its characters.
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

// startsDER reports whether b begins as everything of interest does: a SEQUENCE that is too long for its length to be text.
func startsDER(b []byte) bool { return len(b) > 1 && b[0] == 0x30 && 0x81 <= b[1] && b[1] <= 0x84 }

// newBlockOf tells by the content what a block is.
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

// derSize returns the size that the header of b announces; 0 if there is none.
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

// derKind tells by the first parts of a SEQUENCE what it is.
func derKind(der []byte) string {
	var outer, part asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return ""
	}
	var parts string
	version := 0
	for rest := outer.Bytes; len(rest) > 0 && len(parts) < 3; {
		var err error
		if rest, err = asn1.Unmarshal(rest, &part); err != nil || part.Class != asn1.ClassUniversal {
			break
		}
		if parts == "" && part.Tag == asn1.TagInteger && len(part.Bytes) == 1 {
			version = int(part.Bytes[0])
		}
		parts += string("??ibo?d?????????s"[min(part.Tag, asn1.TagSequence)]) // integer, bit and octet string, object identifier, sequence
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
