package wxpay

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// Reasons for a [*DownloadError], beside those of the writer.
var (
	// ErrDigest says that the content does not match the digest of the preceding reply: it was cut
	// off or changed on its way.
	ErrDigest = errors.New("digest differs")
	// ErrGzip says that the content is no valid gzip, and [WithGunzip] was to unpack it.
	ErrGzip = errors.New("content is no valid gzip")
)

// DownloadError says that a download must not be used, although its reply arrived. Some or all of
// the content was already written.
type DownloadError struct {
	Operation string
	RequestID string
	Written   int64 // bytes
	Attempts  int   // how often the request was tried
	Err       error // ErrDigest, ErrGzip, or what the writer returned
}

// Error names operation and reason.
func (e *DownloadError) Error() string {
	s := fmt.Sprintf("wxpay: %s: download failed after %d bytes were written: %v", e.Operation,
		e.Written, e.Err)
	return s + origins("", e.RequestID, 0, e.Attempts)
}

// Unwrap returns the reason.
func (e *DownloadError) Unwrap() error { return e.Err }

// WithDigest compares the downloaded content, once it is written, with hash_type and hash_value of
// the preceding reply. A difference is a [*DownloadError] of [ErrDigest]. SHA1 and SHA256 are built
// in, others come from [WithHash]. For bills, the digest is that of the content before compression:
// with tar_type GZIP, use [WithGunzip] as well.
func WithDigest(hash, hex string) CallOption {
	return callOption(func(s *callSettings) {
		if s.digest = (digest{hash, hex}); hash == "" || hex == "" {
			s.fault("WithDigest", "no hash or no digest; take both from the reply that named "+
				"the file")
		}
	})
}

// WithGunzip unpacks a compressed download. The preceding call asked for tar_type GZIP.
func WithGunzip() CallOption { return callOption(func(s *callSettings) { s.gunzip = true }) }

// Download sends the call and streams the reply to dst. TLS and [WithDigest] protect replies of
// unsigned operations; the client verifies those of signed ones at the end. An error may follow
// after bytes were written, even after the last: dst must not be used then.
func (c *Client) Download(ctx context.Context, call gen.Call, dst io.Writer,
	opts ...CallOption) error {
	x := exchange{p: prepared{c: c, call: call, dst: dst}}
	return x.download(ctx, opts)
}

// DownloadURL streams the file of a reply's download_url into dst: a bill, a receipt, a picture. It
// signs the request, so it refuses URLs on hosts other than WeChat Pay's with an [*InvalidError]. A
// base URL replaces the host of the URL. See [Client.Download] and [WithDigest].
func (c *Client) DownloadURL(ctx context.Context, downloadURL string, dst io.Writer,
	opts ...CallOption) error {
	// The path holds a token. Errors must not show it.
	call := gen.Call{Name: "wxpay.DownloadURL", Method: http.MethodGet, Path: "(download URL)",
		Unsigned: true}
	x := exchange{p: prepared{c: c, dst: dst, call: call}}
	if err := c.unmade(x.p.call.Name); err != nil {
		return err
	}
	u, err := url.Parse(downloadURL)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Path == "" ||
		!httptext.IsPrintable(u.RawQuery):
		return x.p.invalid("no absolute URL", nil)
	case !x.p.trusts(u, opts):
		return x.p.invalid(fmt.Sprintf("will not sign a request to %.64q: not a host of WeChat "+
			"Pay, reached by https", u.Scheme+"://"+u.Host), nil)
	}
	if x.p.given = u; u.Host != defaultHost { // which has a backup
		x.p.call.Server = u.Scheme + "://" + u.Host
	}
	return x.download(ctx, opts)
}

// trusts accepts hosts of WeChat Pay and the base URL alone: a signature proves who calls.
func (p *prepared) trusts(u *url.URL, opts []CallOption) bool {
	for _, base := range []*origin{p.c.base, newCallSettings(opts).base} {
		if base != nil && base.scheme == u.Scheme && base.host == u.Host {
			return true
		}
	}
	host := strings.ToLower(u.Hostname())
	ours := (strings.HasSuffix(host, ".weixin.qq.com") ||
		strings.HasSuffix(host, ".wechatpay.cn")) &&
		httptext.IsToken(strings.ReplaceAll(host, ".", "")) && host[0] != '.'
	return u.Scheme == "https" && ours && (u.Port() == "" || u.Port() == "443")
}

func (x *exchange) download(ctx context.Context, opts []CallOption) error {
	if isNil(x.p.dst) {
		return x.p.invalid("no writer for the download", nil)
	}
	x.stream = (*attempt).download
	if err := x.p.prepare(ctx, opts); err != nil {
		return err
	}
	if _, err := x.p.hash(); err != nil { // before anything is sent
		return x.p.invalid("WithDigest", err)
	}
	return x.run(ctx)
}

// hash returns the hash that WithDigest names; nil if there is none.
func (p *prepared) hash() (hash.Hash, error) {
	if p.opts == nil || p.opts.digest.hex == "" {
		return nil, nil
	}
	return p.c.newHash(p.opts.digest.hash)
}

// download copies the reply. The caller's writer keeps every byte, so there is no retry after the
// first.
func (a *attempt) download(ctx context.Context, resp *http.Response, timer *time.Timer) error {
	if resp.StatusCode != http.StatusOK {
		err := fmt.Errorf("HTTP %d is no whole file", resp.StatusCode)
		return &DownloadError{Operation: a.p.call.Name, RequestID: resp.Header.Get(headerRequestID),
			Err: err}
	}
	if a.p.opts != nil && a.p.opts.raw != nil {
		*a.p.opts.raw = RawResponse{StatusCode: resp.StatusCode, Header: resp.Header}
	}
	in := &source{r: resp.Body, timer: timer, idle: a.p.timeout()}
	if a.p.unsigned() && !hasSignature(resp.Header) {
		return a.copy(ctx, in, in, resp)
	}
	sig, fault := readSigned(resp.Header, a.p.c.now(), a.p.c.skew)
	if fault != nil {
		return a.identify(fault, resp)
	}
	h := sha256.New()
	h.Write(sig.appendHead(nil))
	if err := a.copy(ctx, io.TeeReader(in, h), in, resp); err != nil {
		return err
	}
	h.Write([]byte{'\n'})
	if fault := a.p.c.verifyDigest(ctx, &sig, [sha256.Size]byte(h.Sum(nil))); fault != nil {
		return a.identify(fault, resp)
	}
	return nil
}

// copy moves r, which reads from in, to the caller's writer, and tells apart whose fault a failure
// is.
func (a *attempt) copy(ctx context.Context, r io.Reader, in *source, resp *http.Response) error {
	h, err := a.p.hash()
	if err != nil {
		return a.p.invalid("WithDigest", err)
	}
	out := &sink{w: a.p.dst, h: h}
	err = a.unpack(out, r, resp)
	if out.n > 0 || out.err != nil {
		a.fate.spend()
	}
	switch {
	case out.err != nil:
		err = out.err
	case in.err != nil:
		return a.cutOff(ctx, resp, in.err)
	case err != nil:
		a.fate.spend() // a second attempt would bring the same
	case h != nil:
		if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, a.p.opts.digest.hex) {
			a.fate.spend()
			err = fmt.Errorf("%w: %s is %s, want %.128q", ErrDigest, oneLine(a.p.opts.digest.hash),
				got, a.p.opts.digest.hex)
		}
	}
	if err == nil {
		return nil
	}
	return &DownloadError{Operation: a.p.call.Name, RequestID: resp.Header.Get(headerRequestID),
		Written: out.n, Err: err}
}

// unpack copies r to w. It unpacks gzip if the call asked for that and net/http has not done it.
func (a *attempt) unpack(w *sink, r io.Reader, resp *http.Response) error {
	if a.p.opts == nil || !a.p.opts.gunzip {
		_, err := io.Copy(w, r)
		return err
	}
	buffered := bufio.NewReader(r)
	if head, _ := buffered.Peek(2); resp.Uncompressed && string(head) != "\x1f\x8b" {
		_, err := io.Copy(w, buffered)
		return err
	}
	z, err := gzip.NewReader(buffered)
	if err == nil {
		_, err = io.Copy(w, z)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGzip, err)
	}
	return nil
}

// source reads a reply. It keeps its failure, and gives up if no byte comes within the limit of an
// attempt.
type source struct {
	r     io.Reader
	timer *time.Timer
	idle  time.Duration
	err   error
}

func (s *source) Read(b []byte) (int, error) {
	if s.timer != nil {
		s.timer.Reset(s.idle)
		defer s.timer.Stop()
	}
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// sink writes to the caller's writer. It counts, hashes, and keeps its failure.
type sink struct {
	w   io.Writer
	h   hash.Hash // or nil
	n   int64
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if n < len(b) && err == nil {
		err = io.ErrShortWrite
	}
	s.n, s.err = s.n+int64(max(n, 0)), err
	if s.h != nil && err == nil {
		s.h.Write(b)
	}
	return n, err
}

func (e *DownloadError) count(n int) { e.Attempts = n }
