package interop

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/cipher/encryptors"
	"github.com/wechatpay-apiv3/wechatpay-go/core/consts"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/fileuploader"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	theirnative "github.com/wechatpay-apiv3/wechatpay-go/services/payments/native"
	theirpayroll "github.com/wechatpay-apiv3/wechatpay-go/services/payrollcard"
	"github.com/wechatpay-apiv3/wechatpay-go/services/refunddomestic"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// TestOfficialAgainstMock makes real calls with the official SDK against the mock server, without
// planned replies.
func TestOfficialAgainstMock(t *testing.T) {
	srv := wxpaytest.New(t)
	c := official(t, srv)
	notified := receive(t, srv)
	orders := theirnative.NativeApiService{Client: c}
	order := theirnative.PrepayRequest{
		Appid: core.String("wx8888888888888888"), Mchid: core.String(wxpaytest.MchID),
		Description: core.String("test"),
		OutTradeNo:  core.String("G0000001"), NotifyUrl: core.String(notified.url),
		Amount: &theirnative.Amount{Total: core.Int64(100)},
	}
	payAndQuery(t, srv, orders, order, notified)
	closeOrder(t, orders, order)
	refundPart(t, srv, c)
	sealedCall(t, srv)
	uploads(t, c)
	downloads(t, srv, c)
}

// payAndQuery places an order, pays it, and checks its state and its notification.
func payAndQuery(t *testing.T, srv *wxpaytest.Server, orders theirnative.NativeApiService,
	order theirnative.PrepayRequest, notified receiver) {
	t.Helper()
	ctx := t.Context()
	placed, _, err := orders.Prepay(ctx, order)
	if err != nil || !strings.HasPrefix(*placed.CodeUrl, "weixin://") {
		t.Fatalf("%v, %v", err, placed)
	}
	srv.Pay("G0000001")
	query := theirnative.QueryOrderByOutTradeNoRequest{OutTradeNo: core.String("G0000001"),
		Mchid: core.String(wxpaytest.MchID)}
	paid, _, err := orders.QueryOrderByOutTradeNo(ctx, query)
	if err != nil || *paid.TradeState != "SUCCESS" || *paid.Amount.Total != 100 {
		t.Fatalf("%v, %v", err, paid)
	}
	if text := <-notified.got; text != "TRANSACTION.SUCCESS "+*paid.TransactionId {
		t.Errorf("notified of %s", text)
	}
}

// closeOrder closes a second order, since the first one is paid.
func closeOrder(t *testing.T, orders theirnative.NativeApiService,
	order theirnative.PrepayRequest) {
	t.Helper()
	ctx := t.Context()
	_, err := orders.CloseOrder(ctx, theirnative.CloseOrderRequest{
		OutTradeNo: core.String("G0000001"), Mchid: core.String(wxpaytest.MchID),
	})
	var refused *core.APIError
	if !errors.As(err, &refused) || refused.Code != "ORDER_PAID" {
		t.Errorf("closing a paid order: %v", err)
	}
	order.OutTradeNo = core.String("G0000002")
	if _, _, err := orders.Prepay(ctx, order); err != nil {
		t.Fatal(err)
	}
	if _, err := orders.CloseOrder(ctx, theirnative.CloseOrderRequest{
		OutTradeNo: core.String("G0000002"), Mchid: core.String(wxpaytest.MchID),
	}); err != nil {
		t.Error(err)
	}
}

// refundPart refunds a part of the first order.
func refundPart(t *testing.T, srv *wxpaytest.Server, c *core.Client) {
	t.Helper()
	ctx := t.Context()
	refunds := refunddomestic.RefundsApiService{Client: c}
	_, _, err := refunds.Create(ctx, refunddomestic.CreateRequest{
		OutTradeNo: core.String("G0000001"), OutRefundNo: core.String("R1"),
		Amount: &refunddomestic.AmountReq{Refund: core.Int64(30), Total: core.Int64(100),
			Currency: core.String("CNY")},
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Advance(0)
	back, _, err := refunds.QueryByOutRefundNo(ctx,
		refunddomestic.QueryByOutRefundNoRequest{OutRefundNo: core.String("R1")})
	if err != nil || *back.Status != refunddomestic.STATUS_SUCCESS || *back.Amount.Refund != 30 {
		t.Errorf("%v, %v", err, back)
	}
}

type receiver struct {
	url string
	got chan string
}

// receive receives notifications with the official SDK.
func receive(t *testing.T, srv *wxpaytest.Server) receiver {
	t.Helper()
	verifier := verifiers.NewSHA256WithRSAPubkeyVerifier(wxpaytest.PublicKeyID,
		*srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	handler, err := notify.NewRSANotifyHandler(wxpaytest.APIv3Key, verifier)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 8)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		transaction := new(payments.Transaction)
		note, err := handler.ParseNotifyRequest(context.Background(), r, transaction)
		if err != nil {
			t.Error(err)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		got <- note.EventType + " " + *transaction.TransactionId
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(s.Close)
	return receiver{s.URL + "/notify", got}
}

// sealedCall lets the official SDK seal fields itself.
func sealedCall(t *testing.T, srv *wxpaytest.Server) {
	t.Helper()
	c, err := core.NewClient(t.Context(),
		option.WithWechatPayPublicKeyAuthCipher(wxpaytest.MchID, wxpaytest.SerialNo,
			merchantKey(srv), wxpaytest.PublicKeyID,
			srv.Config().PlatformKeys[wxpaytest.PublicKeyID]),
		option.WithHTTPClient(&http.Client{
			Transport: reroute{strings.TrimPrefix(srv.URL, "http://")},
		}),
		option.WithWechatPayCipher(encryptors.NewWechatPayPubKeyEncryptor(wxpaytest.PublicKeyID,
			*srv.Config().PlatformKeys[wxpaytest.PublicKeyID]), nil))
	if err != nil {
		t.Fatal(err)
	}
	cards := theirpayroll.TokensApiService{Client: c}
	resp, _, err := cards.CreateToken(t.Context(), theirpayroll.CreateTokenRequest{
		Openid: core.String("o-1"), SubMchid: core.String("1900000109"),
		UserName: core.String(clearName), IdCardNumber: core.String(clearID),
		EmploymentType: theirpayroll.EMPLOYMENTTYPE_LONG_TERM_EMPLOYMENT.Ptr(),
	})
	if err != nil || *resp.Token == "" {
		t.Errorf("%v, %v", err, resp)
		return
	}
	all := srv.Requests()
	if body := string(all[len(all)-1].Body); !strings.Contains(body, clearName) {
		t.Errorf("the server read %s", body)
	}
}

func uploads(t *testing.T, c *core.Client) {
	t.Helper()
	up := fileuploader.ImageUploader{Client: c}
	resp, _, err := up.Upload(t.Context(), strings.NewReader("\x89PNG"), "a.png", consts.ImagePNG)
	if err != nil || *resp.MediaId == "" {
		t.Errorf("%v, %v", err, resp)
	}
}

// downloads downloads the bill of the day.
func downloads(t *testing.T, srv *wxpaytest.Server, c *core.Client) {
	t.Helper()
	day := today()
	srv.Advance(48 * time.Hour)
	result, err := c.Get(t.Context(), consts.WechatPayAPIServer+"/v3/bill/tradebill?bill_date="+day)
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ DownloadURL, HashValue string }
	text, err := io.ReadAll(result.Response.Body)
	if err != nil {
		t.Fatal(err)
	}
	for field, to := range map[string]*string{"download_url": &said.DownloadURL,
		"hash_value": &said.HashValue} {
		_, rest, _ := bytes.Cut(text, []byte(`"`+field+`":"`))
		value, _, _ := bytes.Cut(rest, []byte(`"`))
		*to = string(value)
	}
	resp, err := http.Get(said.DownloadURL)
	if err == nil {
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("a download without a signature: HTTP %d", resp.StatusCode)
		}
	}
	bare := official(t, srv)
	file, err := bare.Get(t.Context(), said.DownloadURL)
	if file == nil || file.Response == nil {
		t.Fatal(err)
	}
	content := readAll(t, file.Response)
	sum := sha1.Sum(content)
	if hex.EncodeToString(sum[:]) != said.HashValue ||
		!bytes.Contains(content, []byte("`G0000001,")) {
		t.Errorf("digest %x, said %s: %s (%v)", sum, said.HashValue, content, err)
	}
}

func readAll(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
