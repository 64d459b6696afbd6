package keys

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Role is the kind of an account.
type Role string

// The roles.
const (
	Merchant Role = "merchant"
	Partner  Role = "partner"
	Brand    Role = "brand"
)

// Scheme is the authorization scheme of a role, and ID the name of its number in the Authorization
// header.
func (r Role) Scheme() (scheme, id string) {
	if r == Brand {
		return "WECHATPAY-BRAND-SHA256-RSA2048", "brand_id"
	}
	return "WECHATPAY2-SHA256-RSA2048", "mchid"
}

// Key is a private RSA key: an *rsa.PrivateKey, or what signs and decrypts like one.
type Key interface {
	crypto.Signer
	crypto.Decrypter
}

// Public is the public half of a key.
func Public(k Key) *rsa.PublicKey { return k.Public().(*rsa.PublicKey) }

// Account is a caller that the server knows.
type Account struct {
	Role        Role
	ID          string // of the merchant or brand
	Name        string
	AppID       string
	SubMchIDs   []string // of a partner
	SerialNo    string   // of its certificate
	Key         Key
	Certificate *x509.Certificate
	APIv3Key    string
	// replies and notifications are signed with the platform certificate instead of the public key
	Certificates bool
}

// PlatformKey is a key of the server for signing and for opening sealed fields.
type PlatformKey struct {
	Serial      string // "PUB_KEY_ID_…", or that of the certificate
	Key         Key
	Certificate *x509.Certificate // nil for the public key
}

// Ring holds all credentials of a server. It is safe for concurrent use.
type Ring struct {
	Accounts []*Account
	Public   *PlatformKey
	Stranger Key // whom nobody knows; for wrong signatures

	mu    sync.RWMutex
	certs []*PlatformKey // the last one signs
}

// Account finds a caller; nil if there is none.
func (r *Ring) Account(role Role, id string) *Account {
	for _, a := range r.Accounts {
		if a.ID == id && (a.Role == Brand) == (role == Brand) {
			return a
		}
	}
	return nil
}

// Owner finds the account with a number, which gets its notifications.
func (r *Ring) Owner(id string) *Account {
	for _, a := range r.Accounts {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Certificates are the platform certificates; the last one signs.
func (r *Ring) Certificates() []*PlatformKey {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return append([]*PlatformKey(nil), r.certs...)
}

// AddCertificate adds a platform certificate, which signs from then on.
func (r *Ring) AddCertificate(k *PlatformKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.certs = append(r.certs, k)
}

// Platform finds a key by its serial; nil if there is none.
func (r *Ring) Platform(serial string) *PlatformKey {
	if serial == r.Public.Serial {
		return r.Public
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, k := range r.certs {
		if strings.EqualFold(k.Serial, serial) {
			return k
		}
	}
	return nil
}

// Signer is the key that signs for an account. The client's Wechatpay-Serial chooses it, as at
// WeChat Pay.
func (r *Ring) Signer(a *Account, serial string) *PlatformKey {
	if k := r.Platform(serial); serial != "" && k != nil {
		return k
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if a != nil && a.Certificates && len(r.certs) > 0 {
		return r.certs[len(r.certs)-1]
	}
	return r.Public
}

// Serial is the serial number of a certificate in WeChat Pay's form.
func Serial(c *x509.Certificate) string {
	return strings.ToUpper(fmt.Sprintf("%040x", c.SerialNumber))
}

// Sign signs a message: base64 of SHA256 with RSA.
func Sign(key Key, message string) (string, error) {
	digest := sha256.Sum256([]byte(message))
	b, err := key.Sign(nil, digest[:], crypto.SHA256)
	return base64.StdEncoding.EncodeToString(b), err
}

// Verify reports whether the signature is that of the message.
func Verify(key *rsa.PublicKey, message string, signature []byte) bool {
	digest := sha256.Sum256([]byte(message))
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature) == nil
}

// Seal encrypts a field for a key's owner.
func Seal(key *rsa.PublicKey, clear string) (string, error) {
	b, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, key, []byte(clear), nil)
	return base64.StdEncoding.EncodeToString(b), err
}

// Unseal decrypts a field.
func Unseal(key Key, sealed string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", errors.New("not base64")
	}
	if size := Public(key).Size(); len(b) != size {
		return "", fmt.Errorf("%d bytes instead of %d", len(b), size)
	}
	clear, err := key.Decrypt(nil, b, &rsa.OAEPOptions{Hash: crypto.SHA1})
	if err != nil {
		return "", errors.New("sealed with another key, or not with RSAES-OAEP and SHA-1")
	}
	return string(clear), nil
}

// Boxed is a text encrypted with the APIv3 key.
type Boxed struct {
	Algorithm      string `json:"algorithm"`
	Nonce          string `json:"nonce"`
	AssociatedData string `json:"associated_data"`
	Ciphertext     string `json:"ciphertext"`
	OriginalType   string `json:"original_type,omitempty"`
}

// Box encrypts with an APIv3 key.
func Box(key string, clear []byte, associatedData string) (Boxed, error) {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return Boxed{}, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return Boxed{}, err
	}
	nonce := rand.Text()[:aead.NonceSize()]
	sealed := aead.Seal(nil, []byte(nonce), clear, []byte(associatedData))
	return Boxed{
		Algorithm: "AEAD_AES_256_GCM", Nonce: nonce, AssociatedData: associatedData,
		Ciphertext: base64.StdEncoding.EncodeToString(sealed),
	}, nil
}
