package wxpay_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// openssl checks against code that Go's crypto packages do not share.
type openssl struct {
	t        *testing.T
	dir, bin string
}

func newOpenSSL(t *testing.T) *openssl {
	bin, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed; other tests check the same with crypto/rsa alone")
	}
	return &openssl{t, t.TempDir(), bin}
}

func (o *openssl) run(stdin []byte, args ...string) []byte {
	o.t.Helper()
	cmd := exec.CommandContext(o.t.Context(), o.bin, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.Output()
	if err != nil {
		o.t.Fatalf("openssl %s: %v: %s", args[0], err, out)
	}
	return out
}

func (o *openssl) file(name string, data []byte) string {
	o.t.Helper()
	path := filepath.Join(o.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

func (o *openssl) private(key *rsa.PrivateKey) string { return o.file("key.pem", pkcs8(o.t, key)) }

func (o *openssl) public(key *rsa.PrivateKey) string {
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		o.t.Fatal(err)
	}
	return o.file("pub.pem", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// clientOfKey makes the platform use a key that openssl can read, and returns a client of it.
func clientOfKey(p *platform, key *rsa.PrivateKey) *wxpay.Client {
	p.t.Helper()
	p.key = key
	cfg := testConfig()
	cfg.PlatformKeys = wxpay.PlatformKeys{publicID: &key.PublicKey}
	return newClientOf(p.t, cfg, p.start().URL)
}

// oaep is what WeChat Pay prescribes for sensitive fields.
var oaep = []string{"-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1", "-pkeyopt",
	"rsa_mgf1_md:sha1"}

// Openssl verifies the signature of a request, and opens its sealed field.
func TestRequestByOpenSSL(t *testing.T) {
	o := newOpenSSL(t)
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	key := newKey()
	c := clientOfKey(p, key)
	if _, err := postOrder(t.Context(), c, anOrder()); err != nil {
		t.Fatal(err)
	}
	r := p.requests()[0]
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	signature, err := base64.StdEncoding.DecodeString(m[5])
	if err != nil {
		t.Fatal(err)
	}
	message := r.Method + "\n" + r.URI + "\n" + r.Timestamp + "\n" + r.Nonce + "\n" +
		string(r.Body) + "\n"
	o.run([]byte(message), "dgst", "-sha256", "-verify", o.public(merchantKey()), "-signature",
		o.file("sig", signature))

	sealed, err := c.Encrypt(aName)
	if err != nil {
		t.Fatal(err)
	}
	ciphertext, err := base64.StdEncoding.DecodeString(sealed.Sealed())
	if err != nil {
		t.Fatal(err)
	}
	clear := o.run(ciphertext,
		append([]string{"pkeyutl", "-decrypt", "-inkey", o.private(key)}, oaep...)...)
	if string(clear) != aName {
		t.Errorf("openssl reads %q", clear)
	}
}

// The client believes a reply that openssl signed, and opens a field that openssl sealed.
func TestReplyByOpenSSL(t *testing.T) {
	o := newOpenSSL(t)
	ciphertext := o.run([]byte(aName),
		append([]string{"pkeyutl", "-encrypt", "-pubin", "-inkey", o.public(merchantKey())},
			oaep...)...)
	body := `{"id":"42","user_name":"` + base64.StdEncoding.EncodeToString(ciphertext) + `"}`
	at, key := strconv.FormatInt(time.Now().Unix(), 10), newKey()
	signature := o.run([]byte(at+"\nnonce\n"+body+"\n"), "dgst", "-sha256", "-sign",
		o.private(key))
	p := newPlatform(t, func(_ request, out *reply) {
		out.body, out.unsigned = []byte(body), true
		out.header.Set("Wechatpay-Serial", publicID)
		out.header.Set("Wechatpay-Timestamp", at)
		out.header.Set("Wechatpay-Nonce", "nonce")
		out.header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
	})
	got, err := getOrder(t.Context(), clientOfKey(p, key), "1")
	if err != nil || got.Name.Reveal() != aName {
		t.Errorf("%v, %v", got, err)
	}
}
