package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

const downloadPath = "/v3/billdownload/file?token=" +
	"6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2wMMR8cNXqaA_Cv&x=%2F"

func sha1Hex(b []byte) string { sum := sha1.Sum(b); return hex.EncodeToString(sum[:]) }

func gzipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, err := z.Write(b)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestDownloadURL(t *testing.T) {
	bill := bytes.Repeat([]byte("`2026-11-22,`wx2421b1c4370ec43b\r\n"), 10_000)
	packed := gzipped(t, bill)
	wrong := strings.Repeat("0", 40)
	for _, test := range []struct {
		name string
		body []byte
		opts []wxpay.CallOption
		is   error
		text string
	}{
		{"plain", bill, nil, nil, ""},
		{"SHA1", bill, []wxpay.CallOption{wxpay.WithDigest("SHA1", sha1Hex(bill))}, nil, ""},
		{"upper case", bill,
			[]wxpay.CallOption{wxpay.WithDigest("sha-1", strings.ToUpper(sha1Hex(bill)))}, nil, ""},
		{"gzip", packed,
			[]wxpay.CallOption{wxpay.WithGunzip(), wxpay.WithDigest("SHA1", sha1Hex(bill))},
			nil, ""},
		{"wrong digest", bill, []wxpay.CallOption{wxpay.WithDigest("SHA1", wrong)}, wxpay.ErrDigest,
			wrong},
		{"digest of the compressed", packed,
			[]wxpay.CallOption{wxpay.WithGunzip(), wxpay.WithDigest("SHA1", sha1Hex(packed))},
			wxpay.ErrDigest, "SHA1"},
		{"no gzip", bill, []wxpay.CallOption{wxpay.WithGunzip()}, wxpay.ErrGzip, "invalid header"},
		{"half a gzip", packed[:len(packed)/2], []wxpay.CallOption{wxpay.WithGunzip()},
			wxpay.ErrGzip, "EOF"},
		{"changed gzip", append(bytes.Clone(packed[:len(packed)-8]), 0, 0, 0, 0, 0, 0, 0, 0),
			[]wxpay.CallOption{wxpay.WithGunzip()}, wxpay.ErrGzip, "checksum"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlatform(t, func(r request, out *reply) {
				out.unsigned, out.body = true, test.body
				if r.URI != downloadPath {
					t.Errorf("asked for %s", r.URI)
				}
			})
			c := p.client(wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1}))
			var dst bytes.Buffer
			err := c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com"+downloadPath, &dst,
				test.opts...)
			if len(p.requests()) != 1 {
				t.Errorf("%d requests", len(p.requests()))
			}
			if test.is == nil {
				if err != nil || !bytes.Equal(dst.Bytes(), bill) {
					t.Errorf("%v, %d bytes", err, dst.Len())
				}
				return
			}
			var d *wxpay.DownloadError
			if !errors.As(err, &d) || !errors.Is(err, test.is) || d.Written != int64(dst.Len()) ||
				d.RequestID != requestID || !strings.Contains(err.Error(), test.text) {
				t.Errorf("%v, %d bytes written", err, dst.Len())
			}
			if strings.Contains(err.Error(), "6XIv5TUPto7pBy") {
				t.Errorf("the token is in the error: %v", err)
			}
		})
	}
}

func TestDownloadWithARegisteredHash(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.unsigned, out.body = true, []byte("x") })
	sum := md5.Sum([]byte("x"))
	c := p.client(wxpay.WithHash("SM3", md5.New))
	if err := c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", io.Discard,
		wxpay.WithDigest("SM3", hex.EncodeToString(sum[:]))); err != nil {
		t.Error(err)
	}
}

func TestDownloadRefusesBeforeAnythingIsSent(t *testing.T) {
	var asked atomic.Bool
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked.Store(true)
	}))
	defer stranger.Close()
	inProduction := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	good := "https://api.mch.weixin.qq.com/v3/x"
	for _, test := range []struct {
		url  string
		opts []wxpay.CallOption
		text string
	}{
		{stranger.URL + "/v3/billdownload/file?token=x", nil, "not a host of WeChat Pay"},
		{"https://evil.example/v3/x", nil, "not a host of WeChat Pay"},
		{"https://api.mch.weixin.qq.com.evil.example/v3/x", nil, "not a host of WeChat Pay"},
		{"https://evilweixin.qq.com/v3/x", nil, "not a host of WeChat Pay"},
		{"https://api.mch.weixin.qq.com:8443/v3/x", nil, "not a host of WeChat Pay"},
		{"http://api.mch.weixin.qq.com/v3/x", nil, "https"},
		{"https://evil.weixin.qq.com.evil.com/v3/x", nil, "not a host of WeChat Pay"},
		{"https://evil.example;.weixin.qq.com/v3/x", nil, "not a host of WeChat Pay"},
		{"https://.weixin.qq.com/v3/x", nil, "not a host of WeChat Pay"},
		{"https://evil.example/v3/x#.weixin.qq.com", nil, "not a host of WeChat Pay"},
		{`https://api.mch.weixin.qq.com\@evil.example/v3/x`, nil, "no absolute URL"},
		{"https://api.mch.weixin.qq.com@evil.example/v3/x", nil, "no absolute URL"},
		{"https://evil.example%00.weixin.qq.com/v3/x", nil, "no absolute URL"},
		{"https://api.mch.weixin.qq.com/v3/x?a=b HTTP/1.1", nil, "no absolute URL"},
		{"https://api.mch.weixin.qq.com/v3/x\r\nX: y", nil, "no absolute URL"},
		{"https://user:password@api.mch.weixin.qq.com/v3/x", nil, "no absolute URL"},
		{"/v3/billdownload/file", nil, "no absolute URL"},
		{"", nil, "no absolute URL"},
		{"https://api.mch.weixin.qq.com", nil, "no absolute URL"},
		{"https://%zz", nil, "no absolute URL"},
		{good, []wxpay.CallOption{wxpay.WithDigest("SM3", "00")}, "register it with WithHash"},
		{good, []wxpay.CallOption{wxpay.WithDigest("SHA1", "")}, "no digest"},
	} {
		err := inProduction.DownloadURL(t.Context(), test.url, io.Discard, test.opts...)
		var invalid *wxpay.InvalidError
		if !errors.As(err, &invalid) || !strings.Contains(err.Error(), test.text) ||
			strings.Contains(err.Error(), "password") {
			t.Errorf("%s: %v; want %q", test.url, err, test.text)
		}
	}
	if asked.Load() {
		t.Error("a stranger was asked")
	}
	if err := inProduction.DownloadURL(t.Context(), good, nil); err == nil {
		t.Error("no writer, no error")
	}
	err := inProduction.Do(t.Context(), gen.Call{Method: "GET", Path: "/v3/x"}, nil,
		wxpay.WithGunzip())
	if err == nil || !strings.Contains(err.Error(), "for downloads") {
		t.Errorf("WithGunzip without a download: %v", err)
	}
}

// refuse fails the test when a request is sent.
type refuse struct{ t *testing.T }

func (r refuse) RoundTrip(req *http.Request) (*http.Response, error) {
	r.t.Errorf("sent %s", req.URL.Host)
	return nil, errors.New("refused")
}

// recorder answers every host, and notes its name.
type recorder struct{ hosts []string }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.hosts = append(r.hosts, req.URL.Scheme+"://"+req.URL.Host)
	return &http.Response{StatusCode: 200, Header: make(http.Header),
		Body: io.NopCloser(strings.NewReader("x")), Request: req}, nil
}

func TestDownloadURLKeepsItsHost(t *testing.T) {
	for _, test := range []struct{ base, url, host string }{
		{"", "https://api.mch.weixin.qq.com/v3/x", "https://api.mch.weixin.qq.com"},
		{"", "https://apihk.mch.weixin.qq.com/v3/x", "https://apihk.mch.weixin.qq.com"},
		{"", "https://pay.wechatpay.cn/v3/x", "https://pay.wechatpay.cn"},
		{"http://127.0.0.1:1", "https://apihk.mch.weixin.qq.com/v3/x", "http://127.0.0.1:1"},
		{"http://127.0.0.1:1", "http://127.0.0.1:1/v3/x", "http://127.0.0.1:1"},
	} {
		r := new(recorder)
		opts := []wxpay.Option{wxpay.WithHTTPClient(&http.Client{Transport: r})}
		if test.base != "" {
			opts = append(opts, wxpay.WithBaseURL(test.base))
		}
		if err := offlineClient(t, opts...).DownloadURL(t.Context(), test.url,
			io.Discard); err != nil || len(r.hosts) != 1 || r.hosts[0] != test.host {
			t.Errorf("%s: %v, asked %v", test.url, err, r.hosts)
		}
	}
}

func TestDownloadErrorReply(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body = 400, []byte(`{"code":"NO_STATEMENT_EXIST","message":"账单文件不存在"}`)
	})
	var dst bytes.Buffer
	err := p.client().DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", &dst)
	var e *wxpay.Error
	if !errors.As(err, &e) || e.Code != "NO_STATEMENT_EXIST" || dst.Len() != 0 {
		t.Errorf("%v, %q written", err, &dst)
	}
}

func TestDownloadRedirectIsNotFollowed(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.unsigned = 302, true
		out.header.Set("Location", "https://evil.example/")
	})
	err := p.client().DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", io.Discard)
	var e *wxpay.Error
	if !errors.As(err, &e) || e.StatusCode != 302 {
		t.Errorf("%v", err)
	}
}

// failingWriter fails after n bytes.
type failingWriter struct{ n int }

var errDiskFull = errors.New("disk full")

func (w *failingWriter) Write(b []byte) (int, error) {
	if w.n -= len(b); w.n < 0 {
		return 0, errDiskFull
	}
	return len(b), nil
}

type lazyWriter struct{}

func (lazyWriter) Write(b []byte) (int, error) { return len(b) / 2, nil }

func TestDownloadToAFailingWriter(t *testing.T) {
	for _, test := range []struct {
		w  io.Writer
		is error
	}{{&failingWriter{0}, errDiskFull}, {&failingWriter{40_000}, errDiskFull},
		{lazyWriter{}, io.ErrShortWrite}} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.unsigned, out.body = true, make([]byte, 100_000)
		})
		c := p.client(wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1}))
		err := c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", test.w)
		var d *wxpay.DownloadError
		if !errors.As(err, &d) || !errors.Is(err, test.is) || errors.Is(err, wxpay.ErrRetryable) ||
			len(p.requests()) != 1 {
			t.Errorf("%v, %d requests", err, len(p.requests()))
		}
	}
}

// unreliable cuts the first reply off after some bytes.
func unreliable(t *testing.T, sent int) (base string, asked *atomic.Int32) {
	asked = new(atomic.Int32)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write(make([]byte, sent))
			return // net/http notices that bytes are missing, and closes the connection
		}
		_, _ = io.WriteString(w, "whole")
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func TestDownloadCutOff(t *testing.T) {
	base, asked := unreliable(t, 50)
	c := newClient(t, base, wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1}))
	var dst bytes.Buffer
	err := c.DownloadURL(t.Context(), base+"/v3/x", &dst)
	var e *wxpay.TransportError
	if !errors.As(err, &e) || e.StatusCode != 200 || dst.Len() != 50 || asked.Load() != 1 {
		t.Errorf("%v, %d bytes, %d requests", err, dst.Len(), asked.Load())
	}
	// Nothing was written yet, so the client may begin anew.
	base, asked = unreliable(t, 0)
	c = newClient(t, base, wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1}))
	dst.Reset()
	if err := c.DownloadURL(t.Context(), base+"/v3/x", &dst); err != nil ||
		dst.String() != "whole" || asked.Load() != 2 {
		t.Errorf("%v, %q, %d requests", err, &dst, asked.Load())
	}
}

// A slow download goes on. A download without a byte for as long as an attempt may take ends.
func TestDownloadThatStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dripping := roundTrip(func(r *http.Request) (*http.Response, error) {
			body, w := io.Pipe()
			go func() {
				for range 3 { // slow, but not stalled
					time.Sleep(20 * time.Second)
					_, _ = w.Write([]byte("x"))
				}
				<-r.Context().Done()
				w.CloseWithError(r.Context().Err())
			}()
			return &http.Response{StatusCode: 200, Header: make(http.Header), Body: body,
				Request: r}, nil
		})
		var dst bytes.Buffer
		start := time.Now()
		err := direct(t, dripping).DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x",
			&dst)
		var e *wxpay.TransportError
		if !errors.As(err, &e) || !errors.Is(err, context.DeadlineExceeded) || dst.Len() != 3 ||
			time.Since(start) != 90*time.Second {
			t.Errorf("%v, %d bytes after %v", err, dst.Len(), time.Since(start))
		}
	})
}

// A partial or empty reply is refused as a file.
func TestDownloadOfNoWholeFile(t *testing.T) {
	for _, status := range []int{204, 206} {
		for _, unsigned := range []bool{false, true} {
			p := newPlatform(t, func(_ request, out *reply) {
				if out.status, out.unsigned = status, unsigned; status == 206 {
					out.body = []byte("par")
				}
			})
			var dst bytes.Buffer
			c := p.client(wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1}))
			err := c.DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", &dst)
			var d *wxpay.DownloadError
			if !errors.As(err, &d) || d.RequestID != requestID || d.Written != 0 ||
				dst.Len() != 0 || !strings.Contains(err.Error(), strconv.Itoa(status)) ||
				len(p.requests()) != 1 {
				t.Errorf("HTTP %d: %v, %q written, %d requests", status, err, &dst,
					len(p.requests()))
			}
		}
	}
}

// net/http unpacks a Content-Encoding by itself. The file is its content, which may itself be gzip.
func TestGunzipWithinAContentEncoding(t *testing.T) {
	content := []byte("`2026-11-22,`wx2421b1c4370ec43b\r\n")
	for name, body := range map[string][]byte{"a .gz": gzipped(t, gzipped(t, content)),
		"plain": gzipped(t, content), "nothing": gzipped(t, nil)} {
		want := content
		if name == "nothing" {
			want = nil
		}
		p := newPlatform(t, func(_ request, out *reply) {
			out.unsigned, out.body = true, body
			out.header.Set("Content-Encoding", "gzip")
		})
		var dst bytes.Buffer
		err := p.client().DownloadURL(t.Context(), "https://api.mch.weixin.qq.com/v3/x", &dst,
			wxpay.WithGunzip(), wxpay.WithDigest("SHA1", sha1Hex(want)))
		if err != nil || !bytes.Equal(dst.Bytes(), want) {
			t.Errorf("%s: %v, %q", name, err, &dst)
		}
	}
}
