package wxpay

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// maxUpload bounds a file that must be held in memory because its reader can be read only once.
const maxUpload = 32 << 20

// File is the content of an upload. A reader with random access (an io.ReaderAt and io.Seeker, such
// as *os.File and *bytes.Reader) is streamed from its current position, once for the digest and
// once for each attempt; its position does not change. Any other reader is read into memory, up to
// 32 MiB, since the digest precedes the content. It is used up then, so another call needs another
// reader.
type File struct {
	Name        string // as "licence.jpg"
	Content     io.Reader
	ContentType string // by the name's extension if empty

	content *io.SectionReader // the whole of it; nil until measured
}

// Describe fills in the name and the digest of a file in the meta part of its upload, where they
// are empty. Either pointer may be nil. The hash is SHA1, SHA256, or one registered by [WithHash].
// Its errors are of type [*InvalidError] and name operation.
func (c *Client) Describe(ctx context.Context, operation string, f *File, hash string,
	name, digest *string) error {
	if err := c.unready(ctx, operation); err != nil {
		return err
	}
	fault := func(problem string, err error) error {
		return &InvalidError{Operation: operation, Fields: []string{"file"}, Problem: problem,
			Err: err}
	}
	if isNil(f.Content) {
		return fault("no content", nil)
	}
	if f.Name == "" && name != nil {
		f.Name = *name
	}
	if err := checkFileName(f.Name); err != nil {
		return fault("name", err)
	}
	if !utf8.ValidString(f.Name) || !utf8.ValidString(f.ContentType) {
		return garbled(operation, "file")
	}
	if err := f.measure(ctx); err != nil {
		return fault("content", err)
	}
	if f.content.Size() == 0 {
		return fault("no content: the reader is at its end; a file that is sent again has to be "+
			"rewound", nil)
	}
	if name != nil && *name == "" {
		*name = f.Name
	}
	if digest == nil || *digest != "" {
		return nil
	}
	h, err := c.newHash(hash)
	if err != nil {
		return fault("digest", err)
	}
	if _, err := io.Copy(h, patient{ctx, f.reader()}); err != nil {
		return fault("content", err)
	}
	*digest = hex.EncodeToString(h.Sum(nil))
	return nil
}

// measure makes the content readable any number of times.
func (f *File) measure(ctx context.Context) error {
	if f.content != nil {
		return nil
	}
	if f.content = section(f.Content); f.content != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(patient{ctx, f.Content}, maxUpload+1))
	if err != nil {
		return err
	}
	if len(data) > maxUpload {
		return fmt.Errorf("more than %d bytes from a reader that cannot be read twice; pass an "+
			"*os.File or *bytes.Reader", maxUpload)
	}
	f.content = io.NewSectionReader(bytes.NewReader(data), 0, int64(len(data)))
	return nil
}

// patient reads until its context ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// section returns the rest of r without moving r. It returns nil if r has no random access, as a
// pipe.
func section(r io.Reader) *io.SectionReader {
	at, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
		return nil
	}
	start, err := at.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil
	}
	end, err := at.Seek(0, io.SeekEnd)
	if _, backErr := at.Seek(start, io.SeekStart); err != nil || backErr != nil || end < start {
		return nil
	}
	return io.NewSectionReader(at, start, end-start)
}

// reader starts from the beginning. Readers of several attempts do not disturb each other: net/http
// may still hold that of a failed attempt.
func (f *File) reader() io.Reader { return io.NewSectionReader(f.content, 0, f.content.Size()) }

// newHash returns the hash called name, whatever its case and dashes.
func (c *Client) newHash(name string) (hash.Hash, error) {
	key := hashName(name)
	if h := c.hashes[key]; h != nil {
		return h(), nil
	}
	switch key {
	case "SHA1":
		return sha1.New(), nil
	case "SHA256", "":
		return sha256.New(), nil
	}
	return nil, fmt.Errorf("hash %.32q is not built in; register it with WithHash", name)
}

func hashName(name string) string { return strings.ReplaceAll(strings.ToUpper(name), "-", "") }

func checkFileName(name string) error {
	if name == "" {
		return errors.New("empty; set File.Name")
	}
	if !httptext.IsValue(name) || strings.ContainsAny(name, "\t") {
		return errors.New("holds control characters")
	}
	return nil
}

// frame writes the part of the body before the file: the JSON part, which alone is signed, and the
// file's header.
func (f *File) frame(ctx context.Context, p *prepared) error {
	// generated code has described the file by now
	if err := p.c.Describe(ctx, p.call.Name, f, "", nil, nil); err != nil {
		return err
	}
	kind := cmp.Or(f.ContentType, contentType(f.Name))
	if !httptext.IsValue(kind) {
		return p.invalid("File.ContentType holds control characters", nil)
	}
	boundary := rand.Text() + rand.Text()
	var b bytes.Buffer
	fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n"+
		"Content-Type: application/json\r\n\r\n",
		boundary, quoteParam(cmp.Or(p.call.MetaPart, "meta")))
	b.Write(p.signed)
	fmt.Fprintf(&b, "\r\n--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"+
		"Content-Type: %s\r\n\r\n",
		boundary, quoteParam(cmp.Or(p.call.FilePart, "file")), quoteParam(f.Name), kind)
	p.body, p.kind = b.Bytes(), multipartKind+boundary
	return nil
}

const multipartKind = "multipart/form-data; boundary="

// quoteParam writes a name as browsers do. Control characters were refused.
func quoteParam(s string) string { return strings.ReplaceAll(s, `"`, "%22") }

// contentType knows the types that WeChat Pay accepts, so that they do not depend on the machine's
// tables. Those know the other types.
func contentType(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png", ".bmp", ".gif":
		return "image/" + ext[1:]
	case ".mp4", ".mpeg":
		return "video/" + ext[1:]
	case ".avi":
		return "video/x-msvideo"
	case ".mov":
		return "video/quicktime"
	case ".pdf":
		return "application/pdf"
	default:
		return cmp.Or(mime.TypeByExtension(ext), "application/octet-stream")
	}
}

// attach joins frame and content while they are read, so that the file is never copied as a whole.
func (f *File) attach(p *prepared, req *http.Request) {
	tail := "\r\n--" + strings.TrimPrefix(p.kind, multipartKind) + "--\r\n"
	body := func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(p.body), f.reader(),
			strings.NewReader(tail))), nil
	}
	req.Body, _ = body()
	req.GetBody = body
	req.ContentLength = int64(len(p.body)) + f.content.Size() + int64(len(tail))
}
