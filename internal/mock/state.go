package mock

import (
	"fmt"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
	"github.com/wxgen/wxgen/internal/mock/product"
)

// Object is a remembered object, with the acts that people can do.
type Object struct {
	*memory.Object
	Number  string        `json:"number"` // its number for people
	CodeURL string        `json:"code_url,omitempty"`
	Can     []product.Act `json:"can,omitempty"`
}

// Objects are the remembered objects, the newest first. Kind and text, if not empty, select some.
func (e *Engine) Objects(kind, text string) []*Object { return e.Latest(kind, text, 0) }

// Latest returns the newest of the [Engine.Objects], at most so many; 0 means all.
func (e *Engine) Latest(kind, text string, most int) (list []*Object) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.products.Lapse()
	all := e.store.All(func(o *memory.Object) bool {
		return (kind == "" || o.Kind == kind) && mentions(o, text)
	})
	for i := len(all) - 1; i >= 0 && (most == 0 || len(list) < most); i-- {
		list = append(list, e.object(all[i]))
	}
	return list
}

// Kinds counts the remembered objects by kind.
func (e *Engine) Kinds() map[string]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	kinds := make(map[string]int)
	for _, o := range e.store.All(nil) {
		kinds[o.Kind]++
	}
	return kinds
}

// Numbered is the newest object with a number. Objects that people can act on go first. It is nil
// if there is none.
func (e *Engine) Numbered(number string) *Object {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.products.Lapse()
	if o := e.numbered(number); o != nil {
		return e.object(o)
	}
	return nil
}

func mentions(o *memory.Object, text string) bool {
	if text == "" || strings.Contains(o.Kind, text) || strings.EqualFold(o.State, text) {
		return true
	}
	for _, v := range o.IDs {
		if strings.Contains(v, text) {
			return true
		}
	}
	return false
}

func (e *Engine) object(o *memory.Object) *Object {
	c := o.Copy()
	for name := range c.Doc {
		if strings.HasPrefix(name, " ") { // the products' own fields
			delete(c.Doc, name)
		}
	}
	return &Object{c, product.Number(o), product.CodeURL(o), e.products.Can(o)}
}

// Object is the object with a serial; nil if there is none.
func (e *Engine) Object(serial int64) *Object {
	e.mu.Lock()
	defer e.mu.Unlock()
	if o := e.store.Get(serial); o != nil {
		e.products.Lapse()
		return e.object(o)
	}
	return nil
}

// Person acts on the newest object with a number: it pays an order, confirms a transfer, signs a
// contract, refuses, or lets the time end. It returns after the first try of the notifications.
func (e *Engine) Person(number string, act product.Act, how string) error {
	err := e.person(number, act, how)
	if err == nil {
		e.Flush()
	}
	return err
}

func (e *Engine) person(number string, act product.Act, how string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	o := e.numbered(number)
	if o == nil {
		return fmt.Errorf("nothing has the number %q; place an order with it first", number)
	}
	if err := e.products.Person(o, e.cfg.Ring.Owner(o.Owner), act, how); err != nil {
		return err
	}
	e.log.tell(Change{"object", o.Serial})
	return nil
}

// numbered finds the newest object with a number. Objects that people can act on go first.
func (e *Engine) numbered(number string) (best *memory.Object) {
	for o := range e.store.Backward() {
		if !o.Has(number) {
			continue
		}
		if len(e.products.Can(o)) > 0 {
			return o
		}
		if best == nil {
			best = o
		}
	}
	return best
}

// Flush runs the due jobs: notifications and the ends of refunds.
func (e *Engine) Flush() { e.clock.Advance(0) }

// Clock is the server's time, and how far it was put forward.
func (e *Engine) Clock() (now time.Time, ahead time.Duration) {
	return e.clock.Now(), e.clock.Offset()
}

// Advance puts the clock forward, and returns when everything due by then has happened.
func (e *Engine) Advance(d time.Duration) {
	e.clock.Advance(d)
	e.mu.Lock()
	e.products.Lapse()
	e.mu.Unlock()
	e.log.tell(Change{"clock", 0})
}

// Faults are the active faults.
func (e *Engine) Faults() *fault.Set { return &e.faults }

// Deliveries are the latest notifications, the newest first.
func (e *Engine) Deliveries() []*notice.Delivery { return e.notes.Deliveries() }

// Delivery is the notification with a number; nil if it is forgotten.
func (e *Engine) Delivery(id int64) *notice.Delivery { return e.notes.Delivery(id) }

// Resend sends a notification once more.
func (e *Engine) Resend(id int64) error {
	if !e.notes.Resend(id) {
		return fmt.Errorf("delivery %d is unknown: %w", id, errNoSuch)
	}
	return nil
}

// Notify sends a notification of any event. It makes up missing fields of the resource. It returns
// after the first try.
func (e *Engine) Notify(event string, a *keys.Account, url string,
	resource map[string]any) (*notice.Delivery, error) {
	known, err := e.set.Event(event)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, fmt.Errorf("event %q is unknown; wxgen list --webhooks lists them", event)
	}
	if why := notice.CheckURL(url); why != "" {
		return nil, fmt.Errorf("URL %q %s", url, why)
	}
	id := e.notes.Enqueue(notice.Notification{Event: event, Account: a, URL: url,
		Resource: resource})
	e.Flush()
	return e.notes.Delivery(id), nil
}

// Notifier makes and signs notifications without sending them.
func (e *Engine) Notifier() *notice.Notifier { return e.notes }

// RotateCertificate makes a new platform certificate, which signs from then on. The older ones stay
// valid.
func (e *Engine) RotateCertificate() (serial string, err error) {
	k, err := keys.NewCertificate()
	if err != nil {
		return "", err
	}
	e.cfg.Ring.AddCertificate(k)
	return k.Serial, nil
}

// Reset clears objects, requests, deliveries, faults and nonces, and resets the clock. It keeps the
// credentials.
func (e *Engine) Reset() {
	e.clock.Drop()
	e.clock.SetOffset(0)
	e.mu.Lock()
	e.store.Reset()
	e.products.Reset()
	e.mu.Unlock()
	e.faults.Clear()
	e.notes.Clear()
	e.judge.Forget()
	e.log.clear()
	e.log.tell(Change{"reset", 0})
}
