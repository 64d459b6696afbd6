package wxpay

import (
	"hash"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// Defaults of the options below.
const (
	DefaultMaxBody = 4 << 20
	DefaultTimeout = 30 * time.Second
)

// WithHTTPClient sends through a copy of h that follows no redirects. The default is a client of
// its own with Go's default transport settings and more idle connections. Share one h to share
// connections among merchants.
func WithHTTPClient(h *http.Client) Option {
	return clientOption(func(s *settings) {
		if s.given = h; h == nil {
			s.fault("WithHTTPClient", "nil; leave the option out for the default")
		}
	})
}

// WithBaseURL replaces scheme and host of every call, those on another host of WeChat Pay included,
// as "http://127.0.0.1:8080". Its path is put before every path, and is signed too. It also turns
// off the backup host.
func WithBaseURL(base string) ClientCallOption {
	o, err := parseOrigin(base)
	return bothOption{
		func(s *settings) {
			if s.base = o; err != nil {
				s.fault("WithBaseURL", "%w", err)
			}
		},
		func(s *callSettings) {
			if s.base = o; err != nil {
				s.fault("WithBaseURL", "%w", err)
			}
		},
	}
}

// WithBackup sets the host for calls that cannot connect to api.mch.weixin.qq.com. For a minute
// after such a failure calls go to it first. "" means none. The default is api2.mch.weixin.qq.com.
func WithBackup(host string) Option {
	return clientOption(func(s *settings) {
		if s.backup = host; strings.ContainsAny(host, "/@?# ") {
			s.fault("WithBackup", "%.64q; want a host without scheme and path", host)
		}
	})
}

// WithClock replaces time.Now for signatures, the window of their timestamps, and the validity of
// certificates.
func WithClock(now func() time.Time) Option {
	return clientOption(func(s *settings) {
		if now == nil {
			s.fault("WithClock", "nil; leave the option out for time.Now")
			return
		}
		s.now = now
	})
}

// WithClockSkew sets how old, or how far in the future, a signature may be. The default is 5
// minutes.
func WithClockSkew(d time.Duration) Option {
	return clientOption(func(s *settings) {
		if s.skew = d; d <= 0 {
			s.fault("WithClockSkew", "%v; want a positive duration", d)
		}
	})
}

// WithMaxBody bounds replies, in bytes; larger ones give a [*BodySizeError]. The default is 4 MiB.
// Downloads are streamed and not bounded.
func WithMaxBody(n int64) ClientCallOption {
	return bothOption{
		func(s *settings) {
			if s.maxBody = n; n <= 0 {
				s.fault("WithMaxBody", "%d; want a positive number of bytes", n)
			}
		},
		func(s *callSettings) {
			if s.maxBody = n; n <= 0 {
				s.fault("WithMaxBody", "%d; want a positive number of bytes", n)
			}
		},
	}
}

// WithTimeout bounds each attempt, from connecting to the last byte of the reply; for a download,
// to the first byte and from each byte to the next. The default is 30 seconds. The context bounds
// the call as a whole, its retries included.
func WithTimeout(d time.Duration) ClientCallOption {
	return bothOption{
		func(s *settings) {
			if s.timeout = d; d <= 0 {
				s.fault("WithTimeout", "%v; want a positive duration", d)
			}
		},
		func(s *callSettings) {
			if s.timeout = d; d <= 0 {
				s.fault("WithTimeout", "%v; want a positive duration", d)
			}
		},
	}
}

// WithUserAgent replaces the User-Agent header.
func WithUserAgent(agent string) Option {
	return clientOption(func(s *settings) {
		if s.userAgent = agent; !httptext.IsValue(agent) || !utf8.ValidString(agent) {
			s.fault("WithUserAgent", "want printable text")
		}
	})
}

// WithHash registers a hash that the standard library lacks, as "SM3", for uploads and downloads
// that name it. SHA1 and SHA256 are built in.
func WithHash(name string, h func() hash.Hash) Option {
	return clientOption(func(s *settings) {
		if name == "" || h == nil {
			s.fault("WithHash", "want a name and a constructor")
			return
		}
		if s.hashes == nil {
			s.hashes = make(map[string]func() hash.Hash)
		}
		s.hashes[hashName(name)] = h
	})
}

// WithRawResponse stores the received reply in r, even an error reply or one that could not be
// verified.
func WithRawResponse(r *RawResponse) CallOption {
	return callOption(func(s *callSettings) {
		if s.raw = r; r == nil {
			s.fault("WithRawResponse", "nil")
		}
	})
}

// WithHeader adds a header to the request. It cannot set the signature's headers and the body's
// type.
func WithHeader(name, value string) CallOption {
	return callOption(func(s *callSettings) {
		name := http.CanonicalHeaderKey(name)
		if !httptext.IsToken(name) || name == "" || !httptext.IsValue(value) ||
			slices.Contains(ownHeaders, name) {
			s.fault("WithHeader", "%.64q cannot be set", name)
			return
		}
		if s.header == nil {
			s.header = make(http.Header)
		}
		s.header.Add(name, value)
	})
}

// ownHeaders are set by the runtime alone.
var ownHeaders = []string{"Authorization", headerSerial, "Content-Type", "Content-Length", "Host",
	"Transfer-Encoding"}

// WithQuery adds a query parameter that is not in the description.
func WithQuery(name, value string) CallOption {
	return callOption(func(s *callSettings) { s.query.String(name, value) })
}

// WithField adds a field that is not in the description to the JSON object of the body. It refuses
// a field that the body already has, with an [*InvalidError].
func WithField(name string, value any) CallOption {
	return callOption(func(s *callSettings) {
		s.fields = append(s.fields, extraField{name, value})
	})
}

// WithSerial names the platform key that seals the call's fields. The Wechatpay-Serial header then
// names that key.
func WithSerial(serial string) CallOption {
	return callOption(func(s *callSettings) {
		if s.serial = serial; serial == "" || !httptext.IsToken(serial) {
			s.fault("WithSerial", "%.64q is no serial", serial)
		}
	})
}

// WithIdempotent marks a call as safe to retry. GET is, and so are the operations that the
// description marks.
func WithIdempotent() CallOption {
	return callOption(func(s *callSettings) { s.idempotent = true })
}

// WithUnsigned accepts a reply without a signature, as some downloads have. TLS alone protects its
// content then. If the reply has a signature, the client verifies it all the same.
func WithUnsigned() CallOption { return callOption(func(s *callSettings) { s.unsigned = true }) }

// WithRetry replaces the retry policy.
func WithRetry(p RetryPolicy) Option {
	return clientOption(func(s *settings) { s.retry = p.withDefaults() })
}

// WithObserver adds an observer. Several begin in the order in which they were added, and end in
// the opposite order.
func WithObserver(o Observer) Option {
	return clientOption(func(s *settings) {
		if isNil(o) {
			s.fault("WithObserver", "nil")
			return
		}
		s.observers = append(s.observers, o)
	})
}
