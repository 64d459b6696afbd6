package shop

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// TestStory is a day of the shop.
func TestStory(t *testing.T) {
	wechat := wxpaytest.New(t) // WeChat Pay, on localhost
	server := httptest.NewServer(nil)
	defer server.Close()
	shop := New(wechat.Client(), wxpaytest.MchID, server.URL+"/notify")
	server.Config.Handler = shop.Handler()

	t.Log("A customer orders, and sees a code to scan.")
	if _, err := shop.Buy(t.Context(), "order-0001", "茶叶 250g", 6800); err != nil {
		t.Fatal(err)
	}
	if page := get(t, server.URL+"/orders/order-0001"); !strings.Contains(page, "weixin://") ||
		!strings.Contains(page, "¥68.00") {
		t.Errorf("the page says %s", page)
	}

	t.Log("The customer pays, and WeChat Pay tells of it three times. The shop sells once.")
	wechat.MisbehaveCallbacks(wxpaytest.CallbackDoubled, 1)
	wechat.Pay("order-0001")
	wechat.Advance(0)
	wechat.Resend()
	if page := get(t, server.URL+"/orders/order-0001"); !strings.Contains(page, "paid, thank you") {
		t.Errorf("the page says %s", page)
	}
	if tries := len(wechat.Deliveries()[0].Tries); tries != 3 || shop.sales != 1 {
		t.Errorf("%d deliveries, %d sales", tries, shop.sales)
	}

	t.Log("A part is given back.")
	if err := shop.Refund(t.Context(), "order-0001", "refund-0001", 800); err != nil {
		t.Fatal(err)
	}
	wechat.Advance(0)
	if got := shop.orders["order-0001"].Refunded; got != 800 {
		t.Errorf("%d fen are refunded", got)
	}

	t.Log("The next day the bill is there, and agrees with the books.")
	day := time.Now().In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
	wechat.Advance(48 * time.Hour)
	if err := shop.Reconcile(t.Context(), day); err != nil {
		t.Error(err)
	}
	shop.orders["order-0001"].Refunded = 0
	if err := shop.Reconcile(t.Context(), day); err == nil {
		t.Error("books that are wrong agree with the bill")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
