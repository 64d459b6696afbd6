package interop

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

func TestNotificationParsedByBoth(t *testing.T) {
	srv := wxpaytest.New(t)
	c := srv.Client()
	verifier := verifiers.NewSHA256WithRSAPubkeyVerifier(wxpaytest.PublicKeyID,
		*srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	handler, err := notify.NewRSANotifyHandler(wxpaytest.APIv3Key, verifier)
	if err != nil {
		t.Fatal(err)
	}
	header, body := srv.Notify("TRANSACTION.SUCCESS", transaction)
	ours, theirs := new(ourTransaction), new(payments.Transaction)
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err == nil {
		err = ev.Decode(ours, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	req, err := handler.ParseNotifyRequest(t.Context(), incoming(header, body), theirs)
	if err != nil {
		t.Fatal(err)
	}
	if ev.ID != req.ID || ev.EventType != req.EventType || !ev.CreateTime.Equal(*req.CreateTime) ||
		string(ev.Plaintext()) != req.Resource.Plaintext {
		t.Errorf("envelopes differ: %v, %+v", ev, req)
	}
	if string(ours.TradeState) != *theirs.TradeState ||
		ours.Amount.PayerTotal != *theirs.Amount.PayerTotal ||
		ours.Payer.OpenID != *theirs.Payer.Openid {
		t.Errorf("%+v, %v", ours, theirs)
	}
	for _, fault := range []wxpaytest.Fault{wxpaytest.WrongSignature, wxpaytest.Unsigned,
		wxpaytest.OldTimestamp, wxpaytest.UnknownSerial, wxpaytest.SignatureProbe} {
		header, body := srv.Notify("TRANSACTION.SUCCESS", transaction, fault)
		_, ourErr := c.ParseNotification(t.Context(), header, body)
		_, theirErr := handler.ParseNotifyRequest(t.Context(), incoming(header, body), theirs)
		if ourErr == nil || theirErr == nil {
			t.Errorf("fault %d: ours %v, theirs %v", fault, ourErr, theirErr)
		}
	}
}

// TestTheirNotificationParsedByOurs parses a notification that the official SDK's functions signed,
// and checks its encryption with them.
func TestTheirNotificationParsedByOurs(t *testing.T) {
	srv := wxpaytest.New(t)
	platform, _ := keys()
	_, body := srv.Notify("TRANSACTION.SUCCESS", transaction)
	var env struct{ Resource map[string]string }
	if err := json.Unmarshal(body, &env); err != nil {
		t.Fatal(err)
	}
	r := env.Resource
	if clear, err := utils.DecryptAES256GCM(wxpaytest.APIv3Key, r["associated_data"], r["nonce"],
		r["ciphertext"]); err != nil || clear != transaction {
		t.Fatalf("%v, %s", err, clear)
	}
	at, nonce := strconv.FormatInt(time.Now().Unix(), 10), "nonce"
	signature, err := utils.SignSHA256WithRSA(at+"\n"+nonce+"\n"+string(body)+"\n", platform)
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{
		"Wechatpay-Serial": {wxpaytest.PublicKeyID}, "Wechatpay-Timestamp": {at},
		"Wechatpay-Nonce": {nonce}, "Wechatpay-Signature": {signature},
		"Wechatpay-Signature-Type": {"WECHATPAY2-SHA256-RSA2048"},
	}
	ev, err := ourClient(t).ParseNotification(t.Context(), header, body)
	if err != nil || string(ev.Plaintext()) != transaction {
		t.Fatalf("%v, %v", ev, err)
	}
	var paid ourTransaction
	if err := ev.Decode(&paid, nil); err != nil || paid.TradeState != "SUCCESS" ||
		paid.Amount.PayerTotal != 100 {
		t.Errorf("%v, %+v", err, paid)
	}
}

func incoming(header http.Header, body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/notify", bytes.NewReader(body))
	r.Header = header
	return r
}
