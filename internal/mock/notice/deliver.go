package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
)

// Schedule lists the waits between tries.
var Schedule = []time.Duration{
	15 * time.Second, 15 * time.Second, 30 * time.Second, 3 * time.Minute, 10 * time.Minute,
	20 * time.Minute, 30 * time.Minute, 30 * time.Minute,
	30 * time.Minute, time.Hour, 3 * time.Hour, 3 * time.Hour, 3 * time.Hour, 6 * time.Hour,
	6 * time.Hour,
}

// MaxTries bounds the remembered tries of one delivery, including those by hand.
const MaxTries = 100

// Enqueue starts the delivery of a notification. It does not wait.
func (n *Notifier) Enqueue(note Notification) int64 {
	d := &Delivery{Event: note.Event, URL: note.URL, Account: note.Account.ID, Object: note.Object,
		State: Pending, Created: n.cfg.Clock.Now(), note: note}
	kind := fault.Kind("")
	if rule := n.cfg.Faults.TakeCallback(note.Event); rule != nil {
		kind, d.Fault = rule.Kind, string(rule.Kind)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.remember(d)
	switch kind {
	case fault.Lost:
		d.State = LostOnTheWay
		n.cfg.Changed(d.ID)
	case fault.OutOfOrder:
		n.held = append(n.held, d)
		n.plan(d, Schedule[0], func() { n.release(d) })
	case fault.Doubled:
		n.plan(d, 0, func() {
			n.deliver(d)
			n.try(d, "")
		})
	default:
		n.plan(d, 0, func() { n.deliver(d) })
	}
	return d.ID
}

// plan runs a job for a delivery after some time. The caller holds the lock.
func (n *Notifier) plan(d *Delivery, wait time.Duration, job func()) {
	if n.ring[d.ID%MaxDeliveries] == d {
		d.cancel = n.cfg.Clock.After(wait, job)
	}
}

// release delivers a held notification, unless it has gone.
func (n *Notifier) release(d *Delivery) {
	n.mu.Lock()
	i := slices.Index(n.held, d)
	if i >= 0 {
		n.held = slices.Delete(n.held, i, i+1)
	}
	n.mu.Unlock()
	if i >= 0 {
		n.deliver(d)
	}
}

// deliver tries once, and plans the next try. It skips a notification that was delivered by hand.
func (n *Notifier) deliver(d *Delivery) {
	n.mu.Lock()
	open := d.State == Pending
	n.mu.Unlock()
	if !open {
		return
	}
	if n.cfg.Probes > 0 && d.turn == 0 && d.ID%int64(n.cfg.Probes) == 0 {
		n.try(d, fault.Probe)
	}
	ok := n.try(d, "")
	n.mu.Lock()
	again := !ok && d.State == Pending
	if again && d.turn >= len(Schedule) {
		d.State, again = GivenUp, false
	}
	d.Next = time.Time{}
	if again {
		wait := Schedule[d.turn]
		d.turn++
		d.Next = n.cfg.Clock.Now().Add(wait)
		n.plan(d, wait, func() { n.deliver(d) })
	}
	held := slices.Clone(n.held)
	n.mu.Unlock()
	n.cfg.Changed(d.ID)
	for _, h := range held {
		n.release(h)
	}
}

// try sends a notification once and reports whether the receiver accepted it.
func (n *Notifier) try(d *Delivery, kind fault.Kind) bool {
	t := Try{At: n.cfg.Clock.Now(), Probe: kind == fault.Probe}
	began := time.Now()
	err := n.send(d, kind, &t)
	t.TookMS = float64(time.Since(began).Microseconds()) / 1000
	taken := t.Status == http.StatusOK || t.Status == http.StatusNoContent
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil {
		t.Error = err.Error()
		if errors.Is(err, errNotAllowed) {
			d.State = Refused
		}
	}
	if t.Probe && taken {
		d.Note = "a signature probe was taken for a notification: the signature is not checked"
	}
	if len(d.Tries) < MaxTries {
		d.Tries = append(d.Tries, t)
	}
	if taken && !t.Probe {
		d.State = Delivered
	}
	return taken && !t.Probe
}

// send sends the notification, and records its headers and the answer.
func (n *Notifier) send(d *Delivery, kind fault.Kind, t *Try) (err error) {
	if d.Body == nil { // made once: all tries have the same body
		made, err := n.Make(d.note)
		if err != nil {
			return err
		}
		n.mu.Lock()
		d.EventID, d.Clear, d.Body = made.ID, made.Clear, made.Body
		n.mu.Unlock()
	}
	if t.Header, err = n.Header(d.note.Account, d.Body, kind); err != nil {
		return err
	}
	t.Status, t.Answer, err = n.post(d.URL, t.Header.Clone(), d.Body)
	return err
}

// Post sends a body to a notify_url and returns the status and the beginning of the answer.
func (n *Notifier) post(address string, header http.Header, body []byte) (int, string, error) {
	if why := CheckURL(address); why != "" {
		return 0, "", fmt.Errorf("%w: notify_url %s", errNotAllowed, why)
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, "", fmt.Errorf("%w: notify_url is malformed", errNotAllowed)
	}
	req.Header = header
	resp, err := n.client.Do(req)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err
		}
		return 0, "", err
	}
	defer resp.Body.Close()
	const shown = 512 // bytes of the answer
	text, err := io.ReadAll(io.LimitReader(resp.Body, shown))
	return resp.StatusCode, strings.ToValidUTF8(string(text), "\uFFFD"), err
}

// Resend tries a delivery once more and returns after that.
func (n *Notifier) Resend(id int64) bool {
	n.mu.Lock()
	d := n.ring[max(id, 0)%MaxDeliveries]
	n.mu.Unlock()
	if d == nil || d.ID != id {
		return false
	}
	n.try(d, "")
	n.cfg.Changed(id)
	return true
}
