package wxpay_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// ownCert is the merchant's certificate, of key and serial.
func ownCert(t *testing.T, key crypto.Signer, serial, name string) *x509.Certificate {
	t.Helper()
	n, _ := new(big.Int).SetString(serial, 16)
	template := &x509.Certificate{
		SerialNumber: n, Subject: pkix.Name{CommonName: name}, NotBefore: time.Now(),
		NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// evenKey and hugeKey are keys that WeChat Pay cannot have.
var (
	evenKey = &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2047), E: 65537}
	hugeKey = &rsa.PublicKey{
		N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 8192), big.NewInt(1)), E: 65537,
	}
)

// ownMixUps are mix-ups of the merchant's or brand's fields.
var ownMixUps = []configFault{
	{"app id as merchant", func(c *wxpay.Config) { c.MchID = "wx8888888888888888" },
		"wxpay: Config.MchID: that is an app id; want the merchant number, which is digits"},
	{"key id as merchant", func(c *wxpay.Config) { c.MchID = publicID },
		"wxpay: Config.MchID: that is the id of WeChat Pay's public key; want the merchant " +
			"number, which is digits"},
	{"merchant with blanks", func(c *wxpay.Config) { c.MchID += "\n" },
		"wxpay: Config.MchID: blanks or line breaks around it; trim them"},
	{"key id as serial", func(c *wxpay.Config) { c.SerialNo = publicID },
		"wxpay: Config.SerialNo: that is the id of WeChat Pay's public key, which belongs " +
			"into PlatformKeys; want the serial number of the merchant's API certificate " +
			"(apiclient_cert.pem)"},
	{"merchant as serial", func(c *wxpay.Config) { c.SerialNo = mchID },
		"wxpay: Config.SerialNo: that is the merchant number; want the serial number of the " +
			"merchant's API certificate (apiclient_cert.pem)"},
	{"serial with colons", func(c *wxpay.Config) { c.SerialNo = "51:57:F0" },
		"wxpay: Config.SerialNo: want hexadecimal digits alone: no colons, no blanks, no " +
			"name before them"},
	{"serial as openssl prints it", func(c *wxpay.Config) { c.SerialNo = "serial=5157F0" },
		"wxpay: Config.SerialNo: want hexadecimal digits alone: no colons, no blanks, no " +
			"name before them"},
	{"APIv3 key with a line break", func(c *wxpay.Config) { c.APIv3Key += "\n" },
		"wxpay: Config.APIv3Key: 33 bytes; want 32; blanks or line breaks around it count, " +
			"trim them"},
	{"app id as brand", func(c *wxpay.Config) { c.MchID, c.BrandID = "", "wx8888888888888888" },
		"wxpay: Config.BrandID: that is an app id; want the brand number, which is digits"},
	{"even modulus of the merchant", func(c *wxpay.Config) { c.PrivateKey = signer{pub: evenKey} },
		"wxpay: Config.PrivateKey: RSA key with an even modulus; it is damaged"},
}

// platformKeyMixUps are mix-ups of WeChat Pay's public keys.
var platformKeyMixUps = []configFault{
	{"merchant's key as the platform's", func(c *wxpay.Config) {
		c.PlatformKeys = wxpay.PlatformKeys{
			publicID: &rsa.PublicKey{N: new(big.Int).Set(merchantKey().N), E: 65537},
		}
	}, "wxpay: Config.PlatformKeys: " + publicID + ": that is the merchant's own key, the " +
		"public half of Config.PrivateKey; want WeChat Pay's (pub_key.pem of the merchant " +
		"platform)"},
	{"merchant's serial as the platform's id", func(c *wxpay.Config) {
		c.PlatformKeys = wxpay.PlatformKeys{strings.ToLower(serialNo): &platformKey().PublicKey}
	}, "wxpay: Config.PlatformKeys: " + strings.ToLower(serialNo) +
		": that is Config.SerialNo, of the merchant's own certificate; want the id of WeChat " +
		"Pay's key, as PUB_KEY_ID_…"},
	{"merchant's number as the platform's id", func(c *wxpay.Config) {
		c.PlatformKeys = wxpay.PlatformKeys{mchID: &platformKey().PublicKey}
	}, "wxpay: Config.PlatformKeys: " + mchID + ": that is the merchant number; want the id " +
		"of WeChat Pay's key, as PUB_KEY_ID_…"},
	{"even modulus", func(c *wxpay.Config) {
		c.PlatformKeys = wxpay.PlatformKeys{publicID: evenKey}
	},
		"wxpay: Config.PlatformKeys: " + publicID + ": RSA key with an even modulus; it is " +
			"damaged"},
	{"huge key", func(c *wxpay.Config) { c.PlatformKeys = wxpay.PlatformKeys{publicID: hugeKey} },
		"wxpay: Config.PlatformKeys: " + publicID + ": 8193 bit RSA key; want at most " +
			"8192 bits"},
	{"huge exponent", func(c *wxpay.Config) {
		c.PlatformKeys = wxpay.PlatformKeys{
			publicID: &rsa.PublicKey{N: otherKey().N, E: 1<<31 + 1},
		}
	},
		"wxpay: Config.PlatformKeys: " + publicID + ": RSA key with an invalid exponent"},
	{"brand's key as the platform's", func(c *wxpay.Config) {
		c.MchID, c.BrandID, c.PlatformKeys = "", brandID,
			wxpay.PlatformKeys{publicID: &merchantKey().PublicKey}
	}, "wxpay: Config.PlatformKeys: " + publicID + ": that is the brand's own key, the " +
		"public half of Config.PrivateKey; want WeChat Pay's (pub_key.pem of the merchant " +
		"platform)"},
}

// platformCert has the form of a certificate of WeChat Pay, and any key.
func platformCert(t *testing.T, key crypto.Signer, serial int64) *x509.Certificate {
	t.Helper()
	now := time.Now()
	return newCert(t, key, key.Public(), serial, now, now.Add(time.Hour))
}

// certificateMixUps are mix-ups of WeChat Pay's certificates.
func certificateMixUps(t *testing.T) []configFault {
	return []configFault{
		{"serial of the platform", func(c *wxpay.Config) {
			c.SerialNo, c.PlatformCerts = "A1",
				[]*x509.Certificate{platformCert(t, otherKey(), 0xA1)}
		}, "wxpay: Config.SerialNo: that is the serial number of a platform certificate; want " +
			"that of the merchant's API certificate (apiclient_cert.pem)"},
		{"merchant's certificate as the platform's", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{ownCert(t, merchantKey(), serialNo, mchID)}
		}, "wxpay: Config.PlatformCerts[0]: certificate " + serialNo + ": that is the merchant's " +
			"own (apiclient_cert.pem); want a platform certificate of WeChat Pay's"},
		{"merchant's key in a certificate", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{platformCert(t, merchantKey(), 0xA1)}
		}, "wxpay: Config.PlatformCerts[0]: certificate A1: that is the merchant's own " +
			"(apiclient_cert.pem); want a platform certificate of WeChat Pay's"},
		{"merchant's former certificate", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{platformCert(t, platformKey(), 0xA1),
				ownCert(t, otherKey(), "A2", mchID)}
		}, "wxpay: Config.PlatformCerts[1]: certificate A2: that is the merchant's own " +
			"(apiclient_cert.pem); want a platform certificate of WeChat Pay's"},
		{"two keys of one serial", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{platformCert(t, platformKey(), 0xA1),
				platformCert(t, otherKey(), 0xA1)}
		}, "wxpay: Config.PlatformCerts[1]: certificate A1: another one with this serial has " +
			"another key"},
		{"key and certificate of one serial", func(c *wxpay.Config) {
			c.PlatformKeys = wxpay.PlatformKeys{"A1": &platformKey().PublicKey}
			c.PlatformCerts = []*x509.Certificate{platformCert(t, otherKey(), 0xA1)}
		}, "wxpay: Config.PlatformCerts[0]: certificate A1: another one with this serial has " +
			"another key"},
	}
}

// Every common mix-up is refused, and its message says what the value is.
func TestConfigMixUps(t *testing.T) {
	for _, c := range slices.Concat(ownMixUps, platformKeyMixUps, certificateMixUps(t)) {
		cfg := testConfig()
		c.edit(&cfg)
		got, err := wxpay.New(cfg)
		if err == nil || err.Error() != c.want || got != nil {
			t.Errorf("%s:\ngot  %v\nwant %s", c.name, err, c.want)
		}
		if !errors.As(err, new(*wxpay.ConfigError)) {
			t.Errorf("%s: no ConfigError", c.name)
		}
	}
}

// Odd values that may be right are accepted.
func TestConfigsThatAreNoMixUps(t *testing.T) {
	now := time.Now()
	cert := newCert(t, platformKey(), &platformKey().PublicKey, 0xA1, now, now.Add(time.Hour))
	for name, edit := range map[string]func(*wxpay.Config){
		"same certificate twice": func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{cert, cert}
		},
		"one key under two ids": func(c *wxpay.Config) {
			c.PlatformKeys["PUB_KEY_ID_2"] = &platformKey().PublicKey
		},
		"a certificate's key by its serial": func(c *wxpay.Config) {
			c.PlatformKeys = wxpay.PlatformKeys{"A1": &platformKey().PublicKey}
		},
		"key and certificate agree": func(c *wxpay.Config) {
			c.PlatformKeys, c.PlatformCerts = wxpay.PlatformKeys{"A1": &platformKey().PublicKey},
				[]*x509.Certificate{cert}
		},
		"serial in lower case": func(c *wxpay.Config) { c.SerialNo = strings.ToLower(c.SerialNo) },
	} {
		cfg := testConfig()
		edit(&cfg)
		if _, err := wxpay.New(cfg); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The ring refuses at run time what New refuses.
func TestKeyRingMixUps(t *testing.T) {
	now := time.Now()
	ring := newClient(t, "http://127.0.0.1:1").Keys()
	if err := ring.AddCertificate(newCert(t, platformKey(), &platformKey().PublicKey, 0xA1, now,
		now.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	for want, err := range map[string]error{
		"PUB_KEY_ID_2: that is the merchant's own key": ring.Add("PUB_KEY_ID_2",
			&merchantKey().PublicKey),
		serialNo + ": that is Config.SerialNo": ring.Add(serialNo,
			&otherKey().PublicKey),
		"certificate A2: that is the merchant's own": ring.AddCertificate(
			ownCert(t, merchantKey(), "A2", "x")),
		"certificate A3: that is the merchant's own": ring.AddCertificate(
			ownCert(t, otherKey(), "A3", mchID)),
		"certificate A1: another one with this serial has another key": ring.AddCertificate(
			ownCert(t, otherKey(), "A1", "x")),
	} {
		var k *wxpay.KeyError
		if !errors.As(err, &k) || !strings.HasPrefix(err.Error(), want) || k.Serial == "" {
			t.Errorf("got %v, want %s…", err, want)
		}
	}
	// replaces a public key, as Add documents
	if err := ring.Add(publicID, &otherKey().PublicKey); err != nil {
		t.Error(err)
	}
}

// handMade is an RSA key of 8,192 bits made of short primes, which signs by arithmetic alone.
type handMade struct {
	rsa.PublicKey
	d *big.Int
}

func newHandMade(t *testing.T) *handMade {
	t.Helper()
	prime := func(bits int) *big.Int {
		p, err := rand.Prime(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, n, phi := big.NewInt(1), big.NewInt(1), big.NewInt(1)
	for range 15 {
		p := prime(512)
		n.Mul(n, p)
		phi.Mul(phi, p.Sub(p, one))
	}
	for {
		p := prime(8192 - n.BitLen())
		whole := new(big.Int).Mul(n, p)
		d := new(big.Int).ModInverse(big.NewInt(65537), new(big.Int).Mul(phi, p.Sub(p, one)))
		if d != nil && whole.BitLen() == 8192 {
			return &handMade{rsa.PublicKey{N: whole, E: 65537}, d}
		}
	}
}

// sign pads per PKCS#1 v1.5.
func (k *handMade) sign(message string) []byte {
	digest := sha256.Sum256([]byte(message))
	info := append(
		[]byte("\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"),
		digest[:]...)
	size := k.Size()
	padded := append([]byte{0, 1}, []byte(strings.Repeat("\xff", size-len(info)-3))...)
	padded = append(append(padded, 0), info...)
	return new(big.Int).Exp(new(big.Int).SetBytes(padded), k.d, k.N).FillBytes(make([]byte, size))
}

func TestKeysOf8192BitsVerify(t *testing.T) {
	key := newHandMade(t)
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42"}`)
		out.spoil = func(r *reply) {
			text := r.header.Get("Wechatpay-Timestamp") + "\n" + r.header.Get("Wechatpay-Nonce") +
				"\n" + string(r.body) + "\n"
			r.header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(key.sign(text)))
		}
	})
	cfg := testConfig()
	cfg.PlatformKeys = wxpay.PlatformKeys{publicID: &key.PublicKey}
	c, err := wxpay.New(cfg, wxpay.WithBaseURL(p.start().URL))
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdleConnections()
	got, err := getOrder(t.Context(), c, "1")
	if err != nil || got.ID != "42" {
		t.Errorf("a key of %d bits: %v", key.N.BitLen(), err)
	}
	if _, err := c.Encrypt(aName); err != nil {
		t.Error(err)
	}
	digest := sha256.Sum256([]byte("x"))
	if err := rsa.VerifyPKCS1v15(&key.PublicKey, crypto.SHA256, digest[:],
		key.sign("x")); err != nil {
		t.Errorf("the test's own key: %v", err)
	}
}
