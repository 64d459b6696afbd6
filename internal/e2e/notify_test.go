package e2e

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

// notification makes the platform's request to the notify_url: the resource is encrypted with the
// APIv3 key, and the whole is signed with the platform's key.
func notification(event, kind string, resource []byte) *http.Request {
	nonce := rand.Text()[:12]
	text, err := json.Marshal(map[string]any{
		"id": "EV-2018022511223320873", "create_time": moment, "event_type": event,
		"resource_type": "encrypt-resource", "summary": "通知",
		"resource": map[string]any{
			"algorithm": "AEAD_AES_256_GCM", "original_type": kind, "nonce": nonce,
			"associated_data": kind,
			"ciphertext":      base64.StdEncoding.EncodeToString(encrypt(nonce, kind, resource)),
		},
		"x_added_later": true,
	})
	if err != nil {
		panic(err)
	}
	r := httptest.NewRequest(http.MethodPost, "https://merchant.example/notify?from=wechat",
		bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Request-ID", "08F1E5A1")
	sign(r.Header, text, time.Now(), platformNo, keys().platform)
	return r
}

func encrypt(nonce, associated string, clear []byte) []byte {
	block, err := aes.NewCipher([]byte(apiV3Key))
	if err != nil {
		panic(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm.Seal(nil, []byte(nonce), clear, []byte(associated))
}

// forgeries are changes after which a notification is no longer the platform's.
func forgeries() map[string]func(*http.Request) {
	body := func(r *http.Request) []byte {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			panic(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		return text
	}
	return map[string]func(*http.Request){
		"signed by a stranger": func(r *http.Request) {
			sign(r.Header, body(r), time.Now(), platformNo, keys().stranger)
		},
		"an old timestamp": func(r *http.Request) {
			sign(r.Header, body(r), time.Now().Add(-6*time.Minute), platformNo, keys().platform)
		},
		"an unknown serial": func(r *http.Request) {
			sign(r.Header, body(r), time.Now(), "PUB_KEY_ID_NOT_OURS", keys().platform)
		},
		"no signature": func(r *http.Request) { r.Header.Del("Wechatpay-Signature") },
		"a probe": func(r *http.Request) {
			r.Header.Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/abc")
		},
		"a changed body": func(r *http.Request) {
			r.Body = io.NopCloser(bytes.NewReader(bytes.Replace(body(r), []byte("EV-"),
				[]byte("EW-"), 1)))
		},
		"encrypted with another key": func(r *http.Request) {
			text := bytes.Replace(body(r), []byte(`"nonce":"`), []byte(`"nonce":"A`), 1)
			r.Body = io.NopCloser(bytes.NewReader(text))
			sign(r.Header, text, time.Now(), platformNo, keys().platform)
		},
		"no resource": func(r *http.Request) {
			text := []byte(`{"id":"1","event_type":"TRANSACTION.SUCCESS"}`)
			r.Body = io.NopCloser(bytes.NewReader(text))
			sign(r.Header, text, time.Now(), platformNo, keys().platform)
		},
	}
}
