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

// Object is a thing that the server remembers, and what people can do to it.
type Object struct {
	*memory.Object
	Number  string        `json:"number"` // by which people know it
	CodeURL string        `json:"code_url,omitempty"`
	Can     []product.Act `json:"can,omitempty"`
}

// Objects are the things that the server remembers, the newest first; of a kind, or all, and only
// those that mention a text.
func (e *Engine) Objects(kind, text string) []*Object { return e.Latest(kind, text, 0) }

// Latest are the newest of the [Engine.Objects], so many at most; 0 is all.
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

// Kinds is how many things of each kind the server remembers.
func (e *Engine) Kinds() map[string]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	kinds := make(map[string]int)
	for _, o := range e.store.All(nil) {
		kinds[o.Kind]++
	}
	return kinds
}

// Numbered is the newest thing with a number, those first that people can do something to; nil if
// there is none.
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
		if strings.HasPrefix(name, " ") { // the products' own
			delete(c.Doc, name)
		}
	}
	return &Object{c, product.Number(o), product.CodeURL(o), e.products.Can(o)}
}

// Object is the thing with a serial; nil if there is none.
func (e *Engine) Object(serial int64) *Object {
	e.mu.Lock()
	defer e.mu.Unlock()
	if o := e.store.Get(serial); o != nil {
		e.products.Lapse()
		return e.object(o)
	}
	return nil
}

// Person does what a person would do to the newest thing with a number: pays an order, confirms a
// transfer, signs a contract, or refuses, or lets its time end. It returns once those who are to be
// told were told a first time.
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

// numbered finds the newest object with a number, those first that people can do something to.
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

// Flush runs what is due by now: notifications that were not sent yet, refunds that are through.
func (e *Engine) Flush() { e.clock.Advance(0) }

// Clock is the time of the server, and how far it was put forward.
func (e *Engine) Clock() (now time.Time, ahead time.Duration) {
	return e.clock.Now(), e.clock.Offset()
}

// Advance puts the clock forward, and returns when all that was due by then has happened.
func (e *Engine) Advance(d time.Duration) {
	e.clock.Advance(d)
	e.mu.Lock()
	e.products.Lapse()
	e.mu.Unlock()
	e.log.tell(Change{"clock", 0})
}

// Faults are what goes wrong.
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

// Notify sends a notification of any event. What of its resource is not given is made up. It
// returns after the first try.
func (e *Engine) Notify(event string, a *keys.Account, url string,
	resource map[string]any) (*notice.Delivery, error) {
	known, err := e.set.Event(event)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, fmt.Errorf("event %q is unknown; wxgen list --events lists them", event)
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

// RotateCertificate makes a new platform certificate the one that signs; the older ones stay known.
func (e *Engine) RotateCertificate() (serial string, err error) {
	k, err := keys.NewCertificate()
	if err != nil {
		return "", err
	}
	e.cfg.Ring.AddCertificate(k)
	return k.Serial, nil
}

// Reset forgets objects, requests, deliveries, faults and nonces, and sets the clock right.
// Credentials stay.
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
