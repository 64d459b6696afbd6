package wxpay

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// vectors are test vectors in the form of Project Wycheproof.
type vectors struct {
	TestGroups []struct {
		KeySize, IVSize             int
		SHA, MGFSHA                 string
		PublicKeyPEM, PrivateKeyPEM string
		Tests                       []vector
	}
}

type vector struct {
	TCID                                   int
	Comment, Result                        string
	Msg, Sig, CT, Label, Key, IV, AAD, Tag hexText
}

type hexText []byte

func (h *hexText) UnmarshalJSON(b []byte) error {
	var s string
	err := json.Unmarshal(b, &s)
	if err == nil {
		*h, err = hex.DecodeString(s)
	}
	return err
}

// TestWycheproof checks the runtime's use of cryptography against the vectors of the module
// interop/vectors, which runs this test.
func TestWycheproof(t *testing.T) {
	dir := os.Getenv("WXPAY_WYCHEPROOF")
	if dir == "" {
		t.Skip("WXPAY_WYCHEPROOF names no folder of vectors; .ci/run modules runs this test " +
			"with them")
	}
	read := func(file string) (v vectors) {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err == nil {
			err = json.Unmarshal(data, &v)
		}
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, file := range []string{
		"rsa_signature_2048_sha256_test.json", "rsa_signature_3072_sha256_test.json",
		"rsa_signature_4096_sha256_test.json", "rsa_signature_8192_sha256_test.json",
	} {
		t.Run(file, func(t *testing.T) { verifiesVectors(t, read(file)) })
	}
	for _, file := range []string{"rsa_pkcs1_2048_sig_gen_test.json",
		"rsa_pkcs1_3072_sig_gen_test.json", "rsa_pkcs1_4096_sig_gen_test.json"} {
		t.Run(file, func(t *testing.T) { signsVectors(t, read(file)) })
	}
	for _, file := range []string{"rsa_oaep_2048_sha1_mgf1sha1_test.json",
		"rsa_oaep_misc_test.json", "rsa_three_primes_oaep_2048_sha1_mgf1sha1_test.json"} {
		t.Run(file, func(t *testing.T) { opensVectors(t, read(file)) })
	}
	t.Run("aes_gcm_test.json", func(t *testing.T) { unboxesVectors(t, read("aes_gcm_test.json")) })
}

// judge compares the outcome with a vector's result; "acceptable" allows both.
func (v *vector) judge(t *testing.T, good bool) {
	t.Helper()
	if v.Result == "valid" && !good || v.Result == "invalid" && good {
		t.Errorf("%d, %s: want %s", v.TCID, v.Comment, v.Result)
	}
}

// atLeast fails a test with fewer vectors than expected.
func atLeast(t *testing.T, n, want int) {
	t.Helper()
	if t.Logf("%d vectors", n); n < want {
		t.Errorf("%d vectors; want at least %d", n, want)
	}
}

func verifiesVectors(t *testing.T, all vectors) {
	n := 0
	for _, g := range all.TestGroups {
		pub, err := ParsePublicKey([]byte(g.PublicKeyPEM))
		if err != nil {
			t.Fatal(err)
		}
		key := platformKey{pub: pub}
		for _, v := range g.Tests {
			n++
			v.judge(t, key.verify(sha256.Sum256(v.Msg),
				base64.StdEncoding.EncodeToString(v.Sig)) == nil)
		}
	}
	atLeast(t, n, 200)
}

func signsVectors(t *testing.T, all vectors) {
	n := 0
	for _, g := range all.TestGroups {
		if g.SHA != "SHA-256" {
			continue
		}
		key, err := ParsePrivateKey([]byte(g.PrivateKeyPEM))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range g.Tests {
			n++
			digest := sha256.Sum256(v.Msg)
			sig, err := precomputed(key).Sign(rand.Reader, digest[:], crypto.SHA256)
			v.judge(t, err == nil && string(sig) == string(v.Sig))
		}
	}
	atLeast(t, n, 4)
}

func opensVectors(t *testing.T, all vectors) {
	n, refusals := 0, make(map[string]bool)
	for _, g := range all.TestGroups {
		if g.SHA != "SHA-1" || g.MGFSHA != "SHA-1" || g.KeySize < keyfile.MinBits {
			continue
		}
		key, err := ParsePrivateKey([]byte(g.PrivateKeyPEM))
		if err != nil {
			t.Fatal(err)
		}
		s := sealer{decrypter: key}
		for _, v := range g.Tests {
			n++
			clear, err := s.decrypt([]byte(base64.StdEncoding.EncodeToString(v.CT)))
			if len(v.Label) > 0 { // WeChat Pay uses none
				v.Result = "invalid"
			}
			if v.judge(t, err == nil && clear == string(v.Msg)); err != nil {
				refusals[err.Error()] = true
			}
		}
	}
	if len(refusals) > 1 { // an attacker who can tell padding faults apart learns the text in time
		t.Errorf("refusals differ: %v", refusals)
	}
	atLeast(t, n, 3)
}

func unboxesVectors(t *testing.T, all vectors) {
	n := 0
	for _, g := range all.TestGroups {
		if g.KeySize != 8*apiV3KeySize {
			continue
		}
		for _, v := range g.Tests {
			n++
			c := new(Client)
			if err := c.keep(nil, string(v.Key)); err != nil {
				t.Fatal(err)
			}
			clear, err := c.private.Load().aead.open(&sealedBox{
				Algorithm: wire.RawText(aeadName), Nonce: wire.RawText(v.IV),
				AssociatedData: wire.RawText(v.AAD),
				Ciphertext: wire.RawText(
					base64.StdEncoding.EncodeToString(append(v.CT, v.Tag...))),
			})
			if g.IVSize != 96 { // WeChat Pay uses no other
				v.Result = "invalid"
			}
			v.judge(t, err == nil && string(clear) == string(v.Msg))
		}
	}
	atLeast(t, n, 50)
}
