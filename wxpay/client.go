package wxpay

import (
	"context"
	"crypto"
	"hash"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Client calls WeChat Pay for one merchant, or for one brand. It is safe for concurrent use, and
// meant to be kept: it holds connections.
type Client struct {
	settings
	mchID, brandID string // one of them is empty
	serialNo       string
	credentials    string // how the Authorization header begins, up to the nonce
	private        concealed[private]
	keys           *KeyRing
	certificates   refresher // nil unless WithCertificates

	backupUntil atomic.Int64 // Unix nanoseconds; calls go to the backup host first until then

	scratch sync.Pool // *scratch
	walkers sync.Pool // *sealer
}

// private holds what a printed client must not show: the keys, and the connections, whose buffers
// hold the last requests and replies.
type private struct {
	http      *http.Client
	key       crypto.Signer
	decrypter crypto.Decrypter // nil if the key cannot decrypt
	aead      lazyAEAD         // of the APIv3 key
}

func (c *Client) http() *http.Client { return c.private.Load().http }

// MchID returns the number of the merchant that signs; "" if a brand does.
func (c *Client) MchID() string {
	if c == nil {
		return ""
	}
	return c.mchID
}

// BrandID returns the number of the brand that signs; "" if a merchant does.
func (c *Client) BrandID() string {
	if c == nil {
		return ""
	}
	return c.brandID
}

// Keys returns the platform's keys, to add and remove them at run time.
func (c *Client) Keys() *KeyRing {
	if c == nil {
		return nil
	}
	return c.keys
}

// CloseIdleConnections closes the client's idle connections. It includes those of other users of
// the same http.Client.
func (c *Client) CloseIdleConnections() {
	if c.unmade("") == nil {
		c.http().CloseIdleConnections()
	}
}

// pooled reports whether a request may wait for a connection that another one holds.
func (c *Client) pooled() bool {
	t, ok := c.http().Transport.(*http.Transport)
	return ok && t.MaxConnsPerHost > 0
}

// Option configures a client.
type Option interface{ applyClient(*settings) }

// ClientCallOption configures a client, or one call of it.
type ClientCallOption interface {
	Option
	CallOption
}

type clientOption func(*settings)

func (o clientOption) applyClient(s *settings) { o(s) }

type bothOption struct {
	clientOption
	callOption
}

// settings is what options set on a client.
type settings struct {
	given     *http.Client // of WithHTTPClient, or nil; the client's own is private
	base      *origin      // nil: the production host
	backup    string       // host; "" for none
	now       func() time.Time
	skew      time.Duration
	maxBody   int64
	timeout   time.Duration
	userAgent string
	retry     RetryPolicy
	observers []Observer
	slots     chan struct{}
	pace      pacer // nil without WithRateLimit
	hashes    map[string]func() hash.Hash
	source    func(*Client) refresher // of platform certificates; nil for none
	faults    []error

	unvalidated bool
}

func (s *settings) fault(option, format string, args ...any) {
	s.faults = append(s.faults, configFault(option, format, args...))
}

// refresher is a [CertificateSource]. It is an interface, so that programs without one do not link
// it.
type refresher interface {
	refreshUnknown(ctx context.Context) error
}

// pacer is a bucket. It is an interface, so that programs without a rate limit do not link it.
type pacer interface {
	wait(ctx context.Context) error
}

// unmade refuses a client that is nil or zero.
func (c *Client) unmade(operation string) error {
	if c == nil || c.private == nil {
		return &InvalidError{Operation: operation,
			Problem: "the client is nil, or was not made by New"}
	}
	return nil
}

// unready refuses a client that New did not make, and a nil context.
func (c *Client) unready(ctx context.Context, operation string) error {
	if err := c.unmade(operation); err != nil {
		return err
	}
	return noContext(ctx, operation)
}
