package wxpay

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

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
		fault("PlatformKeys", "no platform key at all; set PlatformKeys or PlatformCerts, or "+
			"download certificates with WithCertificates")
	}
	if certificates && cfg.APIv3Key == "" {
		fault("APIv3Key", "empty; WithCertificates needs it to decrypt the certificates")
	}
	return errors.Join(errs...)
}

// checkSigner refuses what cannot make an acceptable signature, typed nils included.
func checkSigner(s crypto.Signer) error {
	if isNil(s) {
		return errors.New("nil; load the merchant's key with LoadPrivateKey, or pass another " +
			"crypto.Signer")
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

func (cfg *Config) checkCaller(certificates bool, fault func(field, format string, args ...any)) {
	mchID, brandID := numberProblem(cfg.MchID, "merchant"), numberProblem(cfg.BrandID, "brand")
	switch {
	case cfg.MchID == "" && cfg.BrandID == "":
		fault("MchID", "empty; set the merchant number, or BrandID for a brand that signs "+
			"for itself")
	case cfg.MchID != "" && cfg.BrandID != "":
		fault("BrandID", "set beside MchID; a client signs for a merchant or for a brand: make "+
			"one for each")
	case mchID != "":
		fault("MchID", "%s", mchID)
	case brandID != "":
		fault("BrandID", "%s", brandID)
	case cfg.BrandID != "" && certificates:
		fault("BrandID", "set with WithCertificates, which downloads for merchants alone; set "+
			"PlatformKeys to WeChat Pay's public key")
	}
}

const plainCharacters = "holds a character that is no letter, digit, '-' or '_'"

// numberProblem names what is wrong with the number of a merchant or a brand; "" if nothing is. Any
// form passes, except what is commonly mistaken for a number.
func numberProblem(id, role string) string {
	want := "; want the " + role + " number, which is digits"
	switch {
	case strings.TrimSpace(id) != id:
		return "blanks or line breaks around it; trim them"
	case !httptext.IsToken(id):
		return plainCharacters
	case strings.HasPrefix(id, publicKeyPrefix):
		return "that is the id of WeChat Pay's public key" + want
	case strings.HasPrefix(id, "wx"):
		return "that is an app id" + want
	}
	return ""
}

// serialProblem names what is wrong with Config.SerialNo; "" if nothing is.
func (cfg *Config) serialProblem() string {
	own := "the " + cfg.role() + "'s API certificate (apiclient_cert.pem)"
	switch serial := cfg.SerialNo; {
	case serial == "":
		return "empty; set the serial number of the " + cfg.role() + "'s API certificate"
	case strings.ContainsAny(serial, ": =") || strings.TrimSpace(serial) != serial:
		return "want hexadecimal digits alone: no colons, no blanks, no name before them"
	case !httptext.IsToken(serial):
		return plainCharacters
	case strings.HasPrefix(serial, publicKeyPrefix):
		return "that is the id of WeChat Pay's public key, which belongs into PlatformKeys; want " +
			"the serial number of " + own
	case serial == cfg.number():
		return "that is the " + cfg.role() + " number; want the serial number of " + own
	}
	o := cfg.owner()
	for _, cert := range cfg.PlatformCerts {
		if strings.EqualFold(CertificateSerial(cert), cfg.SerialNo) && !o.certified(cert) {
			return "that is the serial number of a platform certificate; want that of " + own
		}
	}
	return ""
}

// sizeProblem says how long an APIv3 key is, and whether blanks around it count.
func sizeProblem(key string) string {
	s := fmt.Sprintf("%d bytes; want %d", len(key), apiV3KeySize)
	if strings.TrimSpace(key) != key {
		s += "; blanks or line breaks around it count, trim them"
	}
	return s
}
