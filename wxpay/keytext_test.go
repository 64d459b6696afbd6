package wxpay_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/wxgen/wxgen/wxpay"
)

// spellings are the forms of a PEM file in environments, vaults, spreadsheets, editors and mails.
var spellings = map[string]func(text string, der []byte) []byte{
	"as it is":           func(s string, _ []byte) []byte { return []byte(s) },
	"byte order mark":    func(s string, _ []byte) []byte { return []byte("\ufeff" + s) },
	"UTF-16, little end": func(s string, _ []byte) []byte { return inUTF16(s, false) },
	"UTF-16, big end":    func(s string, _ []byte) []byte { return inUTF16(s, true) },
	"blanks around": func(s string, _ []byte) []byte {
		return []byte(" \t\r\n\n  " + s + "  \n\t ")
	},
	"indented": func(s string, _ []byte) []byte {
		return []byte("    " + strings.ReplaceAll(s, "\n", "\n    "))
	},
	"indented by tabs": func(s string, _ []byte) []byte {
		return []byte("\t" + strings.ReplaceAll(s, "\n", "\n\t"))
	},
	"blanks at line ends": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "  \n"))
	},
	"CR LF": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\r\n"))
	},
	"CR only": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\r"))
	},
	"blank lines between": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\n\n"))
	},
	`\n as two characters`: func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", `\n`))
	},
	`\r\n as four`: func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", `\r\n`))
	},
	`\\n as three`: func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", `\\n`))
	},
	`\n and a line break`: func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\\n\n"))
	},
	"one line of blanks": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", " "))
	},
	"one line": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", ""))
	},
	"no white space at all": func(s string, _ []byte) []byte {
		return []byte(strings.Join(strings.Fields(s), ""))
	},
	"double quotes":  func(s string, _ []byte) []byte { return []byte(`"` + s + `"`) },
	"single quotes":  func(s string, _ []byte) []byte { return []byte("'" + s + "'\n") },
	"quotes and \\n": func(s string, _ []byte) []byte { return []byte(fmt.Sprintf("%q", s)) },
	"a line of .env": func(s string, _ []byte) []byte {
		return []byte(fmt.Sprintf("WECHATPAY_KEY=%q\n", s))
	},
	"JSON of PHP": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(fmt.Sprintf("%q", s), "/", `\/`))
	},
	"JSON of Gson": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(fmt.Sprintf("%q", s), "=", `\u003d`))
	},
	"quoted lines of code": func(s string, _ []byte) []byte {
		return []byte(`"` + strings.ReplaceAll(s, "\n", "\\n\",\n\"") + `"`)
	},
	"quoted in a mail": func(s string, _ []byte) []byte {
		return []byte("> " + strings.ReplaceAll(s, "\n", "\n> "))
	},
	"shell continuation": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\\\n"))
	},
	"percent-encoded": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(url.QueryEscape(s), "+", "%20"))
	},
	"typographic dashes": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "-----", "—–"))
	},
	"four dashes": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "-----", "----"))
	},
	"zero width spaces": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, "\n", "\u200b\n"))
	},
	"no-break spaces": func(s string, _ []byte) []byte {
		return []byte(strings.ReplaceAll(s, " ", "\u00a0"))
	},
	"text before": func(s string, _ []byte) []byte {
		return []byte("Bag Attributes\n    friendlyName: x\nKey Attributes: <No Attributes>\n" + s)
	},
	"text after": func(s string, _ []byte) []byte {
		return []byte(s + "\nkeep this safe\n")
	},
	"without its last line": func(s string, _ []byte) []byte {
		return []byte(s[:strings.Index(s, "-----END")])
	},
	"without its first": func(s string, _ []byte) []byte {
		return []byte(s[strings.Index(s, "\n")+1:])
	},
	"bare base64": func(_ string, der []byte) []byte {
		return []byte(base64.StdEncoding.EncodeToString(der))
	},
	"bare base64 in quotes": func(_ string, der []byte) []byte {
		return []byte(`"` + base64.StdEncoding.EncodeToString(der) + "\"\n")
	},
	"bare base64 in lines": func(s string, _ []byte) []byte {
		return []byte(strings.Join(strings.Split(strings.TrimSpace(s),
			"\n")[1:strings.Count(s, "\n")-1], "\n"))
	},
	"base64 without padding": func(_ string, der []byte) []byte {
		return []byte(base64.RawStdEncoding.EncodeToString(der))
	},
	"base64 of URLs": func(_ string, der []byte) []byte {
		return []byte(base64.URLEncoding.EncodeToString(der))
	},
	"base64 of the PEM": func(s string, _ []byte) []byte {
		return []byte(base64.StdEncoding.EncodeToString([]byte(s)))
	},
	"base64 of a vault": func(s string, _ []byte) []byte {
		return []byte(
			base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(s, "\n", "\r\n"))) + "\n")
	},
	"DER":             func(_ string, der []byte) []byte { return der },
	"DER, line break": func(_ string, der []byte) []byte { return append(bytes.Clone(der), '\n') },
}

func inUTF16(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

// forms are the kinds of keys, each with its parser and loader.
func forms(t testing.TB) []keyForm {
	key := merchantKey()
	pkix, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	cert := newCert(t, key, &key.PublicKey, 0xAB, time.Now(), time.Now().Add(time.Hour))
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	private := func(b []byte) (bool, error) {
		k, err := wxpay.ParsePrivateKey(b)
		return err == nil && k.Equal(key), err
	}
	public := func(b []byte) (bool, error) {
		k, err := wxpay.ParsePublicKey(b)
		return err == nil && k.Equal(&key.PublicKey), err
	}
	certificate := func(b []byte) (bool, error) {
		c, err := wxpay.ParseCertificate(b)
		return err == nil && c.Equal(cert), err
	}
	loadPrivate := func(file string) error { _, err := wxpay.LoadPrivateKey(file); return err }
	loadPublic := func(file string) error { _, err := wxpay.LoadPublicKey(file); return err }
	loadCertificate := func(file string) error { _, err := wxpay.LoadCertificate(file); return err }
	return []keyForm{
		{"PRIVATE KEY", pkcs8, private, loadPrivate},
		{"RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), private, loadPrivate},
		{"RSA PRIVATE KEY", pkcs8, private, loadPrivate}, // named after the other
		{"PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), private, loadPrivate},
		{"PUBLIC KEY", pkix, public, loadPublic},
		{"RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&key.PublicKey), public, loadPublic},
		{"RSA PUBLIC KEY", pkix, public, loadPublic},
		{"CERTIFICATE", cert.Raw, certificate, loadCertificate},
	}
}

type keyForm struct {
	label string
	der   []byte
	parse func([]byte) (equal bool, err error)
	load  func(file string) error
}

func (f *keyForm) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: f.label, Bytes: f.der}))
}

func TestKeySpellings(t *testing.T) {
	for _, form := range forms(t) {
		for name, spell := range spellings {
			if equal, err := form.parse(spell(form.pem(), form.der)); !equal {
				t.Errorf("%s, %s: %v", form.label, name, err)
			}
		}
	}
}

// The error for a key's text in place of a file name does not show the text.
func TestKeyTextIsNotPrinted(t *testing.T) {
	for _, form := range forms(t) {
		for name, spell := range spellings {
			text := string(spell(form.pem(), form.der))
			err := form.load(text)
			if !errors.As(err, new(*wxpay.KeyError)) ||
				!strings.Contains(err.Error(), "the text of a key, not the name of a file; Parse") {
				t.Errorf("%s, %s: %.300v", form.label, name, err)
			}
			holdsNothing(t, err, form.der, text)
		}
	}
}

// holdsNothing fails if an error shows eight bytes in a row of a key.
func holdsNothing(t *testing.T, err error, der []byte, texts ...string) {
	t.Helper()
	shown := fmt.Sprintf("%v %+v %#v %s %q", err, err, err, err, err)
	if text, jsonErr := json.Marshal(err); jsonErr == nil {
		shown += string(text)
	}
	body := base64.StdEncoding.EncodeToString(der[30:])
	for i := 0; i+8 <= len(body); i++ {
		if strings.Contains(shown, body[i:i+8]) {
			t.Errorf("shown: %s", shown)
			return
		}
	}
	for _, text := range texts {
		if len(text) > 100 && strings.Contains(shown, text[60:90]) {
			t.Errorf("shown: %s", shown)
		}
	}
}

// A long file name is no key, so the error shows it.
func TestLongFileNames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 200), strings.Repeat("e", 200))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "apiclient_key.pem")
	var k *wxpay.KeyError
	if _, err := wxpay.LoadPrivateKey(file); !errors.As(err, &k) || k.File != file ||
		!errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := os.WriteFile(file, pkcs8(t, merchantKey()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := wxpay.LoadPrivateKey(file); err != nil {
		t.Error(err)
	}
}

// The time for hostile text grows with its length, no more.
func TestHostileKeyText(t *testing.T) {
	for name, unit := range map[string]string{
		"markers": "-----BEGIN PRIVATE KEY-----", "ends": "-----END PRIVATE KEY-----",
		"dashes": "-", "escapes": `\n\\n`, "base64": "MIIE", "nuls": "\x00",
	} {
		text := []byte(strings.Repeat(unit, 1<<20/len(unit)))
		start := time.Now()
		if _, err := wxpay.ParsePrivateKey(text); err == nil || len(err.Error()) > 1000 {
			t.Errorf("%s: %.200v", name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
