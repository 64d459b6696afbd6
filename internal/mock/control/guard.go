package control

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// Guard accepts requests from this machine, to a name of this machine, and not from pages of other
// sites. A request that changes something must be JSON, which forms of other sites cannot send.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := stranger(r); why != "" {
			fail(w, http.StatusForbidden, "refused: "+why)
			return
		}
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// stranger says why a request is refused; "" if it is accepted.
func stranger(r *http.Request) string {
	if !loopback(r.RemoteAddr) {
		return "only this machine may steer the mock server"
	}
	if !local(r.Host) {
		return "the Host header is no name of this machine; use 127.0.0.1 or localhost"
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" &&
		site != "none" {
		return "a page of another site may not steer the mock server"
	}
	if origin := r.Header.Get("Origin"); origin != "" && !same(origin, r.Host) {
		return "a page of another site may not steer the mock server"
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return ""
	}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return "Content-Type must be application/json"
	}
	return ""
}

func loopback(address string) bool {
	at, err := netip.ParseAddrPort(address)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// local reports whether a host, with or without a port, is localhost or a loopback address. Other
// names that resolve to this machine do not count.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

func same(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "http" && strings.EqualFold(u.Host, host)
}
