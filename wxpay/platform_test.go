package wxpay_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/quickkey"
	"github.com/wxgen/wxgen/wxpay"
)

// The keys of the tests, made once: 2048 bits take a while. The merchant's is of the kind that
// users have; the platform's are quick, since the platform signs thousands of replies.
var (
	merchantKey = sync.OnceValue(newKey)
	platformKey = sync.OnceValue(quickKey)
	otherKey    = sync.OnceValue(quickKey)
)

const (
	mchID     = "1900000001"
	serialNo  = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
	publicID  = "PUB_KEY_ID_0119000000012024010100000000"
	apiV3Key  = "0123456789abcdefghijklmnopqrstuv"
	aPhone    = "13800138000"
	aName     = "张三"
	requestID = "08F0A2B3C4"
)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func quickKey() *quickkey.Key {
	key, err := quickkey.New()
	if err != nil {
		panic(err)
	}
	return key
}

// ellipticKey is no key of WeChat Pay's, whose keys are RSA.
func ellipticKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

func testConfig() wxpay.Config {
	return wxpay.Config{
		MchID: mchID, SerialNo: serialNo, PrivateKey: merchantKey(), APIv3Key: apiV3Key,
		PlatformKeys: wxpay.PlatformKeys{publicID: &platformKey().PublicKey},
	}
}

// platform is WeChat Pay for the tests: it checks and signs with crypto/* alone, and not with
// wxpay.
type platform struct {
	t      testing.TB
	key    crypto.Signer
	serial string
	now    func() time.Time
	caller caller
	// answer makes the reply; request has been verified already.
	answer func(request, *reply)
	mu     sync.Mutex
	seen   []request
}

// caller is who signs requests to a platform.
type caller struct {
	authorization *regexp.Regexp
	id            string
	key           *rsa.PublicKey
}

type request struct {
	Method, URI, Serial, Nonce, Timestamp string
	Header                                http.Header
	Body                                  []byte
}

// reply is a reply that the platform is about to send; tests spoil it.
type reply struct {
	status int
	header http.Header
	body   []byte
	// spoil is called once the reply is signed.
	spoil    func(*reply)
	unsigned bool
}

func newPlatform(t testing.TB, answer func(request, *reply)) *platform {
	merchant := caller{authorization, mchID, &merchantKey().PublicKey}
	return &platform{t: t, key: platformKey(), serial: publicID, now: time.Now, caller: merchant,
		answer: answer}
}

func (p *platform) start() *httptest.Server {
	s := httptest.NewServer(p)
	p.t.Cleanup(s.Close)
	return s
}

// client returns a client of the platform over a real connection.
func (p *platform) client(opts ...wxpay.Option) *wxpay.Client {
	p.t.Helper()
	return newClient(p.t, p.start().URL, opts...)
}

func newClient(t testing.TB, base string, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	return newClientOf(t, testConfig(), base, opts...)
}

func newClientOf(t testing.TB, cfg wxpay.Config, base string,
	opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	quick := wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})
	c, err := wxpay.New(cfg, append([]wxpay.Option{wxpay.WithBaseURL(base), quick}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func (p *platform) requests() []request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

var authorization = regexp.MustCompile(
	`^WECHATPAY2-SHA256-RSA2048 mchid="([0-9]+)",nonce_str="([0-9A-Za-z]{32})",timestamp="([0-9]+)",serial_no="([0-9A-F]+)",signature="([0-9A-Za-z+/=]+)"$`)

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	req, err := p.check(r, body)
	if err != nil {
		p.t.Errorf("%s %s: %v", r.Method, r.RequestURI, err)
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	p.mu.Lock()
	p.seen = append(p.seen, *req)
	p.mu.Unlock()
	out := &reply{status: http.StatusOK, header: make(http.Header)}
	p.answer(*req, out)
	out.header.Set("Request-ID", requestID)
	if !out.unsigned {
		p.sign(out)
	}
	if out.spoil != nil {
		out.spoil(out)
	}
	for name, v := range out.header {
		w.Header()[name] = v
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// check verifies the signature over the bytes as received. Only the meta part of a multipart body
// is signed.
func (p *platform) check(r *http.Request, body []byte) (*request, error) {
	m := p.caller.authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return nil, fmt.Errorf("Authorization %q", r.Header.Get("Authorization"))
	}
	if m[1] != p.caller.id || m[4] != serialNo {
		return nil, fmt.Errorf("caller %s, serial %s", m[1], m[4])
	}
	if unix, _ := strconv.ParseInt(m[3], 10, 64); p.now().Sub(time.Unix(unix, 0)).
		Abs() > 5*time.Second {
		return nil, fmt.Errorf("timestamp %s", m[3])
	}
	signedBody := body
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, err
		}
		signedBody = []byte(r.MultipartForm.Value["meta"][0])
	}
	message := r.Method + "\n" + r.RequestURI + "\n" + m[3] + "\n" + m[2] + "\n" +
		string(signedBody) + "\n"
	digest := sha256.Sum256([]byte(message))
	signature, err := base64.StdEncoding.DecodeString(m[5])
	if err != nil {
		return nil, err
	}
	if err := rsa.VerifyPKCS1v15(p.caller.key, crypto.SHA256, digest[:], signature); err != nil {
		return nil, err
	}
	return &request{r.Method, r.RequestURI, r.Header.Get("Wechatpay-Serial"), m[2], m[3], r.Header,
		body}, nil
}

func (p *platform) sign(out *reply) {
	timestamp, nonce := strconv.FormatInt(p.now().Unix(), 10), rand.Text()
	signReply(p.key, p.serial, timestamp, nonce, out)
}

func signReply(key crypto.Signer, serial, timestamp, nonce string, out *reply) {
	digest := sha256.Sum256([]byte(timestamp + "\n" + nonce + "\n" + string(out.body) + "\n"))
	signature, err := key.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	out.header.Set("Wechatpay-Serial", serial)
	out.header.Set("Wechatpay-Timestamp", timestamp)
	out.header.Set("Wechatpay-Nonce", nonce)
	out.header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
}

// unseal opens what a client sealed for the platform.
func unseal(t testing.TB, key crypto.Decrypter, ciphertext string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(ciphertext)
	if err != nil {
		t.Fatal(err)
	}
	clear, err := key.Decrypt(nil, b, &rsa.OAEPOptions{Hash: crypto.SHA1})
	if err != nil {
		t.Fatal(err)
	}
	return string(clear)
}

// sealFor seals a field for a merchant.
func sealFor(t testing.TB, pub *rsa.PublicKey, clear string) string {
	t.Helper()
	b, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, pub, []byte(clear), nil)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}
