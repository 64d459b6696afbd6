package fault

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Kind is a kind of fault.
type Kind string

// The kinds. Those of replies come first, then those of notifications.
const (
	Latency Kind = "latency" // the reply is late
	// an error reply, with Rule.Status and Rule.Code, and no effect
	Status      Kind = "status"
	RateLimit   Kind = "rate-limit"  // 429 FREQUENCY_LIMITED
	Unavailable Kind = "unavailable" // 503 of a gateway, without signature and JSON
	Reset       Kind = "reset"       // the connection is reset before anything happens
	// the request takes effect, and the connection closes without a reply
	LostReply      Kind = "lost-reply"
	WrongSignature Kind = "wrong-signature" // made with another key
	Unsigned       Kind = "unsigned"        // no Wechatpay-… header at all
	UnknownSerial  Kind = "unknown-serial"  // of a key that the client does not have
	OldTimestamp   Kind = "old-timestamp"   // an hour old
	Probe          Kind = "probe"           // WECHATPAY/SIGNTEST/…
	Malformed      Kind = "malformed"       // signed, and cut in half
	Truncated      Kind = "truncated"       // the connection closes within the body
	Huge           Kind = "huge"            // 100 MB of blanks behind the body

	Lost       Kind = "callback-lost"         // the notification is never sent
	Doubled    Kind = "callback-doubled"      // it is sent twice
	OutOfOrder Kind = "callback-out-of-order" // it is sent after the next one
)

// Kinds are all kinds.
var Kinds = []Kind{
	Latency, Status, RateLimit, Unavailable, Reset, LostReply, WrongSignature, Unsigned,
	UnknownSerial, OldTimestamp, Probe, Malformed,
	Truncated, Huge, Lost, Doubled, OutOfOrder,
}

// Callback reports whether the fault is one of notifications.
func (k Kind) Callback() bool { return strings.HasPrefix(string(k), "callback-") }

// Rule is a fault with its conditions.
type Rule struct {
	ID     int64  `json:"id"`
	Kind   Kind   `json:"kind"`
	Method string `json:"method,omitempty"` // "" means any
	// a pattern of package path, "/v3/pay/*/native"; it may end in "**"; "" means any
	Path    string `json:"path,omitempty"`
	Event   string `json:"event,omitempty"`   // of callbacks, "TRANSACTION.SUCCESS"; "" means any
	Times   int    `json:"times,omitempty"`   // remaining uses; 0 means for ever
	Skip    int    `json:"skip,omitempty"`    // number of requests to pass first
	Latency string `json:"latency,omitempty"` // "1.5s"
	Status  int    `json:"status,omitempty"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`

	wait time.Duration
}

// Wait is the latency.
func (r *Rule) Wait() time.Duration { return r.wait }

// check completes a rule, or returns its fault.
func (r *Rule) check() error {
	if !slices.Contains(Kinds, r.Kind) {
		return fmt.Errorf("fault %q is unknown; known are %s", r.Kind, known())
	}
	if _, err := path.Match(r.Path, ""); err != nil {
		return fmt.Errorf("path %q of the fault is no pattern; use one like /v3/pay/*/native",
			r.Path)
	}
	if r.Times < 0 || r.Skip < 0 {
		return fmt.Errorf("times and skip of a fault are not negative")
	}
	if r.Latency != "" || r.Kind == Latency {
		d, err := time.ParseDuration(r.Latency)
		if err != nil || d < 0 || d > 10*time.Minute {
			return fmt.Errorf("latency %q is no duration up to 10m; use one like 1.5s", r.Latency)
		}
		r.wait = d
	}
	if r.Kind == Status {
		if r.Status == 0 {
			r.Status = 500
		}
		if r.Code == "" {
			r.Code = "SYSTEM_ERROR"
		}
		if r.Status < 400 || r.Status > 599 {
			return fmt.Errorf("status %d of the fault is not that of an error; use 400 to 599",
				r.Status)
		}
	}
	return nil
}

func known() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// Set holds the active faults. It is safe for concurrent use.
type Set struct {
	Changed func() // called when a fault is added or removed; may be nil

	mu    sync.Mutex
	rules []*Rule
	last  int64
}

// MaxRules is the largest number of active faults.
const MaxRules = 1000

// Add adds a fault.
func (s *Set) Add(r Rule) (Rule, error) {
	if err := r.check(); err != nil {
		return r, err
	}
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.rules) >= MaxRules {
		return r, fmt.Errorf("%d faults are in force already; remove some", MaxRules)
	}
	s.last++
	r.ID = s.last
	s.rules = append(s.rules, &r)
	return r, nil
}

// Remove removes a fault, and reports whether there was one.
func (s *Set) Remove(id int64) bool {
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.rules)
	s.rules = slices.DeleteFunc(s.rules, func(r *Rule) bool { return r.ID == id })
	return len(s.rules) < n
}

// Clear removes all faults.
func (s *Set) Clear() {
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = nil
}

// tell is called without the lock, since the callback may ask for the list.
func (s *Set) tell() {
	if s.Changed != nil {
		s.Changed()
	}
}

// List lists the active faults.
func (s *Set) List() []Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Rule, 0, len(s.rules))
	for _, r := range s.rules {
		list = append(list, *r)
	}
	return list
}

// Take returns the first fault for a request, and counts its use; nil if there is none.
func (s *Set) Take(method, path string) *Rule {
	return s.take(func(r *Rule) bool {
		return !r.Kind.Callback() && (r.Method == "" || strings.EqualFold(r.Method, method)) &&
			match(r.Path, path)
	})
}

// TakeCallback returns the first fault for a notification, and counts its use.
func (s *Set) TakeCallback(event string) *Rule {
	return s.take(func(r *Rule) bool {
		return r.Kind.Callback() && (r.Event == "" || r.Event == event)
	})
}

func (s *Set) take(fits func(*Rule) bool) *Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.rules {
		if !fits(r) {
			continue
		}
		if r.Skip > 0 {
			r.Skip--
			continue
		}
		taken := *r
		if r.Times == 1 {
			s.rules = slices.Delete(s.rules, i, i+1)
		} else if r.Times > 1 {
			r.Times--
		}
		return &taken
	}
	return nil
}

func match(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	if start, ok := strings.CutSuffix(pattern, "**"); ok {
		return strings.HasPrefix(name, start)
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}
