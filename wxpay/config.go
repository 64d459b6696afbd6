package wxpay

import (
	"cmp"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
)

// Config says who calls, a merchant or a brand, and which of the platform's keys to trust. Its
// methods print and encode the caller's number alone. Package fmt does not call them for %p or in
// an unexported field, and libraries that dump values by reflection do not call them either: those
// show APIv3Key. Keep the [Client] instead; it has no field to show.
type Config struct {
	// MchID is the number of the merchant (or service provider) that signs.
	MchID string
	// BrandID is the number of a brand that signs for itself. It replaces MchID. Key, certificate
	// and APIv3 key are then the brand's, and the client calls paths below /brand/.
	BrandID string
	// SerialNo is the serial number of the caller's API certificate, as shown in the merchant or
	// brand platform.
	SerialNo string
	// PrivateKey signs requests: an *rsa.PrivateKey (see [LoadPrivateKey]), or a signer in an HSM
	// or KMS. To open encrypted fields of replies it must be a crypto.Decrypter as well, as
	// *rsa.PrivateKey is.
	PrivateKey crypto.Signer
	// APIv3Key is the 32 byte key that decrypts notifications and downloaded certificates. It may
	// be empty if neither is used.
	APIv3Key string
	// PlatformKeys are WeChat Pay's public keys by their id.
	PlatformKeys PlatformKeys
	// PlatformCerts are WeChat Pay's platform certificates, for merchants without public keys.
	PlatformCerts []*x509.Certificate
}

// PlatformKeys maps the id of a WeChat Pay public key, as
// "PUB_KEY_ID_0119000000012024010100000000", to the key.
type PlatformKeys map[string]*rsa.PublicKey

// role is whose certificate and keys the configuration has.
func (cfg *Config) role() string {
	if cfg.BrandID != "" {
		return "brand"
	}
	return "merchant"
}

// number is the merchant's or the brand's.
func (cfg *Config) number() string { return cmp.Or(cfg.BrandID, cfg.MchID) }

// credentials begin the Authorization header, up to the nonce.
func (cfg *Config) credentials() string {
	if cfg.BrandID != "" {
		return brandScheme + ` brand_id="` + cfg.BrandID + `",nonce_str="`
	}
	return merchantScheme + ` mchid="` + cfg.MchID + `",nonce_str="`
}
