package wxpay

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// Claim is what a [SeenStore] answers to a delivery.
type Claim int

// The answers.
const (
	ClaimNew  Claim = iota // handle it, then call Settle
	ClaimBusy              // another delivery is being handled
	ClaimDone              // it was handled
)

// SeenStore remembers which notifications were handled. Implement it over what all instances of a service share; with Redis,
// Claim is SET id busy NX EX 60 and, where that fails, GET; Settle is SET id done EX 259200, or DEL. A claim must expire, as its owner may die.
type SeenStore interface {
	// Claim reserves id for the caller, or tells why it is not to be handled.
	Claim(ctx context.Context, id string) (Claim, error)
	// Settle ends a claim: id was handled, or it failed and must be handled when it comes again.
	Settle(ctx context.Context, id string, handled bool) error
}

// NewMemorySeen returns a SeenStore for a service of one process. It forgets ids after ttl, and the oldest handled ones beyond max;
// while max notifications are being handled, it answers ClaimBusy to others. WeChat Pay repeats a notification for about a day. A nil
// now means time.Now. It panics unless max and ttl are positive.
func NewMemorySeen(max int, ttl time.Duration, now func() time.Time) SeenStore {
	if max <= 0 || ttl <= 0 {
		panic("wxpay: NewMemorySeen wants a positive max and ttl")
	}
	if now == nil {
		now = time.Now
	}
	return &memorySeen{max: max, ttl: ttl, now: now, byID: make(map[string]*list.Element)}
}

type memorySeen struct {
	max int
	ttl time.Duration
	now func() time.Time

	mu   sync.Mutex
	byID map[string]*list.Element
	age  list.List // of *seen, oldest first
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
	m.expire(now)
	if el := m.byID[id]; el != nil {
		if el.Value.(*seen).done {
			return ClaimDone, nil
		}
		return ClaimBusy, nil
	}
	if m.age.Len() >= m.max && !m.dropHandled() {
		return ClaimBusy, nil
	}
	m.byID[id] = m.age.PushBack(&seen{id: id, until: now.Add(m.ttl)})
	return ClaimNew, nil
}

func (m *memorySeen) Settle(_ context.Context, id string, handled bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	el := m.byID[id]
	switch {
	case el == nil: // forgotten meanwhile
	case handled:
		el.Value.(*seen).done = true
	default:
		m.drop(el)
	}
	return nil
}

func (m *memorySeen) expire(now time.Time) {
	for el := m.age.Front(); el != nil && now.After(el.Value.(*seen).until); el = m.age.Front() {
		m.drop(el)
	}
}

// dropHandled forgets the oldest id that was handled, if there is one.
func (m *memorySeen) dropHandled() bool {
	for el := m.age.Front(); el != nil; el = el.Next() {
		if el.Value.(*seen).done {
			m.drop(el)
			return true
		}
	}
	return false
}

func (m *memorySeen) drop(el *list.Element) {
	m.age.Remove(el)
	delete(m.byID, el.Value.(*seen).id)
}
