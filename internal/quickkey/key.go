package quickkey

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"errors"
	"io"
	"math/big"
	"math/bits"
	"slices"
)

const exponent = 65537

// Key is a private key. It is a crypto.Signer and a crypto.Decrypter, safe for concurrent use.
type Key struct {
	rsa.PublicKey
	primes []prime
}

// prime is a factor of the modulus.
type prime struct {
	p, d uint64 // d is the private exponent
	big  *big.Int
	// what is 1 modulo this prime and 0 modulo the others
	unit *big.Int
}

// New makes a key.
func New() (*Key, error) {
	var factors []uint64
	for len(factors) < size/8 {
		p, err := newPrime()
		if err != nil {
			return nil, err
		}
		if !slices.Contains(factors, p) {
			factors = append(factors, p)
		}
	}
	k := &Key{PublicKey: rsa.PublicKey{N: big.NewInt(1), E: exponent}}
	for _, p := range factors {
		k.N.Mul(k.N, word(p))
	}
	for _, p := range factors {
		others := new(big.Int).Div(k.N, word(p))
		k.primes = append(k.primes, prime{
			p: p, big: word(p),
			d:    new(big.Int).ModInverse(big.NewInt(exponent), word(p-1)).Uint64(),
			unit: new(big.Int).Mul(others, new(big.Int).ModInverse(others, word(p))),
		})
	}
	return k, nil
}

// newPrime is so near 2^64 that the product of 32 has all 2048 bits.
func newPrime() (uint64, error) {
	for {
		var b [8]byte
		if _, err := rand.Read(b[:]); err != nil {
			return 0, err
		}
		p := binary.BigEndian.Uint64(b[:]) | 0xff<<56 | 1
		if p%exponent != 1 && word(p).ProbablyPrime(0) { // which is certain below 2^64
			return p, nil
		}
	}
}

func word(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

// Public returns the *rsa.PublicKey.
func (k *Key) Public() crypto.PublicKey { return &k.PublicKey }

// Sign signs a digest of SHA-256 as PKCS #1 v1.5 says, as an *rsa.PrivateKey does.
func (k *Key) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if opts == nil || opts.HashFunc() != crypto.SHA256 || len(digest) != crypto.SHA256.Size() {
		return nil, errors.New("quickkey: want a digest of SHA-256, and crypto.SHA256")
	}
	if _, pss := opts.(*rsa.PSSOptions); pss {
		return nil, errors.New("quickkey: does not sign with PSS")
	}
	return k.private(padded(digest)), nil
}

// Decrypt opens what was encrypted with OAEP and SHA-1, as an *rsa.PrivateKey does.
func (k *Key) Decrypt(_ io.Reader, sealed []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	o, ok := opts.(*rsa.OAEPOptions)
	if !ok || o.Hash != crypto.SHA1 || len(o.Label) > 0 {
		return nil, errors.New("quickkey: want rsa.OAEPOptions with crypto.SHA1 and no label")
	}
	if len(sealed) != size || new(big.Int).SetBytes(sealed).Cmp(k.N) >= 0 {
		return nil, rsa.ErrDecryption
	}
	return unpadded(k.private(sealed))
}

// private raises a block to the private exponent, modulo one prime after the other.
func (k *Key) private(block []byte) []byte {
	c, sum, part := new(big.Int).SetBytes(block), new(big.Int), new(big.Int)
	for _, f := range k.primes {
		x := part.Mod(c, f.big).Uint64()
		sum.Add(sum, part.Mul(part.SetUint64(power(x, f.d, f.p)), f.unit))
	}
	return sum.Mod(sum, k.N).FillBytes(make([]byte, size))
}

// power is x to the d modulo p; x is less than p.
func power(x, d, p uint64) uint64 {
	y := uint64(1)
	for ; d > 0; d >>= 1 {
		if d&1 == 1 {
			y = times(y, x, p)
		}
		x = times(x, x, p)
	}
	return y
}

func times(a, b, p uint64) uint64 {
	high, low := bits.Mul64(a, b)
	_, r := bits.Div64(high, low, p)
	return r
}
