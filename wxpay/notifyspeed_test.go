package wxpay_test

import (
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// FuzzNotification signs the fuzzer's input, so that it reaches every step behind the signature.
func FuzzNotification(f *testing.F) {
	_, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	f.Add(body, "1700000000", "nonce", "c2ln", true)
	f.Add([]byte(`{"event_type":"A","resource":{}}`), "", "", "", true)
	f.Add([]byte(
		`{"event_type":"A","resource":{"algorithm":"AEAD_AES_256_GCM","nonce":"abcdefghijkl","ciphertext":"AA=="}}`), "", "", "", true)
	f.Add([]byte(`[[[[`), "99999999999999999999", "\n", "WECHATPAY/SIGNTEST/", false)
	c := offlineClient(f)
	f.Fuzz(func(t *testing.T, body []byte, timestamp, nonce, signature string, genuine bool) {
		n := &notification{key: platformKey(), serial: publicID, at: time.Now(), raw: body}
		if n.raw == nil {
			n.raw = []byte{}
		}
		h, body := n.sign()
		if !genuine {
			h["Wechatpay-Timestamp"], h["Wechatpay-Nonce"], h["Wechatpay-Signature"] = []string{
				timestamp,
			}, []string{nonce}, []string{signature}
		}
		ev, err := c.ParseNotification(context.Background(), h, body)
		if (ev == nil) == (err == nil) {
			t.Fatalf("%v, %v", ev, err)
		}
		var typed *wxpay.NotificationError
		if err != nil && (!errors.As(err, &typed) || typed.Step == "" || err.Error() == "") {
			t.Fatalf("untyped %v", err)
		}
		if ev != nil && !genuine {
			t.Fatal("a forgery was accepted")
		}
		if ev != nil {
			var out paid
			_ = ev.Decode(&out, out.secrets)
		}
	})
}

func BenchmarkParseNotification(b *testing.B) {
	c := offlineClient(b)
	h, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	b.ReportAllocs()
	for b.Loop() {
		ev, err := c.ParseNotification(b.Context(), h, body)
		if err != nil {
			b.Fatal(err)
		}
		var out paid
		if err := ev.Decode(&out, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNotificationCryptography measures the cryptography of [BenchmarkParseNotification]: one
// verification and one decryption.
func BenchmarkNotificationCryptography(b *testing.B) {
	n := newNotification("TRANSACTION.SUCCESS", transaction)
	h, body := n.sign()
	message := []byte(h.Get("Wechatpay-Timestamp") + "\n" + h.Get("Wechatpay-Nonce") + "\n" +
		string(body) + "\n")
	signature, _ := base64.StdEncoding.DecodeString(h.Get("Wechatpay-Signature"))
	ciphertext, _ := base64.StdEncoding.DecodeString(n.resource()["ciphertext"].(string))
	block, _ := aes.NewCipher([]byte(apiV3Key))
	aead, _ := cipher.NewGCM(block)
	plain := make([]byte, 0, len(ciphertext))
	b.ReportAllocs()
	for b.Loop() {
		digest := sha256.Sum256(message)
		if rsa.VerifyPKCS1v15(&platformKey().PublicKey, crypto.SHA256, digest[:],
			signature) != nil {
			b.Fatal("signature")
		}
		if _, err := aead.Open(plain, []byte(n.nonce), ciphertext, []byte("transaction")); err !=
			nil {
			b.Fatal(err)
		}
	}
}
