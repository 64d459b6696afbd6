package wxpaytest_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/generated/v3/pay"
	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/generated/v3/refund"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// shop is a receiver of notifications.
func shop(t *testing.T, srv *wxpaytest.Server, status *atomic.Int64) (url string,
	got *atomic.Int64) {
	t.Helper()
	got = new(atomic.Int64)
	var mux wxpay.NotificationMux
	count := func(context.Context, *wxpay.Event) error {
		got.Add(1)
		if status.Load() != 0 {
			return errors.New("not now")
		}
		return nil
	}
	mux.Handle("TRANSACTION.SUCCESS", count)
	mux.Handle("REFUND.SUCCESS", count)
	s := httptest.NewServer(srv.Client().NotificationHandler(&mux,
		wxpay.WithNotificationErrors(nil)))
	t.Cleanup(s.Close)
	return s.URL + "/notify", got
}

func order(number, notifyURL string) pay.NativeRequest {
	return pay.NativeRequest{
		AppID: "wxd678efh567hg6787", MchID: wxpaytest.MchID, Description: "Image形象店",
		OutTradeNo: number, NotifyURL: notifyURL,
		Amount: pay.Amount{Total: 100},
	}
}

// The server itself places an order, pays it, notifies and refunds, without a planned reply.
func TestAnswersByItself(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	url, got := shop(t, srv, new(atomic.Int64))
	orders := pay.New(srv.Client()).Transactions()
	resp, err := orders.Native().Post(t.Context(), order("T20260101", url))
	if err != nil || !strings.HasPrefix(resp.CodeURL, "weixin://") {
		t.Fatalf("%v, %+v", err, resp)
	}
	if _, err := orders.Native().Post(t.Context(), pay.NativeRequest{},
		wxpay.WithoutValidation()); !errors.Is(err, wxpay.ErrBadRequest) {
		t.Errorf("an empty order: %v", err)
	}
	srv.Pay("T20260101")
	paid, err := orders.OutTradeNo().ByOutTradeNo("T20260101").Get(t.Context(),
		pay.GetTransactionByOutTradeNoRequest{MchID: wxpaytest.MchID})
	if err != nil || paid.TradeState != pay.TradeStateSuccess || paid.Amount.Total != 100 ||
		got.Load() != 1 {
		t.Errorf("%v, %+v, %d notifications", err, paid, got.Load())
	}
	_, err = refund.New(srv.Client()).Domestic().Refunds().Post(t.Context(),
		refund.CreateRefundRequest{
			OutTradeNo: "T20260101", OutRefundNo: "R1", NotifyURL: url,
			Amount: refund.CreateRefundRequestAmount{Refund: 40, Total: 100, Currency: "CNY"},
		})
	if err != nil {
		t.Fatal(err)
	}
	srv.Advance(0) // refunds are due at once
	if srv.State("R1") != "SUCCESS" || srv.State("T20260101") != "REFUND" || got.Load() != 2 {
		t.Errorf("refund %s, order %s, %d notifications", srv.State("R1"), srv.State("T20260101"),
			got.Load())
	}
}

// A refused notification comes again, on the official schedule.
func TestSchedule(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	refused := new(atomic.Int64)
	refused.Store(1)
	url, got := shop(t, srv, refused)
	if _, err := pay.New(srv.Client()).Transactions().Native().Post(t.Context(),
		order("T20260101", url)); err != nil {
		t.Fatal(err)
	}
	srv.Pay("T20260101")
	srv.Advance(time.Minute)
	if got.Load() != 4 { // at 0, 15, 30 and 60 seconds
		t.Errorf("%d tries within a minute; want 4", got.Load())
	}
	refused.Store(0)
	srv.Advance(24 * time.Hour)
	if d := srv.Deliveries(); len(d) != 1 || d[0].State != "delivered" || len(d[0].Tries) != 5 ||
		d[0].Tries[4].At.Sub(d[0].Tries[3].At) != 3*time.Minute {
		t.Errorf("%+v", d)
	}
}

func TestScheduleEnds(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	refused := new(atomic.Int64)
	refused.Store(1)
	url, got := shop(t, srv, refused)
	srv.Deliver("TRANSACTION.SUCCESS", url, nil)
	srv.Advance(48 * time.Hour)
	if d := srv.Deliveries(); len(d) != 1 || d[0].State != "given up" || got.Load() != 16 {
		t.Errorf("%d tries, %+v", got.Load(), d)
	}
}

func TestCallbackFaults(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	url, got := shop(t, srv, new(atomic.Int64))
	for f, want := range map[wxpaytest.CallbackFault]int64{wxpaytest.CallbackLost: 0,
		wxpaytest.CallbackDoubled: 2} {
		got.Store(0)
		srv.MisbehaveCallbacks(f, 1)
		srv.Deliver("TRANSACTION.SUCCESS", url, nil)
		if srv.Advance(0); got.Load() != want {
			t.Errorf("%s: %d notifications; want %d", f, got.Load(), want)
		}
	}
	srv.MisbehaveCallbacks(wxpaytest.CallbackOutOfOrder, 1)
	got.Store(0)
	srv.Deliver("TRANSACTION.SUCCESS", url, nil)
	if got.Load() != 0 {
		t.Error("what is to be out of order is sent at once")
	}
	srv.Deliver("REFUND.SUCCESS", url, nil)
	if d := srv.Deliveries(); got.Load() != 2 ||
		d[len(d)-1].Tries[0].At.After(d[len(d)-2].Tries[0].At) {
		t.Errorf("%d notifications, %+v", got.Load(), d)
	}
}

func TestOverride(t *testing.T) {
	t.Parallel()
	ft := &fakeT{TB: t}
	srv := wxpaytest.New(ft, wxpaytest.WithInvention())
	const path = "/v3/pay/transactions/out-trade-no/{out_trade_no}"
	srv.Override("GET", path,
		&pay.GetTransactionByOutTradeNoResponse{TradeState: pay.TradeStateClosed, Attach: "x"})
	query := pay.New(srv.Client()).Transactions().OutTradeNo().ByOutTradeNo("T20260101")
	got, err := query.Get(t.Context(),
		pay.GetTransactionByOutTradeNoRequest{MchID: wxpaytest.MchID})
	if err != nil || got.TradeState != pay.TradeStateClosed || got.Attach != "x" ||
		got.Amount.Total != 100 || got.OutTradeNo != "T20260101" {
		t.Errorf("%v, %+v", err, got)
	}
	srv.Override("GET", path, nil)
	if got, err = query.Get(t.Context(), pay.GetTransactionByOutTradeNoRequest{
		MchID: wxpaytest.MchID,
	}); err != nil || got.TradeState != pay.TradeStateSuccess {
		t.Errorf("%v, %+v", err, got)
	}
	if len(ft.errors) != 0 {
		t.Errorf("errors %q", ft.errors)
	}
	srv.Override("GET", path, `{"trade_stat":"CLOSED"}`)
	_, _ = query.Get(t.Context(), pay.GetTransactionByOutTradeNoRequest{MchID: wxpaytest.MchID})
	if len(ft.errors) != 1 || !strings.Contains(ft.errors[0], "trade_stat") {
		t.Errorf("errors %q; want one about trade_stat", ft.errors)
	}
}

func TestStrictReplies(t *testing.T) {
	t.Parallel()
	ft := &fakeT{TB: t}
	srv := wxpaytest.New(ft, wxpaytest.WithStrictReplies())
	srv.Reply("POST", "/v3/pay/transactions/native", `{"code_url":1}`)
	_ = srv.Client().Chain("v3/pay/transactions/native").Post(t.Context(),
		map[string]string{"appid": "x"}, nil)
	if len(ft.errors) != 2 || !strings.Contains(ft.errors[0], "/body/mchid") ||
		!strings.Contains(ft.errors[1], "/body/code_url") {
		t.Errorf("errors %q; want one about the request and one about the reply", ft.errors)
	}
}

// A request with a lost reply has taken effect, and the server knows it.
func TestLostReply(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	c := srv.Client(wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1}))
	srv.Misbehave(wxpaytest.LostReply, 1)
	_, err := pay.New(c).Transactions().Native().Post(t.Context(),
		order("T20260101", "http://127.0.0.1:9/n"))
	if !errors.Is(err, wxpay.ErrOutcomeUnknown) || srv.State("T20260101") != "NOTPAY" {
		t.Errorf("%v, state %s", err, srv.State("T20260101"))
	}
}

func TestSealedFields(t *testing.T) {
	t.Parallel()
	srv := wxpaytest.New(t)
	card := payrollcard.New(srv.Client())
	_, err := card.Tokens().Post(t.Context(), payrollcard.CreateTokenRequest{
		OpenID: "o", SubMchID: "1900000109", UserName: wxpay.NewSecret("张三"),
		IDCardNumber: wxpay.NewSecret("110101199003070003"),
	})
	if err != nil || !strings.Contains(string(srv.Requests()[0].Body), `"user_name":"张三"`) {
		t.Errorf("%v, %s", err, srv.Requests()[0].Body)
	}
	var e *wxpay.Error
	err = srv.Client().Chain("v3/payroll-card/tokens").Post(t.Context(), map[string]string{
		"openid": "o", "sub_mchid": "1900000109", "user_name": "张三",
		"id_card_number": "110101199003070003",
	}, nil)
	if !errors.As(err, &e) || e.StatusCode != http.StatusBadRequest || e.Code != "PARAM_ERROR" ||
		!strings.Contains(e.Message, "解密失败") {
		t.Errorf("a field in clear: %v", err)
	}
}
