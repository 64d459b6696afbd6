package wxpaytest

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Fault is a way to misbehave.
type Fault int

// The faults. Of a reply with status 2xx, the first five give a *wxpay.VerifyError; of a notification, a *wxpay.NotificationError.
const (
	WrongSignature Fault = iota + 1 // made with another key
	Unsigned                        // no Wechatpay-… header at all
	OldTimestamp                    // an hour old
	UnknownSerial                   // a key that the client does not have
	SignatureProbe                  // WECHATPAY/SIGNTEST/…, as WeChat Pay sends now and then
	MalformedJSON                   // signed, but cut in half; of a notification, its resource
	CutOff                          // the connection closes within the body; replies only
	Unavailable                     // HTTP 503 of a gateway, without signature and JSON; replies only
)

type keys struct {
	merchant, platform, stranger *rsa.PrivateKey
	certificate                  *x509.Certificate
}

// madeKeys makes the keys of a process once, since that takes a while.
var madeKeys = sync.OnceValue(func() keys {
	k := keys{merchant: newKey(), platform: newKey(), stranger: newKey()}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(0x7132D72A03E93C), Subject: pkix.Name{CommonName: "Tenpay.com Root CA"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &k.platform.PublicKey, k.platform)
	if err != nil {
		panic(err)
	}
	if k.certificate, err = x509.ParseCertificate(der); err != nil {
		panic(err)
	}
	return k
})

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

// Seal encrypts a field of a reply, or of a notification's resource, for the merchant.
func (s *Server) Seal(clear string) string {
	b, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, &s.merchant.PublicKey, []byte(clear), nil)
	if err != nil {
		s.t.Errorf("wxpaytest: Seal: %v", err)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// sign adds the headers of a signature over body, spoilt by the fault.
func (s *Server) sign(h http.Header, body []byte, fault Fault) {
	at, key, serial, nonce := s.now(), s.platform, s.serial, rand.Text()
	switch fault {
	case Unsigned, Unavailable:
		return
	case WrongSignature:
		key = madeKeys().stranger
	case OldTimestamp:
		at = at.Add(-time.Hour)
	case UnknownSerial:
		serial = "PUB_KEY_ID_0000000000000000000000000000"
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	digest := sha256.Sum256([]byte(timestamp + "\n" + nonce + "\n" + string(body) + "\n"))
	b, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
	if err != nil {
		s.t.Errorf("wxpaytest: sign: %v", err)
	}
	signature := base64.StdEncoding.EncodeToString(b)
	if fault == SignatureProbe {
		signature = "WECHATPAY/SIGNTEST/" + signature
	}
	h.Set("Wechatpay-Serial", serial)
	h.Set("Wechatpay-Timestamp", timestamp)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Signature", signature)
}

// answer sends a reply, spoilt if that was asked for.
func (s *Server) answer(w http.ResponseWriter, r Response) {
	body, err := encode(r.Body)
	if err != nil {
		s.t.Errorf("wxpaytest: reply does not encode as JSON: %v", err)
	}
	fault := s.takeFault()
	switch fault {
	case MalformedJSON:
		body = body[:len(body)/2]
	case Unavailable:
		r.Status, body = http.StatusServiceUnavailable, []byte("<html>503</html>")
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Request-ID", rand.Text())
	for name, values := range r.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	if !r.Unsigned {
		s.sign(h, body, fault)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	status := r.Status
	switch {
	case status == 0 && r.Body == nil:
		status = http.StatusNoContent
	case status == 0:
		status = http.StatusOK
	}
	if status == http.StatusNoContent {
		h.Del("Content-Length")
	}
	w.WriteHeader(status)
	if fault == CutOff {
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // closes the connection
	}
	_, _ = w.Write(body)
}

func (s *Server) takeFault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faulty == 0 {
		return 0
	}
	s.faulty--
	return s.fault
}

// box encrypts with the APIv3 key.
func (s *Server) box(clear []byte, associatedData string) map[string]string {
	block, err := aes.NewCipher([]byte(APIv3Key))
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	nonce := rand.Text()[:aead.NonceSize()]
	return map[string]string{
		"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": associatedData,
		"ciphertext": base64.StdEncoding.EncodeToString(aead.Seal(nil, []byte(nonce), clear, []byte(associatedData))),
	}
}

// certificates is the reply of /v3/certificates.
func (s *Server) certificates() any {
	cert := s.certificate
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	return map[string]any{"data": []any{map[string]any{
		"serial_no":      wxpay.CertificateSerial(cert),
		"effective_time": cert.NotBefore.Format(time.RFC3339), "expire_time": cert.NotAfter.Format(time.RFC3339),
		"encrypt_certificate": s.box(text, "certificate"),
	}}}
}
