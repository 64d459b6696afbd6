package wxpaytest

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// Request is a request that the server received, with everything sealed in clear.
type Request struct {
	Method   string
	Path     string            // without escapes
	Template string            // of the reply that was planned for it
	Args     map[string]string // of the template's parameters
	Query    url.Values
	Header   http.Header
	Body     []byte  // JSON; the meta part of an upload
	RawBody  []byte  // as sent
	Upload   *Upload // nil if the request is none

	escaped string
	sealed  bool
}

// Upload is the file of a request.
type Upload struct {
	Part        string // "file"
	Name        string
	ContentType string
	Content     []byte
}

// Decode reads the body into v, a pointer.
func (r *Request) Decode(v any) error { return json.Unmarshal(r.Body, v) }

// caller is whom a server knows.
type caller struct {
	role, id      string
	authorization *regexp.Regexp
}

const signed = `="([^"]*)",nonce_str="([^"]*)",timestamp="([0-9]+)",serial_no="([^"]*)",signature="([^"]*)"$`

var (
	merchant = caller{"merchant", MchID, regexp.MustCompile(`^WECHATPAY2-SHA256-RSA2048 mchid` + signed)}
	brand    = caller{"brand", BrandID, regexp.MustCompile(`^WECHATPAY-BRAND-SHA256-RSA2048 brand_id` + signed)}
)

// read verifies a request as WeChat Pay does. Its errors are what the client's developer gets to see.
func (s *Server) read(r *http.Request) (*Request, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, errors.New("body cut off")
	}
	req := &Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header, Args: make(map[string]string),
		Body: raw, RawBody: raw, escaped: r.URL.EscapedPath(),
	}
	if err := req.split(); err != nil {
		return nil, err
	}
	if err := s.verify(req, r.RequestURI); err != nil {
		return nil, err
	}
	s.unseal(req)
	if serial := req.Header.Get("Wechatpay-Serial"); req.sealed && serial != s.serial {
		return nil, fmt.Errorf("fields are sealed, and Wechatpay-Serial is %q; want %q", serial, s.serial)
	}
	return req, nil
}

// split takes a multipart body apart: its JSON part alone is signed.
func (r *Request) split() error {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return nil
	}
	r.Body = nil
	parts := multipart.NewReader(bytes.NewReader(r.RawBody), params["boundary"])
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return errors.New("multipart body is malformed")
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return errors.New("multipart body is cut off")
		}
		if p.FileName() == "" {
			r.Body = content
		} else {
			r.Upload = &Upload{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), content}
		}
	}
	if r.Body == nil || r.Upload == nil {
		return errors.New("multipart body without its JSON part, or without its file")
	}
	return nil
}

func (s *Server) verify(req *Request, uri string) error {
	m := s.caller.authorization.FindStringSubmatch(req.Header.Get("Authorization"))
	if m == nil {
		return fmt.Errorf("the Authorization header is missing or malformed, or not that of a %s", s.caller.role)
	}
	id, nonce, timestamp, serial := m[1], m[2], m[3], m[4]
	if id != s.caller.id || serial != SerialNo {
		return fmt.Errorf("%s %q with certificate %q is unknown; use Server.Config", s.caller.role, id, serial)
	}
	unix, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || s.now().Sub(time.Unix(unix, 0)).Abs() > 5*time.Minute {
		return errors.New("timestamp is more than 5 minutes off; use Server.Options")
	}
	signature, err := base64.StdEncoding.DecodeString(m[5])
	if err != nil {
		return errors.New("signature is not base64")
	}
	digest := sha256.Sum256([]byte(req.Method + "\n" + uri + "\n" + timestamp + "\n" + nonce + "\n" + string(req.Body) + "\n"))
	if rsa.VerifyPKCS1v15(&s.merchant.PublicKey, crypto.SHA256, digest[:], signature) != nil {
		return errors.New("signature does not match the request")
	}
	return nil
}

// ciphertext is base64 of what a 2048 bit key seals.
var ciphertext = regexp.MustCompile(`[A-Za-z0-9+/]{342}==`)

// unseal puts clear text in the place of all ciphertext.
func (s *Server) unseal(req *Request) {
	req.Body = ciphertext.ReplaceAllFunc(req.Body, func(c []byte) []byte {
		clear, ok := s.open(string(c))
		if !ok {
			return c
		}
		req.sealed = true
		quoted, _ := json.Marshal(clear) // cannot fail for a string
		return quoted[1 : len(quoted)-1]
	})
	for _, values := range req.Query {
		for i, v := range values {
			if clear, ok := s.open(v); ok {
				values[i], req.sealed = clear, true
			}
		}
	}
}

func (s *Server) open(v string) (clear string, ok bool) {
	b, err := base64.StdEncoding.DecodeString(v)
	if err != nil || len(b) != s.platform.Size() {
		return "", false
	}
	text, err := rsa.DecryptOAEP(sha1.New(), nil, s.platform, b, nil)
	return string(text), err == nil
}
