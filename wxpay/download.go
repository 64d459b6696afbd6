package wxpay

import (
	"context"
	"crypto/sha256"
	"io"
	"net/http"
)

// Download sends the call and streams the reply to dst. Replies of unsigned operations are protected by TLS alone; those of
// signed ones are verified at the end, so an error after the last byte means that dst must not be used.
func (c *Client) Download(ctx context.Context, call Call, dst io.Writer, opts ...CallOption) error {
	x := exchange{c: c, call: call, dst: dst}
	if isNil(dst) {
		return x.invalid("no writer for the download", nil)
	}
	if err := x.prepare(opts); err != nil {
		return err
	}
	return x.run(ctx)
}

// stream copies the reply. A byte that was written cannot be taken back, so there is no retry after the first.
func (x *exchange) stream(ctx context.Context, resp *http.Response, n int) error {
	if x.opts != nil && x.opts.raw != nil {
		*x.opts.raw = RawResponse{StatusCode: resp.StatusCode, Header: resp.Header}
	}
	w := &countingWriter{w: x.dst}
	if x.unsigned() {
		return x.copied(w, resp, n, w)
	}
	sig, fault := readSigned(resp.Header, x.c.now(), x.c.skew)
	if fault != nil {
		return x.identify(fault, resp)
	}
	h := sha256.New()
	h.Write(sig.appendHead(nil))
	if err := x.copied(io.MultiWriter(w, h), resp, n, w); err != nil {
		return err
	}
	h.Write([]byte{'\n'})
	if fault := x.c.verifyDigest(ctx, &sig, [sha256.Size]byte(h.Sum(nil))); fault != nil {
		return x.identify(fault, resp)
	}
	return nil
}

func (x *exchange) copied(dst io.Writer, resp *http.Response, n int, w *countingWriter) error {
	_, err := io.Copy(dst, resp.Body)
	x.written = x.written || w.n > 0
	if err == nil {
		return nil
	}
	t := x.transportFault(withoutURL(err), n, true)
	t.StatusCode = resp.StatusCode
	return t
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (w *countingWriter) Write(b []byte) (int, error) {
	n, err := w.w.Write(b)
	w.n += int64(n)
	return n, err
}
