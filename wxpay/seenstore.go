package wxpay

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// Claim is the answer of a [SeenStore] to a delivery.
type Claim int

// The answers.
const (
	ClaimNew  Claim = iota // handle it, then call Settle
	ClaimBusy              // another delivery is being handled
	ClaimDone              // it was handled
)

// SeenStore remembers which notifications were handled. Implement it on a store that all instances
// of a service share. With Redis, Claim is SET id busy NX EX 60 and, if that fails, GET; Settle is
// SET id done EX 259200, or DEL. A claim must expire, as its owner may die.
type SeenStore interface {
	// Claim reserves id for the caller, or says that id is being handled or was handled.
	Claim(ctx context.Context, id string) (Claim, error)
	// Settle ends a claim. If handled is false, the next delivery of id must be handled.
	Settle(ctx context.Context, id string, handled bool) error
}

// NewMemorySeen returns a SeenStore for a service of one process. It forgets an id when ttl has
// passed since it was handled, and the oldest handled ids beyond max. While max notifications are
// being handled, it answers ClaimBusy to others. WeChat Pay repeats a notification for about a day.
// A nil now means time.Now. It panics unless max and ttl are positive.
func NewMemorySeen(max int, ttl time.Duration, now func() time.Time) SeenStore {
	if max <= 0 || ttl <= 0 {
		panic("wxpay: NewMemorySeen wants a positive max and ttl")
	}
	if now == nil {
		now = time.Now
	}
	return &memorySeen{max: max, ttl: ttl, now: now, byID: make(map[string]*list.Element)}
}

// memorySeen keeps busy and handled ids apart, so that the oldest of either is at hand.
type memorySeen struct {
	max int
	ttl time.Duration
	now func() time.Time

	mu         sync.Mutex
	byID       map[string]*list.Element
	busy, done list.List // of *seen, oldest first
}

type seen struct {
	id    string
	until time.Time
	done  bool
}

func (m *memorySeen) Claim(_ context.Context, id string) (Claim, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.expire(&m.busy, now)
	m.expire(&m.done, now)
	if el := m.byID[id]; el != nil {
		if el.Value.(*seen).done {
			return ClaimDone, nil
		}
		return ClaimBusy, nil
	}
	if len(m.byID) >= m.max {
		oldest := m.done.Front()
		if oldest == nil {
			return ClaimBusy, nil
		}
		m.drop(&m.done, oldest)
	}
	m.byID[id] = m.busy.PushBack(&seen{id: id, until: now.Add(m.ttl)})
	return ClaimNew, nil
}

func (m *memorySeen) Settle(_ context.Context, id string, handled bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	el := m.byID[id]
	if el == nil || el.Value.(*seen).done { // expired meanwhile, or settled twice
		return nil
	}
	m.drop(&m.busy, el)
	if handled {
		m.byID[id] = m.done.PushBack(&seen{id: id, until: m.now().Add(m.ttl), done: true})
	}
	return nil
}

func (m *memorySeen) expire(l *list.List, now time.Time) {
	for el := l.Front(); el != nil && now.After(el.Value.(*seen).until); el = l.Front() {
		m.drop(l, el)
	}
}

func (m *memorySeen) drop(l *list.List, el *list.Element) {
	l.Remove(el)
	delete(m.byID, el.Value.(*seen).id)
}
