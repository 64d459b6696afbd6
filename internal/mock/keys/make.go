package keys

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"sync"
	"time"
)

// PublicKeyID is the serial of the platform's public key.
const PublicKeyID = "PUB_KEY_ID_0119000000012024010100000000"

// Numbers of the accounts that [Make] makes.
const (
	MchID      = "1900000001"
	SecondID   = "1900000002"
	PartnerID  = "1900000100"
	SubMchID   = "1900000109"
	OtherSubID = "1900000110"
	BrandID    = "120344"
	AppID      = "wx8888888888888888"
)

// Make makes the credentials of a server: two merchants, a partner with two sub-merchants and a
// brand, the public key of the platform and a certificate of it. The second merchant lives with
// platform certificates, the others with the public key.
func Make() (*Ring, error) { return MakeOf(NewKey) }

// MakeOf is [Make] with keys of another make. They can be saved if they are *rsa.PrivateKey.
func MakeOf[K Key](newKey func() (K, error)) (*Ring, error) {
	key := func() (Key, error) { return newKey() }
	r := &Ring{
		Public: &PlatformKey{Serial: PublicKeyID},
		Accounts: []*Account{
			{Role: Merchant, ID: MchID, Name: "测试商户", AppID: AppID},
			{Role: Merchant, ID: SecondID, Name: "测试商户二", AppID: "wx7777777777777777",
				Certificates: true},
			{Role: Partner, ID: PartnerID, Name: "测试服务商", AppID: "wx6666666666666666",
				SubMchIDs: []string{SubMchID, OtherSubID}},
			{Role: Brand, ID: BrandID, Name: "测试品牌", AppID: "wx5555555555555555"},
		},
	}
	platform := new(PlatformKey)
	tasks := []func() error{
		func() (err error) { r.Public.Key, err = key(); return err },
		func() (err error) { r.Stranger, err = key(); return err },
		func() (err error) { platform, err = newCertificate(key); return err },
	}
	for _, a := range r.Accounts {
		tasks = append(tasks, func() error { return a.make(key) })
	}
	if err := all(tasks); err != nil {
		return nil, err
	}
	r.AddCertificate(platform)
	return r, nil
}

// all runs the tasks side by side: making keys takes long.
func all(tasks []func() error) error {
	errs := make([]error, len(tasks))
	var wait sync.WaitGroup
	for i, task := range tasks {
		wait.Go(func() { errs[i] = task() })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *Account) make(key func() (Key, error)) (err error) {
	if a.Key, err = key(); err != nil {
		return err
	}
	a.APIv3Key = rand.Text()[:16] + rand.Text()[:16]
	a.Certificate, err = certificate(a.Key, "wxgen mock test "+string(a.Role)+" "+a.ID)
	if err == nil {
		a.SerialNo = Serial(a.Certificate)
	}
	return err
}

// NewCertificate makes a platform certificate.
func NewCertificate() (*PlatformKey, error) {
	return newCertificate(func() (Key, error) { return NewKey() })
}

func newCertificate(key func() (Key, error)) (*PlatformKey, error) {
	k, err := key()
	if err != nil {
		return nil, err
	}
	cert, err := certificate(k, "wxgen mock test platform")
	if err != nil {
		return nil, err
	}
	return &PlatformKey{Serial: Serial(cert), Key: k, Certificate: cert}, nil
}

// NewKey makes a key of 2048 bits.
func NewKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// certificate signs itself. Its subject says that it is a test's.
func certificate(key Key, name string) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 158))
	if err != nil {
		return nil, err
	}
	serial.SetBit(serial, 158, 1) // forty digits, the first not 0
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject: pkix.Name{CommonName: name,
			Organization: []string{"wxgen mock: test only, not WeChat Pay"}},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:  time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return x509.ParseCertificate(der)
}
