package wxpay

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"reflect"

	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// Config says who calls, a merchant or a brand, and which of the platform's keys to trust. It prints and encodes as the caller's number alone
// wherever it is asked; but package fmt does not ask it for %p, nor in an unexported field, and libraries that dump values by reflection
// do not either, and would show APIv3Key. Keep the [Client], which has no field to show.
type Config struct {
	// MchID is the number of the merchant (or service provider) that signs.
	MchID string
	// BrandID is the number of a brand that signs for itself, in the place of MchID. Key, certificate and APIv3 key are the
	// brand's then, and the client calls paths below /brand/.
	BrandID string
	// SerialNo is the serial number of the caller's API certificate, as shown in the merchant or brand platform.
	SerialNo string
	// PrivateKey signs requests: an *rsa.PrivateKey (see [LoadPrivateKey]), or a signer in an HSM or KMS. To open
	// encrypted fields of replies it must be a crypto.Decrypter as well, as *rsa.PrivateKey is.
	PrivateKey crypto.Signer
	// APIv3Key is the 32 byte key that decrypts notifications and downloaded certificates. It may be empty if neither
	// is used.
	APIv3Key string
	// PlatformKeys are WeChat Pay's public keys by their id.
	PlatformKeys PlatformKeys
	// PlatformCerts are WeChat Pay's platform certificates, for merchants who do not use public keys yet.
	PlatformCerts []*x509.Certificate
}

// PlatformKeys maps the id of a WeChat Pay public key, as "PUB_KEY_ID_0119000000012024010100000000", to the key.
type PlatformKeys map[string]*rsa.PublicKey

// check reports every fault of the configuration at once.
func (cfg *Config) check(certificates bool) error {
	var errs []error
	fault := func(field, format string, args ...any) {
		errs = append(errs, configFault("Config."+field, format, args...))
	}
	cfg.checkCaller(certificates, fault)
	if p := cfg.serialProblem(); p != "" {
		fault("SerialNo", "%s", p)
	}
	if err := checkSigner(cfg.PrivateKey); err != nil {
		fault("PrivateKey", "%w", err)
	}
	if n := len(cfg.APIv3Key); n != 0 && n != apiV3KeySize {
		fault("APIv3Key", "%s", sizeProblem(cfg.APIv3Key))
	}
	if len(cfg.PlatformKeys) == 0 && len(cfg.PlatformCerts) == 0 && !certificates {
		fault("PlatformKeys", "no platform key at all; set PlatformKeys or PlatformCerts, or download certificates with WithCertificates")
	}
	if certificates && cfg.APIv3Key == "" {
		fault("APIv3Key", "empty; WithCertificates needs it to decrypt the certificates")
	}
	return errors.Join(errs...)
}

// checkSigner refuses what cannot make an acceptable signature, typed nils included.
func checkSigner(s crypto.Signer) error {
	if isNil(s) {
		return errors.New("nil; load the merchant's key with LoadPrivateKey, or pass another crypto.Signer")
	}
	pub, ok := s.Public().(*rsa.PublicKey)
	if !ok {
		return fmt.Errorf("its public key is %T; want *rsa.PublicKey", s.Public())
	}
	if err := keyfile.CheckPublic(pub); err != nil {
		return err
	}
	if key, ok := s.(*rsa.PrivateKey); ok && key.Validate() != nil {
		return errors.New("its parts do not make a valid RSA key")
	}
	return nil
}

// precomputed returns a copy of an RSA key that signs at full speed, whatever the key's origin; a key in use must not be changed.
func precomputed(s crypto.Signer) crypto.Signer {
	key, ok := s.(*rsa.PrivateKey)
	if !ok {
		return s
	}
	copied := *key
	copied.Precompute()
	return &copied
}

// isNil sees through interfaces that hold a nil pointer.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
