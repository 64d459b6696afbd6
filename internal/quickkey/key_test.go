package quickkey_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"testing"

	"github.com/wxgen/wxgen/internal/quickkey"
)

func newKey(t testing.TB) *quickkey.Key {
	t.Helper()
	k, err := quickkey.New()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// The standard library takes the key, its signatures and what it decrypts for those of any other.
func TestKey(t *testing.T) {
	for range 4 {
		k := newKey(t)
		public := k.Public().(*rsa.PublicKey)
		if public.N.BitLen() != 2048 || public.E != 65537 {
			t.Fatalf("%d bits, exponent %d", public.N.BitLen(), public.E)
		}
		for _, text := range []string{"", "message", "another"} {
			digest := sha256.Sum256([]byte(text))
			signature, err := k.Sign(nil, digest[:], crypto.SHA256)
			if err != nil {
				t.Fatal(err)
			}
			if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature); err != nil {
				t.Error(err)
			}
			digest[0]++
			if rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature) == nil {
				t.Error("a signature holds for another digest")
			}
		}
		for _, text := range []string{"", "张三", "\x00\x01",
			string(bytes.Repeat([]byte("x"), 214))} {
			sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, public, []byte(text), nil)
			if err != nil {
				t.Fatal(err)
			}
			clear, err := k.Decrypt(nil, sealed, &rsa.OAEPOptions{Hash: crypto.SHA1})
			if err != nil || string(clear) != text {
				t.Errorf("%q opens as %q, %v", text, clear, err)
			}
		}
	}
}

// What is not meant for the key does not open, and what it cannot do it says.
func TestKeyRefuses(t *testing.T) {
	k, other := newKey(t), newKey(t)
	oaep := &rsa.OAEPOptions{Hash: crypto.SHA1}
	seal := func(to *quickkey.Key, label string) []byte {
		sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, to.Public().(*rsa.PublicKey),
			[]byte("clear"), []byte(label))
		if err != nil {
			t.Fatal(err)
		}
		return sealed
	}
	spoilt := seal(k, "")
	spoilt[len(spoilt)-1] ^= 1
	for name, c := range map[string]struct {
		sealed []byte
		opts   crypto.DecrypterOpts
	}{
		"another key":  {seal(other, ""), oaep},
		"a label":      {seal(k, "label"), oaep},
		"spoilt":       {spoilt, oaep},
		"short":        {seal(k, "")[1:], oaep},
		"too large":    {bytes.Repeat([]byte{0xff}, 256), oaep},
		"no options":   {seal(k, ""), nil},
		"another hash": {seal(k, ""), &rsa.OAEPOptions{Hash: crypto.SHA256}},
	} {
		if clear, err := k.Decrypt(nil, c.sealed, c.opts); err == nil {
			t.Errorf("%s: opens as %q", name, clear)
		}
	}
	digest := make([]byte, 32)
	for name, opts := range map[string]crypto.SignerOpts{
		"no hash": nil, "another hash": crypto.SHA512, "PSS": &rsa.PSSOptions{Hash: crypto.SHA256},
	} {
		if _, err := k.Sign(nil, digest, opts); err == nil {
			t.Errorf("%s: signs", name)
		}
	}
	if _, err := k.Sign(nil, digest[1:], crypto.SHA256); err == nil {
		t.Error("signs a digest that is too short")
	}
}

func BenchmarkSign(b *testing.B) {
	k, digest := newKey(b), make([]byte, 32)
	for b.Loop() {
		if _, err := k.Sign(nil, digest, crypto.SHA256); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newKey(b)
	}
}
