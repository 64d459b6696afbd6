package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

func TestSignedDownload(t *testing.T) {
	content := gzipped(t, []byte("content"))
	spoil := false
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = content
		if spoil {
			out.spoil = func(r *reply) { r.header.Set("Wechatpay-Nonce", "x") }
		}
	})
	c := p.client()
	call := gen.Call{Name: "test.Download", Method: "GET", Path: "/v3/x"}
	var dst bytes.Buffer
	if err := c.Download(t.Context(), call, &dst, wxpay.WithGunzip()); err != nil ||
		dst.String() != "content" {
		t.Errorf("%v, %q", err, &dst)
	}
	spoil = true
	err := c.Download(t.Context(), call, &dst)
	var v *wxpay.VerifyError
	if !errors.As(err, &v) || v.Step != wxpay.StepSignature {
		t.Errorf("%v", err)
	}
}

// manyBytes is the size of a file that must not be held in memory. The race detector slows hashing
// and compression down tenfold.
var manyBytes = map[bool]int64{false: 200 << 20, true: 20 << 20}[raceEnabled]

// allocated returns how many bytes f allocates, kept or not.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestDownloadIsNotBuffered(t *testing.T) {
	h := sha1.New()
	_, _ = io.CopyN(h, zeros{}, manyBytes)
	digest := wxpay.WithDigest("SHA1", hex.EncodeToString(h.Sum(nil)))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v3/packed" {
			z := gzip.NewWriter(w)
			_, _ = io.CopyN(z, zeros{}, manyBytes)
			_ = z.Close()
			return
		}
		w.Header().Set("Content-Length", strconv.FormatInt(manyBytes, 10))
		_, _ = io.CopyN(w, zeros{}, manyBytes)
	}))
	defer s.Close()
	c := newClient(t, s.URL)
	for path, opts := range map[string][]wxpay.CallOption{"/v3/plain": {digest},
		"/v3/packed": {digest, wxpay.WithGunzip()}} {
		used := allocated(func() {
			if err := c.DownloadURL(t.Context(), s.URL+path, io.Discard, opts...); err != nil {
				t.Error(err)
			}
		})
		if used > 4<<20 {
			t.Errorf("%s: a download of %d bytes allocated %d", path, manyBytes, used)
		}
	}
}
