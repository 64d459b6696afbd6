package wxpay

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrUnhandledEvent says that a [NotificationMux] has neither a handler for an event nor a
// fallback. The handler's answer makes WeChat Pay send the notification again, so that it is not
// lost.
var ErrUnhandledEvent = errors.New("wxpay: no handler registered for this event type")

// NotificationMux calls the handler of an event's type. The zero value is ready. Generated code
// embeds it in a Mux with a typed method for each event. It is safe for concurrent use and must not
// be copied.
type NotificationMux struct {
	mu       sync.RWMutex
	handlers map[string]func(context.Context, *Event) error
	fallback func(context.Context, *Event) error
}

// Handle registers the handler of eventType. It panics if there is one already, or if h is nil.
func (m *NotificationMux) Handle(eventType string, h func(ctx context.Context, ev *Event) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h == nil {
		panic("wxpay: nil handler for " + eventType)
	}
	if _, taken := m.handlers[eventType]; taken {
		panic("wxpay: second handler for " + eventType)
	}
	if m.handlers == nil {
		m.handlers = make(map[string]func(context.Context, *Event) error)
	}
	m.handlers[eventType] = h
}

// Fallback registers the handler of all events without a handler, future types included. It panics
// if there is one already, or if h is nil.
func (m *NotificationMux) Fallback(h func(ctx context.Context, ev *Event) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h == nil || m.fallback != nil {
		panic("wxpay: nil or second fallback")
	}
	m.fallback = h
}

// Dispatch calls the handler of ev. Without one it returns [ErrUnhandledEvent].
func (m *NotificationMux) Dispatch(ctx context.Context, ev *Event) error {
	m.mu.RLock()
	h := m.handlers[ev.EventType]
	if h == nil {
		h = m.fallback
	}
	m.mu.RUnlock()
	if h == nil {
		return fmt.Errorf("%w: %s", ErrUnhandledEvent, oneLine(ev.EventType))
	}
	return h(ctx, ev)
}
