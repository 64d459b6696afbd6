package wxpay_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestKeyRingOrder(t *testing.T) {
	now := time.Now()
	old := newCert(t, platformKey(), &platformKey().PublicKey, 0x0A01, now.Add(-2*time.Hour),
		now.Add(time.Hour))
	young := newCert(t, otherKey(), &otherKey().PublicKey, 0xB02, now.Add(-time.Hour),
		now.Add(2*time.Hour))
	c := newClient(t, "http://127.0.0.1:1")
	ring := c.Keys()
	for _, err := range []error{ring.AddCertificate(old), ring.AddCertificate(young),
		ring.Add("PUB_KEY_ID_00", &otherKey().PublicKey)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	order := func(want ...string) {
		t.Helper()
		if got := ring.Serials(); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	order("PUB_KEY_ID_00", publicID, "0B02", "0A01")
	if err := ring.Prefer("0A01"); err != nil {
		t.Error(err)
	}
	order("0A01", "PUB_KEY_ID_00", publicID, "0B02")
	if err := ring.Prefer("0a01"); !errors.Is(err, wxpay.ErrUnknownSerial) {
		t.Errorf("lower case: %v", err)
	}
	if !ring.Remove("0A01") || ring.Remove("0A01") {
		t.Error("Remove")
	}
	order("PUB_KEY_ID_00", publicID, "0B02")
}

// A program migrates from certificates to public keys without a restart: both verify all the time,
// and the preferred one seals.
func TestMigrationFromCertificates(t *testing.T) {
	now := time.Now()
	cert := newCert(t, otherKey(), &otherKey().PublicKey, 0xC0FFEE, now.Add(-time.Hour),
		now.Add(time.Hour))
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	cfg := testConfig()
	cfg.PlatformKeys, cfg.PlatformCerts = nil, append(cfg.PlatformCerts, cert)
	c, err := wxpay.New(cfg, wxpay.WithBaseURL(p.start().URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	sealedWith := func(serial string) {
		t.Helper()
		if _, err := postOrder(t.Context(), c, anOrder()); err != nil {
			t.Fatal(err)
		}
		if got := p.requests()[len(p.requests())-1]; got.Serial != serial {
			t.Errorf("Wechatpay-Serial %s, want %s", got.Serial, serial)
		}
	}
	p.key, p.serial = otherKey(), "C0FFEE"
	sealedWith("C0FFEE")
	if err := c.Keys().Add(publicID, &platformKey().PublicKey); err != nil {
		t.Fatal(err)
	}
	sealedWith(publicID) // the platform still signs with the certificate
	p.key, p.serial = platformKey(), publicID
	sealedWith(publicID)
	if err := c.Keys().Prefer("C0FFEE"); err != nil {
		t.Fatal(err)
	}
	sealedWith("C0FFEE")
	c.Keys().Remove("C0FFEE")
	sealedWith(publicID)
}

func TestCertificateOutOfValidity(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name        string
		from, until time.Time
		want        error
	}{
		{"expired", now.Add(-2 * time.Hour), now.Add(-time.Hour), wxpay.ErrKeyExpired},
		{"not yet valid", now.Add(time.Hour), now.Add(2 * time.Hour), wxpay.ErrKeyNotYetValid},
	} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
		p.serial = "0ABC"
		cfg := testConfig()
		cfg.PlatformKeys = nil
		cfg.PlatformCerts = append(cfg.PlatformCerts,
			newCert(t, platformKey(), &platformKey().PublicKey, 0xABC, c.from, c.until))
		client, err := wxpay.New(cfg, wxpay.WithBaseURL(p.start().URL))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.CloseIdleConnections)
		var v *wxpay.VerifyError
		if _, err := getOrder(t.Context(), client, "1"); !errors.As(err, &v) ||
			v.Step != wxpay.StepKey || v.Serial != "0ABC" || !errors.Is(err, c.want) {
			t.Errorf("%s, verifying: %v", c.name, err)
		}
		var s *wxpay.SealError
		if _, err := postOrder(t.Context(), client, anOrder()); !errors.As(err, &s) ||
			s.Field != "user_name" || !errors.Is(err, c.want) {
			t.Errorf("%s, sealing: %v", c.name, err)
		}
		if len(p.requests()) != 1 {
			t.Errorf("%s: %d requests", c.name, len(p.requests()))
		}
	}
}

func TestSealFaults(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	if err := c.Keys().Add("PUB_KEY_ID_99", &otherKey().PublicKey); err != nil {
		t.Fatal(err)
	}
	sealed, err := c.Encrypt(aName)
	if err != nil || sealed.Serial() != publicID {
		t.Fatal(sealed.Serial(), err)
	}
	long := strings.Repeat("张", 72) // 216 bytes
	for _, f := range []struct {
		name        string
		edit        func(*orderRequest)
		opts        []wxpay.CallOption
		field, text string
	}{
		{"too long", func(r *orderRequest) {
			r.Details[1].Phone = wxpay.NewSecret(long)
		}, nil, "details[1].phone", "216 bytes; 214 bytes are the most"},
		{"clear text taken for ciphertext", func(r *orderRequest) {
			r.Phones[0] = wxpay.SealedSecret(aPhone)
		}, nil, "phones[0]", "neither clear text from NewSecret nor base64"},
		{"long text taken for ciphertext", func(r *orderRequest) {
			r.Contact.Phone = wxpay.SealedSecret(strings.Repeat("张三", 200))
		}, nil, "contact.phone", "neither clear text"},
		{"two keys", func(r *orderRequest) {
			r.Contact.Phone = wxpay.SealedSecretFor("PUB_KEY_ID_99", sealed.Sealed())
		}, nil, "contact.phone", `"PUB_KEY_ID_99"`},
		{"unknown serial", func(*orderRequest) {},
			[]wxpay.CallOption{wxpay.WithSerial("PUB_KEY_ID_77")}, "user_name",
			"no platform key with this serial"},
	} {
		req := anOrder()
		f.edit(&req)
		_, err := postOrder(t.Context(), c, req, f.opts...)
		var s *wxpay.SealError
		if !errors.As(err, &s) || s.Field != f.field || s.Operation != "test.Order" ||
			!strings.Contains(err.Error(), f.text) {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		for _, clear := range []string{aPhone, aName, "张"} {
			if strings.Contains(err.Error(), clear) {
				t.Errorf("%s leaks: %v", f.name, err)
			}
		}
	}
	if len(p.requests()) != 0 {
		t.Error("something was sent")
	}
	c.Keys().Remove(publicID)
	c.Keys().Remove("PUB_KEY_ID_99")
	if _, err := postOrder(t.Context(), c, anOrder()); !errors.Is(err, wxpay.ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
}

func TestSealedPassesThrough(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	if err := c.Keys().Add("PUB_KEY_ID_99", &otherKey().PublicKey); err != nil {
		t.Fatal(err)
	}
	elsewhere := sealFor(t, &otherKey().PublicKey, aName)
	req := orderRequest{OpenID: "o", Name: wxpay.SealedSecretFor("PUB_KEY_ID_99", elsewhere),
		Amount: amount{1, "CNY"}}
	if _, err := postOrder(t.Context(), c, req); err != nil {
		t.Fatal(err)
	}
	sent := p.requests()[0]
	if sent.Serial != "PUB_KEY_ID_99" || !strings.Contains(string(sent.Body), elsewhere) {
		t.Errorf("serial %s, body %s", sent.Serial, sent.Body)
	}
	// A Secret from a reply is sealed anew for the platform: the reply's ciphertext is for the
	// merchant.
	opened, err := c.Decrypt(sealFor(t, &merchantKey().PublicKey, aName))
	if err != nil {
		t.Fatal(err)
	}
	req.Name = opened
	if _, err := postOrder(t.Context(), c, req); err != nil {
		t.Fatal(err)
	}
	if body := string(p.requests()[1].Body); strings.Contains(body, opened.Sealed()) {
		t.Error("the merchant's ciphertext went to the platform")
	}
	// The caller names the key.
	req.Name = wxpay.NewSecret(aName)
	if _, err := postOrder(t.Context(), c, req, wxpay.WithSerial("PUB_KEY_ID_99")); err != nil ||
		p.requests()[2].Serial != "PUB_KEY_ID_99" {
		t.Errorf("WithSerial: %v", err)
	}
}
