package wxpay_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// upload is like the generated request of an operation with a file.
type upload struct {
	Meta struct {
		Filename string `json:"filename"`
		SHA256   string `json:"sha256"`
	}
	File wxpay.File
}

func postUpload(t *testing.T, c *wxpay.Client, req upload, opts ...wxpay.CallOption) error {
	t.Helper()
	if err := c.Describe(t.Context(), "test.Upload", &req.File, "SHA256", &req.Meta.Filename,
		&req.Meta.SHA256); err != nil {
		return err
	}
	call := gen.Call{Name: "test.Upload", Method: "POST", Path: "/v3/merchant/media/upload"}
	call.Body, call.File = &req.Meta, &req.File
	return c.Do(t.Context(), call, nil, opts...)
}

// parts splits a multipart body as a server does.
func parts(t *testing.T, r request) (meta string, file []byte, header http.Header) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		t.Fatalf("%s: %v", kind, err)
	}
	m := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"])
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			return meta, file, header
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		switch p.FormName() {
		case "meta":
			meta = string(data)
			if kind := p.Header.Get("Content-Type"); kind != "application/json" {
				t.Errorf("meta has type %s", kind)
			}
		case "file":
			file, header = data, http.Header(p.Header)
		default:
			t.Errorf("part %q", p.FormName())
		}
	}
}

// onlyReader hides the other methods of a reader.
type onlyReader struct{ io.Reader }

func TestUpload(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789\r\n--x"), 20_000)
	onDisk := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(onDisk, content, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(onDisk)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	halfRead := bytes.NewReader(append([]byte("skip"), content...))
	if _, err := halfRead.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		file wxpay.File
		kind string
	}{
		{"bytes", wxpay.File{Name: "a.jpg", Content: bytes.NewReader(content)}, "image/jpeg"},
		{"from the middle", wxpay.File{Name: "a.MP4", Content: halfRead}, "video/mp4"},
		{"os.File", wxpay.File{Name: `quo"te\.png`, Content: file}, "image/png"},
		{"reader", wxpay.File{Name: "营业执照.pdf", Content: onlyReader{bytes.NewReader(content)}},
			"application/pdf"},
		{"type", wxpay.File{Name: "x", Content: onlyReader{bytes.NewReader(content)},
			ContentType: "image/bmp"}, "image/bmp"},
		{"no type", wxpay.File{Name: "x", Content: onlyReader{bytes.NewReader(content)}},
			"application/octet-stream"},
	} {
		t.Run(test.name, func(t *testing.T) { uploadTwice(t, test.file, test.kind, content) })
	}
	if pos, _ := halfRead.Seek(0, io.SeekCurrent); pos != 4 {
		t.Errorf("the caller's reader was moved to %d", pos)
	}
}

// uploadTwice sends a file whose first attempt fails, and checks the bodies of both attempts.
func uploadTwice(t *testing.T, file wxpay.File, kind string, content []byte) {
	t.Helper()
	var tries atomic.Int32
	p := newPlatform(t, func(_ request, out *reply) {
		// so that a second attempt sends it all again
		if out.body = []byte(`{}`); tries.Add(1) == 1 {
			out.status, out.body = 500, []byte(`{"code":"SYSTEM_ERROR"}`)
		}
	})
	c := p.client(wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 2, MinDelay: 1}))
	if err := postUpload(t, c, upload{File: file}, wxpay.WithIdempotent()); err !=
		nil {
		t.Fatal(err)
	}
	for _, r := range p.requests() {
		meta, got, header := parts(t, r)
		sum := sha256.Sum256(content)
		if want := fmt.Sprintf(`{"filename":%q,"sha256":"%x"}`, file.Name,
			sum); meta != want {
			t.Errorf("meta %s, want %s", meta, want)
		}
		if !bytes.Equal(got, content) {
			t.Errorf("%d bytes of content, want %d", len(got), len(content))
		}
		_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
		if err != nil || params["filename"] != strings.ReplaceAll(file.Name, `"`,
			"%22") || header.Get("Content-Type") != kind {
			t.Errorf("part %v, %v", header, err)
		}
	}
	if len(p.requests()) != 2 {
		t.Errorf("%d requests", len(p.requests()))
	}
}

func TestUploadKeepsWhatIsGiven(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	req := upload{File: wxpay.File{Content: strings.NewReader("x")}}
	req.Meta.Filename, req.Meta.SHA256 = "given.jpg", "abc"
	if err := postUpload(t, p.client(), req); err != nil {
		t.Fatal(err)
	}
	meta, _, header := parts(t, p.requests()[0])
	if meta != `{"filename":"given.jpg","sha256":"abc"}` ||
		!strings.Contains(header.Get("Content-Disposition"), "given.jpg") {
		t.Errorf("%s, %v", meta, header)
	}
}

func TestDescribeWithARegisteredHash(t *testing.T) {
	c := offlineClient(t, wxpay.WithHash("SM3", md5.New)) // MD5 stands in: any hash.Hash will do
	f := wxpay.File{Name: "a.jpg", Content: strings.NewReader("x")}
	var digest string
	if err := c.Describe(t.Context(), "test.Upload", &f, "sm3", nil, &digest); err != nil {
		t.Fatal(err)
	}
	if sum := md5.Sum([]byte("x")); digest != hex.EncodeToString(sum[:]) {
		t.Errorf("digest %s", digest)
	}
}

func TestDescribeRefuses(t *testing.T) {
	c := offlineClient(t)
	var name, digest string
	for _, test := range []struct {
		file wxpay.File
		hash string
		text string
	}{
		{wxpay.File{Name: "a.jpg"}, "SHA256", "no content"},
		{wxpay.File{Name: "a.jpg", Content: (*bytes.Reader)(nil)}, "SHA256", "no content"},
		{wxpay.File{Content: strings.NewReader("x")}, "SHA256", "set File.Name"},
		{wxpay.File{Name: "a\r\nb", Content: strings.NewReader("x")}, "SHA256",
			"control characters"},
		{wxpay.File{Name: "a.jpg", Content: strings.NewReader("x")}, "SM3",
			"register it with WithHash"},
		{wxpay.File{Name: "a.jpg", Content: failingReader{}}, "SHA256", "unexpected EOF"},
		{wxpay.File{Name: "a.jpg", Content: io.LimitReader(zeros{}, 33<<20)}, "SHA256",
			"bytes from a reader that cannot be read twice"},
	} {
		err := c.Describe(t.Context(), "test.Upload", &test.file, test.hash, &name, &digest)
		var invalid *wxpay.InvalidError
		if !errors.As(err, &invalid) || invalid.Operation != "test.Upload" ||
			!strings.Contains(err.Error(), test.text) {
			t.Errorf("%v; want %q", err, test.text)
		}
		name, digest = "", ""
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestUploadWithoutDescribe(t *testing.T) {
	c := offlineClient(t)
	call := gen.Call{Name: "test.Upload", Method: "POST", Path: "/v3/x", Body: struct{}{},
		File: &wxpay.File{Name: "x"}}
	var invalid *wxpay.InvalidError
	if err := c.Do(t.Context(), call, nil); !errors.As(err, &invalid) ||
		invalid.Operation != "test.Upload" {
		t.Errorf("%v", err)
	}
	call.File = &wxpay.File{Name: "x", Content: strings.NewReader("x"), ContentType: "a\r\nb"}
	if err := c.Do(t.Context(), call, nil); !errors.As(err, &invalid) {
		t.Errorf("%v", err)
	}
}

// endless is a file of zeros with random access.
type endless struct{}

func (endless) ReadAt(b []byte, _ int64) (int, error) { clear(b); return len(b), nil }

func TestUploadIsNotBuffered(t *testing.T) {
	var got atomic.Int64
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		got.Store(n)
		w.WriteHeader(http.StatusNoContent)
	})
	used := allocated(func() {
		req := upload{
			File: wxpay.File{Name: "a.mp4", Content: io.NewSectionReader(endless{}, 0, manyBytes)},
		}
		if err := postUpload(t, c, req, wxpay.WithUnsigned()); err != nil {
			t.Error(err)
		}
	})
	if got.Load() < manyBytes || used > 4<<20 {
		t.Errorf("an upload of %d bytes allocated %d, %d arrived", manyBytes, used, got.Load())
	}
}

// An upload refuses a reader at its end: it would send an empty file with a matching digest.
func TestUploadOfAReaderAtItsEnd(t *testing.T) {
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	read := strings.NewReader("content")
	_, _ = io.Copy(io.Discard, read)
	for _, content := range []io.Reader{read, onlyReader{read}, strings.NewReader(""),
		new(bytes.Buffer)} {
		err := postUpload(t, c, upload{File: wxpay.File{Name: "a.jpg", Content: content}})
		var invalid *wxpay.InvalidError
		if !errors.As(err, &invalid) || invalid.Operation != "test.Upload" ||
			!strings.Contains(err.Error(), "at its end") {
			t.Errorf("%T: %v", content, err)
		}
	}
}

// slow takes a second for each read, and never ends.
type slow struct{}

func (slow) Read(b []byte) (int, error)              { time.Sleep(time.Second); return len(b), nil }
func (s slow) ReadAt(b []byte, _ int64) (int, error) { return s.Read(b) }

// Reading a slow file, as from a network, ends with the context.
func TestDescribeEndsWithTheContext(t *testing.T) {
	for _, content := range []io.Reader{onlyReader{slow{}}, io.NewSectionReader(slow{}, 0, 1<<30)} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
			defer cancel()
			var digest string
			start := time.Now()
			err := offlineClient(t).Describe(ctx, "test.Upload",
				&wxpay.File{Name: "a.jpg", Content: content}, "SHA256", nil, &digest)
			if !errors.As(err, new(*wxpay.InvalidError)) ||
				!errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 4*time.Second ||
				digest != "" {
				t.Errorf("%T: %v after %v", content, err, time.Since(start))
			}
		})
	}
}
