package mock

import (
	"context"
	"strings"
)

// Watch sends changes until the context ends. A slow receiver misses some.
func (e *Engine) Watch(ctx context.Context) <-chan Change {
	l := &e.log
	ch := make(chan Change, 256)
	l.mu.Lock()
	if l.watchers == nil {
		l.watchers = make(map[chan Change]struct{})
	}
	l.watchers[ch] = struct{}{}
	l.mu.Unlock()
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if _, there := l.watchers[ch]; there {
			delete(l.watchers, ch)
			close(ch)
		}
	})
	return ch
}

// Filter selects exchanges.
type Filter struct {
	Text    string // text in path, title, operation, code, Request-Id or bodies
	Refused bool   // failed ones only
	After   int64  // only newer ones than this
	Most    int    // 0 means all
}

// Exchanges are the latest requests, the newest first. They never change.
func (e *Engine) Exchanges(f Filter) (list []*Exchange) {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	for n := e.log.last; n > f.After && n > e.log.last-MaxExchanges; n-- {
		x := e.log.ring[n%MaxExchanges]
		if x == nil || x.ID != n || f.Refused && !x.Refused() || !x.mentions(f.Text) {
			continue
		}
		if list = append(list, x); f.Most > 0 && len(list) == f.Most {
			break
		}
	}
	return list
}

// Exchange is the request with a number; nil if it is forgotten.
func (e *Engine) Exchange(id int64) *Exchange {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	if x := e.log.ring[max(id, 0)%MaxExchanges]; x != nil && x.ID == id {
		return x
	}
	return nil
}

func (x *Exchange) mentions(text string) bool {
	if text == "" {
		return true
	}
	for _, part := range []string{x.Method + " " + x.URI, x.Title, x.Operation, x.Code,
		x.ReplyHeader.Get("Request-Id"), string(x.Clear), string(x.Body), string(x.Reply),
		string(x.ReplyClear)} {
		if strings.Contains(strings.ToLower(part), strings.ToLower(text)) {
			return true
		}
	}
	return false
}
