package wxpay

import (
	"crypto/tls"
	"errors"
	"net"
	"testing"
)

// A fateWalk is a sequence of attempts, and what the call may do after it.
type fateWalk struct {
	walk                        func(f *fate)
	sent, move, repeat, doubted bool // mayRepeat of a call that is not idempotent
}

var (
	errUnknown     = error(&Error{StatusCode: 500})
	errRefused     = error(&Error{StatusCode: 400, Code: CodeParamError})
	noConnection   = &net.OpError{Op: "dial", Err: errors.New("refused")}
	badCertificate = &tls.CertificateVerificationError{Err: errors.New("expired")}
)

var fateWalks = map[string]fateWalk{
	"not begun": {func(*fate) {}, false, false, false, false},
	"begun":     {func(f *fate) { f.begin() }, false, false, false, false},
	"no connection": {func(f *fate) {
		f.arrive(reachOf(false, false, false, noConnection))
	}, false, true, true, false},
	"timeout, dialing": {func(f *fate) {
		f.arrive(reachOf(true, false, false, errAttemptTimeout))
	}, false, true, true, false},
	"timeout, waiting": {func(f *fate) {
		f.arrive(reachOf(true, false, true, errAttemptTimeout))
	}, false, false, true, false},
	"no connection of a pool": {func(f *fate) {
		f.arrive(reachOf(true, false, true, noConnection))
	}, false, true, true, false},
	"wrong certificate": {func(f *fate) {
		f.arrive(reachOf(true, false, false, badCertificate))
	}, false, false, false, false},
	"silent transport": {func(f *fate) {
		f.arrive(reachOf(false, false, false, errNoResponse))
	}, true, false, false, false},
	"sent": {func(f *fate) {
		f.arrive(reachOf(true, true, false, noConnection))
	}, true, false, false, false},
	"answered": {func(f *fate) {
		f.arrive(answered)
	}, true, false, false, false},
	"unknown": {func(f *fate) {
		f.arrive(answered)
		f.end(true, errUnknown)
	}, true, false, false, true},
	"unknown, of a query": {func(f *fate) {
		f.arrive(answered)
		f.end(false, errUnknown)
	}, true, false, false, false},
	"refused": {func(f *fate) {
		f.arrive(answered)
		f.end(true, errRefused)
	}, true, false, false, false},
	"unknown, then begun": {func(f *fate) {
		f.arrive(sent)
		f.end(true, errUnknown)
		f.begin()
	}, true, false, false, true},
	"unknown, then refused": {func(f *fate) {
		f.end(true, errUnknown)
		f.begin()
		f.arrive(answered)
		f.end(true, errRefused)
	}, true, false, false, true},
	"unknown, then unreached": {func(f *fate) {
		f.end(true, errUnknown)
		f.begin()
		f.arrive(unreached)
	}, true, true, true, true},
	"unreached, then begun": {func(f *fate) {
		f.arrive(unreached)
		f.begin()
	}, false, false, false, false},
	"written": {func(f *fate) {
		f.arrive(answered)
		f.spend()
	}, true, false, false, false},
	"written, then unreached": {func(f *fate) {
		f.spend()
		f.arrive(unreached)
	}, false, true, false, false},
}

// TestFate takes a call through its attempts, and checks what it may do after each.
func TestFate(t *testing.T) {
	for name, c := range fateWalks {
		f := new(fate)
		c.walk(f)
		if f.maybeSent() != c.sent || f.mayMove() != c.move || f.mayRepeat(false) != c.repeat ||
			f.inDoubt != c.doubted {
			t.Errorf("%s: maybeSent %t, mayMove %t, mayRepeat %t, inDoubt %t", name, f.maybeSent(),
				f.mayMove(), f.mayRepeat(false), f.inDoubt)
		}
		if f.mayRepeat(true) == f.spent {
			t.Errorf("%s: an idempotent call may repeat: %t", name, f.mayRepeat(true))
		}
	}
}
