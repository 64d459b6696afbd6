package wxpay

import (
	"bytes"
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
)

// maxUpload is the largest file that is held in memory because its reader cannot be read twice.
const maxUpload = 32 << 20

// File is the content of an upload. A Content that is an io.Seeker is streamed from where it stands; any other is
// read into memory, up to 32 MiB, since its digest has to be sent ahead of it.
type File struct {
	Name        string // as "licence.jpg"
	Content     io.Reader
	ContentType string // by the name's extension if empty

	size  int64 // of the content; -1 while unknown
	start int64 // where the content begins, if it is a Seeker
	sized bool
}

// Describe fills the name and the digest of a file into the meta part of its upload, where they are empty. Either pointer
// may be nil. The hash is SHA1, SHA256, or one registered by [WithHash].
func (c *Client) Describe(f *File, hash string, name, digest *string) error {
	if isNil(f.Content) {
		return &InvalidError{Fields: []string{"file"}, Problem: "no content"}
	}
	if f.Name == "" && name != nil {
		f.Name = *name
	}
	if err := checkFileName(f.Name); err != nil {
		return &InvalidError{Fields: []string{"file"}, Problem: "name", Err: err}
	}
	if err := f.measure(); err != nil {
		return &InvalidError{Fields: []string{"file"}, Problem: "content", Err: err}
	}
	if name != nil && *name == "" {
		*name = f.Name
	}
	if digest == nil || *digest != "" {
		return nil
	}
	h, err := c.newHash(hash)
	if err != nil {
		return &InvalidError{Fields: []string{"file"}, Problem: "digest", Err: err}
	}
	if _, err := io.Copy(h, f.Content); err != nil {
		return &InvalidError{Fields: []string{"file"}, Problem: "content", Err: err}
	}
	*digest = hex.EncodeToString(h.Sum(nil))
	if err := f.rewind(); err != nil {
		return &InvalidError{Fields: []string{"file"}, Problem: "content", Err: err}
	}
	return nil
}

// measure learns the size of the content, and makes sure that it can be read again.
func (f *File) measure() error {
	if f.sized {
		return nil
	}
	if _, ok := f.Content.(io.Seeker); !ok {
		data, err := io.ReadAll(io.LimitReader(f.Content, maxUpload+1))
		if err != nil {
			return err
		}
		if len(data) > maxUpload {
			return fmt.Errorf("more than %d bytes from a reader that cannot seek; pass an *os.File or *bytes.Reader", maxUpload)
		}
		f.Content = bytes.NewReader(data)
	}
	s := f.Content.(io.Seeker)
	var err error
	if f.start, err = s.Seek(0, io.SeekCurrent); err != nil {
		return err
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	f.size, f.sized = end-f.start, true
	return f.rewind()
}

func (f *File) rewind() error {
	_, err := f.Content.(io.Seeker).Seek(f.start, io.SeekStart)
	return err
}

// newHash returns the hash called name, whatever its case and dashes.
func (c *Client) newHash(name string) (hash.Hash, error) {
	name = strings.ReplaceAll(strings.ToUpper(name), "-", "")
	if h := c.hashes[name]; h != nil {
		return h(), nil
	}
	switch name {
	case "SHA1":
		return sha1.New(), nil
	case "SHA256", "":
		return sha256.New(), nil
	}
	return nil, fmt.Errorf("hash %.32q is not built in; register it with WithHash", name)
}

func checkFileName(name string) error {
	if name == "" {
		return errors.New("empty; set File.Name")
	}
	if !plainValue(name) || strings.ContainsAny(name, "\t") {
		return errors.New("holds control characters")
	}
	return nil
}

// multipart frames the file. Only the JSON part is signed.
func (x *exchange) multipart() error {
	f := x.call.File
	if err := x.c.Describe(f, "", nil, nil); err != nil {
		err.(*InvalidError).Operation = x.call.Name
		return err
	}
	var random [16]byte
	if _, err := rand.Read(random[:]); err != nil {
		return x.invalid("no randomness", err)
	}
	boundary := hex.EncodeToString(random[:])
	kind := f.ContentType
	if kind == "" {
		kind = cmpOr(mime.TypeByExtension(path.Ext(f.Name)), "application/octet-stream")
	}
	if !plainValue(kind) {
		return x.invalid("File.ContentType holds control characters", nil)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: application/json\r\n\r\n", boundary, quoteParam(cmpOr(x.call.MetaPart, "meta")))
	b.Write(x.signed)
	fmt.Fprintf(&b, "\r\n--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
		boundary, quoteParam(cmpOr(x.call.FilePart, "file")), quoteParam(f.Name), kind)
	x.body, x.tail = b.Bytes(), []byte("\r\n--"+boundary+"--\r\n")
	x.kind = "multipart/form-data; boundary=" + boundary
	return nil
}

func quoteParam(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }

// rewind makes the file ready for another attempt.
func (x *exchange) rewind() bool { return x.call.File.rewind() == nil }

func (x *exchange) setFileBody(req *http.Request) error {
	f := x.call.File
	// Bounded, in case the file has grown since it was measured: the length is announced.
	req.Body = io.NopCloser(io.MultiReader(bytes.NewReader(x.body), io.LimitReader(f.Content, f.size), bytes.NewReader(x.tail)))
	req.ContentLength = int64(len(x.body)) + f.size + int64(len(x.tail))
	return nil
}
