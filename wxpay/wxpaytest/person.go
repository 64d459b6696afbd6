package wxpaytest

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/product"
)

// Pay acts as the user who pays an order, confirms a transfer or a service, or signs a contract,
// with the given number of the merchant. It returns once the notification was sent a first time to
// the notify_url of the request.
func (s *Server) Pay(number string) { s.person(number, product.Pay) }

// Refuse lets a payment fail, or refuses a transfer, a service or a contract.
func (s *Server) Refuse(number string) { s.person(number, product.Refuse) }

// Expire ends the time of an order, a transfer, a service or a contract.
func (s *Server) Expire(number string) { s.person(number, product.Expire) }

func (s *Server) person(number string, act product.Act) {
	s.t.Helper()
	if err := s.engine.Person(number, act, "by the test"); err != nil {
		s.t.Errorf("wxpaytest: %v", err)
	}
}

// Advance puts the server's clock forward and returns when everything due by then has happened:
// orders end, notifications that were not answered are sent again, bills are ready. Signatures
// still go by the real time, or by [WithClock].
func (s *Server) Advance(d time.Duration) { s.engine.Advance(d) }

// State returns the state of the newest order, refund, transfer … with a number; "" if there is
// none.
func (s *Server) State(number string) string {
	for _, o := range s.engine.Objects("", number) {
		if o.Number == number {
			return o.State
		}
	}
	return ""
}

// Delivery is a notification that the server sent or is to send.
type Delivery struct {
	Event string
	URL   string
	State string // "pending", "delivered", "given up", "not sent", "lost"
	Tries []Try
}

// Try is one attempt to deliver a notification.
type Try struct {
	At     time.Time // by the server's clock
	Status int       // of the answer; 0 if there was none
	Error  string
}

// Deliveries returns the notifications that the server sent by itself, in their order.
func (s *Server) Deliveries() (list []Delivery) {
	all := s.engine.Deliveries()
	for i := len(all) - 1; i >= 0; i-- {
		d := Delivery{Event: all[i].Event, URL: all[i].URL, State: all[i].State}
		for _, t := range all[i].Tries {
			d.Tries = append(d.Tries, Try{t.At, t.Status, t.Error})
		}
		list = append(list, d)
	}
	return list
}

// Deliver sends a notification of any event to a URL, and returns after the first try. The server
// makes up the missing fields of its resource.
func (s *Server) Deliver(eventType, url string, resource map[string]any) {
	s.t.Helper()
	if _, err := s.engine.Notify(eventType, s.account, url, resource); err != nil {
		s.t.Errorf("wxpaytest: %v", err)
	}
}

// CallbackFault is a fault of a notification's delivery.
type CallbackFault string

// The faults of deliveries.
const (
	CallbackLost    CallbackFault = CallbackFault(fault.Lost)    // it is never sent
	CallbackDoubled CallbackFault = CallbackFault(fault.Doubled) // it is sent twice
	// it is sent after the next one
	CallbackOutOfOrder CallbackFault = CallbackFault(fault.OutOfOrder)
)

// MisbehaveCallbacks spoils the next notifications that the server sends by itself.
func (s *Server) MisbehaveCallbacks(f CallbackFault, times int) {
	s.t.Helper()
	if times < 1 {
		return
	}
	if _, err := s.engine.Faults().Add(fault.Rule{Kind: fault.Kind(f), Times: times}); err != nil {
		s.t.Fatalf("wxpaytest: %v", err)
	}
}

// Resend repeats the latest notification that the server sent by itself.
func (s *Server) Resend() {
	s.t.Helper()
	all := s.engine.Deliveries()
	if len(all) == 0 {
		s.t.Errorf("wxpaytest: no notification was sent yet")
		return
	}
	if err := s.engine.Resend(all[0].ID); err != nil {
		s.t.Errorf("wxpaytest: %v", err)
	}
}
