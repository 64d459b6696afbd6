package wxpay

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// sealer seals or opens the fields of a secrets walk.
type sealer struct {
	walker    gen.Secrets
	keys      *KeyRing
	clock     func() time.Time
	decrypter crypto.Decrypter // the merchant's key, if it can decrypt
	open      bool
	serial    string       // of the sealing key, once one is chosen or named
	key       *platformKey // the sealing key; nil until the first field needs it
	hash      hash.Hash    // for OAEP; nil until the first field needs it
	fault     *SealError   // the first
	faults    []FieldError // all fields that do not open
}

// walk visits the fields of secrets.
func (s *sealer) walk(secrets func(*gen.Secrets)) {
	s.walker = gen.WalkSecrets(s)
	secrets(&s.walker)
}

// Visit seals or opens a field.
func (s *sealer) Visit(at *fault.Place, name string, index int, field gen.SecretField) {
	v := field.(*Secret)
	if v.IsZero() {
		return
	}
	if s.open {
		s.openField(at, name, index, v)
	} else if s.fault == nil {
		s.sealField(at, name, index, v)
	}
}

func (s *sealer) sealField(at *fault.Place, name string, index int, v *Secret) {
	sealed, err := s.seal(*v)
	if err != nil {
		s.fault = &SealError{Field: at.Of(name, index), Serial: s.serial, Err: err}
		return
	}
	*v = sealed
}

// seal encrypts clear text. It returns ciphertext unchanged, but refuses text that cannot be
// ciphertext, and another key than that of the other fields.
func (s *sealer) seal(given Secret) (Secret, error) {
	v := given.get()
	if v.clear == "" {
		if v.serial != "" && s.serial != "" && v.serial != s.serial {
			return Secret{},
				fmt.Errorf("sealed with key %.64q, while other fields are sealed with %.64q",
					v.serial, s.serial)
		}
		if v.serial != "" {
			s.serial = v.serial
		}
		return given, checkCiphertext(v.sealed)
	}
	if !utf8.ValidString(v.clear) {
		return Secret{}, fault.ErrNotUTF8
	}
	if s.key == nil || s.key.serial != s.serial {
		key, err := s.keys.sealer(s.serial, s.clock)
		if err != nil {
			return Secret{}, err
		}
		s.key, s.serial = key, key.serial
	}
	if s.hash == nil {
		s.hash = sha1.New()
	}
	return s.key.seal(s.hash, v.clear)
}

// errNotCiphertext stops clear text that was read as ciphertext, say from a test fixture in JSON.
var errNotCiphertext = errors.New("neither clear text from NewSecret nor base64 of RSA ciphertext")

func checkCiphertext(text []byte) error {
	n := base64.StdEncoding.DecodedLen(len(text))
	if n < keyfile.MinBits/8 {
		return errNotCiphertext
	}
	if _, err := base64.StdEncoding.Decode(make([]byte, n), text); err != nil {
		return errNotCiphertext
	}
	return nil
}

// seal encrypts with RSA-OAEP (SHA-1, MGF1), as WeChat Pay prescribes.
func (k *platformKey) seal(h hash.Hash, clear string) (Secret, error) {
	if limit := k.pub.Size() - 2*sha1.Size - 2; len(clear) > limit {
		return Secret{}, fmt.Errorf("%d bytes; %d bytes are the most that the key can seal",
			len(clear), limit)
	}
	b, err := rsa.EncryptOAEP(h, rand.Reader, k.pub, []byte(clear), nil)
	if err != nil {
		return Secret{}, errors.New("RSA-OAEP failed")
	}
	sealed := make([]byte, base64.StdEncoding.EncodedLen(len(b)))
	base64.StdEncoding.Encode(sealed, b)
	return wrap(secret{sealed: sealed, serial: k.serial}), nil
}

func (s *sealer) openField(at *fault.Place, name string, index int, v *Secret) {
	sealed := v.get()
	clear, err := s.decrypt(sealed.sealed)
	if err != nil {
		s.faults = append(s.faults, FieldError{Path: at.Of(name, index), Problem: err.Error()})
		return
	}
	*v = wrap(secret{clear: clear, sealed: sealed.sealed})
}

// decrypt opens ciphertext for the merchant. Its errors say nothing about the content.
func (s *sealer) decrypt(ciphertext []byte) (string, error) {
	if s.decrypter == nil {
		return "", errors.New("Config.PrivateKey cannot decrypt: it is no crypto.Decrypter")
	}
	b := make([]byte, base64.StdEncoding.DecodedLen(len(ciphertext)))
	n, err := base64.StdEncoding.Decode(b, ciphertext)
	if err != nil {
		return "", errors.New("ciphertext is not base64")
	}
	clear, err := s.decrypter.Decrypt(rand.Reader, b[:n], &rsa.OAEPOptions{Hash: crypto.SHA1})
	if err != nil {
		return "", errors.New("does not decrypt with Config.PrivateKey; was it encrypted for " +
			"another certificate?")
	}
	return string(clear), nil
}

// SealError says that a sensitive field could not be encrypted. Nothing was sent.
type SealError struct {
	Operation string // "payrollcard.PreOrderWithAuth"
	Field     string // wire path, as "list[2].user_name"
	Serial    string // of the key, if one was chosen
	Err       error  // ErrNoKey, ErrKeyExpired, ErrUnknownSerial, or text
}

// Error names operation, field, key and reason, never the value.
func (e *SealError) Error() string {
	return about(e.Operation) + fmt.Sprintf("cannot seal %s: %v", e.Field, e.Err) +
		origins(e.Serial, "", 0, 0)
}

// Unwrap returns the reason.
func (e *SealError) Unwrap() error { return e.Err }
