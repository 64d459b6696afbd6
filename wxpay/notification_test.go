package wxpay_test

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// notification is a notification made with crypto/* alone. Tests spoil it before or after signing.
type notification struct {
	key           crypto.Signer
	serial, nonce string
	apiV3Key      string
	at            time.Time
	body          map[string]any
	raw           []byte // instead of body
}

const transaction = `{"appid":"wxd678efh567hg6787","mchid":"1900000001","out_trade_no":"1217752501201407033233368018",` +
	`"transaction_id":"1217752501201407033233368018","trade_state":"SUCCESS","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},` +
	`"amount":{"total":100,"payer_total":100,"currency":"CNY"},"success_time":"2018-06-08T10:34:56+08:00"}`

func newNotification(eventType, resource string) *notification {
	n := &notification{key: platformKey(), serial: publicID, nonce: "fdasflkja484",
		apiV3Key: apiV3Key, at: time.Now()}
	n.body = map[string]any{
		"id": "EV-2018022511223320873", "create_time": "2015-05-20T13:29:35+08:00",
		"resource_type": "encrypt-resource",
		"event_type":    eventType, "summary": "支付成功", "resource": n.box(resource),
	}
	return n
}

func (n *notification) box(resource string) map[string]any {
	block, err := aes.NewCipher([]byte(n.apiV3Key))
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return map[string]any{
		"algorithm": "AEAD_AES_256_GCM", "original_type": "transaction",
		"associated_data": "transaction", "nonce": n.nonce,
		"ciphertext": base64.StdEncoding.EncodeToString(aead.Seal(nil, []byte(n.nonce),
			[]byte(resource), []byte("transaction"))),
	}
}

func (n *notification) resource() map[string]any { return n.body["resource"].(map[string]any) }

// sign returns header and body as they arrive at the notify_url.
func (n *notification) sign() (http.Header, []byte) {
	body := n.raw
	if body == nil {
		var err error
		if body, err = json.Marshal(n.body); err != nil {
			panic(err)
		}
	}
	out := &reply{header: http.Header{"Content-Type": {"application/json"},
		"Request-Id": {requestID}}, body: body}
	signReply(n.key, n.serial, strconv.FormatInt(n.at.Unix(), 10), "EcKrFnAsAtpl0dYS", out)
	return out.header, body
}

func offlineClient(t testing.TB, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	c, err := wxpay.New(testConfig(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// paid is a resource like those of generated code.
type paid struct {
	MchID  string       `json:"mchid"`
	State  string       `json:"trade_state"`
	Name   wxpay.Secret `json:"user_name"`
	Amount struct {
		Total int64 `json:"total"`
	} `json:"amount"`
	Payer struct {
		OpenID string `json:"openid"`
	} `json:"payer"`
}

func (p *paid) secrets(s *gen.Secrets) { s.Field("user_name", &p.Name) }

type paidEvent struct {
	wxpay.Event
	Resource paid
}
