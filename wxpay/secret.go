package wxpay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
)

const redacted = "[redacted]"

// errUnsealed is met by a Secret that reaches an encoder before it was sealed.
var errUnsealed = errors.New("a Secret that is not sealed must not be encoded")

// Secret is a sensitive field: a name, an ID number, an account. It travels encrypted, and prints as "[redacted]"
// under every fmt verb, in slog, and in errors. Secrets of equal content are not ==; see [Secret.Equal].
//
// encoding/json writes the ciphertext of a Secret that has one (sealed for a request, or read from a reply, opened or
// not) and fails for one that has clear text alone.
type Secret struct {
	// A pointer to a pointer, since fmt and slog print the fields of a Secret within an unexported field without asking its
	// methods, and follow one pointer under a verb that suits none ("%!x(…)").
	cell **secret
}

type secret struct {
	clear  string
	quoted []byte // the ciphertext as JSON: what a request needs, without another copy
	serial string // of the key it was sealed with, if known
}

// cipher returns the ciphertext.
func (s *secret) cipher() string {
	switch {
	case s.quoted == nil:
		return ""
	case bytes.IndexByte(s.quoted, '\\') < 0:
		return string(s.quoted[1 : len(s.quoted)-1])
	}
	var text string
	_ = json.Unmarshal(s.quoted, &text) // was checked when it was stored
	return text
}

// wrap puts v into a cell that holds itself, to need one allocation only.
func wrap(v secret) Secret {
	c := &struct {
		to *secret
		secret
	}{secret: v}
	c.to = &c.secret
	return Secret{&c.to}
}

// get returns the content; the zero Secret has none.
func (s Secret) get() secret {
	if s.cell == nil {
		return secret{}
	}
	return **s.cell
}

// NewSecret returns clear text that is sealed when it is sent. Empty text gives the zero Secret.
func NewSecret(clear string) Secret {
	if clear == "" {
		return Secret{}
	}
	return wrap(secret{clear: clear})
}

// SealedSecret returns ciphertext made elsewhere: base64 of RSA-OAEP under the platform key that the call's
// Wechatpay-Serial names, which is the preferred one of the client's [KeyRing]. See [SealedSecretFor] for others.
func SealedSecret(ciphertext string) Secret { return SealedSecretFor("", ciphertext) }

// SealedSecretFor returns ciphertext made elsewhere under the platform key called serial, which the call's Wechatpay-Serial then
// names. A call that mixes it with clear text says [WithSerial], too, so that one key seals all.
func SealedSecretFor(serial, ciphertext string) Secret {
	if ciphertext == "" {
		return Secret{}
	}
	quoted, _ := appendQuoted(nil, ciphertext) // cannot fail for a string
	return wrap(secret{quoted: quoted, serial: serial})
}

// Reveal returns the clear text; "" if there is only ciphertext.
func (s Secret) Reveal() string { return s.get().clear }

// Sealed returns the ciphertext; "" if there is only clear text.
func (s Secret) Sealed() string {
	v := s.get()
	return v.cipher()
}

// Serial returns the serial of the platform key that s was sealed with; "" if s is not sealed or came from elsewhere.
func (s Secret) Serial() string { return s.get().serial }

// IsZero reports whether s holds neither clear text nor ciphertext.
func (s Secret) IsZero() bool { return s.cell == nil }

// Equal reports whether s and t hold the same clear text or, where neither has any, the same ciphertext.
func (s Secret) Equal(t Secret) bool {
	a, b := s.get(), t.get()
	if a.clear != "" || b.clear != "" {
		return a.clear == b.clear
	}
	return bytes.Equal(a.quoted, b.quoted)
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

// LogValue is what slog prints: what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON writes the ciphertext; "" for the zero Secret. It fails for clear text.
func (s Secret) MarshalJSON() ([]byte, error) {
	if s.cell == nil {
		return []byte(`""`), nil
	}
	quoted := s.get().quoted
	if quoted == nil {
		return nil, errUnsealed
	}
	return quoted[:len(quoted):len(quoted)], nil
}

// UnmarshalJSON keeps a reply's ciphertext until the call opens it. null and "" are the zero Secret.
func (s *Secret) UnmarshalJSON(b []byte) error {
	*s = Secret{}
	var cipher *string
	if err := json.Unmarshal(b, &cipher); err != nil {
		return wantError("a string of ciphertext")
	}
	if cipher != nil {
		*s = SealedSecret(*cipher)
	}
	return nil
}

// appendQuoted appends s as a JSON string. Ciphertext is base64 and needs no escapes; anything else takes the long way.
func appendQuoted(b []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			return marshal(s)
		}
	}
	if b == nil {
		b = make([]byte, 0, len(s)+2)
	}
	return append(append(append(b, '"'), s...), '"'), nil
}
