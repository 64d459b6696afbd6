package interop

import (
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// free signs at once: a millisecond for a signature would hide the measured time. The reply does
// not depend on it.
type free struct {
	crypto.Signer
	signature []byte
}

func freeOf(key crypto.Signer) crypto.Signer { return free{key, make([]byte, 256)} }

func (f free) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { return f.signature, nil }

// theirSigner adapts a crypto.Signer to the official SDK, and does all other work of the SDK's own
// signer.
type theirSigner struct{ crypto.Signer }

func (s theirSigner) Sign(_ context.Context, message string) (*auth.SignatureResult, error) {
	digest := sha256.Sum256([]byte(message))
	b, err := s.Signer.Sign(rand.Reader, digest[:], crypto.SHA256)
	return &auth.SignatureResult{
		MchID: wxpaytest.MchID, CertificateSerialNo: wxpaytest.SerialNo,
		Signature: base64.StdEncoding.EncodeToString(b),
	}, err
}

func (theirSigner) Algorithm() string { return "SHA256-RSA2048" }

// cryptography returns the key operations of a piece of work: a signature if it signs, verifying,
// sealing and opening.
func cryptography(t testing.TB, p pair, sign bool) func() {
	platform := p.platform
	_, merchant := keys()
	digest := sha256.Sum256(p.message)
	signature, err := rsa.SignPKCS1v15(nil, platform, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher([]byte(wxpaytest.APIv3Key))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	nonce := make([]byte, gcm.NonceSize())
	box := gcm.Seal(nil, nonce, []byte(transaction), nil)
	dst := make([]byte, 0, len(box))
	return func() {
		if sign {
			_, _ = merchant.Sign(rand.Reader, digest[:], crypto.SHA256)
		}
		digest := sha256.Sum256(p.message)
		if err := rsa.VerifyPKCS1v15(&platform.PublicKey, crypto.SHA256, digest[:],
			signature); err != nil {
			t.Fatal(err)
		}
		for range p.sealed {
			if _, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, &platform.PublicKey,
				[]byte(clearID), nil); err != nil {
				t.Fatal(err)
			}
		}
		if p.incoming {
			if _, err := gcm.Open(dst, nonce, box, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// rounds runs batches of ours, theirs and their cryptography by turns, so that changes of the
// machine's speed affect all three. It returns the nanoseconds of a run in each round.
func rounds(b *testing.B, p pair, floor func(), batch int) (ours, theirs, crypto []float64) {
	work := [3]func() error{p.ours, p.theirs, func() error { floor(); return nil }}
	var spent [3][]float64
	for b.Loop() {
		for i, f := range work {
			start := time.Now()
			for range batch {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
			spent[i] = append(spent[i], float64(time.Since(start).Nanoseconds())/float64(batch))
		}
	}
	return spent[0], spent[1], spent[2]
}

// median ignores rounds that other work on the machine disturbed.
func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

// ratio is the median of a/b over the rounds.
func ratio(a, b []float64) float64 {
	each := make([]float64, len(a))
	for i := range a {
		each[i] = a[i] / b[i]
	}
	return median(each)
}

// lightKey has the exponent 3, so that verifying and sealing take half the time: the subtracted
// time must not hide the measured one.
func lightKey(b *testing.B) *rsa.PrivateKey {
	one, e := big.NewInt(1), big.NewInt(3)
	for {
		p, err1 := rand.Prime(rand.Reader, 1024)
		q, err2 := rand.Prime(rand.Reader, 1024)
		if err1 != nil || err2 != nil {
			b.Fatal(err1, err2)
		}
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 3},
			Primes: []*big.Int{p, q}}
		if key.D = new(big.Int).ModInverse(e, phi); key.D != nil && key.N.BitLen() == 2048 &&
			key.Validate() == nil {
			key.Precompute()
			return key
		}
	}
}

// BenchmarkWithoutCryptography makes both sides sign for free, and subtracts the other cryptography
// as measured in the same run. Of-theirs should be at most at-most.
func BenchmarkWithoutCryptography(b *testing.B) {
	for _, p := range pairs(b, lightKey(b), freeOf) {
		b.Run(p.name, func(b *testing.B) {
			a, z, floor := rounds(b, p, cryptography(b, p, false), 50)
			ours, theirs, crypto := median(a), median(z), median(floor)
			b.ReportMetric(0, "ns/op") // ns/op would be of all three
			b.ReportMetric(ours-crypto, "ns-ours")
			b.ReportMetric(theirs-crypto, "ns-theirs")
			b.ReportMetric((ours-crypto)/(theirs-crypto), "of-theirs")
			b.ReportMetric(p.time, "at-most")
		})
	}
}

// BenchmarkWholeOfCryptography compares a whole call with its cryptography. X-ours should be at
// most at-most.
func BenchmarkWholeOfCryptography(b *testing.B) {
	for _, p := range pairs(b, ordinaryKey(), asIs) {
		b.Run(p.name, func(b *testing.B) {
			ours, theirs, crypto := rounds(b, p, cryptography(b, p, !p.incoming), 5)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ratio(ours, crypto), "x-ours")
			b.ReportMetric(ratio(theirs, crypto), "x-theirs")
			b.ReportMetric(p.whole(), "at-most")
		})
	}
}
