package keyfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	errEncryptedKey = errors.New("the key is encrypted; decrypt it with: openssl pkey -in IN " +
		"-out OUT")
	errPKCS12 = errors.New("a PKCS#12 file (.p12); use the .pem beside it, or convert it with: " +
		"openssl pkcs12 -in IN -nodes -clcerts -out OUT" +
		" (WeChat Pay's password is the merchant number; OpenSSL 3 wants -legacy, too)")
	errOpenSSH = errors.New("a key of OpenSSH; WeChat Pay's is apiclient_key.pem, or convert it " +
		"with: ssh-keygen -p -m PEM -f FILE")
	errSSHRSA = errors.New("a public key of OpenSSH; convert it with: ssh-keygen -e -m PKCS8 " +
		"-f FILE")
	errJava = errors.New("a Java key store; convert it with: keytool -importkeystore " +
		"-srckeystore IN -destkeystore OUT.p12 -deststoretype PKCS12," +
		" then openssl pkcs12 -in OUT.p12 -nodes -out OUT.pem")
	errZIP      = errors.New("a ZIP archive; unpack it, the .pem files are in it")
	errMarkup   = errors.New("an HTML or XML page; was it downloaded by the right address?")
	errFileName = errors.New("the name of a file, not its content; LoadPrivateKey and its " +
		"siblings read files")
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

// refusal is the error for a block that nearly is the wanted one: the right kind but damaged, or a
// form that must be converted. It returns nil for other blocks, which findBlock skips.
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

// name describes the block for an error.
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

// readKeys finds the blocks of data. If deep is true, base64 may hold a PEM file.
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
	if i := marker(text, 0); i.ok { // the BEGIN line is lost
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

// knownFile returns an error for data that begins like a file of another kind; nil otherwise.
func knownFile(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")):
		return errJava
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return errZIP
	}
	return nil
}

// knownText returns an error for text that is no key.
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

// keyEscapes undoes the escapes of other file formats, removes invisible blanks, and turns the
// dashes of word processors into hyphens.
var keyEscapes = strings.NewReplacer(
	`\\r`, "\n", `\\n`, "\n", `\r`, "\n", `\n`, "\n", `\t`, " ", `\u003d`, "=", `\u003D`, "=",
	`\u002b`, "+", `\u002B`, "+", `\u002f`, "/", `\u002F`, "/",
	"%0A", "\n", "%0a", "\n", "%0D", "\n", "%0d", "\n", "%20", " ", "%2B", "+", "%2b", "+", "%2F",
	"/", "%2f", "/", "%3D", "=", "%3d", "=",
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
