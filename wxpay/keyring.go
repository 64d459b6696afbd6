package wxpay

import (
	"cmp"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// Reasons why a key of the ring cannot be used; a [*VerifyError] or [*SealError] wraps them.
var (
	// ErrUnknownSerial says that no key of the ring has the serial.
	ErrUnknownSerial = errors.New("no platform key with this serial")
	// ErrKeyNotYetValid says that the certificate's validity begins later.
	ErrKeyNotYetValid = errors.New("platform certificate is not valid yet")
	// ErrKeyExpired says that the certificate's validity has ended.
	ErrKeyExpired = errors.New("platform certificate has expired")
	// ErrNoKey says that the ring has no valid key to seal with.
	ErrNoKey = errors.New("no valid platform key")
)

// KeyRing holds WeChat Pay's public keys and platform certificates, side by side. All of them
// verify; the preferred one seals. You may add and remove keys while calls are running. Serials are
// opaque strings, compared exactly. A certificate's serial is its serial number in upper case
// hexadecimal.
type KeyRing struct {
	owner owner
	mu    sync.Mutex // held by writers; readers take the snapshot
	state atomic.Pointer[ringState]
}

// ringState never changes once published.
type ringState struct {
	keys      map[string]*platformKey
	order     []*platformKey // the order in which the client tries them for sealing
	preferred string
}

type platformKey struct {
	serial      string
	pub         *rsa.PublicKey
	certificate bool
	fetched     bool // by a CertificateSource, which may remove it again
	from, until time.Time
}

// usable checks the validity of certificates; public keys do not expire.
func (k *platformKey) usable(clock func() time.Time) error {
	if !k.certificate {
		return nil
	}
	switch now := clock(); {
	case now.Before(k.from):
		return ErrKeyNotYetValid
	case now.After(k.until):
		return ErrKeyExpired
	}
	return nil
}

// certificateKey returns the key of a platform certificate.
func certificateKey(cert *x509.Certificate) (*platformKey, error) {
	if cert == nil {
		return nil, &KeyError{Err: errors.New("nil certificate")}
	}
	serial := CertificateSerial(cert)
	pub, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, &KeyError{Serial: serial,
			Err: fmt.Errorf("certificate %s: holds a %T; want an RSA key", serial, cert.PublicKey)}
	}
	if err := keyfile.CheckPublic(pub); err != nil {
		return nil, &KeyError{Serial: serial, Err: fmt.Errorf("certificate %s: %w", serial, err)}
	}
	return &platformKey{serial: serial, pub: pub, certificate: true, from: cert.NotBefore,
		until: cert.NotAfter}, nil
}

func newKeyRing(cfg *Config) (*KeyRing, error) {
	r := &KeyRing{owner: cfg.owner()}
	r.state.Store(&ringState{})
	var errs []error
	serials := make([]string, 0, len(cfg.PlatformKeys))
	for serial := range cfg.PlatformKeys {
		serials = append(serials, serial)
	}
	sort.Strings(serials)
	for _, serial := range serials {
		if err := r.Add(serial, cfg.PlatformKeys[serial]); err != nil {
			errs = append(errs, &ConfigError{"Config.PlatformKeys", err})
		}
	}
	for i, cert := range cfg.PlatformCerts {
		if err := r.AddCertificate(cert); err != nil {
			errs = append(errs, &ConfigError{fmt.Sprintf("Config.PlatformCerts[%d]", i), err})
		}
	}
	return r, errors.Join(errs...)
}

// Add puts a public key on the ring, or replaces the one with the same serial. It refuses nil, keys
// below 2048 or above 8192 bits, and the merchant's own, with a [*KeyError].
func (r *KeyRing) Add(serial string, pub *rsa.PublicKey) error {
	if serial == "" || !httptext.IsToken(serial) {
		return &KeyError{Serial: serial,
			Err: fmt.Errorf("serial %.64q; want the id of the key, as PUB_KEY_ID_…", serial)}
	}
	err := keyfile.CheckPublic(pub)
	if err == nil {
		err = r.owner.refuses(serial, pub)
	}
	if err != nil {
		return &KeyError{Serial: serial, Err: fmt.Errorf("%s: %w", serial, err)}
	}
	r.update(func(s *ringState) { s.keys[serial] = &platformKey{serial: serial, pub: pub} })
	return nil
}

// AddCertificate puts a platform certificate on the ring. It refuses nil, keys that are not RSA or
// not of 2048 to 8192 bits, the merchant's own certificate, and one with the serial of another key,
// with a [*KeyError]; it accepts one outside its validity, which neither verifies nor seals then.
func (r *KeyRing) AddCertificate(cert *x509.Certificate) error {
	k, err := certificateKey(cert)
	if err != nil {
		return err
	}
	err = r.owner.refusesCertificate(cert)
	r.update(func(s *ringState) {
		if old := s.keys[k.serial]; old != nil && !old.pub.Equal(k.pub) && err == nil {
			err = errOtherKey
		}
		if err == nil {
			s.keys[k.serial] = k
		}
	})
	if err != nil {
		return &KeyError{Serial: k.serial, Err: fmt.Errorf("certificate %s: %w", k.serial, err)}
	}
	return nil
}

var errOtherKey = errors.New("another one with this serial has another key")

// Remove takes the key off the ring and reports whether it was there. A certificate that WeChat Pay
// lists comes back with the next download.
func (r *KeyRing) Remove(serial string) bool {
	found := false
	r.update(func(s *ringState) {
		_, found = s.keys[serial]
		delete(s.keys, serial)
		if s.preferred == serial {
			s.preferred = ""
		}
	})
	return found
}

// Prefer makes the key with this serial seal, as long as it is valid. It returns [ErrUnknownSerial]
// for a serial that is not on the ring. Without a preference public keys come before certificates,
// the lowest serial first, and of the certificates the newest first.
func (r *KeyRing) Prefer(serial string) error {
	err := fmt.Errorf("%.64q: %w", serial, ErrUnknownSerial)
	r.update(func(s *ringState) {
		if s.keys[serial] != nil {
			s.preferred, err = serial, nil
		}
	})
	return err
}

// Serials lists the keys in the order in which the client tries them for sealing.
func (r *KeyRing) Serials() []string {
	var serials []string
	for _, k := range r.state.Load().order {
		serials = append(serials, k.serial)
	}
	return serials
}

// update publishes an edited copy of the ring.
func (r *KeyRing) update(edit func(*ringState)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.state.Load()
	s := &ringState{keys: maps.Clone(old.keys), preferred: old.preferred}
	if s.keys == nil {
		s.keys = make(map[string]*platformKey)
	}
	edit(s)
	for _, k := range s.keys {
		s.order = append(s.order, k)
	}
	sort.Slice(s.order, func(i, j int) bool {
		a, b := s.order[i], s.order[j]
		return cmp.Or(-compareBool(a.serial == s.preferred, b.serial == s.preferred),
			compareBool(a.certificate, b.certificate), b.from.Compare(a.from),
			strings.Compare(a.serial, b.serial)) < 0
	})
	r.state.Store(s)
}

// replaceFetched replaces the certificates of the last download by newer ones. It keeps listed
// ones, even if they are unreadable now, and all keys that did not come from a download.
func (r *KeyRing) replaceFetched(keys []*platformKey, listed []string) {
	r.update(func(s *ringState) {
		maps.DeleteFunc(s.keys, func(_ string, k *platformKey) bool {
			return k.fetched && !slices.Contains(listed, k.serial)
		})
		for _, k := range keys {
			if old := s.keys[k.serial]; old == nil || old.fetched {
				s.keys[k.serial] = k
			}
		}
		if s.keys[s.preferred] == nil {
			s.preferred = ""
		}
	})
}

// sealer returns the key to seal with: the named one, or else the first valid one.
func (r *KeyRing) sealer(serial string, clock func() time.Time) (*platformKey, error) {
	s := r.state.Load()
	if serial != "" {
		k := s.keys[serial]
		if k == nil {
			return nil, ErrUnknownSerial
		}
		return k, k.usable(clock)
	}
	err := ErrNoKey
	for _, k := range s.order {
		if err = k.usable(clock); err == nil {
			return k, nil
		}
	}
	return nil, err
}

// verifier returns the key with this serial, if it is valid.
func (r *KeyRing) verifier(serial string, clock func() time.Time) (*platformKey, error) {
	k := r.state.Load().keys[serial]
	if k == nil {
		return nil, ErrUnknownSerial
	}
	return k, k.usable(clock)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
