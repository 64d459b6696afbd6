package notice

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Patience is the time limit for an answer.
const Patience = 5 * time.Second

var errNotAllowed = errors.New("not sent")

// newClient calls loopback addresses and allowed hosts alone, and follows no redirect.
func newClient(hosts []string) *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: Patience}
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(hosts, host) && !slices.Contains(hosts, "*") {
			d.Control = func(_, to string, _ syscall.RawConn) error { return loopback(to, host) }
		}
		return d.DialContext(ctx, network, address)
	}
	return &http.Client{
		Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

func loopback(address, host string) error {
	ip, _, err := net.SplitHostPort(address)
	if err == nil && net.ParseIP(ip).IsLoopback() {
		return nil
	}
	return fmt.Errorf("%w: %s is not this machine; allow it with --notify-host %s", errNotAllowed,
		host, host)
}

// CheckURL returns the fault of a notify_url; "" if there is none.
func CheckURL(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	switch {
	case !ok || scheme != "https" && scheme != "http" || rest == "":
		return "is no http or https URL"
	case strings.ContainsAny(address, "?#"):
		return "has a query or a fragment"
	case len(address) > 256:
		return fmt.Sprintf("has %d characters; at most 256", len(address))
	}
	return ""
}
