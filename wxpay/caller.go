package wxpay

import (
	"cmp"
	"strings"
)

// A client signs for a merchant or for a brand. The two differ in the scheme, in the name of the number, and in the paths that they
// may call; WeChat Pay answers the wrong one with no more than that the signature is wrong, so what cannot work is not sent.

// The schemes sign alike, whoever calls: SHA-256 and RSA, PKCS #1 v1.5.
const (
	merchantScheme = "WECHATPAY2-SHA256-RSA2048"
	brandScheme    = "WECHATPAY-BRAND-SHA256-RSA2048"
)

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

func (cfg *Config) checkCaller(certificates bool, fault func(field, format string, args ...any)) {
	mchID, brandID := numberProblem(cfg.MchID, "merchant"), numberProblem(cfg.BrandID, "brand")
	switch {
	case cfg.MchID == "" && cfg.BrandID == "":
		fault("MchID", "empty; set the merchant number, or BrandID for a brand that signs for itself")
	case cfg.MchID != "" && cfg.BrandID != "":
		fault("BrandID", "set beside MchID; a client signs for a merchant or for a brand: make one for each")
	case mchID != "":
		fault("MchID", "%s", mchID)
	case brandID != "":
		fault("BrandID", "%s", brandID)
	case cfg.BrandID != "" && certificates:
		fault("BrandID", "set with WithCertificates, which downloads for merchants alone; set PlatformKeys to WeChat Pay's public key")
	}
}

// misdirected says why a path is not for the one who signs; "" if it is. Paths that were handed over whole are not asked: a page of the brand
// site is about a path below /v3, so the two spaces may not be all there is to it.
func (c *Client) misdirected(path string) string {
	switch {
	case c.brandID != "" && strings.HasPrefix(path, "/v3/"):
		return "the client signs for a brand, and paths below /v3/ are for merchants; use a client with Config.MchID"
	case c.mchID != "" && strings.HasPrefix(path, "/brand/"):
		return "the client signs for a merchant, and paths below /brand/ are for brands; use a client with Config.BrandID"
	}
	return ""
}

// merchantAlone refuses what a front end pays with, of a brand.
func (c *Client) merchantAlone(operation string) error {
	if err := c.unmade(operation); err != nil {
		return err
	}
	if c.brandID == "" {
		return nil
	}
	return &InvalidError{Operation: operation, Problem: "the client signs for a brand, and payments go to a merchant; use a client with Config.MchID"}
}
