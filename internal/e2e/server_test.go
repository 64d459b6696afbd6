package e2e

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/quickkey"
	"github.com/wxgen/wxgen/internal/rawspec"
)

// This file is WeChat Pay for the tests. It uses crypto/* and net/http, and never wxpay, so that a
// mistake in wxpay is not repeated here.

const (
	mchID       = "1900000109"
	brandID     = "120344"
	merchantNo  = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
	platformNo  = "PUB_KEY_ID_0114232134912410000000000000"
	certificate = "7132D72A03E93CDDF8C03BBD1F37EEDF5A6A5B6C" // the serial of a second platform key
	apiV3Key    = "0123456789abcdef0123456789ABCDEF"
	algorithm   = "WECHATPAY2-SHA256-RSA2048"
	ofBrands    = "WECHATPAY-BRAND-SHA256-RSA2048"
)

// keys is the merchant's key and the platform's, made once. They are quick, since each of some
// thousand calls has two signatures.
var keys = sync.OnceValue(
	func() (k struct{ merchant, platform, second, stranger *quickkey.Key }) {
		for _, key := range []**quickkey.Key{&k.merchant, &k.platform, &k.second, &k.stranger} {
			made, err := quickkey.New()
			if err != nil {
				panic(err)
			}
			*key = made
		}
		return k
	})

// A request is a received request with a valid signature.
type request struct {
	method   string
	path     string // with its escapes, without the query
	query    url.Values
	rawQuery string
	header   http.Header
	body     []byte // the JSON; the meta part of an upload
	parts    map[string]part
}

type part struct {
	filename, kind string
	content        []byte
}

// A reply is an answer of the server.
type reply struct {
	status   int
	kind     string // Content-Type
	body     []byte
	unsigned bool
	header   http.Header
	// changes the reply last before it is sent; may be nil
	tamper func(w http.ResponseWriter, r *reply)
}

// A server is one fake WeChat Pay. It serves one call at a time.
type server struct {
	*httptest.Server
	t      *testing.T
	mu     sync.Mutex
	answer *reply
	rules  *rawspec.Operation // the operation to check requests against; may be nil
	seen   []*request
	nonces map[string]bool
}

func newServer(t *testing.T) *server {
	s := &server{t: t, nonces: map[string]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// expect sets the next reply and forgets the requests so far.
func (s *server) expect(r *reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer, s.seen = r, nil
}

// hold makes the server refuse requests that break the rules of an operation.
func (s *server) hold(op *rawspec.Operation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = op
}

// saw returns the requests since expect.
func (s *server) saw() []*request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	req, err := s.accept(r)
	if err != nil {
		s.t.Errorf("the server refused %s %s: %v", r.Method, r.RequestURI, err)
		http.Error(w, "refused", http.StatusUnauthorized)
		return
	}
	s.seen = append(s.seen, req)
	if s.rules != nil {
		if faults := breaches(s.rules, req); len(faults) > 0 {
			s.send(w, refusal(faults))
			return
		}
	}
	s.send(w, s.answer)
}

// accept reads a request and makes all checks that do not depend on the operation.
func (s *server) accept(r *http.Request) (*request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	path, query, _ := strings.Cut(r.RequestURI, "?")
	req := &request{method: r.Method, path: path, rawQuery: query, header: r.Header, body: body}
	if req.query, err = url.ParseQuery(query); err != nil {
		return nil, err
	}
	if kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind ==
		"multipart/form-data" {
		if err := req.readParts(body, params["boundary"]); err != nil {
			return nil, err
		}
	} else if len(body) > 0 && kind != "application/json" {
		return nil, fmt.Errorf("content type is %q", r.Header.Get("Content-Type"))
	}
	if !strings.Contains(r.Header.Get("Accept"), "application/json") &&
		!strings.Contains(r.Header.Get("Accept"), "*/*") {
		return nil, fmt.Errorf("Accept is %q; WeChat Pay wants application/json there",
			r.Header.Get("Accept"))
	}
	if r.Header.Get("User-Agent") == "" {
		return nil, fmt.Errorf("no User-Agent; WeChat Pay turns such requests away")
	}
	return req, s.verify(r, req.body)
}

// readParts reads an upload. Only the part called meta is signed.
func (r *request) readParts(body []byte, boundary string) error {
	r.parts, r.body = map[string]part{}, nil
	form := multipart.NewReader(strings.NewReader(string(body)), boundary)
	for {
		p, err := form.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		r.parts[p.FormName()] = part{p.FileName(), p.Header.Get("Content-Type"), content}
	}
	meta, ok := r.parts["meta"]
	if !ok || meta.kind != "application/json" {
		return fmt.Errorf("an upload without a meta part of JSON: %v", meta.kind)
	}
	r.body = meta.content
	return nil
}

var authorization = regexp.MustCompile(`^(\S+) (.*)$`)

// verify checks the Authorization header over the exact bytes of the request.
func (s *server) verify(r *http.Request, signed []byte) error {
	scheme, name, id := algorithm, "mchid", mchID
	if strings.HasPrefix(r.URL.Path, "/brand/") {
		scheme, name, id = ofBrands, "brand_id", brandID
	}
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil || m[1] != scheme {
		return fmt.Errorf("Authorization is %q; want %s", r.Header.Get("Authorization"), scheme)
	}
	values := map[string]string{}
	for pair := range strings.SplitSeq(m[2], ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		values[name] = strings.Trim(value, `"`)
	}
	if len(values) != 5 || values[name] != id || values["serial_no"] != merchantNo {
		return fmt.Errorf("signed by %q with %q", values[name], values["serial_no"])
	}
	at, err := strconv.ParseInt(values["timestamp"], 10, 64)
	if age := time.Since(time.Unix(at, 0)); err != nil || age < -5*time.Second ||
		age > 30*time.Second {
		return fmt.Errorf("timestamp is %q", values["timestamp"])
	}
	if nonce := values["nonce_str"]; len(nonce) < 16 || s.nonces[nonce] {
		return fmt.Errorf("nonce %q is short or was used before", nonce)
	}
	s.nonces[values["nonce_str"]] = true
	signature, err := base64.StdEncoding.DecodeString(values["signature"])
	if err != nil {
		return err
	}
	message := r.Method + "\n" + r.RequestURI + "\n" + values["timestamp"] + "\n" +
		values["nonce_str"] + "\n" + string(signed) + "\n"
	digest := sha256.Sum256([]byte(message))
	return rsa.VerifyPKCS1v15(&keys().merchant.PublicKey, crypto.SHA256, digest[:], signature)
}

// send sends a reply, and signs it unless it is unsigned.
func (s *server) send(w http.ResponseWriter, r *reply) {
	if r == nil {
		s.t.Error("the server was not told what to answer")
		r = &reply{status: http.StatusInternalServerError}
	}
	if r.kind != "" {
		w.Header().Set("Content-Type", r.kind)
	}
	for name, values := range r.header {
		w.Header()[name] = values
	}
	w.Header().Set("Request-Id", "08F1E5A1")
	if !r.unsigned {
		sign(w.Header(), r.body, time.Now(), platformNo, keys().platform)
	}
	if r.tamper != nil {
		r.tamper(w, r)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

// sign puts the headers of a signed message from the platform: a reply, or a notification.
func sign(h http.Header, body []byte, at time.Time, serial string, key *quickkey.Key) {
	stamp, nonce := strconv.FormatInt(at.Unix(), 10), rand.Text()
	digest := sha256.Sum256([]byte(stamp + "\n" + nonce + "\n" + string(body) + "\n"))
	signature, err := key.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	h.Set("Wechatpay-Timestamp", stamp)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Serial", serial)
	h.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
	h.Set("Wechatpay-Signature-Type", algorithm)
}

// open decrypts a field that the merchant sealed with the key in its Wechatpay-Serial.
func (r *request) open(field string) (string, error) {
	key := map[string]*quickkey.Key{platformNo: keys().platform,
		certificate: keys().second}[r.header.Get("Wechatpay-Serial")]
	if key == nil {
		return "", fmt.Errorf("Wechatpay-Serial is %q", r.header.Get("Wechatpay-Serial"))
	}
	sealed, err := base64.StdEncoding.DecodeString(field)
	if err != nil {
		return "", fmt.Errorf("%q is not sealed: %w", field, err)
	}
	clear, err := key.Decrypt(nil, sealed, &rsa.OAEPOptions{Hash: crypto.SHA1})
	return string(clear), err
}

// seal encrypts a field for the merchant.
func seal(clear string) string {
	sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, &keys().merchant.PublicKey,
		[]byte(clear), nil)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(sealed)
}
