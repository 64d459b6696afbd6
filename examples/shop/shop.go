// Package shop is a small shop that takes WeChat Pay: an order, its page with the code to scan, a
// notification that is handled once even if it is delivered several times, a refund, and a
// comparison of the day's bill with the shop's own books. Its test plays the whole story on
// localhost:
//
//	go test -v ./shop
package shop

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/wxgen/wxgen/generated/v3/bill"
	"github.com/wxgen/wxgen/generated/v3/pay"
	"github.com/wxgen/wxgen/generated/v3/refund"
	"github.com/wxgen/wxgen/generated/webhook"
	"github.com/wxgen/wxgen/wxpay"
)

// Order is what a customer buys.
type Order struct {
	Number   string
	What     string
	Fen      int64
	CodeURL  string // what the customer scans
	Paid     bool
	Refunded int64
}

// Shop is a shop with its books in memory. A real one has a database, with a transaction in place
// of the lock.
type Shop struct {
	client    *wxpay.Client
	mchID     string
	notifyURL string

	mu     sync.Mutex
	orders map[string]*Order
	sales  int // how often an order was marked as paid
}

// New opens a shop. The notify URL is where WeChat Pay reaches its Handler.
func New(client *wxpay.Client, mchID, notifyURL string) *Shop {
	return &Shop{client: client, mchID: mchID, notifyURL: notifyURL, orders: map[string]*Order{}}
}

// Buy places an order.
func (s *Shop) Buy(ctx context.Context, number, what string, fen int64) (*Order, error) {
	resp, err := pay.New(s.client).Transactions().Native().Post(ctx, pay.NativeRequest{
		AppID: "wx8888888888888888", MchID: s.mchID, Description: what, OutTradeNo: number,
		NotifyURL: s.notifyURL, Amount: pay.Amount{Total: fen},
	})
	if err != nil {
		return nil, err
	}
	o := &Order{Number: number, What: what, Fen: fen, CodeURL: resp.CodeURL}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders[number] = o
	return o, nil
}

// Handler serves the pages of orders, and the notifications.
func (s *Shop) Handler() http.Handler {
	var events webhook.Mux
	events.TransactionSuccess(func(_ context.Context, ev *webhook.TransactionSuccessEvent) error {
		return s.paid(ev.Resource.OutTradeNo, ev.Resource.Amount.Total)
	})
	events.RefundSuccess(func(_ context.Context, ev *webhook.RefundSuccessEvent) error {
		return s.refunded(ev.Resource.OutTradeNo, ev.Resource.Amount.Refund)
	})
	// skips repeated notifications
	seen := wxpay.WithSeen(wxpay.NewMemorySeen(10_000, 48*time.Hour, nil))
	mux := http.NewServeMux()
	mux.Handle("POST /notify", s.client.NotificationHandler(&events, seen))
	mux.HandleFunc("GET /orders/{number}", s.page)
	return mux
}

func (s *Shop) page(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.orders[r.PathValue("number")]
	if o == nil {
		http.NotFound(w, r)
		return
	}
	state := "scan " + o.CodeURL
	if o.Paid {
		state = "paid, thank you"
	}
	fmt.Fprintf(w, "<h1>%s</h1><p>¥%s</p><p>%s</p>", html.EscapeString(o.What), yuan(o.Fen),
		html.EscapeString(state))
}

func (s *Shop) paid(number string, fen int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.orders[number]
	if o == nil || o.Fen != fen {
		return fmt.Errorf("no order %s of %d fen", number, fen)
	}
	o.Paid = true
	s.sales++
	return nil
}

func (s *Shop) refunded(number string, fen int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.orders[number]; o != nil {
		o.Refunded += fen
	}
	return nil
}

// Refund refunds a part of an order.
func (s *Shop) Refund(ctx context.Context, number, refundNumber string, fen int64) error {
	s.mu.Lock()
	o := *s.orders[number]
	s.mu.Unlock()
	_, err := refund.New(s.client).Domestic().Refunds().Post(ctx, refund.CreateRefundRequest{
		OutTradeNo: number, OutRefundNo: refundNumber, NotifyURL: s.notifyURL,
		Amount: refund.CreateRefundRequestAmount{Refund: fen, Total: o.Fen, Currency: "CNY"},
	})
	return err
}

// Reconcile compares the bill of a day with the books, and returns the differences.
func (s *Shop) Reconcile(ctx context.Context, day string) error {
	resp, err := bill.New(s.client).TradeBill().Get(ctx, bill.TradeBillRequest{BillDate: day})
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := s.client.DownloadURL(ctx, resp.DownloadURL, &text); err != nil {
		return err
	}
	rows, err := columns(text.String())
	if err != nil {
		return err
	}
	billed := map[string]*Order{}
	for _, row := range rows {
		o := billed[row["商户订单号"]]
		if o == nil {
			o = new(Order)
			billed[row["商户订单号"]] = o
		}
		o.Fen += fen(row["订单金额"])
		o.Refunded += fen(row["退款金额"])
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for number, o := range s.orders {
		if b := billed[number]; o.Paid && (b == nil || b.Fen != o.Fen || b.Refunded != o.Refunded) {
			return fmt.Errorf("order %s: the books say %+v, and the bill %+v", number, *o, b)
		}
	}
	return nil
}

// columns reads the rows of a bill; its last two lines are totals.
func columns(text string) (rows []map[string]string, err error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) < 3 {
		return nil, fmt.Errorf("the bill has %d lines", len(lines))
	}
	head := strings.Split(strings.TrimSpace(strings.TrimPrefix(lines[0], "\uFEFF")), ",")
	for _, line := range lines[1 : len(lines)-2] {
		row := map[string]string{}
		for i, v := range strings.Split(strings.TrimPrefix(strings.TrimSpace(line), "`"), ",`") {
			row[head[i]] = v
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// fen parses yuan with two decimals.
func fen(yuan string) int64 {
	var whole, part int64
	if _, err := fmt.Sscanf(yuan, "%d.%02d", &whole, &part); err != nil {
		return 0
	}
	return whole*100 + part
}

func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }
