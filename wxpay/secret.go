package wxpay

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

const redacted = "[redacted]"

// Secret is a sensitive field: a name, an ID number, an account. It travels encrypted, and prints
// as "[redacted]" under every fmt verb, in slog, and in errors. Secrets of equal content are not
// ==; see [Secret.Equal].
//
// encoding/json writes the ciphertext of a Secret that has one (sealed for a request, or read from
// a reply, opened or not) and fails for one that has clear text alone.
type Secret struct {
	cell concealed[secret] // nil if there is none
}

type secret struct {
	clear  string
	sealed []byte // the ciphertext; nil if there is none. Never changed
	serial string // of the key it was sealed with, if known
}

func wrap(v secret) Secret { return Secret{conceal(v)} }

// get returns the content; the zero Secret has none.
func (s Secret) get() secret { return reveal(s.cell) }

// NewSecret returns clear text that is sealed when it is sent. Empty text gives the zero Secret.
func NewSecret(clear string) Secret {
	if clear == "" {
		return Secret{}
	}
	return wrap(secret{clear: clear})
}

// SealedSecret returns ciphertext made elsewhere: base64 of RSA-OAEP under the client's preferred
// platform key, which the call's Wechatpay-Serial names. See [SealedSecretFor] for other keys and
// [KeyRing].
func SealedSecret(ciphertext string) Secret { return SealedSecretFor("", ciphertext) }

// SealedSecretFor returns ciphertext made elsewhere under the platform key called serial, which the
// call's Wechatpay-Serial then names. A call that mixes it with clear text also needs [WithSerial],
// so that one key seals all.
func SealedSecretFor(serial, ciphertext string) Secret {
	if ciphertext == "" {
		return Secret{}
	}
	return wrap(secret{sealed: []byte(ciphertext), serial: serial})
}

// Reveal returns the clear text; "" if there is only ciphertext.
func (s Secret) Reveal() string { return s.get().clear }

// Sealed returns the ciphertext; "" if there is only clear text.
func (s Secret) Sealed() string {
	return string(s.get().sealed)
}

// Serial returns the serial of the platform key that sealed s; "" if s is not sealed or came from
// elsewhere.
func (s Secret) Serial() string { return s.get().serial }

// IsZero reports whether s holds neither clear text nor ciphertext.
func (s Secret) IsZero() bool { return s.cell == nil }

// Equal reports whether s and t hold the same clear text or, if neither has any, the same
// ciphertext.
func (s Secret) Equal(t Secret) bool {
	a, b := s.get(), t.get()
	if a.clear != "" || b.clear != "" {
		return a.clear == b.clear
	}
	return bytes.Equal(a.sealed, b.sealed)
}

// String returns "[redacted]", or "" for the zero Secret.
func (s Secret) String() string {
	if s.cell == nil {
		return ""
	}
	return redacted
}

// GoString returns what String returns.
func (s Secret) GoString() string { return s.String() }

// Format prints what String returns, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue returns what String returns, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText writes the ciphertext; "" for the zero Secret. It fails for clear text. (A
// MarshalJSON would cost more: encoding/json parses its result again.)
func (s Secret) MarshalText() ([]byte, error) {
	v := s.get()
	if s.cell != nil && v.sealed == nil {
		return nil, fault.ErrUnsealed
	}
	return slices.Clip(v.sealed), nil
}

// UnmarshalJSON keeps a reply's ciphertext until the call opens it. null and "" are the zero
// Secret.
func (s *Secret) UnmarshalJSON(b []byte) error {
	*s = Secret{}
	if bytes.Equal(b, wire.Null) {
		return nil
	}
	cipher, ok := wire.Unquote(b)
	if !ok {
		return wire.WantError("a string of ciphertext")
	}
	if len(cipher) > 0 {
		*s = wrap(secret{sealed: bytes.Clone(cipher)})
	}
	return nil
}
