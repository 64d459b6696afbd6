package wxpay

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// CallOption configures one call.
type CallOption interface{ applyCall(*callSettings) }

// callSettings is what options set on a call.
type callSettings struct {
	raw        *RawResponse
	header     http.Header
	query      gen.Query
	fields     []extraField
	base       *origin
	timeout    time.Duration
	maxBody    int64
	serial     string
	idempotent bool
	unsigned   bool
	digest     digest // of a download
	gunzip     bool
	faults     []error

	unvalidated bool
}

func newCallSettings(opts []CallOption) *callSettings {
	s := new(callSettings)
	for _, o := range opts {
		if o == nil {
			s.fault("call option", "nil; leave it out")
			continue
		}
		o.applyCall(s)
	}
	return s
}

func (s *callSettings) fault(option, format string, args ...any) {
	s.faults = append(s.faults, fmt.Errorf(option+": "+format, args...))
}

type callOption func(*callSettings)

func (o callOption) applyCall(s *callSettings) { o(s) }

const (
	defaultHost   = "api.mch.weixin.qq.com"
	defaultBackup = "api2.mch.weixin.qq.com"
)

// origin is the URL of a request without its path.
type origin struct {
	scheme, host, prefix string
}

var production = origin{scheme: "https", host: defaultHost}

// parseOrigin reads "https://host:port/prefix". Its errors do not quote the URL, which may hold a
// password.
func parseOrigin(s string) (*origin, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || !utf8.ValidString(s) || u.Scheme != "https" &&
		u.Scheme != "http" {
		return nil, errors.New("want a URL such as https://api.mch.weixin.qq.com")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("want a URL without user, query and fragment")
	}
	return &origin{u.Scheme, u.Host, strings.TrimRight(u.EscapedPath(), "/")}, nil
}

// digest is the value of WithDigest.
type digest struct{ hash, hex string }

// extraField is the value of one WithField.
type extraField struct {
	name  string
	value any
}

// RawResponse is a reply as it was received.
type RawResponse struct {
	StatusCode int
	Header     http.Header
	Body       []byte // nil for downloads
}
