package wxpay_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// A configFault is an edit of a good configuration, and what New says of it.
type configFault struct {
	name string
	edit func(*wxpay.Config)
	want string
}

// weakKey is a key of 1,024 bits.
var weakKey = &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 1023), E: 65537}

// configFaults are those of what belongs to the merchant.
var configFaults = []configFault{
	{"no merchant", func(c *wxpay.Config) {
		c.MchID = ""
	}, "wxpay: Config.MchID: empty; set the merchant number, or BrandID for a brand that " +
		"signs for itself"},
	{"merchant with a quote", func(c *wxpay.Config) {
		c.MchID = `1",x="`
	}, "wxpay: Config.MchID: holds a character that is no letter, digit, '-' or '_'"},
	{"no serial", func(c *wxpay.Config) {
		c.SerialNo = ""
	}, "wxpay: Config.SerialNo: empty; set the serial number of the merchant's API " +
		"certificate"},
	{"serial with a line", func(c *wxpay.Config) {
		c.SerialNo = "AB\nCD"
	}, "wxpay: Config.SerialNo: holds a character that is no letter, digit, '-' or '_'"},
	{"no key", func(c *wxpay.Config) {
		c.PrivateKey = nil
	}, "wxpay: Config.PrivateKey: nil; load the merchant's key with LoadPrivateKey, or pass " +
		"another crypto.Signer"},
	{"typed nil", func(c *wxpay.Config) {
		c.PrivateKey = (*rsa.PrivateKey)(nil)
	}, "wxpay: Config.PrivateKey: nil; load the merchant's key with LoadPrivateKey, or pass " +
		"another crypto.Signer"},
	{"no RSA", func(c *wxpay.Config) {
		c.PrivateKey = ellipticKey()
	}, "wxpay: Config.PrivateKey: its public key is *ecdsa.PublicKey; want *rsa.PublicKey"},
	{"zero key", func(c *wxpay.Config) {
		c.PrivateKey = new(rsa.PrivateKey)
	}, "wxpay: Config.PrivateKey: nil; want an RSA public key"},
	{"weak key", func(c *wxpay.Config) {
		c.PrivateKey = signer{pub: weakKey}
	}, "wxpay: Config.PrivateKey: 1024 bit RSA key; want at least 2048 bits"},
	{"half a key", func(c *wxpay.Config) {
		c.PrivateKey = &rsa.PrivateKey{PublicKey: merchantKey().PublicKey}
	}, "wxpay: Config.PrivateKey: its parts do not make a valid RSA key"},
	{"31 bytes", func(c *wxpay.Config) {
		c.APIv3Key = apiV3Key[1:]
	}, "wxpay: Config.APIv3Key: 31 bytes; want 32"},
}

// platformKeyFaults are those of the keys of WeChat Pay.
func platformKeyFaults(t *testing.T) []configFault {
	ec, now := ellipticKey(), time.Now()
	ecCert := newCert(t, ec, &ec.PublicKey, 0xAB, now, now.Add(time.Hour))
	return []configFault{
		{"no platform key", func(c *wxpay.Config) {
			c.PlatformKeys = nil
		}, "wxpay: Config.PlatformKeys: no platform key at all; set PlatformKeys or " +
			"PlatformCerts, or download certificates with WithCertificates"},
		{"nil platform key", func(c *wxpay.Config) {
			c.PlatformKeys = wxpay.PlatformKeys{publicID: nil}
		}, "wxpay: Config.PlatformKeys: " + publicID + ": nil; want an RSA public key"},
		{"weak platform key", func(c *wxpay.Config) {
			c.PlatformKeys = wxpay.PlatformKeys{publicID: weakKey}
		}, "wxpay: Config.PlatformKeys: " + publicID + ": 1024 bit RSA key; want at least " +
			"2048 bits"},
		{"platform key without id", func(c *wxpay.Config) {
			c.PlatformKeys = wxpay.PlatformKeys{"": &platformKey().PublicKey}
		}, `wxpay: Config.PlatformKeys: serial ""; want the id of the key, as PUB_KEY_ID_…`},
		{"nil certificate", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{nil}
		}, "wxpay: Config.PlatformCerts[0]: nil certificate"},
		{"certificate without RSA", func(c *wxpay.Config) {
			c.PlatformCerts = []*x509.Certificate{ecCert}
		}, "wxpay: Config.PlatformCerts[0]: certificate AB: holds a *ecdsa.PublicKey; want an " +
			"RSA key"},
	}
}

func TestConfigFaults(t *testing.T) {
	for _, c := range slices.Concat(configFaults, platformKeyFaults(t)) {
		cfg := testConfig()
		c.edit(&cfg)
		got, err := wxpay.New(cfg)
		if err == nil || err.Error() != c.want || got != nil {
			t.Errorf("%s:\ngot  %v\nwant %s", c.name, err, c.want)
		}
		var ce *wxpay.ConfigError
		if !errors.As(err, &ce) || !strings.HasPrefix(c.want, "wxpay: "+ce.Field+": ") {
			t.Errorf("%s: no ConfigError of its field: %#v", c.name, ce)
		}
		var ke *wxpay.KeyError
		if strings.HasPrefix(ce.Field, "Config.Platform") && c.name != "no platform key" &&
			!errors.As(err, &ke) {
			t.Errorf("%s: no KeyError", c.name)
		}
	}
}

func TestConfigFaultsTogether(t *testing.T) {
	_, err := wxpay.New(wxpay.Config{APIv3Key: "very-secret"})
	if err == nil || strings.Count(err.Error(), "\n") != 4 ||
		strings.Contains(err.Error(), "very-secret") {
		t.Errorf("%v", err)
	}
}

func TestOptionFaults(t *testing.T) {
	for _, c := range []struct {
		opt  wxpay.Option
		want string
	}{
		{wxpay.WithBaseURL("ftp://x"),
			"wxpay: WithBaseURL: want a URL such as https://api.mch.weixin.qq.com"},
		{wxpay.WithBaseURL("https://u:p@x"),
			"wxpay: WithBaseURL: want a URL without user, query and fragment"},
		{wxpay.WithHTTPClient(nil), "wxpay: WithHTTPClient: nil; leave the option out for the " +
			"default"},
		{wxpay.WithClock(nil), "wxpay: WithClock: nil; leave the option out for time.Now"},
		{wxpay.WithClockSkew(0), "wxpay: WithClockSkew: 0s; want a positive duration"},
		{wxpay.WithMaxBody(0), "wxpay: WithMaxBody: 0; want a positive number of bytes"},
		{wxpay.WithTimeout(-1), "wxpay: WithTimeout: -1ns; want a positive duration"},
		{wxpay.WithUserAgent("a\nb"), "wxpay: WithUserAgent: want printable text"},
		{wxpay.WithBackup("https://x/"),
			`wxpay: WithBackup: "https://x/"; want a host without scheme and path`},
		{wxpay.WithConcurrency(0), "wxpay: WithConcurrency: 0; want a positive number"},
		{wxpay.WithRateLimit(0, 1), "wxpay: WithRateLimit: 0 per second, burst 1; want 0.001 to " +
			"1e6 per second, and a burst of 1 to 1e6"},
		{wxpay.WithObserver(nil), "wxpay: WithObserver: nil"},
		{wxpay.WithHash("", nil), "wxpay: WithHash: want a name and a constructor"},
	} {
		if _, err := wxpay.New(testConfig(), c.opt); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		} else if !errors.As(err, new(*wxpay.ConfigError)) {
			t.Errorf("%T", err)
		}
	}
	c := newClient(t, "http://127.0.0.1:1")
	for _, opt := range []wxpay.CallOption{
		wxpay.WithHeader("Authorization", "x"), wxpay.WithHeader("wechatpay-serial", "x"),
		wxpay.WithHeader("X", "a\r\nb"),
		wxpay.WithHeader("", "x"), wxpay.WithBaseURL("x"), wxpay.WithMaxBody(-1),
		wxpay.WithTimeout(0), wxpay.WithSerial(""), wxpay.WithRawResponse(nil),
	} {
		if _, err := getOrder(t.Context(), c, "1", opt); !errors.As(err, new(*wxpay.InvalidError)) {
			t.Errorf("got %v", err)
		}
	}
}

// signer is a key in an HSM: no *rsa.PrivateKey, and unable to decrypt.
type signer struct {
	pub *rsa.PublicKey
	key *rsa.PrivateKey
	err error
}

func (s signer) Public() crypto.PublicKey { return s.pub }

func (s signer) Sign(r io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	return s.key.Sign(r, digest, opts)
}

// opener is an HSM that decrypts as well.
type opener struct{ signer }

func (o opener) Decrypt(r io.Reader, msg []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	return o.key.Decrypt(r, msg, opts)
}

func TestSignerThatIsNoPrivateKey(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42","user_name":"` + sealFor(t, &merchantKey().PublicKey, aName) +
			`"}`)
	})
	base := p.start().URL
	call := func(key crypto.Signer) (*orderResponse, error) {
		cfg := testConfig()
		cfg.PrivateKey = key
		c, err := wxpay.New(cfg, wxpay.WithBaseURL(base))
		if err != nil {
			t.Fatal(err)
		}
		defer c.CloseIdleConnections()
		return getOrder(t.Context(), c, "1")
	}
	key := merchantKey()
	hsm := signer{pub: &key.PublicKey, key: key}
	if resp, err := call(opener{hsm}); err != nil || resp.Name.Reveal() != aName {
		t.Errorf("opener: %v", err)
	}
	resp, err := call(hsm)
	var d *wxpay.DecodeError
	if !errors.As(err, &d) || resp.ID != "42" ||
		d.Fields[0].Problem != "Config.PrivateKey cannot decrypt: it is no crypto.Decrypter" {
		t.Errorf("signer alone: %v", err)
	}
	offline := errors.New("HSM is offline")
	if _, err = call(signer{pub: &key.PublicKey, err: offline}); !errors.As(err,
		new(*wxpay.SignError)) || !errors.Is(err, offline) {
		t.Errorf("failing signer: %v", err)
	}
}

// New leaves a key without precomputed values as it is, and the client signs with it.
func TestKeyIsPrecomputedInACopy(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	key := merchantKey()
	bare := &rsa.PrivateKey{PublicKey: key.PublicKey, D: key.D, Primes: key.Primes}
	cfg := testConfig()
	cfg.PrivateKey = bare
	c, err := wxpay.New(cfg, wxpay.WithBaseURL(p.start().URL))
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdleConnections()
	if _, err := getOrder(t.Context(), c, "1"); err != nil {
		t.Error(err)
	}
	if bare.Precomputed.Dp != nil {
		t.Error("the caller's key was changed")
	}
}

// New reports all faults at once, so that one deployment can mend them.
func TestAllFaultsAtOnce(t *testing.T) {
	cfg := testConfig()
	cfg.MchID, cfg.PlatformKeys, cfg.PlatformCerts = "", wxpay.PlatformKeys{publicID: nil},
		[]*x509.Certificate{nil}
	_, err := wxpay.New(cfg, nil, wxpay.WithTimeout(0))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"Config.MchID: ", "Config.PlatformKeys: " + publicID,
		"Config.PlatformCerts[0]: ", "New: nil option", "WithTimeout: "} {
		if !strings.Contains(err.Error(), "wxpay: "+want) {
			t.Errorf("%q is missing in %v", want, err)
		}
	}
}

// A nil option is a fault like others, and no panic.
func TestNilOptions(t *testing.T) {
	var e *wxpay.ConfigError
	if c, err := wxpay.New(testConfig(), nil); c != nil || !errors.As(err, &e) ||
		!strings.Contains(err.Error(), "nil option") {
		t.Errorf("New: %v", err)
	}
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	_, get := getOrder(t.Context(), c, "1", nil)
	_, post := postOrder(t.Context(), c, anOrder(), nil)
	_, raw := c.Raw(t.Context(), "GET", "/v3/x", nil, nil, nil)
	for name, err := range map[string]error{
		"Do": get, "Seal": post, "Raw": raw,
		"Chain": c.Chain("v3/x").Get(t.Context(), nil, nil, nil),
		"Download": c.Download(t.Context(), gen.Call{Method: "GET", Path: "/v3/x"}, io.Discard,
			nil),
		"DownloadURL": c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", io.Discard,
			nil),
	} {
		if !errors.As(err, new(*wxpay.InvalidError)) ||
			!strings.Contains(err.Error(), "nil; leave it out") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
